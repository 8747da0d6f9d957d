import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fiscalYear } from '@koiki/kernel'
import { type TestDatabase, testDatabase } from '@koiki/store'
import { assessUnion } from './assess.ts'
import { findDecisions, getExplainedDecision, recompute } from './decisions.ts'

const union = { union: '43', municipality: '*' }
const amakusa = '432156'
const year = fiscalYear(2026)
const runs = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`

/** Invented people of one town, each a subject of their own; amounts in yen. */
interface Person {
  readonly n: number
  readonly household: number
  readonly head?: boolean
  readonly birth: string
  readonly insuredFrom?: string
  readonly pension?: number | null
  readonly salary?: number
  readonly familyEmployeeSalary?: number
  readonly business?: number
  readonly familyEmployeeDeduction?: number
}

const residentOf = (n: number): number => 430_000_000_000 + n
const subjectOf = (n: number): number => 4_343_100_000 + n * 10 + 7

async function settle(db: TestDatabase, people: readonly Person[]): Promise<void> {
  const admin = await db.asAdmin()
  await admin.unscoped(async (tx) => {
    for (const person of people) {
      const key = residentOf(person.n)
      await tx.run(`insert into eligibility.resident_directory values ($1, $2, 43, $3)`, [
        amakusa,
        String(person.n).padStart(15, '0'),
        key,
      ])
      await tx.run(
        `insert into eligibility.resident
           (resident_key, union_code, municipality_code, addressee_number, current_version)
         values ($1, 43, $2, $3, 1)`,
        [key, amakusa, String(person.n).padStart(15, '0')],
      )
      await tx.run(
        `insert into eligibility.resident_record
           (resident_key, version, union_code, municipality_code, register, transmission_id, line,
            recorded_at, changed_on, change_reason, operated_on, digest, name, birth_date, sex,
            status, support_kind, exclusion_kind)
         values ($1, 1, 43, $2, 1, $3, 1, $4, '2026-04-01', '00', '2026-04-01', '\\x00', '試験　太郎',
            $5, '1', '1', '0', '0')`,
        [key, amakusa, runs(9), tx.now, person.birth],
      )
      await tx.run(
        `insert into eligibility.household_membership
           (resident_key, began_on, union_code, municipality_code, household_number, held, is_head,
            relationship)
         values ($1, '2000-01-01', 43, $2, $3, '[2000-01-01,)', $4, '本人')`,
        [key, amakusa, String(person.household), person.head ?? true],
      )
      if (person.insuredFrom !== undefined) {
        const subject = subjectOf(person.n)
        await tx.run(
          `insert into eligibility.insured_person
             (subject_key, union_code, municipality_code, insured_number, resident_key, name,
              birth_date, sex, name_sort, under_support_measure, issued_on, issued_by_job)
           values ($1, 43, $2, $3, $4, '試験　太郎', $5, '1', 'シケン', false, '2026-04-01', '1')`,
          [subject, amakusa, String(subject % 100_000_000), key, person.birth],
        )
        await tx.run(
          `insert into eligibility.entitlement
             (subject_key, began_on, union_code, municipality_code, insurer_number, resident_key,
              held, acquired_on, ground_acquired)
           values ($1, $2::date, 43, $3, '39432158', $4, daterange($2::date, null), $2::date, '01')`,
          [subject, person.insuredFrom, amakusa, key],
        )
      }
      if (person.pension === null) continue
      await tx.run(
        `insert into premium.income values
           ($1::bigint, 2026, 1, 43, $2, 'declared', $3, $4, $5, $6, $7, 0, 0, 0, null,
            decode(md5(($1::bigint)::text), 'hex'), $8, 1, $9)`,
        [
          key,
          amakusa,
          person.pension ?? 0,
          person.salary ?? 0,
          person.familyEmployeeSalary ?? 0,
          person.business ?? 0,
          person.familyEmployeeDeduction ?? 0,
          runs(9),
          tx.now,
        ],
      )
    }
  })
}

describe('保険料賦課の処理', () => {
  let db: TestDatabase
  const endings: (() => Promise<void>)[] = []
  const assess = (run: number) =>
    db.transaction(union, (tx) =>
      assessUnion(tx, { fiscalYear: year, runId: runs(run), edition: 'test' }),
    )

  before(async () => {
    db = await testDatabase({ after: (end) => void endings.push(end) }, 'union')
    await settle(db, [
      // 取り決めの例: 年金197万円の1人世帯。
      { n: 1, household: 1, birth: '1946-05-10', insuredFrom: '2021-05-10', pension: 1_970_000 },
      // 夫婦とも被保険者。世帯で判定する。
      { n: 2, household: 2, birth: '1939-05-03', insuredFrom: '2014-05-03', pension: 2_160_000 },
      {
        n: 3,
        household: 2,
        head: false,
        birth: '1941-03-02',
        insuredFrom: '2016-03-02',
        pension: 780_000,
      },
      // 世帯主は被保険者でない子。その所得も判定に入る。
      { n: 4, household: 3, birth: '1975-01-01', salary: 5_000_000 },
      {
        n: 5,
        household: 3,
        head: false,
        birth: '1945-01-01',
        insuredFrom: '2020-01-01',
        pension: 800_000,
      },
      // 年度の途中の取得: 8か月。
      { n: 6, household: 4, birth: '1951-08-10', insuredFrom: '2026-08-10', pension: 840_000 },
      // 所得が届いていない人。
      { n: 7, household: 5, birth: '1940-01-01', insuredFrom: '2015-01-01', pension: null },
      // 事業所得の損失は、年金の所得からも引く。
      {
        n: 8,
        household: 6,
        birth: '1944-02-02',
        insuredFrom: '2019-02-02',
        pension: 2_500_000,
        business: -600_000,
      },
    ])
  })
  after(async () => {
    for (const end of endings) await end()
  })

  test('全員を決め、もう一度おこなっても何も足さない', async () => {
    const first = await assess(1)
    assert.equal(first.insured, 7)
    assert.equal(first.decided + first.unchanged, 7)
    const second = await assess(2)
    assert.deepEqual(
      { decided: second.decided, unchanged: second.unchanged, annual: second.annual },
      { decided: 0, unchanged: 7, annual: first.annual },
    )
    const amounts = await db.transaction(union, async (tx) => {
      const found = []
      for (const n of [1, 2, 3, 5, 6, 7, 8]) found.push(...(await findDecisions(tx, subjectOf(n))))
      return found.map(({ annual, months, reductionTenths }) => [annual, months, reductionTenths])
    })
    assert.deepEqual(amounts[0], [81_900, 12, 5])
    // desk.md の図: 夫婦、夫の年金216万円は 103,300円。
    assert.deepEqual(amounts[1], [103_300, 12, 5])
    assert.deepEqual(amounts[2], [32_200, 12, 5])
    assert.deepEqual(amounts[3]?.slice(1), [12, 0])
    // 63,000×0.28=17,640 → ×8/12=11,760 → 11,700、1,400×0.3=420 → ×8/12=280 → 200。
    assert.deepEqual(amounts[4], [11_900, 8, 7])
    assert.deepEqual(amounts[5]?.slice(1), [12, 0])
    // (1,400,000−600,000−430,000)×11.06%=40,922、軽減判定は 1,250,000−600,000 で5割:
    // 31,500+40,922 → 72,400、700+925 → 1,600。
    assert.deepEqual(amounts[6], [74_000, 12, 5])
  })

  test('決定は、残した事実から計算し直して一致し、根拠のない段がない', async () => {
    await assess(3)
    await db.transaction(union, async (tx) => {
      const { decision, facts, steps } = await getExplainedDecision(tx, subjectOf(2), 2026, 1)
      assert.equal(recompute(facts), decision.annual)
      assert.ok(steps.length > 10)
      assert.ok(steps.every((step) => step.law !== '' && step.formula !== ''))
      const loss = await getExplainedDecision(tx, subjectOf(8), 2026, 1)
      assert.equal(recompute(loss.facts), loss.decision.annual)
      assert.ok(loss.steps.some(({ step }) => step.startsWith('軽減判定の損益通算')))
    })
  })

  test('ほかの市区町村の範囲からは、決定が1件も見えない', async () => {
    await assess(4)
    const seen = await db.transaction({ union: '43', municipality: '431001' }, (tx) =>
      findDecisions(tx, subjectOf(1)),
    )
    const own = await db.transaction({ union: '43', municipality: amakusa }, (tx) =>
      findDecisions(tx, subjectOf(1)),
    )
    assert.equal(seen.length, 0)
    assert.equal(own.length, 1)
  })

  test('決定は書きかえも削除もできない', async () => {
    await assess(5)
    for (const sql of [
      'update premium.assessment set annual_yen = 0',
      'delete from premium.assessment',
      'update premium.working set steps = facts',
      'truncate premium.income',
    ]) {
      await assert.rejects(db.transaction(union, (tx) => tx.run(sql)))
    }
  })
})
