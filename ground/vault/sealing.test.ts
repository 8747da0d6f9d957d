import assert from 'node:assert/strict'
import { createSecretKey, webcrypto } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { parseIndividualNumber } from '@koiki/kernel'
import { keysOf, newKey } from './keyRing.ts'
import { sealBatch } from './sealBatch.ts'
import { associatedData, blindIndex, indexMessage, openSealed, sealInto } from './sealing.ts'
import { VaultError } from './vaultError.ts'

const bytes = (from: number, count: number) =>
  Buffer.from(Array.from({ length: count }, (_, i) => from + i))
const sealKey = createSecretKey(bytes(0x00, 32))
const indexKey = createSecretKey(bytes(0x80, 32))
const nonce = bytes(0xc0, 12)
const token = bytes(0xe0, 16)
const place = { holder: 'union:43', union: '43', keyVersion: 1 }
const digits = Buffer.from('123456789018')

const associated = (given = place, of = token): Buffer => {
  const data = associatedData(given)
  of.copy(data, data.length - 16)
  return data
}
const seal = (): Buffer => {
  const target = Buffer.alloc(41)
  sealInto(target, 0, sealKey, associated(), nonce, digits)
  return target
}

test('既知の答え: 封と探し札は、別の実装の結果と一致し、Python で求めた値から動かない', async () => {
  const aes = await webcrypto.subtle.importKey('raw', bytes(0x00, 32), 'AES-GCM', false, [
    'encrypt',
  ])
  const additionalData = Buffer.concat([
    Buffer.from('koiki/number/1\0union:43\x0043\x001\0', 'latin1'),
    token,
  ])
  const encrypted = await webcrypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData },
    aes,
    digits,
  )
  assert.equal(
    seal().toString('hex'),
    `01${nonce.toString('hex')}${Buffer.from(encrypted).toString('hex')}`,
  )
  assert.equal(
    seal().toString('hex'),
    '01c0c1c2c3c4c5c6c7c8c9cacb317a1453424ea166a1e9cc9adddfa400b36667cddcf2648c55568fc2',
  )

  const hmac = await webcrypto.subtle.importKey(
    'raw',
    bytes(0x80, 32),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const signed = await webcrypto.subtle.sign(
    'HMAC',
    hmac,
    Buffer.from('koiki/index/1\0union:43\x00123456789018', 'latin1'),
  )
  const index = blindIndex(indexKey, indexMessage('union:43', digits))
  assert.equal(index.toString('hex'), Buffer.from(signed).toString('hex'))
  assert.equal(
    index.toString('hex'),
    '4d92709964fb007d8ea9b42d8ccfcf1a506cc86325e6ec9ee4c870519fe1a38f',
  )
})

test('封を開けると元の番号に戻る', () => {
  assert.equal(openSealed(sealKey, associated(), seal()), '123456789018')
})

test('封のどの1ビットを変えても開かない', () => {
  for (let bit = 0; bit < 41 * 8; bit += 1) {
    const changed = seal()
    changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7))
    assert.throws(() => openSealed(sealKey, associated(), changed), VaultError, `ビット ${bit}`)
  }
  assert.throws(() => openSealed(sealKey, associated(), seal().subarray(0, 40)), VaultError)
  assert.throws(() => openSealed(sealKey, associated(), Buffer.alloc(0)), VaultError)
})

test('当事者・広域連合・鍵の版・札のどれが違っても、鍵が違っても開かない', () => {
  for (const other of [
    associated({ ...place, holder: 'union:31' }),
    associated({ ...place, union: '31' }),
    associated({ ...place, keyVersion: 2 }),
    associated(place, bytes(0xe1, 16)),
  ]) {
    assert.throws(() => openSealed(sealKey, other, seal()), VaultError)
  }
  assert.throws(() => openSealed(newKey(), associated(), seal()), VaultError)
})

const ring = { seal: keysOf([[1, sealKey]]), index: keysOf([[1, indexKey]]) }
const batch = (numbers: Parameters<typeof sealBatch>[3]) =>
  sealBatch(ring, 'union:43', '43', numbers)

test('同じ番号でも、封と札は毎回ちがい、探し札だけが同じになる', () => {
  const [one, other] = batch(['123456789018', '123456789018'])
  assert.ok(one && other)
  assert.notEqual(one.token, other.token)
  assert.notDeepEqual(one.sealed, other.sealed)
  assert.deepEqual(one.blindIndex, other.blindIndex)
  const [elsewhere] = sealBatch(ring, 'union:31', '31', ['123456789018'])
  assert.notDeepEqual(elsewhere?.blindIndex, one.blindIndex, '別の当事者の探し札とは比べられない')
})

test('文字列・不透明な番号・バイトの並びは同じ結果になり、番号のない人は空になる', () => {
  const opaque = parseIndividualNumber('983205673214')
  assert.ok(opaque.ok)
  const indexes = (rows: ReturnType<typeof batch>) =>
    rows.map((row) => row?.blindIndex.toString('hex') ?? null)
  const expected = indexes(batch(['123456789018', null, '983205673214']))
  assert.equal(expected[1], null)
  assert.deepEqual(indexes(batch(['123456789018', null, opaque.value])), expected)
  const given = Buffer.concat([digits, Buffer.alloc(12), Buffer.from('983205673214')])
  assert.deepEqual(indexes(batch(new Uint8Array(given))), expected)
  assert.equal(given.toString('latin1', 0, 12), '123456789018', '渡されたバイトは変えない')
})

test('札は乱数の UUID (版4) である', () => {
  for (const row of batch(Array.from({ length: 200 }, () => '123456789018'))) {
    assert.match(
      row?.token ?? '',
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  }
})

test('正しくない番号は、何件目かだけを言い、番号を繰り返さない文で断る', () => {
  for (const wrong of ['123456789012', '1234', '１２３４５６７８９０１８', '12345678901\0', '']) {
    assert.throws(
      () => batch(['123456789018', wrong]),
      (error) =>
        error instanceof VaultError && /^2件目/.test(error.message) && !/\d{4}/.test(error.message),
    )
  }
  assert.throws(() => batch(Buffer.from('123456789012')), /1件目/)
  assert.throws(() => batch(Buffer.from('1234567890')), /12の倍数/)
})

test('鍵も番号も、印字・JSON・文字列に現れない', () => {
  const opaque = parseIndividualNumber('123456789018')
  assert.ok(opaque.ok)
  for (const shown of [
    inspect(ring, { depth: 9, showHidden: true }),
    JSON.stringify({ keys: [...ring.seal.keys] }),
    inspect(opaque.value),
    `${opaque.value}`,
    JSON.stringify(opaque.value),
    inspect(batch(['123456789018']), { depth: 9 }),
  ]) {
    assert.ok(!shown.includes('123456789018'))
    assert.ok(!shown.includes('000102030405'))
    assert.ok(!shown.includes('00 01 02 03 04 05'))
    assert.ok(!shown.includes(sealKey.export().toString('base64')))
  }
  assert.match(`${opaque.value}`, /\*\*\*/)
})
