import { hash } from 'node:crypto'
import { type FiscalYear, firstDayOf, numericDay, type PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { AssessedLevy, AssessedPremium, Income, Member } from '../assessment.ts'
import { lawOf } from '../law/lawOf.ts'
import { assessWith } from '../rules/assessHousehold.ts'
import { explainPremium } from '../rules/explainPremium.ts'
import { reductionLine } from '../rules/judgement.ts'

interface MemberRow {
  readonly municipality_code: string
  readonly household_number: string | null
  readonly determination_on: PlainDate
  readonly resident_key: number
  readonly is_head: boolean
  readonly birth_date: PlainDate
  readonly subject_key: number | null
  readonly insured_from: PlainDate | null
  readonly insured_until: PlainDate | null
  readonly assessed: boolean
  readonly declaration: string | null
  readonly public_pension_yen: number | null
  readonly salary_yen: number | null
  readonly family_employee_salary_yen: number | null
  readonly business_yen: number | null
  readonly family_employee_deduction_yen: number | null
  readonly capital_gains_yen: number | null
  readonly capital_gains_special_deduction_yen: number | null
  readonly other_yen: number | null
}

const membersSql = `
  select m.municipality_code, m.household_number, m.determination_on, m.resident_key, m.is_head, m.birth_date,
         m.subject_key, m.insured_from, m.insured_until, m.assessed, i.declaration,
         i.public_pension_yen, i.salary_yen, i.family_employee_salary_yen, i.business_yen,
         i.family_employee_deduction_yen, i.capital_gains_yen,
         i.capital_gains_special_deduction_yen, i.other_yen
    from eligibility.assessment_member($1::date, $2::date) m
    left join premium.income_now i
      on i.resident_key = m.resident_key and i.fiscal_year = $3::smallint
   order by m.municipality_code collate "C", m.household_number collate "C" nulls last,
            m.determination_on, case when m.household_number is null then m.resident_key end,
            m.is_head desc, m.resident_key`

/** 前年の所得 — a negative 事業所得額 is a loss. */
function incomeOf(row: MemberRow): Income {
  const business = row.business_yen ?? 0
  return {
    declared: row.declaration === 'declared',
    publicPension: row.public_pension_yen ?? 0,
    salary: row.salary_yen ?? 0,
    familyEmployeeSalary: row.family_employee_salary_yen ?? 0,
    business: Math.max(business, 0),
    businessLoss: Math.max(-business, 0),
    familyEmployeeDeduction: row.family_employee_deduction_yen ?? 0,
    capitalGains: row.capital_gains_yen ?? 0,
    capitalGainsSpecialDeduction: row.capital_gains_special_deduction_yen ?? 0,
    other: row.other_yen ?? 0,
  }
}

function memberOf(row: MemberRow): Member {
  return {
    id: String(row.resident_key),
    birthDate: numericDay(row.birth_date),
    head: row.is_head,
    insured:
      row.insured_from === null
        ? null
        : {
            from: numericDay(row.insured_from),
            until: row.insured_until === null ? null : numericDay(row.insured_until),
            formerDependent: false,
          },
    income: incomeOf(row),
  }
}

/**
 * 世帯員 in the shape of the rules' contract, so that a decision can be asked again at any time; a loss, which
 * the contract has no word for, stands beside it.
 */
function factOf(row: MemberRow, member: Member): unknown {
  const { businessLoss, ...income } = member.income
  return {
    id: member.id,
    birthDate: row.birth_date,
    head: member.head,
    insured:
      row.insured_from === null
        ? null
        : { from: row.insured_from, until: row.insured_until, formerDependent: false },
    income: businessLoss === 0 ? income : { ...income, businessLoss },
  }
}

const sameUnit = (one: MemberRow, other: MemberRow): boolean =>
  one.municipality_code === other.municipality_code &&
  one.household_number === other.household_number &&
  one.determination_on === other.determination_on &&
  (one.household_number !== null || one.resident_key === other.resident_key)

const levyColumns = (levy: AssessedLevy | null): (number | null)[] =>
  levy === null
    ? [null, null, null, null, null, null, null]
    : [
        levy.perCapitaFull,
        levy.perCapita,
        (levy.incomeRate.of * 100_000) / levy.incomeRate.per,
        levy.incomeBased,
        levy.cap,
        levy.overCap,
        levy.annual,
      ]

const stageSql = `
  create temp table assessment_stage (
    subject_key bigint not null, municipality_code text not null, resident_key bigint not null,
    months smallint not null,
    reduction_tenths smallint not null, former_dependent boolean not null,
    income_known boolean not null, base_yen bigint not null, judged_income_yen bigint not null,
    threshold_yen bigint not null, judged_insured smallint not null,
    judged_earners smallint not null,
    medical_per_capita_full_yen integer, medical_per_capita_yen integer,
    medical_rate_per_mille_hundred integer, medical_income_based_yen integer,
    medical_cap_yen integer, medical_over_cap_yen integer, medical_annual_yen integer,
    child_per_capita_full_yen integer, child_per_capita_yen integer,
    child_rate_per_mille_hundred integer, child_income_based_yen integer,
    child_cap_yen integer, child_over_cap_yen integer, child_annual_yen integer,
    annual_yen integer not null, digest bytea not null, facts text not null, steps text not null
  ) on commit drop`

/** 賦課の結果 — what one run came to. */
export interface AssessedUnion {
  /** Everybody with at least one insured month in the year. */
  readonly insured: number
  readonly decided: number
  readonly unchanged: number
  /** Decisions taken back because the person turned out not to be insured in the year. */
  readonly cancelled: number
  readonly incomeUnknown: number
  /** Sum of the living decisions, in yen. */
  readonly annual: number
}

/** 賦課の回 — which year, under which edition of the law. */
export interface AssessOptions {
  readonly fiscalYear: FiscalYear
  readonly runId: string
  readonly edition: string
  readonly onProgress?: (insured: number) => void
}

/**
 * 保険料賦課の処理 — assesses everybody of the union for a fiscal year inside the given transaction, so that
 * all are decided or nobody is. Only decisions that differ from the living one are added, each with its
 * facts and workings; a repetition adds nothing. Memory stays flat: rows come by cursor and go by COPY.
 * Throws MissingLaw where the law tables do not cover the union, the year or an amount.
 */
export async function assessUnion(tx: Transaction, options: AssessOptions): Promise<AssessedUnion> {
  const { fiscalYear, edition } = options
  const union = tx.scope?.union as string
  const law = lawOf(union, fiscalYear)
  await tx.run(stageSql)
  let insured = 0

  function* assessUnit(unit: readonly MemberRow[]): Generator<readonly unknown[]> {
    const members = unit.map(memberOf)
    const facts = `"union":"${union}","fiscalYear":${fiscalYear},"members":${JSON.stringify(
      unit.map((row, index) => factOf(row, members[index]!)),
    )}}`
    const known = unit.every((row) => row.declaration !== null)
    for (const result of assessWith(law, members)) {
      const row = unit.find((candidate) => String(candidate.resident_key) === result.member)!
      if (!row.assessed || row.subject_key === null) continue
      insured += 1
      yield stageRow(row, result, members, `{"id":"${result.member}",${facts}`, known)
    }
  }

  function stageRow(
    row: MemberRow,
    result: AssessedPremium,
    members: readonly Member[],
    facts: string,
    known: boolean,
  ): readonly unknown[] {
    const figures = [
      result.months,
      result.reductionTenths,
      result.formerDependent,
      known,
      result.base,
      result.judgement.income,
      reductionLine(law, result.judgement),
      result.judgement.insured,
      result.judgement.earners,
      ...levyColumns(result.medical),
      ...levyColumns(result.childSupport),
      result.annual,
    ]
    const digest = hash('sha256', `${edition}|${facts}|${figures.join('|')}`, 'buffer').subarray(
      0,
      16,
    )
    const steps = JSON.stringify(explainPremium(law, members, result))
    return [
      row.subject_key,
      row.municipality_code,
      row.resident_key,
      ...figures,
      digest,
      facts,
      steps,
    ]
  }

  function* stageRows(rows: readonly MemberRow[]): Generator<readonly unknown[]> {
    let start = 0
    for (let end = 1; end <= rows.length; end += 1) {
      if (end < rows.length && sameUnit(rows[start]!, rows[end]!)) continue
      yield* assessUnit(rows.slice(start, end))
      start = end
    }
  }

  const firstDay = firstDayOf(fiscalYear)
  const nextYear = firstDayOf((fiscalYear + 1) as FiscalYear)
  // Row-level security hides from the planner how many rows there are; it would loop over all of them
  // for each of them. Everybody is read here, so joining by hash is right at every size.
  await tx.run("set local enable_nestloop = off; set local work_mem = '128MB'")
  await tx.run('set local cursor_tuple_fraction = 1')
  let carried: readonly MemberRow[] = []
  const fetched = tx.batches<MemberRow>(membersSql, [firstDay, nextYear, fiscalYear], 20_000)
  for await (const batch of fetched) {
    const rows = [...carried, ...batch]
    // A household may go on in the next batch: its rows wait for it.
    let whole = rows.length
    while (whole > 0 && sameUnit(rows[whole - 1]!, rows.at(-1)!)) whole -= 1
    carried = rows.slice(whole)
    await tx.copyRows('assessment_stage', stageRows(rows.slice(0, whole)))
    options.onProgress?.(insured)
  }
  await tx.copyRows('assessment_stage', stageRows(carried))
  options.onProgress?.(insured)
  return keepDecisions(tx, options)
}

const figureColumns = `months, reduction_tenths, former_dependent, income_known, base_yen,
  judged_income_yen, threshold_yen, judged_insured, judged_earners,
  medical_per_capita_full_yen, medical_per_capita_yen, medical_rate_per_mille_hundred,
  medical_income_based_yen, medical_cap_yen, medical_over_cap_yen, medical_annual_yen,
  child_per_capita_full_yen, child_per_capita_yen, child_rate_per_mille_hundred,
  child_income_based_yen, child_cap_yen, child_over_cap_yen, child_annual_yen, annual_yen`

async function keepDecisions(tx: Transaction, options: AssessOptions): Promise<AssessedUnion> {
  const { fiscalYear, runId, edition } = options
  const union = tx.scope?.union
  await tx.run('analyze assessment_stage')
  await tx.run(
    `insert into premium.run values ($1::uuid, $2::smallint, $3::smallint, $4::date, $5, $6::timestamptz)`,
    [runId, union, fiscalYear, tx.today, edition, tx.now],
  )
  await tx.run(
    `create temp table assessment_new on commit drop as
     select s.subject_key, coalesce(c.revision, 0) + 1 as revision
       from assessment_stage s
       left join premium.assessment_now c
         on c.subject_key = s.subject_key and c.fiscal_year = $1::smallint
      where c.digest is distinct from s.digest`,
    [fiscalYear],
  )
  const cancelled = await cancelDecisions(tx, options)
  const decided = await tx.run(
    `insert into premium.assessment
       (subject_key, fiscal_year, revision, union_code, municipality_code, resident_key, decided_on,
        reason, ${figureColumns}, law_edition, digest, run_id, recorded_at)
     select subject_key, $1::smallint, revision, $2::smallint, municipality_code, resident_key,
            $3::date, case when revision = 1 then 'initial' else 'change' end, ${figureColumns},
            $4, digest, $5::uuid, $6::timestamptz
       from assessment_stage
       join assessment_new using (subject_key)`,
    [fiscalYear, union, tx.today, edition, runId, tx.now],
  )
  // A session that checked these foreign keys while the table was small would go on reading it from end to end.
  await tx.run('discard plans')
  await tx.run(
    `insert into premium.working
     select subject_key, $1::smallint, revision, $2::smallint, municipality_code,
            facts::jsonb, steps::jsonb
       from assessment_stage
       join assessment_new using (subject_key)`,
    [fiscalYear, union],
  )
  await tx.run(
    `insert into premium.run_municipality
     select $1::uuid, s.municipality_code, $2::smallint, count(*), count(n.subject_key),
            count(*) - count(n.subject_key), count(*) filter (where not s.income_known),
            sum(s.annual_yen), $3::timestamptz
       from assessment_stage s
       left join assessment_new n on n.subject_key = s.subject_key
      group by s.municipality_code`,
    [runId, union, tx.now],
  )
  const sums = await tx.one<{ insured: number; income_unknown: number; annual: number }>(
    `select count(*) as insured, count(*) filter (where not income_known) as income_unknown,
            coalesce(sum(annual_yen), 0)::bigint as annual
       from assessment_stage`,
  )
  return {
    insured: sums.insured,
    decided,
    unchanged: sums.insured - decided,
    cancelled,
    incomeUnknown: sums.income_unknown,
    annual: sums.annual,
  }
}

/** A living decision of somebody who is not insured in the year after all: 0 months and 0 yen follow it. */
async function cancelDecisions(tx: Transaction, options: AssessOptions): Promise<number> {
  return tx.run(
    `with gone as (
       insert into premium.assessment
         (subject_key, fiscal_year, revision, union_code, municipality_code, resident_key,
          decided_on, reason, months, reduction_tenths, former_dependent, income_known, base_yen,
          judged_income_yen, threshold_yen, judged_insured, judged_earners,
          medical_per_capita_full_yen, medical_per_capita_yen, medical_rate_per_mille_hundred,
          medical_income_based_yen, medical_cap_yen, medical_over_cap_yen, medical_annual_yen,
          child_per_capita_full_yen, child_per_capita_yen, child_rate_per_mille_hundred,
          child_income_based_yen, child_cap_yen, child_over_cap_yen, child_annual_yen,
          annual_yen, law_edition, digest, run_id, recorded_at)
       select c.subject_key, c.fiscal_year, c.revision + 1, c.union_code, c.municipality_code,
              c.resident_key, $2::date, 'change', 0, 0, c.former_dependent, c.income_known,
              c.base_yen, c.judged_income_yen, c.threshold_yen, c.judged_insured,
              c.judged_earners, c.medical_per_capita_full_yen, c.medical_per_capita_full_yen,
              c.medical_rate_per_mille_hundred, c.medical_income_based_yen, c.medical_cap_yen, 0,
              0, c.child_per_capita_full_yen, c.child_per_capita_full_yen,
              c.child_rate_per_mille_hundred, c.child_income_based_yen, c.child_cap_yen,
              case when c.child_annual_yen is not null then 0 end,
              case when c.child_annual_yen is not null then 0 end,
              0, $3, substr(sha256(c.digest), 1, 16), $4::uuid, $5::timestamptz
         from premium.assessment_now c
         left join assessment_stage s on s.subject_key = c.subject_key
        where c.fiscal_year = $1::smallint and c.months > 0 and s.subject_key is null
       returning subject_key, fiscal_year, revision, union_code, municipality_code
     )
     insert into premium.working
     select subject_key, fiscal_year, revision, union_code, municipality_code,
            jsonb_build_object('insured', false),
            jsonb_build_array(jsonb_build_object(
              'step', '資格月数', 'value', 0, 'formula', '年度のうちに資格のある月がない',
              'law', '高齢者の医療の確保に関する法律 第52条・第53条'))
       from gone`,
    [options.fiscalYear, tx.today, options.edition, options.runId, tx.now],
  )
}
