import { MissingLaw } from '@koiki/kernel'
import type { AssessedLevy, AssessedPremium, Household, Working } from './assessment.ts'
import { type LevyLaw, lawOf, type PremiumLaw } from './law/lawOf.ts'
import { LineFault, readHousehold, readLine } from './readHousehold.ts'
import { assessWith } from './rules/assessHousehold.ts'
import { cutDown } from './rules/cutDown.ts'
import { explainPremium } from './rules/explainPremium.ts'

/** 1行の回答 — the text to write, without a line end, and whether the line was answered. */
export type LineAnswer = { readonly text: string; readonly answered: boolean }

/**
 * 保険料の規則への1行の問い — one line of `koiki rules premium`: a household in, every insured member's
 * premium out, or an error that says where. Never throws for what a line may hold.
 */
export function answerPremiumLine(
  line: string,
  lineNumber: number,
  options: { readonly explain: boolean },
): LineAnswer {
  let id: string | null = null
  try {
    const row = readLine(line, lineNumber)
    id = typeof row.id === 'string' ? row.id : null
    const household = readHousehold(row)
    return { text: answer(household.id, household, options.explain), answered: true }
  } catch (error) {
    const fault = faultOf(error)
    if (fault === null) throw error
    return { text: JSON.stringify({ id, error: fault }), answered: false }
  }
}

// Written by hand: only ids and workings can hold anything but digits, and a line is short.
function answer(id: string, household: Household, explain: boolean): string {
  const law = lawOf(household.union, household.fiscalYear)
  let results = ''
  for (const premium of assessWith(law, household.members)) {
    const workings = explain ? explainPremium(law, household.members, premium) : null
    results += `${results === '' ? '' : ','}${result(premium, law, workings)}`
  }
  return `{"id":${JSON.stringify(id)},"results":[${results}]}`
}

function result(
  premium: AssessedPremium,
  law: PremiumLaw,
  workings: readonly Working[] | null,
): string {
  const { member, months, reductionTenths, base, medical, childSupport, annual } = premium
  const child =
    childSupport === null || law.childSupport === null
      ? ''
      : `"childSupport":${levy(childSupport, law.childSupport)},`
  const tail = workings === null ? '' : `,"workings":${JSON.stringify(workings)}`
  return (
    `{"member":${JSON.stringify(member)},"months":${months},"reductionTenths":${reductionTenths},` +
    `"base":${base},"medical":${levy(medical, law.medical)},${child}"annual":${annual}${tail}}`
  )
}

function levy({ perCapita, incomeBased, annual }: AssessedLevy, law: LevyLaw): string {
  const shown = cutDown(perCapita, 1, law.shownUnit)
  return `{"perCapita":${shown},"incomeBased":${incomeBased},"annual":${annual}}`
}

function faultOf(error: unknown): { code: string; at: string; message: string } | null {
  if (error instanceof LineFault) {
    return { code: error.code, at: error.at, message: error.message }
  }
  if (error instanceof MissingLaw) return missingLaw(error)
  return null
}

function missingLaw(error: MissingLaw): { code: string; at: string; message: string } {
  return {
    code: 'missingLaw',
    at: error.at === '' ? 'fiscalYear' : error.at,
    message: `${error.message}この法令表を確かめて行を足すまで計算できません。`,
  }
}
