import type { Encounter, Purpose, ReadBackAnswer, ReadBackFact } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { DayField } from '../ui/DayField.tsx'
import { Button, Dialog } from '../ui/parts.tsx'
import { Refused } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { enterAsNext, useKeys } from './keyboard.tsx'
import { useRealm } from './router.tsx'
import { AskError, ask } from './server.ts'
import { purposeOrder, purposeWords, usePurpose } from './session.tsx'

/** 応対の人の呼び方 — somebody without a record has no name here yet. */
export const encounterName = ({ name }: Pick<Encounter, 'name'>): string =>
  name === null ? '記録のない人' : `${name}さん`

type BeginProps = {
  person: string | null
  purpose: Purpose | null
  replaces: Encounter | null
  close: () => void
  /** Answers the sentence of a refusal, or null. */
  begin: (purpose: Purpose) => Promise<string | null>
}

/** 応対を始める — where work with a person is about to begin without one, or with the one of another person. */
export function BeginDialog({ person, purpose: given, replaces, close, begin }: BeginProps) {
  const [held] = usePurpose()
  const [purpose, choose] = useState<Purpose>(given ?? held ?? 'application')
  const [failure, setFailure] = useState<string | null>(null)
  const run = async () => setFailure(await begin(purpose))
  useKeys(
    [
      { key: 'Ctrl+Enter', word: '始める', run: () => void run() },
      { key: 'Esc', word: 'やめる', run: close },
    ],
    true,
  )
  return (
    <Dialog title="応対を始める" close={close}>
      {replaces === null ? (
        <p>
          {person === null
            ? 'まだ記録のない人の応対を始めます。届書を受け付けると、その人の応対になります。'
            : 'この人の応対を始めます。'}
        </p>
      ) : (
        <p>
          応対{replaces.number}({encounterName(replaces)})を終えて、
          {person === null ? 'まだ記録のない人' : 'この人'}の応対を始めますか。
          書きかけの届書は残ります。
        </p>
      )}
      <fieldset className="purpose" onKeyDown={enterAsNext}>
        <legend>
          用件<span className="need">※必須</span>
        </legend>
        {purposeOrder.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="encounter-purpose"
              {...(purpose === one ? { 'data-first': true } : {})}
              checked={purpose === one}
              onChange={() => choose(one)}
            />
            {purposeWords[one]}
          </label>
        ))}
      </fieldset>
      <Refused sentence={failure} />
      <div className="bar">
        <Button look="main" run={() => void run()}>
          {replaces === null ? '応対を始める' : '終えて始める'} <kbd>Ctrl+Enter</kbd>
        </Button>
        <Button run={close}>
          やめる <kbd>Esc</kbd>
        </Button>
      </div>
    </Dialog>
  )
}

const labels: Readonly<Record<ReadBackFact, string>> = {
  birthDate: '生年月日',
  town: '町名',
  numberTail: '被保険者番号の下4けた',
  name: '氏名かカナ',
}

type ReadBackProps = {
  encounter: Encounter
  close: () => void
  heard: (encounter: Encounter) => void
  agreed: (sentence: string) => void
  closed: (sentence: string) => void
}

/** 読み合わせ — typed, not ticked: what the citizen says or the paper shows is compared by the server. */
export function ReadBackDialog({ encounter: first, close, heard, agreed, closed }: ReadBackProps) {
  const realm = useRealm()
  const [encounter, setEncounter] = useState(first)
  const [texts, setTexts] = useState<Partial<Record<ReadBackFact, string>>>({})
  const [wrong, setWrong] = useState<readonly ReadBackFact[]>([])
  const [told, setTold] = useState<string | null>(null)
  const [shut, setShut] = useState(false)
  const fields = useRef<HTMLFieldSetElement>(null)
  // What the citizen says first is typed first: no key is pressed to come to the box.
  useEffect(() => fields.current?.querySelector('input')?.focus(), [])
  const { need, ask: asks, heard: known } = encounter.readBack
  const typed = asks.flatMap((kind) => {
    const text = texts[kind]?.trim() ?? ''
    return text === '' ? [] : [{ kind, text }]
  })
  const compare = async () => {
    if (shut) return
    if (typed.length === 0) {
      setTold('本人か書類に聞いたことを、1つは打ってください。')
      return
    }
    try {
      const answer = await ask<ReadBackAnswer>(
        realm,
        `encounters/${encounter.encounter}/read-back`,
        { method: 'POST', body: { facts: typed } },
      )
      if (answer.encounter !== null) {
        heard(answer.encounter)
        setEncounter(answer.encounter)
      }
      setWrong(answer.differs)
      setTold(answer.sentence)
      if (answer.outcome === 'agreed') agreed(answer.sentence)
      if (answer.outcome === 'closed') setShut(true)
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      setTold(error.failure.message)
    }
  }
  const leave = () => {
    if (shut) closed(told ?? '')
    close()
  }
  useKeys(
    [
      { key: 'Ctrl+Enter', word: '照らし合わせる', run: () => void compare() },
      { key: 'Esc', word: 'あとで', run: leave },
    ],
    true,
  )
  if (shut)
    return (
      <Dialog key="shut" title="応対を閉じました" close={leave}>
        <div className="banner bad" role="alert">
          <span className="word">読み合わせ</span>
          <p>{told}</p>
        </div>
        <div className="bar">
          <button data-first type="button" className="button main" onClick={leave}>
            きょうへ戻る
          </button>
        </div>
      </Dialog>
    )
  return (
    <Dialog title={`読み合わせ 応対${encounter.number}`} close={leave}>
      <p>
        {known.length > 0 && `${known.join('・')}は聞きました。`}
        本人か書類に、あと<strong>{need}つ</strong>聞いて打ちます。こちらから答えを言いません。
      </p>
      <fieldset className="heard-facts" ref={fields} onKeyDown={enterAsNext}>
        <legend className="unseen">聞いたこと</legend>
        {asks.map((kind) =>
          kind === 'birthDate' ? (
            <DayField
              key={kind}
              label={labels[kind]}
              text={texts[kind] ?? ''}
              change={(text) => setTexts((before) => ({ ...before, [kind]: text }))}
              error={wrong.includes(kind) ? '記録と合うか、もう一度聞いてください。' : null}
              birth
            />
          ) : (
            <TextField
              key={kind}
              label={labels[kind]}
              size={kind === 'numberTail' ? 'short' : 'middle'}
              text={texts[kind] ?? ''}
              change={(text) => setTexts((before) => ({ ...before, [kind]: text }))}
              error={wrong.includes(kind) ? '記録と合うか、もう一度聞いてください。' : null}
            />
          ),
        )}
        {told !== null && (
          <div className="banner watch" role="alert">
            <span className="word">読み合わせ</span>
            <p>{told}</p>
          </div>
        )}
        <div className="bar">
          <Button look="main" run={() => void compare()}>
            照らし合わせる <kbd>Ctrl+Enter</kbd>
          </Button>
          <Button run={leave}>
            あとで <kbd>Esc</kbd>
          </Button>
        </div>
      </fieldset>
    </Dialog>
  )
}
