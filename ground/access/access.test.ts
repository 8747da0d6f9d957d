import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type Clock, momentOf, StoreError, testDatabase } from '@koiki/store'
import { AccessRefused, demoAccounts, openAccess, type Session, type SignedIn } from './index.ts'

/** 試験の時計 — 進めるまで動かない。 */
const clockAt = (start: string): Clock & { pass(minutes: number): void } => {
  let at = Date.parse(start)
  return {
    name: '試験',
    moment: async () => momentOf(at),
    pass(minutes) {
      at += minutes * 60_000
    },
  }
}
/** 本番より弱いが、同じ道を通る。 */
const passwordCost = { n: 2 ** 10, r: 8, p: 1 }
const terminal = { terminal: '3番窓口', address: '10.0.0.3' }
const told = (words: RegExp) => (error: unknown) =>
  error instanceof AccessRefused && words.test(error.message)

const invented = async (t: { after(clean: () => Promise<void>): void }) => {
  const clock = clockAt('2026-07-01T09:00:00+09:00')
  const db = await testDatabase(t, 'union', clock)
  const access = openAccess(db, { passwordCost })
  await access.declareInstallation('invented')
  await access.makeDemoAccounts()
  return { db, access, clock }
}
const shared = await invented({ after })

const enter = async (
  access: typeof shared.access,
  loginName: string,
): Promise<{ token: string; session: Session }> => {
  const { password } = demoAccounts.find((account) => account.loginName === loginName)!
  const answer = await access.signIn({ loginName, password, ...terminal })
  assert.ok(answer.ok, JSON.stringify(answer))
  return answer
}
const refusal = (answer: SignedIn): string => {
  assert.ok(!answer.ok)
  assert.ok(!('token' in answer))
  return `${answer.reason}: ${answer.sentence}`
}

test('見本の利用者は全員入れて、自分の領域・役割・担当の範囲を持つ', async () => {
  const { access } = shared
  const held = await Promise.all(
    demoAccounts.map(async ({ loginName }) => {
      const { token } = await enter(access, loginName)
      const answer = await access.sessionOf(token)
      assert.ok(answer.ok)
      const { realm, roles, scope } = answer.session
      return [loginName, realm, roles.join('+'), scope && `${scope.union} ${scope.municipality}`]
    }),
  )
  assert.deepEqual(held, [
    ['fuka', 'union', 'premiumClerk', '43 *'],
    ['shikaku', 'union', 'eligibilityClerk', '43 *'],
    ['kanri', 'union', 'administrator', '43 *'],
    ['kumamoto', 'counter', 'counterClerk', '43 431001'],
    ['amakusa', 'counter', 'counterClerk', '43 432156'],
    ['tottori', 'union', 'eligibilityClerk+premiumClerk', '31 *'],
    ['unyo', 'operator', 'operator', null],
  ])
  assert.deepEqual(await access.makeDemoAccounts(), [], '二度目は何も作らない')
})

test('利用者の名は大文字でも全角でも、前後に空白があってもよい', async () => {
  const { access } = shared
  const { password } = demoAccounts[0]!
  assert.ok((await access.signIn({ loginName: ' ＦＵＫＡ ', password, ...terminal })).ok)
})

test('いない人・違うパスワード・別の領域の入口は、同じ文で断る', async (t) => {
  const { access } = await invented(t)
  const { password } = demoAccounts[0]!
  const answers = [
    await access.signIn({ loginName: 'fuka', password: 'wrong-password', ...terminal }),
    await access.signIn({ loginName: 'inai', password, ...terminal }),
    await access.signIn({ loginName: 'shikaku', password, realm: 'counter', ...terminal }),
    await access.signIn({ loginName: 'kumamoto', password, realm: 'union', ...terminal }),
    await access.signIn({ loginName: '', password: '', ...terminal }),
  ].map(refusal)
  assert.equal(new Set(answers).size, 1)
  assert.match(answers[0]!, /^refused: 利用者の名かパスワードが違います/)
})

test('続けて5回まちがえると、いない利用者の名でも同じように、15分間、正しいパスワードでも入れない', async (t) => {
  const { access, clock } = await invented(t)
  const { password } = demoAccounts[0]!
  for (const loginName of ['fuka', 'inai']) {
    const wrong = () => access.signIn({ loginName, password: 'wrong-password', ...terminal })
    for (let time = 1; time <= 4; time += 1) assert.match(refusal(await wrong()), /^refused/)
    assert.match(refusal(await wrong()), /^lockedOut: .*9時15分まで入れません/)
    assert.match(
      refusal(await access.signIn({ loginName, password, ...terminal })),
      /^lockedOut: .*9時15分/,
    )
  }
  assert.ok(
    (await access.signIn({ loginName: 'shikaku', password, ...terminal })).ok,
    'ほかの人は入れる',
  )
  clock.pass(14)
  assert.match(
    refusal(await access.signIn({ loginName: 'fuka', password, ...terminal })),
    /^lockedOut/,
  )
  clock.pass(1)
  assert.ok((await access.signIn({ loginName: 'fuka', password, ...terminal })).ok)
})

test('締出しが明けた後は、また5回まで数える', async (t) => {
  const { access, clock } = await invented(t)
  const wrong = () => access.signIn({ loginName: 'fuka', password: 'wrong-password', ...terminal })
  for (let time = 1; time <= 5; time += 1) await wrong()
  clock.pass(16)
  for (let time = 1; time <= 4; time += 1) assert.match(refusal(await wrong()), /^refused/)
  assert.match(refusal(await wrong()), /^lockedOut/)
})

test('間に正しく入れば、また、間が空けば、まちがいは積み上がらない', async (t) => {
  const { access, clock } = await invented(t)
  const wrong = () => access.signIn({ loginName: 'fuka', password: 'wrong-password', ...terminal })
  for (let round = 0; round < 3; round += 1) {
    for (let time = 1; time <= 4; time += 1) assert.match(refusal(await wrong()), /^refused/)
    await enter(access, 'fuka')
  }
  for (let time = 1; time <= 12; time += 1) {
    assert.match(refusal(await wrong()), /^refused/)
    clock.pass(16)
  }
})

test('同時にたくさん試しても、数え漏れはない', async (t) => {
  const { access } = await invented(t)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      access.signIn({ loginName: 'fuka', password: 'wrong-password', ...terminal }),
    ),
  )
  const reasons = answers.map((answer) => (answer.ok ? 'in' : answer.reason))
  assert.equal(reasons.filter((reason) => reason === 'refused').length, 4)
  assert.equal(reasons.filter((reason) => reason === 'lockedOut').length, 16)
})

test('30分操作がなければ終わり、操作していれば続き、12時間で必ず終わる', async (t) => {
  const { access, clock } = await invented(t)
  const reason = async (token: string) => {
    const answer = await access.sessionOf(token)
    return answer.ok ? 'ok' : answer.reason
  }
  const idle = await enter(access, 'fuka')
  clock.pass(29)
  assert.equal(await reason(idle.token), 'ok')
  clock.pass(29)
  assert.equal(await reason(idle.token), 'ok')
  clock.pass(30)
  assert.equal(await reason(idle.token), 'idled')
  assert.equal(await reason(idle.token), 'ended', '終わったものは戻らない')

  const busy = await enter(access, 'fuka')
  for (let passed = 0; passed < 11 * 60 + 40; passed += 20) {
    clock.pass(20)
    assert.equal(await reason(busy.token), 'ok')
  }
  clock.pass(20)
  assert.equal(await reason(busy.token), 'expired')
})

test('サインアウトすればすぐ終わり、知らない印・形の違う印は入れない', async () => {
  const { access } = shared
  const { token } = await enter(access, 'fuka')
  const other = await enter(access, 'fuka')
  await access.signOut(token)
  await access.signOut(token)
  await access.signOut('知らない印')
  const after = await access.sessionOf(token)
  assert.ok(!after.ok && after.reason === 'ended')
  assert.ok((await access.sessionOf(other.token)).ok, '別の端末はそのまま')
  for (const strange of ['', 'x', 'A'.repeat(43), `${token.slice(0, 42)}!`, `${token}A`]) {
    const answer = await access.sessionOf(strange)
    assert.ok(!answer.ok && answer.reason === 'none')
  }
})

test('セッションの印もパスワードも、データベースの中にない', async () => {
  const { access, db } = shared
  const { token } = await enter(access, 'fuka')
  const admin = await db.asAdmin()
  const text = await admin.unscoped(async (tx) => {
    const rows = [
      ...(await tx.query(`select token_digest::text, s.* from access.session s`)),
      ...(await tx.query('select * from access.account')),
      ...(await tx.query('select * from access.event')),
      ...(await tx.query('select login_digest::text, f.* from access.failed_attempt f')),
    ]
    return JSON.stringify(rows)
  })
  for (const secret of [
    token,
    Buffer.from(token).toString('hex'),
    Buffer.from(token, 'base64url').toString('hex'),
    'koiki-no-mihon',
  ]) {
    assert.ok(!text.includes(secret))
  }
})

test('見本の利用者は、模擬の世界と決めた据付けの外では作れず、事務所の据付けは模擬の世界にならない', async (t) => {
  const db = await testDatabase(t, 'union')
  const access = openAccess(db, { passwordCost })
  await assert.rejects(access.makeDemoAccounts(), told(/模擬の世界でだけ/))
  await access.declareInstallation('office')
  await access.declareInstallation('office')
  await assert.rejects(access.makeDemoAccounts(), told(/模擬の世界でだけ/))
  await assert.rejects(access.declareInstallation('invented'), told(/変えられません/))
  await assert.rejects(access.makeDemoAccounts(), AccessRefused)
  assert.deepEqual(await db.unscoped((tx) => tx.query('select 1 from access.account')), [])
})

const office = async (t: { after(clean: () => Promise<void>): void }) => {
  const clock = clockAt('2026-07-01T09:00:00+09:00')
  const db = await testDatabase(t, 'union', clock)
  const access = openAccess(db, { passwordCost })
  await access.declareInstallation('office')
  const enrol = (code: string, loginName = 'yamada', password = 'shiranui-no-umi') =>
    access.enrolFirstAdministrator({ code, loginName, password, name: '山田 管理', ...terminal })
  return { db, access, clock, enrol }
}

test('最初の管理者は一度だけ使える登録番号で登録し、その後は登録番号が出ない', async (t) => {
  const { access, enrol } = await office(t)
  const code = await access.issueEnrolmentCode({ union: '43' })
  assert.match(code ?? '', /^[2-9A-HJ-NP-Z]{5}(-[2-9A-HJ-NP-Z]{5}){3}$/)
  const account = await enrol((code as string).toLowerCase().replaceAll('-', ' '))
  assert.deepEqual(account.scope, { union: '43', municipality: '*' })
  assert.deepEqual(account.roles, ['administrator'])
  const answer = await access.signIn({
    loginName: 'yamada',
    password: 'shiranui-no-umi',
    ...terminal,
  })
  assert.ok(answer.ok)
  assert.equal(await access.issueEnrolmentCode({ union: '43' }), null)
  await assert.rejects(enrol(code as string, 'tanaka'), told(/登録番号が違うか/))
  assert.notEqual(
    await access.issueEnrolmentCode({ union: '31' }),
    null,
    '別の広域連合にはまだいない',
  )
  assert.notEqual(await access.issueEnrolmentCode('operator'), null)
})

test('違う登録番号・期限の切れた登録番号・新しく出し直す前の登録番号では登録できず、同時に使っても一人だけ', async (t) => {
  const { access, clock, enrol } = await office(t)
  await assert.rejects(enrol('AAAAA-AAAAA-AAAAA-AAAAA'), told(/登録番号/))
  const first = (await access.issueEnrolmentCode({ union: '43' })) as string
  const second = (await access.issueEnrolmentCode({ union: '43' })) as string
  await assert.rejects(enrol(first), told(/登録番号/))
  clock.pass(24 * 60)
  await assert.rejects(enrol(second), told(/登録番号/))
  const third = (await access.issueEnrolmentCode({ union: '43' })) as string
  const results = await Promise.allSettled([enrol(third, 'hitori'), enrol(third, 'futari')])
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected'])
})

test('弱いパスワードや形の違う利用者の名では登録できず、登録番号は使われずに残る', async (t) => {
  const { access, enrol } = await office(t)
  const code = (await access.issueEnrolmentCode({ union: '43' })) as string
  for (const [password, words] of [
    ['mijikai', /12文字以上/],
    ['password1234', /よく使われる/],
    ['yamada-no-himitsu', /利用者の名を含めない/],
    ['ababababababab', /繰返し/],
    ['長'.repeat(129), /128文字以下/],
  ] as const) {
    await assert.rejects(enrol(code, 'yamada', password), told(words))
  }
  await assert.rejects(enrol(code, '山田'), told(/半角の英小文字/))
  assert.equal((await enrol(code)).loginName, 'yamada')
})

test('管理者は自分の広域連合の利用者を登録し、見て、止められる。止められた人のセッションはすぐ終わる', async (t) => {
  const { access } = await invented(t)
  const { session: by } = await enter(access, 'kanri')
  const password = 'arao-no-umikaze'
  const account = await access.createAccount(by, {
    loginName: 'Arao-1',
    name: '荒尾 窓口',
    roles: ['counterClerk'],
    scope: { union: '43', municipality: '432041' },
    password,
  })
  assert.equal(account.loginName, 'arao-1')
  const entered = await access.signIn({
    loginName: 'arao-1',
    password,
    realm: 'counter',
    ...terminal,
  })
  assert.ok(entered.ok)
  const names = (await access.listAccounts(by))
    .map((found) => found.loginName)
    .filter((name) => !name.startsWith('madoguchi-'))
  assert.deepEqual(names, ['amakusa', 'arao-1', 'fuka', 'kanri', 'kumamoto', 'shikaku'])
  await access.disableAccount(by, account.id)
  const after = await access.sessionOf(entered.token)
  assert.ok(!after.ok)
  assert.match(
    refusal(await access.signIn({ loginName: 'arao-1', password, ...terminal })),
    /^refused/,
  )
})

test('別の広域連合の利用者は登録できず、見えず、止められない。自分も止められない', async (t) => {
  const { access, db } = await invented(t)
  const { session: by } = await enter(access, 'kanri')
  const tottori = await enter(access, 'tottori')
  const given = { loginName: 'yonago', name: '米子', password: 'daisen-no-yuki' }
  await assert.rejects(
    access.createAccount(by, {
      ...given,
      roles: ['counterClerk'],
      scope: { union: '31', municipality: '312029' },
    }),
    told(/自分の広域連合/),
  )
  await assert.rejects(
    access.createAccount(by, { ...given, roles: ['operator'], scope: null }),
    told(/自分の広域連合/),
  )
  await assert.rejects(access.disableAccount(by, tottori.session.account.id), told(/いません/))
  await assert.rejects(access.disableAccount(by, 'でたらめ'), told(/いません/))
  await assert.rejects(access.disableAccount(by, by.account.id), told(/自分自身/))
  assert.ok((await access.sessionOf(tottori.token)).ok)
  await assert.rejects(
    db.transaction({ union: '43', municipality: '*' }, (tx) =>
      tx.run(
        `insert into access.account values
           (gen_random_uuid(), 'yonago', '米子', '{premiumClerk}', '31', '*', 'x', $1, false, $1, null)`,
        [tx.now],
      ),
    ),
    (error) => error instanceof StoreError && error.kind === 'rowSecurity',
  )
})

test('管理者でない人は、利用者を登録できず、見えず、止められず、解けない', async () => {
  const { access } = shared
  for (const loginName of ['fuka', 'shikaku', 'kumamoto', 'tottori', 'unyo']) {
    const { session: by } = await enter(access, loginName)
    const given = {
      loginName: 'x-1',
      name: 'x',
      roles: ['premiumClerk'],
      password: 'shiranui-no-umi',
    } as const
    for (const refused of [
      () => access.createAccount(by, { ...given, scope: { union: '43', municipality: '*' } }),
      () => access.listAccounts(by),
      () => access.disableAccount(by, by.account.id),
      () => access.unlockAccount(by, by.account.id),
    ]) {
      await assert.rejects(refused(), told(/あなたの役割/))
    }
  }
})

test('役割と担当の範囲の合わない登録は、直すところを全部言って断る', async () => {
  const { access } = shared
  const { session: by } = await enter(access, 'kanri')
  const given = { loginName: 'x-2', name: 'x', password: 'shiranui-no-umi' }
  const all = { union: '43', municipality: '*' }
  const one = { union: '43', municipality: '431001' }
  for (const [roles, scope, words] of [
    [['counterClerk'], all, /市区町村を一つ/],
    [['premiumClerk'], one, /全域/],
    [['counterClerk', 'premiumClerk'], one, /兼ねられません/],
    [[], all, /役割を一つ以上/],
    [['premiumClerk'], null, /広域連合を決めて/],
  ] as const) {
    await assert.rejects(access.createAccount(by, { ...given, roles, scope }), told(words))
  }
  await assert.rejects(
    access.createAccount(by, { ...given, loginName: 'fuka', roles: ['premiumClerk'], scope: all }),
    told(/すでに使われています/),
  )
  await assert.rejects(
    access.createAccount(by, { ...given, loginName: '?', name: '', roles: [], scope: null }),
    told(/利用者の名.*名前.*役割.*広域連合/),
  )
})

test('管理者は締出しを解ける', async (t) => {
  const { access } = await invented(t)
  const { session: by } = await enter(access, 'kanri')
  const { session } = await enter(access, 'fuka')
  for (let time = 1; time <= 5; time += 1) {
    await access.signIn({ loginName: 'fuka', password: 'wrong-password', ...terminal })
  }
  await access.unlockAccount(by, session.account.id)
  await enter(access, 'fuka')
})

test('パスワードを替えると、ほかの端末のセッションは終わり、前のパスワードでは入れない', async (t) => {
  const { access } = await invented(t)
  const here = await enter(access, 'fuka')
  const elsewhere = await enter(access, 'fuka')
  const change = (current: string, next: string) =>
    access.changePassword(here.session, here.token, current, next)
  await assert.rejects(change('wrong-password', 'shiranui-no-umi'), told(/違います/))
  await assert.rejects(change('koiki-no-mihon', 'mijikai'), told(/12文字以上/))
  await change('koiki-no-mihon', 'shiranui-no-umi')
  assert.ok((await access.sessionOf(here.token)).ok)
  assert.ok(!(await access.sessionOf(elsewhere.token)).ok)
  const again = (password: string) => access.signIn({ loginName: 'fuka', password, ...terminal })
  assert.ok(!(await again('koiki-no-mihon')).ok)
  assert.ok((await again('shiranui-no-umi')).ok)
})

test('パスワードの確かめは、サインインと同じように数え、締め出す', async (t) => {
  const { access } = await invented(t)
  const { session } = await enter(access, 'fuka')
  assert.deepEqual(await access.confirmPassword(session, 'koiki-no-mihon'), { ok: true })
  for (let time = 1; time <= 5; time += 1) {
    assert.ok(!(await access.confirmPassword(session, 'wrong-password')).ok)
  }
  const answer = await access.confirmPassword(session, 'koiki-no-mihon')
  assert.ok(!answer.ok)
  assert.match(answer.sentence, /入れません/)
})

test('サインインと登録の記録が残り、直すことも消すことも許されない', async (t) => {
  const { access, db } = await invented(t)
  const { token } = await enter(access, 'kumamoto')
  await access.signIn({ loginName: 'kumamoto', password: 'wrong-password', ...terminal })
  await access.signIn({ loginName: 'inai', password: 'wrong-password', ...terminal })
  await access.signOut(token)
  const events = await db.unscoped((tx) =>
    tx.query(
      `select kind, scope_municipality as place, terminal, account_id is null as unknown, count(*) as times
         from access.event where kind <> 'created' group by 1, 2, 3, 4 order by 1, 2`,
    ),
  )
  const row = (kind: string, unknown = false) => ({
    kind,
    place: unknown ? null : '431001',
    terminal: '3番窓口',
    unknown,
    times: 1,
  })
  assert.deepEqual(events, [
    row('refused'),
    row('refused', true),
    row('signedIn'),
    row('signedOut'),
  ])
  for (const statement of [
    `update access.event set kind = 'signedIn'`,
    'delete from access.event',
    'delete from access.account',
    `update access.account set roles = '{administrator}'`,
    `update access.account set scope_municipality = '*'`,
    'delete from access.session',
    `update access.session set expires_at = '2099-01-01'`,
    `update access.installation set kind = 'invented'`,
  ]) {
    await assert.rejects(
      db.unscoped((tx) => tx.run(statement)),
      (error) => error instanceof StoreError && error.kind === 'permission',
      statement,
    )
  }
})

test('集約機関の役は、利用者の表を何も見られない', async () => {
  const operator = await shared.db.as('operator')
  await assert.rejects(
    operator.unscoped((tx) => tx.query('select 1 from access.account')),
    (error) => error instanceof StoreError && error.kind === 'permission',
  )
})

test('本番の強さのパスワードの要約も、同じ道で確かめられる', async (t) => {
  const db = await testDatabase(t, 'union')
  const access = openAccess(db)
  await access.declareInstallation('office')
  const code = (await access.issueEnrolmentCode({ union: '43' })) as string
  const password = '不知火の海に 小さな舟を出す'
  await access.enrolFirstAdministrator({
    code,
    loginName: 'yamada',
    name: '山田',
    password,
    ...terminal,
  })
  assert.ok((await access.signIn({ loginName: 'yamada', password, ...terminal })).ok)
  assert.ok(
    !(await access.signIn({ loginName: 'yamada', password: `${password}。`, ...terminal })).ok,
  )
})
