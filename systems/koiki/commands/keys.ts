import { existsSync } from 'node:fs'
import path from 'node:path'
import {
  certifyKey,
  developmentValidity,
  type ListedKeys,
  listKeys,
  makePartyKeys,
  renewPartyKeys,
  revokeKey,
} from '@koiki/exchange'
import { type PlainDate, parsePlainDate, plainDate } from '@koiki/kernel'
import {
  databaseUrl,
  municipalities,
  openDatabase,
  systemClock,
  unionBodies,
  worldClock,
} from '@koiki/store'
import { command, dataFolder, refuseSurplus, type Values, WrongUse } from '../commandLine.ts'
import { kindOf } from '../installation.ts'
import type { Io } from '../io.ts'
import { Refusal } from '../refusal.ts'
import { findRunning } from '../running.ts'

const help = `使い方:
  npx koiki keys list [--party 当事者] [--on 日]   鍵、証明書の期限、だれがだれの鍵をいつまで信じるか
  npx koiki keys make --party 当事者               鍵の組を作る（ある鍵は変えない）
  npx koiki keys certify --party 当事者 [--key 鍵] [--from 日] [--until 日]
                                                   認証局が証明書を出す、出し直す（初めは、いちばん新しい鍵）
  npx koiki keys renew --party 当事者 [--until 日] 新しい鍵に替える（前の鍵は、前のファイルを開くのに残る）
  npx koiki keys revoke --party 当事者 --key 鍵 --reason わけ [--on 日]
                                                   鍵を失効させる（なくした、読まれたかもしれない）

選択:
  --party 当事者 union:43 か municipality:431001
  --key 鍵       list に出る16けたの鍵の名
  --from --until 証明書の初めと終わりの日（YYYY-MM-DD）
  --on 日        list では確かめる日、revoke では失効の日（初めは今日）
  --reason わけ  失効のわけ（1〜200字）
  --data DIR     データ置き場（初めは環境変数 KOIKI_DATA、なければ data）

動いている間も使え、すぐに効きます。秘密鍵は、どこにも表示しません。
list は、直すべきことがなければ 0、あれば 1 で終わります。
`

const options = {
  data: 'text',
  from: 'text',
  key: 'text',
  on: 'text',
  party: 'text',
  reason: 'text',
  until: 'text',
} as const
type Given = Values<typeof options>

interface Verb {
  /** Besides --data. */
  readonly takes: readonly (keyof Given)[]
  readonly needs: readonly (keyof Given)[]
  work(place: Place, values: Given, io: Io): Promise<number>
}

/** Where the keys lie, and the day by which they are judged. */
interface Place {
  readonly folder: string
  readonly keys: string
  today(): Promise<PlainDate>
}

const verbs: Readonly<Record<string, Verb>> = {
  list: { takes: ['party', 'on'], needs: [], work: list },
  make: { takes: ['party'], needs: ['party'], work: make },
  certify: { takes: ['party', 'key', 'from', 'until'], needs: ['party'], work: certify },
  renew: { takes: ['party', 'until'], needs: ['party'], work: renew },
  revoke: {
    takes: ['party', 'key', 'on', 'reason'],
    needs: ['party', 'key', 'reason'],
    work: revoke,
  },
}

/** koiki keys list|make|certify|renew|revoke — the parties' keys and their certificates; never prints a private one. */
export const run = command({ name: 'keys', help, options, words: 1 }, async (values, words, io) => {
  const [name = ''] = words
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (verb === undefined)
    throw new WrongUse(`${Object.keys(verbs).join('、')} のどれかを書いてください。`)
  refuseSurplus(words, 1)
  checkOptions(name, verb, values)
  return await verb.work(placeOf(values), values, io)
})

function checkOptions(name: string, { takes, needs }: Verb, values: Given): void {
  const faults: string[] = []
  for (const one of Object.keys(options) as (keyof Given)[]) {
    const written = values[one] !== undefined
    if (written && one !== 'data' && !takes.includes(one))
      faults.push(`--${one} は、keys ${name} では使いません。`)
    if (!written && needs.includes(one)) faults.push(`--${one} を書いてください。`)
  }
  const { party, key, reason } = values
  if (party !== undefined && !parties.includes(party))
    faults.push(
      '--party には union:43 か municipality:431001 の形で、この県の当事者を書いてください。',
    )
  if (key !== undefined && !/^[0-9a-f]{16}$/.test(key))
    faults.push('--key には keys list に出る16けたの鍵の名を書いてください。')
  if (reason !== undefined && reason.length > 200)
    faults.push('--reason は200字までで書いてください。')
  for (const one of ['from', 'until', 'on'] as const)
    if (values[one] !== undefined && parsePlainDate(values[one]) === null)
      faults.push(`--${one} に YYYY-MM-DD の日を書いてください。`)
  if (faults.length > 0) throw new WrongUse(faults.join('\n'))
}

const parties: readonly string[] = [
  ...unionBodies.map(({ unionCode }) => `union:${unionCode}`),
  ...unionBodies.map(({ unionCode }) => `intermediary:${unionCode}`),
  ...municipalities.map(([code]) => `municipality:${code}`),
]

function placeOf(values: Given): Place {
  const folder = path.resolve(dataFolder(values.data))
  const keys = path.join(folder, 'keys')
  if (!existsSync(keys))
    throw new Refusal(
      `データ置き場「${folder}」には、まだ鍵の置き場がありません。場所を確かめ、--data で指定してください。`,
    )
  return { folder, keys, today: () => todayOf(folder) }
}

/** An office's day is the machine's; an invented world's is known to its database alone. */
async function todayOf(folder: string): Promise<PlainDate> {
  if (kindOf(folder) !== 'invented') return (await systemClock.moment(async () => [])).today
  const running = findRunning(folder)
  if (running === null)
    throw new Refusal(
      '模擬の世界の今日は、動いている間だけわかります。npm start で始めてからにするか、--on で日を書いてください。',
    )
  const url = databaseUrl(running.serverUrl, 'union', 'koiki_union', 'app')
  const database = await openDatabase({ url, applicationName: 'koiki 鍵', clock: worldClock })
  try {
    return await database.unscoped(async ({ today }) => today)
  } finally {
    await database.close()
  }
}

const dayIn = (text: string | undefined): PlainDate | null =>
  text === undefined ? null : plainDate(text)

async function list({ keys: folder, today }: Place, values: Given, io: Io): Promise<number> {
  const on = dayIn(values.on) ?? (await today())
  const listed = await listKeys(folder, on)
  const { authority, revoked, faults } = listed
  const say = (line: string): void => void io.stdout.write(`${line}\n`)
  say(`${on} の鍵（${folder}）`)
  say(`認証局: ${authorityLines[authority]}`)
  if (revoked === null)
    say('失効リスト: 確かめられません。どの鍵も使えません。失効リストを控えから戻してください。')
  const of = values.party
  for (const { party, keyId, use, validFrom, validUntil, sentence } of listed.keys) {
    if (of !== undefined && of !== party) continue
    const days = validUntil === null ? '証明書なし' : `証明書 ${validFrom}〜${validUntil}`
    say(`${party} 鍵 ${keyId} ${use} ${days}${sentence === '' ? '' : ` ${sentence}`}`)
    if (use === '使う鍵') say(`  ${trust(listed, party, keyId, validUntil)}`)
  }
  for (const one of revoked ?? [])
    if (of === undefined) say(`失効: 鍵 ${one.keyId} ${one.on} ${one.reason}`)
  const told = of === undefined ? faults : faults.filter((one) => one.includes(of))
  for (const fault of told) io.stderr.write(`${fault}\n`)
  return told.length === 0 && revoked !== null ? 0 : 1
}

const authorityLines: Readonly<Record<ListedKeys['authority'], string>> = {
  なし: 'ありません。当事者は、受け取った公開の鍵のファイルをそのまま信じます。',
  確かめるだけ: '公開の鍵だけがあります。証明書を確かめますが、ここでは出せません。',
  証明書を出せる: '開発用の認証局の秘密鍵がここにあります。証明書を出せ、鍵を失効させられます。',
}

/** The union exchanges with every municipality, and each of these with the union alone. */
function trust(
  { keys }: ListedKeys,
  party: string,
  keyId: string,
  until: PlainDate | null,
): string {
  const isUnion = party.startsWith('union:')
  const partners = new Set(
    keys
      .map((one) => one.party)
      .filter((one) => one.startsWith('union:') !== isUnion && unionOf(one) === unionOf(party)),
  )
  const towns = [...partners].filter((one) => one.startsWith('municipality:'))
  const others = [...partners].filter((one) => !towns.includes(one))
  const shown = towns.length > 3 ? [`市区町村${towns.length}団体`] : towns
  const who = [...others, ...shown].join('、')
  if (who === '') return 'この鍵で封じる相手の鍵が、まだここにありません。'
  return `${who}は、鍵 ${keyId} を${until === null ? '期限なく' : `${until}まで`}信じます。`
}

const unionOf = (party: string): string => party.split(':')[1]?.slice(0, 2) ?? ''

async function make({ keys }: Place, { party = '' }: Given, io: Io): Promise<number> {
  const before = await newestOf(keys, party)
  await makePartyKeys(keys, party)
  const key = await newestOf(keys, party)
  if (before !== null) {
    io.stdout.write(`${party} の鍵 ${before.keyId} がもうあります。変えていません。\n`)
    return 0
  }
  io.stdout.write(
    `${party} の鍵 ${key?.keyId} を作りました。${certified(key?.validUntil ?? null)}\n`,
  )
  return 0
}

const certified = (until: PlainDate | null): string =>
  until === null
    ? '証明書はまだありません。公開の鍵のファイルを認証局に渡し、証明書を受けてください。'
    : `証明書は ${until} までです。公開の鍵のファイルを相手に渡してください。`

async function certify(place: Place, values: Given, io: Io): Promise<number> {
  const { party = '', key } = values
  const validFrom = dayIn(values.from) ?? developmentValidity.validFrom
  const validUntil = dayIn(values.until) ?? developmentValidity.validUntil
  if (validFrom > validUntil) throw new WrongUse('--from の日が --until の日より後です。')
  const { keyId } = await certifyKey(place.keys, party, { validFrom, validUntil }, key)
  io.stdout.write(`${party} の鍵 ${keyId} に、${validFrom}〜${validUntil} の証明書を出しました。\n`)
  return 0
}

async function renew({ keys }: Place, values: Given, io: Io): Promise<number> {
  const { party = '' } = values
  const before = await newestOf(keys, party)
  const validUntil = dayIn(values.until) ?? developmentValidity.validUntil
  await renewPartyKeys(keys, party, { ...developmentValidity, validUntil })
  const key = await newestOf(keys, party)
  io.stdout.write(
    `${party} の鍵を ${before?.keyId} から ${key?.keyId} に替えました。前の鍵は、前のファイルを開くのに残します。${certified(key?.validUntil ?? null)}\n`,
  )
  return 0
}

async function revoke({ keys, today }: Place, values: Given, io: Io): Promise<number> {
  const { party = '', key = '', reason = '' } = values
  const on = dayIn(values.on) ?? (await today())
  const known = (await listKeys(keys, on)).keys.filter((one) => one.party === party)
  if (!known.some(({ keyId }) => keyId === key))
    throw new Refusal(
      `${party} に鍵 ${key} はありません。何も変えていません。keys list で鍵の名を確かめてください。`,
    )
  const already = (await listKeys(keys, on)).revoked?.find(({ keyId }) => keyId === key)
  if (already !== undefined && already.on <= on)
    throw new Refusal(
      `鍵 ${key} は ${already.on} にもう失効しています（${already.reason}）。何も変えていません。`,
    )
  await revokeKey(keys, { keyId: key, on, reason })
  const left = (await listKeys(keys, on)).keys.filter(
    (one) => one.party === party && one.use === '使う鍵',
  )
  const next =
    left[0] === undefined
      ? `${party} に使える鍵がなくなりました。すぐに keys renew で新しい鍵に替えてください。それまで送受信は止まります。`
      : `これからは鍵 ${left[0].keyId} を使います。`
  io.stdout.write(`${party} の鍵 ${key} を ${on} に失効させました。${next}\n`)
  return 0
}

/** Of the keys of a party the one that stands first in its public file; null where there is none. */
async function newestOf(folder: string, party: string) {
  const { keys } = await listKeys(folder, developmentValidity.validFrom)
  return keys.find((one) => one.party === party) ?? null
}
