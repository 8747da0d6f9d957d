import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {
  checkGivenServer,
  type Migrated,
  makeFolder,
  migrate,
  type Server,
  StoreError,
  startServer,
} from '@koiki/store'
import { Refusal } from './refusal.ts'
import { findRunning } from './running.ts'
import { writeWhole } from './wholeFile.ts'

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

const readWorld = (file: string): World | null => readNote<World>(file)

function readNote<T>(file: string): T | null {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    throw new Refusal(
      `「${file}」を読めません。持ち主と権限を確かめるか、控えから戻してください。まだ何も始めていません。`,
    )
  }
}

/**
 * 頼まれた世界 — what a start asked for, its gaps filled. A folder that has a world, or the beginning of one, keeps its
 * own: asking for another there is refused, because nothing could be made of it.
 */
export function worldAsked(
  folder: string,
  asked: { readonly persons: number | undefined; readonly seed: number | undefined },
): World {
  const held = worldOf(folder) ?? begunWorldOf(folder)
  if (held === null) return { persons: asked.persons ?? 3000, seed: asked.seed ?? 1, firstDay }
  const { persons, seed } = held
  const same = [asked.persons ?? persons, asked.seed ?? seed].join() === [persons, seed].join()
  if (same) return held
  throw new Refusal(
    `データ置き場「${folder}」には、--persons ${persons} --seed ${seed} の模擬の世界がもうあり、別の世界には変えられません。まだ何も始めていません。続けるならこの2つの選択を消し、別の世界をつくるなら --data で別の場所を指定してください。`,
  )
}

const flowsNote = (folder: string): string => path.join(folder, 'flows-done')

/** Whether the flows of an invented world have run to their end once. */
export const flowsDone = (folder: string): boolean => existsSync(flowsNote(folder))

export const keepFlows = (folder: string): void => writeFileSync(flowsNote(folder), '')

export function beginWorld(folder: string, world: World): void {
  writeWhole(begunFile(folder), `${JSON.stringify(world)}\n`)
}

/** Written only when everything in the world has been made; until then it is gone on with. */
export function keepWorld(folder: string, world: World): void {
  writeWhole(worldFile(folder), `${JSON.stringify(world)}\n`)
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

/** 据付けの種類 — an office's own data, or an invented world; the first start decides it for ever. */
export type InstallationKind = 'office' | 'invented'

const kindFile = (folder: string): string => path.join(folder, 'installation.json')

/** What a folder is, or null where nothing was ever started. */
export function kindOf(folder: string): InstallationKind | null {
  const kept = readNote<{ kind: InstallationKind }>(kindFile(folder))
  return kept?.kind ?? kindByContents(folder)
}

/** Folders from before the kind was written down: an office has keys, but no database and no world. */
function kindByContents(folder: string): InstallationKind | null {
  const has = (name: string): boolean => existsSync(path.join(folder, name))
  if (has('world.json') || has('world.begun.json') || has('postgres')) return 'invented'
  const keys = path.join(folder, 'keys')
  const hasKeys = statSync(keys, { throwIfNoEntry: false })?.isDirectory() === true
  return hasKeys && readdirSync(keys).length > 0 ? 'office' : null
}

function refuseOtherKind(folder: string, wanted: InstallationKind): void {
  const held = kindOf(folder)
  if (held === null || held === wanted) return
  // A world's note would open an office's database to accounts whose passwords everybody knows.
  if (held === 'invented')
    throw new Refusal(
      `データ置き場「${folder}」には模擬の世界があるので、DATABASE_URL のデータベースには使えません。まだ何も始めていません。役所のデータには --data で別の場所を指定し、模擬の世界を続けるなら DATABASE_URL を消してください。`,
    )
  throw new Refusal(
    `データ置き場「${folder}」は役所のもので、DATABASE_URL のデータベースの鍵が入っています。DATABASE_URL がないので、まだ何も始めていません。役所のデータを使うなら DATABASE_URL を指定し、模擬の世界をつくるなら --data で別の場所を指定してください。`,
  )
}

/** Whoever writes it first has decided it, also when two start at once. */
function keepKind(folder: string, kind: InstallationKind): void {
  const making = `${kindFile(folder)}.${process.pid}`
  writeFileSync(making, `${JSON.stringify({ kind })}\n`)
  try {
    linkSync(making, kindFile(folder))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(making)
  }
  refuseOtherKind(folder, kind)
}

async function startOwnServer({ folder, tell }: OpenInstallation): Promise<Server> {
  try {
    return await startServer({ folder: path.join(folder, 'postgres'), stopOnSignals: false, tell })
  } catch (error) {
    const running = findRunning(folder)
    if (!(error instanceof StoreError) || error.kind !== 'inUse' || running === null) throw error
    throw new Refusal(
      `データ置き場「${folder}」は、すでに起動しているkoikiが使っています（${running.unionUrl}）。こちらは何も変えていません。その画面を開くか、先に起動した方を止めるか、別のフォルダーを --data で指定してください。`,
    )
  }
}

/** Beside each other; whichever fails, both have ended before the server is stopped. */
async function migrateBoth(url: string): Promise<Pick<Installation, 'union' | 'municipality'>> {
  const union = migrate(url, 'union', 'koiki_union')
  const municipality = migrate(url, 'municipality', 'koiki_municipality')
  await Promise.allSettled([union, municipality])
  return { union: await union, municipality: await municipality }
}

/**
 * 据付けを開く — makes the folder if it is missing, starts the PostgreSQL in it (or uses the office's), and
 * brings both parties' databases to the newest form. Throws an error whose message is a sentence for the operator.
 */
export async function openInstallation(options: OpenInstallation): Promise<Installation> {
  const folder = path.resolve(options.folder)
  const { databaseUrl, tell } = options
  const kind = databaseUrl === undefined ? 'invented' : 'office'
  refuseOtherKind(folder, kind)
  if (databaseUrl !== undefined) await checkGivenServer('DATABASE_URL', databaseUrl)
  makeFolder(folder)
  checkRoom(folder)
  keepKind(folder, kind)
  tell('データベースを始めています。')
  const server = databaseUrl === undefined ? await startOwnServer({ ...options, folder }) : null
  const url = server?.url ?? (databaseUrl as string)
  try {
    return {
      folder,
      server,
      ...(await migrateBoth(url)),
      world: worldOf(folder),
      close: async () => server?.stop(),
    }
  } catch (error) {
    await server?.stop()
    throw error
  }
}
