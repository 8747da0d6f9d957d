import { recordAccess } from '@koiki/audit'
import { type Finding, insuredNumber, type PlainDate, subjectKey } from '@koiki/kernel'
import { misuse, type Transaction } from '@koiki/store'
import type { Entitlement, EntitlementDecision, ToldFacts } from '../entitlement.ts'
import { eligibilityEdition } from '../law/edition.ts'
import { type Decider, deciderColumns } from '../store/decider.ts'
import { type DueResident, findRecords, type KnownRecord } from '../store/dueResidents.ts'
import {
  findShownResidents,
  type LinkRow,
  linkResidents,
  type PendingRow,
  type PersonRow,
  recordExclusions,
  recordPending,
  refreshSupportMeasures,
  type ScheduleRow,
  settleResidents,
  upsertPersons,
} from '../store/insuredPersons.ts'
import { lockNumbers, setLastNumber } from '../store/numbers.ts'
import { endLinks, repointNumbers } from '../store/personLinks.ts'
import {
  type DecisionRow,
  findClaims,
  findStandingRights,
  insertDecisions,
  replaceEntitlements,
  type StandingRights,
} from '../store/rights.ts'
import { findToldFacts, toldOf } from '../store/toldFacts.ts'
import { decidePerson, type NumberedOutcome, type PersonOutcome } from './decidePerson.ts'
import { findSamePersons, type SamePerson } from './samePerson.ts'
import {
  linksOf,
  linksToEnd,
  type Numbers,
  numbersToRepoint,
  strayLinks,
  subjectBefore,
} from './tieNumbers.ts'

/** 判定の数 — what a run came to. */
export type DecidedCounts = {
  readonly persons: number
  readonly issued: number
  readonly decisions: number
  readonly pending: number
}

/** 決定された一人 — what stood, what now stands, and why; numbers not yet issued are null only in a preview. */
export type DecidedPerson = {
  readonly residentKeys: readonly number[]
  readonly answer: 'eligible' | 'notEligible' | 'incomplete'
  /** Why the person is not insured today, or what is missing to say so. */
  readonly reasons: readonly Finding[]
  readonly nextCheckOn: PlainDate | null
  readonly before: readonly Entitlement[]
  readonly after: readonly Entitlement[]
  readonly decisions: readonly NumberedDecision[]
}

/** 番号つきの決定 — under which 被保険者番号. */
export type NumberedDecision = EntitlementDecision & {
  readonly subjectKey: number
  readonly insuredNumber: string
  /** The number was issued with this decision. */
  readonly issued: boolean
}

type Decided = {
  readonly person: SamePerson
  readonly told: ToldFacts
  readonly standing: ReadonlyMap<number, StandingRights>
  /** Only after a judgement of 名寄せ: what each number held on these residents' records alone. */
  readonly claims: ReadonlyMap<number, readonly Entitlement[]> | undefined
  readonly outcome: PersonOutcome
}

/** One transaction's worth: the residents given and their kin, all decided or none. */
export async function decideResidents(
  tx: Transaction,
  due: readonly DueResident[],
  by: Decider,
): Promise<DecidedCounts> {
  return (await decidePersons(tx, due, by)).counts
}

/** As `decideResidents`, and tells of each person what was decided. */
export async function decidePersons(
  tx: Transaction,
  due: readonly DueResident[],
  by: Decider,
): Promise<{ readonly counts: DecidedCounts; readonly persons: readonly DecidedPerson[] }> {
  if (tx.scope?.municipality !== '*')
    throw misuse(
      '資格の判定は、広域連合の全体を担当の範囲とする取引で行ってください。ほかの市区町村にも同じ人の記録があるためです。',
    )
  // Whoever decides at the same time waits here, before anything is read that the other may write.
  const last = await lockNumbers(tx)
  const people = await findSamePersons(tx, due)
  const keys = people.flatMap(({ residents }) => residents.map(({ residentKey }) => residentKey))
  const records = await findRecords(tx, keys)
  const told = await findToldFacts(tx, keys)
  const standing = await findStandingRights(
    tx,
    people.flatMap(({ subjects }) => subjects),
  )
  const decided: Decided[] = []
  for (const person of people) decided.push(await decideOne(tx, person, records, told, standing))
  const { counts, numbers, subjects } = await writeOutcomes(tx, decided, records, last, by)
  const job = 'jobId' in by
  await recordAccess(tx, {
    channel: job ? 'job' : 'screen',
    actor: job
      ? { kind: 'job', id: by.jobId, name: '資格の判定' }
      : { kind: 'account', id: by.account.id, name: by.account.name },
    party: `union:${tx.scope.union}`,
    purpose: '被保険者資格の取得・変更・喪失の判定',
    act: 'entitlement.decide',
    effect: 'write',
    persons: [...keys, ...subjects],
    count: people.length,
  })
  return { counts, persons: decided.map((one) => inWhole(one, numbers)) }
}

async function decideOne(
  tx: Transaction,
  person: SamePerson,
  records: ReadonlyMap<number, readonly KnownRecord[]>,
  told: ToldFacts,
  standing: ReadonlyMap<number, StandingRights>,
): Promise<Decided> {
  const keys = person.residents.map(({ residentKey }) => residentKey)
  const own = {
    person,
    told: toldOf(told, new Set(keys)),
    standing: new Map(person.subjects.map((key) => [key, standing.get(key)!])),
  }
  const matter = {
    ...own,
    union: tx.scope!.union,
    records: new Map(keys.map((key) => [key, records.get(key)!])),
  }
  const claims = person.judged ? await findClaims(tx, person.subjects, keys) : undefined
  const outcome = decidePerson(claims === undefined ? matter : { ...matter, claims }, tx.today)
  return { ...own, claims, outcome }
}

async function writeOutcomes(
  tx: Transaction,
  decided: readonly Decided[],
  records: ReadonlyMap<number, readonly KnownRecord[]>,
  lastNumber: number,
  by: Decider,
): Promise<{
  readonly counts: DecidedCounts
  readonly numbers: ReadonlyMap<NumberedOutcome, Numbers>
  readonly subjects: readonly number[]
}> {
  const { union } = tx.scope!
  let last = lastNumber
  const people: PersonRow[] = []
  const links: LinkRow[] = []
  const decisions: DecisionRow[] = []
  const rights = new Map<number, readonly Entitlement[]>()
  const given = new Map<NumberedOutcome, Numbers>()
  const emptied = new Map<number, SamePerson>()
  for (const { person, told, outcome } of decided) {
    const own: LinkRow[] = []
    let newest: Numbers | null = null
    for (const numbered of outcome.numbers) {
      if (numbered.subjectKey === null) last += 1
      const number =
        numbered.subjectKey === null
          ? insuredNumber(last)
          : String(numbered.subjectKey % 100_000_000).padStart(8, '0')
      const key = subjectKey(union, number)
      const numbers = { subjectKey: key, insuredNumber: number }
      given.set(numbered, numbers)
      const facts = factsOf(person, told, birthDateOf(person, records), tx.today)
      for (const [index, decision] of numbered.decisions.entries()) {
        const sequence = numbered.lastSequence + index + 1
        const { entitlements } = numbered
        decisions.push({ subjectKey: key, sequence, decision, entitlements, facts })
      }
      if (numbered.decisions.length > 0) rights.set(key, numbered.entitlements)
      const governing = numbered.entitlements.at(-1)?.pieces.at(-1)
      if (governing === undefined) {
        if (person.judged && numbered.subjectKey !== null) emptied.set(key, person)
        continue
      }
      const { residentKey, municipality } = governing
      const record = records.get(residentKey)!.at(-1)!
      people.push({ ...record, ...numbers, residentKey, municipality })
      own.push(...linksOf(person, numbered, numbers))
      newest = numbers
    }
    links.push(...own)
    if (newest !== null && outcome.kind === 'decided')
      links.push(...strayLinks(person, own, newest))
  }
  if (last > lastNumber) await setLastNumber(tx, last)
  people.push(...(await shownAgain(tx, emptied, records)))
  await upsertPersons(tx, people, by)
  const ended = decided.flatMap(linksToEnd)
  await endLinks(tx, ended, deciderColumns(by))
  await repointNumbers(tx, decided.flatMap(numbersToRepoint))
  await linkResidents(tx, links, by)
  const subjects = people.map(({ subjectKey: key }) => key)
  await refreshSupportMeasures(tx, [...subjects, ...ended.map((one) => one.subjectKey)])
  await insertDecisions(tx, decisions, eligibilityEdition, by)
  const stood = decided.flatMap(({ standing }) => [...standing.keys()])
  await replaceEntitlements(tx, rights, new Set(stood))
  const pending = await writeStanding(tx, decided, links)
  return {
    counts: {
      persons: decided.length,
      issued: last - lastNumber,
      decisions: decisions.length,
      pending,
    },
    numbers: given,
    subjects,
  }
}

/** Numbers without rights that show another person's name since a merge: their own holder's again. */
async function shownAgain(
  tx: Transaction,
  emptied: ReadonlyMap<number, SamePerson>,
  records: ReadonlyMap<number, readonly KnownRecord[]>,
): Promise<readonly PersonRow[]> {
  const shown = await findShownResidents(tx, [...emptied.keys()])
  return [...emptied].flatMap(([key, { residents, links }]) => {
    if (residents.some(({ residentKey }) => residentKey === shown.get(key))) return []
    const own = links.find((link) => link.subjectKey === key && link.ground === '新規付番')
    const holder = residents.find(({ residentKey }) => residentKey === own?.residentKey)
    if (holder === undefined) return []
    const { residentKey, municipality } = holder
    const insured = String(key % 100_000_000).padStart(8, '0')
    const record = records.get(residentKey)!.at(-1)!
    return [{ ...record, residentKey, municipality, subjectKey: key, insuredNumber: insured }]
  })
}

function inWhole(
  { person, standing, outcome }: Decided,
  numbers: ReadonlyMap<NumberedOutcome, Numbers>,
): DecidedPerson {
  const residentKeys = person.residents.map(({ residentKey }) => residentKey)
  const before = inOrder([...standing.values()].flatMap(({ entitlements }) => entitlements))
  const given = new Map([...standing].map(([key, { entitlements }]) => [key, entitlements]))
  const fresh: Entitlement[] = []
  for (const { subjectKey: key, entitlements } of outcome.numbers)
    if (key === null) fresh.push(...entitlements)
    else given.set(key, entitlements)
  const reasons = outcome.kind === 'incomplete' ? outcome.missing : outcome.reasons
  const decidedAs = reasons.length === 0 ? 'eligible' : 'notEligible'
  return {
    residentKeys,
    answer: outcome.kind === 'incomplete' ? 'incomplete' : decidedAs,
    reasons,
    nextCheckOn: outcome.kind === 'incomplete' ? null : outcome.nextCheckOn,
    before,
    after: inOrder([...[...given.values()].flat(), ...fresh]),
    decisions: outcome.numbers.flatMap((numbered) =>
      numbered.decisions.map((decision) => ({
        ...decision,
        ...numbers.get(numbered)!,
        issued: numbered.subjectKey === null,
      })),
    ),
  }
}

const inOrder = (rights: readonly Entitlement[]): readonly Entitlement[] =>
  [...rights].sort((a, b) => (a.acquiredOn < b.acquiredOn ? -1 : 1))

/** What no number is needed for: 適用除外, who cannot be decided, and when to look again. */
async function writeStanding(
  tx: Transaction,
  decided: readonly Decided[],
  links: readonly LinkRow[],
): Promise<number> {
  const subjects = new Map(links.map(({ residentKey, subjectKey: key }) => [residentKey, key]))
  const schedule: ScheduleRow[] = []
  const pending: PendingRow[] = []
  const excluded: Parameters<typeof recordExclusions>[1][number][] = []
  for (const one of decided) {
    const { person, outcome } = one
    for (const { residentKey, version, municipality } of person.residents) {
      const decideOn = outcome.kind === 'decided' ? outcome.nextCheckOn : null
      const linked = subjects.get(residentKey) ?? subjectBefore(one, residentKey)
      schedule.push({ residentKey, version, decideOn, subjectKey: linked })
      if (outcome.kind === 'incomplete')
        pending.push({ residentKey, municipality, reasons: outcome.missing })
      else {
        const own = outcome.exclusions.filter((one) => one.residentKey === residentKey)
        excluded.push(...own.map((one) => ({ ...one, municipality })))
      }
    }
  }
  const waiting = pending.map(({ residentKey }) => residentKey)
  await settleResidents(tx, schedule, waiting)
  await recordExclusions(tx, excluded)
  await recordPending(tx, pending)
  return decided.filter(({ outcome }) => outcome.kind === 'incomplete').length
}

const birthDateOf = (
  { residents }: SamePerson,
  records: ReadonlyMap<number, readonly KnownRecord[]>,
): PlainDate => records.get(residents[0]!.residentKey)!.at(-1)!.birthDate

/** The facts of a decision: which versions of which records, and what filings had told by then. */
function factsOf(person: SamePerson, told: ToldFacts, birthDate: PlainDate, asOf: PlainDate) {
  const anyTold = Object.values(told).some((facts: readonly unknown[]) => facts.length > 0)
  return {
    asOf,
    birthDate,
    records: person.residents.map(({ residentKey, version }) => ({ residentKey, version })),
    ...(anyTold ? { told } : {}),
  }
}
