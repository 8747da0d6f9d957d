import { renameSync, writeFileSync } from 'node:fs'

/** 丸ごと書く — closed to others of the machine; who finds the file finds all of it, whenever its writer was cut off. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const fresh = `${file}.new`
  writeFileSync(fresh, content, { mode: 0o600, flush: true })
  renameSync(fresh, file)
}
