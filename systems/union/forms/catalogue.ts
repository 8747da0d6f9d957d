import type { Act } from '@koiki/access'
import { formatWareki, type PlainDate, plainDateOf } from '@koiki/kernel'
import { type FormSheet, formCode } from '@koiki/notices'
import type { FormKind, PrintedForm } from '../api/forms.ts'

/** 帳票の種類 — its number, its name, the chapter whose facts it tells, and who may see those facts. */
export type FormFacts = {
  readonly number: string
  readonly name: string
  readonly chapter: string
  readonly needs: Act
  readonly of: 'person' | 'filing'
}

/** 帳票の表 — every form that is printed one by one. */
export const formKinds: Readonly<Record<FormKind, FormFacts>> = {
  eligibilityRecord: {
    number: '11',
    name: '被保険者資格の異動の記録',
    chapter: '資格',
    needs: 'person.read',
    of: 'person',
  },
  disabilityCertificate: {
    number: '12',
    name: '障害認定証明書',
    chapter: '資格',
    needs: 'person.read',
    of: 'person',
  },
  burdenCertificate: {
    number: '13',
    name: '負担区分等証明書',
    chapter: '資格',
    needs: 'copay.read',
    of: 'person',
  },
  filingCopy: {
    number: '14',
    name: '受付票(届書の控え)',
    chapter: '届書',
    needs: 'filing.read',
    of: 'filing',
  },
  filingDecision: {
    number: '15',
    name: '決定通知書',
    chapter: '届書',
    needs: 'filing.read',
    of: 'filing',
  },
  premiumLedger: {
    number: '21',
    name: '保険料台帳(写し)',
    chapter: '賦課',
    needs: 'premium.read',
    of: 'person',
  },
}

/** 配信する帳票 — its number and name, what its run tells, and what it is for. */
type ListFacts = {
  readonly number: string
  readonly name: string
  readonly run: string
  readonly tells: string
  readonly purpose: string
  /** The month that the list of a day speaks of, where it speaks of one. */
  readonly month?: (today: PlainDate) => PlainDate
}

/**
 * 配信する帳票の表 — lists that a municipality is given: beside what the register foretells, one for each of the three
 * deliveries in the picture of 資格管理 (3) of the assessment: 被保険者情報, 発行用情報 and 住所地特例者情報.
 */
export const listKinds = {
  comingOfAge: {
    number: '31',
    name: '年齢到達予定者一覧',
    run: 'deliver-coming-of-age',
    tells: '来月に75歳になる人の一覧',
    purpose: '資格の異動の事務',
    month: firstOfNextMonth,
  },
  entitlementChanges: {
    number: '32',
    name: '資格異動者一覧',
    run: 'deliver-entitlement-changes',
    tells: 'まだ一覧に載せていない資格の決定',
    purpose: '資格の異動の事務',
  },
  issuedDocuments: {
    number: '33',
    name: '資格確認書等発行一覧',
    run: 'deliver-issued-documents',
    tells: '紙を確かめて、まだ一覧に載せていない資格確認書等の発行',
    purpose: '資格確認書等の事務',
  },
  residenceProvisions: {
    number: '34',
    name: '住所地特例者一覧',
    run: 'deliver-residence-provisions',
    tells: 'いま住所地特例の適用を受けている人の一覧',
    purpose: '住所地特例の事務',
    month: (today) => today,
  },
} as const satisfies Readonly<Record<string, ListFacts>>

export type ListKind = keyof typeof listKinds

export const lists = Object.keys(listKinds) as readonly ListKind[]

/** 次の月の1日 */
export function firstOfNextMonth(today: PlainDate): PlainDate {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  return month === 12 ? plainDateOf(year + 1, 1, 1) : plainDateOf(year, month + 1, 1)
}

export const formStateNames: Readonly<Record<PrintedForm['state'], string>> = {
  instructed: '紙はまだ確かめていない',
  printed: '紙を確かめた',
  spoiled: 'よごれた紙',
  notPrinted: '出なかった紙',
  cancelled: '取りやめた',
}

/** 紙の符号 — only digits go into bars: the letter of an era is left out. */
export const codeOf = (form: FormKind, about: string, copy: number): string =>
  formCode(formKinds[form].number, about.replace(/[^0-9-]/g, ''), copy)

/** 紙のほかのところ — what the frame of a sheet says, whoever's it is. */
export type SheetBody = Omit<
  FormSheet,
  'form' | 'at' | 'code' | 'again' | 'issuedOn' | 'issuer' | 'margin'
> & {
  /** 余白に刷る人と用件 — of an internal form. */
  readonly internal: boolean
}

/** 年度 — as a form is labelled by it. */
export const yearLabel = (year: number): string =>
  formatWareki(plainDateOf(year, 4, 1), 'long').replace(/年.*$/, '年度')

const clock = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** 時刻 — 9時41分, in Japan. */
export function timeOf(instant: string): string {
  const [hour, minute] = clock.format(new Date(instant)).split(':')
  return `${Number(hour)}時${minute}分`
}
