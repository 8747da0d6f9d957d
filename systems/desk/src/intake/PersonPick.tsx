import type { Found, FoundPerson } from '@koiki/union'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { looksLikeIndividualNumber } from '../app/fold.ts'
import { moveAmongRows } from '../app/keyboard.tsx'
import { useRealm } from '../app/router.tsx'
import { AskError, ask, words as stateWords } from '../app/server.ts'
import { Chip, Field, InsuredNumber, Name } from '../ui/parts.tsx'
import { dayText } from '../ui/text.ts'

/** だれのことかをえらぶ — the search of the desk within the form; a single hit does not choose itself. */
export function PersonPick({
  choose,
  error,
}: {
  /** With the words by which the person was found: what the citizen said counts. */
  choose: (person: FoundPerson, words: string) => void
  error: string | null
}) {
  const realm = useRealm()
  const [words, setWords] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const [found, setFound] = useState<Found | null>(null)
  const list = useRef<HTMLUListElement>(null)

  useEffect(() => {
    const asked = words.trim()
    if (asked === '') {
      setFound(null)
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      ask<Found>(realm, 'search', {
        method: 'POST',
        body: { words: asked, purpose: 'application' },
        signal: stop.signal,
      }).then(
        (answer) => {
          if (stop.signal.aborted) return
          setFound(answer)
          setTold(null)
        },
        (failed: unknown) => {
          if (!stop.signal.aborted && failed instanceof AskError) setTold(failed.failure.message)
        },
      )
    }, 150)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [words, realm])

  return (
    <div className="stack person-pick">
      <Field
        label="さがすことば"
        need
        support="氏名・カナ・生年月日・被保険者番号。下の一覧から選びます。"
        error={told ?? error}
      >
        {(props) => (
          <input
            {...props}
            className="input middle"
            autoComplete="off"
            spellCheck={false}
            value={words}
            onChange={(event) => {
              const typed = event.target.value
              const wrong = looksLikeIndividualNumber(typed)
              setWords(wrong ? '' : typed)
              setTold(wrong ? '個人番号では、ここからはさがせません。番号は残していません。' : null)
            }}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing || event.keyCode === 229) return
              if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
              event.preventDefault()
              event.stopPropagation()
              list.current?.querySelector<HTMLElement>('[data-row]')?.focus()
            }}
          />
        )}
      </Field>
      {found !== null && (
        <>
          <p role="status" className="small">
            {found.people.length === 0 ? stateWords.none : `${found.total}人`}
            {found.sentence !== null && ` ${found.sentence}`}
          </p>
          <ul className="ruled pick-list" ref={list} onKeyDown={moveAmongRows}>
            {found.people.map((person, index) => (
              <li key={person.person}>
                <button
                  type="button"
                  className="plain"
                  data-row
                  tabIndex={index === 0 ? 0 : -1}
                  onClick={() => choose(person, words.trim())}
                >
                  <Name name={person.name} kana={person.kana} />
                </button>
                <span>
                  <Differing differs={person.differs.includes('birth')}>
                    {person.birthDate === null ? person.birth : dayText(person.birthDate)}生
                  </Differing>{' '}
                  <Differing differs={person.differs.includes('sex')}>{person.sex}</Differing>{' '}
                  <Differing differs={person.differs.includes('town')}>
                    {person.municipality}
                    {person.town !== null && ` ${person.town}`}
                  </Differing>
                  {person.sameName > 1 && (
                    <strong className="nowrap"> 同じ名前 {person.sameName}人</strong>
                  )}
                </span>
                <span>
                  {person.handleWithCare && <Chip>取扱注意</Chip>}{' '}
                  {person.insuredNumber !== null && <InsuredNumber number={person.insuredNumber} />}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** ちがい — in a list of people of one name, what tells them apart is marked in words, not by colour. */
function Differing({ differs, children }: { differs: boolean; children: ReactNode }) {
  if (!differs) return <>{children}</>
  return (
    <span className="nowrap">
      {children} <span className="differs-word">ちがい</span>
    </span>
  )
}
