import type { Difference, Differences as Listed } from '@koiki/union'
import { useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Others, useOthers } from '../app/Others.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { AskError, ask, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { CompareTable } from '../ui/CompareTable.tsx'
import { Button, Chip, Name } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { dayOf, dayText, timeWords } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 突合 — what the counter entered against what the register then said, side by side, mended in one step; both offices see it. */
export function Differences() {
  const realm = useRealm()
  const mayRead = useMay('difference.read')
  const [all, setAll] = useState(false)
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
                <Group key={group[0]?.filing} group={group} again={answer.again} />
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

function Group({ group, again }: { group: readonly Difference[]; again: () => void }) {
  const [first] = group
  if (first === undefined) return null
  const open = group.filter(({ resolution }) => resolution === null)
  return (
    <section className="difference" aria-label={`${first.receiptNumber} ${first.kindName}`}>
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
              <Resolve one={one} again={again} />
            ) : (
              <span>
                {takeWords[one.resolution.take]} {one.resolution.note}{' '}
                <span className="quiet small">{one.resolution.by}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
      {open.length === 0 && <p className="quiet small">この届書のちがいは片づきました。</p>}
    </section>
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

function Resolve({ one, again }: { one: Difference; again: () => void }) {
  const realm = useRealm()
  const { say } = useStatus()
  const mayResolve = useMay('difference.resolve')
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const others = useOthers('difference', open ? one.difference : null)
  const take = async (way: 'register' | 'counter' | 'explained') => {
    if (way !== 'register' && note.trim() === '') {
      setFailure('住基とちがうままにするわけを書いてください。市区町村にも見えます。')
      return
    }
    try {
      await ask(realm, `differences/${one.difference}/resolve`, {
        method: 'POST',
        body: { take: way, note: note.trim() },
        purpose: 'verification',
      })
      say(`${one.item}: ${takeWords[way]}`)
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
  if (!mayResolve) return <Chip look="watch">まだ</Chip>
  if (!open)
    return (
      <Button look="small" label={`${one.item}を直す`} run={() => setOpen(true)}>
        直す
      </Button>
    )
  return (
    <div className="stack resolve">
      <Others others={others} />
      <TextField
        label="書き添え"
        support="窓口を採るとき、どちらも正しいときは、わけが要ります。"
        text={note}
        change={setNote}
        error={failure}
      />
      <div className="bar">
        <Button run={() => void take('register')}>住基を採る</Button>
        <Button run={() => void take('counter')}>窓口を採る</Button>
        <Button run={() => void take('explained')}>どちらも正しい</Button>
        <Button look="plain" run={() => setOpen(false)}>
          やめる
        </Button>
      </div>
    </div>
  )
}
