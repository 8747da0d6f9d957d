/**
 * 全件照合 — both sides' trees of 住民基本台帳情報 from their own databases, and the search for the one record that
 * differs. Beside it, in the same run, its floor: reading the very same records once, by COPY, the leanest that
 * the database offers, and doing nothing with them. --full: 300,000 records.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importResidents, reconciledResidents } from '@koiki/eligibility'
import {
  askReconciliation,
  type ExchangePlace,
  keyFolder,
  makePartyKeys,
  type Reconcilable,
  ReconciliationAnswerer,
} from '@koiki/exchange'
import { readRecords, sampleRecords, writeRecords, 住民基本台帳情報 } from '@koiki/layouts'
import { type Database, type TestDatabase, testDatabase } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import { atMost, full, seconds, tell, whole } from './measure.ts'

const rows = full ? 300_000 : 30_000
/** The fastest of each counts: what slows one down is somebody else's work on the machine. */
const rounds = full ? 2 : 3
const municipality = '431001'
const everywhere = { union: '43', municipality: '*' }
const endings: (() => Promise<void>)[] = []
const folder = await mkdtemp(path.join(tmpdir(), 'koiki-bench-'))
endings.push(() => rm(folder, { recursive: true }))
for (const party of ['union:43', `municipality:${municipality}`])
  await makePartyKeys(path.join(folder, 'keys'), party)
const place = (self: string): ExchangePlace => ({
  self,
  keys: keyFolder(path.join(folder, 'keys')),
  folder,
})

const database = (): Promise<TestDatabase> =>
  testDatabase({ after: (end) => void endings.push(end) }, 'union')

async function fill(db: Database): Promise<void> {
  const vault = await openVault({
    party: 'union',
    provider: {
      name: '計測の鍵',
      open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
    },
  })
  await db.transaction(everywhere, async (tx) => {
    const records = sampleRecords(住民基本台帳情報, { rows, seed: 1, municipality })
    const file = {
      layout: 住民基本台帳情報,
      municipality,
      transmissionId: '00000000-0000-4000-8000-000000000001',
      batches: readRecords(住民基本台帳情報, writeRecords(住民基本台帳情報, records), {
        today: tx.today,
        municipality,
      }),
    }
    await importResidents(tx, file, { vault, jobId: '1' })
  })
}

/** One scan of the very same rows over the wire, as lean as the database gives them, and nothing done with a byte. */
const readOnce = (db: Database): Promise<number> =>
  seconds(() =>
    db.transaction(everywhere, async (tx) => {
      await tx.run('set local enable_nestloop = off')
      let count = 0
      const bytes = tx.copyOut(
        `copy (select r.addressee_number, c.*
                 from eligibility.resident r
                 join eligibility.resident_record c
                   on c.resident_key = r.resident_key and c.version = r.current_version
                where r.municipality_code = '${municipality}') to stdout`,
      )
      for await (const chunk of bytes)
        for (const byte of chunk as Buffer) if (byte === 10) count += 1
      if (count !== rows) throw new Error(`読めたのは${count}件です。`)
    }),
  )

/** The other side of the bench holds the same but for the first record that it reads, whose last value is another. */
function differingSide(of: Reconcilable): Reconcilable {
  let changed: string | null = null
  return {
    ...of,
    async *lines(tx, code) {
      changed = null
      for await (const chunk of of.lines(tx, code)) {
        const end: number = changed === null ? chunk.indexOf('\n') : -1
        if (end === -1) {
          yield chunk
          continue
        }
        changed = chunk.toString('utf8', 0, chunk.indexOf('\t'))
        yield Buffer.concat([chunk.subarray(0, end), Buffer.from('丁'), chunk.subarray(end)])
      }
    },
    async *rows(tx, code, only) {
      for await (const batch of of.rows(tx, code, only))
        yield batch.map((row) =>
          row.key === changed
            ? { ...row, values: row.values.with(-1, `${row.values.at(-1)}丁`) }
            : row,
        )
    },
  }
}

try {
  const ours = await database()
  const theirs = await database()
  for (const db of [ours, theirs]) await fill(db)
  const other = differingSide(reconciledResidents)
  await readOnce(ours)
  let floor = Number.POSITIVE_INFINITY
  let took = Number.POSITIVE_INFINITY
  let agreed = Number.POSITIVE_INFINITY
  let messages = 0
  let bytes = 0

  const reconcile = (answering: Reconcilable, differences: number): Promise<number> =>
    seconds(async () => {
      const answerer = new ReconciliationAnswerer([answering])
      const self = `municipality:${municipality}`
      const done = await askReconciliation({
        place: place('union:43'),
        answerer: self,
        municipality,
        of: reconciledResidents,
        read: (work) => ours.transaction(everywhere, work),
        ask: (message) =>
          theirs.transaction({ union: '43', municipality }, (tx) =>
            answerer.answer(tx, place(self), 'union:43', municipality, message),
          ),
      })
      if (done.differences !== differences)
        throw new Error(`違いが${done.differences}件になりました。`)
      messages = done.messages
      bytes = done.messageBytes
    })

  for (let round = 1; round <= rounds; round += 1) {
    floor = Math.min(floor, await readOnce(ours))
    agreed = Math.min(agreed, await reconcile(reconciledResidents, 0))
    took = Math.min(took, await reconcile(other, 1))
  }
  // Two parties read, each its own records; the floor is reading them once.
  tell([
    {
      what: `全件照合 両側${whole(rows)}件ずつ、すべて合う（木を両側でつくる）`,
      measured: `${agreed.toFixed(2)} 秒`,
      floor: `片側を1度読むだけ ${floor.toFixed(2)} 秒`,
      ratio: agreed / floor,
      target: atMost('片側を1度読む時間の 4 倍以下', 4, agreed / floor),
    },
    {
      what: '　1件だけ違うのを見つけ、項目まで言う',
      measured: `${took.toFixed(2)} 秒`,
      floor: `片側を1度読むだけ ${floor.toFixed(2)} 秒`,
      ratio: took / floor,
      target: null,
    },
    {
      what: '　そのときやりとりした書面',
      measured: `${messages}通 ${(bytes / 1024).toFixed(1)} KiB`,
      floor: `全件を送れば約 ${whole((rows * 300) / 1024)} KiB`,
      ratio: null,
      target: null,
    },
  ])
} finally {
  for (const end of endings.reverse()) await end()
}
