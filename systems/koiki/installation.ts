import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Migrated, migrate, type Server, StoreError, startServer } from '@koiki/store'

/** 世界 — what an invented world was made from; absent where an office's own data live. */
export interface World {
  readonly persons: number
  readonly seed: number
  readonly firstDay: string
}

/** 据付け — one data folder: the databases, keys and files of the parties that run from it. */
export interface Installation {
  readonly folder: string
  /** Null where DATABASE_URL names a server of the office. */
  readonly server: Server | null
  readonly union: Migrated
  readonly municipality: Migrated
  /** The invented world in it, or null. */
  readonly world: World | null
  close(): Promise<void>
}

/** 模擬の世界の最初の日 — the summer in which the premiums of 令和8年度 are decided. */
export const firstDay = '2026-07-01'

const worldFile = (folder: string): string => path.join(folder, 'world.json')

const begunFile = (folder: string): string => path.join(folder, 'world.begun.json')

/** The world that a folder holds, or null. */
export const worldOf = (folder: string): World | null => readWorld(worldFile(folder))

/** A world whose making was cut off: it goes on as it was ordered, or two worlds would lie in one. */
export const begunWorldOf = (folder: string): World | null => readWorld(begunFile(folder))

function readWorld(file: string): World | null {
  if (!existsSync(file)) return null
  return JSON.parse(readFileSync(file, 'utf8')) as World
}

export function beginWorld(folder: string, world: World): void {
  writeFileSync(begunFile(folder), `${JSON.stringify(world)}\n`)
}

/** Written only when everything in the world has been made; until then it is gone on with. */
export function keepWorld(folder: string, world: World): void {
  writeFileSync(worldFile(folder), `${JSON.stringify(world)}\n`)
  rmSync(begunFile(folder), { force: true })
}

export interface OpenInstallation {
  readonly folder: string
  readonly databaseUrl: string | undefined
  readonly tell: (sentence: string) => void
}

/** Under this much room PostgreSQL would stop in the middle; better not to begin. */
const roomNeeded = 400 * 1024 * 1024

function checkRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= roomNeeded) return
  const free = Math.floor((bavail * bsize) / 1024 / 1024)
  throw new StoreError(
    `データ置き場「${folder}」の空きが ${free}MB しかありません。まだ何も始めていません。400MB 以上あけるか、--data で別の場所を指定してください。`,
    { kind: 'unavailable' },
  )
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StoreError(
      `データ置き場「${folder}」を作れません（${code}）。まだ何も始めていません。持ち主と権限、同じ名前のファイルがないことを確かめるか、--data で別の場所を指定してください。`,
      { kind: 'unavailable' },
    )
  }
}

/** A world's note would open an office's database to accounts whose passwords everybody knows. */
function refuseInventedFolder(folder: string): void {
  if (!existsSync(worldFile(folder))) return
  throw new StoreError(
    `データ置き場「${folder}」には模擬の世界があるので、DATABASE_URL のデータベースには使えません。まだ何も始めていません。--data で、別の場所を指定してください。`,
    { kind: 'unavailable' },
  )
}

/**
 * 据付けを開く — makes the folder if it is missing, starts the PostgreSQL in it (or uses the office's), and
 * brings both parties' databases to the newest form. Throws StoreError with a sentence for the operator.
 */
export async function openInstallation(options: OpenInstallation): Promise<Installation> {
  const folder = path.resolve(options.folder)
  makeFolder(folder)
  checkRoom(folder)
  if (options.databaseUrl !== undefined) refuseInventedFolder(folder)
  const server =
    options.databaseUrl === undefined
      ? await startServer({
          folder: path.join(folder, 'postgres'),
          stopOnSignals: false,
          tell: options.tell,
        })
      : null
  const url = server?.url ?? (options.databaseUrl as string)
  try {
    return {
      folder,
      server,
      union: await migrate(url, 'union', 'koiki_union'),
      municipality: await migrate(url, 'municipality', 'koiki_municipality'),
      world: worldOf(folder),
      close: async () => server?.stop(),
    }
  } catch (error) {
    await server?.stop()
    throw error
  }
}
