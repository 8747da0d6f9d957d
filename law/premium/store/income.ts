import { hash } from 'node:crypto'
import { TransmissionRefused } from '@koiki/exchange'
import type { FiscalYear, PlainDate } from '@koiki/kernel'
import { type Layout, type RecordBatch, 所得課税情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'

/** 取り込みの結果 — what a file of 所得・課税情報 changed. */
export interface AppliedIncome {
  readonly received: number
  readonly added: number
  readonly corrected: number
  readonly unchanged: number
  /** Lines whose 宛名番号 no 住民基本台帳情報 or 住登外登録情報 has named; they changed nothing. */
  readonly unknownLines: readonly number[]
  readonly residentKeys: readonly number[]
}

type ColumnName = keyof (typeof 所得課税情報)['columns'] & string
const amountColumns = [
  '公的年金等収入額',
  '給与収入額',
  '専従者給与収入額',
  '事業所得額',
  '専従者控除額',
  '分離譲渡所得額',
  '譲渡特別控除額',
  'その他所得額',
] as const satisfies readonly ColumnName[]
/** 課税の結果 — carried since the edition 2026-07; an older file leaves them unknown, never 0. */
const resultColumns = [
  '課税標準額',
  '世帯主調整控除額',
  '判定用収入額',
] as const satisfies readonly ColumnName[]
const declarationOf: Readonly<Record<string, string>> = {
  '0': 'undeclared',
  '1': 'declared',
  '2': 'inquiring',
}
const residentTaxOf: Readonly<Record<string, string>> = {
  '0': 'untaxed',
  '1': 'perCapitaOnly',
  '2': 'taxed',
}

const stageSql = `
  create temp table income_stage (
    line integer not null,
    municipality_code text not null,
    addressee_number text not null,
    fiscal_year smallint not null,
    declaration text not null,
    public_pension_yen bigint not null,
    salary_yen bigint not null,
    family_employee_salary_yen bigint not null,
    business_yen bigint not null,
    family_employee_deduction_yen bigint not null,
    capital_gains_yen bigint not null,
    capital_gains_special_deduction_yen bigint not null,
    other_yen bigint not null,
    taxable_income_yen bigint,
    head_adjustment_yen bigint,
    revenue_yen bigint,
    resident_tax text,
    corrected_on date,
    digest bytea not null
  ) on commit drop`

type ReadIncome = {
  readonly declaration: string
  readonly amounts: readonly string[]
  readonly results: readonly (string | null)[]
  readonly residentTax: string | null
  readonly correctedOn: string | null
}

function incomeReader(layout: Layout): (record: readonly string[]) => ReadIncome {
  const at = (name: ColumnName): number => layout.names.indexOf(name)
  const amountsAt = amountColumns.map(at)
  const resultsAt = resultColumns.map(at)
  const residentTaxAt = at('住民税課税区分')
  return (record) => ({
    declaration: declarationOf[record[at('申告区分')]!]!,
    // 未申告 and 調査中 carry no amounts; the declaration says that these zeros mean "not known".
    amounts: amountsAt.map((column) => record[column] || '0'),
    results: resultsAt.map((column) => record[column] || null),
    residentTax: residentTaxOf[record[residentTaxAt] ?? ''] ?? null,
    correctedOn: record[at('更正年月日')] || null,
  })
}

function digestOf({ declaration, amounts, results, residentTax, correctedOn }: ReadIncome): Buffer {
  const known = residentTax !== null || results.some((result) => result !== null)
  // Without results the digest is what it was before they were carried: the same file again adds nothing.
  const content = [
    declaration,
    ...amounts,
    correctedOn,
    ...(known ? [...results, residentTax] : []),
  ]
  return hash('sha256', content.map((part) => part ?? '').join('|'), 'buffer').subarray(0, 16)
}

/** 所得の要約値 — of a record of a file, as it is kept with the row that it left. */
export function incomeDigest(layout: Layout): (record: readonly string[]) => Buffer {
  const read = incomeReader(layout)
  return (record) => digestOf(read(record))
}

function* stageRows(batch: RecordBatch, layout: Layout): Generator<readonly unknown[]> {
  const at = (name: ColumnName): number => layout.names.indexOf(name)
  const reader = incomeReader(layout)
  for (const [index, record] of batch.records.entries()) {
    const read = reader(record)
    yield [
      batch.lines[index],
      record[at('市区町村コード')],
      record[at('宛名番号')],
      record[at('課税年度')],
      read.declaration,
      ...read.amounts,
      ...read.results,
      read.residentTax,
      read.correctedOn,
      digestOf(read),
    ]
  }
}

/**
 * 所得・課税情報の反映 — adds a row for each person and year whose content differs from what was known; the
 * same file again adds nothing. Rows of unknown 宛名番号 are told by line and change nothing. Throws
 * TransmissionRefused where amounts contradict each other.
 */
export async function applyIncome(
  tx: Transaction,
  batches: AsyncIterable<RecordBatch>,
  transmissionId: string,
  layout: Layout = 所得課税情報,
): Promise<AppliedIncome> {
  await tx.run(stageSql)
  let received = 0
  async function* rows(): AsyncGenerator<readonly unknown[]> {
    for await (const batch of batches) {
      received += batch.records.length
      yield* stageRows(batch, layout)
    }
  }
  await tx.copyRows('income_stage', rows())
  await tx.run('analyze income_stage')
  await refuseContradictions(tx)
  const added = await tx.query<{ resident_key: number; revision: number }>(
    `insert into premium.income
       (resident_key, fiscal_year, revision, union_code, municipality_code, declaration,
        public_pension_yen, salary_yen, family_employee_salary_yen, business_yen,
        family_employee_deduction_yen, capital_gains_yen, capital_gains_special_deduction_yen,
        other_yen, corrected_on, digest, transmission_id, line, recorded_at,
        taxable_income_yen, head_adjustment_yen, revenue_yen, resident_tax)
     select n.resident_key, s.fiscal_year, coalesce(c.revision, 0) + 1, n.union_code,
            s.municipality_code, s.declaration, s.public_pension_yen, s.salary_yen,
            s.family_employee_salary_yen, s.business_yen, s.family_employee_deduction_yen,
            s.capital_gains_yen, s.capital_gains_special_deduction_yen, s.other_yen,
            s.corrected_on, s.digest, $1::uuid, s.line, $2::timestamptz,
            s.taxable_income_yen, s.head_adjustment_yen, s.revenue_yen, s.resident_tax
       from income_stage s
       join eligibility.addressee_number n
         on n.municipality_code = s.municipality_code
        and n.addressee_number = s.addressee_number
       left join premium.income_now c
         on c.resident_key = n.resident_key and c.fiscal_year = s.fiscal_year
      where c.digest is distinct from s.digest
     returning resident_key, revision`,
    [transmissionId, tx.now],
  )
  const unknown = await tx.query<{ line: number }>(
    `select s.line
       from income_stage s
       left join eligibility.addressee_number n
         on n.municipality_code = s.municipality_code
        and n.addressee_number = s.addressee_number
      where n.resident_key is null
      order by s.line`,
  )
  const corrected = added.filter((row) => row.revision > 1).length
  return {
    received,
    added: added.length - corrected,
    corrected,
    unchanged: received - added.length - unknown.length,
    unknownLines: unknown.map((row) => row.line),
    residentKeys: added.map((row) => row.resident_key),
  }
}

async function refuseContradictions(tx: Transaction): Promise<void> {
  const wrong = await tx.query<{ line: number }>(
    `select line from income_stage where family_employee_salary_yen > salary_yen
      order by line limit 1000`,
  )
  if (wrong.length === 0) return
  throw new TransmissionRefused(
    wrong.map(({ line }) => ({
      code: 'E4201',
      line,
      column: '専従者給与収入額',
      sentence:
        '専従者給与収入額が給与収入額より多くなっています。専従者給与は給与収入額に含めます。どちらの額が正しいか確かめてください。',
    })),
  )
}

/** 所得の事実 — one year of one person's income as it is known now, for screens. */
export interface IncomeFact {
  readonly fiscalYear: FiscalYear
  readonly revision: number
  readonly declaration: 'undeclared' | 'declared' | 'inquiring'
  readonly publicPension: number
  readonly salary: number
  readonly familyEmployeeSalary: number
  readonly business: number
  readonly familyEmployeeDeduction: number
  readonly capitalGains: number
  readonly capitalGainsSpecialDeduction: number
  readonly other: number
  readonly municipalityCode: string
  readonly correctedOn: PlainDate | null
  readonly transmissionId: string
  readonly recordedAt: string
}

/** 所得の一覧 — what is known now of one person's incomes, newest year first. */
export async function findIncomes(tx: Transaction, residentKey: number): Promise<IncomeFact[]> {
  return tx.query<IncomeFact>(
    `select fiscal_year as "fiscalYear", revision, declaration,
            public_pension_yen as "publicPension", salary_yen as salary,
            family_employee_salary_yen as "familyEmployeeSalary", business_yen as business,
            family_employee_deduction_yen as "familyEmployeeDeduction",
            capital_gains_yen as "capitalGains",
            capital_gains_special_deduction_yen as "capitalGainsSpecialDeduction",
            other_yen as other, municipality_code as "municipalityCode",
            corrected_on as "correctedOn", transmission_id as "transmissionId",
            recorded_at as "recordedAt"
       from premium.income_now
      where resident_key = $1
      order by fiscal_year desc`,
    [residentKey],
  )
}
