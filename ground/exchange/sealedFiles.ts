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

/**
 * 封じたファイルを置く — streams the bytes into the folder, synced before it returns. The same bytes are
 * kept once, so receiving a file again changes nothing. Call it before the transaction: it may be slow.
 * Throws SealedFileDiffers where the bytes are not the `announced` ones.
 */
export async function keepSealed(
  folder: string,
  sealed: Bytes,
  announced?: { readonly bytes: number; readonly sha256: string },
): Promise<KeptFile> {
  const partial = path.join(folder, `${randomUUID()}.partial`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(partial, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of sealed) {
      hash.update(chunk)
      bytes += chunk.length
      await writeAll(file, chunk)
    }
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(partial, { force: true })
    throw error
  }
  await file.close()
  const sha256 = hash.digest('hex')
  if (announced !== undefined && (announced.sha256 !== sha256 || announced.bytes !== bytes)) {
    await rm(partial, { force: true })
    throw new SealedFileDiffers()
  }
  const name = `${sha256.slice(0, 2)}/${sha256}.age`
  await mkdir(path.join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
  await rename(partial, path.join(folder, name))
  await syncFolder(path.join(folder, sha256.slice(0, 2)))
  return { name, bytes, sha256 }
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
