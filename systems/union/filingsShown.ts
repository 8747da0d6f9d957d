import {
  type Answer,
  acquisitionGrounds,
  type ComparedEntry,
  causeNames,
  chosenByTwo,
  type DifferenceRow,
  type Entitlement,
  type Field,
  type FieldValue,
  type FiledAddress,
  type FiledPeriod,
  type FilingContent,
  type FilingEvent,
  filerNames,
  filingKinds,
  filingStates,
  filingTerm,
  type findInquiries,
  identityDocuments,
  type FilingKind as Kind,
  kindOf,
  letterVariants,
  lossGrounds,
  numberDocuments,
  proxyDocuments,
  type QueueRow,
  readable,
} from '@koiki/eligibility'
import { daysBetween, formatWareki, type PlainDate, parsePlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import type {
  Difference,
  Filing,
  FilingEvent as FilingEventShown,
  FilingKinds,
  FilingRow,
  FormerInsurerInquiry,
  TimelinePiece,
} from './api/filings.ts'
import { dayInJapan } from './instants.ts'
import { municipalityName } from './places.ts'
import { packUuid } from './reference.ts'
import type { Call } from './route.ts'

type AnyCall = Call<never, never> | Call

/** 届書の種類 — every kind with its fields, for a desk to draw. */
export function kindsShown(
  today: PlainDate,
  municipalities: readonly { readonly code: string; readonly name: string }[],
): z.infer<typeof FilingKinds> {
  const termDays = filingTerm.on(today).value
  const choices = (table: object): { value: string; label: string }[] =>
    Object.entries(table).map(([value, label]) => ({
      value,
      label: typeof label === 'string' ? label : (label as { name: string }).name,
    }))
  return {
    kinds: (Object.keys(filingKinds) as Kind[]).map((kind) => {
      const facts = kindOf(kind)
      const { name, article, unverified, term, occurred, filers, newcomers, number, ...rest } =
        facts
      return {
        kind,
        name,
        article,
        unverified,
        termDays: term ? termDays : null,
        occurred,
        newcomers,
        asksNumber: number,
        filers: filers.map((value) => ({ value, label: filerNames[value] })),
        fields: Object.entries(rest.fields).map(([field, of]) => ({
          name: field,
          label: of.label,
          type: of.type,
          unit: of.unit ?? null,
          required: of.required === true,
          requiredWhen:
            typeof of.required === 'boolean'
              ? null
              : { field: of.required.field, in: [...of.required.in] },
          newcomerOnly: of.newcomer === true,
          choices: of.choices === undefined ? null : choices(of.choices),
          help: of.help,
        })),
        documents: Object.entries(rest.documents).map(([code, of]) => ({ code, ...of })),
        leadsTo: [...rest.leadsTo],
      }
    }),
    municipalities: [...municipalities],
    numberDocuments: choices(numberDocuments),
    identityDocuments: Object.entries(identityDocuments).map(([value, of]) => ({
      value,
      label: of.name,
      photograph: of.photograph,
    })),
    proxyDocuments: choices(proxyDocuments),
    numberStates: [
      { value: 'written', label: '記載' },
      { value: 'blank', label: '空欄' },
      { value: 'refused', label: '記載を拒んだ' },
      { value: 'unknown', label: '分からない' },
    ],
    letterVariants: [...letterVariants],
  }
}

export const filingReference = (call: AnyCall, filingId: string): string =>
  call.references.write('filing', packUuid(filingId))

const personReference = (call: AnyCall, subjectKey: number | null): string | null =>
  subjectKey === null ? null : call.references.write('person', BigInt(subjectKey))

export function rowShown(tx: Transaction, call: AnyCall, row: QueueRow): z.infer<typeof FilingRow> {
  const open =
    row.state === 'incomplete' || row.state === 'examining' || row.state === 'awaitingCheck'
  return {
    filing: filingReference(call, row.filingId),
    receiptNumber: row.receiptNumber,
    kind: row.kind,
    kindName: kindOf(row.kind).name,
    person: personReference(call, row.subjectKey),
    name: row.name,
    kana: row.nameKana,
    birth: row.birthDate === null ? null : formatWareki(row.birthDate),
    municipality: municipalityName(row.municipality),
    handleWithCare: row.underSupportMeasure,
    state: row.state,
    stateName: filingStates[row.state],
    reconciliation: row.reconciliation,
    filedOn: row.filedOn,
    receivedAt: row.receivedAt,
    ageDays: daysBetween(dayInJapan(row.receivedAt) as PlainDate, tx.today),
    dueOn: row.dueOn,
    overdue: open && row.dueOn < tx.today,
    assignee:
      row.assignee === null
        ? null
        : {
            account: call.references.write('account', packUuid(row.assignee)),
            name: row.assigneeName ?? '',
            me: row.assignee === call.session.actor.id,
          },
    version: row.version,
  }
}

/** 2人の入力 — as one reads them; whoever is neither of the two does not see them. */
export function comparedShown(
  kind: Kind,
  compared: readonly ComparedEntry[],
): z.infer<typeof Filing>['compared'] {
  const { fields } = kindOf(kind)
  return compared.map(({ item, label, first, second }) => {
    const field = fields[item]
    const read = (value: string | null): string | null =>
      value === null || field === undefined ? value : valueText(value, field)
    return { item, label, first: read(first), second: read(second), differs: first !== second }
  })
}

/** 答え — the parts that every answer of a filing shares. */
export function answerShown(answer: Answer) {
  return {
    answer: answer.answer,
    title: answer.title,
    reasons: [...answer.reasons],
    missing: [...answer.missing],
    warnings: [...answer.warnings],
    decisions: [...answer.decisions],
    moves: [...answer.moves],
    appeal: answer.appeal,
  }
}

/** 資格の並び — a counter reads its own name; where else a person was or is, it is not told. */
export function timelineShown(
  call: AnyCall,
  rights: readonly Entitlement[],
): z.infer<typeof TimelinePiece>[] {
  const { municipality: office } = call.scope
  const named = (code: string): string =>
    office === '*' || office === code ? municipalityName(code) : '別の市区町村'
  return rights.flatMap((right) =>
    right.pieces.map((piece) => ({
      from: piece.from,
      until: piece.until,
      municipality: named(piece.municipality),
      acquired:
        acquisitionGrounds.find(right.acquiredOn)?.value[right.groundAcquired].name ??
        right.groundAcquired,
      lost:
        right.groundLost === null || right.lostOn === null || piece.until !== right.lostOn
          ? null
          : (lossGrounds.find(right.lostOn)?.value[right.groundLost].name ?? right.groundLost),
    })),
  )
}

/** What would tell where a person under 支援措置 is: not sent at all. */
const telling = [
  'certifiedIssuer',
  'formerInsurerName',
  'insurerNumber',
  'insurerUnion',
  'movedTo',
  'movedFrom',
  'facilityName',
  'recipientName',
  'nextInsurer',
]

/** A stay names its hospital, and nobody knows what a reason in free words names. */
const tells = (name: string, { type }: Field): boolean =>
  type === 'address' ||
  type === 'periods' ||
  telling.includes(name) ||
  (type === 'text' && (name === 'reason' || name === 'cause'))

const withheldText = '(取扱注意のため表示していません)'

export function contentShown(
  content: FilingContent,
  row: QueueRow,
  numberHeld: boolean,
): z.infer<typeof Filing>['content'] {
  const kind = kindOf(content.kind)
  return {
    filedOn: content.filedOn,
    occurredOn: content.occurredOn,
    filer: filerNames[content.filer],
    proxy:
      content.proxy === null
        ? null
        : {
            ...content.proxy,
            documents: content.proxy.documents.map((one) => proxyDocuments[one]),
          },
    fields: Object.entries(kind.fields)
      .filter(([name]) => content.fields[name] !== undefined && content.fields[name] !== null)
      .map(([name, field]) => {
        const withheld = row.underSupportMeasure && tells(name, field)
        const value = content.fields[name] as FieldValue
        return {
          name,
          label: field.label,
          value: withheld ? null : mutable(value),
          text: withheld ? withheldText : valueText(value, field),
          withheld,
        }
      }),
    numberState: content.numberState,
    numberReason: content.numberReason,
    numberHeld,
    numberCheck: content.numberCheck === null ? null : numberDocuments[content.numberCheck],
    identityCheck: content.identityCheck.map((one) => identityDocuments[one].name),
    documents: Object.entries(kind.documents).map(([code, { name }]) => ({
      code,
      name,
      shown: content.documents.includes(code),
    })),
  }
}

type Shown = z.infer<typeof Filing>['content']['fields'][number]['value']

const mutable = (value: FieldValue): Shown =>
  Array.isArray(value)
    ? (value as readonly FiledPeriod[]).map((one) => ({ ...one }))
    : (value as Exclude<FieldValue, readonly FiledPeriod[]>)

function valueText(
  value: FieldValue,
  field: { readonly type: string; readonly unit?: string; readonly choices?: object },
): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'number') return `${value.toLocaleString('ja-JP')}${field.unit ?? ''}`
  if (Array.isArray(value))
    return (value as readonly FiledPeriod[])
      .map(({ from, until, place }) => `${formatWareki(from)}〜${formatWareki(until)} ${place}`)
      .join('、')
  if (typeof value === 'object') {
    const {
      prefecture,
      municipalityName: place,
      town,
      houseNumber,
      building,
    } = value as FiledAddress
    return [prefecture, place, town, houseNumber, building].filter(Boolean).join('')
  }
  if (field.type === 'choice')
    return (field.choices as Readonly<Record<string, string>> | undefined)?.[value as string] ?? ''
  const day = field.type === 'date' ? parsePlainDate(value as string) : null
  return day === null ? (value as string) : formatWareki(day)
}

const actNames: Readonly<Record<FilingEvent['act'], string>> = {
  received: '受け付けた',
  supplemented: '補った',
  decided: '審査した',
  assigned: '担当を決めた',
  checked: '2人目が確かめた',
  withdrawn: '取り下げた',
  cancelled: '取り消した',
  insurerAnswered: '前の保険者の答えを入れた',
  reconciled: '突き合わせた',
}

export const actName = (act: FilingEvent['act']): string => actNames[act]

export function eventShown(
  call: AnyCall,
  event: FilingEvent,
  hidden: boolean,
): z.infer<typeof FilingEventShown> {
  const answer = hidden ? null : (event.answer as Answer | null)
  return {
    version: event.version,
    act: event.act,
    actName: actNames[event.act],
    state: event.state,
    stateName: filingStates[event.state],
    at: event.at,
    by: event.accountName,
    mine: event.account === call.session.actor.id,
    note: event.note,
    reasons: [...(answer?.reasons ?? [])],
    missing: [...(answer?.missing ?? [])],
    decisions: [...(answer?.decisions ?? [])],
  }
}

export const inquiryShown = (
  one: Awaited<ReturnType<typeof findInquiries>>[number],
  { underSupportMeasure }: Pick<QueueRow, 'underSupportMeasure'>,
): z.infer<typeof FormerInsurerInquiry> => ({
  insurer: underSupportMeasure ? withheldText : one.insurer,
  askedOn: dayInJapan(one.askedAt),
  askedBy: one.askedBy,
  answer: one.answer,
  lostOn: one.lostOn,
  source: one.source,
  answeredOn: one.answeredAt === null ? null : dayInJapan(one.answeredAt),
  answeredBy: one.answeredBy,
})

/** Items that would tell where a person under 支援措置 is. */
const tellingItems = ['住所', '転入前市区町村コード', '転出先市区町村コード']

export function differenceShown(call: AnyCall, one: DifferenceRow): z.infer<typeof Difference> {
  const withheld = one.underSupportMeasure && tellingItems.includes(one.item)
  const glyph = one.cause === 'glyph' && one.counter !== null && one.register !== null
  return {
    difference: call.references.write('difference', packUuid(one.differenceId)),
    filing: filingReference(call, one.filingId),
    receiptNumber: one.receiptNumber,
    kindName: kindOf(one.kind).name,
    person: personReference(call, one.subjectKey),
    name: one.name,
    municipality: municipalityName(one.municipality),
    item: one.item,
    counter: withheld ? null : readable(one.item, one.counter),
    register: withheld ? null : readable(one.item, one.register),
    codePoints:
      glyph && !withheld
        ? { counter: codePoints(one.counter), register: codePoints(one.register) }
        : null,
    withheld,
    cause: (causeNames as Readonly<Record<string, string>>)[one.cause] ?? one.cause,
    causeCode: one.cause,
    foundAt: one.foundAt,
    twoPersons: chosenByTwo(one.item) ? choicesShown(call, one) : null,
    resolution:
      one.take === null
        ? null
        : { take: one.take, note: one.note ?? '', by: one.by ?? '', at: one.resolvedAt ?? '' },
  }
}

/**
 * Who has chosen is told at once; which side, only to those who have chosen, and only when two have: nobody is to
 * follow another.
 */
function choicesShown(
  call: AnyCall,
  { choices, take: settled }: DifferenceRow,
): z.infer<typeof Difference>['twoPersons'] {
  const me = call.session.actor.id
  const told = choices.length > 1 && choices.some(({ account }) => account === me)
  return {
    waiting: choices.length > 0 && settled === null,
    chosen: choices.map(({ by, account, at, take }) => ({
      by,
      mine: account === me,
      at,
      take: told ? take : null,
    })),
  }
}

const codePoints = (text: string | null): string =>
  [...(text ?? '')]
    .map(
      (letter) =>
        `U+${(letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`,
    )
    .join(' ')
