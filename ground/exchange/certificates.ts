import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type PlainDate, plainDate } from '@koiki/kernel'
import { z } from 'zod'
import { type ExchangeFinding, exchangeFinding, KeysMissing } from './faults.ts'
import { holdingKeys, requireClosed } from './keyLock.ts'
import type { PartyKeys, PublicKeys } from './partyKeys.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/) as unknown as z.ZodType<PlainDate>
const value = z.string().regex(/^[A-Za-z0-9+/=]{1,128}$/)

export const certificateForm = z.strictObject({
  serial: z.uuid(),
  party: z.string(),
  keyId: z.string(),
  recipient: z.string(),
  verifying: z.string(),
  validFrom: day,
  /** The last day on which the key may be used. */
  validUntil: day,
  signature: value,
})

/** 証明書 — the authority's word that a key is a party's, from one day to another. */
export type Certificate = Readonly<z.infer<typeof certificateForm>>

export type Validity = { readonly validFrom: PlainDate; readonly validUntil: PlainDate }

/** 模擬の世界の証明書 — long enough for any rehearsal; an office's authority chooses its own days. */
export const developmentValidity: Validity = {
  validFrom: plainDate('2020-01-01'),
  validUntil: plainDate('2049-12-31'),
}

const revocationForm = z.strictObject({
  keyId: z.string(),
  on: day,
  reason: z.string().min(1).max(200),
})
const listForm = z.strictObject({ revoked: z.array(revocationForm), signature: value })

/** 失効 — a key that may not be used any more, whatever its certificate says. */
export type Revocation = Readonly<z.infer<typeof revocationForm>>

/** 認証局 — whose public key is trusted, and which keys it has revoked; null where its list cannot be believed. */
export type Authority = {
  readonly verifying: KeyObject
  readonly revoked: readonly Revocation[] | null
}

const publicForm = z.strictObject({ verifying: z.string() })
const secretForm = z.strictObject({ verifying: z.string(), signing: z.string() })

export const authorityFiles = {
  secret: 'authority.secret.json',
  public: 'authority.public.json',
  revoked: 'authority.revoked.json',
} as const

/**
 * 開発用の認証局 — stands in the key folder of an invented world and certifies every pair that is made there. In
 * earnest only `authority.public.json` and its list of revocations lie beside the parties' keys.
 */
export async function makeDevelopmentAuthority(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pair = generateKeyPairSync('ed25519')
  const verifying = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const signing = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const fresh = path.join(folder, `${authorityFiles.secret}.${randomUUID()}`)
  await writeFile(fresh, `${JSON.stringify({ verifying, signing })}\n`, { mode: 0o600 })
  try {
    // A link never replaces: of two programs that start at once, one authority remains.
    await link(fresh, path.join(folder, authorityFiles.secret))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(fresh)
  }
  const held = secretForm.parse(
    JSON.parse(await readFile(path.join(folder, authorityFiles.secret), 'utf8')),
  )
  await put(folder, authorityFiles.public, { verifying: held.verifying })
}

type Subject = Pick<Certificate, 'party' | 'keyId' | 'recipient' | 'verifying'>

/** 証明書を出す — null where the folder holds no authority's secret. */
export async function issueCertificate(
  folder: string,
  subject: Subject,
  { validFrom, validUntil }: Validity,
): Promise<Certificate | null> {
  const signing = await authoritySecret(folder)
  if (signing === null) return null
  const body = { serial: randomUUID(), ...subject, validFrom, validUntil }
  return {
    ...body,
    signature: sign(null, bytesOf('certificate', body), signing).toString('base64'),
  }
}

/** 鍵を失効させる — by the authority; from that day on nobody believes or seals for the key. */
export async function revokeKey(folder: string, revocation: Revocation): Promise<void> {
  await holdingKeys(folder, async () => {
    const signing = await authoritySecret(folder)
    if (signing === null)
      throw new KeysMissing('この鍵の置き場には認証局の秘密鍵がないので、失効させられません。')
    const authority = await readAuthority(folder)
    const before = authority === null ? [] : authority.revoked
    // A list that nobody can believe is not signed anew: what it had revoked would be trusted again.
    if (before === null)
      throw new KeysMissing(
        '認証局の失効リストを確かめられません。何も変えていません。控えから戻してから、もう一度実行してください。',
      )
    const revoked = [...before.filter(({ keyId }) => keyId !== revocation.keyId), revocation]
    const signature = sign(null, bytesOf('revoked', { revoked }), signing).toString('base64')
    await put(folder, authorityFiles.revoked, { revoked, signature })
  })
}

export async function readAuthority(folder: string): Promise<Authority | null> {
  const text = await textUnlessMissing(path.join(folder, authorityFiles.public))
  if (text === null) return null
  const verifying = createPublicKey(publicForm.parse(JSON.parse(text)).verifying)
  // A list that cannot be read is not an empty one.
  const list = await textUnlessMissing(path.join(folder, authorityFiles.revoked)).catch(() => '')
  return { verifying, revoked: list === null ? [] : believedList(list, verifying) }
}

async function textUnlessMissing(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function believedList(text: string, verifying: KeyObject): readonly Revocation[] | null {
  try {
    const { revoked, signature } = listForm.parse(JSON.parse(text))
    const bytes = bytesOf('revoked', { revoked })
    return verify(null, bytes, verifying, Buffer.from(signature, 'base64')) ? revoked : null
  } catch {
    return null
  }
}

/** 鍵の所見 — why a party's key may not be used on a day; null where it may. */
export async function keyFault(
  keys: PartyKeys,
  party: string,
  key: PublicKeys,
  on: PlainDate,
): Promise<ExchangeFinding | null> {
  const authority = await keys.authority()
  if (authority === null) return null
  const facts = { 当事者: party, 鍵: key.keyId }
  const { certificate } = key
  if (authority.revoked === null) return exchangeFinding('E3023', facts)
  const revoked = authority.revoked.find(({ keyId }) => keyId === key.keyId)
  if (revoked !== undefined && revoked.on <= on)
    return exchangeFinding('E3020', { ...facts, 日: revoked.on, 理由: revoked.reason })
  if (certificate === null) return exchangeFinding('E3021', facts)
  if (!isCertified(certificate, party, key, authority.verifying))
    return exchangeFinding('E3022', facts)
  if (on < certificate.validFrom)
    return exchangeFinding('E3019', { ...facts, 日: certificate.validFrom })
  if (on > certificate.validUntil)
    return exchangeFinding('E3018', { ...facts, 日: certificate.validUntil })
  return null
}

function isCertified(
  certificate: Certificate,
  party: string,
  key: PublicKeys,
  authority: KeyObject,
): boolean {
  const { signature, ...body } = certificate
  return (
    body.party === party &&
    body.keyId === key.keyId &&
    body.recipient === key.recipient &&
    createPublicKey(body.verifying).equals(key.verifying) &&
    verify(null, bytesOf('certificate', body), authority, Buffer.from(signature, 'base64'))
  )
}

/** 使える鍵 — the newest of a party's keys that may be used on the day, or the finding of its newest. */
export async function usableKey(
  keys: PartyKeys,
  party: string,
  on: PlainDate,
): Promise<{ readonly key: PublicKeys } | { readonly fault: ExchangeFinding }> {
  let first: ExchangeFinding | null = null
  for (const key of await keys.of(party)) {
    const fault = await keyFault(keys, party, key, on)
    if (fault === null) return { key }
    first ??= fault
  }
  return { fault: first as ExchangeFinding }
}

/** Keys in order of their names, so that both sides sign the same bytes. */
function bytesOf(kind: string, body: object): Buffer {
  return Buffer.from(`koiki ${kind} v1\n${JSON.stringify(ordered(body))}`)
}

function ordered(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(ordered)
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(
    Object.entries(given)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, ordered(one)]),
  )
}

async function authoritySecret(folder: string): Promise<KeyObject | null> {
  const file = path.join(folder, authorityFiles.secret)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text !== null) await requireClosed(file)
  return text === null ? null : createPrivateKey(secretForm.parse(JSON.parse(text)).signing)
}

async function put(folder: string, name: string, content: object): Promise<void> {
  const fresh = path.join(folder, `${name}.${randomUUID()}`)
  await writeFile(fresh, `${JSON.stringify(content, null, 2)}\n`)
  await rename(fresh, path.join(folder, name))
}
