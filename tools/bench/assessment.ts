/**
 * 当初賦課 — from database to database, with workings, beside the time of COPY alone for the same rows in the
 * same run: the rows that it reads out, and the rows that it writes into the same constrained tables.
 */

import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fiscalYear } from '@koiki/kernel'
import { assessUnion } from '@koiki/premium'
import { type Database, testDatabase } from '@koiki/store'
import { atMost, full, seconds, tell, whole } from './measure.ts'

const persons = full ? 300_000 : 30_000
const endings: (() => Promise<void>)[] = []
const folder = await mkdtemp(path.join(tmpdir(), 'koiki-bench-'))
endings.push(() => rm(folder, { recursive: true }))

/** Households of one (60 %) and of two (40 %) over 45 municipalities; pensions by a fixed recurrence. */
async function settle(admin: Database, count: number): Promise<void> {
  await admin.unscoped(async (tx) => {
    const person = `
      select n, 430000000000 + n as resident_key, 4300000000 + n * 10 as subject_key,
             (431000 + n % 45)::text as municipality_code, lpad(n::text, 15, '0') as addressee,
             lpad((case when n % 5 in (3, 4) then n - n % 5 + 3 else n end)::text, 15, '0') as household,
             n % 5 <> 4 as head, date '1931-01-01' + (n * 7919 % 7300)::int as birth
        from generate_series(1::bigint, ${count}) n`
    await tx.run(`create temp table p on commit drop as ${person}`)
    await tx.run('create index on p (n)')
    await tx.run(`insert into eligibility.resident_directory
      select municipality_code, addressee, 43, resident_key from p`)
    await tx.run(`insert into eligibility.resident
      (resident_key, union_code, municipality_code, addressee_number, current_version)
      select resident_key, 43, municipality_code, addressee, 1 from p`)
    await tx.run(`insert into eligibility.resident_record
      (resident_key, version, union_code, municipality_code, register, transmission_id, line,
       recorded_at, changed_on, change_reason, operated_on, digest, name, birth_date, sex, status,
       support_kind, exclusion_kind)
      select resident_key, 1, 43, municipality_code, 1, '00000000-0000-4000-8000-000000000000', 1,
             '2026-07-01', '2026-04-01', '00', '2026-04-01', '\\x00', '試験　' || n, birth, '1',
             '1', '0', '0' from p`)
    await tx.run(`insert into eligibility.household_membership
      (resident_key, began_on, union_code, municipality_code, household_number, held, is_head,
       relationship)
      select resident_key, '2000-01-01', 43, municipality_code, household, '[2000-01-01,)', head,
             '本人' from p`)
    await tx.run(`insert into eligibility.insured_person
      (subject_key, union_code, municipality_code, insured_number, resident_key, name, birth_date,
       sex, name_sort, under_support_measure, issued_on, issued_by_job)
      select subject_key, 43, municipality_code, lpad((subject_key % 100000000)::text, 8, '0'),
             resident_key, '試験　' || n, birth, '1', n::text, false, '2026-04-01', '0' from p`)
    await tx.run(`insert into eligibility.entitlement
      (subject_key, began_on, union_code, municipality_code, insurer_number, resident_key, held,
       acquired_on, ground_acquired)
      select subject_key, birth + interval '75 years', 43, municipality_code, '39431002',
             resident_key, daterange((birth + interval '75 years')::date, null),
             (birth + interval '75 years')::date, '01'
        from p`)
    await tx.run(`insert into premium.income
      select resident_key, 2026, 1, 43, municipality_code, 'declared', 400000 + n * 7907 % 2600000,
             0, 0, 0, 0, 0, 0, 0, null, decode(md5(n::text), 'hex'),
             '00000000-0000-4000-8000-000000000000', 1, '2026-07-01' from p`)
  })
  await admin.unscoped((tx) => tx.run('analyze'))
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

const written = ['assessment', 'working'] as const
const fileOf = (table: string): string => path.join(folder, table)

async function copyFloor(admin: Database): Promise<{ out: number; in: number }> {
  const read = await seconds(() =>
    admin.unscoped((tx) =>
      pipeline(
        tx.copyOut(`copy (
          select m.resident_key, m.household_number, m.is_head, r.birth_date, e.subject_key,
                 e.acquired_on, e.lost_on, i.*
            from eligibility.household_membership m
            join eligibility.resident_record r using (resident_key)
            left join eligibility.entitlement e using (resident_key)
            left join premium.income i using (resident_key)) to stdout`),
        nowhere(),
      ),
    ),
  )
  // On disk, because the workings of 300,000 people are more than this process should hold.
  for (const table of written)
    await admin.unscoped((tx) =>
      pipeline(tx.copyOut(`copy premium.${table} to stdout`), createWriteStream(fileOf(table))),
    )
  await admin.unscoped((tx) =>
    tx.run('truncate premium.assessment, premium.working, premium.delivery'),
  )
  const wrote = await seconds(() =>
    admin.unscoped(async (tx) => {
      for (const table of written)
        await pipeline(
          createReadStream(fileOf(table), { highWaterMark: 256 * 1024 }),
          tx.copyIn(`copy premium.${table} from stdin`),
        )
    }),
  )
  return { out: read, in: wrote }
}

interface Run {
  readonly insured: number
  readonly seconds: number
  /** Bytes that this process held at most. */
  readonly peak: number
  readonly admin: Database
}

async function assess(count: number): Promise<Run> {
  const db = await testDatabase({ after: (end) => void endings.push(end) }, 'union')
  const admin = await db.asAdmin()
  await settle(admin, count)
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  let insured = 0
  const took = await seconds(() =>
    db.transaction({ union: '43', municipality: '*' }, async (tx) => {
      const done = await assessUnion(tx, {
        fiscalYear: fiscalYear(2026),
        runId: '00000000-0000-4000-8000-000000000001',
        edition: 'bench',
      })
      insured = done.insured
    }),
  )
  clearInterval(watch)
  return { insured, seconds: took, peak, admin }
}

try {
  await assess(1000)
  const small = await assess(persons / 10)
  const large = await assess(persons)
  const floor = await copyFloor(large.admin)
  const copied = floor.out + floor.in
  const perPerson = (run: Run): number => (run.seconds / run.insured) * 1e6
  tell([
    {
      what: `当初賦課 ${whole(large.insured)}人（データベースからデータベースまで、計算の過程つき）`,
      measured: `${large.seconds.toFixed(2)} 秒`,
      floor: `同じ行のCOPY 出 ${floor.out.toFixed(2)} 秒と入 ${floor.in.toFixed(2)} 秒`,
      ratio: large.seconds / copied,
      target: atMost('床の 3 倍以下', 3, large.seconds / copied),
    },
    {
      what: '　使った記憶の最大',
      measured: `${(large.peak / 2 ** 20).toFixed(0)} MiB`,
      floor: `${whole(small.insured)}人では ${(small.peak / 2 ** 20).toFixed(0)} MiB`,
      ratio: large.peak / small.peak,
      target: atMost('1,024 MiB 未満', 2 ** 30 - 1, large.peak),
    },
    {
      what: '　1人の費用は人数によらないか',
      measured: `${whole(large.insured)}人 ${perPerson(large).toFixed(1)} µs/人`,
      floor: `${whole(small.insured)}人 ${perPerson(small).toFixed(1)} µs/人`,
      ratio: perPerson(large) / perPerson(small),
      target: null,
    },
  ])
} finally {
  for (const end of endings.reverse()) await end()
}
