import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { DocumentRow, EligibilityDocumentSheet } from '@koiki/notices'
import {
  type Contents,
  type DocumentKind,
  documentNames,
  limitCategoryNames,
  specifiedDiseases,
} from './certificate.ts'

/** 宛先 — the lines of an address window; null where the sheet is handed over. */
export type MailingAddress = {
  readonly postalCode: string
  readonly lines: readonly string[]
  readonly recipient: string
}

/** 発行する広域連合 and whom to ask. */
export type IssuingOffice = {
  readonly insurerName: string
  readonly contact: string
}

/** 様式 — which of the two forms a document is printed on. */
export const formOf = (document: DocumentKind): 'certificate' | 'information' =>
  document === 'eligibilityInformationNotice' ? 'information' : 'certificate'

const wareki = (day: PlainDate): string => formatWareki(day, 'long')
const sexNames: Readonly<Record<string, string>> = { '0': '―', '1': '男', '2': '女' }

/** 住所の省略 — what stands in place of an address that must not be shown. */
const addressOmitted = '（記載を省略しています）'

/** 記載の行 — what a document says, in the order and the words of the paper. */
export function rowsOf(contents: Contents, insurerName: string): readonly DocumentRow[] {
  return [
    { label: '被保険者番号', value: contents.insuredNumber, large: true },
    {
      label: '氏名',
      value: contents.name,
      ...(contents.nameKana === null ? {} : { note: contents.nameKana }),
    },
    {
      label: '生年月日・性別',
      value: `${contents.birthDateText ?? wareki(contents.birthDate)}　${sexNames[contents.sex] ?? '―'}`,
    },
    { label: '住所', value: contents.address?.join('　') ?? addressOmitted },
    { label: '資格取得年月日', value: wareki(contents.acquiredOn) },
    {
      label: '一部負担金の割合',
      value: `${contents.tenths}割`,
      note: `発効期日　${wareki(contents.effectiveFrom)}`,
      large: true,
    },
    ...(contents.limitCategory === null
      ? []
      : [
          {
            label: '限度区分',
            value: limitCategoryNames[contents.limitCategory],
            ...(contents.limitFrom === null
              ? {}
              : { note: `発効期日　${wareki(contents.limitFrom)}` }),
          },
        ]),
    ...(contents.longHospitalisationFrom === null
      ? []
      : [{ label: '長期入院該当年月日', value: wareki(contents.longHospitalisationFrom) }]),
    ...(contents.specifiedDiseases.length === 0
      ? []
      : [
          {
            label: '特定疾病',
            value: contents.specifiedDiseases
              .map(({ disease, since }) => `${specifiedDiseases[disease]}（${wareki(since)}から）`)
              .join('、'),
          },
        ]),
    ...(contents.specialTreatmentFrom === null
      ? []
      : [
          {
            label: '特別療養費',
            value: '特別療養費の支給の対象です',
            note: `発効期日　${wareki(contents.specialTreatmentFrom)}`,
          },
        ]),
    { label: '有効期限', value: wareki(contents.validUntil), large: true },
    { label: '保険者', value: `${contents.insurerNumber}　${insurerName}` },
  ]
}

const titles: Readonly<Record<DocumentKind, string>> = {
  insuranceCard: '後期高齢者医療被保険者証',
  formerSpecialCertificate: '後期高齢者医療被保険者資格証明書',
  eligibilityCertificate: '後期高齢者医療資格確認書',
  eligibilityInformationNotice: '後期高齢者医療資格情報のお知らせ',
  specialEligibilityCertificate: '後期高齢者医療資格確認書（特別療養）',
}

const leadOf = (document: DocumentKind): string =>
  document === 'eligibilityInformationNotice'
    ? 'あなたの後期高齢者医療の資格の内容をお知らせします。'
    : `あなたの${documentNames[document]}です。医療機関や薬局にかかるときは、これを窓口に見せてください。`

const remarksOf = (contents: Contents): readonly string[] => [
  ...(contents.specialTreatmentFrom === null
    ? []
    : ['医療費は、いったん全額を払い、後で市区町村の窓口に特別療養費の支給を申請してください。']),
  ...(contents.document === 'eligibilityInformationNotice'
    ? [
        'マイナ保険証を使えない、または使うことがむずかしいときは、市区町村の窓口で資格確認書の交付を申請できます。',
      ]
    : ['記載の内容が変わったとき、資格を失ったときは、市区町村の窓口に返してください。']),
]

/** 紙 — one document as it is set on its form; the same issue gives the same sheet, whenever it is set. */
export function documentSheet(
  issue: {
    readonly contents: Contents
    readonly issuedOn: PlainDate
    readonly code: string
    readonly mailing: MailingAddress | null
  },
  office: IssuingOffice,
): EligibilityDocumentSheet {
  const { contents, mailing } = issue
  return {
    sheetNumber: issue.code,
    code: issue.code,
    postalCode: mailing?.postalCode ?? '',
    address: mailing?.lines ?? [],
    recipient: mailing?.recipient ?? contents.name,
    name: contents.name,
    birthDate: wareki(contents.birthDate),
    insuredNumber: contents.insuredNumber,
    issuedOn: wareki(issue.issuedOn),
    issuer: office.insurerName,
    contact: office.contact,
    title: titles[contents.document],
    lead: leadOf(contents.document),
    rows: rowsOf(contents, office.insurerName),
    remarks: remarksOf(contents),
  }
}
