import { facilityKinds } from '../law/facilityKinds.ts'
import type { Field, Filer } from './filing.ts'

/** 届書の種類 — what a notification or application is, as data. Article numbers were not read: unverified. */
export type FilingKindFacts = {
  readonly name: string
  readonly article: string
  readonly unverified: true
  /** Has the term of 14 days from the event; an application has none. */
  readonly term: boolean
  /** 事由発生日 — asked; where not, the day of the decision counts. */
  readonly occurred: string | null
  readonly filers: readonly Filer[]
  /** The person may be without a record yet. */
  readonly newcomers: boolean
  /** 個人番号欄 — on the form at all. */
  readonly number: boolean
  /** 2人目の入力 — works only when a second person, who has not seen the first entry, types the same. */
  readonly blind: boolean
  readonly fields: Readonly<Record<string, Field>>
  /** 見せる書類 — `required` ones make the filing wait when they are not there. */
  readonly documents: Readonly<
    Record<string, { readonly name: string; readonly required: boolean }>
  >
  readonly leadsTo: readonly string[]
}

const yes = { required: true } as const
const no = { required: false } as const
type Need = { readonly required: Field['required'] }

const date = (label: string, help: string, need: Need = yes): Field => ({
  label,
  type: 'date',
  help,
  ...need,
})
const text = (label: string, help: string, need: Need = yes): Field => ({
  label,
  type: 'text',
  help,
  ...need,
})
const flag = (label: string, help: string): Field => ({ label, type: 'boolean', help, ...no })
const address = (label: string, help: string, need: Need = yes): Field => ({
  label,
  type: 'address',
  help,
  ...need,
})
const yen = (label: string, help: string, need: Need = yes): Field => ({
  label,
  type: 'amount',
  unit: '円',
  help,
  ...need,
})
const choice = (
  label: string,
  choices: Readonly<Record<string, string>>,
  help: string,
  need: Need = yes,
): Field => ({ label, type: 'choice', choices, help, ...need })
const when = (field: string, ...values: string[]): Need => ({ required: { field, in: values } })

const kana = '全角カタカナ。姓と名の間は空ける。'
const asWritten = '住民票のとおり。異体字もそのまま。'

/** 新しく記録する人 — asked only where the person has no record yet. */
const newcomer: Readonly<Record<string, Field>> = {
  name: { ...text('氏名', asWritten), newcomer: true },
  nameKana: { ...text('氏名カナ', kana), newcomer: true },
  birthDate: { ...date('生年月日', '暦の日。'), newcomer: true },
  sex: { ...choice('性別', { '1': '男', '2': '女' }, '住民票のとおり。'), newcomer: true },
  householdNumber: {
    ...text('世帯番号', '市区町村が付けた世帯番号。分からなければ空。', no),
    newcomer: true,
  },
  relationship: {
    ...text('続柄', '世帯主との続柄。本人が世帯主なら「世帯主」。', no),
    newcomer: true,
  },
}

const formerInsurer: Readonly<Record<string, Field>> = {
  formerLoss: choice(
    '前の保険者の資格',
    {
      none: '前の保険者はない',
      confirmed: '喪失を書類で確かめた',
      unconfirmed: '喪失を確かめられない (照会する)',
    },
    '前の保険者の資格が終わっていることを確かめたか。確かめられなければ、照会の答えを待つ。',
  ),
  formerInsurerName: text('前の保険者の名', '広域連合・国保・健保組合などの名。', {
    ...when('formerLoss', 'confirmed', 'unconfirmed'),
  }),
}

/** 障害の程度を示すもの — which paper, of which grade, and until when it is valid. */
const evidence: Readonly<Record<string, Field>> = {
  proof: choice(
    '障害の程度を示すもの',
    {
      physical: '身体障害者手帳',
      intellectual: '療育手帳',
      mental: '精神障害者保健福祉手帳',
      pension: '障害年金の証書',
      diagnosis: '医師の診断書',
    },
    'ちがう手帳が2つあるときは、程度の重い方。',
  ),
  grade: text(
    '等級',
    '手帳・証書の等級 (身体の4級は 4s 音声・言語、4l 下肢1・3・4号、4x そのほか)。',
  ),
  proofUntil: date('有効期限', '精神障害者保健福祉手帳の有効期限。', when('proof', 'mental')),
}

/** 負担区分等証明書 — the share as the union that was left has judged it; it holds here until incomes have arrived. */
const burdenCertificate: Readonly<Record<string, Field>> = {
  certifiedTenths: choice(
    '負担区分等証明書の割合',
    { '1': '1割', '2': '2割', '3': '3割' },
    '県外から転入した人の証明書のとおり。証明書がなければ選ばない。',
    no,
  ),
  certifiedCategory: choice(
    '証明書の限度区分',
    {
      active3: '現役並みIII',
      active2: '現役並みII',
      active1: '現役並みI',
      general2: '一般II',
      general1: '一般I',
      lowIncome2: '区分II',
      lowIncome1: '区分I',
      none: '記載がない',
    },
    '証明書のとおり。記載がなければ「記載がない」。',
    when('certifiedTenths', '1', '2', '3'),
  ),
  certifiedFrom: date(
    '証明書の適用日',
    '証明書の割合の適用が始まった日。',
    when('certifiedTenths', '1', '2', '3'),
  ),
  certifiedIssuer: text(
    '証明書を交付した広域連合',
    '都道府県の名の付いた広域連合の名。',
    when('certifiedTenths', '1', '2', '3'),
  ),
}

/** 適用除外 — those that somebody tells; 在留期間の満了 is read from the record. */
const exclusions = {
  '1': '生活保護',
  '2': '支援給付',
  '3': '在留期間3月以下',
  '4': '医療滞在',
  '5': '観光・保養',
} as const

/** 施設の種別 — in the words of the law's table; which are facilities on a day, the table says. */
const facilities = Object.fromEntries(
  [...new Set(facilityKinds.rows.flatMap(({ value }) => value))].map((name) => [name, name]),
)

const everyone: readonly Filer[] = ['self', 'household', 'proxy', 'legal']
const nothing = {} as const
const base = { unverified: true, newcomers: false, number: true, blind: false } as const

const recipient: Readonly<Record<string, Field>> = {
  recipientName: text('受け取る人', '宛名に書く氏名。'),
  relation: choice(
    '本人との関係',
    {
      self: '本人',
      household: '同じ世帯の人',
      family: '別の世帯の親族',
      guardian: '成年後見人など',
      facility: '施設',
      other: 'そのほか',
    },
    '受け取る人と本人の関係。',
  ),
  destination: address('送付先', '郵便の届く住所。'),
  covers: choice(
    '何の文書か',
    { all: 'すべて', eligibility: '資格', premium: '保険料', benefits: '給付' },
    'この送付先に送る文書。',
  ),
  reason: text('理由', '住民票の住所で受け取れないわけ。'),
}

/** 届書 — every notification and application of eligibility. */
export const filingKinds = {
  acquisitionMoveIn: {
    ...base,
    name: '資格取得届 (転入)',
    article: '法54条1項、則10条',
    term: true,
    occurred: '転入した日',
    filers: everyone,
    newcomers: true,
    fields: {
      ...newcomer,
      address: address('転入した住所', '住民票のとおり。'),
      movedFrom: text('転入前の市区町村コード', '6桁。国外からなら空。', no),
      ...formerInsurer,
      disabilityProof: flag(
        '障害認定証明書を持っている',
        '75歳より前に転入前の広域連合で障害認定を受けていた人。',
      ),
      proofUntil: date(
        '手帳の有効期限',
        '障害認定のもとが精神障害者保健福祉手帳なら、その有効期限。なければ空。',
        no,
      ),
      ...burdenCertificate,
    },
    documents: {
      burdenCertificate: { name: '負担区分等証明書 (県外からの転入)', required: false },
      disabilityCertificate: { name: '障害認定証明書', required: false },
      formerLossCertificate: { name: '前の保険者の資格喪失の証明', required: false },
    },
    leadsTo: ['資格取得', '一部負担金の割合の判定', '資格確認書等の発行', '保険料の賦課'],
  },
  acquisitionExclusionEnded: {
    ...base,
    name: '資格取得届 (適用除外の終了)',
    article: '法54条1項、則10条',
    term: true,
    occurred: '適用除外でなくなった日',
    filers: everyone,
    newcomers: true,
    fields: {
      ...newcomer,
      address: { ...address('住所', '住民票のとおり。'), newcomer: true },
      exclusionKind: choice('終わった適用除外', exclusions, '法51条のどれが終わったか。'),
    },
    documents: { endedNotice: { name: '保護廃止決定通知書など', required: true } },
    leadsTo: ['資格取得', '一部負担金の割合の判定', '資格確認書等の発行', '保険料の賦課'],
  },
  acquisitionOther: {
    ...base,
    name: '資格取得届 (そのほか)',
    article: '法54条1項、則10条・11条',
    term: true,
    occurred: '事由が生じた日',
    filers: everyone,
    newcomers: true,
    fields: {
      ...newcomer,
      address: { ...address('住所', '住民票のとおり。'), newcomer: true },
      cause: text('事由', '年齢到達・転入・適用除外の終了のほかの事由。'),
      ...formerInsurer,
    },
    documents: { causeProof: { name: '事由の分かる書類', required: false } },
    leadsTo: ['資格取得', '一部負担金の割合の判定', '資格確認書等の発行'],
  },
  disabilityApplication: {
    ...base,
    name: '障害認定申請',
    article: '法50条2号、則8条1項',
    term: false,
    occurred: null,
    filers: everyone,
    fields: {
      ...evidence,
      ...formerInsurer,
    },
    documents: {
      disabilityProof: { name: '障害の程度を示すもの (手帳・証書・診断書)', required: true },
    },
    leadsTo: ['障害認定', '資格取得 (認定の日から)', '資格確認書等の発行', '保険料の賦課'],
  },
  disabilityRenewal: {
    ...base,
    name: '障害の程度を示すものの更新 (再認定)',
    article: '法50条2号、則8条・25条',
    term: false,
    occurred: null,
    filers: [...everyone, 'office'],
    fields: evidence,
    documents: {
      disabilityProof: { name: '更新した手帳・証書・診断書', required: true },
    },
    leadsTo: ['障害認定の継続', '資格確認書等の有効期限の変更'],
  },
  disabilityWithdrawal: {
    ...base,
    name: '障害認定申請の撤回',
    article: '則8条2項',
    term: false,
    occurred: null,
    filers: everyone,
    fields: { nextInsurer: text('入る予定の医療保険', '国保・健保など。', no) },
    documents: nothing,
    leadsTo: ['資格喪失 (将来に向かってのみ)', '資格確認書等の回収', '保険料の月割'],
  },
  disabilityLost: {
    ...base,
    name: '障害状態不該当届',
    article: '則25条',
    term: true,
    occurred: '障害の状態に当たらなくなった日',
    filers: everyone,
    fields: {
      cause: choice(
        'わけ',
        {
          downgraded: '等級の変更',
          expired: '手帳の期限切れ',
          returned: '手帳の返還',
          other: 'そのほか',
        },
        '当たらなくなったわけ。',
      ),
    },
    documents: nothing,
    leadsTo: ['資格喪失', '資格確認書等の回収', '保険料の月割'],
  },
  nameChange: {
    ...base,
    name: '氏名変更届',
    article: '則22条',
    term: true,
    occurred: '氏名が変わった日',
    filers: everyone,
    fields: { name: text('新しい氏名', asWritten), nameKana: text('新しい氏名カナ', kana) },
    documents: { certificate: { name: '資格確認書', required: false } },
    leadsTo: ['氏名の変更', '資格確認書等の差替え'],
  },
  identityCorrection: {
    ...base,
    name: '氏名・生年月日・性別の訂正',
    article: '法54条、則22条 (記録の訂正)',
    term: false,
    occurred: null,
    filers: [...everyone, 'office'],
    number: false,
    blind: true,
    fields: {
      name: text('正しい氏名', `${asWritten}直さないなら空。`, no),
      nameKana: text('正しい氏名カナ', `${kana}直さないなら空。`, no),
      birthDate: date('正しい生年月日', '暦の日。直さないなら空。', no),
      sex: choice('正しい性別', { '1': '男', '2': '女' }, '直さないなら選ばない。', no),
    },
    documents: {
      correctionProof: { name: '正しい記載の分かる書類 (戸籍・住民票の写しなど)', required: true },
    },
    leadsTo: ['2人目の入力', '氏名・生年月日・性別の訂正', '資格の判定', '資格確認書等の差替え'],
  },
  addressChange: {
    ...base,
    name: '住所変更届',
    article: '則23条',
    term: true,
    occurred: '住所が変わった日',
    filers: everyone,
    fields: { address: address('新しい住所', '同じ市区町村の中の住所。') },
    documents: { certificate: { name: '資格確認書', required: false } },
    leadsTo: ['住所の変更', '資格確認書等の差替え'],
  },
  householdChange: {
    ...base,
    name: '世帯変更届',
    article: '則24条',
    term: true,
    occurred: '世帯が変わった日',
    filers: everyone,
    fields: {
      householdNumber: text('新しい世帯番号', '市区町村が付けた世帯番号。'),
      relationship: text('続柄', '世帯主との続柄。本人が世帯主なら「世帯主」。'),
    },
    documents: nothing,
    leadsTo: ['世帯の変更', '一部負担金の割合の再判定', '軽減の再判定'],
  },
  numberChange: {
    ...base,
    name: '個人番号変更届',
    article: '則23条の2',
    term: true,
    occurred: '個人番号が変わった日',
    filers: everyone,
    fields: nothing,
    documents: nothing,
    leadsTo: ['個人番号の登録の変更'],
  },
  lossMoveOut: {
    ...base,
    name: '資格喪失届 (転出)',
    article: '法54条6項、則26条',
    term: true,
    occurred: '転出した日',
    filers: everyone,
    fields: {
      movedTo: text('転出先の市区町村コード', '6桁。国外へなら空。', no),
      destination: choice(
        '転出先',
        { otherPrefecture: 'ほかの都道府県', samePrefecture: '県内の市区町村', abroad: '国外' },
        '転出先の種別。喪失の日がこれで決まる。',
      ),
    },
    documents: { certificate: { name: '返す資格確認書', required: false } },
    leadsTo: ['資格喪失', '負担区分等証明書の交付', '保険料の月割', '資格確認書等の回収'],
  },
  lossDeath: {
    ...base,
    name: '資格喪失届 (死亡)',
    article: '法54条6項、則26条',
    term: true,
    occurred: '死亡した日',
    filers: ['family', 'household', 'proxy'],
    number: false,
    fields: nothing,
    documents: { certificate: { name: '返す資格確認書', required: false } },
    leadsTo: ['資格喪失 (死亡の翌日)', '保険料の月割', '葬祭費の案内', '送付先の確かめ'],
  },
  lossExclusion: {
    ...base,
    name: '資格喪失届 (適用除外)',
    article: '法51条・54条6項、則26条',
    term: true,
    occurred: '適用除外になった日',
    filers: [...everyone, 'office'],
    fields: {
      exclusionKind: choice('適用除外', exclusions, '法51条のどれに当たるか。'),
    },
    documents: { startedNotice: { name: '保護開始決定通知書など', required: true } },
    leadsTo: ['資格喪失 (その日)', '保険料の月割', '資格確認書等の回収'],
  },
  provisionBegan: {
    ...base,
    name: '住所地特例適用届',
    article: '法55条・55条の2、則12条',
    term: true,
    occurred: '施設などの所在地に住所を移した日',
    filers: [...everyone, 'office'],
    fields: {
      side: choice(
        'どちらの広域連合の被保険者か',
        {
          ours: '当広域連合 (ほかの区域の施設に入った)',
          others: 'ほかの広域連合 (この区域の施設に入った)',
          nationalHealth: '国保の住所地特例から引き続き (法55条の2)',
        },
        '従前の住所の広域連合。施設が続くときは、最初の施設に入る前の住所で決まる。',
      ),
      insurerUnion: text(
        '被保険者とする広域連合',
        '都道府県番号2桁。',
        when('side', 'others', 'nationalHealth'),
      ),
      insurerNumber: text(
        '保険者番号',
        '国保の住所地特例から引き続くときの国保の保険者番号。6桁 (法別番号のあるものは8桁)。',
        when('side', 'nationalHealth'),
      ),
      facilityKind: choice('施設の種別', facilities, '法55条1項各号の施設。'),
      facilityName: text('施設の名', '正式な名。'),
      facilityAddress: address('施設の所在地', '住所を移した先。'),
    },
    documents: { admission: { name: '入所・入院の証明', required: true } },
    leadsTo: ['住所地特例', '資格の判定', '住所地特例者情報の配信'],
  },
  provisionChanged: {
    ...base,
    name: '住所地特例変更届',
    article: '則12条',
    term: true,
    occurred: '別の施設に移った日',
    filers: [...everyone, 'office'],
    fields: {
      facilityKind: choice('施設の種別', facilities, '法55条1項各号の施設。'),
      facilityName: text('施設の名', '正式な名。'),
      facilityAddress: address('施設の所在地', '住所を移した先。'),
    },
    documents: { admission: { name: '入所・入院の証明', required: true } },
    leadsTo: ['施設の変更 (被保険者とする広域連合は変わらない)', '住所地特例者情報の配信'],
  },
  provisionEnded: {
    ...base,
    name: '住所地特例終了届',
    article: '則12条',
    term: true,
    occurred: '施設を出て住所を移した日',
    filers: [...everyone, 'office'],
    fields: { cause: text('わけ', '退所・退院・住所の異動など。') },
    documents: { discharge: { name: '退所・退院の証明', required: false } },
    leadsTo: ['住所地特例の終了', '資格の判定', '住所地特例者情報の配信'],
  },
  certificateApplication: {
    ...base,
    name: '資格確認書の交付申請',
    article: '法54条3項 (資格確認書)',
    term: false,
    occurred: null,
    filers: everyone,
    fields: {
      reason: choice(
        '申請のわけ',
        {
          noCard: 'マイナ保険証を持っていない',
          cannotUse: 'マイナ保険証での受診がむずかしい',
          lostCard: '個人番号カードの紛失・更新中',
          other: 'そのほか',
        },
        '資格確認書が要るわけ。',
      ),
    },
    documents: nothing,
    leadsTo: ['資格確認書の発行'],
  },
  certificateReissue: {
    ...base,
    name: '資格確認書の再交付申請',
    article: '則20条 (再交付)',
    term: false,
    occurred: null,
    filers: everyone,
    fields: {
      reason: choice(
        'わけ',
        { lost: 'なくした', soiled: 'よごれた', damaged: 'こわれた', notDelivered: '届かない' },
        '前の1通はどうなったか。',
      ),
      returned: flag('古いものを受け取った', 'よごれた・こわれたときは、古いものを受け取る。'),
    },
    documents: { old: { name: '古い資格確認書 (よごれた・こわれたとき)', required: false } },
    leadsTo: ['前の1通を無効にする', '資格確認書の再発行'],
  },
  limitCategoryApplication: {
    ...base,
    name: '限度区分の併記申請',
    article: '則 (限度区分の記載)',
    term: false,
    occurred: null,
    filers: everyone,
    fields: { wanted: flag('長期入院該当も申請する', '区分IIで、入院が90日を超える人。') },
    documents: nothing,
    leadsTo: ['限度区分の判定', '限度区分を書いた資格確認書の発行'],
  },
  longHospitalisation: {
    ...base,
    name: '長期入院該当申請',
    article: '則 (食事療養標準負担額の減額)',
    term: false,
    occurred: null,
    filers: everyone,
    fields: {
      categoryIIFrom: date('区分IIになった日', '限度区分II (低所得II) の期間の始まり。', no),
      stays: {
        label: '入院の期間',
        type: 'periods',
        required: true,
        help: '入院した日と退院した日 (入院中なら申請の日)。両方の日を数える。同じ日を2度数えない。',
      },
      mealPaid: yen('申請の前に払った食事代', '90日を超えた日から認定までの食事の負担。円。', no),
    },
    documents: { stayProof: { name: '入院日数の分かるもの (領収書・証明)', required: true } },
    leadsTo: ['長期入院該当の認定', '資格確認書への記載', '食事差額の支給 (超えた日から)'],
  },
  specifiedDisease: {
    ...base,
    name: '特定疾病の認定申請',
    article: '令 (特定疾病)、則 (特定疾病の認定)',
    term: false,
    occurred: null,
    filers: everyone,
    fields: {
      disease: choice(
        '疾病',
        {
          '1': '人工透析が要る慢性腎不全',
          '2': '血友病 (先天性血液凝固因子障害)',
          '3': '血液製剤によるHIV感染症',
        },
        '告示の疾病。',
      ),
    },
    documents: { opinion: { name: '医師の意見書 (前の保険者の受療証でもよい)', required: true } },
    leadsTo: ['特定疾病の認定', '資格確認書への記載', '自己負担の上限'],
  },
  standardIncome: {
    ...base,
    name: '基準収入額適用申請',
    article: '令7条 (基準収入額)、則 (基準収入額の申請)',
    term: false,
    occurred: null,
    filers: everyone,
    fields: {
      incomeYear: {
        label: '収入の年',
        type: 'choice',
        required: true,
        choices: { previous: '前年', beforePrevious: '前々年 (1月〜7月の判定)' },
        help: 'どの年の収入か。',
      },
      ownRevenue: yen(
        '本人の収入額',
        '必要経費や控除を引く前の、年間の収入の合計。円。所得ではない。',
      ),
      othersRevenue: yen(
        '世帯の被保険者の収入額',
        '同じ世帯のほかの被保険者の収入の合計。円。いなければ0。',
      ),
      nearlySeventyFiveRevenue: yen(
        '70歳から74歳の人の収入額',
        '同じ世帯の70歳から74歳の人の収入の合計。円。いなければ0。',
        no,
      ),
    },
    documents: {
      revenueProof: { name: '収入の分かるもの (確定申告書の控えなど)', required: true },
    },
    leadsTo: ['一部負担金の割合の再判定 (申請の翌月から)'],
  },
  destinationRegister: {
    ...base,
    name: '送付先の登録',
    article: '広域連合の要綱',
    term: false,
    occurred: null,
    filers: everyone,
    number: false,
    fields: recipient,
    documents: { relationProof: { name: '受け取る人との関係の分かる書類', required: false } },
    leadsTo: ['2人目の確かめ', '送付先の登録'],
  },
  destinationChange: {
    ...base,
    name: '送付先の変更',
    article: '広域連合の要綱',
    term: false,
    occurred: null,
    filers: everyone,
    number: false,
    fields: recipient,
    documents: { relationProof: { name: '受け取る人との関係の分かる書類', required: false } },
    leadsTo: ['2人目の確かめ', '送付先の変更'],
  },
  destinationEnd: {
    ...base,
    name: '送付先の廃止',
    article: '広域連合の要綱',
    term: false,
    occurred: null,
    filers: everyone,
    number: false,
    fields: { covers: recipient.covers!, reason: text('理由', 'やめるわけ。') },
    documents: nothing,
    leadsTo: ['2人目の確かめ', '住民票の住所への送付'],
  },
  personNeedingCare: {
    ...base,
    name: '要配慮者の申出',
    article: '資格確認書の運用 (要配慮者)',
    term: false,
    occurred: null,
    filers: [...everyone, 'office'],
    fields: {
      reason: choice(
        '配慮のわけ',
        {
          facility: '施設に入っている',
          dementia: '認知症など',
          disability: '障害',
          other: 'そのほか',
        },
        'マイナ保険証での受診に配慮が要るわけ。',
      ),
    },
    documents: nothing,
    leadsTo: ['資格確認書の発行 (申請によらない)'],
  },
  deregistration: {
    ...base,
    name: '利用登録解除申請',
    article: 'マイナ保険証の利用登録の解除',
    term: false,
    occurred: null,
    filers: ['self', 'legal', 'proxy'],
    fields: {
      confirmed: flag('資格確認書で受診することを説明した', '解除の後は、資格確認書で受診する。'),
    },
    documents: nothing,
    leadsTo: ['利用登録の解除の依頼', '資格確認書の発行'],
  },
} as const satisfies Readonly<Record<string, FilingKindFacts>>

export type FilingKind = keyof typeof filingKinds

/** 届書の種類 — by its identifier, with the general type. */
export const kindOf = (kind: FilingKind): FilingKindFacts => filingKinds[kind]

export const isFilingKind = (text: string): text is FilingKind => Object.hasOwn(filingKinds, text)

/** 届出人の名 */
export const filerNames: Readonly<Record<Filer, string>> = {
  self: '本人',
  household: '世帯主・同じ世帯の人',
  family: '親族',
  proxy: '任意代理人',
  legal: '法定代理人',
  office: '福祉事務所・施設',
}
