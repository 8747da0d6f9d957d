import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { judgeFigures, judgeNews } from './index.ts'
import type { NewsFacts } from './partners.ts'
import type { Figures } from './plausibility.ts'
import { defaultPolicy } from './policy.ts'

const policy = defaultPolicy('住民基本台帳情報')
const day = plainDate

function judged(given: Partial<NewsFacts>) {
  return judgeNews(
    {
      layout: '住民基本台帳情報',
      partner: 'municipality:431001',
      today: day('2026-07-08'),
      lastNewsOn: day('2026-07-08'),
      expectedFrom: day('2026-07-01'),
      missing: [],
      missingSince: null,
      refusals: 0,
      refusedSince: null,
      refusedNumber: null,
      ...given,
    },
    policy,
  )
}

test('便りの判定: 開庁日で数え、間隔を過ぎた日から遅れ、その3倍を過ぎた日から無音', () => {
  const cases: [lastNewsOn: string, today: string, state: string, since: string | null][] = [
    ['2026-07-08', '2026-07-08', '平常', null],
    ['2026-07-07', '2026-07-08', '平常', null],
    ['2026-07-06', '2026-07-08', '遅れ', '2026-07-08'],
    ['2026-07-03', '2026-07-08', '遅れ', '2026-07-07'],
    ['2026-07-02', '2026-07-08', '無音', '2026-07-06'],
    // Friday to Monday is one day of work; the weekend is nobody's silence.
    ['2026-07-03', '2026-07-05', '平常', null],
    ['2026-07-03', '2026-07-06', '平常', null],
    ['2026-07-03', '2026-07-07', '遅れ', '2026-07-07'],
  ]
  for (const [lastNewsOn, today, state, since] of cases) {
    const found = judged({ lastNewsOn: day(lastNewsOn), today: day(today) })
    assert.deepEqual([found.state, found.since], [state, since], `${lastNewsOn} ${today}`)
    if (state !== '平常') assert.notEqual(found.action, '')
  }
})

test('便りの判定: 一度も届かない相手は、ほかの相手の最初の便りから数える', () => {
  const silent = judged({ lastNewsOn: null })
  assert.equal(silent.state, '無音')
  assert.match(silent.sentence, /まだ一度も届いていません/)
  assert.equal(judged({ lastNewsOn: null, expectedFrom: null }).state, '未開始')
})

test('便りの判定: 断り続きと欠番は、今日届いていても言う。1度の断りはまだ言わない', () => {
  const refused = { refusedSince: day('2026-07-07'), refusedNumber: 3 }
  assert.equal(judged({ refusals: 1, ...refused }).state, '平常')
  const again = judged({ refusals: 2, ...refused, missing: [5] })
  assert.deepEqual([again.state, again.since], ['断り続き', '2026-07-07'])
  const gap = judged({ missing: [4, 5], missingSince: day('2026-07-07') })
  assert.deepEqual([gap.state, gap.since], ['欠番', '2026-07-07'])
  assert.match(gap.sentence, /通し番号4、5/)
})

test('便りの判定: 間隔の決まりのない情報は、黙っていても平常', () => {
  const quiet = { ...policy, cadenceDays: null }
  const facts = judged({ lastNewsOn: null })
  assert.equal(facts.state, '無音')
  assert.equal(
    judgeNews(
      {
        ...{ layout: '住登外登録情報', partner: 'municipality:431001', today: day('2026-12-01') },
        ...{ lastNewsOn: day('2026-07-01'), expectedFrom: day('2026-07-01'), missing: [] },
        ...{ missingSince: null, refusals: 0, refusedSince: null, refusedNumber: null },
      },
      quiet,
    ).state,
    '平常',
  )
})

const usual: Figures = {
  rows: 1000,
  rowsBefore: 1000,
  known: 1000,
  added: 5,
  changed: 20,
  removed: 4,
  withoutNumber: 10,
  overAge: 1,
  insured: 400,
  insuredMissing: 0,
}
const items = (given: Partial<Figures>) =>
  judgeFigures({ ...usual, ...given }, policy.plausibility).map(({ item }) => item)

test('もっともらしさ: 境ちょうどは通し、1件でも越えれば疑う', () => {
  const cases: [Partial<Figures>, string[]][] = [
    [{}, []],
    [{ changed: 300 }, []],
    [{ changed: 301 }, ['変わった人']],
    [{ added: 301 }, ['新しい人']],
    [{ removed: 50 }, []],
    [{ removed: 51 }, ['消除された人']],
    [{ withoutNumber: 301 }, ['個人番号のない人']],
    [{ overAge: 11 }, ['年齢']],
    [{ rows: 1200 }, []],
    [{ rows: 1201 }, ['件数']],
    [{ insuredMissing: 8 }, []],
    [{ insuredMissing: 9 }, ['被保険者']],
    // A difference holds few of those known: who is missing in it says nothing.
    [{ rows: 150, insuredMissing: 380, withoutNumber: 0 }, []],
    // Few rows, or nothing known before.
    [{ rows: 99, changed: 99, withoutNumber: 99 }, []],
    [{ known: 0, added: 1000, removed: 0 }, []],
  ]
  for (const [given, wanted] of cases) assert.deepEqual(items(given), wanted, JSON.stringify(given))
})

test('もっともらしさ: 所得の合計が前の年の半分になれば、単位や項目の取り違えを疑う', () => {
  const income = (total: number, undeclared = 0) => ({
    income: { persons: 500, total, totalBefore: 1_000_000, undeclared, undeclaredBefore: 10 },
  })
  assert.deepEqual(items(income(1_300_000)), [])
  assert.deepEqual(items(income(1_300_001)), ['所得の合計'])
  assert.deepEqual(items(income(500_000)), ['所得の合計'])
  assert.deepEqual(items(income(1_000_000, 260)), [])
  assert.deepEqual(items(income(1_000_000, 261)), ['未申告の人'])
})

test('もっともらしさ: 1年前の人数と、1年の死亡・転出の速さを越えれば、数を言って疑う', () => {
  const lastYear = { living: 1000, livedBefore: 1000, days: 1, left: 5, leftInYear: 73 }
  const cases: [Partial<typeof lastYear>, string[]][] = [
    [{}, []],
    [{ living: 800 }, []],
    [{ living: 799 }, ['前の年の人数']],
    [{ living: 1201 }, ['前の年の人数']],
    // Usually 0.2 a day: ten times that is nothing until there are twenty.
    [{ left: 19 }, []],
    [{ left: 20 }, ['死亡・転出の速さ']],
    [{ left: 20, days: 10 }, []],
    [{ left: 21, days: 10 }, ['死亡・転出の速さ']],
    // A store that knows of no year before, or of no leaving, has nothing to compare with.
    [{ livedBefore: 99, living: 500 }, []],
    [{ left: 40, leftInYear: 0 }, []],
  ]
  for (const [given, wanted] of cases)
    assert.deepEqual(items({ lastYear: { ...lastYear, ...given } }), wanted, JSON.stringify(given))
  const [doubt] = judgeFigures(
    { ...usual, lastYear: { ...lastYear, left: 30, days: 2 } },
    policy.plausibility,
  )
  assert.match(doubt?.sentence ?? '', /2日で.*30件.*この1年は73件.*約0\.4件.*10倍/)
  // A difference holds few: how many live there is not in it.
  assert.deepEqual(items({ rows: 150, lastYear: { ...lastYear, living: 150 } }), [])
})

test('もっともらしさ: 所得を住民・被保険者・前の年度と突き合わせ、境を越えれば、数を言って疑う', () => {
  const sources = {
    ...{ rows: 1000, unknown: 0, personsBefore: 1000, personsNow: 1000 },
    ...{ insured: 400, insuredWithoutIncome: 0 },
  }
  const cases: [Partial<typeof sources>, string[]][] = [
    [{}, []],
    [{ unknown: 50 }, []],
    [{ unknown: 51 }, ['住民のいない所得']],
    [{ personsNow: 1200 }, []],
    [{ personsNow: 1201 }, ['所得のある人数']],
    [{ personsNow: 700 }, ['所得のある人数']],
    [{ insuredWithoutIncome: 40 }, []],
    [{ insuredWithoutIncome: 41 }, ['所得のない被保険者']],
    // Corrections of a few say nothing of everybody.
    [{ rows: 499, personsNow: 700, insuredWithoutIncome: 300 }, []],
    // The first year has nothing before it.
    [{ personsBefore: 0 }, []],
  ]
  for (const [given, wanted] of cases)
    assert.deepEqual(items({ sources: { ...sources, ...given } }), wanted, JSON.stringify(given))
  const [doubt] = judgeFigures(
    { ...usual, sources: { ...sources, insuredWithoutIncome: 100 } },
    policy.plausibility,
  )
  assert.match(doubt?.sentence ?? '', /被保険者400人のうち100人（25\.0％）/)
})
