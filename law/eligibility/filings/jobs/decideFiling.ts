import { addDays, type Finding } from '@koiki/kernel'
import { StoreError, type Transaction } from '@koiki/store'
import { reasonName, reasonSentence } from '../../sentences.ts'
import type { Effect } from '../effect.ts'
import type { FilingContent, FilingState, Reason } from '../filing.ts'
import { kindOf } from '../kinds.ts'
import { type FilingJudgement, type FormerAnswer, judgeFiling } from '../rules/judgeFiling.ts'
import { rightBeginsNot, rightGoesOn } from '../rules/judgement.ts'
import type { FilingPlace, Reconciliation } from '../store/filings.ts'
import type { findKnownPerson } from '../store/knownPerson.ts'
import { type Answer, answerOf, type CarriedOut, nothingCarried } from './answer.ts'
import { carryOut } from './carryOut.ts'
import type { Clerk } from './clerk.ts'

/** 届書の相手 — which office's, and whom of its people. */
export type Matter = {
  readonly municipality: string
  readonly addresseeNumber: string
  readonly known: Awaited<ReturnType<typeof findKnownPerson>>
}

export type DecideFiling = {
  readonly filing: FilingPlace
  readonly matter: Matter
  readonly content: FilingContent
  readonly token: string | null
  readonly answered: FormerAnswer
  readonly clerk: Clerk
  /** The union examined the papers and says yes or no. */
  readonly examined?: { readonly answer: 'granted' | 'refused'; readonly reason: string }
  readonly onlyShow?: true
  /** What a later chapter makes of it — asked while a filing that is only shown is carried out, before it is undone. */
  readonly beforeUndo?: BeforeUndo
  /** A second person has typed the same: what waited for it is carried out. */
  readonly typedTwice?: true
}

export type BeforeUndo = (tx: Transaction, residentKey: number) => Promise<void>

export type DecidedFiling = {
  readonly state: FilingState
  readonly reconciliation: Reconciliation
  readonly answer: Answer
}

/** 審査と決定 — by the rule; a granted filing is carried out, and undone again where the rights cannot be decided. */
export async function decideFiling(
  tx: Transaction,
  deciding: DecideFiling,
): Promise<DecidedFiling> {
  const { filing, matter, content, token, clerk } = deciding
  const ruled = judgeFiling({ content, known: matter.known, today: tx.today }, deciding.answered)
  const judged = examinedBy(ruled, deciding)
  const known = matter.known
  const idle: CarriedOut = {
    ...nothingCarried,
    residentKey: known?.residentKey ?? null,
    subjectKey: known?.subjectKey ?? null,
  }
  const waits = kindOf(content.kind).blind && deciding.typedTwice !== true
  const onlyShow = deciding.onlyShow === true || waits
  const state = stateOf(judged, waits)
  if (judged.answer !== 'granted')
    return {
      state,
      reconciliation: 'none',
      answer: answerOf(filing.kind, judged, idle, state, tx.today),
    }

  const effects = withNumber(judged.effects, content, deciding)
  await tx.run('savepoint filing')
  let outcome: Awaited<ReturnType<typeof carryOut>>
  try {
    outcome = await carryOut(tx, {
      filing,
      matter,
      effects,
      filedOn: content.filedOn,
      token,
      clerk,
    })
  } catch (error) {
    if (!(error instanceof StoreError) || !['exclusion', 'check', 'unique'].includes(error.kind))
      throw error
    await tx.run('rollback to savepoint filing')
    const refused = overlapping(judged)
    return {
      state: 'refused',
      reconciliation: 'none',
      answer: answerOf(filing.kind, refused, idle, 'refused', tx.today),
    }
  }
  const vain = outcome.pending.length === 0 ? inVain(content, outcome.carried) : null
  if (vain !== null) {
    await tx.run('rollback to savepoint filing')
    return {
      state: 'refused',
      reconciliation: 'none',
      answer: answerOf(filing.kind, against(judged, vain), idle, 'refused', tx.today),
    }
  }
  const { residentKey } = outcome.carried
  if (onlyShow && outcome.pending.length === 0 && residentKey !== null)
    await deciding.beforeUndo?.(tx, residentKey)
  if (onlyShow || outcome.pending.length > 0) await tx.run('rollback to savepoint filing')
  await tx.run('release savepoint filing')
  if (outcome.pending.length > 0) {
    const waiting: FilingJudgement = {
      ...judged,
      answer: 'incomplete',
      missing: outcome.pending.map((finding) => ({
        code: finding.code,
        name: reasonName(finding),
        sentence: namesOthers(finding, clerk, matter.municipality)
          ? `${reasonName(finding)}。ほかの市区町村の記録とそろわないので、広域連合に確かめてください。`
          : reasonSentence(finding),
      })),
    }
    return {
      state: 'incomplete',
      reconciliation: 'none',
      answer: answerOf(filing.kind, waiting, idle, 'incomplete', tx.today),
    }
  }
  const carried = onlyShow
    ? {
        ...outcome.carried,
        residentKey: idle.residentKey,
        subjectKey: idle.subjectKey,
        insuredNumber: null,
      }
    : outcome.carried
  const tells = !waits && effects.some(({ kind }) => kind === 'record')
  return {
    state,
    reconciliation: tells ? 'awaiting' : 'none',
    answer: answerOf(filing.kind, { ...judged, effects }, carried, state, tx.today),
  }
}

/** A counter is not told where else a person is known: it could be what a 支援措置 withholds. */
const namesOthers = ({ facts }: Finding, clerk: Clerk, own: string): boolean =>
  clerk.municipality !== '*' &&
  ['municipality', 'other', 'movedTo'].some((key) => facts[key] !== undefined && facts[key] !== own)

function stateOf(judged: FilingJudgement, waits: boolean): FilingState {
  if (judged.answer === 'refused') return 'refused'
  if (judged.answer === 'incomplete')
    return judged.examine && judged.missing.length === 0 ? 'examining' : 'incomplete'
  const checked = waits || judged.effects.some(({ kind }) => kind === 'destination')
  return checked ? 'awaitingCheck' : 'granted'
}

function examinedBy(ruled: FilingJudgement, { examined }: DecideFiling): FilingJudgement {
  if (examined === undefined || ruled.answer === 'refused' || ruled.missing.length > 0) return ruled
  const granted = examined.answer === 'granted'
  return {
    ...ruled,
    answer: examined.answer,
    reasons: [
      ...ruled.reasons.filter(({ met }) => met !== 'unknown'),
      {
        code: 'examined',
        name: '広域連合の審査',
        met: granted ? 'met' : 'unmet',
        sentence: examined.reason,
        article: '則8条',
      },
    ],
  }
}

/** A number that was missing so far is registered with whatever else the filing does. */
function withNumber(
  effects: readonly Effect[],
  content: FilingContent,
  { token, matter }: DecideFiling,
): readonly Effect[] {
  if (token === null || matter.known === null || matter.known.numberHeld) return effects
  if (effects.some(({ kind }) => kind === 'record')) return effects
  return [...effects, { kind: 'record', told: { changeReason: '11', changedOn: content.filedOn } }]
}

const losses: readonly FilingContent['kind'][] = ['lossMoveOut', 'lossDeath', 'lossExclusion']
const acquisitions: readonly FilingContent['kind'][] = [
  'acquisitionMoveIn',
  'acquisitionExclusionEnded',
  'acquisitionOther',
]

/**
 * むだな届出 — why it cannot be answered as decided, though every rule said yes: other papers keep the right going past
 * the day of a loss that was told, or let none begin on the day of an acquisition. Null where it does what it says.
 */
function inVain({ kind, occurredOn }: FilingContent, { after }: CarriedOut): Reason | null {
  if (occurredOn === null) return null
  const pieces = after.flatMap((right) => right.pieces)
  const goesOn = pieces.some(
    ({ from, until }) => from <= occurredOn && (until === null || until > addDays(occurredOn, 1)),
  )
  const begins = pieces.some(({ until }) => until === null || until > occurredOn)
  if (losses.includes(kind) && goesOn) return rightGoesOn
  return acquisitions.includes(kind) && !begins ? rightBeginsNot : null
}

const against = (judged: FilingJudgement, reason: Reason): FilingJudgement => ({
  ...judged,
  answer: 'refused',
  reasons: [reason, ...judged.reasons],
})

const overlapping = (judged: FilingJudgement): FilingJudgement => ({
  ...judged,
  answer: 'refused',
  reasons: [
    {
      code: 'overlaps',
      name: '登録されている期間と重ならない',
      met: 'unmet',
      article: '法50条〜55条の2',
      sentence:
        '登録されている期間と重なるか、日付の前後が合いません。前の届書の期間を確かめ、誤りなら先に取り消してください。',
    },
    ...judged.reasons,
  ],
})
