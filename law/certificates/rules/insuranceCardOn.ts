import { dayAfter, type PlainDate } from '@koiki/kernel'
import type { InsuranceCardAnswer, InsuranceCardTold, InsuranceCardUse } from '../certificate.ts'

/**
 * マイナ保険証の状況 of a day — from what a person entered and from what the 中間サーバー's list says, both as they hold on
 * that day. What was told later wins (our reading): a hand entry stands against the list that was there when it was made,
 * and a list that repeats itself is no news; as soon as the list tells something else, the list wins. A clerk may give
 * the hand entry up at any time.
 */
export function insuranceCardOn(
  {
    hand,
    list,
  }: { readonly hand: InsuranceCardTold | null; readonly list: InsuranceCardTold | null },
  on: PlainDate,
): InsuranceCardAnswer {
  if (hand === null)
    return list === null
      ? { use: null, from: null, because: 'nobody', hand, list }
      : { use: useOf(list, on), from: 'list', because: 'listAlone', hand, list }
  if (hand.state === 'followsList')
    return {
      use: list && useOf(list, on),
      from: list && 'list',
      because: 'followsList',
      hand,
      list,
    }
  if (list === null) return { use: useOf(hand, on), from: 'hand', because: 'handAlone', hand, list }
  return hand.knownAt >= list.knownAt
    ? { use: useOf(hand, on), from: 'hand', because: 'handLater', hand, list }
    : { use: useOf(list, on), from: 'list', because: 'listLater', hand, list }
}

/** 電子証明書 ends without anybody telling: from the day after its last day the card is 失効. */
function useOf(
  { state, since, source, electronicCertificateUntil: until }: InsuranceCardTold,
  on: PlainDate,
): InsuranceCardUse | null {
  if (state === 'followsList') return null
  return state === 'registered' && until !== null && until < on
    ? { state: 'expired', since: dayAfter(until), source }
    : { state, since, source }
}
