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

/** 障害の程度 — the paper that was shown: does its grade qualify, and is it still valid today. */
function evidenceShown(one: Case): {
  readonly reasons: readonly Reason[]
  readonly examine: boolean
  readonly name: string
  readonly until: PlainDate | null
} {
  const { today } = one
  const proof = disabilityGrades.on(today).value[textOf(one, 'proof') as DisabilityProofKind]
  const grade = textOf(one, 'grade')
  const until = proof.expires ? (textOf(one, 'proofUntil') as PlainDate) : null
  const qualifies = proof.qualifying.includes(grade)
  const reasons: Reason[] = [
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
  ]
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
  return { reasons, examine: qualifies && proof.examined, name: proof.name, until }
}

/** 障害認定申請 — from 65 until 75, by the proof shown, from the day of 認定 and never back. */
export const disabilityApplication =
  ({ answered }: { readonly answered: 'lost' | 'notLost' | 'unknown' | null }): Judge =>
  (one) => {
    const { today } = one
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
    const shown = evidenceShown(one)
    reasons.push(...shown.reasons)
    return judgement({
      reasons: [...reasons, ...former.reasons],
      missing: former.missing,
      examine: shown.examine,
      effects: [
        {
          kind: 'certify',
          certifiedOn: today,
          ground: '申請',
          evidenceKind: shown.name,
          evidenceUntil: shown.until,
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
function underAge(
  one: Case,
  on: PlainDate,
  then = '障害認定をやめても資格は変わりません。',
): readonly Reason[] {
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
        : `${formatWareki(old)}に75歳になり、資格は年齢によっています。${then}`,
    ),
  ]
}

/**
 * 障害の程度を示すものの更新 — the certification goes on with a newer paper, so that no right and no 資格確認書 ends
 * with the day that stood on the old one. A paper that no longer qualifies is no renewal.
 */
export const disabilityRenewal: Judge = (one) => {
  const shown = evidenceShown(one)
  const held = one.known?.evidenceUntil ?? null
  const later = held === null || shown.until === null || shown.until > held
  return judgement({
    reasons: [
      certified(one),
      ...underAge(one, one.today, '書類の更新は要りません。'),
      ...shown.reasons.map((one) =>
        one.code === 'grade' && one.met === 'unmet'
          ? {
              ...one,
              sentence: `${one.sentence}障害の状態に当たらなくなったなら「障害状態不該当届」を受け付けてください。`,
            }
          : one,
      ),
      reason(
        'newer',
        '前に見た書類より新しい',
        later,
        '則8条',
        later
          ? held === null
            ? '前に見た書類に、有効期限はありません。'
            : `前に見た書類の有効期限は${formatWareki(held)}です。`
          : `前に見た書類の有効期限(${formatWareki(held)})より後ではありません。更新した手帳かを確かめてください。`,
      ),
    ],
    examine: shown.examine,
    effects: [{ kind: 'renewEvidence', evidenceKind: shown.name, evidenceUntil: shown.until }],
  })
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
