import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { AccessRefused } from './accessRefused.ts'

/** How hard one guess is; written into each hash, so that it can be raised without harm. */
export type PasswordCost = { readonly n: number; readonly r: number; readonly p: number }

/** 32 MiB and about a tenth of a second a guess (OWASP password storage, scrypt, 2024). */
export const passwordCost: PasswordCost = { n: 2 ** 15, r: 8, p: 3 }

const shortest = 12
const longest = 128
const keyLength = 32

/** Passwords that a guesser tries first, as far as they are long enough to come here at all. */
const wellKnown = [
  '123456789012',
  '1234567890123',
  '12345678901234',
  '111111111111',
  '000000000000',
  'password1234',
  'password12345',
  'passwordpassword',
  'qwertyuiop12',
  'qwertyuiopasdfgh',
  'administrator',
  'administrator1',
  'kumamoto1234',
  'koukikourei1',
]

/**
 * パスワードの決まり — length, nothing well known, not the login name; no rules about kinds of characters
 * and no expiry (NIST SP 800-63B). Throws AccessRefused with all reasons at once.
 */
export function checkPassword(password: string, loginName: string): void {
  const text = password.normalize('NFKC')
  const length = [...text].length
  const faults = [
    length < shortest &&
      `${shortest}文字以上にしてください。長い文のほうが覚えやすく、破られにくくなります。`,
    length > longest && `${longest}文字以下にしてください。`,
    wellKnown.includes(text.toLowerCase()) &&
      'よく使われるパスワードです。別のものにしてください。',
    loginName.length > 0 &&
      text.toLowerCase().includes(loginName.toLowerCase()) &&
      '利用者の名を含めないでください。',
    new Set(text).size < 5 && '同じ文字の繰返しです。もっと多くの種類の文字を使ってください。',
  ].filter((fault) => fault !== false)
  if (faults.length > 0) throw new AccessRefused(`このパスワードは使えません。${faults.join('')}`)
}

export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = randomBytes(16)
  const derived = await derive(password, salt, cost)
  return `scrypt$${cost.n}$${cost.r}$${cost.p}$${salt.toString('base64')}$${derived.toString('base64')}`
}

/** Takes the same time whether or not the password is right. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, n, r, p, salt, derived] = hash.split('$')
  if (scheme !== 'scrypt' || !salt || !derived) {
    throw new AccessRefused(
      'パスワードの記録が壊れています。管理者に、利用者の登録し直しを頼んでください。',
    )
  }
  const expected = Buffer.from(derived, 'base64')
  const cost = { n: Number(n), r: Number(r), p: Number(p) }
  const given = await derive(password, Buffer.from(salt, 'base64'), cost)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function derive(password: string, salt: Buffer, { n, r, p }: PasswordCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: n, r, p, maxmem: 256 * n * r }
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
