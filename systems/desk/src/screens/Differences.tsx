import type { Difference, Differences as Listed, ResolvedDifferences } from '@koiki/union'
import { useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { Others, useOthers } from '../app/Others.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { AskError, ask, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { CompareTable } from '../ui/CompareTable.tsx'
import { Button, Chip, Name } from '../ui/parts.tsx'
import { Empty, Refused, Shown } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { dayOf, dayText, timeWords } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 突合 — what the counter entered against what the register then said, side by side, mended in one step; both offices see it. */
export function Differences() {
  const realm = useRealm()
  const mayRead = useMay('difference.read')
  const [all, setAll] = useState(false)
  const [editing, setEditing] = useState<string | null>(null)
  const answer = useAnswer<Listed>(
    realm,
    mayRead ? `differences?state=${all ? 'all' : 'open'}` : null,
  )
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  if (!mayRead) return <NotYours title="突合" who="窓口担当と資格担当" what="突合" />
  return (
    <Page title="突合">
      <div className="bar">
        <p className="quiet">
          窓口で入れたことと、あとから届いた住民基本台帳情報のちがい。直すと、市区町村にも見えます。
        </p>
        <label className="choice end small">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          片づいたものも見る
        </label>
      </div>
      <Shown answer={answer} name="突合のちがいを読み込んでいます。">
        {(listed) =>
          listed.differences.length === 0 ? (
            <Empty>
              {all
                ? 'ちがいは、まだ1件もありません。'
                : `片づいていないちがいはありません。(${timeWords(listed.checkedAt)}に確かめました)`}
            </Empty>
          ) : (
            <div className="stack wide">
              {byFiling(listed.differences).map((group) => (
                <Group
                  key={group[0]?.filing}
                  group={group}
                  editing={editing === group[0]?.filing}
                  edit={(on) => setEditing(on ? (group[0]?.filing ?? null) : null)}
                  again={answer.again}
                />
              ))}
            </div>
          )
        }
      </Shown>
    </Page>
  )
}

/** One act mends a row; the rows of one filing stand together, as the paper did. */
function byFiling(all: readonly Difference[]): readonly Difference[][] {
  const groups = new Map<string, Difference[]>()
  for (const one of all) groups.set(one.filing, [...(groups.get(one.filing) ?? []), one])
  return [...groups.values()]
}

function Group({
  group,
  editing,
  edit,
  again,
}: {
  group: readonly Difference[]
  editing: boolean
  edit: (on: boolean) => void
  again: () => void
}) {
  const mayResolve = useMay('difference.resolve')
  const [first] = group
  if (first === undefined) return null
  const open = group.filter(({ resolution }) => resolution === null)
  // Whoever has chosen waits for somebody else.
  const mine = open.filter(({ twoPersons }) => twoPersons?.chosen.some((one) => one.mine))
  const free = open.filter((one) => !mine.includes(one))
  return (
    <section className="stack" aria-label={`${first.receiptNumber} ${first.kindName}`}>
      <h2 className="bar">
        <span>
          <Name name={first.name} />{' '}
          <span className="quiet small">
            {first.municipality} {first.kindName}{' '}
            <Link to={{ screen: 'filing', filing: first.filing }}>受付 {first.receiptNumber}</Link>
          </span>
        </span>
      </h2>
      <CompareTable
        caption={`${first.receiptNumber}の突合`}
        left="窓口で入れたこと"
        right="住民基本台帳情報"
        rows={group.map((one) => ({
          item: one.item,
          left: one.withheld ? (
            <span className="quiet">取扱注意のため出していません</span>
          ) : (
            <Value text={one.counter} points={one.codePoints?.counter} />
          ),
          right: one.withheld ? (
            <span className="quiet">取扱注意のため出していません</span>
          ) : (
            <Value text={one.register} points={one.codePoints?.register} />
          ),
          differs: one.resolution === null,
        }))}
      />
      <ul className="ruled causes">
        {group.map((one) => (
          <li key={one.difference}>
            <strong>{one.item}</strong>
            <span>
              考えられる原因: {one.cause}{' '}
              <span className="quiet small">{dayText(dayOf(one.foundAt))}に分かりました</span>
            </span>
            {one.resolution === null ? (
              <Chosen one={one} />
            ) : (
              <span>
                {takeWords[one.resolution.take]} {one.resolution.note}{' '}
                <span className="quiet small">{one.resolution.by}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
      {open.length === 0 ? (
        <p className="quiet small">この届書のちがいは片づきました。</p>
      ) : free.length === 0 ? (
        <p className="quiet small">
          残りは、まだ選んでいない人を待っています。その人が、ほかの人の選んだ側を見ずに選びます。
        </p>
      ) : editing ? (
        <Resolve rows={free} again={again} close={() => edit(false)} />
      ) : (
        mayResolve && (
          <div>
            <Button label={`${first.name}さんのちがいを直す`} run={() => edit(true)}>
              {free.length}件を直す
            </Button>
          </div>
        )
      )}
    </section>
  )
}

/** 2人で選ぶ項目のようす — who has chosen; which side, only for those who have, once they are two. */
function Chosen({ one }: { one: Difference }) {
  const { twoPersons } = one
  const chosen = twoPersons?.chosen ?? []
  if (twoPersons === null || chosen.length === 0)
    return <Chip look="watch">{twoPersons === null ? 'まだ' : 'まだ (2人で)'}</Chip>
  const names = chosen.map(({ mine, by }) => (mine ? 'あなた' : by)).join('と')
  if (chosen.length === 1)
    return (
      <span>
        <Chip look="watch">2人目待ち</Chip> <span className="quiet small">{names}が選びました</span>
      </span>
    )
  return (
    <span>
      <Chip look="bad">ちがう側 {chosen.length + 1}人目待ち</Chip>{' '}
      {chosen.every(({ take }) => take === null) ? (
        <span className="quiet small">{names}が、ちがう側を選びました</span>
      ) : (
        chosen.map(
          (choice) =>
            choice.take !== null && (
              <span key={choice.at + choice.by} className="small">
                {choice.mine ? 'あなた' : choice.by}: {takeWords[choice.take]}{' '}
              </span>
            ),
        )
      )}
    </span>
  )
}

function Value({ text, points }: { text: string | null; points: string | undefined }) {
  return (
    <>
      {text ?? <span className="quiet">(空)</span>}
      {points !== undefined && <span className="quiet small"> {points}</span>}
    </>
  )
}

const takeWords = {
  register: '住基を採った。',
  counter: '窓口を採った。',
  explained: 'どちらも正しい。',
} as const

type Side = keyof typeof takeWords

const sides: readonly { value: Side; label: string }[] = [
  { value: 'register', label: '住基を採る' },
  { value: 'counter', label: '窓口を採る' },
  { value: 'explained', label: 'どちらも正しい' },
]

/** 直す — a side for every row, what that would move, and then one act for all of them; both offices see it. */
function Resolve({
  rows,
  again,
  close,
}: {
  rows: readonly Difference[]
  again: () => void
  close: () => void
}) {
  const realm = useRealm()
  const { say } = useStatus()
  const [takes, setTakes] = useState<Readonly<Record<string, Side>>>({})
  const [note, setNote] = useState('')
  const [moves, setMoves] = useState<readonly string[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const others = useOthers('difference', rows[0]?.difference ?? null)
  const choices = rows.flatMap(({ difference }) => {
    const take = takes[difference]
    return take === undefined ? [] : [{ difference, take }]
  })
  const run = async () => {
    if (choices.length === 0) {
      setFailure('採る方を、1つは選んでください。')
      return
    }
    if (choices.some(({ take }) => take !== 'register') && note.trim() === '') {
      setFailure('住基とちがうままにするわけを書いてください。市区町村にも見えます。')
      return
    }
    try {
      const told = await ask<ResolvedDifferences>(realm, 'differences/resolve', {
        method: 'POST',
        body: { choices, note: note.trim(), confirm: moves !== null },
        purpose: 'verification',
      })
      setFailure(null)
      if (!told.confirmed) {
        setMoves(told.moves)
        return
      }
      const settled = told.differences.filter(({ resolution }) => resolution !== null).length
      const waiting = told.differences.filter(
        ({ resolution, twoPersons }) => resolution === null && twoPersons?.chosen.length === 1,
      ).length
      const apart = told.differences.length - settled - waiting
      say(
        [
          ...(settled > 0 ? [`${settled}件のちがいを直しました。市区町村にも見えます。`] : []),
          ...(waiting > 0 ? [`${waiting}件は、2人目が同じ側を選ぶと直ります。`] : []),
          ...(apart > 0
            ? [
                `${apart}件は、選んだ側がちがうので、何も直していません。まだ選んでいない人が選びます。`,
              ]
            : []),
        ].join(''),
      )
      close()
      again()
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      const { changed, message } = error.failure
      setFailure(
        changed === undefined
          ? message
          : `${timeWords(changed.at)}に${changed.by}さんが先に片づけました。最新にして(F5)見てください。`,
      )
    }
  }
  const main = moves === null ? '動くものを見る' : `${choices.length}件を直す`
  useKeys([
    { key: 'Ctrl+Enter', word: main, run: () => void run() },
    { key: 'Esc', word: 'やめる', run: close },
  ])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter goes to the next field, row by row.
    <div className="act" onKeyDown={enterAsNext}>
      <Others others={others} />
      <Refused sentence={failure} />
      {rows.map((one) => (
        <ChooseOne
          key={one.difference}
          legend={one.item}
          {...(one.twoPersons === null
            ? {}
            : { support: '2人が、互いの選んだ側を見ずに同じ側を選ぶと直ります。' })}
          choices={sides}
          value={takes[one.difference] ?? ''}
          choose={(value) => {
            setTakes({ ...takes, [one.difference]: value as Side })
            setMoves(null)
          }}
        />
      ))}
      <TextField
        label="書き添え"
        support="窓口を採るとき、どちらも正しいときは、わけが要ります。"
        text={note}
        change={setNote}
      />
      {moves !== null && (
        <section role="status" aria-label="直すと動くもの" className="stack">
          <h3>直すと動くもの</h3>
          {moves.length === 0 ? (
            <p className="quiet">ほかに動くものはありません。</p>
          ) : (
            <ul className="ruled moves">
              {moves.map((move) => (
                <li key={move}>{move}</li>
              ))}
            </ul>
          )}
        </section>
      )}
      <div className="bar">
        <Button look="main" run={() => void run()}>
          {main} <kbd>Ctrl+Enter</kbd>
        </Button>
        <Button run={close}>
          やめる <kbd>Esc</kbd>
        </Button>
      </div>
    </div>
  )
}
