import type { Found, FoundPerson } from '@koiki/union'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { encounterName } from '../app/EncounterDialogs.tsx'
import { useEncounters } from '../app/Encounters.tsx'
import { looksLikeIndividualNumber } from '../app/fold.ts'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { AskError, ask, words as stateWords } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { TableBox } from '../ui/DataTable.tsx'
import { PurposeChoice } from '../ui/PurposeChoice.tsx'
import { Chip, Field, InsuredNumber, Name } from '../ui/parts.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { countText, dayText } from '../ui/text.ts'
import { Page } from './Screen.tsx'

// Search words live in memory and end with the 応対; no address, title or storage ever holds them.
const memory = { words: '' }
const ended = new EventTarget()

/** さがしおわる — forgets the words; at F2, at the end of a sitting. */
export function endSearch(): void {
  memory.words = ''
  ended.dispatchEvent(new Event('ended'))
}

const wiped = '個人番号では、ここからはさがせません。番号は残していません。'
const readWords = {
  name: '氏名',
  kana: 'カナ',
  birth: '生年月日',
  insuredNumber: '被保険者番号',
} as const

type State =
  | { state: 'idle' }
  | { state: 'asking' }
  | { state: 'found'; found: Found }
  | { state: 'failed'; failure: AskError }

/** さがす — one field that says how it read what was typed, and answers while typing. */
export function SearchPage() {
  const realm = useRealm()
  const router = useRouter()
  const { standing, begin } = useEncounters()
  const [purpose] = usePurpose()
  const [words, setWords] = useState(memory.words)
  const [told, setTold] = useState<string | null>(null)
  const [composing, setComposing] = useState(false)
  const [state, setState] = useState<State>({ state: 'idle' })
  const [turn, setTurn] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const results = useRef<HTMLDivElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus is placed once, when the page opens.
  useEffect(() => {
    if (purpose === null) document.querySelector<HTMLInputElement>('input[name=purpose]')?.focus()
    else input.current?.focus()
  }, [])
  useEffect(() => {
    const forget = () => {
      setWords('')
      setTold(null)
      setState({ state: 'idle' })
      input.current?.focus()
    }
    ended.addEventListener('ended', forget)
    return () => ended.removeEventListener('ended', forget)
  }, [])

  const take = (text: string, settled: boolean) => {
    if (settled && looksLikeIndividualNumber(text)) {
      memory.words = ''
      setWords('')
      setTold(wiped)
      setState({ state: 'idle' })
      return
    }
    memory.words = text
    setWords(text)
    setTold(null)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is how the same words are asked again.
  useEffect(() => {
    const asked = words.trim()
    if (composing || purpose === null || asked === '') {
      if (asked === '') setState({ state: 'idle' })
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      setState((before) => (before.state === 'found' ? before : { state: 'asking' }))
      ask<Found>(realm, 'search', {
        method: 'POST',
        body: { words: asked, purpose },
        signal: stop.signal,
      }).then(
        (found) => {
          if (!stop.signal.aborted) setState({ state: 'found', found })
        },
        (error: unknown) => {
          if (!stop.signal.aborted && error instanceof AskError)
            setState({ state: 'failed', failure: error })
        },
      )
    }, 120)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [words, purpose, composing, realm, turn])

  const open = async (person: FoundPerson) => {
    if (purpose === null) return
    if (await begin({ person: person.person, purpose, words: words.trim() }))
      router.go({ screen: 'person', person: person.person, tab: 'timeline' })
  }
  const toRows = () => results.current?.querySelector<HTMLElement>('[data-row]')?.focus()
  useKeys([
    { key: 'F3', word: 'さがすことば', run: () => input.current?.focus() },
    { key: 'F5', word: '最新にする', run: () => setTurn((n) => n + 1) },
  ])

  return (
    <Page title="さがす">
      {standing.state === 'here' ? (
        <p className="quiet">
          応対{standing.encounter.number}({encounterName(standing.encounter)})の途中です。
          ほかの人を開くときは、終えてよいかを先にたずねます。
        </p>
      ) : (
        <PurposeChoice />
      )}
      <div className="search-line">
        <Field
          label="さがすことば"
          support="氏名・カナ・ローマ字・生年月日・被保険者番号。組み合わせもできます。例: キクチ 3140503"
          error={told}
        >
          {(props) => (
            <input
              {...props}
              ref={input}
              className="input"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={words}
              aria-controls="found"
              onCompositionStart={() => setComposing(true)}
              onCompositionEnd={(event) => {
                setComposing(false)
                take(event.currentTarget.value, true)
              }}
              onChange={(event) =>
                take(event.target.value, !(event.nativeEvent as InputEvent).isComposing)
              }
              onKeyDown={(event) => {
                if (event.nativeEvent.isComposing || event.keyCode === 229) return
                if (event.key === 'Enter' || event.key === 'ArrowDown') {
                  event.preventDefault()
                  toRows()
                }
              }}
            />
          )}
        </Field>
      </div>
      <div id="found" ref={results}>
        {purpose === null ? (
          <Empty>
            先に用件を選んでください。だれが、いつ、何のために見たかは、本人の閲覧の記録に残ります。
          </Empty>
        ) : state.state === 'idle' ? (
          <Empty>打つと、ここに答えが出ます。</Empty>
        ) : state.state === 'asking' ? (
          <Loading name="さがしています。" />
        ) : state.state === 'failed' ? (
          <Failed failure={state.failure} again={() => setTurn((n) => n + 1)} />
        ) : (
          <Results found={state.found} open={(person) => void open(person)} />
        )}
      </div>
    </Page>
  )
}

function Results({ found, open }: { found: Found; open: (person: FoundPerson) => void }) {
  const read = found.readAs.map(({ kind, text }) => `${readWords[kind]}「${text}」`).join('、')
  return (
    <>
      <p role="status" className="found-line">
        {read !== '' && <span className="quiet">{read} と読みました。</span>}{' '}
        {found.total > 0 && <strong>{countText(found.total)}人</strong>}
        {found.sentence !== null && ` ${found.sentence}`}
      </p>
      {found.people.length === 0 ? (
        <Empty>
          <p>{stateWords.none}</p>
          <p>生年月日か番号でもさがせます。</p>
        </Empty>
      ) : (
        <TableBox name="見つかった人">
          <table className="rows people">
            <caption className="unseen">見つかった人</caption>
            <thead>
              <tr>
                <th scope="col">氏名</th>
                <th scope="col">カナ</th>
                <th scope="col">生年月日</th>
                <th scope="col">性別</th>
                <th scope="col">町名</th>
                <th scope="col">被保険者番号</th>
                <th scope="col">資格</th>
              </tr>
            </thead>
            <tbody>
              {found.people.map((person, index) => (
                <Row
                  key={person.person}
                  person={person}
                  first={index === 0}
                  open={open}
                  bracket={bracketOf(found.people, index)}
                />
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </>
  )
}

type Bracket = 'none' | 'top' | 'middle' | 'bottom'

/** 同じ名前のくくり — where in a run of people of the same name this one stands. */
function bracketOf(people: readonly FoundPerson[], index: number): Bracket {
  const name = people[index]?.name
  const above = people[index - 1]?.name === name
  const below = people[index + 1]?.name === name
  if (!above && !below) return 'none'
  return above ? (below ? 'middle' : 'bottom') : 'top'
}

function Row({
  person,
  first,
  open,
  bracket,
}: {
  person: FoundPerson
  first: boolean
  open: (person: FoundPerson) => void
  bracket: Bracket
}) {
  const differs = (column: FoundPerson['differs'][number]) => person.differs.includes(column)
  return (
    <tr data-bracket={bracket}>
      <th scope="row">
        {bracket === 'top' && <span className="same">同じ名前 {person.sameName}人</span>}
        <Link
          to={{ screen: 'person', person: person.person, tab: 'timeline' }}
          data-row
          tabIndex={first ? 0 : -1}
          onClick={(event) => {
            // Opened in a window of its own, it is for looking; here it begins the 応対.
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
            event.preventDefault()
            open(person)
          }}
        >
          <Name name={person.name} />
        </Link>
        {person.handleWithCare && (
          <>
            {' '}
            <Chip>取扱注意</Chip>
          </>
        )}
      </th>
      <Differing differs={differs('kana')}>{person.kana ?? ''}</Differing>
      <Differing differs={differs('birth')}>
        <span className="nowrap">
          {person.birthDate === null ? person.birth : dayText(person.birthDate)}
          {person.age !== null && <span className="quiet"> {person.age}歳</span>}
        </span>
      </Differing>
      <Differing differs={differs('sex')}>{person.sex}</Differing>
      <Differing differs={differs('town')}>
        {person.municipality}
        {person.town !== null && ` ${person.town}`}
        {person.handleWithCare && <span className="quiet"> (町名は出しません)</span>}
      </Differing>
      <td>{person.insuredNumber !== null && <InsuredNumber number={person.insuredNumber} />}</td>
      <td>
        <Standing person={person} />
      </td>
    </tr>
  )
}

function Differing({ differs, children }: { differs: boolean; children: ReactNode }) {
  if (!differs) return <td>{children}</td>
  return (
    <td className="differs">
      {children} <span className="differs-word">ちがい</span>
    </td>
  )
}

function Standing({ person }: { person: FoundPerson }) {
  const { state, from, until } = person.standing
  switch (state) {
    case 'active':
      return <>有効</>
    case 'lost':
      return <Chip look="watch">喪失 {until === null ? '' : dayText(until)}</Chip>
    case 'notYet':
      return <Chip look="watch">これから {from === null ? '' : dayText(from)}</Chip>
    case 'none':
      return <span className="quiet">資格なし</span>
  }
}
