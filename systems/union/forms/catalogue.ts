import type { Act } from '@koiki/access'
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

/** 配信する帳票の表 — lists that a municipality is given. */
export const listKinds = {
  comingOfAge: { number: '31', name: '年齢到達予定者一覧' },
  entitlementChanges: { number: '32', name: '資格異動者一覧' },
} as const

export type ListKind = keyof typeof listKinds

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
