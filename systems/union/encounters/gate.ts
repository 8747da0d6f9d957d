import { findQueueRow } from '@koiki/eligibility'
import type { Transaction } from '@koiki/store'
import { Refusal } from '../failure.ts'
import type { ReferenceKind, References } from '../reference.ts'
import { unpackCertificate, unpackUuid } from '../reference.ts'
import type { Route } from '../route.ts'
import { factsNeeded } from './readBack.ts'
import { type Encounter, encounterNumber, findEncounter, findOpenEncounter, lock } from './store.ts'

/** 応対の見出し — a reference, or `none` from a desk that has none; other clients of the API leave it away. */
export const encounterHeader = 'koiki-encounter'

/** Office work on a filing or a document, done without its person: whoever does it needs no 応対. */
const officeWork = [
  /\/preview$/,
  /^\/filings\/:filing\/(assign|check|decide|former-insurer)$/,
  /^\/certificates\/:certificate\/return$/,
]

/** 人に向かう書込みか — every write that names a person, a filing or a document of one, but for office work. */
export function needsEncounter(route: Pick<Route, 'method' | 'path'>): boolean {
  if (route.method === 'GET' || officeWork.some((one) => one.test(route.path))) return false
  return (
    route.path === '/filings' ||
    route.path === '/forms' ||
    /^\/(people\/:person|filings\/:filing|certificates\/:certificate)\//.test(route.path)
  )
}

export type AtGate = {
  readonly route: Pick<Route, 'method' | 'path'>
  readonly header: string | undefined
  readonly sessionDigest: string
  readonly references: References
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
}

/**
 * 応対の門 — which 応対 a request belongs to. A read with a header that is not good is a read without an 応対;
 * a write with one is refused, and so is one of another person, or before 読み合わせ.
 */
export async function encounterAtGate(tx: Transaction, at: AtGate): Promise<Encounter | null> {
  const { header, references, sessionDigest } = at
  if (header === undefined) return null
  const write = needsEncounter(at.route)
  if (write && isLookBefore(at)) return null
  if (header === 'none') {
    if (!write) return null
    const open = await findOpenEncounter(tx, sessionDigest)
    throw open === null ? needed(await personOf(tx, at)) : elsewhere(open.number)
  }
  const value = references.read('encounter', header)
  const found = value === null ? null : await findEncounter(tx, unpackUuid(value))
  const own = found?.sessionDigest === sessionDigest ? found : null
  if (!write) return own?.state === 'open' ? own : null
  if (own === null) throw notYours()
  if (hasReceived(own, at.body)) return own
  if (own.state !== 'open') throw ended(own.number)
  await admit(tx, at, own)
  return own
}

/**
 * 応対を押さえる — in the transaction of the write itself: whoever ends or closes the 応対 at this moment comes before,
 * and nothing is written, or after. Of two newcomers' papers that were both admitted, the second is refused.
 */
export async function holdEncounter(
  tx: Transaction,
  admitted: Encounter,
  body: unknown,
): Promise<void> {
  await lock(tx, admitted.sessionDigest)
  const now = await findEncounter(tx, admitted.encounterId)
  if (now !== null && hasReceived(now, body)) return
  if (now?.state !== 'open') throw ended(admitted.number)
  const asNewcomer = admitted.subjectKey === null && admitted.filings.length === 0
  if (asNewcomer && now.filings.length > 0) throw otherPerson(now.number, null)
}

/** A new paper that is sent once more, because its answer was lost: it is answered as it was, even after the end. */
const hasReceived = ({ filings }: Encounter, body: unknown): boolean =>
  filings.includes(namedIn(body, 'filingId') ?? '')

async function admit(tx: Transaction, at: AtGate, own: Encounter): Promise<void> {
  const filing = at.params.filing ?? namedIn(at.body, 'filing')
  const filingId = filing === null ? null : idOf(at.references, 'filing', filing)
  // The paper that this 応対 has brought in is of its person, whether or not they have a record by now.
  if (filingId !== null && own.filings.includes(filingId)) return
  const subject = await subjectOf(tx, at)
  // What is not there is the route's own to say, in the words that are the same for everything.
  if (subject === undefined) return
  const newcomer = own.subjectKey === null && own.filings.length === 0
  if (subject === null ? !newcomer : subject !== own.subjectKey)
    throw otherPerson(own.number, await personOf(tx, at))
  if (subject !== null && own.facts.length < factsNeeded && !own.facts.includes('filing'))
    throw readBackFirst(own.number)
}

/** Null for somebody without a record; undefined where nothing of that name is there. */
async function subjectOf(tx: Transaction, at: AtGate): Promise<number | null | undefined> {
  const { certificate } = at.params
  const { references } = at
  const filing = at.params.filing ?? namedIn(at.body, 'filing')
  if (filing !== null) {
    const id = idOf(references, 'filing', filing)
    const row = id === null ? null : await findQueueRow(tx, id)
    return row === null ? undefined : row.subjectKey
  }
  if (certificate !== undefined) {
    const value = references.read('certificate', certificate)
    return value === null ? undefined : unpackCertificate(value).subjectKey
  }
  const named = at.params.person ?? namedIn(at.body, 'person')
  if (named === null) return null
  const value = references.read('person', named)
  return value === null ? undefined : Number(value)
}

async function personOf(tx: Transaction, at: AtGate): Promise<string | null> {
  const subject = await subjectOf(tx, at)
  return subject == null ? null : at.references.write('person', BigInt(subject))
}

/** A paper or a person that the body names, where the path does not. */
const namedIn = (body: unknown, name: 'person' | 'filing' | 'filingId'): string | null =>
  (body as Partial<Record<typeof name, string | null>> | undefined)?.[name] ?? null

const idOf = (references: References, kind: ReferenceKind, text: string): string | null => {
  const value = references.read(kind, text)
  return value === null ? null : unpackUuid(value)
}

/** A cancelling that only shows what it would move writes nothing. */
const isLookBefore = ({ route, body }: AtGate): boolean =>
  route.path.endsWith('/cancel') && (body as { confirm?: boolean } | undefined)?.confirm === false

const conflict = (code: string, message: string, person?: string | null): Refusal =>
  new Refusal(409, code, message, undefined, person === undefined ? {} : { encounter: { person } })

const needed = (person: string | null): Refusal =>
  conflict(
    'ENCOUNTER_NEEDED',
    '応対を始めていないので、書いていません。打った字は残っています。応対を始めてから、もう一度してください。',
    person,
  )

export const elsewhere = (number: number): Refusal =>
  conflict(
    'ENCOUNTER_ELSEWHERE',
    `別の窓で応対中です(応対${encounterNumber(number)})。この窓では見るだけです。その窓で続けるか、その窓の応対を終えてから、もう一度してください。`,
  )

const notYours = (): Refusal =>
  conflict(
    'ENCOUNTER_NOT_YOURS',
    'この応対は、いまの席で始めたものではないので、書いていません。打った字は残っています。応対を始め直してから、もう一度してください。',
  )

const ended = (number: number): Refusal =>
  conflict(
    'ENCOUNTER_ENDED',
    `応対${encounterNumber(number)}は終わっているので、書いていません。打った字は残っています。次の応対を始めてから、もう一度してください。`,
  )

const otherPerson = (number: number, person: string | null): Refusal =>
  conflict(
    'ENCOUNTER_OTHER_PERSON',
    `応対${encounterNumber(number)}の人とちがう人のことなので、書いていません。打った字は残っています。いまの応対を終えて、この人の応対を始めてから、もう一度してください。`,
    person,
  )

const readBackFirst = (number: number): Refusal =>
  conflict(
    'READ_BACK_NEEDED',
    `応対${encounterNumber(number)}の読み合わせがまだなので、書いていません。打った字は残っています。生年月日や町名を本人か書類に聞いて、打って確かめてから、もう一度してください。`,
  )
