import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { revealNumber } from '@koiki/kernel'
import { 被保険者情報 } from '@koiki/layouts'
import { insuredRow, testService } from '../../municipality/testService.ts'
import { addresseeNumberOf, inventedNumber } from '../../municipality/testWorld.ts'
import { noteRunning } from '../running.ts'
import { run } from './town.ts'

const world = await testService({ after }, ['431001', '432024', '432032', '432041'])
const folder = await mkdtemp(path.join(tmpdir(), 'koiki-town-'))
after(() => rm(folder, { recursive: true, force: true }))
await mkdir(path.join(folder, 'files'))
await symlink(world.dataFolder, path.join(folder, 'files', 'municipality'))
noteRunning(folder, {
  processId: process.pid,
  serverUrl: '',
  unionUrl: '',
  municipalityUrl: world.service.url,
})

async function town(words: string, input = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const argv = [...words.split(' '), '--data', folder]
  const code = await run(argv, { stdin: Readable.from([input]), stdout, stderr })
  stdout.end()
  stderr.end()
  return { code, said: await text(stdout), complaint: await text(stderr) }
}

const json = async (words: string, input = '') => {
  const { code, said, complaint } = await town(`${words} --json`, input)
  assert.equal(code, 0, complaint)
  return JSON.parse(said) as Record<string, unknown>
}

const move = {
  kind: '転居',
  occurredOn: '2026-06-30',
  addresseeNumbers: [addresseeNumberOf(2)],
  address: { townName: '模擬町三丁目' },
}

test('一覧は市区町村と行儀を言い、行儀は名前でも変えられる', async () => {
  const { towns } = await json('list')
  assert.equal((towns as unknown[]).length, 4)
  assert.equal((await json('432041 misbehave late --until 2026-07-03')).conduct, 'late')
  assert.match((await town('list')).said, /432041 \S+ late 媒体0件/)
  assert.match((await town('432041 state')).said, /行儀 late（2026-07-03まで）/)
  assert.equal((await json('432041 misbehave off')).conduct, 'off')
  assert.deepEqual(await json('熊本市 release'), { released: 0 })
})

test('届出・移転・移出を流せば媒体に出て、同じファイルを二度流しても一度だけ記録する', async () => {
  const lines = `${JSON.stringify(move)}\n`
  const first = await town('431001 event -', lines)
  assert.match(first.said, /^記録しました: 受付番号 /)
  assert.match((await town('431001 event -', lines)).said, /^もう記録してあります/)
  const moved = await json('431001 transfer 2-1')
  assert.deepEqual([moved.transfers, moved.rows], [1, 12])
  assert.match((await town('431001 transfer 2-1')).said, /変わったものはありません/)
  const out = path.join(folder, 'medium')
  const exported = await town(`431001 export 2-2 --out ${out}`)
  assert.match(exported.said, /住民基本台帳情報: 10件（全件）/)
  assert.deepEqual(
    (await readdir(out)).toSorted(),
    ['non-registered-persons', 'resident-register'].flatMap((id) => [
      `431001-${id}-000001.age`,
      `431001-${id}-000001.manifest.json`,
    ]),
  )
  const { conduct, residentRegister } = await json('431001 state')
  assert.equal((conduct as { conduct: string }).conduct, 'off')
  assert.equal((residentRegister as { count: number }).count, 12)
})

test('断りは理由をすべて言って1で終わり、途中で断られれば続きから流せる', async () => {
  const unknown = { ...move, addresseeNumbers: ['404', '405'] }
  const refused = await town('432024 event -', JSON.stringify(unknown))
  assert.deepEqual([refused.code, refused.said], [1, ''])
  assert.equal(refused.complaint.trim().split('\n').length, 2)
  const half = await town('432024 event - --json', JSON.stringify([move, unknown]))
  assert.equal(half.code, 1)
  const { refused: reasons } = JSON.parse(half.said) as { refused: string[] }
  assert.match(reasons[0] ?? '', /^2件目で断られました。その前の1件は記録しました。/)
  const file = path.join(folder, 'mended.ndjson')
  const mended = { ...unknown, addresseeNumbers: [addresseeNumberOf(1)] }
  await writeFile(file, `${JSON.stringify(move)}\n\n${JSON.stringify(mended)}\n`)
  const said = (await town(`432024 event ${file}`)).said.split('\n')
  assert.match(said[0] ?? '', /^もう記録してあります/)
  assert.match(said[1] ?? '', /^記録しました/)
})

test('さがせば宛名番号がわかる', async () => {
  const { residents } = await json('432041 find 模擬一')
  assert.deepEqual(
    (residents as { addresseeNumber: string }[]).map(({ addresseeNumber }) => addresseeNumber),
    [addresseeNumberOf(1)],
  )
  assert.match((await town('432041 find 7')).said, /消除$/m)
  assert.match((await town('432041 find いない')).said, /だれも見つかりません/)
})

test('受付番号は個人番号から作らない', async () => {
  const withNumber = (running: number) =>
    JSON.stringify({
      kind: '個人番号変更',
      occurredOn: '2026-06-30',
      addresseeNumbers: [addresseeNumberOf(3)],
      individualNumber: revealNumber(inventedNumber(running)),
    })
  const first = await json('431001 event -', withNumber(990_011))
  const second = await json('431001 event -', withNumber(990_012))
  const idOf = (answer: Record<string, unknown>) =>
    (answer.events as { eventId: string }[])[0]?.eventId
  assert.equal(idOf(first), idOf(second))
})

test('読めない届出は、どの行かだけを言い、番号を繰り返さない', async () => {
  const number = revealNumber(inventedNumber(990_009))
  const broken = await town(
    '432024 event -',
    `${JSON.stringify(move)}\n{"individualNumber": "${number}"`,
  )
  assert.equal(broken.code, 1)
  assert.match(broken.complaint, /^2行目をJSONとして読めません/)
  assert.ok(!broken.complaint.includes(number))
  const empty = await town('432024 event -', '\n')
  assert.match(empty.complaint, /1件もありません/)
})

test('広域連合のファイルを移入し、断ったファイルなら所見を言って1で終わる', async () => {
  const code = '432032'
  await town(`${code} transfer 2-1`)
  const send = async (person: number) => {
    const prepared = await world.unionPrepares(code, 被保険者情報, [insuredRow(code, person)])
    const file = path.join(folder, `${person}.manifest.json`)
    await writeFile(file, prepared.manifestText)
    return `${code} import ${file} ${prepared.sealedFile}`
  }
  const taken = await town(await send(1))
  assert.equal(taken.code, 0, taken.complaint)
  assert.match(taken.said, /^被保険者情報: /)
  const back = await json(`${code} transfer 3-6`)
  assert.equal(back.changed, 1)
  const unknown = await town(await send(555))
  assert.equal(unknown.code, 1)
  assert.match(unknown.said, /2行目 宛名番号の人が市区町村システムにいません/)
})

test('使い方の誤りは2で終わり、何もしない', async () => {
  const cases: [string, RegExp][] = [
    ['999999 state', /「999999」という市区町村はありません/],
    ['431001', /することを find event /],
    ['431001 dance', /「dance」ではなく/],
    ['431001 transfer 9-9', /手順を 2-1 3-6 4-1/],
    ['431001 misbehave loud', /行儀を late /],
    ['431001 state --out x', /--out は、ここでは使いません/],
    ['431001 export 2-2 --mode some', /--mode は auto/],
    ['431001 import one', /この順に書いてください/],
  ]
  for (const [words, pattern] of cases) {
    const { code, complaint } = await town(words)
    assert.equal(code, 2, words)
    assert.match(complaint, pattern, words)
  }
  const help = await town('--help')
  assert.equal(help.code, 0)
  for (const verb of ['event', 'transfer', 'export', 'import', 'state', 'misbehave', 'list'])
    assert.ok(help.said.includes(verb), verb)
})

test('世界が動いていなければ、どう始めるかを言う', async () => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'koiki-nowhere-'))
  try {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const code = await run(['431001', 'state', '--data', elsewhere], {
      stdin: Readable.from([]),
      stdout,
      stderr,
    })
    stderr.end()
    assert.equal(code, 1)
    assert.match(await text(stderr), /先に npm start で始めてください/)
  } finally {
    await rm(elsewhere, { recursive: true })
  }
})
