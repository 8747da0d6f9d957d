import { type Actor, recordAccess } from '@koiki/audit'
import type { IndividualNumber } from '@koiki/kernel'
import type { Scope, Transaction } from '@koiki/store'
import { numberColumnDefinitions, numberColumns, numberValues } from '@koiki/vault'
import { lockChangeCounter, saveChangeCounter } from './changeCounter.ts'
import { type ColumnMap, columnNames, contentDigest } from './columns.ts'
import { fullWidth } from './fullWidth.ts'
import {
  type CertificationEntry,
  certificationPlaces,
  type FirstHoldings,
  type NonRegisteredEntry,
  nonRegisteredPlaces,
  type RegisterEntry,
  registerPlaces,
  type TaxEntry,
  taxAmountPlaces,
  taxPlaces,
} from './holdings.ts'
import { incomeColumns } from './income.ts'
import { firstNonRegistered, nonRegisteredColumns } from './nonRegisteredPerson.ts'
import { auditKey, residentColumns } from './resident.ts'
import type { Stores } from './stores.ts'

/** 読み込んだ件数 — new rows only: what was there before does not count. */
export interface Loaded {
  readonly residents: number
  readonly nonRegistered: number
  readonly incomes: number
  readonly certifications: number
}

/**
 * 最初の読込み — fills the stores by COPY: 住民票 into 住基システム, 住民税 into 地方税システム, 住登外 and
 * 障害認定 into 市区町村システム; Individual Numbers go into each municipality's part of the vault on the way.
 * A row that is there already is left as it is, so a load that was cut off can be asked for again.
 */
export async function loadHoldings(
  stores: Stores,
  holdings: Iterable<FirstHoldings> | AsyncIterable<FirstHoldings>,
  actor: Actor,
  told: (loaded: Loaded) => void = () => {},
): Promise<Loaded> {
  const loaded = { residents: 0, nonRegistered: 0, incomes: 0, certifications: 0 }
  const residents = new Gathering<RegisterEntry>(async (scope, entries) => {
    loaded.residents += await stores.residentRegister.transaction(scope, (tx) =>
      loadResidents(tx, entries, { stores, scope, actor }),
    )
    told(loaded)
  })
  const nonRegistered = new Gathering<NonRegisteredEntry>(async (scope, entries) => {
    loaded.nonRegistered += await stores.municipalSystem.transaction(scope, (tx) =>
      loadNonRegistered(tx, entries, { stores, scope, actor }),
    )
  })
  const incomes = new Gathering<TaxEntry>(async (scope, entries) => {
    loaded.incomes += await stores.localTax.transaction(scope, (tx) =>
      loadIncomes(tx, entries, { stores, scope, actor }),
    )
    told(loaded)
  })
  const certifications = new Gathering<CertificationEntry>(async (scope, entries) => {
    loaded.certifications += await stores.municipalSystem.transaction(scope, (tx) =>
      loadCertifications(tx, entries, scope),
    )
  })
  for await (const household of holdings) {
    await residents.take(household.residents)
    await nonRegistered.take(household.nonResidents)
    await incomes.take(household.taxRecords)
    await certifications.take(household.disabilityCertifications)
  }
  for (const gathering of [residents, nonRegistered, incomes, certifications]) {
    await gathering.end()
  }
  return loaded
}

/** Held in memory at most, over all municipalities; a person's earlier stays belong to others. */
const gatheredMax = 30_000

/** Rows come in any order; they are gathered by municipality, since each is a scope of its own. */
class Gathering<T extends { readonly municipalityCode: string }> {
  readonly #flush: (scope: Scope, entries: readonly T[]) => Promise<void>
  readonly #waiting = new Map<string, T[]>()
  #count = 0

  constructor(flush: (scope: Scope, entries: readonly T[]) => Promise<void>) {
    this.#flush = flush
  }

  async take(entries: readonly T[]): Promise<void> {
    for (const entry of entries) {
      const there = this.#waiting.get(entry.municipalityCode)
      if (there === undefined) this.#waiting.set(entry.municipalityCode, [entry])
      else there.push(entry)
      this.#count += 1
    }
    while (this.#count >= gatheredMax) {
      let most = ''
      for (const [code, waiting] of this.#waiting) {
        if (waiting.length > (this.#waiting.get(most)?.length ?? 0)) most = code
      }
      await this.#put(most)
    }
  }

  async end(): Promise<void> {
    for (const code of [...this.#waiting.keys()]) await this.#put(code)
  }

  async #put(code: string): Promise<void> {
    const entries = this.#waiting.get(code) ?? []
    this.#waiting.delete(code)
    this.#count -= entries.length
    await this.#flush({ union: code.slice(0, 2), municipality: code }, entries)
  }
}

interface Act {
  readonly stores: Stores
  readonly scope: Scope
  readonly actor: Actor
}

async function loadResidents(
  tx: Transaction,
  entries: readonly RegisterEntry[],
  act: Act,
): Promise<number> {
  await stage(tx, 'resident_register.resident', residentColumns, registerPlaces, entries, act)
  const last = await lockChangeCounter(tx, 'resident_register', act.scope)
  const own = columnNames(residentColumns.filter(([field]) => field !== 'runningNumber'))
  const numbers = await tx.query<{ running: number }>(
    `insert into resident_register.resident (union_code, change_sequence, running_number, ${own})
     select $1, $2 + number, $2 + number, ${own}
       from (select loading.*, row_number() over (order by place) as number
               from loading
              where not exists (
                select from resident_register.resident as held
                 where held.municipality_code = loading.municipality_code
                   and held.addressee_number = loading.addressee_number)) as fresh
     returning running_number as running`,
    [Number(act.scope.union), last],
  )
  await saveChangeCounter(tx, 'resident_register', act.scope, last + numbers.length)
  await auditLoad(
    tx,
    act,
    'resident.load',
    numbers.map(({ running }) => running),
    numbers.length,
  )
  return numbers.length
}

async function loadNonRegistered(
  tx: Transaction,
  entries: readonly NonRegisteredEntry[],
  act: Act,
): Promise<number> {
  const table = 'municipal_system.non_registered_person'
  await stage(tx, table, nonRegisteredColumns, nonRegisteredPlaces, entries, act)
  const columns = columnNames(nonRegisteredColumns)
  const numbers = await tx.query<{ running: number }>(
    `insert into ${table} (union_code, running_number, ${columns}, content_sha256)
     select $1,
            (select coalesce(max(running_number), $2) from ${table} where municipality_code = $3)
              + row_number() over (order by place),
            ${columns}, ${contentDigest(nonRegisteredColumns)}
       from loading
      where not exists (
        select from ${table} as held
         where held.municipality_code = loading.municipality_code
           and held.addressee_number = loading.addressee_number)
     returning running_number as running`,
    [Number(act.scope.union), firstNonRegistered, act.scope.municipality],
  )
  await auditLoad(
    tx,
    act,
    'resident.load',
    numbers.map(({ running }) => running),
    numbers.length,
  )
  return numbers.length
}

async function loadIncomes(
  tx: Transaction,
  entries: readonly TaxEntry[],
  act: Act,
): Promise<number> {
  const { scope } = act
  const columns = columnNames(incomeColumns)
  const places = [...taxPlaces, ...taxAmountPlaces].map(([column]) => column).join(', ')
  // COPY is refused on a table with row-level security, hence the way over a temporary one.
  await tx.run(
    `create temp table loading on commit drop as select ${columns} from local_tax.income limit 0`,
  )
  await tx.copyRows(
    `loading (${places})`,
    entries.map((entry) => [
      ...taxPlaces.map(([, field]) => entry[field]),
      ...taxAmountPlaces.map(([, field]) => (entry.declaration === '1' ? entry[field] : null)),
    ]),
  )
  const last = await lockChangeCounter(tx, 'local_tax', scope)
  const count = await tx.run(
    `insert into local_tax.income (union_code, change_sequence, ${columns})
     select $1, $2 + row_number() over (order by addressee_number, fiscal_year), ${columns}
       from loading
      where not exists (
        select from local_tax.income as held
         where held.municipality_code = loading.municipality_code
           and held.addressee_number = loading.addressee_number
           and held.fiscal_year = loading.fiscal_year)`,
    [Number(scope.union), last],
  )
  await saveChangeCounter(tx, 'local_tax', scope, last + count)
  await auditLoad(tx, act, 'income.load', [], count)
  return count
}

async function loadCertifications(
  tx: Transaction,
  entries: readonly CertificationEntry[],
  scope: Scope,
): Promise<number> {
  const table = 'municipal_system.disability_certification'
  const columns = certificationPlaces.map(([column]) => column).join(', ')
  await tx.run(
    `create temp table loading on commit drop as select ${columns} from ${table} limit 0`,
  )
  await tx.copyRows(
    `loading (${columns})`,
    entries.map((entry) => certificationPlaces.map(([, field]) => entry[field])),
  )
  return tx.run(
    `insert into ${table} (union_code, ${columns}) select $1, ${columns} from loading
     on conflict (municipality_code, addressee_number, certified_on) do nothing`,
    [Number(scope.union)],
  )
}

/** Copies the entries into `loading` in their order, and their Individual Numbers into the vault. */
async function stage<T extends { readonly individualNumber: IndividualNumber | null }>(
  tx: Transaction,
  table: string,
  map: ColumnMap,
  places: readonly (readonly [string, keyof T & string])[],
  entries: readonly T[],
  { stores: { vault }, scope }: Act,
): Promise<void> {
  const own = columnNames(map.filter(([field]) => field !== 'runningNumber'))
  await tx.run(
    `create temp table loading on commit drop as
     select 0 as place, ${own} from ${table} limit 0`,
  )
  await tx.run(
    `alter table loading ${numberColumnDefinitions
      .split(',')
      .map((definition) => `add column ${definition.trim()}`)
      .join(', ')}`,
  )
  const sealed = vault.sealMany(
    scope,
    entries.map(({ individualNumber }) => individualNumber),
  )
  await tx.copyRows(
    `loading (place, ${places.map(([column]) => column).join(', ')}, ${numberColumns})`,
    entries.map((entry, place) => [
      place,
      ...places.map(([column, field]) => written(column, entry[field])),
      ...numberValues(sealed[place] ?? null),
    ]),
  )
  await vault.resolveTokens(tx, 'loading')
  await tx.run('update loading set number_token = token where token is not null')
}

/** Columns that the layouts write in full width. */
const texts =
  /^(name|name_kana|alias|former_name|birth_date_text|relationship|prefecture_name|municipality_name|town_name|house_number|building)$/

const written = (column: string, value: unknown): unknown =>
  typeof value === 'string' && texts.test(column) ? fullWidth(value) : value

async function auditLoad(
  tx: Transaction,
  { scope, actor }: Act,
  what: 'resident.load' | 'income.load',
  runningNumbers: readonly number[],
  count: number,
): Promise<void> {
  await recordAccess(tx, {
    channel: 'job',
    actor,
    party: `municipality:${scope.municipality}`,
    purpose: '模擬の世界の最初の読込み',
    act: what,
    effect: 'write',
    persons: runningNumbers.map((running) => auditKey(scope.municipality, running)),
    count,
  })
}
