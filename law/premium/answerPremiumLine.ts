import { answerLine, type LineAnswer, MissingLaw } from '@koiki/kernel'
import type { AssessedLevy, AssessedPremium, Working } from './assessment.ts'
import { type LevyLaw, lawOf, type PremiumLaw } from './law/lawOf.ts'
import { type AskedHousehold, readHousehold } from './readHousehold.ts'
import { assessWith } from './rules/assessHousehold.ts'
import { cutDown } from './rules/cutDown.ts'
import { explainPremium } from './rules/explainPremium.ts'

/**
 * 保険料の規則への1行の問い — one line of `koiki rules premium`: a household in, every insured member's
 * premium out, or an error that says where. Never throws for what a line may hold.
 */
export function answerPremiumLine(
  line: string,
  lineNumber: number,
  options: { readonly explain: boolean },
): LineAnswer {
  return answerLine(
    line,
    lineNumber,
    (row) => answer(readHousehold(row), options.explain),
    missingLaw,
  )
}

// Written by hand: only ids and workings can hold anything but digits, and a line is short.
function answer(household: AskedHousehold, explain: boolean): string {
  const law = lawOf(household.union, household.fiscalYear)
  let results = ''
  for (const premium of assessWith(law, household.members)) {
    const workings = explain ? explainPremium(law, household.members, premium) : null
    results += `${results === '' ? '' : ','}${result(premium, law, workings)}`
  }
  return `{"id":${JSON.stringify(household.id)},"results":[${results}]}`
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

function missingLaw(error: unknown): { code: string; at: string; message: string } | null {
  if (!(error instanceof MissingLaw)) return null
  return {
    code: 'missingLaw',
    at: error.at === '' ? 'fiscalYear' : error.at,
    message: `${error.message}この法令表を確かめて行を足すまで計算できません。`,
  }
}
