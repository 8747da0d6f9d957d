import { MissingLaw } from '@koiki/kernel'
import type { CopayJudgement, Household } from './copay.ts'
import { copayLawOn } from './law/copayLaw.ts'
import { LineFault, readHousehold, readLine } from './readHousehold.ts'
import { explainCopay } from './rules/explainCopay.ts'
import { judgeCopayWith } from './rules/judgeCopay.ts'

/** 1行の回答 — the text to write, without a line end, and whether the line was answered. */
export type LineAnswer = { readonly text: string; readonly answered: boolean }

/**
 * 一部負担金の割合の規則への1行の問い — one line of `koiki rules copay`: a household in, the tenths of every
 * insured member out, or an error that says where. Never throws for what a line may hold.
 */
export function answerCopayLine(
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

// Written by hand: only ids and workings can hold anything but digits and codes, and a line is short.
function answer(id: string, household: Household, explain: boolean): string {
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
  return `{"id":${JSON.stringify(id)},"results":[${results}]}`
}

function faultOf(error: unknown): { code: string; at: string; message: string } | null {
  if (error instanceof LineFault) {
    return { code: error.code, at: error.at, message: error.message }
  }
  if (error instanceof MissingLaw) {
    return {
      code: 'missingLaw',
      at: 'date',
      message: `${error.message}この法令表を確かめて行を足すまで判定できません。`,
    }
  }
  return null
}
