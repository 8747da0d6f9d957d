import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { defineJob, enqueue, JobFailure, retryJob, runDueJobs } from '@koiki/store'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { copayTown, grant, kumamoto, union, type 所得 } from '../cases/copayTown.ts'
import { copayOn, findJudgements, findPendings, rejudge, sharesOf } from '../store/shares.ts'
import { judgeSharesNow, judgingBy } from './judgeShares.ts'

const couple = (running: number, given: Parameters<typeof resident>[1] = {}) =>
  resident(running, {
    世帯番号: '000000000777777',
    ...(running === 1 ? {} : { 続柄: '妻' }),
    ...given,
  })

const year2026 = '2026-08-01〜2027-08-01'

test('年次の判定: どの線も、両側で台帳まで正しい', async (t) => {
  const { take, decide, tax, judge, shares, judgements, count } = copayTown(await town(t))
  const cases: readonly (readonly [string, 所得, { readonly 生年月日?: string }, string])[] = [
    ['課税所得 145万円', { 年金: 4_200_000, 課税標準額: 1_450_000 }, {}, '3割 active1'],
    ['課税所得 144万9千円', { 年金: 4_200_000, 課税標準額: 1_449_000 }, {}, '2割 general2'],
    [
      '調整控除で145万円を下回る',
      { 年金: 4_200_000, 課税標準額: 1_450_000, 調整控除: 1_000 },
      {},
      '2割 general2',
    ],
    ['課税所得 380万円', { 年金: 9_000_000, 課税標準額: 3_800_000 }, {}, '3割 active2'],
    ['課税所得 379万9千円', { 年金: 9_000_000, 課税標準額: 3_799_000 }, {}, '3割 active1'],
    ['課税所得 690万円', { 年金: 9_000_000, 課税標準額: 6_900_000 }, {}, '3割 active3'],
    ['課税所得 689万9千円', { 年金: 9_000_000, 課税標準額: 6_899_000 }, {}, '3割 active2'],
    ['収入 383万円', { 年金: 3_830_000, 課税標準額: 1_450_000 }, {}, '3割 active1'],
    ['収入 382万9999円', { 年金: 3_829_999, 課税標準額: 1_450_000 }, {}, '2割 general2'],
    ['課税所得 28万円、年金200万円', { 年金: 2_000_000, 課税標準額: 280_000 }, {}, '2割 general2'],
    [
      '課税所得 28万円、年金199万9999円',
      { 年金: 1_999_999, 課税標準額: 280_000 },
      {},
      '1割 general1',
    ],
    ['課税所得 27万9千円', { 年金: 2_500_000, 課税標準額: 279_000 }, {}, '1割 general1'],
    ['均等割だけ', { 年金: 1_600_000, 課税標準額: 0, 課税: 'perCapitaOnly' }, {}, '1割 general1'],
    // 旧ただし書所得 = 年金 − 110万円(330万円以上は25%+27.5万円) − 43万円。
    [
      '旧ただし書所得 210万円(昭和20年1月2日生まれ)',
      { 年金: 3_630_000, 収入: 3_830_000, 課税標準額: 1_450_000 },
      { 生年月日: '1945-01-02' },
      '2割 general2',
    ],
    [
      '昭和20年1月1日生まれは除外されない',
      { 年金: 3_630_000, 収入: 3_830_000, 課税標準額: 1_450_000 },
      { 生年月日: '1945-01-01' },
      '3割 active1',
    ],
    [
      '旧ただし書所得が210万円を超える',
      { 年金: 3_900_000, 課税標準額: 1_450_000 },
      { 生年月日: '1945-01-02' },
      '3割 active1',
    ],
  ]
  await take(
    cases.map(([, , given], index) =>
      resident(index + 1, {
        生年月日: plainDate(given.生年月日 ?? '1940-02-11'),
      }),
    ),
  )
  await decide()
  for (const [index, [, 所得]] of cases.entries()) await tax(index + 1, 所得)
  const result = await judge(2026)
  assert.deepEqual([result.persons, result.judged, result.pending], [cases.length, cases.length, 0])
  for (const [index, [name, , , expected]] of cases.entries())
    assert.deepEqual(await shares(index + 1), [`${expected} ${year2026}`], name)
  // 残した事実から判定し直して一致し、どの段にも根拠がある。
  for (const [index, [name]] of cases.entries()) {
    const [one] = await judgements(index + 1)
    assert.deepEqual(
      rejudge(one!.facts),
      { tenths: one!.tenths, limitCategory: one!.limitCategory },
      name,
    )
    assert.ok(one!.workings.share.every(({ law, formula }) => law !== '' && formula !== ''))
  }
  const before = await count('copay.judgement')
  const again = await judge(2026)
  assert.deepEqual([again.judged, again.sharesChanged], [0, 0])
  assert.equal(await count('copay.judgement'), before)
})

test('低所得: 控除額が決まらない年は限度区分だけを空にして足りない表を言い、決まる年は区分Iと区分IIに分ける', async (t) => {
  const { take, decide, tax, judge, shares, judgements } = copayTown(await town(t))
  await take([1, 2, 3, 4].map((n) => resident(n)))
  await decide()
  for (const year of [2025, 2026]) {
    await tax(1, { 年度: year, 年金: 806_700 })
    await tax(2, { 年度: year, 年金: 806_701 })
    await tax(3, { 年度: year, 年金: 0 })
    await tax(4, { 年度: year, 年金: 0, 給与: 750_001 })
  }
  await judge(2025)
  const year2025 = '2025-08-01〜2026-08-01'
  assert.deepEqual(await shares(1), [`1割 lowIncome1 ${year2025}`, `1割 不明 ${year2026}`])
  assert.deepEqual(await shares(2), [`1割 lowIncome2 ${year2025}`, `1割 不明 ${year2026}`])
  assert.deepEqual(await shares(3), [`1割 lowIncome1 ${year2025}`, `1割 lowIncome1 ${year2026}`])
  // 給与所得 20万0001円は控除10万円を超える(令和6年分)。
  assert.equal((await shares(4))[0], `1割 lowIncome2 ${year2025}`)
  const [latest] = await judgements(1)
  assert.deepEqual(
    latest!.facts.limitMissing.map(({ code }) => code),
    ['lawMissing'],
  )
})

test('所得の記録のない子: 1月1日に18歳未満と、その後に生まれた子は非課税。18歳からは推し量らない', async (t) => {
  const { take, decide, tax, judge, shares } = copayTown(await town(t))
  const children = ['2008-01-02', '2008-01-01', '2026-03-03'] as const
  const household = (n: number) => ({ 世帯番号: `00000000077777${n}` })
  await take(
    children.flatMap((born, n) => [
      resident(n + 1, household(n)),
      resident(n + 11, { ...household(n), 続柄: '孫', 生年月日: plainDate(born) }),
    ]),
  )
  await decide()
  for (const n of [1, 2, 3]) await tax(n, { 年金: 0 })
  await judge(2026)
  assert.deepEqual(await shares(1), [`1割 lowIncome1 ${year2026}`])
  assert.deepEqual(await shares(2), [`1割 不明 ${year2026}`])
  assert.deepEqual(await shares(3), [`1割 lowIncome1 ${year2026}`])
})

test('足りないものは推し量らない: だれの何が足りないかを残し、届けば判定する', async (t) => {
  const { take, decide, tax, judge, shares, waiting, count } = copayTown(await town(t))
  await take([
    couple(1),
    couple(2, { 性別: '1' }),
    resident(3),
    resident(4),
    resident(5),
    resident(6),
  ])
  await decide()
  await tax(1, { 年金: 1_000_000 })
  await tax(3, { 申告: 'inquiring', 課税標準額: null, 課税: null, 収入: null })
  await tax(4, { 年金: 1_000_000, 課税標準額: null, 課税: null, 収入: null })
  await tax(5, { 申告: 'undeclared', 課税標準額: null, 課税: null, 収入: null })
  const result = await judge(2026)
  assert.deepEqual([result.persons, result.judged, result.pending], [6, 1, 5])
  // 夫の所得が届いていないので、夫婦のどちらも判定できない。
  for (const n of [1, 2]) {
    assert.deepEqual(await shares(n), [])
    assert.deepEqual(await waiting(n), ['2026-08-01 incomeNotReceived'])
  }
  assert.deepEqual(await waiting(3), ['2026-08-01 incomeInquired'])
  assert.deepEqual(await waiting(4), ['2026-08-01 taxResultNotCarried'])
  assert.deepEqual(await waiting(6), ['2026-08-01 incomeNotReceived'])
  // 未申告の人には課税標準額が決まっていない: 割合は1割、限度区分は分からない。
  assert.deepEqual(await shares(5), [`1割 不明 ${year2026}`])

  await tax(2, { 年金: 5_400_000, 課税標準額: 2_000_000 })
  await tax(3, { 年金: 2_100_000, 課税標準額: 300_000 })
  const again = await judge(null)
  assert.deepEqual([again.judged, again.pending], [3, 2])
  for (const n of [1, 2]) assert.deepEqual(await shares(n), [`3割 active1 ${year2026}`])
  assert.deepEqual(await shares(3), [`2割 general2 ${year2026}`])
  assert.equal(await count('copay.pending'), 2)
})

test('世帯の異動: 月の途中は翌月1日から、1日はその日から。転出した人も残った人も判定し直す', async (t) => {
  for (const [moved, effective] of [
    ['2026-08-20', '2026-09-01'],
    ['2026-09-01', '2026-09-01'],
    ['2026-09-02', '2026-10-01'],
  ] as const) {
    const { take, decide, tax, judge, shares, judgements } = copayTown(await town(t))
    await take([couple(1), couple(2, { 性別: '1' })])
    await decide()
    await tax(1, { 年金: 780_000 })
    await tax(2, { 年金: 5_400_000, 課税標準額: 2_000_000 })
    await judge(2026)
    assert.deepEqual(await shares(1), [`3割 active1 ${year2026}`])

    // 妻だけが世帯を分ける。
    const alone = couple(1, {
      世帯番号: '000000000888888',
      異動年月日: plainDate(moved),
      異動事由: '08',
      操作年月日: plainDate(moved),
    })
    const left = couple(2, {
      性別: '1',
      続柄: '世帯主',
      異動年月日: plainDate(moved),
      異動事由: '08',
      操作年月日: plainDate(moved),
    })
    await take([alone, left], kumamoto, moved)
    await decide(moved)
    const { reissue } = await judge(null, moved)
    assert.equal(reissue, 1, '妻の文書だけを作り直す')
    assert.deepEqual(await shares(1), [
      `3割 active1 2026-08-01〜${effective}`,
      `1割 不明 ${effective}〜2027-08-01`,
    ])
    assert.equal((await judgements(1))[0]!.cause, 'householdChange')
    // 残った夫は1人になり、520万円でなく383万円の線で見られる。割合は同じ。
    assert.deepEqual(await shares(2), [
      `3割 active1 2026-08-01〜${effective}`,
      `3割 active1 ${effective}〜2027-08-01`,
    ])
    const again = await judge(null, moved)
    assert.deepEqual([again.judged, again.sharesChanged], [0, 0])
  }
})

test('死亡: 亡くなった人の期間はその翌日で終わり、残った人は翌月1日から判定し直す', async (t) => {
  const { take, decide, tax, judge, shares } = copayTown(await town(t))
  await take([couple(1), couple(2, { 性別: '1' })])
  await decide()
  await tax(1, { 年金: 2_100_000, 課税標準額: 300_000 })
  await tax(2, { 年金: 1_100_000 })
  await judge(2026)
  // 2人で320万円: 2割。1人になっても200万円以上: 2割のまま。
  assert.deepEqual(await shares(1), [`2割 general2 ${year2026}`])
  const died = couple(2, {
    性別: '1',
    住民状態: '2',
    異動事由: '05',
    異動年月日: plainDate('2026-10-10'),
    消除年月日: plainDate('2026-10-10'),
    操作年月日: plainDate('2026-10-11'),
  })
  await take([died, couple(1, { 続柄: '世帯主' })], kumamoto, '2026-10-12')
  await decide('2026-10-12')
  await judge(null, '2026-10-12')
  assert.deepEqual(await shares(2), ['2割 general2 2026-08-01〜2026-10-11'])
  assert.deepEqual(await shares(1), [
    '2割 general2 2026-08-01〜2026-11-01',
    '2割 general2 2026-11-01〜2027-08-01',
  ])
})

test('75歳: その日に自分が判定され、同じ世帯の人は翌月1日から', async (t) => {
  const { take, decide, tax, judge, shares, judgements } = copayTown(await town(t))
  // 夫は1951-09-15生まれ: 2026-09-15に75歳。
  await take([couple(1), couple(2, { 性別: '1', 生年月日: plainDate('1951-09-15') })])
  await decide()
  await tax(1, { 年金: 780_000 })
  await tax(2, { 年金: 5_400_000, 課税標準額: 2_000_000 })
  await judge(2026)
  assert.deepEqual(await shares(1), [`1割 general1 ${year2026}`])
  await decide('2026-09-15')
  await judge(null, '2026-09-15')
  assert.deepEqual(await shares(2), ['3割 active1 2026-09-15〜2027-08-01'])
  assert.deepEqual(await shares(1), [
    '1割 general1 2026-08-01〜2026-10-01',
    '3割 active1 2026-10-01〜2027-08-01',
  ])
  assert.deepEqual(
    (await judgements(2)).map(({ cause }) => cause),
    ['acquisition'],
  )
})

test('70歳: 誕生日の翌月から数え、1日生まれはその月から。被保険者でない人の収入で3割でなくなる', async (t) => {
  const { take, decide, tax, judge, shares, judgements } = copayTown(await town(t))
  // 収入400万円の夫と、2026-10-10に70歳になる妻(収入100万円): 合わせて520万円未満。
  await take([couple(1, { 性別: '1' }), couple(2, { 生年月日: plainDate('1956-10-10') })])
  await decide()
  await tax(1, { 年金: 4_000_000, 課税標準額: 1_500_000, その他: 0 })
  await tax(2, { 年金: 1_000_000 })
  await judge(2026)
  assert.deepEqual(await shares(1), [`3割 active1 ${year2026}`])
  assert.equal((await judge(null, '2026-09-30')).judged, 0)
  await judge(null, '2026-10-10')
  assert.deepEqual(await shares(1), [
    '3割 active1 2026-08-01〜2026-11-01',
    '2割 general2 2026-11-01〜2027-08-01',
  ])
  assert.equal((await judgements(1))[0]!.cause, 'turningSeventy')
})

test('70歳: 1日生まれは、誕生日のあるその月から数える', async (t) => {
  const { take, decide, tax, judge, shares } = copayTown(await town(t))
  await take([couple(1, { 性別: '1' }), couple(2, { 生年月日: plainDate('1956-10-01') })])
  await decide()
  await tax(1, { 年金: 4_000_000, 課税標準額: 1_500_000 })
  // 4,000,000 + 1,199,999 = 5,199,999 < 5,200,000。
  await tax(2, { 年金: 1_199_999 })
  await judge(2026)
  await judge(null, '2026-09-10')
  assert.deepEqual(await shares(1), [
    '3割 active1 2026-08-01〜2026-10-01',
    '2割 general2 2026-10-01〜2027-08-01',
  ])
  // あと1円で520万円: 3割のまま、8月1日に遡る更正では10月からの割合も判定し直す。
  await tax(2, { 年金: 1_200_000 }, '2026-12-01')
  await judge(null, '2026-12-01')
  assert.deepEqual(await shares(1), [
    '3割 active1 2026-08-01〜2026-10-01',
    '3割 active1 2026-10-01〜2027-08-01',
  ])
})

test('県内の引っ越し: 割合は翌月1日まで続き、期間は市区町村で分かれ、課税は1月1日の市区町村の記録で見る', async (t) => {
  const { db, take, decide, tax, judge, shares, subject } = copayTown(await town(t))
  await take([couple(1), couple(2, { 性別: '1' })])
  await decide()
  await tax(1, { 年金: 780_000 })
  await tax(2, { 年金: 5_400_000, 課税標準額: 2_000_000 })
  await judge(2026)
  const day = plainDate('2026-10-10')
  const left = couple(1, {
    異動年月日: day,
    異動事由: '04',
    住民状態: '2',
    消除年月日: day,
    転出先市区町村コード: '432024',
    操作年月日: day,
  })
  const moved = resident(1, {
    市区町村コード: '432024',
    宛名番号: '000000000000901',
    住民となった日: day,
    異動年月日: day,
    異動事由: '01',
    転入前市区町村コード: kumamoto,
    操作年月日: day,
  })
  await take([left, couple(2, { 性別: '1', 続柄: '世帯主' })], kumamoto, '2026-10-12')
  await take([moved], '432024', '2026-10-12')
  await decide('2026-10-12')
  const { reissue } = await judge(null, '2026-10-12')
  assert.equal(reissue, 1)
  assert.deepEqual(await shares(1), [
    '3割 active1 2026-08-01〜2026-10-10',
    '3割 active1 2026-10-10〜2026-11-01',
    '1割 不明 2026-11-01〜2027-08-01',
  ])
  const own = await subject(1)
  const seen = (municipality: string) =>
    db.transaction({ union: '43', municipality }, async (tx) => [
      (await sharesOf(tx, own)).map(({ from }) => from),
      (await findJudgements(tx, own)).map(({ effectiveOn }) => effectiveOn),
    ])
  // 新しい市区町村からは自分の期間だけが見え、前の市区町村の世帯による判定のわけは見えない。
  assert.deepEqual(await seen('432024'), [['2026-10-10', '2026-11-01'], ['2026-11-01']])
  assert.deepEqual(await seen(kumamoto), [['2026-08-01'], ['2026-08-01']])
})

test('所得の更正: 8月1日に遡って判定し直し、前の判定も残る', async (t) => {
  const { take, decide, tax, judge, shares, judgements, subject, work } = copayTown(await town(t))
  await take([resident(1), resident(2)])
  await decide()
  await tax(1, { 年金: 4_200_000, 課税標準額: 1_500_000 })
  await tax(2, { 年金: 4_200_000, 課税標準額: 1_500_000 })
  await judge(2026)
  await tax(1, { 年金: 4_200_000, 課税標準額: 1_400_000 }, '2026-12-10')
  const { judged, reissue, persons } = await judge(null, '2026-12-10')
  assert.deepEqual([judged, reissue], [1, 1])
  assert.ok((persons ?? 0) <= 2)
  assert.deepEqual(await shares(1), [`2割 general2 ${year2026}`])
  assert.deepEqual(await shares(2), [`3割 active1 ${year2026}`])
  const all = await judgements(1)
  assert.deepEqual(
    all.map(({ effectiveOn, tenths, cause, living }) => [effectiveOn, tenths, cause, living]),
    [
      ['2026-08-01', 2, 'incomeCorrection', true],
      ['2026-08-01', 3, 'yearly', false],
    ],
  )
  const own = await subject(1)
  const on = (day: string) => work((tx) => copayOn(tx, own, plainDate(day)))
  assert.equal(await on('2026-07-31'), null)
  assert.deepEqual(await on('2026-08-01'), {
    tenths: 2,
    from: '2026-08-01',
    limitCategory: 'general2',
    limitFrom: '2026-08-01',
  })
  assert.equal((await on('2027-07-31'))?.tenths, 2)
  assert.equal(await on('2027-08-01'), null)
})

test('基準収入額: 公簿で分からない収入は申請を待ち、申請の翌月から3割でなくなる', async (t) => {
  const { take, decide, tax, judge, shares, judgements, key, subject, work } = copayTown(
    await town(t),
  )
  await take([resident(1, { 生年月日: plainDate('1940-02-11') })])
  await decide()
  await tax(1, { 年金: 2_000_000, その他: 1_500_000, 課税標準額: 1_500_000, 収入: null })
  await judge(2026)
  assert.deepEqual(await shares(1), [`3割 active1 ${year2026}`])
  const [first] = await judgements(1)
  assert.equal(first!.ground, 'activeIncomeNotApplied')
  assert.deepEqual(
    first!.facts.notes.map(({ code }) => code),
    ['revenueUnknown'],
  )

  const { resident_key: residentKey } = await key(1)
  await grant(work, residentKey, '2026-09-20', { ownRevenue: 3_700_000, othersRevenue: 0 })
  const own = await subject(1)
  await work(async (tx) => {
    const [judged] = (await judgeSharesNow(tx, [own], { receiptNumber: '431001-R8-00001' })) ?? []
    assert.equal(judged?.reissueFrom, '2026-10-01')
  }, '2026-09-20')
  assert.deepEqual(await shares(1), [
    '3割 active1 2026-08-01〜2026-10-01',
    '2割 general2 2026-10-01〜2027-08-01',
  ])
  const [latest] = await judgements(1)
  assert.deepEqual(
    [latest!.cause, latest!.ground, latest!.receiptNumber],
    ['application', 'certainIncomeByRevenue', '431001-R8-00001'],
  )
})

test('基準収入額: 届け出た収入が線ちょうどなら3割のまま、1円少なければ2割。前の年の収入の申請は、次の年度に効かない', async (t) => {
  for (const [ownRevenue, incomeYear, expected] of [
    [3_830_000, 'previous', 3],
    [3_829_999, 'previous', 2],
    [3_829_999, 'beforePrevious', 3],
  ] as const) {
    const { take, decide, tax, judge, shares, key, work } = copayTown(await town(t))
    await take([resident(1, { 生年月日: plainDate('1940-02-11') })])
    await decide()
    await tax(1, { 年金: 2_000_000, その他: 1_500_000, 課税標準額: 1_500_000, 収入: null })
    await judge(2026)
    const { resident_key: residentKey } = await key(1)
    await grant(work, residentKey, '2026-09-01', { ownRevenue, incomeYear })
    await judge(null, '2026-09-01')
    const last = (await shares(1)).at(-1)
    assert.equal(last?.slice(0, 2), `${expected}割`, `${ownRevenue} ${incomeYear}`)
    if (expected === 2) assert.equal(last, '2割 general2 2026-10-01〜2027-08-01')
  }
})

test('資格の誤りが分かれば、期間は消え、判定は残る', async (t) => {
  const { take, decide, tax, judge, shares, work, subject, count } = copayTown(await town(t))
  await take([resident(1)])
  await decide()
  await tax(1, { 年金: 1_000_000 })
  await judge(2026)
  assert.equal((await shares(1)).length, 1)
  const own = await subject(1)
  const excluded = resident(1, {
    適用除外区分: '1',
    適用除外開始日: plainDate('2020-01-01'),
    異動年月日: plainDate('2020-01-01'),
    異動事由: '07',
    操作年月日: plainDate('2026-08-10'),
  })
  await take([excluded], kumamoto, '2026-08-11')
  await decide('2026-08-11')
  await judge(null, '2026-08-11')
  assert.deepEqual(await work((tx) => sharesOf(tx, own)), [])
  assert.equal(await count('copay.judgement'), 1)
})

test('途中で止まっても、続きから終わりまで行い、二重に判定しない', async (t) => {
  const { db, take, decide, tax, count, work } = copayTown(await town(t))
  await take([1, 2, 3].map((n) => resident(n)))
  await decide()
  for (const n of [1, 2, 3]) await tax(n, { 年金: 1_000_000 })
  const byOne = judgingBy(1)
  let units = 0
  const falling = defineJob<{ readonly year: number | null }>({
    kind: byOne.kind,
    title: '途中で止まる判定',
    steps: [
      {
        name: '判定',
        run: (run) =>
          byOne.steps[0]!.run({
            ...run,
            commit: async (unit) => {
              units += 1
              if (units > 1) throw new JobFailure('ここで止まった。')
              return run.commit(unit)
            },
          }),
      },
    ],
  })
  const { jobId } = await db.transaction(union, (tx) =>
    enqueue(tx, byOne, { year: 2026 }, { requestedBy: '試験' }),
  )
  await runDueJobs({ database: db, jobs: [falling] })
  assert.deepEqual([await count('copay.judgement'), await count('copay.run')], [1, 0])
  const kept = await work((tx) => tx.query('select * from copay.judgement'))

  await db.transaction(union, (tx) => retryJob(tx, jobId))
  await runDueJobs({ database: db, jobs: [byOne] })
  assert.deepEqual([await count('copay.judgement'), await count('copay.run')], [3, 1])
  const first = await work((tx) =>
    tx.query('select * from copay.judgement order by subject_key limit 1'),
  )
  assert.deepEqual(first, kept)
  const [row] = await work((tx) => tx.query('select persons, judged, pending from copay.run'))
  assert.deepEqual(row, { persons: 3, judged: 3, pending: 0 })
})

test('ほかの市区町村の席からは、判定も期間も待ちも1件も見えず、書くこともできない', async (t) => {
  const { db, take, decide, tax, judge, subject } = copayTown(await town(t))
  await take([resident(1), resident(2)])
  await decide()
  await tax(1, { 年金: 1_000_000 })
  await judge(2026)
  const keys = [await subject(1), await subject(2)]
  const seen = (municipality: string) =>
    db.transaction({ union: '43', municipality }, async (tx) => {
      const all = []
      for (const key of keys) {
        all.push(
          await sharesOf(tx, key),
          await findJudgements(tx, key),
          await findPendings(tx, key),
        )
      }
      return all.map(({ length }) => length)
    })
  assert.deepEqual(await seen(kumamoto), [1, 1, 0, 0, 0, 1])
  assert.deepEqual(await seen('432024'), [0, 0, 0, 0, 0, 0])
  await assert.rejects(
    db.transaction({ union: '43', municipality: kumamoto }, (tx) =>
      judgeSharesNow(tx, keys, { jobId: '1' }).then(() => undefined),
    ),
  )
  for (const sql of ['update copay.judgement set tenths = 1', 'delete from copay.judgement'])
    await assert.rejects(db.transaction(union, (tx) => tx.run(sql)))
})

test('年次の判定の前は、再判定するものがない', async (t) => {
  const { take, decide, tax, judge, work, subject, count } = copayTown(await town(t))
  await take([resident(1)])
  await decide()
  await tax(1, { 年金: 1_000_000 })
  const own = await subject(1)
  assert.equal(await work((tx) => judgeSharesNow(tx, [own], { jobId: '1' })), null)
  assert.equal(
    (await judge(null, '2026-06-30')).persons,
    0,
    '令和8年度の所得は8月1日からの割合のもの',
  )
  assert.equal(await count('copay.run'), 0)
})
