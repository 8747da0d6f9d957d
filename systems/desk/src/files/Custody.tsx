import type { CustodyKind, CustodyLog } from '@koiki/union'
import { useState } from 'react'
import { useRealm } from '../app/router.tsx'
import { AskError, ask, take, useAnswer } from '../app/server.ts'
import { useMay, useSession } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { DayField } from '../ui/DayField.tsx'
import { Button } from '../ui/parts.tsx'
import { readDay } from '../ui/readDay.ts'
import { Empty, Shown } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { dayText, monthDayText } from '../ui/text.ts'

const kinds = ['封入', '受渡し', '開封', '破棄'] as const satisfies readonly CustodyKind[]

/** 媒体の受渡し — who carried it, from where to where, who opened it, when it was destroyed; printed for the file. */
export function Custody({ transmission }: { transmission: string }) {
  const realm = useRealm()
  const { say } = useStatus()
  const mayRecord = useMay('file.custody')
  const answer = useAnswer<CustodyLog>(realm, `transmissions/${transmission}/custody`)
  const [open, setOpen] = useState(false)
  const print = async () => {
    try {
      const pdf = await take(realm, `transmissions/${transmission}/custody.pdf`)
      const url = URL.createObjectURL(pdf)
      window.open(url, '_blank', 'noopener')
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
      say('受渡し票をひらきました。')
    } catch (error) {
      say(error instanceof AskError ? error.failure.message : String(error))
    }
  }
  return (
    <section aria-labelledby="custody" className="stack">
      <h2 id="custody">媒体の受渡し</h2>
      <Shown answer={answer} name="受渡しの記録を読み込んでいます。">
        {({ log }) => (
          <>
            {log.length === 0 ? (
              <Empty>受渡しの記録はまだありません。媒体で運ぶときに、封入から記録します。</Empty>
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
            <div className="bar">
              {log.length > 0 && <Button run={() => void print()}>受渡し票を印刷する</Button>}
              {mayRecord && !open && <Button run={() => setOpen(true)}>受渡しを記録する</Button>}
            </div>
            {open && (
              <Record
                transmission={transmission}
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
  close,
  again,
}: {
  transmission: string
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
  const [failure, setFailure] = useState<string | null>(null)
  const record = async () => {
    const { day } = readDay(on)
    if (kind === '' || carrier.trim() === '' || day === null) {
      setFailure('何をしたか、だれがしたか、いつかを入れてください。')
      return
    }
    try {
      await ask(realm, `transmissions/${transmission}/custody`, {
        method: 'POST',
        body: {
          kind,
          carrier: carrier.trim(),
          from: from.trim() === '' ? null : from.trim(),
          to: to.trim() === '' ? null : to.trim(),
          mediaCount: Number(count.normalize('NFKC')) || 0,
          on: day,
          note: note.trim(),
        },
      })
      say(`媒体の${kind}を記録しました。`)
      close()
      again()
    } catch (error) {
      setFailure(error instanceof AskError ? error.failure.message : String(error))
    }
  }
  return (
    <div className="act">
      {failure !== null && (
        <div className="banner bad" role="alert" data-state="error">
          <span className="word">できませんでした</span>
          <p>{failure}</p>
        </div>
      )}
      <ChooseOne
        legend="何を"
        need
        choices={kinds.map((one) => ({ value: one, label: one }))}
        value={kind}
        choose={setKind}
      />
      <div className="pair">
        <TextField label="だれが" need text={carrier} change={setCarrier} />
        <TextField label="媒体の数" size="short" unit="個" text={count} change={setCount} />
        <TextField label="どこから" text={from} change={setFrom} />
        <TextField label="どこへ" text={to} change={setTo} />
      </div>
      <DayField label="いつ" need text={on} change={setOn} />
      <TextField label="書き添え" text={note} change={setNote} />
      <div className="bar">
        <Button look="main" run={() => void record()}>
          記録する
        </Button>
        <Button run={close}>やめる</Button>
      </div>
    </div>
  )
}
