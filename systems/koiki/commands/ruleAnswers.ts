import type { LineAnswer } from '@koiki/kernel'

type AnswerLine = (line: string, lineNumber: number) => LineAnswer

type RuleLine = (
  line: string,
  lineNumber: number,
  options: { readonly explain: boolean },
) => LineAnswer

/** 規則の問答 — the rules that can be asked by NDJSON. Each opens alone: what the others need is not loaded. */
const rules: Readonly<Record<string, () => Promise<RuleLine>>> = {
  premium: async () => (await import('@koiki/premium/rules')).answerPremiumLine,
  copay: async () => (await import('@koiki/copay/rules')).answerCopayLine,
}

export const ruleNames: readonly string[] = Object.keys(rules)

/** 規則の答え手 — `null` where there is no rule of that name. */
export async function answerOf(name: string, explain: boolean): Promise<AnswerLine | null> {
  if (!Object.hasOwn(rules, name)) return null
  const rule = await (rules[name] as () => Promise<RuleLine>)()
  return (line, lineNumber) => rule(line, lineNumber, { explain })
}
