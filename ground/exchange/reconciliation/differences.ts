import {
  type Branch,
  branchesOf,
  childOf,
  type DigestTree,
  digestOfBranches,
  digestOfLeaves,
  type Leaf,
  leafMax,
  leavesOf,
  ways,
} from '../digestTree.ts'
import type { Party } from '../protocol.ts'
import {
  type Answer,
  expectedMax,
  type Inside,
  type Named,
  type NewQuestion,
  prefixesMax,
} from './messages.ts'
import {
  type DifferenceKind,
  type Reconcilable,
  type ReconciliationDifference,
  ReconciliationRefused,
} from './reconcilable.ts'

type Open = { readonly prefix: string; readonly said: Branch }

/** Breadth first: all branches of one depth that differ go into few messages. The opening's answer tells the first ones. */
export async function differingKeys(
  tree: DigestTree,
  { root, inside }: { readonly root: Branch; readonly inside: Inside },
  say: (question: NewQuestion) => Promise<Answer>,
): Promise<Set<string>> {
  const differing = new Set<string>()
  const look = (at: Open, within: Inside): Open[] => {
    if ('leaves' in within) {
      const bytes = Buffer.from(within.leaves, 'base64')
      const leaves = leavesOf(bytes)
      if (leaves === null) throw misplaced()
      if (digestOfLeaves(bytes) !== at.said.digest) throw moved()
      // Our own part may be large where theirs is small: all of it is compared.
      for (const one of differingLeaves(leavesOf(tree.entries(at.prefix)) ?? [], leaves))
        differing.add(one)
      return []
    }
    const children = branchesOf(Buffer.from(within.children, 'base64'))
    if (children === null) throw misplaced()
    if (digestOfBranches(children) !== at.said.digest) throw moved()
    const mine = tree.children(at.prefix)
    return children.flatMap((said, digit) =>
      mine[digit]?.digest === said.digest && mine[digit].count === said.count
        ? []
        : { prefix: childOf(at.prefix, digit), said },
    )
  }
  const top = { prefix: '', said: root }
  let open = tree.branch('').digest === root.digest ? [] : look(top, inside)
  while (open.length > 0) {
    const next: Open[] = []
    for (const some of inMessages(open)) {
      const answer = await say({ kind: 'branches', prefixes: some.map(({ prefix: one }) => one) })
      if (answer.kind !== 'branches' || answer.nodes.length !== some.length) throw misplaced()
      for (const [index, { prefix, inside: within }] of answer.nodes.entries()) {
        const at = some[index]!
        if (prefix !== at.prefix) throw misplaced()
        next.push(...look(at, within))
      }
    }
    open = next
  }
  return differing
}

/** By what each branch holds, so that no answer grows too long. */
function* inMessages(open: readonly Open[]): Generator<Open[]> {
  let some: Open[] = []
  let expected = 0
  for (const one of open) {
    const holds = one.said.count > leafMax ? ways : one.said.count
    if (some.length === prefixesMax || expected + holds > expectedMax) {
      yield some
      some = []
      expected = 0
    }
    some.push(one)
    expected += holds
  }
  if (some.length > 0) yield some
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
