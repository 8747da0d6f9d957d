import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Bytes } from './sealing.ts'

/** 置いたファイル — sealed bytes on disk under the name of their own digest. */
export type KeptFile = {
  /** Within the folder. */
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** 送り状と違うファイル — what came is not what the manifest announced; nothing of it was kept. */
export class SealedFileDiffers extends Error {
  constructor() {
    super('届いたファイルが送り状と違います。')
    this.name = 'SealedFileDiffers'
  }
}

const full = ['ENOSPC', 'EDQUOT']
const closed = ['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST']

/** 置き場に書けない — it is full or shut; nothing of the file was kept. The message says which, and no path. */
export class NoRoomForFiles extends Error {
  override readonly name = 'NoRoomForFiles'

  constructor(code: string) {
    super(
      full.includes(code)
        ? 'ファイルの置き場に空きがありません。'
        : 'ファイルの置き場に書けません（閉じているか、書くことが許されていません）。',
    )
  }
}

/** Of any other error that error itself. */
export function noRoom(error: unknown): unknown {
  const { code = '' } = error as { code?: string }
  return full.includes(code) || closed.includes(code) ? new NoRoomForFiles(code) : error
}

/**
 * 封じたファイルを置く — streams the bytes into the folder, synced before it returns. The same bytes are
 * kept once, so receiving a file again changes nothing. Call it before the transaction: it may be slow.
 * Throws SealedFileDiffers where the bytes are not the `announced` ones, NoRoomForFiles where they cannot be written.
 */
export async function keepSealed(
  folder: string,
  sealed: Bytes,
  announced?: { readonly bytes: number; readonly sha256: string },
): Promise<KeptFile> {
  const partial = path.join(folder, `${randomUUID()}.partial`)
  try {
    const { bytes, sha256 } = await writeDigested(folder, partial, sealed)
    if (announced !== undefined && (announced.sha256 !== sha256 || announced.bytes !== bytes))
      throw new SealedFileDiffers()
    const name = `${sha256.slice(0, 2)}/${sha256}.age`
    await mkdir(path.join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
    await rename(partial, path.join(folder, name))
    await syncFolder(path.join(folder, sha256.slice(0, 2)))
    return { name, bytes, sha256 }
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {})
    throw noRoom(error)
  }
}

async function writeDigested(
  folder: string,
  partial: string,
  sealed: Bytes,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  let file: Awaited<ReturnType<typeof open>> | null = null
  let failure: unknown = null
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    file = await open(partial, 'wx', 0o600)
  } catch (error) {
    failure = error
  }
  try {
    for await (const chunk of sealed) {
      hash.update(chunk)
      bytes += chunk.length
      // What cannot be written is still heard to its end: a sender who is cut off never reads the answer.
      if (file !== null && failure === null)
        await writeAll(file, chunk).catch((error: unknown) => {
          failure = error
        })
    }
    if (failure !== null) throw failure
    await file?.sync()
  } finally {
    await file?.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten
}

// The name must survive a power cut as the bytes do.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch {
    // Some file systems cannot sync a folder.
  } finally {
    await handle.close()
  }
}
