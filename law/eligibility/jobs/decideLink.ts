import { misuse, type Transaction } from '@koiki/store'
import { findResidents } from '../store/dueResidents.ts'
import { insertLinkDecision, judgementReference } from '../store/personLinks.ts'
import { decideNow } from './decideNow.ts'
import type { DecidedPerson } from './decideResidents.ts'

/** 名寄せの判断 — 同じ人, 別の人, or that the last judgement no longer holds. */
export type LinkJudgement = 'same' | 'different' | 'withdrawn'

export type LinkGiven = {
  readonly residentA: number
  readonly residentB: number
  readonly judgement: LinkJudgement
  readonly reason: string
  readonly account: { readonly id: string; readonly name: string }
}

/**
 * 名寄せの判断を決める — two residents are the same person, or are not, or the records alone say so again; everybody
 * concerned is decided anew at once. 被保険者番号 are neither lost nor given to another: a merge leaves the
 * other number without rights, and an un-merge gives them back. Needs the scope of the whole union.
 */
export async function decidePersonLink(
  tx: Transaction,
  { residentA, residentB, judgement, reason, account }: LinkGiven,
): Promise<readonly DecidedPerson[]> {
  if (residentA === residentB) throw misuse('同じ住民の記録どうしは名寄せできません。')
  if (reason.trim() === '') throw misuse('名寄せの判断には、理由が必要です。')
  const [residentKey, otherResidentKey] =
    residentA < residentB ? [residentA, residentB] : [residentB, residentA]
  const found = await findResidents(tx, [residentKey, otherResidentKey])
  if (found.length !== 2) throw misuse('名寄せする住民が見つかりません。')
  const sequence = await insertLinkDecision(tx, {
    residentKey,
    otherResidentKey,
    same: judgement === 'withdrawn' ? null : judgement === 'same',
    reason,
    account: account.id,
  })
  return decideNow(tx, [residentKey, otherResidentKey], {
    receiptNumber: judgementReference({ residentKey, otherResidentKey }, sequence),
    account,
  })
}
