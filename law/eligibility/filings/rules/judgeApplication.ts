import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  formatWareki,
  type PlainDate,
} from '@koiki/kernel'
import { longHospitalisation as law } from '../../law/longHospitalisation.ts'
import type { Effect } from '../effect.ts'
import type { FiledAddress, FiledPeriod } from '../filing.ts'
import { type Case, insuredOn, type Judge, judgement, reason, textOf } from './judgement.ts'

const fact = (
  one: Case,
  from: PlainDate,
  more: Readonly<Record<string, unknown>> = {},
  until: PlainDate | null = null,
): Effect => ({ kind: 'fact', from, until, fields: { ...one.content.fields, ...more } })

/** 届出の日から — an application that the chapter of its matter reads: 資格確認書, 限度区分, 要配慮者, 利用登録解除. */
export const fromFiling: Judge = (one) =>
  judgement({
    reasons: [insuredOn(one, one.content.filedOn)],
    effects: [fact(one, one.content.filedOn)],
  })

/** 再交付申請 — a soiled or damaged one is taken back. */
export const reissue: Judge = (one) => {
  const why = textOf(one, 'reason')
  const back = one.content.fields.returned === true
  return judgement({
    reasons: [insuredOn(one, one.content.filedOn)],
    warnings:
      (why === 'soiled' || why === 'damaged') && !back
        ? [
            {
              code: 'takeBack',
              sentence:
                '古い資格確認書を受け取ってください。受け取れないときは、あとで返してもらいます。',
            },
          ]
        : [],
    effects: [fact(one, one.content.filedOn)],
  })
}

/** 利用登録解除申請 — only once it was explained that 資格確認書 is then shown. */
export const deregistration: Judge = (one) => {
  const told = one.content.fields.confirmed === true
  return judgement({
    reasons: [
      insuredOn(one, one.content.filedOn),
      reason(
        'explained',
        '解除の後のことを説明した',
        told ? true : null,
        'マイナ保険証の利用登録の解除',
        told
          ? '資格確認書で受診することを説明しました。'
          : '解除の後は資格確認書で受診することを、まだ説明していません。',
      ),
    ],
    missing: told
      ? []
      : [
          {
            code: 'explained',
            name: '説明',
            sentence:
              '解除の後は資格確認書で受診することを説明し、「説明した」に印を付けてください。',
          },
        ],
    effects: [fact(one, one.content.filedOn)],
  })
}

/** 特定疾病の認定申請 — from the first of the month of the application (our reading, unverified). */
export const specifiedDisease: Judge = (one) =>
  judgement({
    reasons: [insuredOn(one, one.content.filedOn)],
    effects: [fact(one, firstOfMonth(one.content.filedOn))],
  })

/** 基準収入額適用申請 — from the month after the application; the chapter of 一部負担金 judges the amounts. */
export const standardIncome: Judge = (one) => {
  const from = firstOfMonth(addMonths(one.content.filedOn, 1))
  return judgement({
    reasons: [
      insuredOn(one, one.content.filedOn),
      reason(
        'revenueStated',
        '収入額が届け出られている',
        true,
        '令7条',
        `収入額を受け取りました。一部負担金の割合を${formatWareki(from)}から判定し直します。`,
      ),
    ],
    effects: [fact(one, from)],
  })
}

/**
 * 長期入院該当申請 — more than 90 days in hospital under 区分II within the 12 months before. Works from the
 * first of the next month; 食事差額 is due from the day after the 90th until then (our reading, unverified).
 */
export const longHospitalisation: Judge = (one) => {
  const { filedOn, fields } = one.content
  const { days: line, months } = law.on(filedOn).value
  const since = fields.categoryIIFrom as PlainDate | null | undefined
  const from = firstOfMonth(addMonths(filedOn, 1))
  if (since === null || since === undefined)
    return judgement({
      reasons: [
        insuredOn(one, filedOn),
        reason(
          'category',
          '区分IIである',
          null,
          '則 (食事療養標準負担額の減額)',
          '区分IIになった日が分かりません。',
        ),
      ],
      missing: [
        {
          code: 'categoryIIFrom',
          name: '区分IIになった日',
          sentence:
            '限度区分を確かめ、区分IIになった日を入れてください。まだなら「限度区分の併記申請」を先に受け付けてください。',
        },
      ],
    })
  const start = later(addDays(addMonths(filedOn, -months), 1), since)
  const stays = (fields.stays as readonly FiledPeriod[])
    .map((stay) => ({ from: later(stay.from, start), until: earlier(stay.until, filedOn) }))
    .filter((stay) => stay.from <= stay.until)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const days = stays.reduce((sum, stay) => sum + daysBetween(stay.from, stay.until) + 1, 0)
  const enough = days > line
  return judgement({
    reasons: [
      insuredOn(one, filedOn),
      reason(
        'category',
        '区分IIである',
        since <= filedOn,
        '則 (食事療養標準負担額の減額)',
        `${formatWareki(since)}から区分IIです。`,
      ),
      reason(
        'days',
        `過去${months}か月の入院が${line}日を超える`,
        enough,
        '則 (食事療養標準負担額の減額)',
        enough
          ? `区分IIの間の入院は${days}日です。`
          : `区分IIの間の入院は${days}日で、${line}日を超えていません。あと${line + 1 - days}日で申請できます。`,
      ),
    ],
    effects: enough
      ? [
          fact(one, from, {
            days,
            mealDifferenceFrom: dayAfterCount(stays, line),
            mealDifferenceUntil: addDays(from, -1),
          }),
        ]
      : [],
  })
}

type Stay = { readonly from: PlainDate; readonly until: PlainDate }

/** The day after so many days in hospital. */
function dayAfterCount(stays: readonly Stay[], count: number): PlainDate | null {
  let left = count
  for (const stay of stays) {
    const days = daysBetween(stay.from, stay.until) + 1
    if (days > left) return addDays(stay.from, left)
    left -= days
  }
  return null
}

const covers: Readonly<Record<string, string>> = {
  all: 'すべての文書',
  eligibility: '資格の文書',
  premium: '保険料の文書',
  benefits: '給付の文書',
}

/** 送付先 — registered, changed or ended; a second person checks before it works (J7). */
export const destination =
  (act: 'register' | 'change' | 'end'): Judge =>
  (one) => {
    const scope = textOf(one, 'covers')
    const held = one.known?.destinations.includes(scope) ?? false
    return judgement({
      reasons: [
        insuredOn(one, one.content.filedOn),
        reason(
          'destination',
          act === 'register' ? '送付先がまだない' : '送付先が登録されている',
          act === 'register' ? !held : held,
          '広域連合の要綱',
          held
            ? `${covers[scope]}の送付先が登録されています。${act === 'register' ? '変えるときは「送付先の変更」です。' : ''}`
            : `${covers[scope]}の送付先は登録されていません。${act === 'register' ? '' : '新しく決めるときは「送付先の登録」です。'}`,
        ),
      ],
      warnings:
        one.known?.underSupportMeasure === true
          ? [
              {
                code: 'handleWithCare',
                sentence: '取扱注意の人です。来た人が本人かを、もう一度確かめてください。',
              },
            ]
          : [],
      effects: [
        {
          kind: 'destination',
          ends: act === 'end',
          covers: scope,
          from: one.content.filedOn,
          recipientName: act === 'end' ? null : textOf(one, 'recipientName'),
          relation: act === 'end' ? null : textOf(one, 'relation'),
          address: act === 'end' ? null : (one.content.fields.destination as FiledAddress),
        },
      ],
    })
  }

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)
const earlier = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b)
