import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import { type KeyKind, type KeyProvider, type KeyRing, keysOf, newKey } from './keyRing.ts'
import { VaultError } from './vaultError.ts'

const format = 'koiki-vault-keys/1'

export type KeyFile = {
  /** Where the keys are; made at first start, readable by its owner alone. */
  readonly file: string
  /** The database's folder, if it is on this machine: the file is refused inside it. */
  readonly databaseFolder?: string
}

/**
 * 鍵ファイル — the default key provider. A stolen database, or a backup of its folder, must not bring its
 * keys along, so the file lies elsewhere. Back it up apart from the database: without it no number opens.
 */
export function keyFileProvider({ file, databaseFolder }: KeyFile): KeyProvider {
  return {
    name: `鍵ファイル ${file}`,
    async open() {
      if (databaseFolder !== undefined && isInside(file, databaseFolder)) {
        throw new VaultError(
          `鍵ファイル ${file} が、データベースのフォルダーの中にあります。一緒に盗まれないよう、別の場所を指定してください。`,
        )
      }
      return (await readKeys(file)) ?? (await makeKeys(file))
    },
  }
}

/**
 * 鍵の版を上げる — adds a key to the file and makes it the current one; the old ones stay readable.
 * Returns the new version. Programs that are running take it up when they open the vault again.
 */
export async function nextKeyVersion(file: string, kind: KeyKind): Promise<number> {
  const ring = await readKeys(file)
  if (ring === null)
    throw new VaultError(`鍵ファイル ${file} がありません。場所を確かめてください。`)
  const version = Math.max(...ring[kind].keys.keys()) + 1
  const keys = keysOf([...ring[kind].keys, [version, newKey()]], version)
  const written = await writeAside(file, { ...ring, [kind]: keys })
  await rename(written, file)
  await syncFolder(file)
  return version
}

function isInside(file: string, folder: string): boolean {
  const way = path.relative(path.resolve(folder), path.resolve(file))
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way))
}

async function readKeys(file: string): Promise<KeyRing | null> {
  let text: string
  try {
    // Windows has no such modes; there the folder's access list keeps others out.
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
      throw new VaultError(
        `鍵ファイル ${file} を、持ち主のほかの人も読める設定になっています。権限を 0600 に直し、見られた恐れがあれば鍵の版を上げてください。`,
      )
    }
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw unreadable(error, file)
  }
  return parseKeys(text, file)
}

function parseKeys(text: string, file: string): KeyRing {
  try {
    const held = JSON.parse(text)
    if (held.format !== format) throw new VaultError('形式の名前が違います。')
    const read = (kind: KeyKind) =>
      keysOf(
        Object.entries(held[kind].keys as Record<string, string>).map(
          ([version, key]) =>
            [Number(version), createSecretKey(Buffer.from(key, 'base64'))] as const,
        ),
        held[kind].current,
      )
    return { seal: read('seal'), index: read('index') }
  } catch {
    // A parser's message quotes what it read, which here is a key.
    throw new VaultError(
      `鍵ファイル ${file} の中身が壊れています。控えから元の鍵ファイルを戻してください。`,
    )
  }
}

async function makeKeys(file: string): Promise<KeyRing> {
  const ring: KeyRing = { seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 })
    const written = await writeAside(file, ring)
    try {
      // A link, not a rename: it fails where a file stands, so that of two first starts one wins.
      await link(written, file)
      await syncFolder(file)
    } finally {
      await unlink(written)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unreadable(error, file)
  }
  const made = await readKeys(file)
  if (made === null) throw new VaultError(`鍵ファイル ${file} を作れませんでした。`)
  return made
}

async function writeAside(file: string, ring: KeyRing): Promise<string> {
  const aside = `${file}.${randomUUID()}`
  const exported = (keys: ReadonlyMap<number, KeyObject>) =>
    Object.fromEntries(
      [...keys].map(([version, key]) => [version, key.export().toString('base64')]),
    )
  const handle = await open(aside, 'wx', 0o600)
  try {
    const { seal, index } = ring
    await handle.writeFile(
      `${JSON.stringify({
        format,
        seal: { current: seal.current, keys: exported(seal.keys) },
        index: { current: index.current, keys: exported(index.keys) },
      })}\n`,
    )
    await handle.sync()
  } finally {
    await handle.close()
  }
  await chmod(aside, 0o600)
  return aside
}

/** So that the name survives a power cut too; Windows cannot open a folder and needs no such thing. */
async function syncFolder(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path.dirname(path.resolve(file)), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

function unreadable(error: unknown, file: string): VaultError {
  if (error instanceof VaultError) return error
  const code = (error as NodeJS.ErrnoException).code ?? '不明'
  return new VaultError(
    `鍵ファイル ${file} を読み書きできません（${code}）。場所と権限を確かめてください。個人番号は扱えないままです。`,
  )
}
