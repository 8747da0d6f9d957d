import {
  type Branch,
  type DigestTree,
  digestOfBranches,
  digestOfLeaves,
  type Leaf,
  leavesAsBytes,
} from '../digestTree.ts'
import type { Party } from '../protocol.ts'
import { type Answer, type Named, type NewQuestion, prefixesMax } from './messages.ts'
import {
  type DifferenceKind,
  type Reconcilable,
  type ReconciliationDifference,
  ReconciliationRefused,
} from './reconcilable.ts'

/** Breadth first: all branches of one depth that differ go into few messages. */
export async function differingKeys(
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

/** 違いの種類 — what the two sides say of one record; null where they agree, or it is gone on both. */
export function difference(
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

export const misplaced = (): ReconciliationRefused =>
  new ReconciliationRefused('全件照合の答えの種類が違います。照合をやめました。')
