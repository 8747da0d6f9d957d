import type { Transaction } from '@koiki/store'
import type { Due, InsuranceCardUse } from '../certificate.ts'
import { dueOf } from '../rules/dueOf.ts'
import { findCardless } from '../store/insuranceCards.ts'
import { examine } from '../store/personFacts.ts'

/** マイナ保険証が変わって文書の変わる人 — with the document that is due, and the card's state that is the cause. */
export type CardChange = {
  readonly subjectKey: number
  readonly municipality: string
  readonly name: string
  readonly due: Extract<Due, { kind: 'due' }>
  readonly card: InsuranceCardUse | null
}

const atOnce = 500

/**
 * 職権で交付する人 — those who hold 資格情報のお知らせ and may not be left with it: 利用登録 was ended, or 電子証明書 has lapsed.
 * Judged anew at each asking, so that whoever got the document is gone from it.
 */
export async function findCardChanges(
  tx: Transaction,
  limit: number,
): Promise<{ readonly changes: readonly CardChange[]; readonly more: boolean }> {
  const changes: CardChange[] = []
  for (let after = 0; changes.length <= limit; ) {
    const keys = await findCardless(tx, after, atOnce)
    for (const one of (await examine(tx, keys, tx.today)).values()) {
      const due = dueOf(one.facts, one.held, tx.today)
      if (due.kind !== 'due' || !due.changes.includes('document')) continue
      changes.push({
        subjectKey: one.subjectKey,
        municipality: one.municipality,
        name: one.facts.name,
        due,
        card: one.facts.insuranceCard,
      })
    }
    if (keys.length < atOnce) break
    after = keys.at(-1) as number
  }
  return { changes: changes.slice(0, limit), more: changes.length > limit }
}
