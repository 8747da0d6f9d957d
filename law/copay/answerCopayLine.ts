import { answerLine, type LineAnswer, MissingLaw } from '@koiki/kernel'
import type { CopayJudgement } from './copay.ts'
import { copayLawOn } from './law/copayLaw.ts'
import { type AskedHousehold, readHousehold } from './readHousehold.ts'
import { explainCopay } from './rules/explainCopay.ts'
import { judgeCopayWith } from './rules/judgeCopay.ts'

/**
 * 一部負担金の割合の規則への1行の問い — one line of `koiki rules copay`: a household in, the tenths of every
 * insured member out, or an error that says where. Never throws for what a line may hold.
 */
export function answerCopayLine(
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

// Written by hand: only ids and workings can hold anything but digits and codes, and a line is short.
function answer(household: AskedHousehold, explain: boolean): string {
  const law = copayLawOn(household.date)
  let results = ''
  let judgement: CopayJudgement | null = null
  let rest = ''
  for (const member of household.members) {
    if (!member.insured) continue
    if (judgement === null) {
      judgement = judgeCopayWith(law, household)
      const workings = explain
        ? `,"workings":${JSON.stringify(explainCopay(law, household, judgement))}`
        : ''
      rest = `,"tenths":${judgement.tenths},"ground":"${judgement.ground}"${workings}}`
    }
    results += `${results === '' ? '' : ','}{"member":${JSON.stringify(member.id)}${rest}`
  }
  return `{"id":${JSON.stringify(household.id)},"results":[${results}]}`
}

function missingLaw(error: unknown): { code: string; at: string; message: string } | null {
  if (!(error instanceof MissingLaw)) return null
  return {
    code: 'missingLaw',
    at: 'date',
    message: `${error.message}この法令表を確かめて行を足すまで判定できません。`,
  }
}
