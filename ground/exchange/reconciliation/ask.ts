import { randomBytes, randomUUID } from 'node:crypto'
import { partyInWords } from '../protocol.ts'
import { type AskReconciliation, beginConversation, type Say } from './conversation.ts'
import { difference, differingKeys, misplaced } from './differences.ts'
import {
  keysMax,
  listedMax,
  type Named,
  namesForm,
  openText,
  parsed,
  sealText,
} from './messages.ts'
import { namesOf, readOwnRecords } from './ownRecords.ts'
import { isOnItsWay, type Reconciled, sentenceOf } from './reconcilable.ts'

/**
 * 全件照合 — finds every record in which two sides differ, without sending them: counts and a root first, then only
 * the branches that differ, then 宛名番号 of the differing records, sealed. Nothing is stored here.
 */
export async function askReconciliation(asking: AskReconciliation): Promise<Reconciled> {
  const { place, answerer, municipality, of } = asking
  const reconciliationId = randomUUID()
  const key = randomBytes(32)
  const { day, now } = await asking.read(async (tx) => ({ day: tx.today, now: tx.now }))
  const { say, said } = await beginConversation(asking, { reconciliationId, day, now })
  const sealedKey = await sealText(place, answerer, day, key)
  const opening = { kind: 'opening', layout: of.layout, municipality, day, sealedKey } as const
  // Both sides read at the same time. Nobody is left reading when the other side refuses.
  const [read, answered] = await Promise.allSettled([
    asking.read((tx) => readOwnRecords(tx, of, municipality, key)),
    say({ ...opening, columns: [...of.columns] }),
  ])
  if (answered.status === 'rejected') throw answered.reason
  if (read.status === 'rejected') throw read.reason
  const own = { ...read.value, key }
  const { tree } = own
  const first = answered.value
  if (first.kind !== 'root') throw misplaced()
  const differing = await differingKeys(tree, first, say)
  // Again both sides at the same time.
  const [mine, others] = await Promise.all([
    differing.size === 0
      ? new Map<string, Named>()
      : asking.read((tx) => namesOf(tx, of, municipality, own, differing)),
    othersNames(asking, [...differing], say),
  ])
  const found = [...differing]
    .map((one) => difference(of, place.self, mine.get(one), others.get(one)))
    .filter((one) => one !== null)
    .sort((a, b) => (a.addresseeNumber + a.recordKey < b.addresseeNumber + b.recordKey ? -1 : 1))
  const pending = found.filter(isOnItsWay).length
  const differences = found.length - pending
  const listed = [...found.filter((one) => !isOnItsWay(one)), ...found.filter(isOnItsWay)].slice(
    0,
    listedMax,
  )
  const closed = await say({
    kind: 'closing',
    ownCount: tree.count,
    otherCount: first.root.count,
    messages: said.messages + 2,
    messageBytes: said.bytes,
    differences,
    pending,
    sealedDifferences: await sealText(place, answerer, day, JSON.stringify(listed)),
  })
  if (closed.kind !== 'closed') throw misplaced()
  return {
    reconciliationId,
    layout: of.layout,
    municipality,
    answerer,
    day,
    opening: said.opening,
    ownCount: tree.count,
    otherCount: first.root.count,
    messages: said.messages,
    messageBytes: said.bytes,
    differences,
    pending,
    found: listed,
    sentence: sentenceOf(of.layout, tree.count, first.root.count, differences, pending),
  }
}

async function othersNames(
  { place, answerer }: AskReconciliation,
  keys: readonly string[],
  say: Say,
): Promise<Map<string, Named>> {
  const others = new Map<string, Named>()
  for (let at = 0; at < keys.length; at += keysMax) {
    const answer = await say({ kind: 'names', keys: keys.slice(at, at + keysMax) })
    if (answer.kind !== 'names') throw misplaced()
    const text = (await openText(place, answer.sealedNames)).toString()
    for (const named of parsed(namesForm, text, partyInWords(answerer)))
      others.set(named.key, named)
  }
  return others
}
