import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { demoAccounts } from '@koiki/access'
import { insuredNumber, insurerNumberOf } from '@koiki/kernel'
import {
  type Layout,
  type RowOf,
  recordOf,
  住民基本台帳情報,
  所得課税情報,
  被保険者情報,
} from '@koiki/layouts'
import { encodeWindows31J } from '../../ground/layouts/encoding.ts'
import { type Craft, type Crafted, craft, csvOf } from '../../tools/test/misbehavingSender.ts'
import {
  type RunningWorld,
  seat,
  smallWorld,
  townOf,
  until,
  witnesses,
} from '../../tools/test/smallWorld.ts'
import { tableDigests } from '../../tools/test/tableDigests.ts'
import { inventedIncome, inventedResident } from '../union/testing.ts'
import { Refused, type Seat } from './clients.ts'
import type { Town } from './flows.ts'

/**
 * 誤った入力 — files as a careless or wicked sender would make them, with the real keys of the parties, sent
 * through the real counter to the real union (and from the union to the real municipality).
 */
const world = smallWorld({ after }, { flows: false })
const kumamoto = '431001'
const amakusa = '432156'
let running: RunningWorld
let witness: Awaited<ReturnType<typeof witnesses>>
let town: Town
let neighbour: Town

before(
  async () => {
    running = await world.start()
    witness = await witnesses(running)
    town = await townOf(world, running, kumamoto)
    neighbour = await townOf(world, running, amakusa)
    await town.operator.work('/transfers', { step: '2-1' })
  },
  { timeout: 600_000 },
)
after(async () => {
  await witness?.close()
  await running?.stop()
})

// ── 送るもの ─────────────────────────────────────────────────────────────────

type Records = readonly (readonly string[])[]
const residents = 住民基本台帳情報 as Layout
const incomes = 所得課税情報 as Layout
const insured = 被保険者情報 as Layout

let people = 0
/** Somebody whom nobody has met before; alone in the household. */
function somebody(given: Readonly<Record<string, string>> = {}, code = kumamoto): string[] {
  people += 1
  const row = { ...inventedResident(people), 市区町村コード: code, 市区郡町村名: '架空市' }
  const record = recordOf(住民基本台帳情報)(row as RowOf<typeof 住民基本台帳情報>)
  return changed(residents, record, given)
}

const changed = (
  { names }: Layout,
  record: readonly string[],
  given: Readonly<Record<string, string>>,
): string[] => record.map((text, index) => given[names[index] as string] ?? text)

const itemOf = (record: readonly string[], name: string): string =>
  record[residents.names.indexOf(name)] as string

const csv = (records: Records, layout = residents): Buffer =>
  Buffer.from(csvOf(layout.names, records))

/** Windows-31J, with 〓 for each letter that it lacks, whichever people the order of the tests gives us. */
const japanese = (text: string): Buffer =>
  Buffer.concat(
    Array.from(text, (letter) => encodeWindows31J(letter) ?? (encodeWindows31J('〓') as Buffer)),
  )

const sentBy = (code: string) =>
  ({
    layout: residents,
    sender: `municipality:${code}`,
    receiver: 'union:43',
    union: '43',
    municipality: code,
  }) as const

/** The next number that the union expects: after the last, or the last itself where it was refused. */
async function nextNumber(counter: Seat, layout: Layout): Promise<number> {
  const { transmissions } = await counter.get<{
    transmissions: { layout: string; number: number; state: string }[]
  }>('/transmissions?direction=in')
  const own = transmissions.filter((one) => one.layout === layout.name)
  const last = Math.max(0, ...own.map(({ number }) => number))
  const living = own.some(({ number, state }) => number === last && state !== 'refused')
  return living || last === 0 ? last + 1 : last
}

const made = async (records: Records, different: Partial<Craft> = {}): Promise<Crafted> => {
  const layout = different.layout ?? residents
  const whole = { ...sentBy(kumamoto), records, plain: csv(records, layout), ...different }
  const sequenceNumber = different.sequenceNumber ?? (await nextNumber(town.counter, layout))
  return craft(world.keysFolder, { ...whole, sequenceNumber })
}

interface Detail {
  readonly transmission: { readonly state: string; readonly number: number }
  readonly sentence: string
  readonly findings: readonly {
    readonly line: number | null
    readonly column: string | null
    readonly code: string
    readonly sentence: string
  }[]
}

const settledStates = ['applied', 'refused', 'waiting']

/** Sends at the counter and waits until the union has made up its mind. */
async function send(file: Crafted, counter = town.counter): Promise<Detail & { id: string }> {
  const { transmission } = await counter.send(file)
  return { ...(await settled(transmission, counter)), id: transmission }
}

const settled = (transmission: string, counter = town.counter): Promise<Detail> =>
  until(async () => {
    const detail = await counter.get<Detail>(`/transmissions/${transmission}`)
    return settledStates.includes(detail.transmission.state) && detail
  })

const placesOf = ({ findings }: Detail) =>
  findings.map(({ line, column, code }) => [line, column, code])

/** A clerk reads it: Japanese, whole sentences, and never so many digits as a number of a person has. */
function assertReadable(text: string): void {
  assert.match(text, /[ぁ-ん].*。$/s)
  assert.doesNotMatch(text.normalize('NFKC'), /[0-9]{12}/)
  assert.doesNotMatch(text, /Error|undefined|null|NaN|SQLSTATE|\[object/)
}

const known = async (records: Records): Promise<string[]> => {
  const numbers = records.map((record) => `'${itemOf(record, '宛名番号')}'`).join(', ')
  return witness.union.lines(
    `select addressee_number as line from eligibility.resident
      where municipality_code = '${kumamoto}' and addressee_number in (${numbers}) order by 1`,
  )
}

const addressees = (records: Records): string[] =>
  records.map((record) => itemOf(record, '宛名番号')).sort()

// ── 窓口から広域連合へ: 中身が誤ったファイル ────────────────────────────────────

interface Wrong {
  readonly title: string
  /** From two sound people, what the sender does wrong. */
  readonly wrong: (sound: Records) => Partial<Craft>
  readonly places: readonly (readonly [number | null, string | null, string])[]
  readonly says: RegExp
}

const second = (sound: Records, given: Readonly<Record<string, string>>): Partial<Craft> => {
  const records = [sound[0] as string[], changed(residents, sound[1] as string[], given)]
  return { records, plain: csv(records) }
}

const asText = (sound: Records, change: (text: string) => string): Partial<Craft> => ({
  plain: Buffer.from(change(csvOf(residents.names, sound))),
})

const wrongs: readonly Wrong[] = [
  {
    title: '文字コードが Windows-31J',
    wrong: (sound) => ({ plain: japanese(csvOf(residents.names, sound)) }),
    places: [[1, null, 'E2001']],
    says: /文字コードが UTF-8 ではありません.*UTF-8 で保存し直してください/,
  },
  {
    title: '文字コードが UTF-16',
    wrong: (sound) => ({ plain: Buffer.from(`\ufeff${csvOf(residents.names, sound)}`, 'utf16le') }),
    places: [[1, null, 'E2001']],
    says: /UTF-16 のようです/,
  },
  {
    title: '1行だけ文字コードが違う',
    wrong: ([one, two]) => ({
      plain: Buffer.concat([csv([one as string[]]), japanese(csvOf(two as string[], []))]),
    }),
    places: [[3, null, 'E2001']],
    says: /1件も取り込みません/,
  },
  {
    title: '改行の混在',
    wrong: (sound) => asText(sound, (text) => text.replace(/\r\n(?=[^\r]*\r\n$)/, '\n')),
    places: [[2, null, 'E2009']],
    says: /改行が混ざっています/,
  },
  {
    title: '見出しの項目が足りない',
    wrong: (sound) => ({
      plain: Buffer.from(
        csvOf(
          residents.names.slice(0, -1),
          sound.map((record) => record.slice(0, -1)),
        ),
      ),
    }),
    places: [[1, null, 'E2002']],
    says: /足りない項目: 操作年月日/,
  },
  {
    title: '見出しの項目が多い',
    wrong: (sound) => ({
      plain: Buffer.from(
        csvOf(
          [...residents.names, '備考'],
          sound.map((record) => [...record, '']),
        ),
      ),
    }),
    places: [[1, null, 'E2002']],
    says: /余分な項目が1個あります/,
  },
  {
    title: '1行だけ項目が足りない(合計が合わなくても、先に行を言う)',
    wrong: ([one, two]) => ({ plain: csv([one as string[], (two as string[]).slice(0, -1)]) }),
    places: [
      [3, null, 'E2005'],
      [null, null, 'E3012'],
    ],
    says: /項目の数が.*1項目足りません/,
  },
  {
    title: '1行だけ項目が多い',
    wrong: ([one, two]) => ({ plain: csv([one as string[], [...(two as string[]), '']]) }),
    places: [
      [3, null, 'E2005'],
      [null, null, 'E3012'],
    ],
    says: /項目の数が/,
  },
  {
    title: '同じ人が2行',
    wrong: ([one, two]) => {
      const records = [one, two, one] as Records
      return { records, plain: csv(records) }
    },
    places: [
      [4, '宛名番号', 'E1007'],
      [4, '続柄', 'E1009'],
    ],
    says: /2行目と同じ宛名番号の行がもう一度あります/,
  },
  {
    title: '個人番号の検査用数字の誤り',
    wrong: (sound) => second(sound, { 個人番号: '123456789012' }),
    places: [[3, '個人番号', 'E1001']],
    says: /個人番号が正しい番号ではありません/,
  },
  {
    title: '市区町村コードの検査数字の誤り',
    wrong: (sound) => second(sound, { 転入前市区町村コード: '131017' }),
    places: [[3, '転入前市区町村コード', 'E1001']],
    says: /検査数字が合いません/,
  },
  {
    title: '生年月日が未来',
    wrong: (sound) => second(sound, { 生年月日: '2026-07-02' }),
    places: [[3, '生年月日', 'E1004']],
    says: /今日（2026-07-01）より後の日です/,
  },
  {
    title: '2月31日',
    wrong: (sound) => second(sound, { 生年月日: '1946-02-31' }),
    places: [[3, '生年月日', 'E1003']],
    says: /暦にない日です/,
  },
  {
    title: '和暦に書けないほど昔の日',
    wrong: (sound) => second(sound, { 住民となった日: '0001-01-01' }),
    places: [[3, '住民となった日', 'E1016']],
    says: /今の暦の始まる前/,
  },
  {
    title: '世帯主のいない世帯',
    wrong: (sound) => second(sound, { 続柄: '子' }),
    places: [[3, '続柄', 'E1008']],
    says: /世帯主の行がありません/,
  },
  {
    title: '世帯主が2人いる世帯',
    wrong: (sound) => second(sound, { 世帯番号: itemOf(sound[0] as string[], '世帯番号') }),
    places: [[3, '続柄', 'E1009']],
    says: /どちらも世帯主になっています/,
  },
  {
    title: '中にほかの市区町村の行がある',
    wrong: (sound) => second(sound, { 市区町村コード: amakusa }),
    places: [[3, '市区町村コード', 'E1010']],
    says: /このファイルの市区町村（431001）と違います/,
  },
  {
    title: '途中で切れたファイル',
    wrong: (sound) => ({ plain: csv(sound).subarray(0, -40) }),
    places: [[3, null, 'E2007']],
    says: /ファイルが途中で切れています/,
  },
  {
    title: '封が途中で切れている',
    wrong: () => ({ spoil: (sealed) => sealed.subarray(0, -10) }),
    places: [[null, null, 'E3009']],
    says: /途中で切れているか、変わっています/,
  },
  {
    title: '封が始まりで切れている',
    wrong: () => ({ spoil: (sealed) => sealed.subarray(0, 100) }),
    places: [[null, null, 'E3009']],
    says: /封じたファイルではありません/,
  },
  {
    title: 'ほかの宛先の鍵で封じてある',
    wrong: () => ({ sealedFor: 'union:31' }),
    places: [[null, null, 'E3009']],
    says: /この鍵では開けられない封です/,
  },
  {
    title: '0バイトのファイル',
    wrong: () => ({ records: [], plain: Buffer.alloc(0) }),
    places: [[null, null, 'E2003']],
    says: /中身が空です/,
  },
  {
    title: '送り状の件数がうそ',
    wrong: () => ({ lie: (manifest) => ({ ...manifest, recordCount: 3 }) }),
    places: [[null, null, 'E3011']],
    says: /送り状 3件、ファイル 2件/,
  },
  {
    title: '送り状の合計がうそ',
    wrong: () => ({ lie: (manifest) => ({ ...manifest, hashTotals: { 宛名番号: '1' } }) }),
    places: [[null, null, 'E3012']],
    says: /宛名番号の合計が送り状と違います/,
  },
  {
    title: '送り状の中身の SHA-256 がうそ',
    wrong: () => ({
      lie: (manifest) => ({ ...manifest, plain: { ...manifest.plain, sha256: '0'.repeat(64) } }),
    }),
    places: [[null, null, 'E3010']],
    says: /SHA-256が合いません/,
  },
  {
    title: '1行に10MB',
    wrong: (sound) => second(sound, { 方書: 'あ'.repeat(3_500_000) }),
    places: [[3, null, 'E2008']],
    says: /引用符の閉じ忘れか、別の種類のファイルです/,
  },
  {
    title: 'NUL 文字',
    wrong: (sound) => second(sound, { 氏名: '庭球　\0子' }),
    places: [[3, null, 'E2010']],
    says: /NUL/,
  },
  {
    title: '表計算ソフトの数式(半角)',
    wrong: (sound) => second(sound, { 方書: '=cmd|calc' }),
    places: [[3, '方書', 'E0002']],
    says: /数式に見える文字で始まっています/,
  },
  {
    title: '向きを変える目に見えない文字',
    wrong: (sound) => second(sound, { 氏名: '庭球　\u202e子花' }),
    places: [[3, '氏名', 'E1013']],
    says: /目に見えない制御文字/,
  },
]

for (const { title, wrong, places, says } of wrongs) {
  test(`断って何も変えず、直した同じ番号は取り込む: ${title}`, async () => {
    const sound = [somebody(), somebody()]
    const sequenceNumber = await nextNumber(town.counter, residents)
    const held = await tableDigests(witness.union)
    const bad = await made(sound, { sequenceNumber, ...wrong(sound) })
    const refused = await send(bad)
    assert.equal(refused.transmission.state, 'refused')
    assert.deepEqual(placesOf(refused), places)
    assert.match(refused.sentence, says)
    assert.match(
      refused.sentence,
      new RegExp(
        `^取り込みませんでした。.*同じ通し番号${sequenceNumber}で送り直してください。$`,
        's',
      ),
    )
    for (const { sentence } of [refused, ...refused.findings]) assertReadable(sentence)
    assert.deepEqual(await tableDigests(witness.union), held, '断ったのに、台帳が変わっている')

    const right = await send(await made(sound, { sequenceNumber, corrects: bad.transmissionId }))
    assert.equal(right.transmission.state, 'applied', right.sentence)
    assert.equal(right.transmission.number, sequenceNumber)
    assert.deepEqual(right.findings, [])
    assert.deepEqual(await known(sound), addressees(sound))
  })
}

test('送り状のレイアウトがうそなら断り、ほかのレイアウトの番号は進まない', async () => {
  const sound = [somebody()]
  const held = await tableDigests(witness.union)
  const number = await nextNumber(town.counter, incomes)
  const lie = await made(sound, {
    lie: (manifest) => ({ ...manifest, layout: incomes.name, sequenceNumber: number }),
  })
  const refused = await send(lie)
  assert.deepEqual(
    [refused.transmission.state, ...placesOf(refused)],
    ['refused', [1, null, 'E2002']],
  )
  assert.match(refused.sentence, /1行目の見出しが所得・課税情報/)
  assert.deepEqual(await tableDigests(witness.union), held)
  assert.equal((await send(await made(sound))).transmission.state, 'applied')
})

test('所得の額どうしが食い違うファイルは断り、行と項目を言う', async () => {
  const sound = [somebody()]
  await send(await made(sound))
  const income = recordOf(所得課税情報)(inventedIncome(people, 780_000))
  const own = { 市区町村コード: kumamoto, 宛名番号: itemOf(sound[0] as string[], '宛名番号') }
  const wrong = changed(incomes, income, { ...own, 専従者給与収入額: '1' })
  const held = await tableDigests(witness.union)
  const bad = await made([wrong], { layout: incomes })
  const refused = await send(bad)
  assert.deepEqual(placesOf(refused), [[2, '専従者給与収入額', 'E4201']])
  assertReadable(refused.sentence)
  assert.deepEqual(await tableDigests(witness.union), held)
  const right = await made([changed(incomes, income, own)], {
    layout: incomes,
    corrects: bad.transmissionId,
  })
  assert.equal((await send(right)).transmission.state, 'applied')
})

// ── 取り込んでよい変わったもの ──────────────────────────────────────────────

test('BOM のあるファイルと、改行が LF だけのファイルは、そのまま取り込む', async () => {
  for (const change of [
    (text: string) => `\ufeff${text}`,
    (text: string) => text.replaceAll('\r\n', '\n'),
  ]) {
    const sound = [somebody(), somebody()]
    const answer = await send(await made(sound, asText(sound, change)))
    assert.deepEqual([answer.transmission.state, ...answer.findings], ['applied'])
    assert.deepEqual(await known(sound), addressees(sound))
  }
})

test('0件のファイルは取り込むが、確かめるように知らせる', async () => {
  const held = await tableDigests(witness.union)
  const answer = await send(await made([]))
  assert.equal(answer.transmission.state, 'applied')
  assert.deepEqual(placesOf(answer), [[null, null, 'E2004']])
  assertReadable(answer.findings[0]?.sentence ?? '')
  assert.deepEqual(await tableDigests(witness.union), held)
})

test('数式に見える全角の氏名は取り込んで知らせ、誤りファイルは表計算ソフトで開いても動かない', async () => {
  const formula = somebody({ 氏名: '＝ＨＹＰＥＲＬＩＮＫ（＂ｘ＂）' })
  const answer = await send(await made([formula]))
  assert.equal(answer.transmission.state, 'applied')
  assert.deepEqual(placesOf(answer), [[2, '氏名', 'E1011']])
  const file = await town.counter.text(`/transmissions/${answer.id}/findings.csv`)
  assert.match(file, /E1011/)
  assert.doesNotMatch(file, /(^|,|")[=＝+＋@＠\t-]/m)
})

// ── 窓口で受け取らない送り状 ─────────────────────────────────────────────────

interface Unbelieved {
  readonly title: string
  readonly different: Partial<Craft>
  readonly says: RegExp
}

const unbelieved: readonly Unbelieved[] = [
  {
    title: '署名のあとで件数を書きかえた',
    different: { forge: (text) => text.replace('"recordCount": 1', '"recordCount": 2') },
    says: /署名が市区町村（431001）のものと確かめられません/,
  },
  {
    title: 'ほかの市区町村が署名した',
    different: { signer: `municipality:${amakusa}` },
    says: /署名が市区町村（431001）のものと確かめられません/,
  },
  {
    title: '広域連合が市区町村をかたって署名した',
    different: { signer: 'union:43' },
    says: /署名が市区町村（431001）のものと確かめられません/,
  },
  {
    title: 'ほかの市区町村の本物のファイル',
    different: sentBy(amakusa),
    says: /市区町村（432156）のもので、この窓口（431001）のものではありません/,
  },
  {
    title: 'ほかの広域連合あて',
    different: { receiver: 'union:31', union: '31' },
    says: /広域連合（31）あての送信です/,
  },
  {
    title: '届いたファイルが送り状のものと違う',
    different: { swap: (sealed) => Buffer.concat([sealed, Buffer.from('x')]) },
    says: /届いたファイルが送り状と違います/,
  },
  {
    title: 'この仕組みにないレイアウト',
    different: { lie: (manifest) => ({ ...manifest, layout: '介護保険情報' }) },
    says: /「介護保険情報」.*というレイアウトは、この仕組みにありません/,
  },
  {
    title: 'この仕組みにない版',
    different: { lie: (manifest) => ({ ...manifest, edition: '2031-04' }) },
    says: /（2031-04版）というレイアウトは、この仕組みにありません/,
  },
  {
    title: '送り状でない文',
    different: { forge: () => 'これは送り状ではありません' },
    says: /送り状を読めません（JSON ではない）/,
  },
  {
    title: '空の送り状',
    different: { forge: () => '' },
    says: /送り状を読めません/,
  },
  {
    title: '送り状に余分な項目',
    different: { lie: (manifest) => ({ ...manifest, 氏名: '架空　花子' }) },
    says: /送り状を読めません（形が違う: 全体）/,
  },
  {
    title: 'やりとりの記録に入らない件数',
    different: { lie: (manifest) => ({ ...manifest, recordCount: 2 ** 31 }) },
    says: /形が違う: recordCount/,
  },
  {
    title: 'やりとりの記録に入らない年',
    different: { lie: (manifest) => ({ ...manifest, createdAt: '0000-01-01T00:00:00Z' }) },
    says: /形が違う: createdAt/,
  },
  {
    title: '合計の項目名に NUL 文字',
    different: { lie: (manifest) => ({ ...manifest, hashTotals: { '宛名\0番号': '1' } }) },
    says: /合計の項目がレイアウトにありません/,
  },
  {
    title: '合計の項目名に番号を忍ばせた',
    different: { lie: (manifest) => ({ ...manifest, hashTotals: { '983205673214': '1' } }) },
    says: /合計の項目がレイアウトにありません/,
  },
  {
    title: '離れすぎた通し番号',
    different: { sequenceNumber: 2_000_000_000 },
    says: /離れすぎています/,
  },
]

for (const { title, different, says } of unbelieved) {
  test(`受け取らず、やりとりの記録にも載せない: ${title}`, async () => {
    const sound = [somebody()]
    const sequenceNumber = await nextNumber(town.counter, residents)
    const journal = () => tableDigests(witness.union, ['work', 'audit', 'access'])
    const held = await journal()
    const bad = await made(sound, { sequenceNumber, ...different })
    const refusal = await town.counter.send(bad).then(
      () => assert.fail('受け取ってしまった'),
      (error: unknown) => error,
    )
    assert.ok(refusal instanceof Refused)
    assert.equal(refusal.status, 422)
    assert.match(refusal.message, says)
    assertReadable(refusal.message)
    assert.deepEqual(await journal(), held, '受け取らないのに、やりとりの記録が変わっている')
    assert.equal((await send(await made(sound, { sequenceNumber }))).transmission.state, 'applied')
  })
}

// ── 通し番号 ─────────────────────────────────────────────────────────────────

test('同じ送信を何度、同時に送っても、1度だけ取り込む', async () => {
  const sound = [somebody()]
  const file = await made(sound)
  const answers = await Promise.all([send(file), send(file), send(file)])
  assert.deepEqual(new Set(answers.map(({ id }) => id)).size, 1)
  assert.equal((await send(file)).transmission.state, 'applied')
  const received = await witness.union.lines(
    `select count(*)::text as line from exchange.transmission
      where transmission_id = '${file.transmissionId}'`,
  )
  assert.deepEqual(received, ['1'])
})

test('取り込んだ番号で違う中身を送ると断り、先のものは変わらない', async () => {
  const sound = [somebody()]
  const sequenceNumber = await nextNumber(town.counter, residents)
  await send(await made(sound, { sequenceNumber }))
  const held = await tableDigests(witness.union)
  const other = await made([somebody()], { sequenceNumber })
  const refusal = await town.counter.send(other).catch((error: unknown) => error)
  assert.ok(refusal instanceof Refused)
  assert.equal(refusal.status, 409)
  assert.match(refusal.message, /もう別の中身で受け取っています/)
  assertReadable(refusal.message)
  assert.deepEqual(await tableDigests(witness.union), held)
})

test('番号が飛ぶと、届くまで待つ。届けば、順に取り込む', async () => {
  const first = await nextNumber(town.counter, residents)
  const groups = [[somebody()], [somebody()], [somebody()]] as const
  const held = await tableDigests(witness.union)
  const third = await send(await made(groups[2], { sequenceNumber: first + 2 }))
  const after = await send(await made(groups[1], { sequenceNumber: first + 1 }))
  for (const { transmission, sentence } of [third, after]) {
    assert.equal(transmission.state, 'waiting')
    assert.match(sentence, new RegExp(`通し番号${first}がまだ届いていません`))
    assertReadable(sentence)
  }
  assert.deepEqual(await tableDigests(witness.union), held)
  const { missing } = await town.counter.get<{ missing: { layout: string; number: number }[] }>(
    '/transmissions?direction=in',
  )
  assert.ok(missing.some((one) => one.layout === residents.name && one.number === first))
  assert.equal(
    (await send(await made(groups[0], { sequenceNumber: first }))).transmission.state,
    'applied',
  )
  for (const { id } of [after, third]) {
    await until(async () => {
      const { transmission } = await town.counter.get<Detail>(`/transmissions/${id}`)
      return transmission.state === 'applied'
    })
  }
  assert.deepEqual(await known(groups.flat()), addressees(groups.flat()))
})

// ── 二つの市区町村 ───────────────────────────────────────────────────────────

test('同じ日に二つの市区町村の住民である人は、知らせたうえで判定を待たせ、一方を直せば判定する', async () => {
  const moved = { 住民となった日: '2026-06-20', 異動年月日: '2026-06-20', 異動事由: '01' }
  const here = somebody(moved)
  const there = changed(residents, here, { 市区町村コード: amakusa })
  const inOther = async (records: Records, corrects: string | null = null): Promise<Crafted> =>
    craft(world.keysFolder, {
      ...sentBy(amakusa),
      records,
      plain: csv(records),
      corrects,
      sequenceNumber: await nextNumber(neighbour.counter, residents),
    })
  assert.equal((await send(await made([here]))).transmission.state, 'applied')
  const both = await send(await inOther([there]), neighbour.counter)
  assert.equal(both.transmission.state, 'applied')
  assert.deepEqual(placesOf(both), [[2, '個人番号', 'E4101']])
  assertReadable(both.findings[0]?.sentence ?? '')

  const shikaku = await seat(running, 'shikaku')
  const rights = () =>
    witness.union.lines(
      `select concat_ws(' ', e.municipality_code, e.acquired_on) as line
         from eligibility.resident r
         join eligibility.entitlement e on e.subject_key = r.subject_key
        where r.addressee_number = '${itemOf(here, '宛名番号')}'
          and r.municipality_code in ('${kumamoto}', '${amakusa}')
        group by 1 order by 1`,
    )
  await shikaku.run('decide-eligibility')
  assert.deepEqual(await rights(), [])

  // The other town finds that the person had lived there for long and left on that day.
  const left = changed(residents, there, {
    住民となった日: '2010-04-01',
    住民状態: '2',
    異動事由: '04',
    消除年月日: '2026-06-20',
    転出先市区町村コード: kumamoto,
  })
  assert.equal((await send(await inOther([left]), neighbour.counter)).transmission.state, 'applied')
  await shikaku.run('decide-eligibility')
  assert.deepEqual(await rights(), [`${kumamoto} 2020-02-11`, `${amakusa} 2020-02-11`])
})

// ── 送る途中の事故 ───────────────────────────────────────────────────────────

test('送る途中で切れた送信は何も残さず、窓口はそのまま使える', async () => {
  const file = await made([somebody()])
  const account = demoAccounts.find(({ loginName }) => loginName === 'kumamoto')
  const url = new URL(running.unionUrl)
  const signedIn = await fetch(`${url.origin}/counter/api/sign-in`, {
    method: 'POST',
    headers: { 'koiki-desk': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account: account?.loginName, password: account?.password }),
  })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const open = (lines: readonly string[], whole: boolean): Promise<number | 'cut'> =>
    new Promise((resolve) => {
      const asking = request(
        `${url.origin}/counter/api/transmissions`,
        {
          method: 'POST',
          headers: {
            'koiki-desk': '1',
            cookie,
            'content-type': 'multipart/form-data; boundary=x',
          },
        },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        },
      )
      asking.on('error', () => resolve('cut'))
      asking.write(`${lines.join('\r\n')}\r\n`)
      asking.write(Buffer.alloc(100_000, 1), () => {
        if (whole) asking.end()
        else asking.destroy()
      })
    })
  const parts = [
    '--x',
    'content-disposition: form-data; name="manifest"',
    '',
    file.manifest,
    '--x',
    'content-disposition: form-data; name="file"; filename="sealed"',
    '',
    '',
  ]
  assert.equal(await open(parts, false), 'cut')
  assert.equal(await open(parts, true), 400)
  const place = path.join(world.folder, 'files', 'union')
  await until(() => readdirSync(place).every((name) => !name.endsWith('.partial')))
  assert.equal((await send(file)).transmission.state, 'applied')
})

// ── 広域連合から市区町村へ ────────────────────────────────────────────────────

let insuredPeople = 0
/** 被保険者情報 of somebody who is in the municipality's own register. */
async function insuredRow(given: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const all = await witness.municipality.lines(
    `select concat_ws('|', addressee_number, household_number, name, birth_date, sex) as line
       from municipal_system.resident
      where municipality_code = '${kumamoto}' and status = '1' and birth_date is not null
      order by addressee_number`,
  )
  const [addressee, household, name, birth, sex] = (all[insuredPeople] ?? '').split('|')
  insuredPeople += 1
  const row: Record<string, string | undefined> = {
    市区町村コード: kumamoto,
    宛名番号: addressee,
    世帯番号: household,
    被保険者番号: insuredNumber(4_319_000 + insuredPeople),
    保険者番号: insurerNumberOf(kumamoto),
    氏名: name,
    生年月日: birth,
    性別: sex,
    資格取得年月日: '2020-04-01',
    資格取得事由: '01',
    異動区分: '1',
    支援措置区分: '0',
    操作年月日: '2026-07-01',
    ...given,
  }
  return insured.names.map((item) => row[item] ?? '')
}

interface Import {
  readonly state: string
  readonly sequenceNumber: number
  readonly sentence: string
  readonly findings: Detail['findings']
}

async function nextFromUnion(): Promise<number> {
  const { imports } = await town.operator.get<{ imports: (Import & { layout: string })[] }>(
    '/imports',
  )
  const own = imports.filter(({ layout }) => layout === insured.name)
  const last = Math.max(0, ...own.map(({ sequenceNumber }) => sequenceNumber))
  const living = own.some((one) => one.sequenceNumber === last && one.state !== 'refused')
  return living || last === 0 ? last + 1 : last
}

const fromUnion = async (records: Records, different: Partial<Craft> = {}): Promise<Crafted> =>
  craft(world.keysFolder, {
    layout: insured,
    sender: 'union:43',
    receiver: `municipality:${kumamoto}`,
    union: '43',
    municipality: kumamoto,
    records,
    plain: csv(records, insured),
    sequenceNumber: await nextFromUnion(),
    ...different,
  })

async function bring(file: Crafted): Promise<Import> {
  await town.operator.bring(file)
  return town.operator.get<Import>(`/imports/${file.transmissionId}`)
}

const fromUnionWrongs: readonly {
  readonly title: string
  readonly wrong: (record: readonly string[]) => Partial<Craft>
  readonly places: readonly (readonly [number, string | null, string])[]
}[] = [
  {
    title: '文字コード',
    wrong: (record) => ({ plain: japanese(csvOf(insured.names, [record])) }),
    places: [[1, null, 'E2001']],
  },
  {
    title: '封が途中で切れている',
    wrong: () => ({ spoil: (sealed) => sealed.subarray(0, -5) }),
    places: [[0, null, 'E3009']],
  },
  {
    title: '送り状の件数がうそ',
    wrong: () => ({ lie: (manifest) => ({ ...manifest, recordCount: 0 }) }),
    places: [[0, null, 'E3011']],
  },
  {
    title: '同じ資格が2行',
    wrong: (record) => ({
      records: [record, record],
      plain: csv([record, record], insured),
    }),
    places: [[3, '被保険者番号', 'E1007']],
  },
  {
    title: '被保険者番号の検証番号の誤り',
    wrong: (record) => one(record, { 被保険者番号: '43190019' }),
    places: [[2, '被保険者番号', 'E1001']],
  },
  {
    title: 'ほかの市区町村の行',
    wrong: (record) => one(record, { 市区町村コード: amakusa }),
    places: [[2, '市区町村コード', 'E1010']],
  },
  {
    title: 'この市区町村にいない宛名番号',
    wrong: (record) => one(record, { 宛名番号: '999999999999999' }),
    places: [[2, '宛名番号', 'E4002']],
  },
  {
    title: '喪失が取得より前',
    wrong: (record) =>
      one(record, { 資格喪失年月日: '2020-03-31', 資格喪失事由: '01', 異動区分: '3' }),
    places: [[2, '資格喪失年月日', 'E1005']],
  },
  {
    title: '1行に10MB',
    wrong: (record) => one(record, { 氏名: 'あ'.repeat(3_500_000) }),
    places: [[2, null, 'E2008']],
  },
  {
    title: 'NUL 文字',
    wrong: (record) => one(record, { 氏名: '庭球　\0子' }),
    places: [[2, null, 'E2010']],
  },
]

function one(
  record: readonly string[],
  given: Readonly<Record<string, string>>,
): Pick<Craft, 'records' | 'plain'> {
  const records = [changed(insured, record, given)]
  return { records, plain: csv(records, insured) }
}

for (const { title, wrong, places } of fromUnionWrongs) {
  test(`市区町村も、断って何も変えず、直した同じ番号は取り込む: ${title}`, async () => {
    const record = await insuredRow()
    const sequenceNumber = await nextFromUnion()
    const held = await tableDigests(witness.municipality)
    const bad = await fromUnion([record], { sequenceNumber, ...wrong(record) })
    const refused = await bring(bad)
    assert.equal(refused.state, 'refused')
    assert.deepEqual(
      refused.findings.map(({ line, column, code }) => [line, column, code]),
      places,
    )
    for (const { sentence } of [refused, ...refused.findings]) assertReadable(sentence)
    assert.deepEqual(await tableDigests(witness.municipality), held)
    const right = await bring(
      await fromUnion([record], { sequenceNumber, corrects: bad.transmissionId }),
    )
    assert.deepEqual([right.state, right.sequenceNumber], ['applied', sequenceNumber])
  })
}

for (const [title, different, says] of [
  [
    '署名のあとで書きかえた',
    { forge: (text) => text.replace('recordCount": 1', 'recordCount": 2') },
    /署名/,
  ],
  ['ほかの市区町村あて', { receiver: `municipality:${amakusa}`, municipality: amakusa }, /432156/],
  ['送り状でない文', { forge: () => '{}' }, /送り状を読めません/],
] satisfies [string, Partial<Craft>, RegExp][]) {
  test(`市区町村も、受け取らず、やりとりの記録にも載せない: ${title}`, async () => {
    const journal = () => tableDigests(witness.municipality, ['work', 'audit'])
    const held = await journal()
    const refusal = await town.operator
      .bring(await fromUnion([await insuredRow()], different))
      .catch((error: unknown) => error)
    assert.ok(refusal instanceof Refused)
    assert.equal(refusal.status, 422)
    assert.match(refusal.message, says)
    assertReadable(refusal.message)
    assert.deepEqual(await journal(), held)
  })
}
