import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { childOf, DigestTree, digestOfBranches, digestOfLeaves, leavesOf } from './digestTree.ts'
import { KeyedDigest } from './keyedDigest.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16)

const treeOfRecords = (records: ReadonlyMap<string, string>): DigestTree =>
  new DigestTree(
    Buffer.concat([...records].flatMap(([key, content]) => [digest(key), digest(content)])),
  )

const leaves = (tree: DigestTree, prefix: string) => leavesOf(tree.entries(prefix)) ?? []

/** The protocol's search, without messages: descends only where branches differ. */
function differing(own: DigestTree, other: DigestTree): { keys: string[]; looked: number } {
  const keys: string[] = []
  let looked = 0
  const descend = (prefix: string): void => {
    const [mine, theirs] = [own.branch(prefix), other.branch(prefix)]
    if (mine.digest === theirs.digest) return
    looked += 1
    if (theirs.count > 256 && mine.count > 256)
      for (let byte = 0; byte < 256; byte += 1) descend(childOf(prefix, byte))
    else {
      const contents = new Map(leaves(own, prefix).map(({ key, content }) => [key, content]))
      for (const { key, content } of leaves(other, prefix)) {
        if (contents.get(key) !== content) keys.push(key)
        contents.delete(key)
      }
      keys.push(...contents.keys())
    }
  }
  descend('')
  return { keys: keys.sort(), looked }
}

test('要約の木: 同じ件の集まりは、どの順に渡しても同じ根になる', () => {
  const records = fc.uniqueArray(fc.string(), { maxLength: 300 })
  fc.assert(
    fc.property(records, fc.nat(), (keys, seed) => {
      const all = keys.map((key) => [key, `${key}!`] as const)
      const turned = [...all].sort((a, b) =>
        digest(`${a[0]}${seed}`).compare(digest(`${b[0]}${seed}`)),
      )
      const one = treeOfRecords(new Map(all))
      assert.deepEqual(one.branch(''), treeOfRecords(new Map(turned)).branch(''))
      assert.equal(one.count, keys.length)
    }),
  )
})

test('要約の木: 足した件、欠けた件、中身の違う件を、過不足なく見つける', () => {
  const change = fc.constantFrom('same', 'gone', 'new', 'changed')
  const records = fc.uniqueArray(fc.tuple(fc.string(), change), {
    selector: ([key]) => key,
    maxLength: 400,
  })
  fc.assert(
    fc.property(records, (all) => {
      const own = new Map<string, string>()
      const other = new Map<string, string>()
      const wanted: string[] = []
      for (const [key, what] of all) {
        if (what !== 'new') own.set(key, 'a')
        if (what !== 'gone') other.set(key, what === 'changed' ? 'b' : 'a')
        if (what !== 'same') wanted.push(digest(key).toString('hex'))
      }
      const found = differing(treeOfRecords(own), treeOfRecords(other))
      assert.deepEqual(found.keys, wanted.sort())
    }),
  )
})

test('要約の木: 2万件のうち1件の違いは、根とその下の枝を1つ見れば見つかる', () => {
  const records = new Map(Array.from({ length: 20_000 }, (_, at) => [`人${at}`, `中身${at}`]))
  const own = treeOfRecords(records)
  for (const key of ['人0', '人777', '人19999']) {
    const other = treeOfRecords(new Map([...records, [key, '別の中身']]))
    const { keys, looked } = differing(own, other)
    assert.deepEqual(keys, [digest(key).toString('hex')])
    assert.equal(looked, 2)
  }
})

test('要約の木: 枝の要約は子の要約から、葉の要約は件から、受け手が確かめられる', () => {
  const tree = treeOfRecords(new Map(Array.from({ length: 500 }, (_, at) => [`${at}`, 'x'])))
  assert.equal(digestOfBranches(tree.children('')), tree.branch('').digest)
  const leaf = Array.from({ length: 256 }, (_, byte) => childOf('', byte)).find(
    (prefix) => tree.branch(prefix).count > 0,
  ) as string
  assert.equal(digestOfLeaves(tree.entries(leaf)), tree.branch(leaf).digest)
  assert.deepEqual(new DigestTree(Buffer.alloc(0)).branch(''), {
    count: 0,
    digest: digestOfLeaves(Buffer.alloc(0)),
  })
})

test('鍵つきの要約は、HMAC-SHA256の初めの16バイトである', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 3000 }), { maxLength: 5 }),
      (key, texts) => {
        const keyed = new KeyedDigest(Buffer.from(key), '種類')
        for (const text of texts) {
          const whole = createHmac('sha256', key).update(`種類\n${text}`).digest()
          assert.equal(keyed.hex(text), whole.toString('hex', 0, 16))
          const message = Buffer.from(`前${text}後`)
          const written = Buffer.alloc(20)
          keyed.write(message, 3, message.length - 3, written, 2)
          assert.deepEqual(written.subarray(2, 18), whole.subarray(0, 16))
        }
      },
    ),
  )
})
