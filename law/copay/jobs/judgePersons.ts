import { hash } from 'node:crypto'
import { recordAccess } from '@koiki/audit'
import { numericDay, type PlainDate } from '@koiki/kernel'
import { misuse, type Transaction } from '@koiki/store'
import { copayEdition } from '../edition.ts'
import { isCertifiedGround } from '../law/grounds.ts'
import { judgementYearOf } from '../rules/judgementYear.ts'
import type { CopayCause, KnownFacts, LivingJudgement, Outcome, SharePeriod } from '../share.ts'
import { findFacts } from '../store/facts.ts'
import {
  type CopayDecider,
  findLastSequences,
  findLiving,
  findPeriods,
  insertJudgements,
  type NewJudgement,
  type NewPending,
  replacePendings,
  replacePeriods,
} from '../store/judgements.ts'
import { type JudgementDay, judgementDays, rightsOf, type Window } from './judgementDays.ts'
import { judgeOn, workingsOf } from './judgeOn.ts'
import { sharePeriods } from './sharePeriods.ts'
import { type Situation, situationOn, taxOf } from './situationOn.ts'

/** 判定された一人 — the periods that stood and that stand, and what they move beside themselves. */
export type JudgedPerson = {
  readonly subjectKey: number
  readonly judgements: number
  readonly pending: number
  readonly before: readonly SharePeriod[]
  readonly after: readonly SharePeriod[]
  /** The first day, today or later, on which what was known of the share is no longer so: a document is to be made again. */
  readonly reissueFrom: PlainDate | null
}

/**
 * 人ごとの判定 — judges the persons given by what is known now: appends what differs, lays out their periods
 * anew and says who cannot be judged. Repeating it adds nothing. All in the caller's transaction, which
 * needs the scope of the whole union.
 */
export async function judgePersons(
  tx: Transaction,
  subjectKeys: readonly number[],
  window: Window,
  by: CopayDecider,
): Promise<readonly JudgedPerson[]> {
  if (tx.scope?.municipality !== '*')
    throw misuse(
      '一部負担金の割合の判定は、広域連合の全体を担当の範囲とする取引で行ってください。世帯の人の課税の記録が、ほかの市区町村にあることがあるためです。',
    )
  if (subjectKeys.length === 0) return []
  const since = window.rightsFrom < window.from ? window.rightsFrom : window.from
  const facts = await findFacts(tx, subjectKeys, since)
  const living = byPerson(await findLiving(tx, subjectKeys))
  const sequences = await findLastSequences(tx, subjectKeys)
  const stood = byPerson(await findPeriods(tx, subjectKeys))
  const judgements: NewJudgement[] = []
  const pendings: NewPending[] = []
  const changed: SharePeriod[][] = []
  const persons: JudgedPerson[] = []
  for (const subjectKey of subjectKeys) {
    const own = judgeOne(
      { tx, facts, window, union: tx.scope.union },
      subjectKey,
      living.get(subjectKey) ?? [],
      sequences.get(subjectKey) ?? 0,
    )
    judgements.push(...own.judgements)
    pendings.push(...own.pendings)
    const before = stood.get(subjectKey) ?? []
    const { periods: after } = own
    if (JSON.stringify(before) !== JSON.stringify(after)) changed.push([...after])
    persons.push({
      subjectKey,
      judgements: own.judgements.length,
      pending: own.pendings.length,
      before,
      after,
      reissueFrom: reissueFrom(before, after, tx.today),
    })
  }
  await insertJudgements(tx, judgements, copayEdition.name, by)
  const differing = persons.filter(
    ({ before, after }) => JSON.stringify(before) !== JSON.stringify(after),
  )
  await replacePeriods(
    tx,
    differing.map(({ subjectKey }) => subjectKey),
    changed.flat(),
  )
  await replacePendings(tx, subjectKeys, { from: since, until: window.until }, pendings)
  await recordAccess(tx, {
    channel: 'job',
    // Whoever took a filing in is named with the filing; here the chapter looks at the household by itself.
    actor: {
      kind: 'job',
      id: 'jobId' in by ? by.jobId : by.receiptNumber,
      name: '一部負担金の割合の判定',
    },
    party: `union:${tx.scope.union}`,
    purpose: '一部負担金の割合と限度区分の判定',
    act: 'copay.judge',
    effect: 'write',
    persons: subjectKeys,
  })
  return persons
}

function byPerson<T extends { readonly subjectKey: number }>(
  rows: readonly T[],
): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row.subjectKey)
    if (group === undefined) groups.set(row.subjectKey, [row])
    else group.push(row)
  }
  return groups
}

type Matter = {
  readonly tx: Transaction
  readonly facts: KnownFacts
  readonly window: Window
  readonly union: string
}

function judgeOne(
  { facts, window, union }: Matter,
  subjectKey: number,
  living: readonly LivingJudgement[],
  lastSequence: number,
): {
  readonly judgements: readonly NewJudgement[]
  readonly pendings: readonly NewPending[]
  readonly periods: readonly SharePeriod[]
} {
  const judgements: NewJudgement[] = []
  const pendings: NewPending[] = []
  const stands = new Map(living.map((one) => [one.effectiveOn, one]))
  const rights = rightsOf(facts, subjectKey)
  for (const right of rights) {
    const days = judgementDays(facts, right, window, [...stands.keys()])
    let last: string | null = null
    for (const day of days) {
      const situation = situationOn(facts, subjectKey, day.on)
      if (situation === null) continue
      const outcome = judgeOn(facts, situation, union)
      const judgementYear = yearOfJudgement(day.on)
      const { municipality, residentKey } = situation.piece
      if (outcome.kind === 'pending') {
        const { missing } = outcome
        pendings.push({ subjectKey, effectiveOn: day.on, municipality, judgementYear, missing })
        // Incomes that were judged once stand until better ones come; a certificate taken back does not.
        if (isCertifiedGround(stands.get(day.on)?.ground ?? '')) stands.delete(day.on)
        last = null
        continue
      }
      const known = stands.get(day.on)
      const sign = signOf(outcome)
      const digest = digestOf(outcome)
      const same = known === undefined ? !day.mandatory && sign === last : known.digest === digest
      last = sign
      if (same) continue
      const sequence = lastSequence + judgements.length + 1
      judgements.push({
        subjectKey,
        sequence,
        municipality,
        residentKey,
        judgementYear,
        cause: known === undefined ? day.cause : causeAgain(day, known, facts, situation, outcome),
        outcome,
        workings: workingsOf(outcome),
        digest: Buffer.from(digest, 'hex'),
      })
      stands.set(day.on, { ...livingOf(outcome), subjectKey, sequence, digest, decidedAt: '' })
    }
  }
  const inOrder = [...stands.values()].sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1))
  return { judgements, pendings, periods: sharePeriods(subjectKey, rights, inOrder) }
}

const yearOfJudgement = (day: PlainDate): number =>
  Math.floor(judgementYearOf(numericDay(day)).from / 10_000)

type JudgedOutcome = Extract<Outcome, { kind: 'judged' }>

/** What has to differ for an event to make a judgement: the answer, or who is insured in the household. */
function signOf({ tenths, ground, limitCategory, facts }: JudgedOutcome): string {
  return `${tenths}|${ground}|${limitCategory}|${insuredOf(facts)}`
}

const insuredOf = ({ members }: JudgedOutcome['facts']): string =>
  members
    .filter(({ insured }) => insured)
    .map(({ id }) => id)
    .join(' ')

function digestOf({ tenths, ground, limitCategory, facts }: JudgedOutcome): string {
  const text = `${tenths}|${ground}|${limitCategory}|${JSON.stringify(facts)}`
  return hash('sha256', text, 'hex').slice(0, 32)
}

function livingOf(
  outcome: JudgedOutcome,
): Pick<LivingJudgement, 'effectiveOn' | 'tenths' | 'ground' | 'limitCategory' | 'insured'> {
  const { tenths, ground, limitCategory, facts } = outcome
  return { effectiveOn: facts.date, tenths, ground, limitCategory, insured: insuredOf(facts) }
}

/** Why a day is judged once more: an application, incomes after a certificate, a later tax record, or else corrected records. */
function causeAgain(
  day: JudgementDay,
  known: LivingJudgement,
  facts: KnownFacts,
  situation: Situation,
  outcome: JudgedOutcome,
): CopayCause {
  const applied = situation.present.some(({ residentKey }) =>
    facts.applications.get(residentKey)?.some(({ from }) => from === day.on),
  )
  if (applied) return 'application'
  if (isCertifiedGround(known.ground) && !isCertifiedGround(outcome.ground)) return 'incomeArrived'
  const { incomeYear } = judgementYearOf(numericDay(day.on))
  const later = situation.present.some(({ residentKey }) => {
    const tax = taxOf(facts, residentKey, incomeYear + 1)
    return tax !== null && tax.recordedAt > known.decidedAt
  })
  return later ? 'incomeCorrection' : 'recordCorrection'
}

function reissueFrom(
  before: readonly SharePeriod[],
  after: readonly SharePeriod[],
  today: PlainDate,
): PlainDate | null {
  const days = [...before, ...after].map(({ from }) => from).filter((day) => day > today)
  const shareOn = (periods: readonly SharePeriod[], day: PlainDate): string | null => {
    const found = periods.find(({ from, until }) => from <= day && day < until)
    return found === undefined ? null : `${found.tenths} ${found.limitCategory}`
  }
  for (const day of [today, ...days.sort()]) {
    const stood = shareOn(before, day)
    if (stood !== null && stood !== shareOn(after, day)) return day
  }
  return null
}
