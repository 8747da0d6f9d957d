import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { InsuranceCardState } from '../certificate.ts'
import { insertAddressConfirmation } from '../store/addressConfirmations.ts'
import { insertDestinationConfirmation } from '../store/destinations.ts'
import { isTakenAlready } from '../store/issues.ts'
import { insertInsuranceCardUse } from '../store/toldFacts.ts'
import { type Clerk, refuse } from './clerk.ts'
import { changedBefore } from './issueCertificate.ts'
import { type PersonDocuments, readPersonDocuments } from './personDocuments.ts'

export type Seen = { readonly subjectKey: number; readonly version: number }

/** 見ていた姿 — refused where somebody changed it since, or where the person is not insured. */
export async function seen(
  tx: Transaction,
  { subjectKey, version }: Seen,
): Promise<PersonDocuments & { readonly examined: NonNullable<PersonDocuments['examined']> }> {
  // What is told has a running number of its own, so two tellers would not meet at a key: one waits for the other.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1::text, 2))', [
    `certificates ${subjectKey}`,
  ])
  const documents = await readPersonDocuments(tx, subjectKey)
  if (documents.version !== version) throw changedBefore(documents)
  const { examined } = documents
  if (examined === null)
    throw refuse('きょう被保険者ではないので、入れていません。資格の期間を確かめてください。')
  return { ...documents, examined }
}

/**
 * マイナ保険証の状況を入れる — by hand with its source, for what the 中間サーバー's list does not say or says wrongly; or the
 * hand entry is given up, and the list counts again.
 */
export async function recordInsuranceCard(
  tx: Transaction,
  told: Seen & {
    readonly state: InsuranceCardState | 'followsList'
    readonly effectiveOn: PlainDate
    readonly source: string
  },
  clerk: Clerk,
): Promise<void> {
  const { examined, insuranceCards } = await seen(tx, told)
  notAhead(tx, told.effectiveOn)
  if (told.state === 'followsList' && insuranceCards?.from !== 'hand')
    throw refuse('手で入れた状況は使っていないので、何も変えていません。')
  await insertInsuranceCardUse(tx, examined, told, clerk).catch(plainly)
}

/** 宛先を確かめた — 「同じ住所・別の世帯」 of this very address, which then stops nobody who lives there. */
export async function confirmDestination(
  tx: Transaction,
  told: Seen & { readonly note: string },
  clerk: Clerk,
): Promise<void> {
  const { examined, destination } = await seen(tx, told)
  const { address } = examined.facts
  if (
    destination?.kind !== 'stopped' ||
    !destination.stops.includes('addressShared') ||
    address === null
  )
    throw refuse('同じ住所の別の世帯で止まっている宛先ではないので、確かめを入れていません。')
  await insertDestinationConfirmation(tx, examined, address, clerk, told.note).catch(plainly)
  await insertAddressConfirmation(
    tx,
    examined.residentKey,
    { confirmed: true, note: told.note },
    clerk,
  ).catch(plainly)
}

/** 住所の確かめを取り消す — whoever shares the address is stopped again. */
export async function withdrawAddressConfirmation(
  tx: Transaction,
  told: Seen & { readonly note: string },
  clerk: Clerk,
): Promise<void> {
  const { examined, confirmedAddress } = await seen(tx, told)
  if (confirmedAddress === null)
    throw refuse('この住所は確かめられていないので、取り消すものがありません。')
  await insertAddressConfirmation(
    tx,
    examined.residentKey,
    { confirmed: false, note: told.note },
    clerk,
  ).catch(plainly)
}

function notAhead(tx: Transaction, on: PlainDate): void {
  if (on > tx.today)
    throw refuse('日付が先の日なので、入れていません。きょうまでの日を入れてください。')
}

export function plainly(error: unknown): never {
  if (isTakenAlready(error))
    throw refuse(
      'ほかの人が同じときに入れたので、こちらは入れていません。画面を最新にして(F5)、確かめてください。',
    )
  throw error
}
