import type {
  FiledContent,
  FilingFault,
  FilingField,
  FilingFieldValue,
  FilingKind,
  FilingKinds,
  NumberState,
} from '@koiki/union'
import { noAddress, type TypedAddress } from '../ui/AddressField.tsx'
import type { TypedPeriod } from '../ui/PeriodsField.tsx'
import { readDay } from '../ui/readDay.ts'

/** 打った値 — days and amounts as typed, so that nothing typed is lost by being half right. */
export type Typed = string | boolean | TypedAddress | readonly TypedPeriod[]

/**
 * 書きかけの届書 — everything on the form but the Individual Number, which has no place here: a draft of this
 * can be kept anywhere.
 */
export type IntakeContent = {
  /** 二重にならない番号 — goes along with every attempt to send, also after a closed browser. */
  filingId: string
  kind: string
  person: string | null
  /** 記録のない人 — chosen instead of a person. */
  newcomer: boolean
  addresseeNumber: string
  /** 受け付ける市区町村 — asked of a newcomer at the seat of the union; drafts of before have none. */
  municipality?: string
  filedOn: string
  occurredOn: string
  filer: string
  proxyName: string
  proxyRelation: string
  proxyDocuments: readonly string[]
  fields: Readonly<Record<string, Typed>>
  numberState: NumberState
  numberReason: string
  numberCheck: string
  identityCheck: readonly string[]
  documents: readonly string[]
}

/** 白い紙 */
export function blankContent(
  kind: FilingKind,
  given: { filingId: string; today: string; person: string | null },
): IntakeContent {
  return {
    filingId: given.filingId,
    kind: kind.kind,
    person: given.person,
    newcomer: false,
    addresseeNumber: '',
    filedOn: given.today,
    occurredOn: '',
    filer: kind.filers.some(({ value }) => value === 'self') ? 'self' : '',
    proxyName: '',
    proxyRelation: '',
    proxyDocuments: [],
    fields: {},
    numberState: kind.asksNumber ? 'written' : 'blank',
    numberReason: '',
    numberCheck: '',
    identityCheck: [],
    documents: [],
  }
}

/** 代理か — who stands here acts for the person. */
export function isRepresented(filer: string): boolean {
  return filer === 'proxy' || filer === 'legal'
}

/** 聞く項目 — what the paper asks of this person; a person with a record is not asked for it again. */
export function askedFields(kind: FilingKind, newcomer: boolean): readonly FilingField[] {
  return kind.fields.filter((field) => newcomer || !field.newcomerOnly)
}

export function isNeeded(field: FilingField, content: IntakeContent): boolean {
  if (field.required) return true
  const { requiredWhen } = field
  if (requiredWhen === null) return false
  const other = content.fields[requiredWhen.field]
  return typeof other === 'string' && requiredWhen.in.includes(other)
}

export function isEmpty(value: Typed | undefined): boolean {
  if (value === undefined || value === '') return true
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value === 'boolean') return false
  if (Array.isArray(value)) return value.length === 0
  return Object.values(value).every((part) => part.trim() === '')
}

/** 金額・日数を読む — digits with or without commas, of any width. */
export function readAmount(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,\s円日]/g, '')
  return /^\d{1,12}$/.test(plain) ? Number(plain) : null
}

/** まだ足りないもの — the only indicator of progress: it shortens while typing, and each entry is a way there. */
export type Lacking = { at: string; label: string }

export function lackingOf(
  content: IntakeContent,
  kind: FilingKind,
  kinds: FilingKinds,
  numberHeld: boolean,
): readonly Lacking[] {
  const lacking: Lacking[] = []
  const need = (isMissing: boolean, at: string, label: string) => {
    if (isMissing) lacking.push({ at, label })
  }
  need(
    content.newcomer ? content.addresseeNumber.trim() === '' : content.person === null,
    'person',
    content.newcomer ? '宛名番号' : 'だれのこと',
  )
  need(lacksMunicipality(content, kinds), 'municipality', '市区町村')
  need(content.filer === '', 'filer', '来た人')
  if (isRepresented(content.filer)) {
    need(content.proxyName.trim() === '', 'proxy', '代理人の氏名')
    need(content.proxyDocuments.length === 0, 'proxy', '代理権の書類')
  }
  need(content.filedOn.trim() === '', 'filedOn', '届出年月日')
  need(
    kind.occurred !== null && content.occurredOn.trim() === '',
    'occurredOn',
    kind.occurred ?? '',
  )
  for (const field of askedFields(kind, content.newcomer))
    need(
      isNeeded(field, content) && isEmpty(content.fields[field.name]),
      `fields.${field.name}`,
      field.label,
    )
  if (kind.asksNumber) {
    need(content.numberState === 'written' && !numberHeld, 'individualNumber', '個人番号')
    need(
      content.numberState !== 'written' && content.numberReason.trim() === '',
      'numberReason',
      '番号のないわけ',
    )
    need(
      content.numberState === 'written' && content.numberCheck === '',
      'numberCheck',
      '番号の確認',
    )
  }
  const withPhotograph = content.identityCheck.some(
    (one) => kinds.identityDocuments.find(({ value }) => value === one)?.photograph,
  )
  const seen = content.identityCheck.length
  need(!withPhotograph && seen < 2, 'identityCheck', seen === 1 ? '身元 あと1点' : '身元の確認')
  for (const { code, name, required } of kind.documents)
    need(required && !content.documents.includes(code), 'documents', name)
  return lacking
}

/** 市区町村が要るか — a counter is its own; the union's seat says for which one it takes a newcomer in. */
const lacksMunicipality = (content: IntakeContent, kinds: FilingKinds): boolean =>
  content.newcomer && kinds.municipalities.length > 0 && (content.municipality ?? '') === ''

/** 読めないところ — what cannot be sent at all; what is missing or wrong otherwise the union says. */
export function unreadable(
  content: IntakeContent,
  kind: FilingKind,
  kinds: FilingKinds,
): readonly FilingFault[] {
  const faults: FilingFault[] = []
  const fault = (at: string, sentence: string) =>
    faults.push({ at, code: 'unreadable', sentence, next: [] })
  const day = (at: string, label: string, text: string) => {
    const { sentence } = readDay(text)
    if (sentence !== null) fault(at, `${label}: ${sentence}`)
  }
  if (content.person === null && !content.newcomer)
    fault('person', 'だれのことかを選んでください。記録のない人なら「記録のない人」を選びます。')
  if (content.newcomer && !/^\d{1,15}$/.test(numberText(content.addresseeNumber)))
    fault('person', '宛名番号を入れてください。この市区町村の宛名番号で、15けたまでの数字です。')
  if (lacksMunicipality(content, kinds))
    fault(
      'municipality',
      'どの市区町村の人かを選んでください。宛名番号は、その市区町村のものです。',
    )
  if (content.filer === '') fault('filer', '来た人を選んでください。')
  if (content.filedOn.trim() === '') fault('filedOn', '届出年月日を入れてください。')
  day('filedOn', '届出年月日', content.filedOn)
  if (kind.occurred !== null) day('occurredOn', kind.occurred, content.occurredOn)
  for (const field of askedFields(kind, content.newcomer)) {
    const value = content.fields[field.name]
    const at = `fields.${field.name}`
    if (isEmpty(value)) continue
    if (field.type === 'date' && typeof value === 'string') day(at, field.label, value)
    if (field.type === 'amount' && typeof value === 'string' && readAmount(value) === null)
      fault(at, `${field.label}は、数字だけで入れてください。単位は${field.unit ?? '円'}です。`)
    if (field.type === 'periods' && Array.isArray(value))
      for (const [index, period] of (value as readonly TypedPeriod[]).entries())
        if (readDay(period.from).day === null || readDay(period.until).day === null)
          fault(at, `${field.label}の${index + 1}つめの、始まりと終わりの日を入れてください。`)
  }
  return faults
}

function numberText(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '')
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** 送る形 — with the number, if there is one, beside it; call only when nothing is `unreadable`. */
export function filedContent(
  content: IntakeContent,
  kind: FilingKind,
  individualNumber: string | null,
): FiledContent {
  const written = kind.asksNumber && content.numberState === 'written'
  return {
    kind: content.kind,
    person: content.newcomer ? null : content.person,
    addresseeNumber: content.newcomer
      ? numberText(content.addresseeNumber).padStart(15, '0')
      : null,
    municipality: content.newcomer ? (content.municipality ?? '') || null : null,
    filedOn: readDay(content.filedOn).day ?? '',
    occurredOn: kind.occurred === null ? null : readDay(content.occurredOn).day,
    filer: content.filer,
    proxy: isRepresented(content.filer)
      ? {
          name: content.proxyName.trim(),
          relation: content.proxyRelation.trim(),
          documents: [...content.proxyDocuments],
        }
      : null,
    fields: Object.fromEntries(
      askedFields(kind, content.newcomer)
        .filter((field) => !isEmpty(content.fields[field.name]))
        .map((field) => [field.name, fieldValue(field, content.fields[field.name] ?? '')]),
    ),
    numberState: kind.asksNumber ? content.numberState : 'blank',
    numberReason: kind.asksNumber && !written ? orNull(content.numberReason) : null,
    individualNumber: written ? individualNumber : null,
    numberCheck: written ? orNull(content.numberCheck) : null,
    identityCheck: [...content.identityCheck],
    documents: [...content.documents],
  }
}

/** 項目の値 — a typed value as the union takes it. */
export function fieldValue(field: FilingField, value: Typed): FilingFieldValue {
  switch (field.type) {
    case 'date':
      return typeof value === 'string' ? readDay(value).day : null
    case 'amount':
      return typeof value === 'string' ? readAmount(value) : null
    case 'periods':
      return (value as readonly TypedPeriod[]).map((period) => ({
        from: readDay(period.from).day ?? '',
        until: readDay(period.until).day ?? '',
        place: period.place.trim(),
      }))
    case 'address': {
      const typed = value as TypedAddress
      const postal = numberText(typed.postalCode)
      return {
        postalCode: orNull(postal),
        prefecture: typed.prefecture.trim(),
        municipalityName: typed.municipalityName.trim(),
        town: typed.town.trim(),
        houseNumber: orNull(typed.houseNumber),
        building: orNull(typed.building),
      }
    }
    case 'boolean':
      return value === true
    case 'text':
    case 'choice':
      return typeof value === 'string' ? value.trim() : null
  }
}

/** 項目を読む言い方 — what was entered, as it is read back before it is sent. */
export function fieldText(field: FilingField, value: Typed | undefined): string {
  if (value === undefined || isEmpty(value)) return field.type === 'boolean' ? 'いいえ' : '(空)'
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'string') {
    if (field.type === 'choice')
      return field.choices?.find((one) => one.value === value)?.label ?? value
    if (field.type === 'amount') return `${value.trim()}${field.unit ?? ''}`
    return value.trim()
  }
  if (Array.isArray(value))
    return (value as readonly TypedPeriod[])
      .map(({ from, until, place }) => `${from}から${until}まで ${place}`.trim())
      .join('、')
  const typed = { ...noAddress, ...(value as TypedAddress) }
  return [
    typed.postalCode === '' ? '' : `〒${typed.postalCode}`,
    `${typed.prefecture}${typed.municipalityName}${typed.town}${typed.houseNumber}`,
    typed.building,
  ]
    .filter((part) => part !== '')
    .join(' ')
}
