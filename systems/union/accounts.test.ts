import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type { Door, Session, StaffAccounts } from './api.ts'
import { testUnion } from './testing.ts'

const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-page-'))
after(() => rm(deskFolder, { recursive: true }))
await mkdir(path.join(deskFolder, 'assets'))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>広域</title>')

const union = await testUnion({ after }, deskFolder, 'office')
const password = 'hajimete no aikotoba'

async function post(where: string, body: unknown, cookie = ''): Promise<Response> {
  return fetch(`${union.service.url}/${where}`, {
    method: 'POST',
    headers: {
      'koiki-desk': '1',
      'content-type': 'application/json',
      ...(cookie === '' ? {} : { cookie }),
    },
    body: JSON.stringify(body),
  })
}

async function enter(realm: 'union' | 'counter', account: string, secret = password) {
  const answer = await post(`${realm}/api/sign-in`, { account, password: secret })
  return { answer, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

const sentence = async (answer: Response) => ((await answer.json()) as { message: string }).message

test('事務所の据付け: 見本の利用者はいない。登録番号で管理者が入り、窓口の人を登録し、止められる', async () => {
  const door = (await (await fetch(`${union.service.url}/union/api/door`)).json()) as Door
  assert.deepEqual([door.invented, door.today, door.accounts], [false, null, []])

  const code = await union.access.issueEnrolmentCode({ union: '43' })
  const administrator = { account: 'kanrisha', name: '試験 はじめ', password }
  const wrong = await post('union/api/enrol', { ...administrator, code: 'AAAAA-AAAAA-AAAAA-AAAAA' })
  assert.equal(wrong.status, 422)
  assert.match(await sentence(wrong), /期限が切れたか/)
  assert.equal((await post('union/api/enrol', { ...administrator, code })).status, 200)
  assert.equal(
    (await post('union/api/enrol', { ...administrator, account: 'tsugi', code })).status,
    422,
    '登録番号は一度だけ',
  )

  const { answer, cookie } = await enter('union', 'kanrisha')
  const session = (await answer.json()) as Session
  assert.equal(session.role, '管理者')
  assert.equal(session.may.includes('person.read'), false)

  const clerk = {
    account: 'mado1',
    name: '試験 まど',
    role: 'counterClerk',
    municipality: '432156',
    password: 'mado no aikotoba',
  }
  const short = await post('union/api/accounts', { ...clerk, password: 'mijikai' }, cookie)
  assert.equal(short.status, 422)
  assert.match(await sentence(short), /12文字/)
  assert.equal((await post('union/api/accounts', clerk, cookie)).status, 200)

  const seat = await enter('counter', 'mado1', clerk.password)
  assert.equal(((await seat.answer.json()) as Session).municipality?.name, '天草市')
  const changed = await post(
    'counter/api/password',
    { current: clerk.password, next: 'atarashii aikotoba' },
    seat.cookie,
  )
  assert.equal(changed.status, 200)
  assert.equal((await enter('counter', 'mado1', clerk.password)).answer.status, 403)
  assert.equal((await enter('counter', 'mado1', 'atarashii aikotoba')).answer.status, 200)

  const list = (await (
    await fetch(`${union.service.url}/union/api/accounts`, { headers: { cookie } })
  ).json()) as StaffAccounts
  assert.deepEqual(
    list.accounts.map(({ account, place, self }) => [account, place, self]),
    [
      ['kanrisha', '広域連合', true],
      ['mado1', '天草市の窓口', false],
    ],
  )
  assert.ok(list.municipalities.every(({ code }) => code.startsWith('43')))
  const [own, other] = list.accounts
  const self = await post(`union/api/accounts/${own?.id}/disable`, {}, cookie)
  assert.equal(self.status, 422)
  assert.equal((await post(`union/api/accounts/${other?.id}/disable`, {}, cookie)).status, 200)
  const ended = await fetch(`${union.service.url}/counter/api/session`, {
    headers: { cookie: seat.cookie },
  })
  assert.equal(ended.status, 401)
  assert.deepEqual(union.faults, [])
})
