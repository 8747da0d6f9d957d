import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Actor, recordAccess } from '@koiki/audit'
import type { Layout } from '@koiki/layouts'
import type { Database, Scope, Transaction } from '@koiki/store'
import { assignments, type ColumnMap, columnNames, contentDigest, selectList } from './columns.ts'
import { incomeColumns } from './income.ts'
import { auditKey, residentColumns } from './resident.ts'
import {
  isNext,
  laySlips,
  readFileOf,
  type Slip,
  slipName,
  slipsOf,
  writeFileOf,
} from './transferFile.ts'
import { 住民票異動情報, 個人住民税情報 } from './transferLayouts.ts'

/** 移転 — which store hands what to 市区町村システム, by which layout. */
export interface Transfer {
  readonly step: '2-1' | '4-1'
  readonly layout: Layout
  readonly columns: ColumnMap
  readonly key: readonly string[]
  readonly from: string
  readonly table: string
}

/** 2-1 — 住基システム hands over what changed on the register. */
export const residentTransfer: Transfer = {
  step: '2-1',
  layout: 住民票異動情報,
  columns: residentColumns,
  key: ['municipality_code', 'addressee_number'],
  from: 'resident_register',
  table: 'resident',
}

/** 4-1 — 地方税システム hands over what changed of the individual resident tax. */
export const incomeTransfer: Transfer = {
  step: '4-1',
  layout: 個人住民税情報,
  columns: incomeColumns,
  key: ['municipality_code', 'addressee_number', 'fiscal_year'],
  from: 'local_tax',
  table: 'income',
}

/**
 * 移転を渡す — writes the rows that changed since the last transfer to a file and records it in the
 * sender's store; then lays the slip beside it, without which the receiver sees no file. Null when
 * nothing changed. A crash before the record leaves a file that is removed, one after it a file whose
 * slip is written by the next call.
 */
export async function handOver(
  sender: Database,
  scope: Scope,
  transfer: Transfer,
  folder: string,
  actor: Actor,
): Promise<{ transferNumber: number; rowCount: number } | null> {
  const { from, table, columns, layout, step } = transfer
  const { municipality } = scope
  const place = path.join(folder, step)
  await mkdir(place, { recursive: true, mode: 0o700 })
  const handed = await sender.transaction(scope, async (tx) => {
    const counter = await tx.maybe<{ last: number }>(
      `select last_sequence as last from ${from}.change_counter where municipality_code = $1 for update`,
      [municipality],
    )
    const before = await tx.one<{ number: number; until: number }>(
      `select coalesce(max(transfer_number), 0) as number, coalesce(max(sequence_until), 0) as until
         from ${from}.transfer where municipality_code = $1`,
      [municipality],
    )
    const until = counter?.last ?? 0
    if (until === before.until) return null
    const transferNumber = before.number + 1
    const file = path.join(place, slipName(municipality, transferNumber))
    const rows = tx.batches(
      `select ${selectList(columns)} from ${from}.${table}
        where municipality_code = $1 and change_sequence > $2
        order by change_sequence`,
      [municipality, before.until],
    )
    const written = await writeFileOf(`${file}.csv`, layout, columns, rows)
    await tx.run(
      `insert into ${from}.transfer
         (municipality_code, transfer_number, union_code, sequence_from, sequence_until,
          row_count, content_sha256, handed_over_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        municipality,
        transferNumber,
        Number(scope.union),
        before.until + 1,
        until,
        written.rowCount,
        written.sha256,
        tx.now,
      ],
    )
    await auditTransfer(tx, transfer, 'read', municipality, written.runningNumbers, {
      actor,
      rowCount: written.rowCount,
    })
    return { transferNumber, rowCount: written.rowCount }
  })
  await laySlips(scope, step, place, (transferNumber) =>
    sender.transaction(scope, (tx) =>
      tx.maybe(
        `select row_count as "rowCount", encode(content_sha256, 'hex') as sha256 from ${from}.transfer
          where municipality_code = $1 and transfer_number = $2`,
        [municipality, transferNumber],
      ),
    ),
  )
  return handed
}

/** What one received transfer came to. */
export interface ReceivedTransfer {
  readonly transferNumber: number
  readonly rowCount: number
  readonly changedCount: number
}

/**
 * 移転を受ける — takes in the handed-over files of one municipality in the order of their numbers, each in
 * one transaction, and destroys a file once it has been taken in. The same file twice changes nothing; a
 * missing number or a file that differs from its slip throws JobFailure and nothing of it is applied.
 */
export async function receiveTransfers(
  receiver: Database,
  scope: Scope,
  transfer: Transfer,
  folder: string,
  actor: Actor,
): Promise<ReceivedTransfer[]> {
  const place = path.join(folder, transfer.step)
  const received: ReceivedTransfer[] = []
  for (const slip of await slipsOf(place, scope.municipality)) {
    const file = path.join(place, slipName(scope.municipality, slip.transferNumber))
    const one = await receiver.transaction(scope, (tx) =>
      receiveOne(tx, transfer, slip, `${file}.csv`, actor),
    )
    if (one !== null) received.push(one)
    await rm(`${file}.csv`, { force: true })
    await rm(`${file}.json`, { force: true })
  }
  return received
}

async function receiveOne(
  tx: Transaction,
  transfer: Transfer,
  slip: Slip,
  file: string,
  actor: Actor,
): Promise<ReceivedTransfer | null> {
  const { step, table, columns, key } = transfer
  const { municipality, transferNumber } = slip
  const held = 'municipal_system.transfer where municipality_code = $1 and step = $2'
  if (!(await isNext(tx, slip, held, [step]))) return null
  const names = columnNames(columns)
  await tx.run(
    `create temp table arriving on commit drop as
     select ${names} from municipal_system.${table} limit 0`,
  )
  const read = await readFileOf(tx, transfer, slip, file)
  await tx.run('analyze arriving')
  const kept = columns.map(([, column]) => column).filter((column) => !key.includes(column))
  const changedCount = await tx.run(
    `insert into municipal_system.${table} as held
       (union_code, ${names}, content_sha256, transfer_number)
     select $1, ${names}, ${contentDigest(columns)}, $2 from arriving
     on conflict (${key.join(', ')}) do update
        set ${assignments([...kept, 'content_sha256', 'transfer_number'])}
      where held.content_sha256 is distinct from excluded.content_sha256`,
    [Number(tx.scope?.union), transferNumber],
  )
  await tx.run(
    `insert into municipal_system.transfer
       (municipality_code, step, transfer_number, union_code, row_count, changed_count,
        content_sha256, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      municipality,
      step,
      transferNumber,
      Number(tx.scope?.union),
      read.rowCount,
      changedCount,
      read.sha256,
      tx.now,
    ],
  )
  const persons = await tx.query<{ running: number }>(
    `select running_number as running from municipal_system.resident
      where municipality_code = $1
        and addressee_number in (select addressee_number from arriving)`,
    [municipality],
  )
  await auditTransfer(
    tx,
    transfer,
    'write',
    municipality,
    persons.map(({ running }) => running),
    { actor, rowCount: read.rowCount },
  )
  return { transferNumber, rowCount: read.rowCount, changedCount }
}

async function auditTransfer(
  tx: Transaction,
  { step, layout }: Transfer,
  effect: 'read' | 'write',
  municipality: string,
  runningNumbers: readonly number[],
  by: { readonly actor: Actor; readonly rowCount: number },
): Promise<void> {
  await recordAccess(tx, {
    channel: 'job',
    actor: by.actor,
    party: `municipality:${municipality}`,
    purpose: `${layout.name}の移転(${step})`,
    act: step === '2-1' ? 'resident.transfer' : 'income.transfer',
    effect,
    persons: runningNumbers.map((running) => auditKey(municipality, running)),
    // 地方税システム knows no 連番, and an income may be held of one who is on no register here.
    count: by.rowCount,
  })
}
