import { type Finding, formatWareki, parsePlainDate } from '@koiki/kernel'
import type { ExclusionKind } from './entitlement.ts'
import { exclusionKinds } from './law/exclusionKinds.ts'

type Facts = Finding['facts']

/** 理由の言葉 — a short name for lists, and a sentence that says what is so and what to do about it. */
const wordings: Readonly<
  Record<string, { readonly name: string; readonly sentence: (facts: Facts) => string }>
> = {
  'eligibility.underAge': {
    name: '75歳に達していない',
    sentence: ({ reachedOn }) => `まだ75歳ではありません。${day(reachedOn)}に被保険者になります。`,
  },
  'eligibility.noAddressInArea': {
    name: '区域内に住所がない',
    sentence: ({ since }) =>
      since === '' || since === undefined
        ? '広域連合の区域内に住所がありません。'
        : `${day(since)}から、広域連合の区域内に住所がありません。`,
  },
  'eligibility.applicationExclusion': {
    name: '適用除外',
    sentence: ({ kind, from }) =>
      `${day(from)}から、${exclusionKinds.rows.at(-1)!.value[kind as ExclusionKind]}のため適用除外です。`,
  },
  'eligibility.certificationEnded': {
    name: '障害認定が終わっている',
    sentence: ({ until }) =>
      `障害認定は${day(until)}に終わりました。もう一度加入するには、新しい申請が必要です。`,
  },
  'eligibility.insuredByAnotherUnion': {
    name: 'ほかの広域連合の被保険者',
    sentence: ({ kind, insurerUnion, from }) =>
      `${day(from)}から、住所地特例${kind === '国保' ? '（国保から引き継いだもの）' : ''}により、ほかの広域連合（${insurerUnion}）の被保険者です。施設を出てこの区域に住むときは、終了の届出を受けてください。`,
  },
  'eligibility.sameDayInTwoPlaces': {
    name: '同じ日に二つの市区町村の住民',
    sentence: ({ on, municipality, other }) =>
      `同じ個人番号の人が、${day(on)}に${municipality}と${other}の両方で住民になっています。どちらが正しいか、両方の市区町村に確かめてください。`,
  },
  'eligibility.removalWithoutReason': {
    name: '消除の理由が分からない',
    sentence: ({ municipality, removedOn }) =>
      `${municipality}の住民票が${day(removedOn)}に消除されていますが、転出・死亡・職権消除のどれかが届いていません。市区町村に確かめてください。`,
  },
  'eligibility.awaitingMoveIn': {
    name: '転入先の記録を待っている',
    sentence: ({ municipality, movedTo, removedOn }) =>
      `${municipality}から${day(removedOn)}に${movedTo}へ転出しましたが、転入先の記録がまだ届いていません。届けば判定します。`,
  },
  'eligibility.exclusionEndUnknown': {
    name: '適用除外の終わりの日が分からない',
    sentence: ({ from }) =>
      `${day(from)}からの適用除外が終わったと届きましたが、終了日がありません。市区町村に確かめてください。`,
  },
  'eligibility.birthDatesDiffer': {
    name: '生年月日が記録の間で違う',
    sentence: ({ municipality, other }) =>
      `同じ個人番号の記録が${municipality}と${other}にあり、生年月日が違います。別の人の番号が入っていないか、両方の市区町村に確かめてください。`,
  },
}

/** 理由の名前 — for lists; the code itself where it is not one of this chapter. */
export function reasonName(finding: Finding): string {
  return wordings[finding.code]?.name ?? finding.code
}

/** 理由の文 — for a clerk. It names no person. */
export function reasonSentence(finding: Finding): string {
  return wordings[finding.code]?.sentence(finding.facts) ?? finding.code
}

function day(text: string | number | undefined): string {
  const date = typeof text === 'string' ? parsePlainDate(text) : null
  return date === null ? '日付の分からない日' : formatWareki(date, 'long')
}
