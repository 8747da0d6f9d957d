import { type PlainDate, plainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { Register } from '../entitlement.ts'
import { supportEnd } from '../law/supportEnd.ts'
import { refreshSupportMeasures } from './insuredPersons.ts'

/** 記録の出どころ — the transmission that carried it, or the filing that told it. */
export type Source =
  | { readonly transmissionId: string }
  | { readonly receiptNumber: string; readonly filedOn: PlainDate }

/** 取込みの場面 — whose records, told by whom, known when. */
export type Intake = {
  readonly municipality: string
  readonly register: Register
  readonly source: Source
  readonly now: Instant
  readonly today: string
}

/** 取込みの数 */
export type Applied = { readonly added: number; readonly changed: number }

/** Rows up to which a statement may look up each by an index. */
const loopMax = 2000

const digestOf = (register: Register): string =>
  register === 'residentRegister' ? 'register_digest' : 'non_registered_digest'

/**
 * 置かれた記録の出どころ — the common table expressions `staged` and `placed` of a statement that reads one record told at a
 * counter; its values begin at the place given. A file has temporary tables of these names.
 */
export type OneRecord = (first: number) => {
  readonly expressions: readonly string[]
  readonly values: readonly unknown[]
}

export const noRecord: OneRecord = () => ({ expressions: [], values: [] })

/** The head of a statement: what one record brings, and what the statement itself needs. */
export const withExpressions = (...expressions: readonly string[]): string =>
  expressions.length === 0 ? '' : `with ${expressions.join(',\n')}`

/** The rows of `placed`; $1 is the union, $2 the municipality. */
const placedRows = (digest: string, isTold: boolean): string =>
  `select s.line,
          coalesce(d.resident_key,
                   $1::bigint * 10000000000 + nextval('eligibility.resident_number'))
            as resident_key,
          r.resident_key is null as fresh,
          coalesce(r.current_version + r.late_versions, 0) + 1 as version,
          r.current_version as before_version,
          ${isTold ? 'false' : 'coalesce(s.operated_on < r.counter_filed_on, false)'} as late,
          coalesce(s.token, r.number_token) as number_token,
          r.subject_key
     from staged s
     left join eligibility.resident_directory d
       on d.municipality_code = $2::text and d.addressee_number = s.addressee_number
     left join eligibility.resident r on r.resident_key = d.resident_key
    ${
      isTold
        ? ''
        : `where d.resident_key is null
       or r.${digest} is distinct from s.digest
       or s.operated_on >= r.counter_filed_on
       or (s.token is not null and s.token is distinct from r.number_token
           and coalesce(s.operated_on >= r.counter_filed_on, true))`
    }
    order by s.line`

/**
 * 変わった記録を置く — finds, among the staged rows of a file, new residents and those whose content or number is not
 * what was last received, and gives new residents their keys in the order of the file. Whoever tells of one of them at the
 * same moment comes before or after, and nobody else waits. A register's record
 * operated before the filing that the present state rests on is late: it joins the history and changes
 * nothing else. One operated since then is believed even when it says what it said before.
 */
export async function placeChanges(tx: Transaction, intake: Intake): Promise<Applied> {
  const { rows } = await tx.one<{ rows: number }>('select count(*) as rows from staged')
  // Row-level security hides from the planner how many rows the tables hold; a loop over them for each
  // row of a large file would not end. A small one is better served by indexes.
  await tx.run(`set local enable_nestloop = ${rows > loopMax ? 'off' : 'on'}`)
  await tx.run('analyze staged (line, addressee_number, digest, token, support_kind, status)')
  await tx.run(
    `create temporary table placed on commit drop as ${placedRows(digestOf(intake.register), false)}`,
    [tx.scope!.union, intake.municipality],
  )
  await tx.run('analyze placed')
  const placed = await countPlaced(tx)
  if (placed.added > 0) await claimAddressees(tx, intake, placed.added)
  if (placed.changed > 0 || placed.added > 0) await lockPlaced(tx)
  return countPlaced(tx)
}

const countPlaced = (tx: Transaction): Promise<Applied> =>
  tx.one<Applied>(
    `select count(*) filter (where fresh) as added, count(*) filter (where not fresh) as changed
       from placed`,
  )

/**
 * 宛名番号を取る — each new 宛名番号 is entered once. Whoever enters the same one at this moment is waited for; if they then
 * have made the resident, the row here is a change of it.
 */
async function claimAddressees(tx: Transaction, intake: Intake, fresh: number): Promise<void> {
  const claimed = await tx.run(
    `insert into eligibility.resident_directory
       (municipality_code, addressee_number, union_code, resident_key)
     select $1::text, s.addressee_number, $2::smallint, p.resident_key
       from placed p
       join staged s on s.line = p.line
      where p.fresh
     on conflict (municipality_code, addressee_number) do nothing`,
    [intake.municipality, tx.scope!.union],
  )
  if (claimed === fresh) return
  await tx.run(
    `update placed p
        set resident_key = d.resident_key, fresh = false
       from staged s
       join eligibility.resident_directory d
         on d.municipality_code = $1::text and d.addressee_number = s.addressee_number
      where p.fresh and s.line = p.line and d.resident_key <> p.resident_key`,
    [intake.municipality],
  )
}

/** 変わる住民を押さえる — and see again what a counter has told of them since they were compared. */
async function lockPlaced(tx: Transaction): Promise<void> {
  await tx.run(
    `with held as (
       select r.resident_key, r.current_version, r.late_versions, r.counter_filed_on,
              r.number_token, r.subject_key
         from placed p
         join eligibility.resident r on r.resident_key = p.resident_key
        where not p.fresh
        order by r.resident_key
          for update of r)
     update placed p
        set version = h.current_version + h.late_versions + 1, before_version = h.current_version,
            late = coalesce(s.operated_on < h.counter_filed_on, false),
            number_token = coalesce(s.token, h.number_token), subject_key = h.subject_key
       from held h, staged s
      where p.resident_key = h.resident_key and s.line = p.line
        and (p.version, p.before_version) is distinct from
            (h.current_version + h.late_versions + 1, h.current_version)`,
  )
}

/** 積まれた記録 — where one record told at a counter came to stand. */
export type PlacedRecord = {
  readonly residentKey: number
  readonly fresh: boolean
  readonly version: number
  readonly beforeVersion: number | null
}

/** 記録を積む — the resident's present state, and one more row of history each: what `placeChanges` placed of a file. */
export async function insertRecords(tx: Transaction, intake: Intake): Promise<void> {
  const { text, values } = recording(tx, intake, noRecord)
  await tx.run(`${withExpressions(...text.expressions)} ${text.records}`, values)
}

/**
 * 窓口の記録を積む — one record, placed and recorded at once: it is never late, and always one more version. The counter has
 * locked the resident before it read what is known.
 */
export async function insertOneRecord(
  tx: Transaction,
  intake: Intake,
  staged: OneRecord,
): Promise<PlacedRecord> {
  const placed = `placed as (${placedRows(digestOf(intake.register), true)})`
  const { text, values } = recording(tx, intake, (first) => {
    const { expressions, values: given } = staged(first)
    return { expressions: [...expressions, placed], values: given }
  })
  return tx.one<PlacedRecord>(
    `${withExpressions(...text.expressions, `recorded as (${text.records})`)}
     select resident_key as "residentKey", fresh, version, before_version as "beforeVersion"
       from placed`,
    values,
  )
}

/** Everything goes into one statement: new residents, those that change, and the history of both. */
function recording(
  tx: Transaction,
  intake: Intake,
  record: OneRecord,
): {
  readonly text: { readonly expressions: readonly string[]; readonly records: string }
  readonly values: readonly unknown[]
} {
  const digest = digestOf(intake.register)
  const told = 'receiptNumber' in intake.source ? intake.source : null
  const carried = 'transmissionId' in intake.source ? intake.source : null
  const values = [
    tx.scope!.union,
    intake.municipality,
    intake.today,
    told?.filedOn ?? null,
    intake.register === 'residentRegister' ? 1 : 2,
    carried?.transmissionId ?? null,
    intake.now,
    told?.receiptNumber ?? null,
  ]
  const one = record(values.length + 1)
  const added = `added as (
     insert into eligibility.resident
       (resident_key, union_code, municipality_code, addressee_number, current_version,
        ${digest}, number_token, subject_key, decide_on, counter_filed_on)
     select p.resident_key, $1::smallint, $2::text, s.addressee_number, 1,
            case when $4::date is null then s.digest end, p.number_token, null, $3::date, $4::date
       from placed p
       join staged s on s.line = p.line
      where p.fresh)`
  // What a register last sent stays the measure of what it sends next; a filing does not touch it.
  const changed = `changed as (
     update eligibility.resident r
        set current_version = case when p.late then r.current_version else p.version end,
            late_versions = case when p.late then r.late_versions + 1 else 0 end,
            counter_filed_on = case when p.late then r.counter_filed_on else $4::date end,
            ${digest} = ${told === null ? 's.digest' : `r.${digest}`},
            number_token = case when p.late then r.number_token else p.number_token end,
            decide_on = $3::date
       from placed p
       join staged s on s.line = p.line
      where r.resident_key = p.resident_key and not p.fresh)`
  const records = `
     insert into eligibility.resident_record
       (resident_key, version, union_code, municipality_code, register, transmission_id, line,
        receipt_number, recorded_at, changed_on, change_reason, operated_on, digest, number_token,
        household_number, relationship, name, name_kana, alias, former_name,
        birth_date, birth_date_unknown, birth_date_text, sex,
        postal_code, town_code, prefecture_name, municipality_name, town_name, house_number,
        building, resident_kind, stay_until, resident_from, status, removed_on,
        moved_from_municipality, moved_to_municipality, support_kind, support_from, support_until,
        non_disclosure, self_provision_disabled,
        exclusion_kind, exclusion_from, exclusion_until, registered_at_municipality,
        non_registered_kind, representative, merged_into_addressee_number)
     select p.resident_key, p.version, $1::smallint, $2::text, $5::smallint, $6::uuid,
            case when $8::text is null then s.line end, $8::text,
            $7::timestamptz, coalesce(s.changed_on, s.resident_from, s.operated_on),
            coalesce(s.change_reason, '00'), s.operated_on, s.digest, p.number_token,
            s.household_number, s.relationship, s.name, s.name_kana, s.alias, s.former_name,
            s.birth_date, s.birth_date_unknown, s.birth_date_text, s.sex,
            s.postal_code, s.town_code, s.prefecture_name, s.municipality_name, s.town_name,
            s.house_number, s.building, s.resident_kind, s.stay_until, s.resident_from,
            coalesce(s.status, case when nullif(s.removed_on, '9999-12-31') is null then '1' else '2' end),
            nullif(s.removed_on, '9999-12-31'),
            s.moved_from_municipality, s.moved_to_municipality, s.support_kind, s.support_from,
            nullif(s.support_until, '9999-12-31'), ${withheld}, ${refused},
            coalesce(s.exclusion_kind, '0'),
            s.exclusion_from, nullif(s.exclusion_until, '9999-12-31'),
            s.registered_at_municipality, s.non_registered_kind, s.representative,
            s.merged_into_addressee_number
       from placed p
       join staged s on s.line = p.line`
  return {
    text: { expressions: [...one.expressions, added, changed], records },
    values: [...values, ...one.values],
  }
}

/**
 * 支援措置の効果 — of a staged row: which of the two apply. A measure of which neither is told has both: so every record of
 * the edition 2026-04, which has one column for them. A flag without a measure counts all the same.
 */
const unsaid = `(s.support_kind = '1' and coalesce(s.non_disclosure, '0') = '0'
  and coalesce(s.self_provision_disabled, '0') = '0')`
const withheld = `case when s.non_disclosure = '1' or ${unsaid} then '1' else '0' end`
const refused = `case when s.self_provision_disabled = '1' or ${unsaid} then '1' else '0' end`
const protects = `'1' in (s.support_kind, coalesce(s.non_disclosure, ''), coalesce(s.self_provision_disabled, ''))`

/**
 * 支援措置を移す — a measure works from the moment it is received, for every municipality that knows the
 * person. It ends only when a record says 区分0: an announced end that passed lifts nothing, and a late
 * record may begin a measure or one of its effects but not end one.
 */
export async function applySupportMeasures(
  tx: Transaction,
  intake: Intake,
  transmissionId: string,
): Promise<void> {
  await tx.run(
    `insert into eligibility.support_measure
       (resident_key, began_on, union_code, municipality_code, held, announced_until,
        transmission_id, non_disclosure, self_provision_disabled)
     select p.resident_key, b.began_on, $1::smallint, $2::text,
            daterange(b.began_on, null), nullif(s.support_until, '9999-12-31'), $3::uuid,
            ${withheld} = '1' or coalesce(k.non_disclosure, false),
            ${refused} = '1' or coalesce(k.self_provision_disabled, false)
       from placed p
       join staged s on s.line = p.line
      cross join lateral (select coalesce(s.support_from, s.operated_on) as began_on) b
       left join eligibility.support_measure k
         on p.late and k.resident_key = p.resident_key and k.began_on = b.began_on
      where ${protects}
     on conflict (resident_key, began_on) do update
        set held = excluded.held, announced_until = excluded.announced_until,
            non_disclosure = excluded.non_disclosure,
            self_provision_disabled = excluded.self_provision_disabled,
            transmission_id = excluded.transmission_id`,
    [tx.scope!.union, intake.municipality, transmissionId],
  )
  // A measure that was prolonged under a new first day has the effects that are told now, and only those.
  await tx.run(
    `update eligibility.support_measure m
        set non_disclosure = ${withheld} = '1', self_provision_disabled = ${refused} = '1',
            transmission_id = $1::uuid
       from placed p
       join staged s on s.line = p.line
      where m.resident_key = p.resident_key and ${protects} and upper_inf(m.held) and not p.late`,
    [transmissionId],
  )
  await tx.run(
    `update eligibility.support_measure m
        set held = daterange(m.began_on,
              greatest(coalesce(nullif(s.support_until, '9999-12-31') + $2::integer, s.operated_on),
                       m.began_on + 1)),
            transmission_id = $1::uuid
       from placed p
       join staged s on s.line = p.line
      where m.resident_key = p.resident_key and not ${protects} and upper_inf(m.held)
        and not p.late`,
    [transmissionId, supportEnd.on(plainDate(intake.today)).value],
  )
  const touched = await tx.query<{ subject_key: number }>(
    `select distinct l.subject_key
       from placed p
       join eligibility.linked_resident l on l.resident_key = p.resident_key
      where not p.fresh`,
  )
  const subjects = touched.map(({ subject_key }) => subject_key)
  if (subjects.length > 0) await refreshSupportMeasures(tx, subjects)
}

/** The keys of all whose records changed, for the audit entry. */
export async function findPlacedKeys(tx: Transaction): Promise<number[]> {
  const rows = await tx.query<{ resident_key: number }>(
    'select resident_key from placed order by resident_key',
  )
  return rows.map(({ resident_key }) => resident_key)
}
