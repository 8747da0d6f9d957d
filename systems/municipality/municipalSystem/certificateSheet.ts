import { formatWareki, type PlainDate } from '@koiki/kernel'
import { 被保険者証等発行用情報 } from '@koiki/layouts'
import type { DocumentRow, EligibilityDocumentSheet } from '@koiki/notices'

/** 届いた文書 — one row of 被保険者証等発行用情報 as it rests here; everything that a sheet says comes from it. */
export interface DeliveredCertificate {
  readonly certificateKind: '1' | '2' | '3' | '4' | '5'
  readonly insuredNumber: string
  readonly insurerNumber: string
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly sex: string
  readonly acquiredOn: PlainDate
  readonly effectiveFrom: PlainDate
  readonly validUntil: PlainDate
  readonly issuedOn: PlainDate
  readonly shareTenths: string
  readonly limitCategory: string | null
  readonly limitFrom: PlainDate | null
  readonly longHospitalisationFrom: PlainDate | null
  readonly dialysisSince: PlainDate | null
  readonly haemophiliaSince: PlainDate | null
  readonly immunodeficiencySince: PlainDate | null
  readonly specialTreatmentFrom: PlainDate | null
}

/** 紙の上の住所と宛先 — empty where the delivery does not allow one. */
export interface SheetPlace {
  /** 住所 as a content of the document; null where it is left out. */
  readonly residence: readonly string[] | null
  /** The address window; empty where the sheet is handed over. */
  readonly postalCode: string
  readonly address: readonly string[]
  /** 生年月日 as the 住民票 has it, where a part of it is not known. */
  readonly birthDateText: string | null
}

const { 証種別, 限度区分, 性別 } = 被保険者証等発行用情報.columns
const wareki = (day: PlainDate): string => formatWareki(day, 'long')
const diseases = [
  ['dialysisSince', '人工透析を要する慢性腎不全'],
  ['haemophiliaSince', '血友病'],
  ['immunodeficiencySince', '後天性免疫不全症候群'],
] as const

/** 資格情報のお知らせ of 証種別 — all others are shown at a hospital. */
export const informationNotice = '3' satisfies keyof typeof 証種別.codes

/** 資格確認書・資格情報のお知らせの紙 (3-7) — as the union decided it; nothing is worked out here. */
export function certificateSheet(
  one: DeliveredCertificate,
  place: SheetPlace,
  sheet: { readonly number: string; readonly code: string },
  office: { readonly issuer: string; readonly contact: string },
): EligibilityDocumentSheet {
  const name = 証種別.codes[one.certificateKind]
  const notice = one.certificateKind === informationNotice
  return {
    sheetNumber: sheet.number,
    code: sheet.code,
    postalCode: place.postalCode,
    address: place.address,
    recipient: one.name,
    name: one.name,
    birthDate: wareki(one.birthDate),
    insuredNumber: one.insuredNumber,
    issuedOn: wareki(one.issuedOn),
    issuer: office.issuer,
    contact: office.contact,
    title: `後期高齢者医療${name}`,
    lead: notice
      ? 'あなたの後期高齢者医療の資格の内容をお知らせします。'
      : `あなたの${name}です。医療機関や薬局にかかるときは、これを窓口に見せてください。`,
    rows: rowsOf(one, place, office.issuer),
    remarks: [
      ...(one.specialTreatmentFrom === null
        ? []
        : [
            '医療費は、いったん全額を払い、後で市区町村の窓口に特別療養費の支給を申請してください。',
          ]),
      notice
        ? 'マイナ保険証を使えない、または使うことがむずかしいときは、市区町村の窓口で資格確認書の交付を申請できます。'
        : '記載の内容が変わったとき、資格を失ったときは、市区町村の窓口に返してください。',
    ],
  }
}

function rowsOf(
  one: DeliveredCertificate,
  { residence, birthDateText }: SheetPlace,
  insurer: string,
): readonly DocumentRow[] {
  const sex = 性別.codes[one.sex as keyof typeof 性別.codes]
  const from = (label: string, day: PlainDate | null): DocumentRow[] =>
    day === null ? [] : [{ label, value: wareki(day) }]
  const ill = diseases.flatMap(([field, words]) => {
    const since = one[field]
    return since === null ? [] : [`${words}（${wareki(since)}から）`]
  })
  return [
    { label: '被保険者番号', value: one.insuredNumber, large: true },
    {
      label: '氏名',
      value: one.name,
      ...(one.nameKana === null ? {} : { note: one.nameKana }),
    },
    {
      label: '生年月日・性別',
      value: `${birthDateText ?? wareki(one.birthDate)}　${one.sex === '0' ? '―' : sex}`,
    },
    { label: '住所', value: residence?.join('　') ?? '（記載を省略しています）' },
    { label: '資格取得年月日', value: wareki(one.acquiredOn) },
    {
      label: '一部負担金の割合',
      value: `${one.shareTenths}割`,
      note: `発効期日　${wareki(one.effectiveFrom)}`,
      large: true,
    },
    ...(one.limitCategory === null
      ? []
      : [
          {
            label: '限度区分',
            value: 限度区分.codes[one.limitCategory as keyof typeof 限度区分.codes],
            ...(one.limitFrom === null ? {} : { note: `発効期日　${wareki(one.limitFrom)}` }),
          },
        ]),
    ...from('長期入院該当年月日', one.longHospitalisationFrom),
    ...(ill.length === 0 ? [] : [{ label: '特定疾病', value: ill.join('、') }]),
    ...(one.specialTreatmentFrom === null
      ? []
      : [
          {
            label: '特別療養費',
            value: '特別療養費の支給の対象です',
            note: `発効期日　${wareki(one.specialTreatmentFrom)}`,
          },
        ]),
    { label: '有効期限', value: wareki(one.validUntil), large: true },
    { label: '保険者', value: `${one.insurerNumber}　${insurer}` },
  ]
}
