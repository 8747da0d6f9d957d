import { type Actor, recordAccess } from '@koiki/audit'
import type { IndividualNumber } from '@koiki/kernel'
import type { 住民基本台帳情報, 住登外登録情報, 所得課税情報 } from '@koiki/layouts'
import { type Database, misuse, type Scope, type Transaction } from '@koiki/store'
import { numberColumnDefinitions, numberColumns, numberValues, type Vault } from '@koiki/vault'
import { type ColumnMap, columnNames, contentDigest } from './columns.ts'
import { incomeColumns } from './income.ts'
import { nonRegisteredColumns } from './nonRegisteredPerson.ts'
import { auditKey, residentColumns } from './resident.ts'
import type { Stores } from './stores.ts'

type Rows<T> = Iterable<T> | AsyncIterable<T>

/** 最初に読み込むもの — what one municipality's systems hold before the first transfer. */
export interface FirstHoldings {
  readonly municipality: string
  readonly residents: Rows<住民基本台帳情報>
  readonly incomes: Rows<所得課税情報>
  readonly nonRegistered: Rows<住登外登録情報>
}

export interface Loaded {
  readonly municipality: string
  readonly residents: number
  readonly incomes: number
  readonly nonRegistered: number
}

const batchSize = 5_000

/**
 * 最初の読込み — fills the empty stores of one municipality by COPY: 住民票 into 住基システム, 住民税 into
 * 地方税システム, 住登外 into 市区町村システム; Individual Numbers go into the vault on the way. A store
 * that already holds something is left as it is, so a load that was cut off can be asked for again.
 */
export async function loadMunicipality(
  stores: Stores,
  holdings: FirstHoldings,
  actor: Actor,
): Promise<Loaded> {
  const { municipality } = holdings
  const scope: Scope = { union: municipality.slice(0, 2), municipality }
  const act = { vault: stores.vault, scope, actor }
  return {
    municipality,
    residents: await ifEmpty(stores.residentRegister, scope, 'resident_register.resident', (tx) =>
      loadResidents(tx, holdings.residents, act),
    ),
    incomes: await ifEmpty(stores.localTax, scope, 'local_tax.income', (tx) =>
      loadIncomes(tx, holdings.incomes, act),
    ),
    nonRegistered: await ifEmpty(
      stores.municipalSystem,
      scope,
      'municipal_system.non_registered_person',
      (tx) => loadNonRegistered(tx, holdings.nonRegistered, act),
    ),
  }
}

interface Act {
  readonly vault: Vault
  readonly scope: Scope
  readonly actor: Actor
}

async function ifEmpty(
  store: Database,
  scope: Scope,
  table: string,
  load: (tx: Transaction) => Promise<number>,
): Promise<number> {
  return store.transaction(scope, async (tx) => {
    const held = await tx.one<{ count: number }>(
      `select count(*) as count from ${table} where municipality_code = $1`,
      [scope.municipality],
    )
    return held.count > 0 ? held.count : load(tx)
  })
}

async function loadResidents(
  tx: Transaction,
  rows: Rows<住民基本台帳情報>,
  act: Act,
): Promise<number> {
  const count = await stage(tx, 'resident_register.resident', residentColumns, rows, act, 0)
  const columns = columnNames(residentColumns)
  await tx.run(
    `insert into resident_register.resident (union_code, change_sequence, ${columns})
     select $1, running_number, ${columns} from loading`,
    [Number(act.scope.union)],
  )
  await openCounter(tx, 'resident_register', act.scope, count)
  return count
}

/** 住登外 count their 連番 from here, so that they never meet those of 住民. */
const firstNonRegistered = 9_000_000

async function loadNonRegistered(
  tx: Transaction,
  rows: Rows<住登外登録情報>,
  act: Act,
): Promise<number> {
  const table = 'municipal_system.non_registered_person'
  const count = await stage(tx, table, nonRegisteredColumns, rows, act, firstNonRegistered)
  const columns = columnNames(nonRegisteredColumns)
  await tx.run(
    `insert into ${table} (union_code, running_number, ${columns}, content_sha256)
     select $1, running_number, ${columns}, ${contentDigest(nonRegisteredColumns)} from loading`,
    [Number(act.scope.union)],
  )
  return count
}

async function loadIncomes(
  tx: Transaction,
  rows: Rows<所得課税情報>,
  { scope }: Act,
): Promise<number> {
  let count = 0
  async function* values(): AsyncGenerator<unknown[]> {
    for await (const row of rows) {
      checkMunicipality(row.市区町村コード, scope)
      count += 1
      yield [count, ...incomeColumns.map(([, , item]) => row[item])]
    }
  }
  const columns = columnNames(incomeColumns)
  // COPY is refused on a table with row-level security, hence the way over a temporary one.
  await tx.run(
    `create temp table loading on commit drop as
     select change_sequence, ${columns} from local_tax.income limit 0`,
  )
  await tx.copyRows(`loading (change_sequence, ${columns})`, values())
  await tx.run(
    `insert into local_tax.income (union_code, change_sequence, ${columns})
     select $1, change_sequence, ${columns} from loading`,
    [Number(scope.union)],
  )
  await openCounter(tx, 'local_tax', scope, count)
  return count
}

/** Copies the rows into `loading`, numbered on from `base`, and their Individual Numbers into the vault. */
async function stage(
  tx: Transaction,
  table: string,
  map: ColumnMap,
  rows: Rows<住民基本台帳情報 | 住登外登録情報>,
  { vault, scope, actor }: Act,
  base: number,
): Promise<number> {
  const own = map.filter(([field]) => field !== 'numberToken' && field !== 'runningNumber')
  await tx.run(
    `create temp table loading on commit drop as
     select running_number, number_token, ${columnNames(own)} from ${table} limit 0`,
  )
  await tx.run(
    `alter table loading ${numberColumnDefinitions
      .split(',')
      .map((definition) => `add column ${definition.trim()}`)
      .join(', ')}`,
  )
  let count = 0
  let batch: (住民基本台帳情報 | 住登外登録情報)[] = []
  const flush = async (): Promise<void> => {
    const sealed = vault.sealMany(
      scope,
      batch.map((row) => row.個人番号 as IndividualNumber | null),
    )
    await tx.copyRows(
      `loading (running_number, ${columnNames(own)}, ${numberColumns})`,
      batch.map((row, index) => [
        base + count + index + 1,
        ...own.map(([, , item]) => (row as Record<string, unknown>)[item]),
        ...numberValues(sealed[index] ?? null),
      ]),
    )
    count += batch.length
    batch = []
  }
  for await (const row of rows) {
    checkMunicipality(row.市区町村コード, scope)
    batch.push(row)
    if (batch.length === batchSize) await flush()
  }
  if (batch.length > 0) await flush()
  await vault.resolveTokens(tx, 'loading')
  await tx.run('update loading set number_token = token where token is not null')
  await recordAccess(tx, {
    channel: 'job',
    actor,
    party: `municipality:${scope.municipality}`,
    purpose: '模擬の世界の最初の読込み',
    act: 'resident.load',
    effect: 'write',
    persons: Array.from({ length: count }, (_, index) =>
      auditKey(scope.municipality, base + index + 1),
    ),
  })
  return count
}

async function openCounter(
  tx: Transaction,
  schema: 'resident_register' | 'local_tax',
  scope: Scope,
  last: number,
): Promise<void> {
  await tx.run(
    `insert into ${schema}.change_counter (municipality_code, union_code, last_sequence)
     values ($1, $2, $3)
     on conflict (municipality_code) do update set last_sequence = excluded.last_sequence`,
    [scope.municipality, Number(scope.union), last],
  )
}

function checkMunicipality(code: string, scope: Scope): void {
  if (code !== scope.municipality) {
    throw misuse(`市区町村 ${scope.municipality} に、${code} の行を読み込もうとしました。`)
  }
}
