import type { PrintRunDetail, ReconciledPrintRun } from '@koiki/union'
import { useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { AskError, ask, handOver, take, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { readCodes } from '../certificates/readCodes.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Button, Field } from '../ui/parts.tsx'
import { Refused, Shown } from '../ui/states.tsx'
import { countText, dayText } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 紙の照合 — every sheet is accounted for by its code, or the bundle does not close. */
export function PrintRunPage({ run }: { run: string }) {
  const realm = useRealm()
  const mayRead = useMay('certificate.issue')
  const answer = useAnswer<PrintRunDetail>(realm, mayRead ? `print-runs/${run}` : null)
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  if (!mayRead) return <NotYours title="紙の照合" who="資格担当と窓口担当" what="文書の発行" />
  return (
    <Page title="紙の照合">
      <p>
        <Link to={{ screen: 'printRuns' }}>一括の印刷へ</Link>
      </p>
      <Shown answer={answer} name="束を読み込んでいます。">
        {(detail) => <Told detail={detail} again={answer.again} />}
      </Shown>
    </Page>
  )
}

function Told({ detail, again }: { detail: PrintRunDetail; again: () => void }) {
  const realm = useRealm()
  const { say } = useStatus()
  const { run } = detail
  const [printed, setPrinted] = useState('')
  const [spoiled, setSpoiled] = useState('')
  const [notPrinted, setNotPrinted] = useState('')
  const [outcome, setOutcome] = useState<ReconciledPrintRun | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const refuse = (error: unknown) => {
    if (!(error instanceof AskError)) throw error
    if (error.status === 409) again()
    setFailure(error.failure.message)
  }
  const bring = async (part: number) => {
    try {
      const pdf = await take(realm, `print-runs/${run.run}/pdf?part=${part}`)
      handOver(pdf, `print-run-${part}.pdf`)
      say(`${part}つめの束を渡しました。印刷してください。`)
    } catch (error) {
      refuse(error)
    }
  }
  const reconcile = async () => {
    setFailure(null)
    try {
      const told = await ask<ReconciledPrintRun>(realm, `print-runs/${run.run}/reconcile`, {
        method: 'POST',
        body: {
          version: run.version,
          printed: readCodes(printed),
          spoiled: readCodes(spoiled),
          notPrinted: readCodes(notPrinted),
        },
      })
      setOutcome(told)
      setPrinted('')
      setSpoiled('')
      setNotPrinted('')
      say(told.sentence)
      again()
    } catch (error) {
      refuse(error)
    }
  }
  const move = async (verb: 'close' | 'reprint', told: string) => {
    setFailure(null)
    try {
      await ask(realm, `print-runs/${run.run}/${verb}`, {
        method: 'POST',
        body: { version: run.version },
      })
      say(told)
      again()
    } catch (error) {
      refuse(error)
    }
  }
  const mayReconcile = detail.may.includes('reconcile')
  useKeys(
    mayReconcile ? [{ key: 'Ctrl+Enter', word: '照合する', run: () => void reconcile() }] : [],
  )
  return (
    <div className="stack wide">
      <div>
        <h2>
          {run.title}{' '}
          <span className="quiet small">
            {run.municipality} {dayText(run.madeOn)}
          </span>
        </h2>
        <dl className="counts">
          {(
            [
              ['紙', run.sheets],
              ['確かめた', run.printed],
              ['よごれた', run.spoiled],
              ['出なかった', run.notPrinted],
              ['まだ分からない', run.left],
            ] as const
          ).map(([name, count]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={name === 'まだ分からない' && count > 0 ? 'bad' : undefined}>
                {countText(count)}枚
              </dd>
            </div>
          ))}
        </dl>
        <p className="quiet small">
          確かめた + よごれた + 出なかった + まだ分からない = {countText(run.sheets)}枚
        </p>
      </div>
      <Refused sentence={failure} />
      {outcome !== null && (
        <div
          className={
            outcome.strangers.length + outcome.twice.length > 0 ? 'banner watch' : 'banner'
          }
          role="status"
        >
          <span className="word">照合しました</span>
          <div>
            <p>{outcome.sentence}</p>
            {outcome.strangers.length > 0 && (
              <p>この束にない符号: {outcome.strangers.join('、')}</p>
            )}
            {outcome.twice.length > 0 && <p>2度読んだ符号: {outcome.twice.join('、')}</p>}
          </div>
        </div>
      )}
      <section aria-labelledby="parts">
        <h2 id="parts">紙を出す</h2>
        <div className="bar">
          {Array.from({ length: detail.parts }, (_, index) => (
            <Button
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is its number.
              key={index}
              run={() => void bring(index + 1)}
            >
              {detail.parts === 1 ? 'PDFを受け取る' : `PDF ${index + 1} / ${detail.parts}`}
            </Button>
          ))}
        </div>
      </section>
      {mayReconcile && (
        <section aria-labelledby="reconcile" className="stack">
          <h2 id="reconcile">紙の符号を読む</h2>
          <div className="pair triple">
            {(
              [
                ['出てきた紙', printed, setPrinted],
                ['よごれた紙', spoiled, setSpoiled],
                ['出なかった紙', notPrinted, setNotPrinted],
              ] as const
            ).map(([label, text, set]) => (
              <Field key={label} label={label} support={`${readCodes(text).length}枚読みました。`}>
                {(props) => (
                  <textarea
                    {...props}
                    className="input codes"
                    rows={6}
                    autoComplete="off"
                    spellCheck={false}
                    value={text}
                    onChange={(event) => set(event.target.value)}
                  />
                )}
              </Field>
            ))}
          </div>
          <div className="bar">
            <Button look="main" run={() => void reconcile()}>
              {countText(
                readCodes(printed).length +
                  readCodes(spoiled).length +
                  readCodes(notPrinted).length,
              )}
              枚を照合する <kbd>Ctrl+Enter</kbd>
            </Button>
            {detail.may.includes('reprint') && (
              <Button
                run={() =>
                  void move('reprint', 'よごれた紙と出なかった紙を、もう一度用意しました。')
                }
              >
                出なかった分をもう一度用意する
              </Button>
            )}
            <Button
              run={() => void move('close', 'この束を閉じました。')}
              whyNot={
                detail.may.includes('close')
                  ? null
                  : `まだ分からない紙が${countText(run.left)}枚あるので、閉じられません。`
              }
            >
              束を閉じる
            </Button>
          </div>
        </section>
      )}
      {detail.sheets.length > 0 && (
        <DataTable
          caption="確かめた紙のほか"
          captionSeen
          rows={detail.sheets}
          rowKey={(sheet) => sheet.code}
          head={{ name: '符号', cell: (sheet) => <span className="number">{sheet.code}</span> }}
          columns={[
            {
              name: '順',
              figure: true,
              cell: (sheet) => countText(sheet.place),
              sort: (sheet) => sheet.place,
            },
            { name: 'ようす', cell: (sheet) => sheet.stateName },
          ]}
        />
      )}
    </div>
  )
}
