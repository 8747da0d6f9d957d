import { plainDateOf } from '@koiki/kernel'
import type { TaxResult } from './income.ts'
import type { Municipality } from './municipality.ts'
import type { TaxRecord } from './records.ts'

/** 課税記録の1行 — of a person whose incomes are known; where the inquiry is not answered yet, every amount is 0. */
export function taxRow(
  municipality: Municipality,
  addresseeNumber: string,
  fiscalYear: number,
  result: TaxResult,
  answered: boolean,
): TaxRecord {
  const amount = (value: number): number => (answered ? value : 0)
  return {
    municipalityCode: municipality.code,
    addresseeNumber,
    fiscalYear,
    declaration: !answered ? '2' : result.declared ? '1' : '0',
    publicPension: amount(result.publicPension),
    salary: amount(result.salary),
    familyEmployeeSalary: amount(result.familyEmployeeSalary),
    business: amount(result.business),
    familyEmployeeDeduction: amount(result.familyEmployeeDeduction),
    capitalGains: amount(result.capitalGains),
    capitalGainsSpecialDeduction: amount(result.capitalGainsSpecialDeduction),
    other: amount(result.other),
    taxableIncome: amount(result.taxableIncome),
    headAdjustment: amount(result.headAdjustment),
    residentTax: result.taxFree ? '0' : result.taxableIncome > 0 ? '2' : '1',
    statedRevenue:
      answered && result.business === 0 && result.capitalGainsSpecialDeduction === 0
        ? result.revenue
        : null,
    correctedOn: null,
    operatedOn: plainDateOf(fiscalYear, 6, 5),
    revenue: amount(result.revenue),
    taxFree: answered && result.taxFree,
  }
}
