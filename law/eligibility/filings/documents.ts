/**
 * 本人確認の書類 — what is enough for 番号確認, 身元確認 and 代理権. Kinds only are recorded, never the
 * number that stands on a paper. The lists are those of general practice, unverified.
 */
export const proofSource = {
  source:
    '行政手続における特定の個人を識別するための番号の利用等に関する法律16条、同法施行令12条、同法施行規則1条〜11条。一般の解説による',
  unverified: true,
} as const

/** 番号確認の書類 — one is enough. */
export const numberDocuments = {
  individualNumberCard: '個人番号カード',
  notificationCard: '通知カード (記載が住民票と同じもの)',
  residentRecordCopy: '個人番号入りの住民票の写し',
  residentRegister: '住民基本台帳で確認',
  heldNumber: '登録してある番号と突合',
} as const
export type NumberDocument = keyof typeof numberDocuments

/** 身元確認の書類 — one with a photograph, or two without. */
export const identityDocuments = {
  individualNumberCard: { name: '個人番号カード', photograph: true },
  driversLicence: { name: '運転免許証', photograph: true },
  drivingRecord: { name: '運転経歴証明書', photograph: true },
  passport: { name: '旅券', photograph: true },
  physicalDisability: { name: '身体障害者手帳', photograph: true },
  mentalDisability: { name: '精神障害者保健福祉手帳', photograph: true },
  intellectualDisability: { name: '療育手帳', photograph: true },
  residenceCard: { name: '在留カード・特別永住者証明書', photograph: true },
  eligibilityCertificate: { name: '資格確認書', photograph: false },
  careInsuranceCard: { name: '介護保険証', photograph: false },
  pensionBook: { name: '年金手帳・基礎年金番号通知書', photograph: false },
  pensionCertificate: { name: '年金証書', photograph: false },
  residentRecordCopy: { name: '住民票の写し', photograph: false },
  sealCertificate: { name: '印鑑登録証明書', photograph: false },
  notice: { name: '広域連合・市区町村からの通知書', photograph: false },
} as const
export type IdentityDocument = keyof typeof identityDocuments

/** 代理権の書類 — one that fits the kind of agent. */
export const proxyDocuments = {
  letterOfAttorney: '委任状',
  familyRegister: '戸籍謄本 (法定代理人)',
  guardianship: '登記事項証明書 (成年後見人など)',
  personsOwnPaper: '本人の資格確認書・個人番号カードなど、本人しか持たない書類',
} as const
export type ProxyDocument = keyof typeof proxyDocuments
