import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { enqueue, fixedClock, runDueJobs, type TestDatabase, type Transaction } from '@koiki/store'
import { judgeShares } from '../jobs/judgeShares.ts'
import { findJudgements, findPendings, sharesOf } from '../store/shares.ts'

export const union = { union: '43', municipality: '*' }
export const kumamoto = '431001'

/** 所得・課税情報 in words; what is left out is an ordinary pensioner's. */
export type 所得 = {
  readonly 年度?: number
  readonly 年金?: number
  readonly 給与?: number
  readonly その他?: number
  readonly 課税標準額?: number | null
  readonly 調整控除?: number
  readonly 課税?: 'untaxed' | 'perCapitaOnly' | 'taxed' | null
  readonly 収入?: number | null
  readonly 申告?: 'declared' | 'undeclared' | 'inquiring'
}

type Work = <T>(work: (tx: Transaction) => Promise<T>, day?: string) => Promise<T>

/** 資格の町 — as the chapter of eligibility makes it for its own tests. */
type Town = { readonly db: TestDatabase; readonly work: Work }

/** 割合の町 — for tests: 資格の町 with incomes, judgements and shares told in words. */
export function copayTown<T extends Town>(base: T, today = '2026-07-01') {
  const { db, work } = base
  const key = (running: number, municipality = kumamoto) =>
    work(async (tx) => {
      const row = await tx.one<{ resident_key: number; subject_key: number | null }>(
        `select resident_key, subject_key from eligibility.addressee_number
          where municipality_code = $1 and addressee_number = $2`,
        [municipality, String(running).padStart(15, '0')],
      )
      return row
    })
  const subject = async (running: number) => {
    const { subject_key: found } = await key(running)
    assert.ok(found !== null, `${running}は被保険者ではない`)
    return found
  }
  return {
    ...base,
    key,
    subject,
    /** 所得・課税情報 as it arrives; the same person and year again is a correction. */
    async tax(running: number, 所得: 所得, day = today): Promise<void> {
      const { resident_key: residentKey } = await key(running)
      const { 年度 = 2026, 年金 = 0, 給与 = 0, その他 = 0, 調整控除 = 0 } = 所得
      const taxable = 所得.課税標準額 === undefined ? 0 : 所得.課税標準額
      const 課税 = 所得.課税 === undefined ? (taxable === 0 ? 'untaxed' : 'taxed') : 所得.課税
      await work(async (tx) => {
        await tx.run(
          `insert into premium.income
             (resident_key, fiscal_year, revision, union_code, municipality_code, declaration,
              public_pension_yen, salary_yen, family_employee_salary_yen, business_yen,
              family_employee_deduction_yen, capital_gains_yen,
              capital_gains_special_deduction_yen, other_yen, digest, transmission_id, line,
              recorded_at, taxable_income_yen, head_adjustment_yen, resident_tax, revenue_yen)
           select $1, $2::smallint,
                  1 + coalesce((select max(revision) from premium.income
                                 where resident_key = $1 and fiscal_year = $2::smallint), 0),
                  43, $3, $4, $5, $6, 0, 0, 0, 0, 0, $7, decode(md5($8), 'hex'), $9::uuid, 1,
                  $10::timestamptz, $11, $12, $13, $14`,
          [
            residentKey,
            年度,
            kumamoto,
            所得.申告 ?? 'declared',
            年金,
            給与,
            その他,
            JSON.stringify([residentKey, 所得]),
            randomUUID(),
            tx.now,
            taxable,
            調整控除,
            課税,
            所得.収入 === undefined ? 年金 + 給与 + その他 : 所得.収入,
          ],
        )
      }, day)
    },
    /** 仕事を一つ動かす — as the worker does, on a day. */
    async judge(year: number | null, day = today) {
      const worker = await db.as('app', fixedClock(day))
      const { jobId } = await worker.transaction(union, (tx) =>
        enqueue(tx, judgeShares, { year }, { requestedBy: '試験' }),
      )
      await runDueJobs({ database: worker, jobs: [judgeShares] })
      const job = await worker.unscoped((tx) =>
        tx.one<{ state: string; failure: string | null; result: Record<string, number> }>(
          'select state, failure, result from work.job where job_id = $1',
          [jobId],
        ),
      )
      assert.equal(job.state, 'done', job.failure ?? '')
      return job.result
    },
    /** 「3割 active1 2026-08-01〜2027-08-01」 */
    async shares(running: number): Promise<readonly string[]> {
      const own = await subject(running)
      return work(async (tx) =>
        (await sharesOf(tx, own)).map(
          ({ tenths, limitCategory, from, until }) =>
            `${tenths}割 ${limitCategory ?? '不明'} ${from}〜${until}`,
        ),
      )
    },
    async judgements(running: number) {
      const own = await subject(running)
      return work((tx) => findJudgements(tx, own))
    },
    async waiting(running: number): Promise<readonly string[]> {
      const own = await subject(running)
      return work(async (tx) =>
        (await findPendings(tx, own)).map(
          ({ effectiveOn, reasons }) =>
            `${effectiveOn} ${reasons.map(({ code }) => code).join(' ')}`,
        ),
      )
    },
    count: (table: string) =>
      work(async (tx) => (await tx.one<{ n: number }>(`select count(*) as n from ${table}`)).n),
  }
}

/** 基準収入額適用申請 — granted; it holds from the first of the month after. */
export async function grant(
  work: Work,
  residentKey: number,
  filedOn: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const from = `${filedOn.slice(0, 5)}${String(Number(filedOn.slice(5, 7)) + 1).padStart(2, '0')}-01`
  await grantFact(work, {
    residentKey,
    filedOn,
    from,
    kind: 'standardIncome',
    fields: { incomeYear: 'previous', ...fields },
  })
}

/** 決定した届書の事実 — as the chapter of filings leaves it. */
export async function grantFact(
  work: Work,
  {
    residentKey,
    filedOn,
    from,
    kind,
    fields,
  }: {
    readonly residentKey: number
    readonly filedOn: string
    readonly from: string
    readonly kind: string
    readonly fields: Record<string, unknown>
  },
): Promise<string> {
  const filing = randomUUID()
  await work(async (tx) => {
    await tx.run(
      `insert into eligibility.filing_standing
         (filing_id, union_code, municipality_code, version, state, reconciliation, due_on, name,
          name_folded, changed_at)
       values ($1::uuid, 43, $2, 1, 'granted', 'none', $3::date, '試験', '試験', $4::timestamptz)`,
      [filing, kumamoto, filedOn, tx.now],
    )
    await tx.run(
      `insert into eligibility.granted_fact
         (resident_key, filing_id, union_code, municipality_code, kind, receipt_number, held, fields,
          granted_on)
       values ($1, $2::uuid, 43, $3, $7, '431001-R8-00001', daterange($4::date, null),
               $5::jsonb, $6::date)`,
      [residentKey, filing, kumamoto, from, JSON.stringify(fields), filedOn, kind],
    )
  }, filedOn)
  return filing
}
