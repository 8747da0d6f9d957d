import type { Person, PersonPast } from '@koiki/union'
import { useState } from 'react'
import { useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { usePurpose, useSession } from '../app/session.tsx'
import { DayField } from '../ui/DayField.tsx'
import { PieceWords } from '../ui/PieceLanes.tsx'
import { Button } from '../ui/parts.tsx'
import { readDay } from '../ui/readDay.ts'
import { Shown } from '../ui/states.tsx'
import { dayText } from '../ui/text.ts'

type Days = { readonly asOf: string; readonly knownOn: string }

/** 時点と知った日 — of which day, and by what was decided until which day; what is left empty is today. */
export function PastView({ person }: { person: Person }) {
  const { today } = useSession()
  const [typed, type] = useState<Days>({ asOf: '', knownOn: '' })
  const [fault, setFault] = useState<Partial<Days>>({})
  const [asked, ask] = useState<Days | null>(null)
  const run = () => {
    const asOf = dayOf(typed.asOf, today)
    const knownOn = dayOf(typed.knownOn, today)
    setFault({ ...asOf.fault('asOf'), ...knownOn.fault('knownOn') })
    if (asOf.day !== null && knownOn.day !== null) ask({ asOf: asOf.day, knownOn: knownOn.day })
  }
  return (
    <section aria-labelledby="past" className="stack">
      <h2 id="past">時点と知った日</h2>
      <DayField
        label="時点"
        text={typed.asOf}
        support="どの日の資格か。空なら今日。"
        error={fault.asOf ?? null}
        change={(asOf) => type({ ...typed, asOf })}
      />
      <DayField
        label="知った日"
        text={typed.knownOn}
        support="その日までに決まっていたことで見る。空なら今日。"
        error={fault.knownOn ?? null}
        change={(knownOn) => type({ ...typed, knownOn })}
      />
      <div>
        <Button run={run}>この日で見る</Button>
      </div>
      {asked !== null && <Told person={person.person} days={asked} />}
    </section>
  )
}

function dayOf(text: string, today: string) {
  const { day, sentence } = readDay(text)
  const read = text.trim() === '' ? today : day
  const late = read !== null && read > today
  const told = late ? 'まだ来ていない日です。今日までの日を入れてください。' : sentence
  return {
    day: late ? null : read,
    fault: (name: keyof Days): Partial<Days> => (told === null ? {} : { [name]: told }),
  }
}

function Told({ person, days }: { person: string; days: Days }) {
  const [purpose] = usePurpose()
  const path = `people/${person}/past?asOf=${days.asOf}&knownOn=${days.knownOn}`
  const answer = useAnswer<PersonPast>(useRealm(), path, purpose)
  return (
    <Shown answer={answer} name="過去の見え方を読み込んでいます。">
      {(past) => (
        <div className="act" role="status" data-state="past">
          <p>{past.sentence}</p>
          <p>
            <strong>{past.standing}</strong>
          </p>
          <h3>知った日までに決まっていた資格</h3>
          <PieceWords pieces={past.timeline} />
          <h3>いま決まっている資格</h3>
          <PieceWords pieces={past.now} />
          {past.decided !== null && (
            <p className="quiet small">
              もとの決定 {dayText(past.decided.on)}、法令の版 {past.decided.edition}
            </p>
          )}
        </div>
      )}
    </Shown>
  )
}
