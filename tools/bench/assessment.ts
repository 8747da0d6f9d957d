/**
 * 当初賦課 — from database to database, with workings, beside the time of COPY alone for the same rows in the
 * same run: the rows that it reads out, and the rows that it writes into the same constrained tables.
 */

import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fiscalYear } from '@koiki/kernel'
import { assessUnion } from '@koiki/premium'
import { type Database, testDatabase } from '@koiki/store'

const full = process.argv.includes('--full')
const persons = full ? 300_000 : 30_000
const endings: (() => Promise<void>)[] = []

/** Households of one (60 %) and of two (40 %) over 45 municipalities; pensions by a fixed recurrence. */
async function settle(admin: Database): Promise<void> {
  await admin.unscoped(async (tx) => {
    const person = `
      select n, 430000000000 + n as resident_key, 4300000000 + n * 10 as subject_key,
             (431000 + n % 45)::text as municipality_code, lpad(n::text, 15, '0') as addressee,
             lpad((case when n % 5 in (3, 4) then n - n % 5 + 3 else n end)::text, 15, '0') as household,
             n % 5 <> 4 as head, date '1931-01-01' + (n * 7919 % 7300)::int as birth
        from generate_series(1, ${persons}) n`
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

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

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
  const chunks: Record<string, Buffer[]> = { assessment: [], working: [] }
  await admin.unscoped(async (tx) => {
    for (const [table, kept] of Object.entries(chunks))
      await pipeline(
        tx.copyOut(`copy premium.${table} to stdout`),
        new Writable({
          write(chunk, _encoding, done) {
            kept.push(chunk)
            done()
          },
        }),
      )
  })
  await admin.unscoped((tx) =>
    tx.run('truncate premium.assessment, premium.working, premium.delivery'),
  )
  const written = await seconds(() =>
    admin.unscoped(async (tx) => {
      for (const [table, kept] of Object.entries(chunks))
        await pipeline(kept, tx.copyIn(`copy premium.${table} from stdin`))
    }),
  )
  return { out: read, in: written }
}

try {
  const db = await testDatabase({ after: (end) => void endings.push(end) }, 'union')
  const admin = await db.asAdmin()
  await settle(admin)
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
  const floor = await copyFloor(admin)
  const ratio = took / (floor.out + floor.in)
  const report = {
    what: '当初賦課 データベースからデータベースまで(計算過程つき)',
    insured,
    seconds: Number(took.toFixed(2)),
    copyOutSeconds: Number(floor.out.toFixed(2)),
    copyInSeconds: Number(floor.in.toFixed(2)),
    ratioToCopy: Number(ratio.toFixed(2)),
    target: '3 以下',
    microsecondsPerPerson: Number(((took / insured) * 1e6).toFixed(1)),
    memoryPeakMiB: Math.round(peak / 1024 / 1024),
  }
  console.log(JSON.stringify(report))
} finally {
  for (const end of endings.reverse()) await end()
}
