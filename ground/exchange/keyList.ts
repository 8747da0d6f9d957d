import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { PlainDate } from '@koiki/kernel'
import { authorityFiles, keyFault, type Revocation, readAuthority } from './certificates.ts'
import { isOpenToOthers } from './keyLock.ts'
import { fileOf, keyFolder } from './partyKeys.ts'
import type { Party } from './protocol.ts'

/** 鍵の1つ — of a party, as one may say it aloud: never anything of the private part. */
export type ListedKey = {
  readonly party: Party
  readonly keyId: string
  /** 使う鍵 is the first that may be used on the day; with it others seal, and the party signs. */
  readonly use: '使う鍵' | '前の鍵' | '使えない鍵'
  readonly validFrom: PlainDate | null
  /** Null where no authority limits it. */
  readonly validUntil: PlainDate | null
  /** Why it may not be used on the day; '' where it may. */
  readonly sentence: string
}

/** 鍵の置き場のようす — of everything in a folder of keys, on a day. */
export type ListedKeys = {
  /** Whether trust rests on an authority, and whether it can certify from here. */
  readonly authority: 'なし' | '確かめるだけ' | '証明書を出せる'
  /** Null where the list cannot be believed: then no key may be used. */
  readonly revoked: readonly Revocation[] | null
  /** Whose private key lies here, and who therefore acts from here. */
  readonly own: readonly Party[]
  readonly keys: readonly ListedKey[]
  /** What somebody must mend: modes of files, parties without a usable key. */
  readonly faults: readonly string[]
}

/** 鍵の一覧 — reads nothing of a private key but its file's mode; changes nothing. */
export async function listKeys(folder: string, on: PlainDate): Promise<ListedKeys> {
  const names = (await readdir(folder)).sort()
  const partiesWith = (kind: 'public' | 'secret'): Party[] =>
    names
      .map((name) => /^([a-z]+)-([0-9]+)\.([a-z]+)\.json$/.exec(name))
      .filter((found) => found !== null && found[3] === kind)
      .map((found) => `${found?.[1]}:${found?.[2]}`)
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const folderKeys = keyFolder(folder)
  const authority = await readAuthority(folder)
  const own = partiesWith('secret')
  const keys: ListedKey[] = []
  const faults: string[] = []
  if (process.platform !== 'win32' && ((await stat(folder)).mode & 0o022) !== 0)
    faults.push(
      `鍵の置き場 ${folder} に他の利用者も書けます。chmod 700 で自分だけのものにしてください。`,
    )
  const secrets = [...own.map((party) => fileOf(folder, party, 'secret'))]
  const certifies = names.includes(authorityFiles.secret)
  if (certifies) secrets.push(path.join(folder, authorityFiles.secret))
  for (const file of secrets)
    if (await isOpenToOthers(file))
      faults.push(
        `秘密鍵のファイル ${file} を他の利用者も読めます。読まれたかもしれない鍵は、chmod 600 の後で新しい鍵に替えてください。`,
      )
  for (const party of partiesWith('public')) {
    const held = await folderKeys.of(party)
    const judged = []
    for (const key of held) judged.push({ key, fault: await keyFault(folderKeys, party, key, on) })
    const first = judged.findIndex(({ fault }) => fault === null)
    for (const [at, { key, fault }] of judged.entries())
      keys.push({
        party,
        keyId: key.keyId,
        use: fault !== null ? '使えない鍵' : at === first ? '使う鍵' : '前の鍵',
        validFrom: key.certificate?.validFrom ?? null,
        validUntil: key.certificate?.validUntil ?? null,
        sentence: fault?.sentence ?? '',
      })
    if (judged[0]?.fault != null)
      faults.push(`${party} のいちばん新しい鍵を使えません。${judged[0].fault.sentence}`)
  }
  for (const party of own)
    if (!keys.some((one) => one.party === party))
      faults.push(`${party} の公開の鍵のファイルがありません。「keys make」で作ってください。`)
  return {
    authority: authority === null ? 'なし' : certifies ? '証明書を出せる' : '確かめるだけ',
    revoked: authority === null ? [] : authority.revoked,
    ...{ own, keys, faults },
  }
}

const rank = (party: Party): number => (party.startsWith('union:') ? 0 : 1)
