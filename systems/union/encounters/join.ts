import type { Transaction } from '@koiki/store'
import { addEvent, bindPerson, type Encounter, findEncounter } from './store.ts'

/**
 * 届書を応対に結ぶ — in the transaction that receives it. A newcomer becomes the person of the 応対 as soon as the
 * filing makes them one; the paper itself was their 読み合わせ.
 */
export async function joinFiling(
  tx: Transaction,
  encounter: Encounter | null,
  filingId: string,
  subjectKey: number | null,
): Promise<void> {
  if (encounter === null || encounter.filings.includes(filingId)) return
  const held = await findEncounter(tx, encounter.encounterId)
  if (held === null) return
  const { version } = held
  await addEvent(tx, held, 'filed', { filingId })
  if (held.subjectKey !== null || subjectKey === null) return
  await addEvent(tx, { ...held, version: version + 1 }, 'agreed', { facts: ['filing'] })
  await addEvent(tx, { ...held, version: version + 2 }, 'bound')
  await bindPerson(tx, held, subjectKey)
}
