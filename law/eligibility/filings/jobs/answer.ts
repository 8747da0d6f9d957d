import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { Entitlement } from '../../entitlement.ts'
import { whatElseMoves } from '../../rules/whatElseMoves.ts'
import type { Effect } from '../effect.ts'
import type { FilingAnswer, FilingState, Missing, Reason, Warning } from '../filing.ts'
import { type FilingKind, kindOf } from '../kinds.ts'
import type { ComparedEntry } from '../rules/compareEntries.ts'
import type { FilingJudgement } from '../rules/judgeFiling.ts'

/** 決定の一つ — as a filing tells it. */
export type DecisionMade = {
  readonly kind: string
  readonly effectiveOn: PlainDate
  readonly ground: string
}

/** 届書の答え — kept with the act that gave it, so that asking again tells the same. */
export type Answer = {
  readonly answer: FilingAnswer
  readonly title: string
  readonly reasons: readonly Reason[]
  readonly missing: readonly Missing[]
  readonly warnings: readonly Warning[]
  readonly decisions: readonly DecisionMade[]
  readonly before: readonly Entitlement[]
  readonly after: readonly Entitlement[]
  readonly moves: readonly string[]
  readonly appeal: string | null
  /** What of the resident's record the filing told: these are compared when the register comes (1-6). */
  readonly told: readonly string[]
  readonly residentKey: number | null
  readonly subjectKey: number | null
  readonly insuredNumber: string | null
  /** 2人の入力 — side by side, where they were not the same. */
  readonly compared?: readonly ComparedEntry[]
}

const titles: Readonly<Record<FilingAnswer, string>> = {
  granted: '決定しました',
  refused: '認められません',
  incomplete: '足りないものがあります',
}

/** 教示 — told with every refusal. */
const appeal =
  'この決定に不服があるときは、決定を知った日の翌日から3か月以内に、後期高齢者医療審査会に審査請求をすることができます。'

export type CarriedOut = Pick<
  Answer,
  'decisions' | 'before' | 'after' | 'residentKey' | 'subjectKey' | 'insuredNumber'
>

export const nothingCarried: CarriedOut = {
  decisions: [],
  before: [],
  after: [],
  residentKey: null,
  subjectKey: null,
  insuredNumber: null,
}

/** ほかの章で動くもの — said in one line each. */
export function movesOf(
  before: readonly Entitlement[],
  after: readonly Entitlement[],
  today: PlainDate,
) {
  return whatElseMoves(before, after, today).map(({ what, from, months }) => {
    const counted = months.map(
      ({ fiscalYear, change }) => `${fiscalYear}年度 ${change > 0 ? '+' : ''}${change}か月`,
    )
    const name = { premium: '保険料', copay: '一部負担金の割合', certificate: '資格確認書等' }[what]
    return `${name} ${formatWareki(from)}から${counted.length > 0 ? ` (${counted.join('、')})` : ''}`
  })
}

export function answerOf(
  kind: FilingKind,
  judged: FilingJudgement,
  carried: CarriedOut,
  state: FilingState,
  today: PlainDate,
): Answer {
  const { name, leadsTo } = kindOf(kind)
  const verdict =
    state === 'awaitingCheck'
      ? kindOf(kind).blind
        ? '2人目の入力を待っています'
        : '2人目の確かめを待っています'
      : state === 'examining'
        ? '広域連合が審査します'
        : titles[judged.answer]
  return {
    ...carried,
    answer: judged.answer,
    title: `${name}: ${verdict}`,
    reasons: inOrder(judged.reasons, judged.answer),
    missing: judged.missing,
    warnings: judged.warnings,
    moves:
      judged.answer === 'refused'
        ? []
        : [
            ...carried.decisions.map(
              ({ kind: decision, effectiveOn, ground }) =>
                `資格の${decision} ${formatWareki(effectiveOn)} (${ground})`,
            ),
            ...movesOf(carried.before, carried.after, today),
            ...leadsTo,
          ],
    appeal: judged.answer === 'refused' ? appeal : null,
    told: judged.answer === 'granted' ? toldItems(judged.effects) : [],
  }
}

/** A refusal tells first what is against it, a waiting filing what is not known. */
function inOrder(reasons: readonly Reason[], answer: FilingAnswer): readonly Reason[] {
  const first = answer === 'refused' ? 'unmet' : answer === 'incomplete' ? 'unknown' : null
  return [
    ...reasons.filter(({ met }) => met === first),
    ...reasons.filter(({ met }) => met !== first),
  ]
}

function toldItems(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) =>
    effect.kind === 'record'
      ? Object.keys(effect.told).filter((key) => key !== 'changeReason' && key !== 'changedOn')
      : [],
  )
}
