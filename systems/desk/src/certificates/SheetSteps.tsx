import type { Certificate, PersonCertificates } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { Button } from '../ui/parts.tsx'
import { Refused } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { timeText } from '../ui/text.ts'
import type { Act } from './CertificatesTab.tsx'

/** 紙の3段 — 印刷する、紙を見る、渡す; it counts as issued only when somebody has seen the sheet. */
export function SheetSteps({
  held,
  certificate,
  act,
  open,
}: {
  held: PersonCertificates
  certificate: Certificate
  act: Act
  open: (path: string, body: unknown, told: string) => Promise<string | null>
}) {
  const [failure, setFailure] = useState<string | null>(null)
  const [tail, setTail] = useState('')
  const [to, setTo] = useState<string>(certificate.delivery === 'mail' ? 'mail' : 'self')
  const [proxy, setProxy] = useState('')
  const [signed, setSigned] = useState(false)
  const box = useRef<HTMLElement>(null)
  const sheet = certificate.sheets.at(-1)
  const path = `certificates/${certificate.certificate}`
  const printed = certificate.state === 'printed'
  // Each step that is done puts the hand at the next one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state of the paper is what moves the focus.
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [certificate.state, certificate.sheets.length])

  const run = async (verb: string, body: Record<string, unknown>, told: string) => {
    const outcome = await act(`${path}/${verb}`, { version: certificate.version, ...body }, told)
    setFailure(outcome.done ? null : outcome.sentence)
    if (outcome.done) setTail('')
  }
  const print = async () =>
    setFailure(await open(`${path}/pdf`, null, '紙をひらきました。印刷してください。'))
  const confirm = () => {
    if (!/^\d{4}$/.test(tail.normalize('NFKC').trim()))
      setFailure(
        '紙の右下の符号の、下4けたを打ってください。紙を見ないと、確かめたことになりません。',
      )
    else
      void run(
        'confirm',
        { tail: tail.normalize('NFKC').trim() },
        `${certificate.documentName}の紙を確かめました。`,
      )
  }
  const handOver = () => {
    if (to === 'proxy' && proxy.trim() === '') setFailure('受け取った代理人の名を入れてください。')
    else if (to !== 'mail' && !signed)
      setFailure('受け取りの印をもらい、「受け取りの印をもらった」に印を付けてください。')
    else
      void run(
        'hand-over',
        { to, signed, ...(to === 'proxy' ? { proxy: proxy.trim() } : {}) },
        `${certificate.documentName}を${to === 'mail' ? '郵便に出しました' : '渡しました'}。`,
      )
  }
  useKeys([
    {
      key: 'Ctrl+Enter',
      word: printed ? (to === 'mail' ? '郵便に出した' : '渡した') : '紙を確かめた',
      run: printed ? handOver : confirm,
    },
  ])
  return (
    <section className="act" ref={box} aria-labelledby="sheet">
      <h2 id="sheet">
        {certificate.documentName} {certificate.number}通目{' '}
        <span className="quiet small">
          {certificate.reasonName} {certificate.delivery === 'mail' ? '郵便で送る' : '窓口で渡す'}
        </span>
      </h2>
      <ol className="steps">
        <li className="step-done">
          指示{' '}
          <span className="quiet">{sheet === undefined ? '' : timeText(sheet.instructedAt)}</span>
        </li>
        <li
          className={printed ? 'step-done' : undefined}
          aria-current={printed ? undefined : 'step'}
        >
          紙を確かめる
        </li>
        <li
          className={printed ? undefined : 'step-waiting'}
          aria-current={printed ? 'step' : undefined}
        >
          {certificate.delivery === 'mail' ? '郵便に出す' : '渡す'}
        </li>
      </ol>
      <Refused sentence={failure} />
      {!printed && sheet !== undefined && (
        <>
          <div className="bar">
            <button data-first type="button" className="button main" onClick={() => void print()}>
              紙をひらいて印刷する
            </button>
            <span className="quiet small">
              {sheet.copy}枚目の紙。
              {held.certificates.some((one) => one !== certificate && one.valid) &&
                '紙を確かめるまで、前の1通が使えます。'}
            </span>
          </div>
          <TextField
            label="紙の符号の下4けた"
            size="short"
            support="出てきた紙の右下にあります。紙を確かめるまで「交付した」にはなりません。"
            text={tail}
            change={setTail}
          />
          <div className="bar">
            <Button run={confirm}>
              よい。紙を確かめた <kbd>Ctrl+Enter</kbd>
            </Button>
            <Button
              run={() =>
                void run(
                  'spoiled',
                  { cause: 'soiled' },
                  'よごれた紙を無効にしました。次の紙を印刷してください。',
                )
              }
            >
              よごれた
            </Button>
            <Button
              run={() =>
                void run(
                  'spoiled',
                  { cause: 'notPrinted' },
                  '出なかった紙を無効にしました。もう一度、印刷してください。',
                )
              }
            >
              出ない
            </Button>
            {certificate.may.includes('cancel') && (
              <Button
                look="plain"
                run={() => void run('cancel', { reason: '発行をやめた' }, '発行をやめました。')}
              >
                発行をやめる
              </Button>
            )}
          </div>
        </>
      )}
      {printed && (
        <>
          <ChooseOne
            legend="だれに"
            choices={[
              { value: 'self', label: '本人' },
              { value: 'proxy', label: '代理人' },
              { value: 'mail', label: '郵便' },
            ]}
            value={to}
            choose={setTo}
          />
          {to === 'proxy' && (
            <TextField label="代理人の名" need size="middle" text={proxy} change={setProxy} />
          )}
          {to !== 'mail' && (
            <label className="choice">
              <input
                data-first
                type="checkbox"
                checked={signed}
                onChange={(event) => setSigned(event.target.checked)}
              />
              受け取りの印をもらった
            </label>
          )}
          <div className="bar">
            <button
              data-first={to === 'mail' ? '' : undefined}
              type="button"
              className="button main"
              onClick={handOver}
            >
              {to === 'mail' ? '郵便に出した' : '渡した'} <kbd>Ctrl+Enter</kbd>
            </button>
            {held.certificates.some((one) => one !== certificate && one.valid) && (
              <span className="quiet small">前の1通は、この紙を確かめた時に無効になりました。</span>
            )}
          </div>
        </>
      )}
    </section>
  )
}
