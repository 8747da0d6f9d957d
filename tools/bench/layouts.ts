/**
 * レイアウト — reading and checking 住民基本台帳情報, beside a bare split of the same bytes at their line feeds
 * in the same run, and the memory that a long stream takes. 200 MB; 2 GB with --full.
 */

import { plainDate } from '@koiki/kernel'
import {
  readRecords,
  readRows,
  sampleRecords,
  writeRecords,
  住民基本台帳情報,
} from '@koiki/layouts'
import { full, type Measurement, tell, whole } from './measure.ts'

const layout = 住民基本台帳情報
const options = { today: plainDate('2026-07-01'), municipality: '431001' }
const chunkSize = 256 * 1024

/** 30,000 rows over and over, in memory, so that no disk is measured. */
async function sample(rows: number): Promise<Buffer[]> {
  const blocks: Buffer[] = []
  for await (const block of writeRecords(layout, sampleRecords(layout, { rows })))
    blocks.push(block)
  const bytes = Buffer.concat(blocks)
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += chunkSize)
    chunks.push(bytes.subarray(at, at + chunkSize))
  return chunks
}

function secondsSince(since: number): number {
  return (performance.now() - since) / 1000
}

/** Decode and split, and nothing else: what no reader can be faster than. */
function split(chunks: readonly Buffer[]): number {
  let rest = ''
  let lines = 0
  for (const chunk of chunks) {
    const text = rest + chunk.toString('latin1')
    const parts = text.split('\n')
    rest = parts.pop() as string
    lines += parts.length
  }
  return lines
}

async function best(
  times: number,
  work: () => number | Promise<number>,
): Promise<[number, number]> {
  let fastest = Number.POSITIVE_INFINITY
  let result = 0
  for (let round = 0; round < times; round += 1) {
    const start = performance.now()
    result = await work()
    fastest = Math.min(fastest, secondsSince(start))
  }
  return [fastest, result]
}

async function countRecords(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<number> {
  let count = 0
  for await (const batch of readRecords(layout, chunks, options)) {
    if (batch.findings.length > 0) throw new Error(batch.findings[0]?.sentence)
    count += batch.records.length
  }
  return count
}

async function countRows(chunks: Iterable<Buffer>): Promise<number> {
  let count = 0
  for await (const { row } of readRows(layout, chunks, options)) if (row !== null) count += 1
  return count
}

/** A file of so many bytes that never exists as a whole; every row has its own number. */
async function* longFile(size: number): AsyncGenerator<Buffer> {
  let sent = 0
  function* records(): Generator<string[]> {
    const some = [...sampleRecords(layout, { rows: 10_000 })]
    for (let round = 0; sent < size; round += 1) {
      for (const [at, record] of some.entries()) {
        const copy = [...record]
        copy[1] = String(round * 10_000 + at).padStart(15, '0')
        copy[2] = `${String(round).padStart(5, '0')}${(record[2] as string).slice(5)}`
        yield copy
      }
    }
  }
  for await (const block of writeRecords(layout, records())) {
    sent += block.length
    yield block
  }
}

const megabytes = (value: number) => `${(value / 1e6).toFixed(0)} MB`

async function readLongFile(size: number): Promise<Measurement> {
  const before = process.memoryUsage.rss()
  let peak = before
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const block of longFile(size)) {
      peak = Math.max(peak, process.memoryUsage.rss())
      yield block
    }
  }
  const start = performance.now()
  const count = await countRecords(watched())
  const bytesPerRow = (peak - before) / count
  return {
    what: `${megabytes(size)}のファイルを作りながら読む（${whole(count)}行、重複と世帯の検査を含む）`,
    measured: `${(size / 1e6 / secondsSince(start)).toFixed(0)} MB/秒、記憶の最大 ${megabytes(peak)}`,
    floor: `初めの記憶 ${megabytes(before)}、1行あたり ${bytesPerRow.toFixed(0)} バイト増`,
    ratio: peak / size,
    target: null,
  }
}

const long = await readLongFile(full ? 2e9 : 2e8)

const rows = full ? 300_000 : 30_000
const chunks = await sample(rows)
const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
await countRecords(chunks)
const rounds = full ? 3 : 10
const [splitTime] = await best(rounds, () => split(chunks))
const [recordTime, records] = await best(rounds, () => countRecords(chunks))
const [rowTime] = await best(rounds, () => countRows(chunks))
if (records !== rows) throw new Error(`${rows}行のはずが${records}行でした。`)
const [writeTime] = await best(3, async () => {
  let size = 0
  const all = [...sampleRecords(layout, { rows: 30_000 })]
  for await (const block of writeRecords(layout, all)) size += block.length
  return size
})

const perSecond = (count: number, time: number) => `${whole(count / time)} 行/秒`
const floor = `行の分割だけ ${perSecond(rows, splitTime)}`
const title = `住民基本台帳情報 ${layout.names.length}項目 ${whole(rows)}行 ${megabytes(bytes)}を読んで検査`
tell([
  {
    what: `${title}（文字の配列）`,
    measured: perSecond(rows, recordTime),
    floor,
    ratio: splitTime / recordTime,
    target: null,
  },
  {
    what: '　行の型まで',
    measured: perSecond(rows, rowTime),
    floor,
    ratio: splitTime / rowTime,
    target: null,
  },
  {
    what: '　検査して書く（30,000行）',
    measured: perSecond(30_000, writeTime),
    floor,
    ratio: splitTime / rows / (writeTime / 30_000),
    target: null,
  },
  long,
])
