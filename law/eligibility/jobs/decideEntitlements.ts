import { recordAccess } from '@koiki/audit'
import { insuredNumber, type PlainDate, subjectKey } from '@koiki/kernel'
import { defineJob, type Transaction } from '@koiki/store'
import type { Entitlement } from '../entitlement.ts'
import { eligibilityEdition } from '../law/edition.ts'
import {
  countDue,
  type DueResident,
  findDue,
  findRecords,
  type KnownRecord,
  type Place,
  runningOf,
} from '../store/dueResidents.ts'
import {
  type LinkRow,
  linkResidents,
  type PendingRow,
  type PersonRow,
  refreshSupportMeasures,
  replaceExclusions,
  replacePending,
  type ScheduleRow,
  settleResidents,
  upsertPersons,
} from '../store/insuredPersons.ts'
import { lockNumbers, setLastNumber } from '../store/numbers.ts'
import {
  type DecisionRow,
  findInsurerNumbers,
  findStandingRights,
  insertDecisions,
  replaceEntitlements,
} from '../store/rights.ts'
import { decidePerson, type NumberedOutcome, type PersonOutcome } from './decidePerson.ts'
import { findSamePersons, type SamePerson } from './samePerson.ts'

/** 判定の数 — what a run came to. */
export type DecidedCounts = {
  readonly persons: number
  readonly issued: number
  readonly decisions: number
  readonly pending: number
}

/** Residents in one transaction: small enough to watch and to stop, large enough to be fast. */
const unitSize = 5000

const nothing: DecidedCounts = { persons: 0, issued: 0, decisions: 0, pending: 0 }

/**
 * 資格の判定 (3-1, 3-2) — every resident whose records changed, or for whom a known day has come (75歳, the end of
 * 適用除外), up to the world's date. Decisions are appended; 被保険者番号 are issued in the order of
 * municipality and resident key. One day's run and the first run of 300,000 are the same job.
 */
export const decideEntitlements = defineJob<Record<string, never>>({
  kind: 'eligibility.decideEntitlements',
  title: '資格の判定',
  queue: (_, scope) => `eligibility:${scope.union}`,
  steps: [
    {
      name: '判定',
      async run(run) {
        const saved = run.checkpoint<Place & { done: number; counts: DecidedCounts }>()
        let { place, done, counts } = saved
          ? { place: saved as Place, done: saved.done, counts: saved.counts }
          : { place: { municipality: '', running: 0 }, done: 0, counts: nothing }
        const total = done + (await run.read(countDue))
        for (let more = true; more; ) {
          await run.commit(async (tx) => {
            const due = await findDue(tx, place, unitSize)
            more = due.length === unitSize
            const last = due.at(-1)
            if (last === undefined) return undefined
            counts = sum(counts, await decideResidents(tx, due, String(run.jobId)))
            done += due.length
            place = { municipality: last.municipality, running: runningOf(last.residentKey) }
            run.progress(done, total, `${done}人を判定しました（決定${counts.decisions}件）。`)
            return { ...place, done, counts }
          })
        }
        run.result(counts)
      },
    },
  ],
})

type Decided = { readonly person: SamePerson; readonly outcome: PersonOutcome }

/** One transaction's worth: the residents given and their kin, all decided or none. */
export async function decideResidents(
  tx: Transaction,
  due: readonly DueResident[],
  jobId: string,
): Promise<DecidedCounts> {
  const persons = await findSamePersons(tx, due)
  const residents = persons.flatMap((person) => person.residents)
  const keys = residents.map(({ residentKey }) => residentKey)
  const records = await findRecords(tx, keys)
  const standing = await findStandingRights(
    tx,
    persons.flatMap(({ subjects }) => subjects),
  )
  const decided = persons.map((person) => ({
    person,
    outcome: decidePerson(
      tx.scope!.union,
      new Map(person.residents.map(({ residentKey }) => [residentKey, records.get(residentKey)!])),
      new Map(person.subjects.map((key) => [key, standing.get(key)!])),
      tx.today,
    ),
  }))
  const counts = await writeOutcomes(tx, decided, records, jobId)
  await recordAccess(tx, {
    channel: 'job',
    actor: { kind: 'job', id: jobId, name: '資格の判定' },
    party: `union:${tx.scope!.union}`,
    purpose: '被保険者資格の取得・変更・喪失の判定',
    act: 'entitlement.decide',
    effect: 'write',
    persons: [...keys, ...counts.subjects],
    count: persons.length,
  })
  const { subjects: _, ...rest } = counts
  return rest
}

async function writeOutcomes(
  tx: Transaction,
  decided: readonly Decided[],
  records: ReadonlyMap<number, readonly KnownRecord[]>,
  jobId: string,
): Promise<DecidedCounts & { readonly subjects: readonly number[] }> {
  const { union } = tx.scope!
  let last = await lockNumbers(tx, 'insured')
  const before = last
  const people: PersonRow[] = []
  const links: LinkRow[] = []
  const decisions: DecisionRow[] = []
  const rights = new Map<number, readonly Entitlement[]>()
  for (const { person, outcome } of decided) {
    if (outcome.kind === 'incomplete') continue
    const own: LinkRow[] = []
    let newest: Numbers | null = null
    for (const numbered of outcome.numbers) {
      if (numbered.subjectKey === null) last += 1
      const number =
        numbered.subjectKey === null
          ? insuredNumber(last)
          : String(numbered.subjectKey % 100_000_000).padStart(8, '0')
      const key = subjectKey(union, number)
      const facts = factsOf(person, outcome.birthDate, tx.today)
      for (const [index, decision] of numbered.decisions.entries()) {
        const sequence = numbered.lastSequence + index + 1
        const { entitlements } = numbered
        decisions.push({ subjectKey: key, sequence, decision, entitlements, facts })
      }
      if (numbered.decisions.length > 0) rights.set(key, numbered.entitlements)
      const governing = numbered.entitlements.at(-1)?.pieces.at(-1)
      if (governing === undefined) continue
      const { residentKey, municipality } = governing
      const record = records.get(residentKey)!.at(-1)!
      const numbers = { subjectKey: key, insuredNumber: number }
      people.push({ ...record, ...numbers, residentKey, municipality })
      own.push(...linksOf(person, numbered, numbers))
      newest = numbers
    }
    if (newest !== null) links.push(...own, ...strayLinks(person, own, newest))
  }
  if (last > before) await setLastNumber(tx, 'insured', last)
  await upsertPersons(tx, people, jobId)
  await linkResidents(tx, links, jobId)
  const subjects = people.map(({ subjectKey: key }) => key)
  await refreshSupportMeasures(tx, subjects)
  await insertDecisions(tx, decisions, eligibilityEdition, jobId)
  await replaceEntitlements(tx, rights, await findInsurerNumbers(tx))
  const pending = await writeStanding(tx, decided, links)
  return {
    persons: decided.length,
    issued: last - before,
    decisions: decisions.length,
    pending,
    subjects,
  }
}

/** What no number is needed for: 適用除外, who cannot be decided, and when to look again. */
async function writeStanding(
  tx: Transaction,
  decided: readonly Decided[],
  links: readonly LinkRow[],
): Promise<number> {
  const subjects = new Map(links.map(({ residentKey, subjectKey: key }) => [residentKey, key]))
  const schedule: ScheduleRow[] = []
  const pending: PendingRow[] = []
  const excluded: Parameters<typeof replaceExclusions>[2][number][] = []
  for (const { person, outcome } of decided) {
    for (const { residentKey, version, municipality } of person.residents) {
      const decideOn = outcome.kind === 'decided' ? outcome.nextCheckOn : null
      const linked = subjects.get(residentKey) ?? null
      schedule.push({ residentKey, version, decideOn, subjectKey: linked })
      if (outcome.kind === 'incomplete')
        pending.push({ residentKey, municipality, reasons: outcome.missing })
      else {
        const own = outcome.exclusions.filter((one) => one.residentKey === residentKey)
        excluded.push(...own.map((one) => ({ ...one, municipality })))
      }
    }
  }
  const residents = schedule.map(({ residentKey }) => residentKey)
  await replaceExclusions(tx, residents, excluded)
  await replacePending(tx, residents, pending)
  await settleResidents(tx, schedule)
  return decided.filter(({ outcome }) => outcome.kind === 'incomplete').length
}

type Numbers = { readonly subjectKey: number; readonly insuredNumber: string }

function linksOf(
  person: SamePerson,
  { subjectKey: known, entitlements }: NumberedOutcome,
  numbers: Numbers,
): readonly LinkRow[] {
  const held = new Set(
    entitlements.flatMap(({ pieces }) => pieces.map(({ residentKey }) => residentKey)),
  )
  const first = entitlements[0]!.pieces[0]!.residentKey
  return person.residents
    .filter(({ residentKey }) => held.has(residentKey))
    .map((one) => ({
      ...one,
      ...numbers,
      ground: known === null && one.residentKey === first ? '新規付番' : '個人番号一致',
    }))
}

/** Records of the same person on which no right rests belong to the newest number. */
function strayLinks(
  person: SamePerson,
  links: readonly LinkRow[],
  numbers: Numbers,
): readonly LinkRow[] {
  const linked = new Set(links.map(({ residentKey }) => residentKey))
  return person.residents
    .filter(({ residentKey }) => !linked.has(residentKey))
    .map((one) => ({ ...one, ...numbers, ground: '個人番号一致' }))
}

/** The facts of a decision: which versions of which records; they can be read again for ever. */
function factsOf(person: SamePerson, birthDate: PlainDate, asOf: PlainDate) {
  return {
    asOf,
    birthDate,
    records: person.residents.map(({ residentKey, version }) => ({ residentKey, version })),
  }
}

function sum(one: DecidedCounts, other: DecidedCounts): DecidedCounts {
  return {
    persons: one.persons + other.persons,
    issued: one.issued + other.issued,
    decisions: one.decisions + other.decisions,
    pending: one.pending + other.pending,
  }
}
