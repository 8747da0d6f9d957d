import {
  type FiscalYear,
  firstDayOf,
  type LawRow,
  type LawTable,
  MissingLaw,
  monthNumber,
  type NumericDay,
  numericDay,
  type PlainDate,
  plainDateOf,
  type Rate,
  remainderOf,
} from '@koiki/kernel'
import { amountMax } from '../assessment.ts'
import {
  assessmentFormula,
  formerDependentRule,
  insuredAge,
  monthlyShares,
  noReduction,
  reliefScope,
} from './assessmentRules.ts'
import { caps } from './caps.ts'
import { fractionRules } from './fractionRules.ts'
import {
  basicDeductionSteps,
  employmentBrackets,
  type IncomeBracket,
  incomeAdjustment,
  lossOffset,
  pensionDeduction,
} from './incomeTax.ts'
import { ownReductions } from './ownReductions.ts'
import { childSupportRates, medicalRates, type PremiumRates, reliefRates } from './premiumRates.ts'
import {
  earnerSalaryLine,
  pensionLines,
  type ReductionTenths,
  reductionRates,
  reductionThresholds,
} from './reduction.ts'
import { unionNames } from './unionNames.ts'

/** 速算表の行, ready to use: `below` is never null. */
export type PreparedBracket = {
  readonly below: number
  readonly unit: number
  readonly of: number
  readonly minus: number
}

/** 賦課の法令, one levy. `keep` is what each class leaves of the per-capita amount. */
export type LevyLaw = {
  readonly name: '医療分' | '子ども分'
  readonly perCapita: number
  readonly rate: Rate
  /** A base up to this is charged `reliefRate`; −1 where there is no relief. */
  readonly reliefBaseUpTo: number
  /** Null where relief is due but the union's rate is not known. */
  readonly reliefRate: Rate | null
  readonly keep: Readonly<Record<ReductionTenths, Rate>>
  readonly own: readonly { readonly baseUpTo: number; readonly keep: Rate }[]
  readonly cap: number
  readonly partUnit: number
  /** 均等割額 is shown cut to this unit, though it is reckoned with to `partUnit`. */
  readonly shownUnit: number
  readonly totalUnit: number
  readonly cite: {
    readonly rate: string
    readonly relief: string
    readonly reliefTable: string
    readonly own: string
  }
}

/**
 * 賦課の法令 — everything that one union's assessment of one fiscal year asks of the tables, looked up
 * once. Plain whole numbers, so that an assessment touches no table, no date and no text.
 */
export type PremiumLaw = {
  readonly union: string
  readonly fiscalYear: FiscalYear
  readonly firstDay: NumericDay
  /** The month of `firstDay`, counted as `monthNumber` counts. */
  readonly firstMonth: number
  readonly incomeYear: number
  readonly monthsInYear: number
  readonly employment: readonly PreparedBracket[]
  readonly juniorPension: readonly PreparedBracket[]
  readonly seniorPension: readonly PreparedBracket[]
  readonly pensionSeniorBornUntil: NumericDay
  readonly otherIncomeSteps: readonly { readonly over: number; readonly less: number }[]
  readonly adjustmentEach: number
  readonly adjustmentOff: number
  readonly basicDeduction: readonly { readonly upTo: number; readonly amount: number }[]
  readonly judgedSeniorBornUntil: NumericDay
  readonly judgedPensionDeduction: number
  readonly earnerSalaryOver: number
  readonly earnerPensionOver: number
  readonly earnerSeniorPensionOver: number
  readonly thresholdBase: number
  readonly thresholdPerEarner: number
  readonly thresholdFive: number
  readonly thresholdTwo: number
  readonly formerDependentTenths: 5
  readonly formerDependentMonths: number
  readonly insuredAge: number
  /** 経過措置の限度額 — of the medical levy; null outside 令和6年度. */
  readonly transitionalCap: { readonly cap: number; readonly bornUntil: NumericDay } | null
  readonly medical: LevyLaw
  readonly childSupport: LevyLaw | null
  readonly cite: {
    readonly employment: string
    readonly pension: string
    readonly adjustment: string
    readonly lossOffset: string
    readonly basicDeduction: string
    readonly assessment: string
    readonly pensionLines: string
    readonly salaryLine: string
    readonly thresholds: string
    readonly reduction: string
    readonly formerDependent: string
    readonly caps: string
    readonly months: string
    readonly fractions: string
  }
}

const prepared = new Map<string, PremiumLaw>()

/**
 * 賦課の法令 — of a union and fiscal year. Throws MissingLaw, naming the table, where a table does not
 * cover them. Prepared once and kept.
 */
export function lawOf(union: string, fiscalYear: FiscalYear): PremiumLaw {
  const key = `${union}/${fiscalYear}`
  const known = prepared.get(key)
  if (known !== undefined) return known
  const law = prepare(union, fiscalYear)
  prepared.set(key, law)
  return law
}

/** 引用 — the table and the day from which its row holds, as the workings name it. */
function cite<T>(table: LawTable<T>, row: LawRow<T>): string {
  return `${table.name} ${row.from}から${row.unverified === true ? '（未確認）' : ''}`
}

function prepare(union: string, fiscalYear: FiscalYear): PremiumLaw {
  const firstDay = firstDayOf(fiscalYear)
  const incomeYear = fiscalYear - 1
  const incomeDay = plainDateOf(incomeYear, 1, 1)
  const bornUntil = (age: number) => numericDay(plainDateOf(fiscalYear - age, 1, 1))

  const medical = rowOf(medicalRates, union, '保険料率 医療分', firstDay)
  const cap = caps.on(firstDay)
  const thresholds = reductionThresholds.on(firstDay)
  const reduction = reductionRates.on(firstDay)
  const lines = pensionLines.on(firstDay)
  const salaryLine = earnerSalaryLine.on(firstDay)
  const formula = assessmentFormula.on(firstDay)
  const fractions = rowOf(fractionRules, union, '端数処理', firstDay)
  const employment = employmentBrackets.on(incomeDay)
  const pension = pensionDeduction.on(incomeDay)
  const adjustment = incomeAdjustment.on(incomeDay)
  const offset = lossOffset.on(incomeDay)
  const basic = basicDeductionSteps.on(incomeDay)
  const former = formerDependentRule.on(firstDay)
  const months = monthlyShares.on(firstDay)
  const ownTable = ownReductions.get(union)
  const ownRow = ownTable?.find(firstDay) ?? null

  const levy = (
    name: LevyLaw['name'],
    rates: { table: LawTable<PremiumRates>; row: LawRow<PremiumRates> },
    keepOf: Readonly<Record<2 | 5 | 7, Rate>>,
    levyCap: number,
    relief: Pick<LevyLaw, 'reliefBaseUpTo' | 'reliefRate'> & { cite: string; table: string },
  ): LevyLaw => ({
    name,
    perCapita: rates.row.value.perCapita,
    rate: safeRate(rates.table.name, rates.row.value.incomeRate),
    reliefBaseUpTo: relief.reliefBaseUpTo,
    reliefRate: relief.reliefRate,
    keep: {
      0: remainderOf(noReduction),
      2: remainderOf(keepOf[2]),
      5: remainderOf(keepOf[5]),
      7: remainderOf(keepOf[7]),
    },
    own: (ownRow?.value ?? []).map(({ baseUpTo, off }) => ({ baseUpTo, keep: remainderOf(off) })),
    cap: levyCap,
    partUnit: fractions.row.value.partUnit,
    shownUnit: fractions.row.value.shownUnit,
    totalUnit: fractions.row.value.totalUnit,
    cite: {
      rate: cite(rates.table, rates.row),
      relief: relief.cite,
      reliefTable: relief.table,
      own: ownTable === undefined || ownRow === null ? '' : cite(ownTable, ownRow),
    },
  })

  const noRelief = { reliefBaseUpTo: -1, reliefRate: null, cite: '', table: '' }
  const { childSupport: childCap, transitional } = cap.value
  const { childSupport: childReduction } = reduction.value

  return {
    union,
    fiscalYear,
    firstDay: numericDay(firstDay),
    firstMonth: monthNumber(firstDay),
    incomeYear,
    monthsInYear: months.value,
    employment: brackets(employment.value),
    juniorPension: brackets(pension.value.junior),
    seniorPension: brackets(pension.value.senior),
    pensionSeniorBornUntil: bornUntil(pension.value.seniorAge),
    otherIncomeSteps: pension.value.otherIncomeSteps,
    adjustmentEach: adjustment.value.each,
    adjustmentOff: adjustment.value.off,
    basicDeduction: basic.value.map(({ upTo, amount }) => ({ upTo: upTo ?? endless, amount })),
    judgedSeniorBornUntil: bornUntil(lines.value.seniorAge),
    judgedPensionDeduction: lines.value.pensionDeduction,
    earnerSalaryOver: salaryLine.value,
    earnerPensionOver: lines.value.pensionOver,
    earnerSeniorPensionOver: lines.value.seniorPensionOver,
    thresholdBase: thresholds.value.base,
    thresholdPerEarner: thresholds.value.perEarner,
    thresholdFive: thresholds.value.fivePerInsured,
    thresholdTwo: thresholds.value.twoPerInsured,
    formerDependentTenths: former.value.tenths,
    formerDependentMonths: former.value.months,
    insuredAge: insuredAge.on(firstDay).value,
    transitionalCap:
      transitional === null
        ? null
        : { cap: transitional.medical, bornUntil: numericDay(transitional.bornUntil) },
    medical: levy(
      '医療分',
      medical,
      reduction.value.medical,
      cap.value.medical,
      reliefOf(union, firstDay) ?? noRelief,
    ),
    childSupport:
      childCap === null || childReduction === null
        ? null
        : levy(
            '子ども分',
            rowOf(childSupportRates, union, '保険料率 子ども分', firstDay),
            childReduction,
            childCap,
            noRelief,
          ),
    cite: {
      employment: cite(employmentBrackets, employment),
      pension: cite(pensionDeduction, pension),
      adjustment: cite(incomeAdjustment, adjustment),
      lossOffset: cite(lossOffset, offset),
      basicDeduction: cite(basicDeductionSteps, basic),
      assessment: cite(assessmentFormula, formula),
      pensionLines: cite(pensionLines, lines),
      salaryLine: cite(earnerSalaryLine, salaryLine),
      thresholds: cite(reductionThresholds, thresholds),
      reduction: cite(reductionRates, reduction),
      formerDependent: cite(formerDependentRule, former),
      caps: cite(caps, cap),
      months: cite(monthlyShares, months),
      fractions: cite(fractions.table, fractions.row),
    },
  }
}

const endless = Number.MAX_SAFE_INTEGER

function brackets(rows: readonly IncomeBracket[]): PreparedBracket[] {
  return rows.map(({ below, unit, of, minus }) => ({ below: below ?? endless, unit, of, minus }))
}

function reliefOf(union: string, firstDay: PlainDate) {
  const scope = reliefScope.find(firstDay)
  if (scope === null) return null
  const table = reliefRates.get(union)
  const row = table?.find(firstDay) ?? null
  const name = table?.name ?? `所得割率の特例 令和6年度（${unionNames.get(union)}）`
  return {
    reliefBaseUpTo: scope.value.baseUpTo as number,
    reliefRate: row === null ? null : safeRate(name, row.value),
    cite: table === undefined || row === null ? '' : cite(table, row),
    table: name,
  }
}

function rowOf<T>(
  tables: ReadonlyMap<string, LawTable<T>>,
  union: string,
  title: string,
  on: PlainDate,
): { table: LawTable<T>; row: LawRow<T> } {
  const table = tables.get(union)
  if (table === undefined) {
    const name = unionNames.get(union)
    throw name === undefined
      ? new MissingLaw(`${title}（広域連合 ${union}）`, on, 'union')
      : new MissingLaw(`${title}（${name}）`, on)
  }
  return { table, row: table.on(on) }
}

// A base is at most five amounts; see amountMax.
function safeRate(table: string, rate: Rate): Rate {
  if (!Number.isSafeInteger(amountMax * 5 * rate.of)) {
    throw new RangeError(`法令表「${table}」の率は細かすぎて、円の整数で計算できません。`)
  }
  return rate
}
