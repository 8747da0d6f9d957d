import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { branchesAsBytes, type DigestTree, leafMax } from '../digestTree.ts'
import type { ExchangePlace } from '../prepare.ts'
import { type Party, partyInWords, signed } from '../protocol.ts'
import {
  differencesForm,
  digestOfText,
  type Inside,
  type Opening,
  openText,
  parsed,
  type Question,
  questionForm,
  requireSigned,
  sealText,
} from './messages.ts'
import { namesOf, type OwnRecords, readOwnRecords } from './ownRecords.ts'
import { type Reconcilable, ReconciliationRefused, sentenceOf } from './reconcilable.ts'
import { insertReconciliation, insertResult, openingOf } from './record.ts'

type Kept = OwnRecords & { readonly key: Buffer }

/**
 * 全件照合に答える者 — verifies each question, reads its own records once when a reconciliation opens, and answers
 * from the tree in memory; after a restart the tree is made again from the opening that was kept.
 */
export class ReconciliationAnswerer {
  readonly #trees = new Map<string, Kept>()
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
            version: 2,
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
      return reply({ kind: 'root', root: tree.branch(''), inside: insideOf(tree, '') })
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
    const kept = await this.#tree(tx, place, opening, municipality)
    const { tree } = kept
    if (question.kind === 'branches')
      return reply({
        kind: 'branches',
        nodes: question.prefixes.map((prefix) => ({ prefix, inside: insideOf(tree, prefix) })),
      })
    const of = this.#reconcilable(opening)
    const named = await namesOf(tx, of, municipality, kept, new Set(question.keys))
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
    opening: Opening,
    municipality: string,
  ): Promise<Kept> {
    const known = this.#trees.get(opening.reconciliationId)
    if (known !== undefined) return known
    const of = this.#reconcilable(opening)
    const key = await openText(place, opening.sealedKey)
    if (key.length !== 32) throw new ReconciliationRefused('今夜の鍵の長さが違います。')
    const made = { ...(await readOwnRecords(tx, of, municipality, key)), key }
    // The oldest gives way: a reconciliation that was left open must not fill the memory.
    const [oldest] = this.#trees.keys()
    if (this.#trees.size >= 4 && oldest !== undefined) this.#trees.delete(oldest)
    this.#trees.set(opening.reconciliationId, made)
    return made
  }
}

/** 枝の中身をつくる — the records of a small part, else its branches. */
export const insideOf = (tree: DigestTree, prefix: string): Inside =>
  tree.branch(prefix).count <= leafMax
    ? { leaves: tree.entries(prefix).toString('base64') }
    : { children: branchesAsBytes(tree.children(prefix)).toString('base64') }
