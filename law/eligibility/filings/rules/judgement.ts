import { birthday, formatWareki, type PlainDate } from '@koiki/kernel'
import { qualifyingAge } from '../../law/qualifyingAge.ts'
import type { Effect, KnownPerson } from '../effect.ts'
import type { FilingContent, Missing, Reason, Warning } from '../filing.ts'

/** 審査の結果 — every reason for and against, what is missing, and what would be done. */
export type Judgement = {
  readonly reasons: readonly Reason[]
  readonly missing: readonly Missing[]
  readonly warnings: readonly Warning[]
  readonly effects: readonly Effect[]
  /** Somebody at the union has to look at the papers first. */
  readonly examine: boolean
}

/** 審査で見るもの — the paper, whom it is about, and the day. */
export type Case = {
  readonly content: FilingContent
  readonly known: KnownPerson | null
  readonly today: PlainDate
}

export type Judge = (one: Case) => Judgement

export const judgement = (part: Partial<Judgement>): Judgement => ({
  reasons: [],
  missing: [],
  warnings: [],
  effects: [],
  examine: false,
  ...part,
})

export const reason = (
  code: string,
  name: string,
  met: boolean | null,
  article: string,
  sentence: string,
): Reason => ({
  code,
  name,
  met: met === null ? 'unknown' : met ? 'met' : 'unmet',
  article,
  sentence,
})

export const textOf = (one: Case, name: string): string => {
  const value = one.content.fields[name]
  return typeof value === 'string' ? value.trim() : ''
}

export const optionalText = (one: Case, name: string): string | null => textOf(one, name) || null

/** The day of the event, which the check of the content made sure of. */
export const eventOf = (one: Case): PlainDate => one.content.occurredOn ?? one.content.filedOn

/** 被保険者である — on a day, as it stands today. */
export function insuredOn({ known }: Case, on: PlainDate): Reason {
  const from = known?.insuredFrom ?? null
  const until = known?.insuredUntil ?? null
  const insured = from !== null && from <= on && (until === null || on < until)
  return reason(
    'insured',
    '被保険者である',
    insured,
    '法50条',
    insured
      ? `${formatWareki(from)}から被保険者です。`
      : from === null
        ? '被保険者ではありません。先に資格取得の届出が要るか、確かめてください。'
        : `${formatWareki(on)}には被保険者ではありません。資格の期間を確かめてください。`,
  )
}

/** 資格が終わらない — a loss that comes before what was told since. */
export const rightGoesOn: Reason = reason(
  'rightGoesOn',
  '届け出られた日に資格が終わる',
  false,
  '法53条',
  'この日より後の届出か記録があるので、この届書では資格が終わりません。本人の経過で後の届書を確かめ、誤りなら先に取り消してください。',
)

/** 資格が始まらない — an acquisition that the other records of the person leave without effect. */
export const rightBeginsNot: Reason = reason(
  'rightBeginsNot',
  '届け出られた日に資格が始まる',
  false,
  '法52条',
  'ほかの届出か記録があるので、この届書では資格が始まりません。本人の経過で、住所・住所地特例・適用除外を確かめ、誤りなら先に直してください。',
)

/** 記録がある — a change of what a record says needs the record. */
export function recordKnown({ known }: Case): Reason {
  return reason(
    'recordKnown',
    '住民の記録がある',
    known !== null,
    '法54条',
    known !== null ? '広域連合に記録があります。' : '広域連合に記録がありません。',
  )
}

/** 75歳以上である */
export function ofAge(birthDate: PlainDate, on: PlainDate): Reason {
  const reached = birthday(birthDate, qualifyingAge.on(on).value)
  return reason(
    'ofAge',
    '75歳以上である',
    reached <= on,
    '法50条1号',
    reached <= on
      ? `${formatWareki(reached)}に75歳になりました。`
      : `75歳になるのは${formatWareki(reached)}です。それより前は、障害認定がなければ被保険者になりません。`,
  )
}

/** 前の保険者の喪失 (評価書 ※1) — none, confirmed, or to be asked; unconfirmed waits for the answer. */
export function formerLoss(
  one: Case,
  answered: 'lost' | 'notLost' | 'unknown' | null,
): {
  readonly reasons: readonly Reason[]
  readonly missing: readonly Missing[]
} {
  const stated = textOf(one, 'formerLoss')
  // Of a person under 支援措置 the name says where the person lived, and these sentences are shown and printed.
  const insurer =
    one.known?.underSupportMeasure === true ? '前の保険者' : textOf(one, 'formerInsurerName')
  const article = '評価書 資格管理 ※1'
  const name = '前の保険者の資格を失っている'
  if (stated === 'none')
    return {
      reasons: [reason('formerLoss', name, true, article, '前の保険者はありません。')],
      missing: [],
    }
  if (stated === 'confirmed' || answered === 'lost')
    return {
      reasons: [
        reason(
          'formerLoss',
          name,
          true,
          article,
          `「${insurer}」の資格を失っていることを確かめました。`,
        ),
      ],
      missing: [],
    }
  if (answered === 'notLost')
    return {
      reasons: [
        reason(
          'formerLoss',
          name,
          false,
          article,
          `「${insurer}」は、資格が続いていると答えています。届出人に、前の保険者での喪失の手続を案内してください。`,
        ),
      ],
      missing: [],
    }
  return {
    reasons: [
      reason(
        'formerLoss',
        name,
        null,
        article,
        `「${insurer}」の資格を失っているか、まだ分かりません。`,
      ),
    ],
    missing: [
      {
        code: 'formerInsurer',
        name: '前の保険者の答え',
        sentence: `「${insurer}」に資格喪失をたずね、答えとその出どころを入れてください。届出は受け付けたまま待ちます。`,
      },
    ],
  }
}
