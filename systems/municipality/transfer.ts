import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Actor, recordAccess } from '@koiki/audit'
import { type Layout, readRecords, writeRecords } from '@koiki/layouts'
import { type Database, JobFailure, type Scope, type Transaction } from '@koiki/store'
import { assignments, type ColumnMap, columnNames, contentDigest, selectList } from './columns.ts'
import { incomeColumns } from './income.ts'
import { auditKey, residentColumns } from './resident.ts'
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

/** 移転の送付票 — lies beside the file; all that the receiver knows of the sender. */
interface Slip {
  readonly step: string
  readonly municipality: string
  readonly transferNumber: number
  readonly rowCount: number
  readonly sha256: string
}

const slipName = (municipality: string, number: number): string =>
  `${municipality}-${String(number).padStart(6, '0')}`

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
  await laySlips(sender, scope, transfer, place)
  return handed
}

async function laySlips(
  sender: Database,
  scope: Scope,
  { from, step }: Transfer,
  place: string,
): Promise<void> {
  const names = (await readdir(place)).filter((name) => name.startsWith(`${scope.municipality}-`))
  const waiting = names.filter(
    (name) => name.endsWith('.csv') && !names.includes(name.replace(/csv$/, 'json')),
  )
  for (const name of waiting) {
    const transferNumber = Number(name.slice(7, -'.csv'.length))
    const row = await sender.transaction(scope, (tx) =>
      tx.maybe<{ rowCount: number; sha256: string }>(
        `select row_count as "rowCount", encode(content_sha256, 'hex') as sha256 from ${from}.transfer
          where municipality_code = $1 and transfer_number = $2`,
        [scope.municipality, transferNumber],
      ),
    )
    const file = path.join(place, slipName(scope.municipality, transferNumber))
    if (row === null) {
      await rm(`${file}.csv`)
      continue
    }
    const slip: Slip = { step, municipality: scope.municipality, transferNumber, ...row }
    await writeFile(`${file}.new`, JSON.stringify(slip), { mode: 0o600 })
    await rename(`${file}.new`, `${file}.json`)
  }
}

async function writeFileOf(
  name: string,
  layout: Layout,
  columns: ColumnMap,
  batches: AsyncIterable<readonly Record<string, unknown>[]>,
): Promise<{ rowCount: number; sha256: Buffer; runningNumbers: number[] }> {
  const hash = createHash('sha256')
  const runningNumbers: number[] = []
  let rowCount = 0
  const fields = columns.map(([field]) => field)
  async function* records(): AsyncGenerator<string[]> {
    for await (const batch of batches) {
      rowCount += batch.length
      for (const row of batch) {
        if (row.runningNumber !== undefined) runningNumbers.push(Number(row.runningNumber))
        yield fields.map((field) => (row[field] === null ? '' : String(row[field])))
      }
    }
  }
  const file = await open(name, 'w', 0o600)
  try {
    for await (const block of writeRecords(layout, records())) {
      hash.update(block)
      await file.write(block)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { rowCount, sha256: hash.digest(), runningNumbers }
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

async function slipsOf(place: string, municipality: string): Promise<Slip[]> {
  const names = await readdir(place).catch(() => [] as string[])
  const own = names.filter((name) => name.startsWith(`${municipality}-`) && name.endsWith('.json'))
  const slips = own.map(
    async (name) => JSON.parse(await readFile(path.join(place, name), 'utf8')) as Slip,
  )
  return (await Promise.all(slips)).sort((a, b) => a.transferNumber - b.transferNumber)
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
  const known = await tx.maybe<{ sha256: Buffer }>(
    `select content_sha256 as sha256 from municipal_system.transfer
      where municipality_code = $1 and step = $2 and transfer_number = $3`,
    [municipality, step, transferNumber],
  )
  if (known !== null) return null
  const { last } = await tx.one<{ last: number }>(
    `select coalesce(max(transfer_number), 0) as last from municipal_system.transfer
      where municipality_code = $1 and step = $2`,
    [municipality, step],
  )
  if (transferNumber !== last + 1) {
    throw new JobFailure(
      `移転 ${step} の ${last + 1} 番が届いていません(届いたのは ${transferNumber} 番)。渡した側の控えを確かめてください。`,
    )
  }
  const names = columnNames(columns)
  await tx.run(
    `create temp table arriving on commit drop as
     select ${names} from municipal_system.${table} limit 0`,
  )
  const read = await readFileOf(tx, transfer, municipality, file)
  if (read.sha256.toString('hex') !== slip.sha256 || read.rowCount !== slip.rowCount) {
    throw new JobFailure(
      `移転 ${step} の ${transferNumber} 番のファイルが送付票と違います。何も取り込んでいません。渡し直してください。`,
    )
  }
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

async function readFileOf(
  tx: Transaction,
  transfer: Transfer,
  municipality: string,
  file: string,
): Promise<{ rowCount: number; sha256: Buffer }> {
  const hash = createHash('sha256')
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      hash.update(chunk as Buffer)
      yield chunk as Buffer
    }
  }
  async function* rows(): AsyncGenerator<(string | null)[]> {
    for await (const batch of readRecords(transfer.layout, bytes(), { municipality })) {
      const fault = batch.findings.find(({ severity }) => severity === 'error')
      if (fault !== undefined) {
        throw new JobFailure(
          `移転 ${transfer.step} のファイルの ${fault.line} 行目: ${fault.sentence}何も取り込んでいません。`,
        )
      }
      for (const record of batch.records) yield record.map((text) => (text === '' ? null : text))
    }
  }
  const rowCount = await tx.copyRows(`arriving (${columnNames(transfer.columns)})`, rows())
  return { rowCount, sha256: hash.digest() }
}
