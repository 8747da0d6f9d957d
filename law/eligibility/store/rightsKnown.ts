import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Entitlement } from '../entitlement.ts'

/** 知っていた資格 — what a decision left of the rights, and by which edition of the law it was made. */
export type RightsKnown = {
  readonly entitlements: readonly Entitlement[]
  readonly decidedOn: PlainDate
  readonly edition: string
}

/**
 * 知っていた日の資格 — the rights under a 被保険者番号 as the last decision until the end of that day left them; null where
 * nothing had been decided by then. Decisions are appended, so what was known can always be read again.
 * Needs the scope of the whole union: another municipality may have told what came last.
 */
export async function findRightsKnown(
  tx: Transaction,
  subjectKey: number,
  knownOn: PlainDate,
): Promise<RightsKnown | null> {
  return tx.maybe<RightsKnown>(
    `select entitlement as entitlements, decided_on as "decidedOn", edition
       from eligibility.entitlement_event
      where subject_key = $1::bigint and decided_on <= $2::date
      order by sequence desc
      limit 1`,
    [subjectKey, knownOn],
  )
}

/** その日の資格 — null for a day on which none stands. */
export const rightOn = (entitlements: readonly Entitlement[], day: PlainDate): Entitlement | null =>
  entitlements.find(
    ({ acquiredOn, lostOn }) => acquiredOn <= day && (lostOn === null || day < lostOn),
  ) ?? null
