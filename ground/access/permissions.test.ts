import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AccessRefused, type Act, demand, may, permissions, type Role, roles } from './index.ts'

/** ○ may, － may not. Written a second time and by hand, so that a slip in either shows. */
const expected = `
                        資格 賦課 給付 管理 窓口 運用
person.search            ○   ○   ○   －   ○   －
person.read              ○   ○   ○   －   ○   －
person.searchByNumber    ○   －   －   －   ○   －
number.compare           ○   －   －   －   ○   －
number.reveal            ○   －   －   －   －   －
eligibility.decide       ○   －   －   －   －   －
filing.read              ○   －   －   －   ○   －
filing.receive           ○   －   －   －   ○   －
filing.check             ○   －   －   －   ○   －
filing.decide            ○   －   －   －   －   －
filing.cancel            ○   －   －   －   ○   －
difference.read          ○   －   －   －   ○   －
difference.resolve       ○   －   －   －   ○   －
certificate.read         ○   ○   ○   －   ○   －
certificate.issue        ○   －   －   －   ○   －
certificate.run          ○   －   －   －   －   －
certificate.record       ○   －   －   －   ○   －
certificate.special      ○   －   －   －   －   －
certificate.specialAnswer ○   ○   －   －   －   －
copay.read               ○   ○   ○   －   ○   －
copay.judge              ○   －   －   －   －   －
premium.read             ○   ○   ○   －   ○   －
premium.assess           －   ○   －   －   －   －
notice.read              ○   ○   ○   －   ○   －
notice.make              －   ○   －   －   －   －
form.read                ○   ○   ○   －   ○   －
form.print               ○   ○   －   －   ○   －
form.deliver             ○   －   －   －   －   －
file.read                ○   ○   －   －   ○   －
file.send                －   －   －   －   ○   －
file.carryIn             ○   －   －   －   －   －
file.fetch               －   －   －   －   ○   －
file.admit               ○   ○   －   －   －   －
file.custody             ○   ○   －   －   ○   －
file.reconcile           ○   ○   －   －   －   －
exchange.arrange         －   －   －   ○   －   －
job.read                 ○   ○   ○   ○   －   ○
job.control              ○   ○   －   ○   －   ○
account.read             －   －   －   ○   －   －
account.manage           －   －   －   ○   －   －
audit.readPerson         ○   ○   ○   －   ○   －
audit.read               －   －   －   ○   －   －
installation.read        －   －   －   ○   －   ○
world.advance            －   －   －   ○   －   ○
`
const order: readonly Role[] = [
  'eligibilityClerk',
  'premiumClerk',
  'benefitsClerk',
  'administrator',
  'counterClerk',
  'operator',
]
const table = new Map(
  expected
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [act, ...cells] = line.trim().split(/\s+/)
      return [act as Act, cells.map((cell) => cell === '○')] as const
    }),
)

test('役割と行いの表は、どのますも、書き写した表と同じである', () => {
  assert.deepEqual([...table.keys()].sort(), Object.keys(permissions).sort())
  assert.deepEqual([...order].sort(), Object.keys(roles).sort())
  let cells = 0
  for (const [act, allowed] of table) {
    assert.equal(allowed.length, order.length, act)
    for (const [index, role] of order.entries()) {
      assert.equal(may({ roles: [role] }, act), allowed[index], `${roles[role]} × ${act}`)
      if (allowed[index]) demand({ roles: [role] }, act)
      else {
        assert.throws(
          () => demand({ roles: [role] }, act),
          (error) =>
            error instanceof AccessRefused &&
            error.message.includes(permissions[act].name) &&
            error.message.includes(roles[role]),
        )
      }
      cells += 1
    }
  }
  assert.equal(cells, Object.keys(permissions).length * Object.keys(roles).length)
})

test('役割を兼ねる人は、どれかの役割ができることだけができ、役割のない人は何もできない', () => {
  const acts = Object.keys(permissions) as Act[]
  fc.assert(
    fc.property(fc.subarray([...order]), fc.constantFrom(...acts), (held, act) => {
      assert.equal(
        may({ roles: held }, act),
        held.some((role) => table.get(act)?.[order.indexOf(role)]),
      )
    }),
  )
})

test('管理者と運用者は、人・番号・賦課・通知・ファイルに一切触れない', () => {
  for (const act of Object.keys(permissions) as Act[]) {
    if (
      !/^(person|number|eligibility|filing|difference|certificate|premium|notice|file)\./.test(act)
    )
      continue
    assert.ok(!may({ roles: ['administrator', 'operator'] }, act), act)
  }
})
