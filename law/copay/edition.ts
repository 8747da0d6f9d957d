import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { asOf } from './law/asOf.ts'

/** 法令表の版 — the day on which the sources were last looked at, and a digest of tables and rules. */
export type Edition = { readonly name: string; readonly asOf: string; readonly digest: string }

/**
 * 法令表の版 — of everything that decides 一部負担金の割合 and 限度区分: all files of law/ and rules/ but their
 * tests. Every decision records its name (24 characters), so that it can be judged again as it was.
 */
export const copayEdition: Edition = readEdition()

function readEdition(): Edition {
  const digest = createHash('sha256')
  const files = ['law', 'rules'].flatMap((folder) =>
    readdirSync(path.join(import.meta.dirname, folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => `${folder}/${file}`),
  )
  for (const file of files.sort()) {
    digest.update(`${file}\n`).update(readFileSync(path.join(import.meta.dirname, file)))
  }
  const hex = digest.digest('hex')
  return { name: `${asOf} ${hex.slice(0, 12)}`, asOf, digest: hex }
}
