import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto'
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { z } from 'zod'
import {
  type Authority,
  type Certificate,
  certificateForm,
  developmentValidity,
  issueCertificate,
  readAuthority,
  type Validity,
} from './certificates.ts'
import { KeysMissing } from './faults.ts'
import { holdingKeys, requireClosed } from './keyLock.ts'
import type { Party } from './protocol.ts'

/** 公開鍵 — what others need in order to seal for a party and to verify what it signed. */
export type PublicKeys = {
  readonly keyId: string
  /** An age recipient; X25519 with ML-KEM-768, as sealed files may outlive today's mathematics. */
  readonly recipient: string
  readonly verifying: KeyObject
  /** 証明書 — null where no authority has signed for the key. */
  readonly certificate: Certificate | null
}

/** 秘密鍵 — a party's own, never leaves its place. */
export type OwnKeys = PublicKeys & {
  /** An age identity, `AGE-SECRET-KEY-PQ-1…`. */
  readonly identity: string
  readonly signing: KeyObject
}

/** 鍵の置き場 — a port: a folder of key files by default. Newest key first; old ones still open and verify. */
export type PartyKeys = {
  own(party: Party): Promise<readonly [OwnKeys, ...OwnKeys[]]>
  of(party: Party): Promise<readonly [PublicKeys, ...PublicKeys[]]>
  /** 認証局 — null where the parties trust each other's files without one. */
  authority(): Promise<Authority | null>
}

const publicForm = z.strictObject({
  party: z.string(),
  keys: z
    .array(
      z.strictObject({
        keyId: z.string(),
        recipient: z.string(),
        verifying: z.string(),
        certificate: certificateForm.optional(),
      }),
    )
    .min(1),
})
const secretForm = z.strictObject({
  party: z.string(),
  keys: z
    .array(
      z.strictObject({
        keyId: z.string(),
        recipient: z.string(),
        verifying: z.string(),
        identity: z.string(),
        signing: z.string(),
      }),
    )
    .min(1),
})
type SecretFile = z.infer<typeof secretForm>

/**
 * 鍵のフォルダー — `union-43.public.json` of every partner, `union-43.secret.json` of oneself alone. A
 * secret that others of the machine may read is refused.
 */
export function keyFolder(folder: string): PartyKeys {
  return {
    async own(party) {
      const { keys } = await readSecret(folder, party)
      return keys.map((one) => ({
        keyId: one.keyId,
        recipient: one.recipient,
        identity: one.identity,
        verifying: createPublicKey(one.verifying),
        signing: createPrivateKey(one.signing),
        certificate: null,
      })) as unknown as readonly [OwnKeys, ...OwnKeys[]]
    },
    async of(party) {
      const file = fileOf(folder, party, 'public')
      const { keys } = publicForm.parse(JSON.parse(await readText(file, party)))
      return keys.map((one) => ({
        keyId: one.keyId,
        recipient: one.recipient,
        verifying: createPublicKey(one.verifying),
        certificate: one.certificate ?? null,
      })) as unknown as readonly [PublicKeys, ...PublicKeys[]]
    },
    authority: () => readAuthority(folder),
  }
}

/**
 * 鍵を作る — a party's pair of key files, unless they are there. For the invented world all parties' files
 * stand in one folder; in earnest each party makes its own and gives away the public file alone.
 */
export async function makePartyKeys(
  folder: string,
  party: Party,
  validity: Validity = developmentValidity,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const secret = fileOf(folder, party, 'secret')
  const file: SecretFile = { party, keys: [await newKeys()] }
  const fresh = `${secret}.${file.keys[0]?.keyId}`
  await writeFile(fresh, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  try {
    // A link never replaces: of two programs that start at once, the second keeps the first one's keys.
    await link(fresh, secret)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(fresh)
  }
  await publish(folder, await readSecret(folder, party), validity)
}

/** 鍵を替える — a new pair goes first; the old ones still open and verify what came before. */
export async function renewPartyKeys(
  folder: string,
  party: Party,
  validity: Validity = developmentValidity,
): Promise<void> {
  await holdingKeys(folder, async () => {
    const { keys } = await readSecret(folder, party)
    const file: SecretFile = { party, keys: [await newKeys(), ...keys] }
    const secret = fileOf(folder, party, 'secret')
    await writeFile(`${secret}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
    await chmod(`${secret}.new`, 0o600)
    await rename(`${secret}.new`, secret)
    await publish(folder, file, validity)
  })
}

/**
 * 証明書を出す — the authority in the folder certifies a party's key, the newest if none is named; an earlier certificate
 * of that key gives way. Only the public file is needed. Throws KeysMissing where the key or the authority is not here.
 */
export async function certifyKey(
  folder: string,
  party: Party,
  validity: Validity,
  keyId?: string,
): Promise<Certificate> {
  return await holdingKeys(folder, async () => {
    const file = fileOf(folder, party, 'public')
    const held = publicForm.parse(JSON.parse(await readText(file, party)))
    const key = held.keys.find((one) => keyId === undefined || one.keyId === keyId)
    if (key === undefined) throw new KeysMissing(`${party} に鍵 ${keyId} はありません。`)
    const { certificate: _, ...open } = key
    const certificate = await issueCertificate(folder, { party, ...open }, validity)
    if (certificate === null)
      throw new KeysMissing(
        'この鍵の置き場には認証局の秘密鍵がないので、証明書を出せません。認証局に公開の鍵のファイルを渡してください。',
      )
    const keys = held.keys.map((one) => (one === key ? { ...open, certificate } : one))
    await putPublic(file, { party, keys })
    return certificate
  })
}

async function newKeys(): Promise<SecretFile['keys'][number]> {
  const identity = await generateHybridIdentity()
  const recipient = await identityToRecipient(identity)
  const pair = generateKeyPairSync('ed25519')
  const verifying = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const signing = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const digest = createHash('sha256').update(recipient).update(verifying).digest('hex')
  return { keyId: digest.slice(0, 16), recipient, verifying, identity, signing }
}

/** Certificates that a key has stay; a key without one gets it where the development authority is in the box. */
async function publish(
  folder: string,
  { party, keys }: SecretFile,
  validity: Validity,
): Promise<void> {
  const file = fileOf(folder, party, 'public')
  const before = await readFile(file, 'utf8').catch(() => null)
  const known = before === null ? [] : publicForm.parse(JSON.parse(before)).keys
  const open = []
  for (const { keyId, recipient, verifying } of keys) {
    const held = known.find((one) => one.keyId === keyId)?.certificate
    const subject = { party, keyId, recipient, verifying }
    const certificate = held ?? (await issueCertificate(folder, subject, validity))
    open.push({ keyId, recipient, verifying, ...(certificate === null ? {} : { certificate }) })
  }
  await putPublic(file, { party, keys: open })
}

async function putPublic(file: string, content: z.infer<typeof publicForm>): Promise<void> {
  const fresh = `${file}.${randomUUID()}`
  await writeFile(fresh, `${JSON.stringify(content, null, 2)}\n`)
  await rename(fresh, file)
}

async function readSecret(folder: string, party: Party): Promise<SecretFile> {
  const file = fileOf(folder, party, 'secret')
  const text = await readText(file, party)
  await requireClosed(file)
  return secretForm.parse(JSON.parse(text))
}

async function readText(file: string, party: Party): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new KeysMissing(
      `${party} の鍵のファイル ${file} がありません。鍵の置き場を確かめてください。`,
    )
  }
}

export function fileOf(folder: string, party: Party, kind: 'public' | 'secret'): string {
  if (!/^[a-z]+:[0-9]+$/.test(party))
    throw new KeysMissing(`「${party}」は当事者の名ではありません。`)
  return path.join(folder, `${party.replace(':', '-')}.${kind}.json`)
}
