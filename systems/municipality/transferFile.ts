import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Layout, readRecords, writeRecords } from '@koiki/layouts'
import { JobFailure, type Scope, type Transaction } from '@koiki/store'
import { type ColumnMap, columnNames } from './columns.ts'

/** 移転の送付票 — lies beside the file; all that the receiver knows of the sender. */
export interface Slip {
  readonly step: string
  readonly municipality: string
  readonly transferNumber: number
  readonly rowCount: number
  readonly sha256: string
}

export const slipName = (municipality: string, number: number): string =>
  `${municipality}-${String(number).padStart(6, '0')}`

/**
 * 送付票を置く — beside every file that the sender's store knows of, without which the receiver sees no file; a
 * file that a crash left before its record is removed.
 */
export async function laySlips(
  { municipality }: Scope,
  step: string,
  place: string,
  recorded: (transferNumber: number) => Promise<Pick<Slip, 'rowCount' | 'sha256'> | null>,
): Promise<void> {
  const names = (await readdir(place)).filter((name) => name.startsWith(`${municipality}-`))
  const waiting = names.filter(
    (name) => name.endsWith('.csv') && !names.includes(name.replace(/csv$/, 'json')),
  )
  for (const name of waiting) {
    const transferNumber = Number(name.slice(7, -'.csv'.length))
    const row = await recorded(transferNumber)
    const file = path.join(place, slipName(municipality, transferNumber))
    if (row === null) {
      await rm(`${file}.csv`)
      continue
    }
    const slip: Slip = { step, municipality, transferNumber, ...row }
    await writeFile(`${file}.new`, JSON.stringify(slip), { mode: 0o600 })
    await rename(`${file}.new`, `${file}.json`)
  }
}

/** 移転のファイルを書く */
export async function writeFileOf(
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

/** 届いた送付票 — of one municipality, in the order of their numbers. */
export async function slipsOf(place: string, municipality: string): Promise<Slip[]> {
  const names = await readdir(place).catch(() => [] as string[])
  const own = names.filter((name) => name.startsWith(`${municipality}-`) && name.endsWith('.json'))
  const slips = own.map(
    async (name) => JSON.parse(await readFile(path.join(place, name), 'utf8')) as Slip,
  )
  return (await Promise.all(slips)).sort((a, b) => a.transferNumber - b.transferNumber)
}

/** 次の番号か — false for one that was taken in before; throws JobFailure when a number is missing. */
export async function isNext(
  tx: Transaction,
  { step, municipality, transferNumber }: Slip,
  from: string,
  values: readonly unknown[] = [],
): Promise<boolean> {
  const { last } = await tx.one<{ last: number }>(
    `select coalesce(max(transfer_number), 0) as last from ${from}`,
    [municipality, ...values],
  )
  if (transferNumber <= last) return false
  if (transferNumber > last + 1) {
    throw new JobFailure(
      `移転 ${step} の ${last + 1} 番が届いていません(届いたのは ${transferNumber} 番)。渡した側の控えを確かめてください。`,
    )
  }
  return true
}

interface Arriving {
  readonly step: string
  readonly layout: Layout
  readonly columns: ColumnMap
}

/**
 * 移転のファイルを読む — into `arriving`, all of it or none: a row that does not fit the layout, or a file that
 * is not what its slip says, throws JobFailure.
 */
export async function readFileOf(
  tx: Transaction,
  { step, layout, columns }: Arriving,
  slip: Slip,
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
    for await (const batch of readRecords(layout, bytes(), {
      municipality: slip.municipality,
    })) {
      const fault = batch.findings.find(({ severity }) => severity === 'error')
      if (fault !== undefined) {
        throw new JobFailure(
          `移転 ${step} のファイルの ${fault.line} 行目: ${fault.sentence}何も取り込んでいません。`,
        )
      }
      for (const record of batch.records) yield record.map((text) => (text === '' ? null : text))
    }
  }
  const rowCount = await tx.copyRows(`arriving (${columnNames(columns)})`, rows())
  const sha256 = hash.digest()
  if (sha256.toString('hex') !== slip.sha256 || rowCount !== slip.rowCount) {
    throw new JobFailure(
      `移転 ${step} の ${slip.transferNumber} 番のファイルが送付票と違います。何も取り込んでいません。渡し直してください。`,
    )
  }
  return { rowCount, sha256 }
}
