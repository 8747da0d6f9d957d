import { randomBytes, timingSafeEqual } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** 担当者の合言葉 — one for each municipality; whoever sends it works as that municipality's operator. */
export type OperatorTokens = Readonly<Record<string, string>>

const fileOf = (dataFolder: string): string => path.join(dataFolder, 'operator-tokens.json')

/** 担当者の合言葉を読む — as the service made them; throws when it has not been started yet. */
export async function readOperatorTokens(dataFolder: string): Promise<OperatorTokens> {
  return JSON.parse(await readFile(fileOf(dataFolder), 'utf8')) as OperatorTokens
}

/** Made at the first start and kept; a municipality that joins later gets its own. */
export async function keepOperatorTokens(
  dataFolder: string,
  municipalities: readonly string[],
): Promise<OperatorTokens> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const known = await readOperatorTokens(dataFolder).catch(() => null)
  if (known !== null && municipalities.every((code) => known[code] !== undefined)) return known
  const tokens = Object.fromEntries(
    municipalities.map((code) => [code, known?.[code] ?? randomBytes(32).toString('base64url')]),
  )
  const fresh = `${fileOf(dataFolder)}.${process.pid}`
  await writeFile(fresh, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 })
  try {
    if (known !== null) await rm(fileOf(dataFolder))
    // A link never replaces: of two first starts, the second takes what the first one made.
    await link(fresh, fileOf(dataFolder))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(fresh)
  }
  return readOperatorTokens(dataFolder)
}

export function isOperator(tokens: OperatorTokens, municipality: string, given: string): boolean {
  const wanted = Buffer.from(tokens[municipality] ?? '')
  const offered = Buffer.from(given)
  return wanted.length > 0 && wanted.length === offered.length && timingSafeEqual(wanted, offered)
}
