/**
 * 金庫 — sealing and indexing in process beside AES-256-GCM and HMAC-SHA-256 alone, and taking numbers in
 * (sealing, COPY into staging, tokens) beside the same two plus COPY of the final rows into the same
 * constrained tables. Rounds of both alternate in one run, so that a busy machine slows both.
 */

import {
  createCipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import { individualNumberCheckDigit } from '@koiki/kernel'
import { type Database, type Scope, testDatabase } from '@koiki/store'
import {
  keysOf,
  newKey,
  numberColumnDefinitions,
  numberColumns,
  numberValues,
  openVault,
  type SealedNumber,
} from '@koiki/vault'
import { full, type Measurement, seconds, tell, whole } from './measure.ts'

const measurements: Measurement[] = []
const count = full ? 300_000 : 30_000
/** As an import takes them: so many rows at a time. */
const batch = 2_000
const scope: Scope = { union: '43', municipality: '*' }
const endings: (() => Promise<void>)[] = []

/** Numbers that nobody sees: body by a fixed stride over the eleven digits, with their check digit. */
const numbersFrom = (start: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const body = String((start + index * 76_543_211) % 99_999_999_977).padStart(11, '0')
    return `${body}${individualNumberCheckDigit(body)}`
  })

const median = (times: readonly number[]): number =>
  [...times].sort((one, other) => one - other)[times.length >> 1] as number

/** Nothing but the two computations, on the bytes that the vault gives them. */
function bareCryptography(numbers: readonly string[]): void {
  const sealKey = createSecretKey(randomBytes(32))
  const indexKey = createSecretKey(randomBytes(32))
  const nonces = randomFillSync(Buffer.allocUnsafe(numbers.length * 12))
  const associated = randomBytes('koiki/number/1.union:43.43.1.'.length + 16)
  const message = Buffer.from('koiki/index/1.union:43.123456789012')
  for (const [index, number] of numbers.entries()) {
    const digits = Buffer.from(number, 'latin1')
    const cipher = createCipheriv(
      'aes-256-gcm',
      sealKey,
      nonces.subarray(index * 12, index * 12 + 12),
    )
    cipher.setAAD(associated)
    cipher.update(digits)
    cipher.final()
    cipher.getAuthTag()
    digits.copy(message, message.length - 12)
    createHmac('sha256', indexKey).update(message).digest()
  }
}

const vault = await openVault({
  party: 'union',
  provider: {
    name: '測定の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})

async function takeIn(db: Database, numbers: readonly string[]): Promise<void> {
  await db.transaction(scope, async (tx) => {
    await tx.run(
      `create temporary table staged (line integer not null, ${numberColumnDefinitions}) on commit drop`,
    )
    await tx.copyRows(
      `staged (line, ${numberColumns})`,
      (function* () {
        for (let from = 0; from < numbers.length; from += batch) {
          const sealed = vault.sealMany(scope, numbers.slice(from, from + batch))
          for (const [at, number] of sealed.entries()) yield [from + at, ...numberValues(number)]
        }
      })(),
    )
    await vault.resolveTokens(tx, 'staged')
  })
}

/** As the server's administrator: COPY into a table with row-level security is refused to anyone else. */
async function copyFinalRows(admin: Database, sealed: readonly SealedNumber[]): Promise<void> {
  await admin.unscoped(async (tx) => {
    const { now } = tx
    await tx.copyRows(
      'vault.blind_index (blind_index, union_code, holder, index_key_version, token, indexed_at)',
      (function* () {
        for (const { blindIndex, token } of sealed)
          yield [blindIndex, 43, 'union:43', 1, token, now]
      })(),
    )
    await tx.copyRows(
      'vault.sealed_number (token, union_code, holder, seal_key_version, sealed, sealed_at)',
      (function* () {
        for (const number of sealed) yield [number.token, 43, 'union:43', 1, number.sealed, now]
      })(),
    )
  })
}

try {
  const sealing: number[] = []
  const bare: number[] = []
  const numbers = numbersFrom(10_000_000_000)
  for (let round = 0; round < 5; round += 1) {
    bare.push(await seconds(() => bareCryptography(numbers)))
    sealing.push(
      await seconds(() => {
        for (let from = 0; from < count; from += batch) {
          vault.sealMany(scope, numbers.slice(from, from + batch))
        }
      }),
    )
  }
  measurements.push({
    what: `個人番号 ${whole(count)}件を封じて探し札を作る（計算だけ）`,
    measured: `${whole(count / median(sealing))} 件/秒`,
    floor: `AES-GCMとHMACだけ ${whole(count / median(bare))} 件/秒`,
    ratio: median(bare) / median(sealing),
    target: null,
  })

  const db = await testDatabase({ after: (end) => void endings.push(end) }, 'union')
  const admin = await db.asAdmin()
  const taking: number[] = []
  const again: number[] = []
  const floor: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const fresh = numbersFrom(20_000_000_000 + round)
    taking.push(await seconds(() => takeIn(db, fresh)))
    again.push(await seconds(() => takeIn(db, fresh)))
    const others = numbersFrom(50_000_000_000 + round)
    const rows = vault.sealMany(scope, others) as SealedNumber[]
    const copied = await seconds(() => copyFinalRows(admin, rows))
    floor.push(copied + (await seconds(() => bareCryptography(others))))
  }
  measurements.push({
    what: `個人番号 ${whole(count)}件を金庫に受け入れる（封・COPY・札。知る番号なら ${median(again).toFixed(2)}秒）`,
    measured: `${median(taking).toFixed(2)} 秒`,
    floor: `同じ制約の表へのCOPYとAES-GCM・HMAC ${median(floor).toFixed(2)} 秒`,
    ratio: median(floor) / median(taking),
    target: null,
  })
  tell(measurements)
} finally {
  for (const end of endings.reverse()) await end()
}
