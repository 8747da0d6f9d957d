import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Branch, DigestTree } from '../digestTree.ts'
import { insideOf } from './answer.ts'
import { differingKeys } from './differences.ts'
import { type Answer, answerForm, expectedMax, type NewQuestion, prefixesMax } from './messages.ts'
import { ReconciliationRefused } from './reconcilable.ts'

/** Keys that fall evenly over the first two bytes, unless they all begin alike. */
const keyOf = (at: number, alike = false): Buffer => {
  const key = Buffer.alloc(16)
  key.writeUInt32BE(Math.imul(at + 1, 0x9e3779b1) >>> 0, alike ? 1 : 0)
  return key
}
const contentOf = (text: string): Buffer => Buffer.alloc(16, text)
const treeOf = (count: number, content: (at: number) => string, alike = false): DigestTree =>
  new DigestTree(
    Buffer.concat(
      Array.from({ length: count }, (_, at) => [keyOf(at, alike), contentOf(content(at))]).flat(),
    ),
  )

/** The other side, as it answers in the protocol, and what it was asked. */
function answering(tree: DigestTree, root: Branch = tree.branch('')) {
  const asked: (readonly string[])[] = []
  const say = async (question: NewQuestion): Promise<Answer> => {
    assert.ok(question.kind === 'branches')
    asked.push(question.prefixes)
    const nodes = question.prefixes.map((prefix) => ({ prefix, inside: insideOf(tree, prefix) }))
    return { kind: 'branches', nodes } as unknown as Answer
  }
  return { asked, say, first: { root, inside: insideOf(tree, '') } }
}

test('全件照合: 2万件がすべて違っても、どの書面も長くなりすぎず、すべてを挙げる', async () => {
  const mine = treeOf(20_000, () => 'こちら')
  const theirs = treeOf(20_000, () => 'あちら')
  const { asked, say, first } = answering(theirs)
  assert.equal((await differingKeys(mine, first, say)).size, 20_000)
  assert.ok(asked.length > 1)
  for (const prefixes of asked) {
    assert.ok(prefixes.length <= prefixesMax)
    const held = prefixes.reduce((sum, one) => sum + theirs.branch(one).count, 0)
    assert.ok(held <= expectedMax, `${held}件`)
  }
})

test('全件照合: 1つの枝に多くの件があっても、1件の違いは、始まりの答えと2つの問いで見つかる', async () => {
  const mine = treeOf(2_000, () => '同じ', true)
  const theirs = treeOf(2_000, (at) => (at === 777 ? '別' : '同じ'), true)
  const { asked, say, first } = answering(theirs)
  const key = keyOf(777, true).toString('hex')
  assert.deepEqual([...(await differingKeys(mine, first, say))], [key])
  assert.deepEqual(asked, [['00'], [key.slice(0, 4)]])
})

test('全件照合: 根のものではない枝や葉は信じない', async () => {
  const mine = treeOf(300, () => '同じ')
  const theirs = treeOf(300, () => '別')
  const elsewhere = treeOf(301, () => '別').branch('')
  const few = treeOf(3, () => '別')
  for (const { first, say } of [answering(theirs, elsewhere), answering(few, elsewhere)])
    await assert.rejects(differingKeys(mine, first, say), ReconciliationRefused)
})

test('全件照合: 子の枝が足りない答え、葉の切れた答えは、形が違う', async () => {
  const mine = treeOf(300, () => '同じ')
  const { first, say } = answering(treeOf(300, () => '別'))
  for (const inside of [{ children: 'AAAA' }, { leaves: 'AAAA' }])
    await assert.rejects(differingKeys(mine, { ...first, inside }, say), /答えの種類が違います/)
  assert.equal(answerForm.safeParse({ kind: 'branches', nodes: [{ prefix: 'a' }] }).success, false)
})
