import { type Actor, recordAccess } from '@koiki/audit'
import { type ExchangePlace, findRefusedNumber, prepareTransmission } from '@koiki/exchange'
import { type FiscalYear, fiscalYearOf, type IndividualNumber } from '@koiki/kernel'
import {
  type Layout,
  type RowOf,
  住民基本台帳情報,
  住登外登録情報,
  所得課税情報,
} from '@koiki/layouts'
import type { Scope, Transaction } from '@koiki/store'
import { type ColumnMap, selectList } from '../columns.ts'
import { incomeColumns } from '../income.ts'
import { nonRegisteredColumns } from '../nonRegisteredPerson.ts'
import { auditKey, residentColumns } from '../resident.ts'
import type { Stores } from '../stores.ts'
import {
  type ExportMode,
  type ExportScope,
  exportScope,
  incomeYears,
  refusedContent,
  selectIncomes,
  selectNonRegistered,
  selectResidents,
} from './exportScope.ts'
import { findReturnedFrom } from './returnedRows.ts'

/** 移出する情報 — one kind of file to the union. */
export interface Exportable {
  readonly step: '2-2' | '4-2'
  readonly layout: Layout
  readonly table: string
  readonly columns: ColumnMap
  readonly order: string
  readonly select: (
    tx: Transaction,
    scope: ExportScope,
    fiscalYears: readonly FiscalYear[],
  ) => Promise<void>
}

export const exportables: readonly Exportable[] = [
  {
    step: '2-2',
    layout: 住民基本台帳情報,
    table: 'resident',
    columns: residentColumns.filter(
      ([field, , item]) => field === 'numberToken' || item in 住民基本台帳情報.columns,
    ),
    order: 'household_number, addressee_number',
    select: selectResidents,
  },
  {
    step: '2-2',
    layout: 住登外登録情報,
    table: 'non_registered_person',
    columns: nonRegisteredColumns,
    order: 'addressee_number',
    select: selectNonRegistered,
  },
  {
    step: '4-2',
    layout: 所得課税情報,
    table: 'income',
    columns: incomeColumns,
    order: 'addressee_number, fiscal_year',
    select: (tx, scope, years) => selectIncomes(tx, scope, 所得課税情報.name, years),
  },
]

export interface ExportRequest {
  /** Chosen by the caller, so that an export that was cut off is not made twice. */
  readonly exportId: string
  readonly mode: ExportMode | 'auto'
  /** 課税年度; null for those that the union needs on the day. */
  readonly fiscalYear: FiscalYear | null
  readonly horizonMonths: number
}

export interface Exported {
  readonly transmissionId: string
  readonly sequenceNumber: number
  readonly rowCount: number
  readonly mode: ExportMode
}

/**
 * 移出 (2-2, 4-2) — seals the rows for the union as one transmission, in one transaction with the journal
 * and with what the union now knows of each person. The first is full, later ones are differences; null
 * when a difference is empty. Individual Numbers are opened batch by batch, each opening audited, and go
 * straight into the sealed stream. A refused transmission is corrected by the next export of its kind.
 */
export async function exportToUnion(
  stores: Stores,
  place: ExchangePlace,
  of: Exportable,
  scope: Scope,
  request: ExportRequest,
  actor: Actor,
  told: (rows: number) => void = () => {},
): Promise<Exported | null> {
  return stores.municipalSystem.transaction(scope, async (tx) => {
    const before = await findExport(tx, scope, request.exportId)
    if (before !== null) return before
    const { mode, corrects } = await howTo(tx, of, scope, request.mode)
    const { fiscalYear } = request
    const year = fiscalYear ?? fiscalYearOf(tx.today)
    const reach = exportScope(scope.municipality, mode, tx.today, year, request.horizonMonths)
    await of.select(tx, reach, fiscalYear === null ? incomeYears(tx.today) : [fiscalYear])
    const { count } = await tx.one<{ count: number }>('select count(*) as count from outgoing')
    if (count === 0 && mode === 'difference' && corrects === null) return null
    const persons = await outgoingPersons(tx, scope)
    const prepared = await prepareTransmission(tx, place, {
      layout: of.layout,
      receiver: `union:${scope.union}`,
      municipality: scope.municipality,
      rows: outgoingRows(stores, tx, of, scope, actor, told) as AsyncIterable<RowOf<Layout>>,
      ...(corrects === null ? {} : { corrects }),
    })
    const { transmissionId, manifest } = prepared
    await recordExport(tx, of, scope, { ...request, mode }, manifest)
    await recordAccess(tx, {
      channel: 'job',
      actor,
      party: `municipality:${scope.municipality}`,
      purpose: `${of.layout.name}の移出(${of.step})`,
      act: of.step === '4-2' ? 'income.export' : 'resident.export',
      effect: 'read',
      persons,
    })
    return {
      transmissionId,
      sequenceNumber: manifest.sequenceNumber,
      rowCount: manifest.recordCount,
      mode,
    }
  })
}

async function findExport(
  tx: Transaction,
  scope: Scope,
  exportId: string,
): Promise<Exported | null> {
  return tx.maybe<Exported>(
    `select transmission_id as "transmissionId", sequence_number as "sequenceNumber",
            row_count as "rowCount", export_mode as mode
       from municipal_system.export
      where municipality_code = $1 and export_id = $2`,
    [scope.municipality, exportId],
  )
}

/** Nothing given yet: then full. What was refused is given again, under its number. */
async function howTo(
  tx: Transaction,
  of: Exportable,
  scope: Scope,
  wanted: ExportMode | 'auto',
): Promise<{ mode: ExportMode; corrects: string | null }> {
  const corrects = await findRefusedNumber(tx, {
    sender: `municipality:${scope.municipality}`,
    receiver: `union:${scope.union}`,
    layout: of.layout.name,
  })
  const { given } = await tx.one<{ given: boolean }>(
    // A first file without a row was given too: nobody lives there who is not on the register.
    `select exists (
       select from municipal_system.export
        where municipality_code = $1 and layout = $2) as given`,
    [scope.municipality, of.layout.name],
  )
  const mode = wanted === 'auto' ? (given ? 'difference' : 'full') : wanted
  const mended = await findReturnedFrom(tx, of.layout.name, scope.municipality)
  return { mode, corrects: corrects?.transmissionId ?? mended }
}

async function outgoingPersons(tx: Transaction, scope: Scope): Promise<number[]> {
  const rows = await tx.query<{ running: number }>(
    `select running_number as running from municipal_system.resident
      where municipality_code = $1 and addressee_number in (select addressee_number from outgoing)
     union
     select running_number from municipal_system.non_registered_person
      where municipality_code = $1 and addressee_number in (select addressee_number from outgoing)`,
    [scope.municipality],
  )
  return rows.map(({ running }) => auditKey(scope.municipality, running))
}

const ofYear = ({ step }: Exportable): boolean => step === '4-2'

/** An income is of one person and one year; whatever else is exported, of one person. */
const keyOf = (of: Exportable): string =>
  ofYear(of) ? 'addressee_number, fiscal_year' : 'addressee_number'

type Stored = Record<string, unknown> & { numberToken?: string | null; runningNumber?: number }

async function* outgoingRows(
  stores: Stores,
  tx: Transaction,
  of: Exportable,
  scope: Scope,
  actor: Actor,
  told: (rows: number) => void,
): AsyncGenerator<Record<string, unknown>> {
  const numbered = of.columns.some(([field]) => field === 'numberToken')
  const batches = tx.batches<Stored>(
    `select ${selectList(of.columns)}${numbered ? ', running_number as "runningNumber"' : ''}
       from municipal_system.${of.table}
       join outgoing using (${keyOf(of)})
      where municipality_code = $1
      order by ${of.order}`,
    [scope.municipality],
    5_000,
  )
  let done = 0
  for await (const rows of batches) {
    const numbers = numbered ? await openNumbers(stores, of, scope, rows, actor) : []
    for (const [index, stored] of rows.entries()) {
      const row: Record<string, unknown> = {}
      for (const [field, , item] of of.columns) row[item] = stored[field]
      if (numbered) row.個人番号 = numbers[index] ?? null
      yield row
    }
    done += rows.length
    told(done)
  }
}

/** The opening is committed with its audit entry before a number goes into the stream. */
async function openNumbers(
  stores: Stores,
  of: Exportable,
  scope: Scope,
  rows: readonly Stored[],
  actor: Actor,
): Promise<(IndividualNumber | null)[]> {
  return stores.vaultOpener.transaction(scope, (tx) =>
    stores.vault.revealMany(
      tx,
      rows.map(({ numberToken }) => numberToken ?? null),
      {
        channel: 'job',
        actor,
        party: `municipality:${scope.municipality}`,
        purpose: `${of.layout.name}の移出(${of.step})`,
        persons: rows
          .filter(({ numberToken }) => numberToken !== null)
          .map(({ runningNumber }) => auditKey(scope.municipality, runningNumber as number)),
      },
    ),
  )
}

async function recordExport(
  tx: Transaction,
  of: Exportable,
  scope: Scope,
  request: ExportRequest & { mode: string },
  sent: {
    readonly transmissionId: string
    readonly sequenceNumber: number
    readonly recordCount: number
  },
): Promise<void> {
  await tx.run(
    `insert into municipal_system.exported_record
       (municipality_code, layout, addressee_number, fiscal_year, union_code, content_sha256,
        export_id, following)
     select municipality_code, $2, addressee_number, ${ofYear(of) ? 'fiscal_year' : '0'}, union_code,
            content_sha256, $3, core
       from municipal_system.${of.table}
       join outgoing using (${keyOf(of)})
      where municipality_code = $1
     on conflict (municipality_code, layout, addressee_number, fiscal_year) do update
        set content_sha256 = excluded.content_sha256, export_id = excluded.export_id,
            following = excluded.following`,
    [scope.municipality, of.layout.name, request.exportId],
  )
  await tx.run(
    `insert into municipal_system.export
       (municipality_code, export_id, union_code, layout, export_mode, as_of, row_count,
        transmission_id, sequence_number, prepared_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      scope.municipality,
      request.exportId,
      Number(scope.union),
      of.layout.name,
      request.mode,
      tx.today,
      sent.recordCount,
      sent.transmissionId,
      sent.sequenceNumber,
      tx.now,
    ],
  )
}

/**
 * 断られた移出 — the union applied nothing of it, so nothing of it counts as known there: the next
 * difference carries those rows again.
 */
export async function forgetRefusedExport(tx: Transaction, transmissionId: string): Promise<void> {
  await tx.run(
    `update municipal_system.exported_record as known
        set content_sha256 = ${refusedContent}
       from municipal_system.export as export
      where export.transmission_id = $1
        and export.municipality_code = known.municipality_code
        and export.export_id = known.export_id`,
    [transmissionId],
  )
}
