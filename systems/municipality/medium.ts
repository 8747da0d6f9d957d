import { createReadStream } from 'node:fs'
import {
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** 媒体に置いたもの — a sealed file and its manifest; the name says layout, sequence and nothing of people. */
export interface OnMedium {
  readonly name: string
  readonly bytes: number
}

/**
 * 電子記録媒体 — a port: how sealed files leave the municipal system for the counter terminal. The folder
 * below is the plain one; a rehearsal of lost, late or doubled media puts another in its place.
 */
export interface Medium {
  put(item: { name: string; manifestText: string; sealedFile: string }): Promise<void>
  /** Whether it was put there, even if it cannot be seen now. */
  has(municipality: string, name: string): Promise<boolean>
  list(municipality: string): Promise<readonly OnMedium[]>
  manifest(municipality: string, name: string): Promise<string | null>
  open(municipality: string, name: string): Promise<Readable | null>
}

/** 媒体の上の名前 — municipality, layout and sequence number. */
export const mediumName = (
  municipality: string,
  layoutId: string,
  sequenceNumber: number,
): string => `${municipality}-${layoutId}-${String(sequenceNumber).padStart(6, '0')}`

/** フォルダーの媒体 — one folder for each municipality, a sealed file and a manifest side by side. */
export function folderMedium(folder: string): Medium {
  const folderOf = (municipality: string): string => path.join(folder, municipality)
  const fileOf = (municipality: string, name: string): string | null =>
    /^[0-9]{6}-[a-z-]+-[0-9]{6,}$/.test(name) && name.startsWith(`${municipality}-`)
      ? path.join(folderOf(municipality), name)
      : null
  return {
    async put({ name, manifestText, sealedFile }) {
      const municipality = name.slice(0, 6)
      const file = fileOf(municipality, name)
      if (file === null) throw new RangeError('媒体の上の名前が正しくありません。')
      await mkdir(folderOf(municipality), { recursive: true, mode: 0o700 })
      // The manifest comes last: what has none is not there yet.
      await placed(sealedFile, `${file}.age`)
      await writeFile(`${file}.new`, manifestText, { mode: 0o600 })
      await rename(`${file}.new`, `${file}.manifest.json`)
    },
    async has(municipality, name) {
      const file = fileOf(municipality, name)
      if (file === null) return false
      return (await stat(`${file}.manifest.json`).catch(() => null)) !== null
    },
    async list(municipality) {
      const names = await readdir(folderOf(municipality)).catch(() => [] as string[])
      const found = names
        .filter((name) => name.endsWith('.manifest.json'))
        .map((name) => name.replace(/\.manifest\.json$/, ''))
        .sort()
      return Promise.all(
        found.map(async (name) => ({
          name,
          bytes: (await stat(path.join(folderOf(municipality), `${name}.age`))).size,
        })),
      )
    },
    async manifest(municipality, name) {
      const file = fileOf(municipality, name)
      if (file === null) return null
      return readFile(`${file}.manifest.json`, 'utf8').catch(() => null)
    },
    async open(municipality, name) {
      const file = fileOf(municipality, name)
      if (file === null) return null
      const there = await stat(`${file}.manifest.json`).catch(() => null)
      return there === null ? null : createReadStream(`${file}.age`)
    },
  }
}

/** Sealed files never change, so another name for the same bytes is enough where the disk allows it. */
async function placed(from: string, to: string): Promise<void> {
  const fresh = `${to}.new`
  await rm(fresh, { force: true })
  await link(from, fresh).catch(() => copyFile(from, fresh))
  await rename(fresh, to)
}
