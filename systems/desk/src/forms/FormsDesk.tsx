import type { FormPreview, OfferedForm, OfferedForms, PrintedForm } from '@koiki/union'
import { useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { useRealm } from '../app/router.tsx'
import { AskError, ask, openPdf, useAnswer } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Button, Chip } from '../ui/parts.tsx'
import { Empty, Refused, Shown } from '../ui/states.tsx'
import { momentText, timeText } from '../ui/text.ts'
import { type Asked, SheetInHand } from './SheetInHand.tsx'

/** 帳票 — what can be printed here and why not, one sheet from preview to seen paper, and what was printed before. */
export function FormsDesk({ source }: { source: string }) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const answer = useAnswer<OfferedForms>(realm, source, purpose ?? 'application')
  return (
    <Shown answer={answer} name="帳票を読み込んでいます。">
      {(offered) => <Offered offered={offered} again={answer.again} />}
    </Shown>
  )
}

const nameOf = ({ name, label }: OfferedForm): string => (label === '' ? name : `${name} ${label}`)

/** 刷れる帳票と、手もとの紙と、刷った紙 */
export function Offered({ offered, again }: { offered: OfferedForms; again: () => void }) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const { say } = useStatus()
  const [failure, setFailure] = useState<string | null>(null)
  const [looked, setLooked] = useState<{ form: OfferedForm; preview: FormPreview } | null>(null)
  const request = useRef(crypto.randomUUID())
  const asking = { purpose: purpose ?? ('application' as const) }
  const busy = useRef(false)

  const attempt: Asked = async (work) => {
    if (busy.current) return
    busy.current = true
    setFailure(null)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      setFailure(error.failure.message)
      if (error.status === 409) again()
    } finally {
      busy.current = false
    }
  }
  const look = (form: OfferedForm) =>
    attempt(async () => {
      const preview = await ask<FormPreview>(realm, 'forms/preview', {
        ...asking,
        method: 'POST',
        body: form.target,
      })
      const bytes = Uint8Array.from(atob(preview.pdf), (letter) => letter.charCodeAt(0))
      openPdf(new Blob([bytes], { type: 'application/pdf' }))
      request.current = crypto.randomUUID()
      setLooked({ form, preview })
      say(`${nameOf(form)}の見本をひらきました。印刷されるものと同じです。`)
    })
  const instruct = () =>
    attempt(async () => {
      if (looked === null) return
      const { form, preview } = looked
      await ask<PrintedForm>(realm, 'forms', {
        ...asking,
        method: 'POST',
        body: {
          ...form.target,
          request: request.current,
          at: preview.at,
          digest: preview.digest,
        },
      })
      setLooked(null)
      say(`${nameOf(form)}の印刷を指示しました。紙を印刷して、確かめてください。`)
      again()
    })
  const open = offered.printed.filter(({ state }) => state === 'instructed')
  const mayPrint = offered.may.includes('print')
  useKeys(
    looked === null
      ? []
      : [
          { key: 'Ctrl+Enter', word: '印刷を指示する', run: () => void instruct() },
          { key: 'Esc', word: 'やめる', run: () => setLooked(null) },
        ],
  )
  return (
    <div className="stack wide">
      <Refused sentence={failure} />
      {open.map((one, index) => (
        <SheetInHand
          key={one.printed}
          one={one}
          keyed={looked === null && index === 0}
          attempt={attempt}
          again={again}
        />
      ))}
      {looked !== null && (
        <section className="act" aria-labelledby="looked">
          <h2 id="looked">{nameOf(looked.form)}を印刷する</h2>
          <p>
            見本は{looked.preview.pages}枚です。
            {looked.preview.again && '前に刷って確かめた紙があるので、この紙には「再」が付きます。'}
            刷った人・時・用件は、記録に残ります。
          </p>
          <div className="bar">
            <Button look="main" run={() => void instruct()}>
              {nameOf(looked.form)}の印刷を指示する <kbd>Ctrl+Enter</kbd>
            </Button>
            <Button run={() => void look(looked.form)}>見本をもう一度見る</Button>
            <Button run={() => setLooked(null)}>
              やめる <kbd>Esc</kbd>
            </Button>
          </div>
        </section>
      )}
      <DataTable
        caption="刷れる帳票"
        captionSeen
        rows={offered.forms}
        rowKey={(one) => `${one.form}${one.label}`}
        head={{
          name: '帳票',
          cell: (one) => (
            <>
              <span className="nowrap">{one.name}</span>
              {one.label !== '' && <div className="small">{one.label}</div>}
              <div className="quiet small nowrap">
                {one.chapter} 帳票番号{one.formNumber}
              </div>
            </>
          ),
        }}
        columns={[
          {
            name: '印刷',
            cell: (one) =>
              one.impossible !== null ? (
                <>
                  <Chip look="watch">いまは刷れません</Chip> {one.impossible}
                </>
              ) : mayPrint ? (
                <Button
                  look="small"
                  run={() => void look(one)}
                  label={`${nameOf(one)}の見本を見る`}
                >
                  見本を見る
                </Button>
              ) : (
                'この帳票は、資格担当・賦課担当・窓口担当の人が刷れます。'
              ),
          },
          { name: '確かめた紙', unit: '通', figure: true, cell: (one) => one.printedCopies },
        ]}
      />
      <Before offered={offered} />
    </div>
  )
}

/** 刷った紙 — every sheet that was ever asked for, with what became of it. */
function Before({ offered }: { offered: OfferedForms }) {
  if (offered.printed.length === 0)
    return (
      <Empty>
        ここから刷った紙は、まだありません。({timeText(offered.checkedAt)}に確かめました)
      </Empty>
    )
  return (
    <DataTable
      caption="刷った紙"
      captionSeen
      rows={offered.printed}
      rowKey={(one) => one.printed}
      head={{
        name: '帳票',
        cell: (one) => (
          <>
            {one.name} {one.again && <Chip>再</Chip>}
            {one.about !== '' && <div className="quiet small">{one.about}</div>}
          </>
        ),
      }}
      columns={[
        { name: '指示', cell: (one) => `${momentText(one.instructedAt)} ${one.instructedBy}` },
        { name: '用件', cell: (one) => one.purpose },
        { name: '枚数', figure: true, cell: (one) => one.pages },
        {
          name: 'ようす',
          cell: (one) =>
            one.state === 'instructed' ? (
              <Chip look="watch">{one.stateName}</Chip>
            ) : (
              `${one.stateName}${one.settledAt === null ? '' : ` ${momentText(one.settledAt)} ${one.settledBy ?? ''}`}`
            ),
        },
      ]}
    />
  )
}
