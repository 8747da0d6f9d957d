import { recordAccess } from '@koiki/audit'
import type { Transaction } from '@koiki/store'
import { type Purpose, purposes } from './api.ts'
import { encounterNumber } from './encounters/store.ts'
import type { Call } from './route.ts'

/** 閲覧の種類 — what was done with a person, in the words of the list of who looked. */
export const lookWords = {
  'person.search': 'さがした一覧に出た',
  'person.read': '本人の頁を見た',
  'premium.explain': '保険料の理由を見た',
  'copay.explain': '負担割合の理由を見た',
  'notice.read': '通知書をひらいた',
  'filing.queue': '届書の一覧に出た',
  'filing.read': '届書を見た',
  'filing.preview': '届書の決定を下見した',
  'filing.stop': '届書の受付が止まった',
  'filing.receive': '届書を受け付けた',
  'filing.supplemented': '届書を補った',
  'filing.decided': '届書を審査した',
  'filing.checked': '届書を2人目として確かめた',
  'filing.withdrawn': '届書を取り下げた',
  'filing.cancelled': '届書を取り消した',
  'filing.assigned': '届書の担当を決めた',
  'filing.insurerAnswered': '前の保険者の答えを入れた',
  'difference.read': '突合の差異を見た',
  'difference.resolve': '突合の差異を直した',
  'match.read': '同じ人かを突き合わせた',
  'match.judge': '同じ人か別の人かを決めた',
  'certificate.read': '資格確認書等を見た',
  'certificate.preview': '資格確認書等の見本をひらいた',
  'certificate.issue': '資格確認書等を発行した',
  'certificate.handle': '資格確認書等の紙を扱った',
  'certificate.record': '資格確認書等のもとになる事実を入れた',
  'certificate.list': '資格確認書等の一覧に出た',
  'ledger.read': '保険料台帳を見た',
  'form.list': '帳票の一覧を見た',
  'form.preview': '帳票の見本をひらいた',
  'form.print': '帳票の印刷を指示した',
  'form.settle': '帳票の紙を確かめた',
  'form.deliver': '配信した帳票に載った',
  'certificate.print': '資格確認書等の束を印刷した',
  'encounter.begin': '応対を始めた',
  'encounter.readBack': '読み合わせをした',
  'encounter.differ': '読み合わせが合わなかった',
  'encounter.close': '読み合わせが合わず応対を閉じた',
  'encounter.end': '応対を終えた',
} as const

export type LookAct = keyof typeof lookWords

/** 用件の言葉 — as it stands in the audit, with the number of the 応対 where there is one. */
export function purposeText(call: Pick<Call, 'encounter'>, purpose: Purpose | null): string {
  const text = purpose === null ? '用件なし' : purposes[purpose]
  return call.encounter === null ? text : `${text}(応対${encounterNumber(call.encounter.number)})`
}

/** 閲覧を残す — in the transaction of the look itself: what is seen and the row about it stand or fall together. */
export async function leaveLook(
  tx: Transaction,
  call: Call<never, never> | Call,
  act: LookAct,
  persons: readonly number[],
  purpose = call.purpose,
): Promise<void> {
  await recordAccess(tx, {
    channel: 'screen',
    actor: call.session.actor,
    party: `union:${call.scope.union}`,
    terminal: call.session.terminal,
    address: call.session.address,
    purpose: purposeText(call, purpose),
    act,
    effect: 'read',
    persons,
  })
}
