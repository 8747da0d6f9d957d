/**
 * 住民基本台帳情報の取込み — a whole file: parsed, checked, sealed, applied with its history, audited. Beside
 * it, in the same run, its floor: COPY of the very same final rows into the same constrained tables, plus
 * AES-GCM and HMAC alone; and COPY of those rows into tables without any constraint. --full: 300,000 rows.
 */

import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { importResidents } from '@koiki/eligibility'
import {
  type Layout,
  readRecords,
  sampleRecords,
  writeRecords,
  住民基本台帳情報,
} from '@koiki/layouts'
import { type Database, type TestDatabase, testDatabase } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'

const rows = process.argv.includes('--full') ? 300_000 : 30_000
const municipality = '431001'
const layout: Layout = 住民基本台帳情報
const union = { union: '43', municipality: '*' }
const endings: (() => Promise<void>)[] = []
const folder = await mkdtemp(path.join(tmpdir(), 'koiki-bench-'))
endings.push(() => rm(folder, { recursive: true }))
const vault = await openVault({
  party: 'union',
  provider: {
    name: '計測の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const database = (): Promise<TestDatabase> =>
  testDatabase({ after: (end) => void endings.push(end) }, 'union')

async function writeFile(count: number, seed: number): Promise<string> {
  const file = path.join(folder, `${count}-${seed}.csv`)
  const records = sampleRecords(layout, { rows: count, seed, municipality })
  await pipeline(writeRecords(layout, records), createWriteStream(file))
  return file
}

async function importFile(db: Database, file: string): Promise<void> {
  await db.transaction(union, async (tx) => {
    const source = createReadStream(file, { highWaterMark: 256 * 1024 })
    const result = await importResidents(
      tx,
      {
        layout,
        municipality,
        transmissionId: '00000000-0000-4000-8000-000000000001',
        batches: readRecords(layout, source, { today: tx.today, municipality }),
      },
      { vault, jobId: '1' },
    )
    if (result.added === 0) throw new Error('1件も取り込まれませんでした。')
  })
}

/** What an import leaves behind, table by table. */
const tables = [
  'vault.blind_index',
  'vault.sealed_number',
  'eligibility.resident_directory',
  'eligibility.resident',
  'eligibility.resident_record',
  'eligibility.household_membership',
  'eligibility.support_measure',
]

/** The final rows as COPY text on disk, so that reading them is no part of any time. */
async function keepRows(admin: Database): Promise<void> {
  for (const table of tables) {
    await admin.unscoped((tx) =>
      pipeline(tx.copyOut(`copy ${table} to stdout`), createWriteStream(path.join(folder, table))),
    )
  }
}

const copyInto = (admin: Database, nameOf: (table: string) => string): Promise<number> =>
  seconds(() =>
    admin.unscoped(async (tx) => {
      for (const table of tables) {
        await pipeline(
          createReadStream(path.join(folder, table), { highWaterMark: 256 * 1024 }),
          tx.copyIn(`copy ${nameOf(table)} from stdin`),
        )
      }
    }),
  )

const bareName = (table: string): string => `bare_${table.replace('.', '_')}`

async function makeBareTables(admin: Database): Promise<void> {
  await admin.unscoped(async (tx) => {
    for (const table of tables)
      await tx.run(`create table public.${bareName(table)} as select * from ${table} limit 0`)
  })
}

/** The ciphers alone, over as many numbers, with nothing around them. */
function ciphersAlone(count: number): number {
  const [sealKey, indexKey] = [randomBytes(32), randomBytes(32)]
  const digits = Buffer.from('123456789012')
  const place = Buffer.alloc(64)
  const nonces = randomBytes(12 * count)
  const start = performance.now()
  for (let index = 0; index < count; index += 1) {
    const cipher = createCipheriv(
      'aes-256-gcm',
      sealKey,
      nonces.subarray(index * 12, index * 12 + 12),
    )
    cipher.setAAD(place)
    cipher.update(digits)
    cipher.final()
    cipher.getAuthTag()
    createHmac('sha256', indexKey).update(place).update(digits).digest()
  }
  return (performance.now() - start) / 1000
}

try {
  // A first, small import warms the compiler up; the same file again must find nothing to do.
  await importFile(await database(), await writeFile(2000, 9))
  ciphersAlone(2000)

  const tenth = await writeFile(rows / 10, 2)
  const whole = await writeFile(rows, 1)
  const small = await database()
  const smallSeconds = await seconds(() => importFile(small, tenth))
  const db = await database()
  const took = await seconds(() => importFile(db, whole))

  await keepRows(await db.asAdmin())
  const floorDatabase = await (await database()).asAdmin()
  const constrained = await copyInto(floorDatabase, (table) => table)
  await makeBareTables(floorDatabase)
  const bare = await copyInto(floorDatabase, (table) => `public.${bareName(table)}`)
  const ciphers = ciphersAlone(rows)
  const floor = constrained + ciphers

  const show = (value: number, digits = 2): string => value.toFixed(digits)
  const perRow = (time: number, count: number): string => show((time / count) * 1e6, 1)
  console.log(`住民基本台帳情報 ${rows.toLocaleString('ja-JP')}件の取込み`)
  console.log(`  取込み(検査・封・履歴・監査を含む)  ${show(took)} 秒  ${perRow(took, rows)} µs/件`)
  console.log(`  床: 同じ行を同じ制約の表へ COPY       ${show(constrained)} 秒`)
  console.log(`      AES-GCM と HMAC だけ             ${show(ciphers)} 秒`)
  console.log(`  床との比(床 ÷ 取込み、0.5 以上)     ${show(floor / took)}`)
  console.log(`  制約のない表への COPY との比          ${show(bare / took)} (${show(bare)} 秒)`)
  console.log(
    `  10分の1の件数では                    ${perRow(smallSeconds, rows / 10)} µs/件 (比 ${show(took / rows / (smallSeconds / (rows / 10)))})`,
  )
} finally {
  for (const end of endings.reverse()) await end()
}
