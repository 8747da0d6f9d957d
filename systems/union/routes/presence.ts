import { findDifference, findQueueRow } from '@koiki/eligibility'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import { Here, Presence } from '../api/filings.ts'
import { nothing } from '../failure.ts'
import type { Seat } from '../liveFilings.ts'
import { placeName } from '../places.ts'
import { unpackUuid } from '../reference.ts'
import { route } from '../route.ts'

/** ほかに見ている人 — a heartbeat every few seconds; who stops beating is not there any more. */
export const presenceRoutes = [
  route({
    method: 'PUT',
    path: '/presence/:thing',
    summary: 'ここにいると知らせ、ほかにだれがいるかを聞く。20秒ごとに知らせる。',
    realms: ['counter', 'union'],
    needs: 'filing.read',
    body: Here,
    answer: Presence,
    handle: async (call) => {
      const { of } = call.body
      const value = call.at(of, 'thing')
      const at = await call.transaction(async (tx) => {
        if (!(await isVisible(tx, of, value))) throw nothing()
        return tx.now
      })
      const others = call.parts.liveFilings.here(`${of} ${value}`, {
        scope: call.scope,
        account: call.session.actor.id,
        name: call.session.actor.name,
        at,
      })
      return { others: others.map(seatShown) }
    },
  }),
]

const seatShown = ({ name, municipality, since }: Seat) => ({
  name,
  place: placeName(municipality),
  since,
})

async function isVisible(
  tx: Transaction,
  of: z.infer<typeof Here>['of'],
  value: bigint,
): Promise<boolean> {
  if (of === 'filing') return (await findQueueRow(tx, unpackUuid(value))) !== null
  if (of === 'difference') return (await findDifference(tx, unpackUuid(value))) !== null
  return (
    (await tx.maybe('select from eligibility.person where subject_key = $1::bigint', [
      Number(value),
    ])) !== null
  )
}
