import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import { z } from 'zod'
import { usableKey } from './certificates.ts'
import {
  type Branch,
  DigestTree,
  digestOfBranches,
  digestOfLeaves,
  type Leaf,
  leafMax,
  leavesAsBytes,
} from './digestTree.ts'
import { unionOf } from './journal.ts'
import { KeyedDigest } from './keyedDigest.ts'
import type { ExchangePlace } from './prepare.ts'
import { isSignedBy, type Party, partyInWords, signed, signingKeyFault } from './protocol.ts'
import { seal, unseal } from './sealing.ts'

/**
 * 照合する1件 — its key, the 宛名番号 under which people find it, and its content as texts in the order of the
 * columns. `pending` content has not been sent yet, `inTransit` was sent and is not known to be taken in.
 */
export type ReconciledRow = {
  readonly key: string
  readonly addresseeNumber: string
  /** What names the record besides the 宛名番号; '' where nothing does. */
  readonly recordKey: string
  /** Values joined by U+001F, the separator that no layout lets into a value. */
  readonly text: string
  readonly state: 'held' | 'pending' | 'inTransit'
}

/** 照合する情報 — which layout, which columns, and how one side reads its records of a municipality. */
export type Reconcilable = {
  readonly layout: string
  readonly columns: readonly string[]
  rows(tx: Transaction, municipality: string): AsyncIterable<readonly ReconciledRow[]>
}

export const differenceKinds = [
  'onlyUnion',
  'onlyMunicipality',
  'content',
  'pending',
  'inTransit',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** 照合の違い — 宛名番号 and the names of the columns; never a value. */
export type ReconciliationDifference = {
  readonly addresseeNumber: string
  readonly recordKey: string
  readonly kind: DifferenceKind
  readonly columns: readonly string[]
}

/** 全件照合の結果 — as the asker knows it at the end. */
export type Reconciled = {
  readonly reconciliationId: string
  readonly layout: string
  readonly municipality: string
  readonly answerer: Party
  readonly day: PlainDate
  readonly opening: string
  readonly ownCount: number
  readonly otherCount: number
  readonly messages: number
  readonly messageBytes: number
  /** Those that somebody must look at, and those that a file on its way will settle. */
  readonly differences: number
  readonly pending: number
  readonly found: readonly ReconciliationDifference[]
  readonly sentence: string
}

/** 照合できない — the partner's answer cannot be believed or used; the sentence says what to do. */
export class ReconciliationRefused extends Error {
  override readonly name = 'ReconciliationRefused'
}

const hex32 = z.string().regex(/^[0-9a-f]{32}$/)
const prefix = z.string().regex(/^[0-9a-f]{0,32}$/)
const sealedText = z.string().regex(/^[A-Za-z0-9+/=]{1,2000000}$/)
const whole = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const mark = z.strictObject({
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  value: z.string().regex(/^[A-Za-z0-9+/=]{1,128}$/),
})
const head = {
  version: z.literal(1),
  reconciliationId: z.uuid(),
  from: z.string().regex(/^(union:[0-9]{2}|municipality:[0-9]{6})$/),
  to: z.string().regex(/^(union:[0-9]{2}|municipality:[0-9]{6})$/),
  at: z.iso.datetime() as unknown as z.ZodType<Instant>,
  signature: mark,
}
const branch = z.strictObject({ count: whole, digest: hex32 })
const leaf = z.strictObject({ key: hex32, content: hex32 })

const prefixesMax = 256
const keysMax = 500
/** So many are listed by 宛名番号; the count is of all. */
const listedMax = 1000

const questionForm = z.discriminatedUnion('kind', [
  z.strictObject({
    ...head,
    kind: z.literal('opening'),
    layout: z.string().min(1).max(100),
    municipality: z.string().regex(/^[0-9]{6}$/),
    day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    columns: z.array(z.string().min(1).max(100)).min(1).max(200),
    /** 今夜の鍵 — 32 bytes by chance, sealed for the addressee; digests say nothing without it. */
    sealedKey: sealedText,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('branches'),
    prefixes: z.array(prefix).min(1).max(prefixesMax),
  }),
  z.strictObject({ ...head, kind: z.literal('names'), keys: z.array(hex32).min(1).max(keysMax) }),
  z.strictObject({
    ...head,
    kind: z.literal('closing'),
    ownCount: whole,
    otherCount: whole,
    messages: whole,
    messageBytes: whole,
    differences: whole,
    pending: whole,
    sealedDifferences: sealedText,
  }),
])
type Question = z.infer<typeof questionForm>

const answerHead = { ...head, asked: z.string().regex(/^[0-9a-f]{64}$/) }
const answerForm = z.discriminatedUnion('kind', [
  z.strictObject({ ...answerHead, kind: z.literal('root'), root: branch }),
  z.strictObject({
    ...answerHead,
    kind: z.literal('branches'),
    nodes: z.array(
      z.strictObject({
        prefix,
        children: z.array(branch).length(16).optional(),
        leaves: z.array(leaf).max(leafMax).optional(),
      }),
    ),
  }),
  z.strictObject({ ...answerHead, kind: z.literal('names'), sealedNames: sealedText }),
  z.strictObject({ ...answerHead, kind: z.literal('closed') }),
])
type Answer = z.infer<typeof answerForm>

const namesForm = z.array(
  z.strictObject({
    key: hex32,
    addresseeNumber: z.string().max(15),
    recordKey: z.string().max(100),
    state: z.enum(['held', 'pending', 'inTransit']),
    fields: z.array(z.string().regex(/^[0-9a-f]{16}$/)),
  }),
)
type Named = z.infer<typeof namesForm>[number]

const differencesForm = z
  .array(
    z.strictObject({
      addresseeNumber: z.string().max(15),
      recordKey: z.string().max(100),
      kind: z.enum(differenceKinds),
      columns: z.array(z.string().max(100)).max(200),
    }),
  )
  .max(listedMax)

const messageMax = 4 * 1024 * 1024

// ── both sides ────────────────────────────────────────────────────────────────

/**
 * 木をつくる — one streamed read of a side's own records; digests are keyed by what only the two sides of this night
 * know, so that nobody can guess a content by trying.
 */
export async function treeOf(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  key: Buffer,
): Promise<DigestTree> {
  const digest = new KeyedDigest(key)
  let records = Buffer.allocUnsafe(32 * 4096)
  let length = 0
  for await (const batch of of.rows(tx, municipality)) {
    if (length + batch.length * 32 > records.length)
      records = Buffer.concat([records], Math.max(records.length * 2, length + batch.length * 32))
    for (const row of batch) {
      digest.of('key', row.key).copy(records, length, 0, 16)
      digest.of('content', row.text).copy(records, length + 16, 0, 16)
      length += 32
    }
  }
  return new DigestTree(records.subarray(0, length))
}

/** The records behind some key digests; a second read, made only when something differs. */
async function namesOf(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  key: Buffer,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Named>> {
  const keyed = new KeyedDigest(key)
  const found = new Map<string, Named>()
  for await (const batch of of.rows(tx, municipality))
    for (const row of batch) {
      const digest = keyed.of('key', row.key).toString('hex', 0, 16)
      if (!wanted.has(digest)) continue
      const { addresseeNumber, recordKey, state } = row
      const fields = row.text
        .split('\u001f')
        .map((text, at) => keyed.of(`field ${at}`, text).toString('hex', 0, 8))
      found.set(digest, { key: digest, addresseeNumber, recordKey, state, fields })
    }
  return found
}

async function sealText(
  place: ExchangePlace,
  to: Party,
  on: PlainDate,
  text: string | Buffer,
): Promise<string> {
  const usable = await usableKey(place.keys, to, on)
  if ('fault' in usable) throw new ReconciliationRefused(usable.fault.sentence)
  const parts: Buffer[] = []
  for await (const part of seal(usable.key.recipient, [Buffer.from(text)])) parts.push(part)
  return Buffer.concat(parts).toString('base64')
}

async function openText(place: ExchangePlace, sealed: string): Promise<Buffer> {
  const own = await place.keys.own(place.self)
  const identities = own.map(({ identity }) => identity)
  const parts: Buffer[] = []
  for await (const part of unseal(identities, [Buffer.from(sealed, 'base64')])) parts.push(part)
  return Buffer.concat(parts)
}

const digestOfText = (text: string): string => createHash('sha256').update(text).digest('hex')

function parsed<T>(form: z.ZodType<T>, text: string, who: string): T {
  const result =
    text.length <= messageMax ? form.safeParse(jsonOf(text)) : { success: false as const }
  if (result.success) return result.data
  throw new ReconciliationRefused(`${who}の全件照合の書面の形が違います。照合をやめました。`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function requireSigned(
  place: ExchangePlace,
  document: Question | Answer,
  by: Party,
  on: PlainDate,
): Promise<void> {
  if (document.from !== by || document.to !== place.self)
    throw new ReconciliationRefused('全件照合の書面の差出人か宛先が違います。照合をやめました。')
  if (!(await isSignedBy('reconciliation', document, by, place.keys)))
    throw new ReconciliationRefused(
      `全件照合の書面の署名が${partyInWords(by)}のものと確かめられません。照合をやめました。`,
    )
  const fault = await signingKeyFault(document, by, place.keys, on)
  if (fault !== null) throw new ReconciliationRefused(fault.sentence)
}

// ── the side that asks ────────────────────────────────────────────────────────

export type AskReconciliation = {
  readonly place: ExchangePlace
  readonly answerer: Party
  readonly municipality: string
  readonly of: Reconcilable
  /** One short transaction of the own side, which sees the whole of the municipality. */
  readonly read: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>
  /** Carries a signed message to the partner and brings its answer. */
  readonly ask: (message: string) => Promise<string>
}

type WithoutSignature<T> = T extends { signature: unknown } ? Omit<T, 'signature'> : never
type NewQuestion =
  WithoutSignature<Question> extends infer Q
    ? Q extends object
      ? Omit<Q, 'version' | 'reconciliationId' | 'from' | 'to' | 'at'>
      : never
    : never

/**
 * 全件照合 — finds every record in which two sides differ, without sending them: counts and a root first, then only
 * the branches that differ, then 宛名番号 of the differing records, sealed. Nothing is stored here.
 */
export async function askReconciliation(asking: AskReconciliation): Promise<Reconciled> {
  const { place, answerer, municipality, of } = asking
  const reconciliationId = randomUUID()
  const key = randomBytes(32)
  const { tree, day, now } = await asking.read(async (tx) => ({
    tree: await treeOf(tx, of, municipality, key),
    day: tx.today,
    now: tx.now,
  }))
  const [own] = await place.keys.own(place.self)
  let messages = 0
  let messageBytes = 0
  let opening = ''
  const say = async (question: NewQuestion): Promise<Answer> => {
    const text = JSON.stringify(
      signed(
        'reconciliation',
        { version: 1, reconciliationId, from: place.self, to: answerer, at: now, ...question },
        own,
      ),
    )
    if (question.kind === 'opening') opening = text
    const reply = await asking.ask(text)
    messages += 2
    messageBytes += text.length + reply.length
    const answer = parsed<Answer>(answerForm, reply, partyInWords(answerer))
    await requireSigned(place, answer, answerer, day)
    if (answer.reconciliationId !== reconciliationId || answer.asked !== digestOfText(text))
      throw new ReconciliationRefused('全件照合の答えが、今の問いのものではありません。')
    return answer
  }

  const first = await say({
    kind: 'opening',
    layout: of.layout,
    municipality,
    day,
    columns: [...of.columns],
    sealedKey: await sealText(place, answerer, day, key),
  })
  if (first.kind !== 'root') throw misplaced()
  const differing = await differingKeys(tree, first.root, say)
  const mine =
    differing.size === 0
      ? new Map<string, Named>()
      : await asking.read((tx) => namesOf(tx, of, municipality, key, differing))
  const others = new Map<string, Named>()
  const keys = [...differing]
  for (let at = 0; at < keys.length; at += keysMax) {
    const answer = await say({ kind: 'names', keys: keys.slice(at, at + keysMax) })
    if (answer.kind !== 'names') throw misplaced()
    const text = (await openText(place, answer.sealedNames)).toString()
    for (const named of parsed(namesForm, text, partyInWords(answerer)))
      others.set(named.key, named)
  }
  const all = keys.map((one) => difference(of, place.self, mine.get(one), others.get(one)))
  const found = all
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
    messages: messages + 2,
    messageBytes,
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
    opening,
    ownCount: tree.count,
    otherCount: first.root.count,
    messages,
    messageBytes,
    differences,
    pending,
    found: listed,
    sentence: sentenceOf(of.layout, tree.count, first.root.count, differences, pending),
  }
}

const misplaced = (): ReconciliationRefused =>
  new ReconciliationRefused('全件照合の答えの種類が違います。照合をやめました。')

const isOnItsWay = ({ kind }: ReconciliationDifference): boolean =>
  kind === 'pending' || kind === 'inTransit'

function sentenceOf(
  layout: string,
  own: number,
  other: number,
  differences: number,
  pending: number,
): string {
  const counts = own === other ? `${own}件` : `自分${own}件、相手${other}件`
  const left = pending === 0 ? '' : `これから届く違いが${pending}件あります。`
  return differences === 0
    ? `${layout}（${counts}）は、両方で合っています。${left}`
    : `${layout}（${counts}）に、違いが${differences}件あります。一覧の宛名番号を確かめ、送り直すか直してください。${left}`
}

/** Breadth first: all branches of one depth that differ go into few messages. */
async function differingKeys(
  tree: DigestTree,
  root: Branch,
  say: (question: NewQuestion) => Promise<Answer>,
): Promise<Set<string>> {
  const differing = new Set<string>()
  let open: { prefix: string; said: Branch }[] = []
  if (tree.branch('').digest !== root.digest) open = [{ prefix: '', said: root }]
  while (open.length > 0) {
    const next: typeof open = []
    for (let at = 0; at < open.length; at += prefixesMax) {
      const some = open.slice(at, at + prefixesMax)
      const answer = await say({ kind: 'branches', prefixes: some.map(({ prefix: one }) => one) })
      if (answer.kind !== 'branches' || answer.nodes.length !== some.length) throw misplaced()
      for (const [index, node] of answer.nodes.entries()) {
        const { prefix: at_, said } = some[index]!
        if (node.prefix !== at_) throw misplaced()
        if (node.leaves !== undefined) {
          if (digestOfLeaves(leavesAsBytes(node.leaves)) !== said.digest) throw moved()
          // Our own part may be large where theirs is small: all of it is compared.
          for (const one of differingLeaves(tree.leaves(at_), node.leaves)) differing.add(one)
        } else if (node.children !== undefined) {
          if (digestOfBranches(node.children) !== said.digest) throw moved()
          for (const [digit, child] of node.children.entries()) {
            const deeper = at_ + digit.toString(16)
            const mine = tree.branch(deeper)
            if (mine.digest !== child.digest || mine.count !== child.count)
              next.push({ prefix: deeper, said: child })
          }
        } else throw misplaced()
      }
    }
    open = next
  }
  return differing
}

const moved = (): ReconciliationRefused =>
  new ReconciliationRefused(
    '照合の途中で相手の記録が変わりました。相手の仕事が終わってから、もう一度照合してください。',
  )

function* differingLeaves(own: readonly Leaf[], other: readonly Leaf[]): Generator<string> {
  const contents = new Map(own.map(({ key, content }) => [key, content]))
  for (const { key, content } of other) {
    if (contents.get(key) !== content) yield key
    contents.delete(key)
  }
  yield* contents.keys()
}

function difference(
  of: Reconcilable,
  self: Party,
  own: Named | undefined,
  other: Named | undefined,
): ReconciliationDifference | null {
  const named = own ?? other
  // Gone on both sides since the trees were made: there is nothing to look at any more.
  if (named === undefined) return null
  const columns =
    own !== undefined && other !== undefined
      ? of.columns.filter((_, at) => own.fields[at] !== other.fields[at])
      : []
  if (own !== undefined && other !== undefined && columns.length === 0) return null
  const { addresseeNumber, recordKey } = named
  const states = [own?.state, other?.state]
  const unionHas = self.startsWith('union:') ? own !== undefined : other !== undefined
  const kind: DifferenceKind = states.includes('pending')
    ? 'pending'
    : states.includes('inTransit')
      ? 'inTransit'
      : own !== undefined && other !== undefined
        ? 'content'
        : unionHas
          ? 'onlyUnion'
          : 'onlyMunicipality'
  return { addresseeNumber, recordKey, kind, columns }
}

// ── the side that answers ─────────────────────────────────────────────────────

/**
 * 全件照合に答える者 — verifies each question, reads its own records once when a reconciliation opens, and answers
 * from the tree in memory; after a restart the tree is made again from the opening that was kept.
 */
export class ReconciliationAnswerer {
  readonly #trees = new Map<string, { tree: DigestTree; key: Buffer }>()
  readonly #reconcilables: readonly Reconcilable[]

  constructor(reconcilables: readonly Reconcilable[]) {
    this.#reconcilables = reconcilables
  }

  /** One question, one answer; `tx` is in the scope of the municipality. Throws ReconciliationRefused. */
  async answer(
    tx: Transaction,
    place: ExchangePlace,
    asker: Party,
    municipality: string,
    text: string,
  ): Promise<string> {
    const question = parsed<Question>(questionForm, text, partyInWords(asker))
    await requireSigned(place, question, asker, tx.today)
    const { reconciliationId } = question
    const [own] = await place.keys.own(place.self)
    const reply = (answer: object): string =>
      JSON.stringify(
        signed(
          'reconciliation',
          {
            version: 1,
            reconciliationId,
            from: place.self,
            to: asker,
            at: tx.now,
            asked: digestOfText(text),
            ...answer,
          },
          own,
        ),
      )
    if (question.kind === 'opening') {
      if (question.municipality !== municipality)
        throw new ReconciliationRefused('この市区町村の全件照合ではありません。')
      await insertReconciliation(tx, {
        reconciliationId,
        municipality,
        layout: question.layout,
        day: question.day as PlainDate,
        asker,
        answerer: place.self,
        opening: text,
      })
      const { tree } = await this.#tree(tx, place, question, municipality)
      return reply({ kind: 'root', root: tree.branch('') })
    }
    const opening = await openingOf(tx, reconciliationId, asker)
    if (opening === null)
      throw new ReconciliationRefused('始まっていない全件照合です。はじめからやり直してください。')
    if (question.kind === 'closing') {
      const found = parsed(
        differencesForm,
        (await openText(place, question.sealedDifferences)).toString(),
        partyInWords(asker),
      )
      this.#trees.delete(reconciliationId)
      const { differences, pending } = question
      await insertResult(tx, municipality, {
        reconciliationId,
        // What is ours is theirs to them.
        ownCount: question.otherCount,
        otherCount: question.ownCount,
        messages: question.messages,
        messageBytes: question.messageBytes,
        differences,
        pending,
        found,
        sentence: sentenceOf(
          opening.layout,
          question.otherCount,
          question.ownCount,
          differences,
          pending,
        ),
      })
      return reply({ kind: 'closed' })
    }
    const { tree, key } = await this.#tree(tx, place, opening, municipality)
    if (question.kind === 'branches')
      return reply({
        kind: 'branches',
        nodes: question.prefixes.map((one) =>
          tree.branch(one).count <= leafMax
            ? { prefix: one, leaves: tree.leaves(one) }
            : { prefix: one, children: tree.children(one) },
        ),
      })
    const of = this.#reconcilable(opening)
    const named = await namesOf(tx, of, municipality, key, new Set(question.keys))
    const sealedNames = await sealText(place, asker, tx.today, JSON.stringify([...named.values()]))
    return reply({ kind: 'names', sealedNames })
  }

  #reconcilable({ layout, columns }: { layout: string; columns: readonly string[] }): Reconcilable {
    const of = this.#reconcilables.find((one) => one.layout === layout)
    if (of === undefined) throw new ReconciliationRefused(`「${layout}」は全件照合しない情報です。`)
    if (of.columns.join() !== columns.join())
      throw new ReconciliationRefused(
        `「${layout}」の照合する項目が相手と違います。両方を同じ版にしてください。`,
      )
    return of
  }

  async #tree(
    tx: Transaction,
    place: ExchangePlace,
    opening: Extract<Question, { kind: 'opening' }>,
    municipality: string,
  ): Promise<{ tree: DigestTree; key: Buffer }> {
    const known = this.#trees.get(opening.reconciliationId)
    if (known !== undefined) return known
    const of = this.#reconcilable(opening)
    const key = await openText(place, opening.sealedKey)
    if (key.length !== 32) throw new ReconciliationRefused('今夜の鍵の長さが違います。')
    const made = { tree: await treeOf(tx, of, municipality, key), key }
    // The oldest gives way: a reconciliation that was left open must not fill the memory.
    const [oldest] = this.#trees.keys()
    if (this.#trees.size >= 4 && oldest !== undefined) this.#trees.delete(oldest)
    this.#trees.set(opening.reconciliationId, made)
    return made
  }
}

async function openingOf(
  tx: Transaction,
  reconciliationId: string,
  asker: Party,
): Promise<Extract<Question, { kind: 'opening' }> | null> {
  const row = await tx.maybe<{ opening: string }>(
    `select opening from exchange.full_reconciliation
      where union_code = $1::smallint and reconciliation_id = $2::uuid and asker = $3::text`,
    [unionOf(tx), reconciliationId, asker],
  )
  if (row === null) return null
  const question = parsed<Question>(questionForm, row.opening, partyInWords(asker))
  return question.kind === 'opening' ? question : null
}

// ── what is kept ──────────────────────────────────────────────────────────────

/** 全件照合を記録する — at the side that asked. */
export async function recordReconciliation(
  tx: Transaction,
  self: Party,
  done: Reconciled,
): Promise<void> {
  const { reconciliationId, municipality, layout, day, answerer, opening } = done
  await insertReconciliation(tx, {
    ...{ reconciliationId, municipality, layout, day, opening },
    ...{ asker: self, answerer },
  })
  await insertResult(tx, municipality, done)
}

async function insertReconciliation(
  tx: Transaction,
  one: {
    readonly reconciliationId: string
    readonly municipality: string
    readonly layout: string
    readonly day: PlainDate
    readonly asker: Party
    readonly answerer: Party
    readonly opening: string
  },
): Promise<void> {
  await tx.run(
    `insert into exchange.full_reconciliation
       (union_code, reconciliation_id, municipality_code, layout, day, asker, answerer, opening,
        recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::text, $5::date, $6::text, $7::text, $8::text,
             $9::timestamptz)
     on conflict do nothing`,
    [
      unionOf(tx),
      one.reconciliationId,
      one.municipality,
      one.layout,
      one.day,
      one.asker,
      one.answerer,
      one.opening,
      tx.now,
    ],
  )
}

async function insertResult(
  tx: Transaction,
  municipality: string,
  result: Pick<
    Reconciled,
    | 'reconciliationId'
    | 'ownCount'
    | 'otherCount'
    | 'messages'
    | 'messageBytes'
    | 'differences'
    | 'pending'
    | 'found'
    | 'sentence'
  >,
): Promise<void> {
  const touched = await tx.run(
    `insert into exchange.full_reconciliation_result
       (union_code, reconciliation_id, municipality_code, own_count, other_count, messages,
        message_bytes, differences, pending, sentence, recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::integer, $5::integer, $6::integer, $7::bigint,
             $8::integer, $9::integer, $10::text, $11::timestamptz)
     on conflict do nothing`,
    [
      unionOf(tx),
      result.reconciliationId,
      municipality,
      result.ownCount,
      result.otherCount,
      result.messages,
      result.messageBytes,
      result.differences,
      result.pending,
      result.sentence,
      tx.now,
    ],
  )
  if (touched === 0) return
  await tx.run(
    `insert into exchange.full_reconciliation_difference
       (union_code, reconciliation_id, difference_number, municipality_code, addressee_number,
        record_key, kind, column_names, recorded_at)
     select $1::smallint, $2::uuid, n, $3::text, one ->> 'addresseeNumber', one ->> 'recordKey',
            one ->> 'kind', array(select jsonb_array_elements_text(one -> 'columns')),
            $5::timestamptz
       from jsonb_array_elements($4::jsonb) with ordinality as listed (one, n)`,
    [unionOf(tx), result.reconciliationId, municipality, JSON.stringify(result.found), tx.now],
  )
}

/** 全件照合の記録 */
export type ReconciliationRecord = {
  readonly reconciliationId: string
  readonly municipality: string
  readonly layout: string
  readonly day: PlainDate
  readonly ownCount: number
  readonly otherCount: number
  readonly messages: number
  readonly messageBytes: number
  readonly differences: number
  readonly pending: number
  readonly sentence: string
  readonly at: Instant
}

/** 全件照合の一覧 — the newest of each municipality and layout in the scope. */
export async function listReconciliations(tx: Transaction): Promise<ReconciliationRecord[]> {
  return await tx.query<ReconciliationRecord>(
    `select distinct on (r.municipality_code, r.layout)
            r.reconciliation_id as "reconciliationId", r.municipality_code as municipality,
            r.layout, r.day, s.own_count as "ownCount", s.other_count as "otherCount", s.messages,
            s.message_bytes as "messageBytes", s.differences, s.pending, s.sentence,
            s.recorded_at as at
       from exchange.full_reconciliation r
       join exchange.full_reconciliation_result s using (union_code, reconciliation_id)
      where r.union_code = $1::smallint
      order by r.municipality_code, r.layout, s.recorded_at desc, r.reconciliation_id`,
    [unionOf(tx)],
  )
}

/** 全件照合の違いの一覧 — of one, by 宛名番号; an empty list where it is not in the scope. */
export async function listDifferences(
  tx: Transaction,
  reconciliationId: string,
): Promise<ReconciliationDifference[]> {
  return await tx.query<ReconciliationDifference>(
    `select addressee_number as "addresseeNumber", record_key as "recordKey", kind,
            column_names as columns
       from exchange.full_reconciliation_difference
      where union_code = $1::smallint and reconciliation_id = $2::uuid
      order by difference_number`,
    [unionOf(tx), reconciliationId],
  )
}
