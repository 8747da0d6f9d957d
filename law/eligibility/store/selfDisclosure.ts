import type { Transaction } from '@koiki/store'

/** 自己情報の開示の答え — `withoutAddress`: everything but where the person lives, and who asked about them. */
export type SelfDisclosure = 'open' | 'withoutAddress' | 'refused'

/**
 * 自己情報の開示 — what of an insured person may be given to somebody who says that they are that person, or act for them:
 * the one place that every door asks which hands out a person's own data (portal, copies, requests by letter). Under
 * 自己情報提供不可 nothing, because the card or the proxy may be with the one who must not know; under 不開示該当
 * nothing of the place. Somebody whom the scope does not hold is refused.
 */
export async function selfDisclosureOf(
  tx: Transaction,
  subjectKey: number,
): Promise<SelfDisclosure> {
  const person = await tx.maybe<{ withheld: boolean; refused: boolean }>(
    `select under_support_measure as withheld, self_provision_disabled as refused
       from eligibility.insured_person where subject_key = $1::bigint`,
    [subjectKey],
  )
  if (person === null || person.refused) return 'refused'
  return person.withheld ? 'withoutAddress' : 'open'
}
