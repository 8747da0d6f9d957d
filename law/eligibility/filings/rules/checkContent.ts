import {
  checkNumber,
  eras,
  formatWareki,
  insurerNumberCheckDigit,
  type PlainDate,
  parsePlainDate,
} from '@koiki/kernel'
import { filingTerm } from '../../law/filingTerm.ts'
import { identityDocuments, numberDocuments, proxyDocuments } from '../documents.ts'
import type {
  Fault,
  Field,
  FieldValue,
  FiledAddress,
  FiledPeriod,
  FilingContent,
} from '../filing.ts'
import { filerNames, kindOf } from '../kinds.ts'
import { checkPlaces, type OfficePlace } from './checkPlaces.ts'
import { fault } from './fault.ts'

/**
 * 届書の項目の検査 — every field at once: what is missing, what is not of its type, what does not fit the
 * others. A value that could be read in two ways is refused, never guessed.
 */
export function checkContent(
  content: FilingContent,
  {
    today,
    newcomer,
    place = null,
  }: {
    readonly today: PlainDate
    readonly newcomer: boolean
    /** Null where the office is none that the installation knows by name. */
    readonly place?: OfficePlace | null
  },
): readonly Fault[] {
  const kind = kindOf(content.kind)
  return [
    ...days(content, today),
    ...unwritable(content),
    ...(place === null ? [] : checkPlaces(content, place)),
    ...intake(content),
    ...unknownFields(content),
    ...burdenCertificate(content),
    ...Object.entries(kind.fields).flatMap(([name, field]) =>
      ofField(name, field, content, newcomer),
    ),
    ...(newcomer && !kind.newcomers
      ? [
          fault(
            'person',
            'personUnknown',
            'この届書は、記録のある人にだけ使えます。F2で人をさがして選んでください。',
          ),
        ]
      : []),
  ]
}

function days({ kind, filedOn, occurredOn }: FilingContent, today: PlainDate): readonly Fault[] {
  const { occurred } = kindOf(kind)
  const faults: Fault[] = []
  if (parsePlainDate(filedOn) === null)
    faults.push(fault('filedOn', 'notADay', '届出年月日が暦にない日です。入れ直してください。'))
  else if (filedOn < firstDay)
    faults.push(fault('filedOn', 'beforeLaw', `届出年月日が、${beforeLaw}`))
  else if (filedOn > today)
    faults.push(
      fault(
        'filedOn',
        'inFuture',
        `届出年月日が今日(${formatWareki(today)})より後です。受け付けた日を入れてください。`,
      ),
    )
  if (occurred === null) {
    if (occurredOn !== null)
      faults.push(
        fault('occurredOn', 'notAsked', 'この届書に事由発生日はありません。空にしてください。'),
      )
    return faults
  }
  if (occurredOn === null)
    faults.push(
      fault(
        'occurredOn',
        'required',
        `${occurred}を入れてください。分からなければ、届出人に確かめてください。`,
      ),
    )
  else if (parsePlainDate(occurredOn) === null)
    faults.push(fault('occurredOn', 'notADay', `${occurred}が暦にない日です。入れ直してください。`))
  else if (occurredOn < firstDay)
    faults.push(fault('occurredOn', 'beforeLaw', `${occurred}が、${beforeLaw}`))
  else if (occurredOn > filedOn)
    faults.push(
      fault(
        'occurredOn',
        'afterFiling',
        `${occurred}が届出年月日より後です。まだ起きていないことは届け出られません。日付を確かめてください。`,
      ),
    )
  return faults
}

/** 制度の始まり — the first day of the first row of 届出の期限. */
const firstDay = filingTerm.rows[0]!.from
const beforeLaw = `制度の始まり(${formatWareki(firstDay)})より前です。日付を確かめてください。`

/** 書けない字 — control characters and halves of characters: nobody typed them, and nothing can keep or print them. */
function unwritable({ fields, proxy, numberReason }: FilingContent): readonly Fault[] {
  const given: readonly [string, unknown][] = [
    ...Object.entries(fields).map(([name, value]): [string, unknown] => [`fields.${name}`, value]),
    ['proxy', proxy],
    ['numberReason', numberReason],
  ]
  return given
    .filter(([, value]) => holdsUnwritable(value))
    .map(([at]) =>
      fault(at, 'unwritable', '書けない字(制御文字など)があります。消して、打ち直してください。'),
    )
}

function holdsUnwritable(value: unknown): boolean {
  if (typeof value === 'string') return /[\p{Cc}\p{Cs}]/u.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(holdsUnwritable)
}

function intake(content: FilingContent): readonly Fault[] {
  const kind = kindOf(content.kind)
  const faults: Fault[] = []
  if (!kind.filers.includes(content.filer))
    faults.push(
      fault(
        'filer',
        'filerNotAllowed',
        `この届書を出せるのは、${kind.filers.map((one) => filerNames[one]).join('・')}です。`,
      ),
    )
  const represented = content.filer === 'proxy' || content.filer === 'legal'
  if (represented && (content.proxy === null || content.proxy.name.trim() === ''))
    faults.push(fault('proxy', 'required', '代理人の氏名と本人との関係を入れてください。'))
  if (!represented && content.proxy !== null)
    faults.push(
      fault(
        'proxy',
        'notAsked',
        '代理人でない人の届出に、代理人の欄があります。来た人を選び直してください。',
      ),
    )
  if (!kind.number && content.numberState !== 'blank')
    faults.push(
      fault(
        'numberState',
        'notAsked',
        'この届書に個人番号欄はありません。番号は入れないでください。',
      ),
    )
  if (
    kind.number &&
    content.numberState !== 'written' &&
    (content.numberReason ?? '').trim() === ''
  )
    faults.push(
      fault(
        'numberReason',
        'required',
        '個人番号の記載がないわけを入れてください。記載がなくても受け付けます。',
      ),
    )
  const known: readonly [string, readonly string[], object][] = [
    ['identityCheck', content.identityCheck, identityDocuments],
    ['numberCheck', content.numberCheck === null ? [] : [content.numberCheck], numberDocuments],
    ['proxy.documents', content.proxy?.documents ?? [], proxyDocuments],
    ['documents', content.documents, kind.documents],
  ]
  for (const [at, given, table] of known)
    for (const one of given)
      if (!Object.hasOwn(table, one))
        faults.push(fault(at, 'unknownChoice', '一覧にない書類があります。選び直してください。'))
  return faults
}

/** The share that goes with each 限度区分. */
const certifiedTenths: Readonly<Record<string, string>> = {
  active3: '3',
  active2: '3',
  active1: '3',
  general2: '2',
  general1: '1',
  lowIncome2: '1',
  lowIncome1: '1',
}

/** 負担区分等証明書 — its share and its 限度区分 say the same, and it says nothing of days to come. */
function burdenCertificate({ fields, filedOn }: FilingContent): readonly Fault[] {
  const { certifiedTenths: tenths, certifiedCategory, certifiedFrom, certifiedIssuer } = fields
  if (isEmpty(tenths ?? null))
    return [certifiedCategory, certifiedFrom, certifiedIssuer].some((one) => !isEmpty(one ?? null))
      ? [
          fault(
            'fields.certifiedTenths',
            'required',
            '負担区分等証明書の割合を選んでください。証明書がなければ、ほかの欄も空にしてください。',
          ),
        ]
      : []
  const own =
    typeof certifiedCategory === 'string' && Object.hasOwn(certifiedTenths, certifiedCategory)
      ? certifiedTenths[certifiedCategory]
      : undefined
  const faults: Fault[] = []
  if (own !== undefined && own !== tenths)
    faults.push(
      fault(
        'fields.certifiedCategory',
        'contradicts',
        `この限度区分の割合は${own}割です。証明書の割合と限度区分を、もう一度確かめてください。`,
      ),
    )
  if (typeof certifiedFrom === 'string' && certifiedFrom > filedOn)
    faults.push(
      fault(
        'fields.certifiedFrom',
        'inFuture',
        '証明書の適用日が届出年月日より後です。その割合はまだ始まっていません。証明書を確かめてください。',
      ),
    )
  return faults
}

function unknownFields({ kind, fields }: FilingContent): readonly Fault[] {
  const known = kindOf(kind).fields
  return Object.keys(fields)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) =>
      fault(
        `fields.${name}`,
        'unknownField',
        'この届書にない項目です。画面を最新にして(F5)、もう一度してください。',
      ),
    )
}

function ofField(
  name: string,
  field: Field,
  { fields, filedOn }: FilingContent,
  newcomer: boolean,
): readonly Fault[] {
  const at = `fields.${name}`
  const value = fields[name] ?? null
  if (field.newcomer === true && !newcomer)
    return isEmpty(value)
      ? []
      : [
          fault(
            at,
            'notAsked',
            `「${field.label}」は、記録のある人には聞きません。空にしてください。`,
          ),
        ]
  if (isEmpty(value))
    return isRequired(field, fields)
      ? [fault(at, 'required', `「${field.label}」を入れてください。${field.help}`)]
      : []
  const sentence =
    misfitOf(name, field, value) ?? birthMisfit(name, value, filedOn) ?? numberMisfit(name, value)
  return sentence === null ? [] : [fault(at, 'misfit', `「${field.label}」${sentence}`)]
}

export const isEmpty = (value: FieldValue): boolean =>
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

function isRequired(field: Field, fields: FilingContent['fields']): boolean {
  if (typeof field.required === 'boolean') return field.required
  const other = fields[field.required.field]
  return typeof other === 'string' && field.required.in.includes(other)
}

/** Null when the value is of its type. */
function misfitOf(name: string, field: Field, value: FieldValue): string | null {
  switch (field.type) {
    case 'date':
      if (typeof value !== 'string' || parsePlainDate(value) === null)
        return 'が暦にある日ではありません。'
      return value >= firstWritten && value <= lastThinkable
        ? null
        : 'の年がありえない年です。打ちまちがいがないか、確かめてください。'
    case 'text':
      if (typeof value !== 'string') return 'は文字で入れてください。'
      if (value.length > 200) return 'は200文字までです。'
      return textMisfit(name, value)
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(field.choices ?? {}, value)
        ? null
        : 'が選べるものの中にありません。選び直してください。'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'は、はい・いいえで答えてください。'
    case 'amount':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 1e11
        ? null
        : `は、0以上の整数で入れてください(単位は${field.unit ?? '円'})。千円や万円の単位では受け取りません。`
    case 'address':
      return addressMisfit(value)
    case 'periods':
      return periodsMisfit(value)
  }
}

/** The first day that an era can be written of, and a year that no paper names. */
const firstWritten = eras.at(-1)!.from
const lastThinkable = '2199-12-31'

/** 国保の保険者番号は6桁 (法別番号なし)、法別番号のあるものは8桁。 */
function numberMisfit(name: string, value: FieldValue): string | null {
  if (typeof value !== 'string') return null
  if (name === 'insurerUnion')
    return /^(0[1-9]|[1-3][0-9]|4[0-7])$/.test(value) ? null : 'は都道府県番号2桁(01から47)です。'
  if (name !== 'insurerNumber') return null
  const whole = /^[0-9]{6}$/.test(value) ? `00${value}` : value
  return /^[0-9]{8}$/.test(whole) &&
    /^(0[1-9]|[1-3][0-9]|4[0-7])/.test(whole.slice(2)) &&
    insurerNumberCheckDigit(whole.slice(0, 7)) === Number(whole[7])
    ? null
    : 'が保険者番号ではありません。6桁か8桁の番号を、証のとおりに入れてください。'
}

const birthMisfit = (name: string, value: FieldValue, filedOn: PlainDate): string | null =>
  name === 'birthDate' && typeof value === 'string' && value > filedOn
    ? 'が届出年月日より後です。日付を確かめてください。'
    : null

function textMisfit(name: string, value: string): string | null {
  if (name === 'nameKana' && !/^[ァ-ヶー・　 ]+$/.test(value))
    return 'は全角カタカナで入れてください。'
  if ((name === 'movedFrom' || name === 'movedTo') && !checkNumber('municipalityCode', value).valid)
    return 'が正しい市区町村コードではありません。6桁を確かめてください。'
  if (name === 'insurerUnion' && !/^(0[1-9]|[1-3][0-9]|4[0-7])$/.test(value))
    return 'は都道府県番号2桁(01〜47)で入れてください。'
  if (name === 'insurerNumber' && !/^[0-9]{6}([0-9]{2})?$/.test(value))
    return 'は6桁か8桁の数字で入れてください。'
  if (name === 'householdNumber' && !/^[0-9]{1,15}$/.test(value)) return 'は15桁までの数字です。'
  return null
}

function addressMisfit(value: FieldValue): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'は住所の形で入れてください。'
  const { postalCode, prefecture, municipalityName, town } = value as FiledAddress
  if (prefecture?.trim() === '' || municipalityName?.trim() === '' || town?.trim() === '')
    return 'は、都道府県・市区町村・町字まで入れてください。'
  return postalCode === null || /^[0-9]{7}$/.test(postalCode)
    ? null
    : 'の郵便番号は、ハイフンのない7桁で入れてください。'
}

function periodsMisfit(value: FieldValue): string | null {
  if (!Array.isArray(value)) return 'は期間の並びで入れてください。'
  const periods = [...(value as readonly FiledPeriod[])]
  if (
    periods.some(
      ({ from, until }) => parsePlainDate(from) === null || parsePlainDate(until) === null,
    )
  )
    return 'に暦にない日があります。'
  if (periods.some(({ from, until }) => from < firstWritten || until > lastThinkable))
    return 'に、ありえない年の日があります。打ちまちがいがないか、確かめてください。'
  if (periods.some(({ from, until }) => until < from))
    return 'に、終わりが始まりより前の期間があります。'
  if (periods.some(({ place }) => place.trim() === '')) return 'に、病院の名のない期間があります。'
  const sorted = periods.sort((one, other) => (one.from < other.from ? -1 : 1))
  return sorted.some(({ from }, index) => index > 0 && from <= sorted[index - 1]!.until)
    ? 'に、重なる期間があります。同じ日を2度数えないよう、分け直してください。'
    : null
}
