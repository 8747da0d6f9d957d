import type { CustodyKind, CustodyLog, Direction } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { useRealm } from '../app/router.tsx'
import { ask, openPdf, sentenceOf, take, useAnswer } from '../app/server.ts'
import { useMay, useSession } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { DayField } from '../ui/DayField.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Button } from '../ui/parts.tsx'
import { readDay } from '../ui/readDay.ts'
import { Empty, Refused, Shown } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { dayText, monthDayText } from '../ui/text.ts'

/** What was sealed stands in the sender's log alone. */
const kindsOf: Record<Direction, readonly CustodyKind[]> = {
  in: ['受渡し', '開封', '破棄'],
  out: ['封入', '受渡し', '開封', '破棄'],
}

/** 媒体の受渡し — who carried it, from where to where, who opened it, when it was destroyed; printed for the file. */
export function Custody({
  transmission,
  direction,
}: {
  transmission: string
  direction: Direction
}) {
  const realm = useRealm()
  const { say } = useStatus()
  const mayRecord = useMay('file.custody')
  const answer = useAnswer<CustodyLog>(realm, `transmissions/${transmission}/custody`)
  const [open, setOpen] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const print = async () => {
    try {
      const pdf = await take(realm, `transmissions/${transmission}/custody.pdf`)
      openPdf(pdf)
      setTrouble(null)
      say('受渡し票をひらきました。')
    } catch (error) {
      setTrouble(sentenceOf(error))
    }
  }
  return (
    <section aria-labelledby="custody" className="stack">
      <h2 id="custody">媒体の受渡し</h2>
      <Shown answer={answer} name="受渡しの記録を読み込んでいます。">
        {({ log }) => (
          <>
            {log.length === 0 ? (
              <Empty>
                受渡しの記録はまだありません。
                {direction === 'in'
                  ? '媒体で届いたときに、受け取ったところから記録します。'
                  : '媒体で運ぶときに、封入から記録します。'}
              </Empty>
            ) : (
              <DataTable
                caption="受渡しの記録"
                rows={log}
                rowKey={(row) => String(row.number)}
                head={{ name: '順', cell: (row) => row.number }}
                columns={[
                  { name: 'いつ', cell: (row) => monthDayText(row.on) },
                  { name: '何を', cell: (row) => row.kind },
                  { name: 'だれが', cell: (row) => row.carrier },
                  {
                    name: 'どこから、どこへ',
                    cell: (row) => [row.from, row.to].filter((place) => place !== null).join(' → '),
                  },
                  { name: '媒体', unit: '個', figure: true, cell: (row) => row.mediaCount },
                  { name: '書き添え', cell: (row) => row.note },
                ]}
              />
            )}
            <Refused sentence={trouble} />
            <div className="bar">
              {log.length > 0 && <Button run={() => void print()}>受渡し票を印刷する</Button>}
              {mayRecord && !open && <Button run={() => setOpen(true)}>受渡しを記録する</Button>}
            </div>
            {open && (
              <Record
                transmission={transmission}
                direction={direction}
                close={() => setOpen(false)}
                again={answer.again}
              />
            )}
          </>
        )}
      </Shown>
    </section>
  )
}

function Record({
  transmission,
  direction,
  close,
  again,
}: {
  transmission: string
  direction: Direction
  close: () => void
  again: () => void
}) {
  const realm = useRealm()
  const session = useSession()
  const { say } = useStatus()
  const [kind, setKind] = useState<string>('')
  const [carrier, setCarrier] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [count, setCount] = useState('1')
  const [on, setOn] = useState(dayText(session.today))
  const [note, setNote] = useState('')
  const [faults, setFaults] = useState<readonly { at: string; sentence: string }[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const carried = kind === '受渡し'
  const record = async () => {
    const { day } = readDay(on)
    const missing = [
      ...(kind === '' ? [{ at: 'kind', sentence: '何をしたかを選んでください。' }] : []),
      ...(carrier.trim() === ''
        ? [{ at: 'carrier', sentence: '扱った職員の所属と氏名を書いてください。' }]
        : []),
      ...(carried && from.trim() === ''
        ? [{ at: 'from', sentence: 'どこから運んだかを書いてください。' }]
        : []),
      ...(carried && to.trim() === ''
        ? [{ at: 'to', sentence: 'どこへ運んだかを書いてください。' }]
        : []),
      ...(day === null ? [{ at: 'on', sentence: 'いつしたかを入れてください。' }] : []),
    ]
    setFaults(missing)
    setFailure(null)
    if (missing.length > 0) return
    try {
      await ask(realm, `transmissions/${transmission}/custody`, {
        method: 'POST',
        body: {
          kind,
          carrier: carrier.trim(),
          from: carried ? from.trim() : null,
          to: carried ? to.trim() : null,
          mediaCount: Number(count.normalize('NFKC')) || 0,
          on: day,
          note: note.trim(),
        },
      })
      say(`媒体の${kind}を記録しました。`)
      close()
      again()
    } catch (error) {
      setFailure(sentenceOf(error))
    }
  }
  useKeys([
    { key: 'Ctrl+Enter', word: '記録する', run: () => void record() },
    { key: 'Esc', word: 'やめる', run: close },
  ])
  const fault = (at: string) => faults.find((one) => one.at === at)?.sentence ?? null
  return (
    <section className="act" aria-labelledby="record-custody" onKeyDown={enterAsNext}>
      <h3 id="record-custody" ref={heading} tabIndex={-1}>
        受渡しを記録する
      </h3>
      <ErrorSummary faults={faults} />
      <Refused sentence={failure} />
      <div data-at="kind">
        <ChooseOne
          legend="何を"
          need
          error={fault('kind')}
          choices={kindsOf[direction].map((one) => ({ value: one, label: one }))}
          value={kind}
          choose={setKind}
        />
      </div>
      <div className="pair">
        <div data-at="carrier">
          <TextField
            label="だれが"
            need
            text={carrier}
            change={setCarrier}
            error={fault('carrier')}
          />
        </div>
        <TextField label="媒体の数" size="short" unit="個" text={count} change={setCount} />
        {carried && (
          <>
            <div data-at="from">
              <TextField label="どこから" need text={from} change={setFrom} error={fault('from')} />
            </div>
            <div data-at="to">
              <TextField label="どこへ" need text={to} change={setTo} error={fault('to')} />
            </div>
          </>
        )}
      </div>
      <div data-at="on">
        <DayField label="いつ" need text={on} change={setOn} error={fault('on')} />
      </div>
      <TextField label="書き添え" text={note} change={setNote} />
      <div className="bar">
        <Button look="main" run={() => void record()}>
          {kind === '' ? '記録する' : `媒体の${kind}を記録する`} <kbd>Ctrl+Enter</kbd>
        </Button>
        <Button run={close}>
          やめる <kbd>Esc</kbd>
        </Button>
      </div>
    </section>
  )
}
