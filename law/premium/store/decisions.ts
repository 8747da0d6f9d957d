import { LineFault, MissingLaw, type PlainDate } from '@koiki/kernel'
import type { 保険料情報 } from '@koiki/layouts'
import { misuse, type Transaction } from '@koiki/store'
import type { Household, Working } from '../assessment.ts'
import { premiumInformation } from '../premiumInformation.ts'
import { readHousehold } from '../readHousehold.ts'
import { assessHousehold } from '../rules/assessHousehold.ts'

/** 賦課の内訳 as it was decided — whole yen; `rate` in percent with three decimals, as text. */
export interface DecidedLevy {
  readonly perCapitaFull: number
  readonly perCapita: number
  readonly rate: string
  readonly incomeBased: number
  readonly cap: number
  readonly overCap: number
  readonly annual: number
}

/** 保険料の決定 — one decision on one person's premium for one fiscal year. */
export interface Decision {
  readonly subjectKey: number
  readonly fiscalYear: number
  readonly revision: number
  readonly municipalityCode: string
  readonly residentKey: number
  readonly decidedOn: PlainDate
  readonly reason: 'initial' | 'change' | 'correction'
  readonly months: number
  readonly reductionTenths: 0 | 2 | 5 | 7
  readonly formerDependent: boolean
  readonly incomeKnown: boolean
  readonly base: number
  readonly judgedIncome: number
  readonly threshold: number
  readonly judgedInsured: number
  readonly judgedEarners: number
  readonly medical: DecidedLevy
  readonly childSupport: DecidedLevy | null
  readonly annual: number
  readonly lawEdition: string
  readonly runId: string
  readonly recordedAt: string
  /** False when a later decision of the same year has taken its place. */
  readonly current: boolean
}

/** 決定の事由 in the words of the notices and screens. */
export const reasonNames = { initial: '当初', change: '異動', correction: '更正' } as const

interface DecisionRow {
  readonly [column: string]: unknown
}

const number = (row: DecisionRow, column: string): number => row[column] as number

function levyOf(row: DecisionRow, levy: 'medical' | 'child'): DecidedLevy {
  return {
    perCapitaFull: number(row, `${levy}_per_capita_full_yen`),
    perCapita: number(row, `${levy}_per_capita_yen`),
    rate: (number(row, `${levy}_rate_per_mille_hundred`) / 1000).toFixed(3),
    incomeBased: number(row, `${levy}_income_based_yen`),
    cap: number(row, `${levy}_cap_yen`),
    overCap: number(row, `${levy}_over_cap_yen`),
    annual: number(row, `${levy}_annual_yen`),
  }
}

function decisionOf(row: DecisionRow): Decision {
  return {
    subjectKey: number(row, 'subject_key'),
    fiscalYear: number(row, 'fiscal_year'),
    revision: number(row, 'revision'),
    municipalityCode: row.municipality_code as string,
    residentKey: number(row, 'resident_key'),
    decidedOn: row.decided_on as PlainDate,
    reason: row.reason as Decision['reason'],
    months: number(row, 'months'),
    reductionTenths: number(row, 'reduction_tenths') as Decision['reductionTenths'],
    formerDependent: row.former_dependent as boolean,
    incomeKnown: row.income_known as boolean,
    base: number(row, 'base_yen'),
    judgedIncome: number(row, 'judged_income_yen'),
    threshold: number(row, 'threshold_yen'),
    judgedInsured: number(row, 'judged_insured'),
    judgedEarners: number(row, 'judged_earners'),
    medical: levyOf(row, 'medical'),
    childSupport: row.child_annual_yen === null ? null : levyOf(row, 'child'),
    annual: number(row, 'annual_yen'),
    lawEdition: row.law_edition as string,
    runId: row.run_id as string,
    recordedAt: row.recorded_at as string,
    current: row.current as boolean,
  }
}

const currentColumn = `not exists (
  select from premium.assessment later
   where later.subject_key = a.subject_key and later.fiscal_year = a.fiscal_year
     and later.revision > a.revision) as current`

/** 決定の一覧 — every decision on one person's premiums, newest first. */
export async function findDecisions(tx: Transaction, subjectKey: number): Promise<Decision[]> {
  const rows = await tx.query<DecisionRow>(
    `select a.*, ${currentColumn}
       from premium.assessment a
      where a.subject_key = $1
      order by a.fiscal_year desc, a.revision desc`,
    [subjectKey],
  )
  return rows.map(decisionOf)
}

/** 計算過程つきの決定 — the decision, the facts it used and the steps that led to it. */
export interface ExplainedDecision {
  readonly decision: Decision
  /** A line of the rules' contract (`docs/rules-cli.md`); its `id` is the member whose decision it is. */
  readonly facts: unknown
  readonly steps: readonly Working[]
}

/** 計算過程 — of one decision. Throws StoreError where there is none, or where the scope hides it. */
export async function getExplainedDecision(
  tx: Transaction,
  subjectKey: number,
  fiscalYear: number,
  revision: number,
): Promise<ExplainedDecision> {
  const row = await tx.maybe<DecisionRow>(
    `select a.*, ${currentColumn}, w.facts, w.steps
       from premium.assessment a
       join premium.working w using (subject_key, fiscal_year, revision)
      where a.subject_key = $1 and a.fiscal_year = $2 and a.revision = $3`,
    [subjectKey, fiscalYear, revision],
  )
  if (row === null) throw misuse('その決定はありません。')
  return {
    decision: decisionOf(row),
    facts: row.facts,
    steps: row.steps as readonly Working[],
  }
}

const undelivered = `not exists (
          select from premium.delivery d
           where d.subject_key = a.subject_key and d.fiscal_year = a.fiscal_year
             and d.revision = a.revision)`

/** 知らせていない市区町村 — those with decisions of which they have not been told. */
export async function undeliveredMunicipalities(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ municipality_code: string }>(
    `select distinct a.municipality_code from premium.assessment_now a where ${undelivered}`,
  )
  return rows.map(({ municipality_code }) => municipality_code)
}

/** 保険料情報の行 — decisions of one municipality that it has not been told of yet, oldest key first. */
export async function* undeliveredRows(
  tx: Transaction,
  municipalityCode: string,
): AsyncGenerator<保険料情報> {
  yield* premiumRows(
    tx,
    `select a.*, true as current, n.addressee_number
       from premium.assessment_now a
       join eligibility.addressee_number n on n.resident_key = a.resident_key
      where a.municipality_code = $1 and ${undelivered}
      order by a.subject_key, a.fiscal_year`,
    municipalityCode,
  )
}

/** 配信した行 — the decisions that one transmission told, written again, for a refused number too; they never change. */
export async function* deliveredRows(
  tx: Transaction,
  transmissionId: string,
): AsyncGenerator<保険料情報> {
  yield* premiumRows(
    tx,
    `select a.*, true as current, n.addressee_number
       from premium.delivery d
       join premium.assessment a using (subject_key, fiscal_year, revision)
       join eligibility.addressee_number n on n.resident_key = a.resident_key
      where d.transmission_id = $1::uuid`,
    transmissionId,
  )
}

async function* premiumRows(
  tx: Transaction,
  query: string,
  of: string,
): AsyncGenerator<保険料情報> {
  for await (const batch of tx.batches<DecisionRow>(query, [of], 5000))
    for (const found of batch)
      yield premiumInformation(decisionOf(found), {
        addresseeNumber: found.addressee_number as string,
        operatedOn: tx.today,
      })
}

/** 配信の記録 — marks a municipality's living decisions as told by a transmission. */
export async function recordDelivery(
  tx: Transaction,
  municipalityCode: string,
  transmissionId: string,
): Promise<number> {
  return tx.run(
    `insert into premium.delivery
     select a.subject_key, a.fiscal_year, a.revision, $2::uuid, a.union_code, a.municipality_code
       from premium.assessment_now a
      where a.municipality_code = $1 and ${undelivered}`,
    [municipalityCode, transmissionId],
  )
}

/** 配信し直しの記録 — marks what a refused transmission told as told by the one that takes its number. */
export async function recordDeliveryAgain(
  tx: Transaction,
  refused: string,
  transmissionId: string,
): Promise<number> {
  return tx.run(
    `insert into premium.delivery
     select subject_key, fiscal_year, revision, $2::uuid, union_code, municipality_code
       from premium.delivery
      where transmission_id = $1::uuid`,
    [refused, transmissionId],
  )
}

/**
 * 計算し直し — asks the rules again with the stored facts; the annual amount in yen, or null where today's
 * rules cannot answer. A difference from the stored amount means a rule or a table has changed.
 */
export function recompute(facts: unknown): number | null {
  const { id } = facts as { id: string }
  try {
    const found = assessHousehold(readStored(facts)).find(({ member }) => member === id)
    return found?.annual ?? null
  } catch (error) {
    if (error instanceof LineFault || error instanceof MissingLaw) return null
    throw error
  }
}

type StoredMember = { readonly income: { readonly businessLoss?: number } }

/** Stored facts are a line of the rules' contract, with a loss of the business beside it where there is one. */
function readStored(facts: unknown): Household {
  const { members, ...rest } = facts as { members: readonly StoredMember[] }
  const losses = members.map(({ income }) => income.businessLoss ?? 0)
  const line = members.map(({ income: { businessLoss: _, ...income }, ...member }) => ({
    ...member,
    income,
  }))
  const household = readHousehold({ ...rest, members: line })
  return {
    ...household,
    members: household.members.map((member, index) => ({
      ...member,
      income: { ...member.income, businessLoss: losses[index]! },
    })),
  }
}
