import { formatWareki, plainDate } from '@koiki/kernel'
import {
  type Decision,
  findDecisions,
  findIncomes,
  getExplainedDecision,
  type IncomeFact,
  reasonNames,
  recompute,
  type Working,
} from '@koiki/premium'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import { type PremiumDecision, Why, type WorkingLine } from '../api.ts'
import { nothing } from '../failure.ts'
import { dayInJapan } from '../instants.ts'
import { leaveLook } from '../look.ts'
import { municipalityName } from '../places.ts'
import { packDecision, type References, unpackDecision } from '../reference.ts'
import { route } from '../route.ts'

export const whyRoutes = [
  route({
    method: 'GET',
    path: '/people/:person/decisions/:decision',
    summary: 'なぜこの額か: 計算の道すじを条と数字まで。いま計算し直して一致するか。',
    realms: ['counter', 'union'],
    needs: 'premium.read',
    ofPerson: true,
    answer: Why,
    handle: (call) =>
      call.transaction(async (tx) => {
        const subjectKey = Number(call.at('person'))
        const place = unpackDecision(call.at('decision'))
        const decisions = place.subjectKey === subjectKey ? await findDecisions(tx, subjectKey) : []
        const decision = decisions.find(
          ({ fiscalYear, revision }) =>
            fiscalYear === place.fiscalYear && revision === place.revision,
        )
        if (decision === undefined) throw nothing()
        await leaveLook(tx, call, 'premium.explain', [subjectKey])
        return await explain(tx, call.references, decision, decisions)
      }),
  }),
]

/** 決定の一件 — as the desk shows it. */
export function decisionShown(
  references: References,
  decision: Decision,
): z.infer<typeof PremiumDecision> {
  return {
    decision: references.write('decision', packDecision(decision)),
    fiscalYear: decision.fiscalYear,
    revision: decision.revision,
    decidedOn: decision.decidedOn,
    reason: reasonNames[decision.reason],
    months: decision.months,
    reductionTenths: decision.reductionTenths,
    medicalYen: decision.medical.annual,
    childSupportYen: decision.childSupport?.annual ?? null,
    annualYen: decision.annual,
    current: decision.current,
  }
}

type Fact = {
  readonly id: string
  readonly birthDate: string
  readonly head: boolean
  readonly income: Amounts & { readonly declared: boolean }
}

async function explain(
  tx: Transaction,
  references: References,
  decision: Decision,
  decisions: readonly Decision[],
): Promise<z.infer<typeof Why>> {
  const { facts, steps } = await getExplainedDecision(
    tx,
    decision.subjectKey,
    decision.fiscalYear,
    decision.revision,
  )
  const members = ((facts as { members?: readonly Fact[] }).members ?? []) as readonly Fact[]
  const names = await namesOf(tx, members)
  // A decision of 0 months holds no household: the rules have nothing to be asked again.
  const again = members.length === 0 ? decision.annual : recompute(facts)
  const previous = decisions.find(
    (one) => one.current && one.fiscalYear === decision.fiscalYear - 1,
  )
  return {
    ...decisionShown(references, decision),
    recomputed: { yen: again, agrees: again === decision.annual, at: tx.now },
    sentence: inAWord(decision),
    groups: groupsOf(steps, decision, names),
    previous:
      previous === undefined
        ? null
        : {
            fiscalYear: previous.fiscalYear,
            yen: previous.annual,
            parts: differenceOf(previous, decision),
          },
    facts: await factsOf(tx, decision, members, names),
    edition: { law: decision.lawEdition, from: null },
  }
}

/** Whom the workings speak of: by name where this desk may see the person, else by place in the household. */
async function namesOf(
  tx: Transaction,
  members: readonly Fact[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ resident_key: number; name: string }>(
    'select resident_key, name from eligibility.person where resident_key = any ($1::bigint[])',
    [members.map(({ id }) => Number(id))],
  )
  const known = new Map(rows.map((row) => [String(row.resident_key), row.name]))
  return new Map(
    members.map(({ id, head }, index) => [
      id,
      known.get(id) ?? (head ? '世帯主(被保険者でない)' : `世帯員${index + 1}`),
    ]),
  )
}

/** ひとことで — what was added up, in words that can be read aloud. */
function inAWord(decision: Decision): string {
  const { months, reductionTenths, medical, childSupport, annual } = decision
  if (months === 0) return 'この年度に資格のある月がないので、保険料はかかりません。'
  const perCapita =
    reductionTenths === 0
      ? '「みんなが同じに負担する分」'
      : `「みんなが同じに負担する分(世帯の所得に応じて${reductionTenths}割軽い)」`
  const income =
    medical.incomeBased > 0 ? `と「所得にかかる分」を足し` : 'だけで(所得にかかる分は0円)'
  const capped = medical.overCap > 0 || (childSupport?.overCap ?? 0) > 0 ? '、限度額でとめ' : ''
  const share = months < 12 ? `、12か月のうち${months}か月分にし` : ''
  return `${perCapita}${income}${capped}${share}、はしたを切り捨てて${annual.toLocaleString('ja-JP')}円です。`
}

const groupNames = [
  ['医療分', /（医療分/],
  ['子ども分', /（子ども/],
  ['保険料額', /^(保険料額|資格月数|元被扶養者の軽減の月数|軽減区分（元被扶養者）)/],
  [
    '軽減の判定',
    /^(軽減判定所得（世帯）|軽減判定被保険者数|給与所得者等の数|.割軽減の基準額|軽減区分)/,
  ],
] as const

/** The sum first, then the reasons, then each person's income: the order in which one asks. */
function groupsOf(
  steps: readonly Working[],
  decision: Decision,
  names: ReadonlyMap<string, string>,
): z.infer<typeof Why>['groups'] {
  const groups = new Map<string, Working[]>(groupNames.map(([name]) => [name, []]))
  for (const step of steps) {
    const known = groupNames.find(([, pattern]) => pattern.test(step.step))?.[0]
    const id = /（(\d+)/.exec(step.step)?.[1]
    const group = known ?? `所得 ${names.get(id ?? '') ?? ''}`.trim()
    groups.set(group, [...(groups.get(group) ?? []), step])
  }
  const sums: Readonly<Record<string, number | null>> = {
    医療分: decision.medical.annual,
    子ども分: decision.childSupport?.annual ?? null,
    保険料額: decision.annual,
  }
  return [...groups]
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => ({
      name,
      yen: sums[name] ?? null,
      lines: lines.map((line) => lineOf(line, name, names)),
    }))
}

const counted: readonly (readonly [RegExp, string])[] = [
  [/月数/, 'か月'],
  [/被保険者数|給与所得者等の数/, '人'],
  [/^軽減区分/, '割'],
]

function lineOf(
  step: Working,
  group: string,
  names: ReadonlyMap<string, string>,
): z.infer<typeof WorkingLine> {
  const unit = counted.find(([pattern]) => pattern.test(step.step))?.[1]
  const earner = step.step.startsWith('給与所得者等（')
  return {
    step: step.step.replace(/（\d+.*$/, ''),
    name: named(step.step, names).replace(`（${group}、`, '（').replace(`（${group}）`, ''),
    formula: step.formula,
    value: earner
      ? step.value === 1
        ? '該当する'
        : '該当しない'
      : `${step.value.toLocaleString('ja-JP')}${unit ?? '円'}`,
    yen: unit === undefined && !earner ? step.value : null,
    law: step.law,
  }
}

/** A resident's key is ours and says nothing to a clerk; the group already names whose step it is. */
function named(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/（(\d+)(、)?([^）]*)）/, (whole, id: string, _comma, rest: string) =>
    names.has(id) ? (rest === '' ? '' : `（${rest}）`) : whole,
  )
}

function differenceOf(before: Decision, now: Decision): { name: string; yen: number }[] {
  const whole = before.months === 12 && now.months === 12
  const capped = before.medical.overCap > 0 || now.medical.overCap > 0
  if (!whole || capped) return []
  const parts = [
    { name: '均等割', yen: now.medical.perCapita - before.medical.perCapita },
    { name: '所得割', yen: now.medical.incomeBased - before.medical.incomeBased },
    { name: '子ども分', yen: (now.childSupport?.annual ?? 0) - (before.childSupport?.annual ?? 0) },
  ]
  const rest = now.annual - before.annual - parts.reduce((sum, part) => sum + part.yen, 0)
  return [...parts, { name: '端数', yen: rest }].filter((part) => part.yen !== 0)
}

const amounts = [
  ['publicPension', '公的年金等収入額'],
  ['salary', '給与収入額'],
  ['familyEmployeeSalary', '専従者給与収入額'],
  ['business', '事業所得額'],
  ['familyEmployeeDeduction', '専従者控除額'],
  ['capitalGains', '分離譲渡所得額'],
  ['capitalGainsSpecialDeduction', '譲渡特別控除額'],
  ['other', 'その他所得額'],
] as const satisfies readonly (readonly [keyof IncomeFact, string])[]

type Amounts = Pick<IncomeFact, (typeof amounts)[number][0]>

/** 所得の項目 — those that are not 0, by the names of the layout. */
export function incomeItems(income: Amounts): { name: string; yen: number }[] {
  const items = amounts.map(([column, name]) => ({ name, yen: income[column] }))
  const some = items.filter(({ yen }) => yen !== 0)
  return some.length > 0 ? some : items.slice(0, 1)
}

/** The facts as the decision used them; where they came from is told only if it was before the decision. */
async function factsOf(
  tx: Transaction,
  decision: Decision,
  members: readonly Fact[],
  names: ReadonlyMap<string, string>,
): Promise<z.infer<typeof Why>['facts']> {
  const facts: z.infer<typeof Why>['facts'] = []
  for (const { id, birthDate, head, income } of members) {
    const source = (await findIncomes(tx, Number(id))).find(
      ({ fiscalYear, recordedAt }) =>
        fiscalYear === decision.fiscalYear && recordedAt <= decision.recordedAt,
    )
    const born = `${formatWareki(plainDate(birthDate), 'long')}生${head ? '・世帯主' : ''}`
    facts.push({
      name: names.get(id) ?? '',
      text: income.declared
        ? `${born}。${incomeItems(income)
            .map(({ name, yen }) => `${name} ${yen.toLocaleString('ja-JP')}円`)
            .join('、')}`
        : `${born}。所得の申告が届いていない`,
      received:
        source === undefined
          ? null
          : { on: dayInJapan(source.recordedAt), from: municipalityName(source.municipalityCode) },
    })
  }
  return facts
}
