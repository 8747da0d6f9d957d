import { createHash } from 'node:crypto'
import type { Transaction } from '@koiki/store'
import { columnNames, selectList } from '../columns.ts'
import { fullWidth } from '../fullWidth.ts'
import { type Resident, residentColumns, residentStatus } from '../resident.ts'
import type { ResidentEvent } from './event.ts'

const selected = selectList(residentColumns)
const columns = columnNames(residentColumns)

/** 住民票をさがす — the persons named, and everyone present in a household of theirs or one named. */
export async function findWithHouseholds(
  tx: Transaction,
  municipality: string,
  addresseeNumbers: readonly string[],
  householdNumbers: readonly string[],
): Promise<Resident[]> {
  return tx.query<Resident>(
    `select ${selected} from resident_register.resident
      where municipality_code = $1
        and (addressee_number = any($2)
             or (status = $4
                 and household_number in (
                   select household_number from resident_register.resident
                    where municipality_code = $1 and addressee_number = any($2)
                   union
                   select unnest($3::text[]))))
      order by addressee_number`,
    [municipality, addresseeNumbers, householdNumbers, residentStatus.present],
  )
}

export async function findResidents(
  tx: Transaction,
  municipality: string,
  addresseeNumbers: readonly string[],
): Promise<Resident[]> {
  return tx.query<Resident>(
    `select ${selected} from resident_register.resident
      where municipality_code = $1 and addressee_number = any($2)
      order by addressee_number`,
    [municipality, addresseeNumbers],
  )
}

export async function lastRunningNumber(tx: Transaction, municipality: string): Promise<number> {
  const { last } = await tx.one<{ last: number }>(
    `select coalesce(max(running_number), 0) as last from resident_register.resident
      where municipality_code = $1`,
    [municipality],
  )
  return last
}

/** まだ使っていない番号 — for 宛名番号 and 世帯番号: 9 and the change counter, which never goes back. */
export async function unusedNumbers(
  tx: Transaction,
  municipality: string,
  lastSequence: number,
  count: number,
): Promise<string[]> {
  for (let round = 0; ; round += 1) {
    const numbers = Array.from(
      { length: count },
      (_, index) => `9${String((lastSequence + round) * 1000 + index).padStart(14, '0')}`,
    )
    const { taken } = await tx.one<{ taken: boolean }>(
      `select exists (
         select from resident_register.resident
          where municipality_code = $1
            and (addressee_number = any($2) or household_number = any($2))) as taken`,
      [municipality, numbers],
    )
    if (!taken) return numbers
  }
}

/** 住民票を書く — each with the next change sequence. Returns the last one given. */
export async function saveResidents(
  tx: Transaction,
  residents: readonly Resident[],
  lastSequence: number,
): Promise<number> {
  const kept = residentColumns
    .map(([, column]) => column)
    .filter((column) => !/^(municipality_code|addressee_number|running_number)$/.test(column))
  let sequence = lastSequence
  for (const resident of residents) {
    sequence += 1
    const values = residentColumns.map(([field]) => resident[field])
    await tx.run(
      `insert into resident_register.resident (union_code, change_sequence, ${columns})
       values ($1, $2, ${values.map((_, index) => `$${index + 3}`).join(', ')})
       on conflict (municipality_code, addressee_number) do update
          set ${kept.map((column) => `${column} = excluded.${column}`).join(', ')},
              change_sequence = excluded.change_sequence`,
      [Number(tx.scope?.union), sequence, ...values],
    )
  }
  return sequence
}

/** 受付の内容の要約値 — an Individual Number counts only as present or absent. */
export function digestOfEvent(event: ResidentEvent): Buffer {
  const told = JSON.stringify(event, (name, value) =>
    name === 'individualNumber' ? value !== null : value,
  )
  return createHash('sha256').update(told).digest()
}

export async function findEventDigest(
  tx: Transaction,
  municipality: string,
  eventId: string,
): Promise<Buffer | null> {
  const row = await tx.maybe<{ digest: Buffer }>(
    `select request_sha256 as digest from resident_register.resident_event
      where municipality_code = $1 and event_id = $2`,
    [municipality, eventId],
  )
  return row?.digest ?? null
}

export async function insertEvent(
  tx: Transaction,
  municipality: string,
  event: ResidentEvent,
  addresseeNumbers: readonly string[],
): Promise<void> {
  await tx.run(
    `insert into resident_register.resident_event
       (municipality_code, event_id, union_code, event_kind, occurred_on, addressee_numbers,
        request_sha256, accepted_on, accepted_at, cancels, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      municipality,
      event.eventId,
      Number(tx.scope?.union),
      event.kind,
      event.occurredOn,
      addresseeNumbers,
      digestOfEvent(event),
      tx.today,
      tx.now,
      event.kind === '異動の取消' ? event.cancels : null,
      'reason' in event ? event.reason : null,
    ],
  )
}

/** 連番の住民票 — the number that stands in the addresses of screens, for it says nothing of the person. */
export async function findByRunningNumber(
  tx: Transaction,
  municipality: string,
  runningNumber: number,
): Promise<Resident | null> {
  return tx.maybe<Resident>(
    `select ${selected} from resident_register.resident
      where municipality_code = $1 and running_number = $2`,
    [municipality, runningNumber],
  )
}

/** 住所を隠す人 — those of the 宛名番号 in whose household somebody is under 不開示該当. */
export async function householdsHidden(
  tx: Transaction,
  municipality: string,
  addresseeNumbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ number: string }>(
    `select addressee_number as number from resident_register.resident as one
      where municipality_code = $1 and addressee_number = any ($2::text[])
        and exists (select from resident_register.resident as other
                     where other.municipality_code = one.municipality_code
                       and other.household_number = one.household_number
                       and other.non_disclosure = '1')`,
    [municipality, addresseeNumbers],
  )
  return new Set(rows.map(({ number }) => number))
}

/** さがすことば — names rest in full width, numbers do not. */
export const fullWidthUnlessNumber = (words: string): string =>
  /^[0-9]+$/.test(words) ? words : fullWidth(words)

export interface SearchAsked {
  /** The beginning of a name or its kana without spaces, or a 宛名番号 or 世帯番号 in full. */
  readonly words: string
  readonly birthDate: string | null
  readonly removedToo: boolean
}

/** 住民をさがす — `guarded` where somebody of the household is under a 支援措置: the address is then nobody's. */
export async function searchResidents(
  tx: Transaction,
  municipality: string,
  { words, birthDate, removedToo }: SearchAsked,
  limit: number,
): Promise<(Resident & { readonly guarded: boolean })[]> {
  return tx.query(
    `select ${selected},
            exists (select from resident_register.resident as other
                     where other.municipality_code = found.municipality_code
                       and other.household_number = found.household_number
                       and other.non_disclosure = '1') as guarded
       from resident_register.resident as found
      where municipality_code = $1
        and ($2 = ''
             or starts_with(replace(name, '　', ''), $2)
             or starts_with(replace(coalesce(name_kana, ''), '　', ''), $2)
             or ($3 <> '' and $3 in (ltrim(addressee_number, '0'), ltrim(household_number, '0'))))
        and ($4::date is null or birth_date = $4::date)
        and ($5 or status = $6)
      order by name_kana, birth_date, addressee_number
      limit $7`,
    [
      municipality,
      words.replaceAll('　', ''),
      /^[0-9０-９]+$/.test(words) ? words.normalize('NFKC').replace(/^0+/, '') : '',
      birthDate,
      removedToo,
      residentStatus.present,
      limit,
    ],
  )
}
