import { hash } from 'node:crypto'
import type { PlainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { misuse, type Transaction } from '@koiki/store'
import type { Register } from '../entitlement.ts'
import { type Intake, insertOneRecord, type OneRecord, type PlacedRecord } from './applyRecords.ts'
import { applyHouseholds } from './households.ts'
import { recordColumns } from './staging.ts'

/**
 * 窓口で聞いた事実 — what a filing tells of a resident. What is left out stays as last known; null takes it away.
 * `token` stands for 個人番号, which the caller has sealed into the vault.
 */
export type CounterFacts = {
  /** 届出年月日 */
  readonly filedOn: PlainDate
  /** 異動年月日 */
  readonly changedOn: PlainDate
  /** 異動事由, in the codes of 住民基本台帳情報. */
  readonly changeReason: string
  readonly register?: Register
  readonly token?: string | null
  readonly householdNumber?: string | null
  readonly relationship?: string | null
  readonly name?: string
  readonly nameKana?: string | null
  readonly alias?: string | null
  readonly formerName?: string | null
  readonly birthDate?: PlainDate
  readonly birthDateUnknown?: string | null
  readonly birthDateText?: string | null
  readonly sex?: string
  readonly postalCode?: string | null
  readonly townCode?: string | null
  readonly prefecture?: string | null
  readonly municipalityName?: string | null
  readonly town?: string | null
  readonly houseNumber?: string | null
  readonly building?: string | null
  readonly residentKind?: string | null
  readonly stayUntil?: PlainDate | null
  readonly residentFrom?: PlainDate
  /** 住民状態: 1 現存, 2 消除. */
  readonly status?: '1' | '2'
  readonly removedOn?: PlainDate | null
  readonly movedFrom?: string | null
  readonly movedTo?: string | null
  /** 適用除外区分: 0 なし, 1 生活保護, 2 支援給付. */
  readonly exclusionKind?: '0' | '1' | '2'
  readonly exclusionFrom?: PlainDate | null
  readonly exclusionUntil?: PlainDate | null
  readonly registeredAt?: string | null
  readonly nonRegisteredKind?: string | null
  readonly representative?: string | null
}

/** 窓口の記録 — of a resident who is known, or of one whom the municipality names by 宛名番号. */
export type CounterRecord = {
  readonly resident:
    | { readonly residentKey: number }
    | { readonly municipality: string; readonly addresseeNumber: string }
  readonly facts: CounterFacts
  readonly receiptNumber: string
}

const columns: Readonly<Record<Exclude<keyof CounterFacts, 'filedOn' | 'register'>, string>> = {
  changedOn: 'changed_on',
  changeReason: 'change_reason',
  token: 'token',
  householdNumber: 'household_number',
  relationship: 'relationship',
  name: 'name',
  nameKana: 'name_kana',
  alias: 'alias',
  formerName: 'former_name',
  birthDate: 'birth_date',
  birthDateUnknown: 'birth_date_unknown',
  birthDateText: 'birth_date_text',
  sex: 'sex',
  postalCode: 'postal_code',
  townCode: 'town_code',
  prefecture: 'prefecture_name',
  municipalityName: 'municipality_name',
  town: 'town_name',
  houseNumber: 'house_number',
  building: 'building',
  residentKind: 'resident_kind',
  stayUntil: 'stay_until',
  residentFrom: 'resident_from',
  status: 'status',
  removedOn: 'removed_on',
  movedFrom: 'moved_from_municipality',
  movedTo: 'moved_to_municipality',
  exclusionKind: 'exclusion_kind',
  exclusionFrom: 'exclusion_from',
  exclusionUntil: 'exclusion_until',
  registeredAt: 'registered_at_municipality',
  nonRegisteredKind: 'non_registered_kind',
  representative: 'representative',
}

/** Carried over untouched: a counter says nothing of 支援措置, and merges are the register's own. */
const kept = [
  'support_kind',
  'support_from',
  'support_until',
  'non_disclosure',
  'self_provision_disabled',
  'merged_into_addressee_number',
]

/** Without these there is no record of a resident. */
const needed = {
  name: '氏名',
  birth_date: '生年月日',
  sex: '性別',
  resident_from: '住民となった日',
} as const

/** A resident of whom nothing is known yet. */
const blank: Readonly<Record<string, unknown>> = {
  status: '1',
  support_kind: '0',
  exclusion_kind: '0',
}

/**
 * 窓口の記録を積む — what a filing tells of a resident joins the history as one more version, which the rules read
 * like any other, and is what now holds until the register tells something operated on or after 届出年月日.
 * Creates the resident where the 宛名番号 is new. Returns the resident key; the caller leaves the audit
 * entry and decides (`decideNow`).
 */
export async function applyCounterRecord(tx: Transaction, record: CounterRecord): Promise<number> {
  const { facts, receiptNumber } = record
  const known = await lockResident(tx, record.resident)
  const { municipality, addresseeNumber } = known
  const content: Record<string, unknown> = { ...(known.content ?? blank) }
  for (const [name, column] of Object.entries(columns)) {
    const said = facts[name as keyof CounterFacts]
    if (said !== undefined) content[column] = said
  }
  const missing = Object.entries(needed).filter(([column]) => (content[column] ?? null) === null)
  if (missing.length > 0)
    throw misuse(
      `初めて届け出る住民の記録に、${missing.map(([, name]) => name).join('・')}がありません。届書で確かめて入力してください。`,
    )
  const register = facts.register ?? known.register ?? 'residentRegister'
  const intake: Intake = {
    municipality,
    register,
    source: { receiptNumber, filedOn: facts.filedOn },
    now: tx.now,
    today: tx.today,
  }
  const { token, ...rest } = content
  const staged = stagedRecord(
    { ...rest, addressee_number: addresseeNumber, operated_on: facts.filedOn },
    token ?? null,
    hash('sha256', JSON.stringify(rest), 'hex').slice(0, 32),
  )
  const placed = await insertOneRecord(tx, intake, staged)
  const housed = content.household_number !== null && content.household_number !== undefined
  if (register === 'residentRegister' && housed && typeof content.relationship === 'string') {
    const { head } = 住民基本台帳情報.households!
    await applyHouseholds(tx, municipality, head, placedRecord(staged, placed))
    await tx.run('drop table household_change')
  }
  return placed.residentKey
}

/** The record as `staged`. */
const stagedRecord =
  (content: Readonly<Record<string, unknown>>, token: unknown, digest: string): OneRecord =>
  (first) => ({
    expressions: [
      `staged as (select 1 as line, $${first}::uuid as token, decode($${first + 1}::text, 'hex') as digest,
         ${recordColumns.map(({ name, type }, at) => `$${first + 2 + at}::${type} as ${name}`).join(', ')})`,
    ],
    values: [token, digest, ...recordColumns.map(({ name }) => content[name] ?? null)],
  })

/** And where it came to stand, as `placed`. */
const placedRecord =
  (staged: OneRecord, { residentKey, fresh, version, beforeVersion }: PlacedRecord): OneRecord =>
  (first) => {
    const { expressions, values } = staged(first)
    const at = first + values.length
    return {
      expressions: [
        ...expressions,
        `placed as (select 1 as line, $${at}::bigint as resident_key, $${at + 1}::boolean as fresh,
           $${at + 2}::integer as version, $${at + 3}::integer as before_version, false as late)`,
      ],
      values: [...values, residentKey, fresh, version, beforeVersion],
    }
  }

/**
 * 住民を押さえる — two who tell of one resident, or a file that is just changing it, come one after the other; a new 宛名番号
 * is taken, so that nobody makes a second resident of it. Of other residents nobody waits for anybody.
 */
async function lockResident(tx: Transaction, resident: CounterRecord['resident']): Promise<Known> {
  if (!('residentKey' in resident)) {
    const isNew = await tx.run(
      `insert into eligibility.resident_directory
         (municipality_code, addressee_number, union_code, resident_key)
       select $1::text, $2::text, $3::smallint,
              $3::bigint * 10000000000 + nextval('eligibility.resident_number')
        where not exists (select from eligibility.resident_directory
                           where municipality_code = $1::text and addressee_number = $2::text)
       on conflict (municipality_code, addressee_number) do nothing`,
      [resident.municipality, resident.addresseeNumber, tx.scope!.union],
    )
    if (isNew === 1) return { ...resident, register: null, content: null }
  }
  const where =
    'residentKey' in resident
      ? 'resident_key = $1::bigint'
      : `resident_key = (select resident_key from eligibility.resident_directory
                          where municipality_code = $1::text and addressee_number = $2::text)`
  const values =
    'residentKey' in resident
      ? [resident.residentKey]
      : [resident.municipality, resident.addresseeNumber]
  await tx.run(`select from eligibility.resident where ${where} for update`, values)
  return findKnown(tx, resident)
}

type Known = {
  readonly municipality: string
  readonly addresseeNumber: string
  readonly register: Register | null
  readonly content: Readonly<Record<string, unknown>> | null
}

async function findKnown(tx: Transaction, resident: CounterRecord['resident']): Promise<Known> {
  const by =
    'residentKey' in resident
      ? { where: 'r.resident_key = $1::bigint', values: [resident.residentKey] }
      : {
          where: `r.resident_key = (
                    select resident_key from eligibility.resident_directory
                     where municipality_code = $1::text and addressee_number = $2::text)`,
          values: [resident.municipality, resident.addresseeNumber],
        }
  const row = await tx.maybe<Record<string, unknown>>(
    `select r.municipality_code, r.addressee_number, c.register, c.change_reason, c.changed_on,
            ${[...Object.values(columns), ...kept]
              .filter((name) => !['token', 'changed_on', 'change_reason'].includes(name))
              .map((name) => `c.${name}`)
              .join(', ')}
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where ${by.where}`,
    by.values,
  )
  if (row !== null) {
    const { municipality_code, addressee_number, register, ...content } = row
    return {
      municipality: municipality_code as string,
      addresseeNumber: addressee_number as string,
      register: register === 1 ? 'residentRegister' : 'nonRegistered',
      content,
    }
  }
  if ('residentKey' in resident) throw misuse('届書の住民が見つかりません。')
  return { ...resident, register: null, content: null }
}
