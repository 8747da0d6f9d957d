import { addDays, birthday, formatWareki, type PlainDate } from '@koiki/kernel'
import { disabilityAge } from '../../law/disabilityAge.ts'
import { type DisabilityProofKind, disabilityGrades } from '../../law/disabilityGrades.ts'
import { qualifyingAge } from '../../law/qualifyingAge.ts'
import type { Reason } from '../filing.ts'
import {
  type Case,
  eventOf,
  formerLoss,
  insuredOn,
  type Judge,
  judgement,
  reason,
  recordKnown,
  textOf,
} from './judgement.ts'

/** 障害認定申請 — from 65 until 75, by the proof shown, from the day of 認定 and never back. */
export const disabilityApplication =
  ({ answered }: { readonly answered: 'lost' | 'notLost' | 'unknown' | null }): Judge =>
  (one) => {
    const { today } = one
    const proofKind = textOf(one, 'proof') as DisabilityProofKind
    const proof = disabilityGrades.on(today).value[proofKind]
    const grade = textOf(one, 'grade')
    const until = proof.expires ? (textOf(one, 'proofUntil') as PlainDate) : null
    const former = formerLoss(one, answered)
    const reasons: Reason[] = [recordKnown(one)]
    if (one.known !== null) {
      const from = birthday(one.known.birthDate, disabilityAge.on(today).value)
      const old = birthday(one.known.birthDate, qualifyingAge.on(today).value)
      reasons.push(
        reason(
          'age',
          '65歳以上75歳未満である',
          from <= today && today < old,
          '法50条2号',
          today < from
            ? `65歳になるのは${formatWareki(from)}です。その日から申請できます。`
            : old <= today
              ? `${formatWareki(old)}に75歳になっています。障害認定は要りません。`
              : `${formatWareki(from)}に65歳になりました。`,
        ),
        reason(
          'addressed',
          '区域内に住所がある',
          one.known.present,
          '法50条2号',
          one.known.present ? '住民の記録があります。' : '住民の記録が消除されています。',
        ),
        reason(
          'notCertified',
          '障害認定をまだ受けていない',
          one.known.certifiedOn === null,
          '法50条2号',
          one.known.certifiedOn === null
            ? '認定の記録はありません。'
            : `${formatWareki(one.known.certifiedOn)}に認定しています。`,
        ),
      )
    }
    const qualifies = proof.qualifying.includes(grade)
    reasons.push(
      reason(
        'grade',
        '障害の程度に当たる',
        qualifies ? (proof.examined ? null : true) : false,
        '令3条・別表',
        !qualifies
          ? `${proof.name}の等級「${proof.grades[grade] ?? grade}」は、障害の程度に当たりません。当たるのは${proof.qualifying.map((code) => proof.grades[code]).join('、')}です。`
          : proof.examined
            ? '医師の診断書による申請です。広域連合が審査します。'
            : `${proof.name} ${proof.grades[grade]}を確かめました。`,
      ),
    )
    if (until !== null)
      reasons.push(
        reason(
          'proofValid',
          '手帳の有効期限が来ていない',
          until >= today,
          '令3条・別表',
          until >= today
            ? `有効期限は${formatWareki(until)}です。`
            : `手帳の有効期限(${formatWareki(until)})が過ぎています。更新した手帳を見せてもらってください。`,
        ),
      )
    return judgement({
      reasons: [...reasons, ...former.reasons],
      missing: former.missing,
      examine: qualifies && proof.examined,
      effects: [
        {
          kind: 'certify',
          certifiedOn: today,
          ground: '申請',
          evidenceKind: proof.name,
          evidenceUntil: until,
        },
      ],
    })
  }

function certified(one: Case): Reason {
  const on = one.known?.certifiedOn ?? null
  return reason(
    'certified',
    '障害認定を受けている',
    on !== null,
    '法50条2号',
    on === null ? '障害認定の記録がありません。' : `${formatWareki(on)}に認定しています。`,
  )
}

/** 75歳になると、資格は年齢による。認定をやめても資格は変わらない。 */
function underAge(one: Case, on: PlainDate): readonly Reason[] {
  if (one.known === null) return []
  const old = birthday(one.known.birthDate, qualifyingAge.on(on).value)
  return [
    reason(
      'underAge',
      '75歳になっていない',
      on < old,
      '法50条1号',
      on < old
        ? `75歳になるのは${formatWareki(old)}です。`
        : `${formatWareki(old)}に75歳になり、資格は年齢によっています。障害認定をやめても資格は変わりません。`,
    ),
  ]
}

/** 障害認定申請の撤回 — to the future only: from the day of the application to withdraw. */
export const disabilityWithdrawal: Judge = (one) =>
  judgement({
    reasons: [insuredOn(one, one.today), certified(one), ...underAge(one, one.today)],
    warnings: [
      {
        code: 'notBack',
        sentence: '撤回は遡りません。次に入る医療保険の手続を、きょうのうちに案内してください。',
      },
    ],
    effects: [{ kind: 'endCertification', how: '撤回', eventOn: one.today }],
  })

/** 障害状態不該当届 (則25条) */
export const disabilityLost: Judge = (one) => {
  const on = eventOf(one)
  return judgement({
    reasons: [
      certified(one),
      ...underAge(one, addDays(on, 1)),
      ...(one.known?.certifiedOn === null || one.known === null
        ? []
        : [
            reason(
              'afterCertification',
              '認定の後のことである',
              on >= one.known.certifiedOn,
              '則25条',
              on >= one.known.certifiedOn
                ? '認定の後のことです。'
                : '当たらなくなった日が、認定の日より前です。日付を確かめてください。',
            ),
          ]),
    ],
    effects: [{ kind: 'endCertification', how: '障害状態不該当', eventOn: on }],
  })
}
