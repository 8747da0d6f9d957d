/**
 * 住民基本台帳情報の取込み — a whole file: parsed, checked, sealed, applied with its history, audited. Beside
 * it, in the same run, its floor: COPY of the very same final rows into the same constrained tables, plus
 * AES-GCM and HMAC alone; and COPY of those rows into tables without any constraint. --full: 300,000 rows.
 */

import { createCipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto'
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
import { atLeast, full, seconds, tell, whole } from './measure.ts'

const rows = full ? 300_000 : 30_000
/** The fastest of each counts: what slows one down is somebody else's work on the machine. */
const rounds = full ? 1 : 3
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
  const sealKey = createSecretKey(randomBytes(32))
  const indexKey = createSecretKey(randomBytes(32))
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
  const all = await writeFile(rows, 1)
  const fastest = {
    small: Number.POSITIVE_INFINITY,
    took: Number.POSITIVE_INFINITY,
    constrained: Number.POSITIVE_INFINITY,
    bare: Number.POSITIVE_INFINITY,
    ciphers: Number.POSITIVE_INFINITY,
  }
  const keep = (name: keyof typeof fastest, time: number): void => {
    fastest[name] = Math.min(fastest[name], time)
  }
  for (let round = 1; round <= rounds; round += 1) {
    const small = await database()
    keep('small', await seconds(() => importFile(small, tenth)))
    const db = await database()
    keep('took', await seconds(() => importFile(db, all)))
    if (round === 1) await keepRows(await db.asAdmin())
    const floorDatabase = await (await database()).asAdmin()
    keep('constrained', await copyInto(floorDatabase, (table) => table))
    await makeBareTables(floorDatabase)
    keep('bare', await copyInto(floorDatabase, (table) => `public.${bareName(table)}`))
    keep('ciphers', ciphersAlone(rows))
  }
  const { small: smallSeconds, took, constrained, bare, ciphers } = fastest
  const floor = constrained + ciphers

  const perRow = (time: number, count: number): string =>
    `${((time / count) * 1e6).toFixed(1)} µs/件`
  tell([
    {
      what: `住民基本台帳情報 ${whole(rows)}件の取込み（検査・封・履歴・監査を含む）`,
      measured: `${took.toFixed(2)} 秒`,
      floor: `同じ制約の表へのCOPY ${constrained.toFixed(2)} 秒とAES-GCM・HMAC ${ciphers.toFixed(2)} 秒`,
      ratio: floor / took,
      target: atLeast('床の 0.5 以上', 0.5, floor / took),
    },
    {
      what: '　制約のない表への生のCOPYと比べる',
      measured: `${took.toFixed(2)} 秒`,
      floor: `${bare.toFixed(2)} 秒`,
      ratio: bare / took,
      target: null,
    },
    {
      what: '　1件の費用は件数によらないか',
      measured: `${whole(rows)}件 ${perRow(took, rows)}`,
      floor: `${whole(rows / 10)}件 ${perRow(smallSeconds, rows / 10)}`,
      ratio: took / rows / (smallSeconds / (rows / 10)),
      target: null,
    },
  ])
} finally {
  for (const end of endings.reverse()) await end()
}
