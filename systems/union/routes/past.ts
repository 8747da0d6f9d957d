import { findRightsKnown, getPerson, type RightsKnown, rightOn } from '@koiki/eligibility'
import { dayBefore, formatWareki, type PlainDate, parsePlainDate } from '@koiki/kernel'
import { PastQuery, PersonPast } from '../api/past.ts'
import { misfit, nothing } from '../failure.ts'
import { timelineShown } from '../filingsShown.ts'
import { leaveLook } from '../look.ts'
import { type Call, route } from '../route.ts'
import { unionWide } from './filings.ts'

type AnyCall = Call<never, never> | Call

export const pastRoutes = [
  route({
    method: 'GET',
    path: '/people/:person/past',
    summary: '過去の見え方: 選んだ時点の資格を、選んだ日までに決まっていたことで見る',
    realms: ['counter', 'union'],
    needs: 'person.read',
    ofPerson: true,
    query: PastQuery,
    answer: PersonPast,
    handle: async (call) => {
      const any = call as AnyCall
      const subjectKey = Number(call.at('person'))
      const { asOf, knownOn } = await call.transaction(async (tx) => {
        if ((await getPerson(tx, subjectKey)) === null) throw nothing()
        await leaveLook(tx, any, 'person.read', [subjectKey])
        return {
          asOf: dayUntil(call.query.asOf, 'asOf', tx.today),
          knownOn: dayUntil(call.query.knownOn, 'knownOn', tx.today),
        }
      })
      return unionWide(any, async (tx) => {
        const known = await findRightsKnown(tx, subjectKey, knownOn)
        const now = await findRightsKnown(tx, subjectKey, tx.today)
        return {
          asOf,
          knownOn,
          sentence: sentenceOf(asOf, knownOn, tx.today),
          standing: standingOf(known, asOf),
          timeline: timelineShown(any, known?.entitlements ?? []),
          now: timelineShown(any, now?.entitlements ?? []),
          decided: known === null ? null : { on: known.decidedOn, edition: known.edition },
        }
      })
    },
  }),
]

/** A day that has come: what is not yet decided cannot be looked back at. */
function dayUntil(text: string, name: string, today: PlainDate): PlainDate {
  const day = parsePlainDate(text)
  if (day === null || day > today) throw misfit(name)
  return day
}

const sentenceOf = (asOf: PlainDate, knownOn: PlainDate, today: PlainDate): string =>
  asOf === today && knownOn === today
    ? 'いまの見え方です。'
    : `過去の見え方です: ${formatWareki(asOf)}の状態を、${formatWareki(knownOn)}までに決まっていたことで表しています。ここでは何も書けません。`

function standingOf(known: RightsKnown | null, asOf: PlainDate): string {
  if (known === null) return 'この日までに、資格の決定はまだありませんでした。'
  const right = rightOn(known.entitlements, asOf)
  if (right === null) return `${formatWareki(asOf)}に、資格はありません。`
  const from = `${formatWareki(right.acquiredOn)}から`
  return right.lostOn === null
    ? `資格があります(${from})。`
    : `資格があります(${from}${formatWareki(dayBefore(right.lostOn))}まで)。`
}
