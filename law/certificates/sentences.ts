import { formatWareki, parsePlainDate } from '@koiki/kernel'
import type { Ground, Missing } from './certificate.ts'
import type { DestinationStop } from './rules/destinationOf.ts'

type Facts = Ground['facts']
type Wording = {
  readonly name: string
  readonly met: (facts: Facts) => string
  readonly unmet: (facts: Facts) => string
  readonly unknown?: string
}

/** 理由の言葉 — a short name for lists, and what is so, for and against. */
const wordings: Readonly<Record<string, Wording>> = {
  'period.card': {
    name: '被保険者証の時期',
    met: () => '令和6年12月1日までの交付なので、全員が被保険者証です。',
    unmet: () => '',
  },
  'period.certificate': {
    name: '資格確認書の暫定運用',
    met: () =>
      '令和6年12月2日から令和8年7月31日までの交付なので、マイナ保険証にかかわらず全員が資格確認書です。',
    unmet: () => '',
  },
  'period.byCard': {
    name: '暫定運用の終わった時期',
    met: () =>
      '令和8年8月1日からの交付なので、年齢とマイナ保険証の状況によって、資格確認書か資格情報のお知らせになります。',
    unmet: () => '',
  },
  'certificate.age': {
    name: '85歳以上',
    met: ({ age, line, on }) =>
      `${day(on)}に${age}歳で、${line}歳以上なので、マイナ保険証にかかわらず資格確認書です。`,
    unmet: ({ age, line, on }) => `${day(on)}に${age}歳で、${line}歳になっていません。`,
  },
  'certificate.noInsuranceCard': {
    name: 'マイナ保険証がない',
    met: ({ since, source }) =>
      `${day(since)}から、マイナ保険証の利用登録がありません(${source})。`,
    unmet: ({ since, source }) => `${day(since)}からの状況が届いています(${source})。`,
    unknown: 'マイナ保険証の状況が届いていません。使えない人が出ないように、資格確認書にします。',
  },
  'certificate.expiredInsuranceCard': {
    name: '電子証明書の失効',
    met: ({ since, source }) =>
      `${day(since)}から、個人番号カードの電子証明書が失効しています(${source})。`,
    unmet: () => '電子証明書の失効は届いていません。',
  },
  'certificate.deregistration': {
    name: '利用登録の解除',
    met: ({ since }) => `${day(since)}から、マイナ保険証の利用登録を解除しています。`,
    unmet: () => '利用登録の解除はありません。',
  },
  'certificate.application': {
    name: '交付申請',
    met: ({ since }) => `${day(since)}から、資格確認書の交付申請があります。`,
    unmet: () => '資格確認書の交付申請はありません。',
  },
  'certificate.personNeedingCare': {
    name: '要配慮者',
    met: ({ since }) => `${day(since)}から、要配慮者の申出があります。`,
    unmet: () => '要配慮者の申出はありません。',
  },
  'certificate.supportMeasure': {
    // A screen may be seen from the other side of the counter: it never says of whom 支援措置 is asked.
    name: '取扱注意',
    met: () => '取扱注意の人なので、申請によらず資格確認書です。',
    unmet: () => '取扱注意の人ではありません。',
  },
  specialTreatment: {
    name: '特別療養費',
    met: ({ since, notifiedOn }) =>
      `${day(since)}から、特別療養費の支給に変わっています(事前の通知 ${day(notifiedOn)})。`,
    unmet: () => '特別療養費の対象ではありません。',
  },
}

/** 理由の言葉 — of one ground, whichever way it goes. */
export function groundSentence(ground: Ground): {
  readonly name: string
  readonly sentence: string
} {
  const wording = wordings[ground.code]
  if (wording === undefined) throw new RangeError(`理由「${ground.code}」の言葉がありません。`)
  const sentence = ground.met === 'unknown' ? wording.unknown : wording[ground.met](ground.facts)
  return { name: wording.name, sentence: sentence ?? wording.name }
}

const missingWordings: Readonly<Record<string, (facts: Facts) => string>> = {
  shareUndecided: ({ on }) =>
    `${day(on)}の一部負担金の割合がまだ決まっていないので、文書を作れません。割合の判定が済めば、作れるようになります。`,
  evidenceEnded: ({ until }) =>
    `障害認定のもとになった書類の有効期限(${day(until)})が過ぎているので、文書の有効期限を決められません。新しい手帳などを確かめ、障害認定の届書を受けてください。`,
  sheetStopped: ({ sentence }) => String(sentence),
  stayEnded: ({ until }) =>
    `在留期間(${day(until)}まで)が過ぎているので、文書の有効期限を決められません。在留期間の更新が住民基本台帳情報で届くのを待つか、市区町村に確かめてください。`,
}

/** 足りないものの言葉 — what is missing, what that means, what to do. */
export function missingSentence({ code, facts }: Missing): string {
  if (Object.hasOwn(stopWordings, code)) return stopWordings[code as DestinationStop]
  const wording = missingWordings[code]
  if (wording === undefined) throw new RangeError(`足りないもの「${code}」の言葉がありません。`)
  return wording(facts)
}

const stopWordings: Readonly<Record<DestinationStop, string>> = {
  destinationUnchecked:
    '送付先の届けを2人目がまだ確かめていないので、郵送できません。確かめが済むのを待つか、窓口で手渡してください。',
  supportMeasure:
    '取扱注意の人なので、住所へは郵送しません。本人に窓口で手渡すか、取扱注意になった後に届けられた送付先を2人目が確かめてから送ってください。',
  noAddress:
    '宛先にできる住所がないので、郵送できません。住民の記録を確かめるか、窓口で手渡してください。',
  addressShared:
    '同じ住所に別の世帯があるので、郵送を止めています。方書と宛名を確かめ、正しければ「宛先を確かめた」と記録してから送ってください。',
}

/** 郵送を止めるわけの言葉 — what stops the mail, and what to do. */
export const stopSentence = (stop: DestinationStop): string => stopWordings[stop]

function day(value: string | number | undefined): string {
  const parsed = parsePlainDate(String(value ?? ''))
  return parsed === null ? String(value ?? '') : formatWareki(parsed, 'long')
}
