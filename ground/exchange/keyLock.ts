import { randomUUID } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { KeysMissing } from './faults.ts'

/** 他の利用者に読めるか — where the machine knows owners and modes at all. */
export async function isOpenToOthers(file: string): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0
}

export async function requireClosed(file: string): Promise<void> {
  if (await isOpenToOthers(file))
    throw new KeysMissing(
      `秘密鍵のファイル ${file} を他の利用者も読めます。chmod 600 で自分だけのものにしてください。`,
    )
}

const waitsAtMost = 100
const waitMilliseconds = 50

/**
 * 鍵を扱う間 — one at a time in a folder: of two renewals that read the same file the later would lose the other's
 * private key for ever. What a killed program left behind is taken away.
 */
export async function holdingKeys<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const held = path.join(folder, 'keys.lock')
  const own = `${held}.${randomUUID()}`
  await writeFile(own, String(process.pid), { mode: 0o600 })
  try {
    for (let waited = 0; !(await isOurs(own, held)); waited += 1) {
      if (waited === waitsAtMost)
        throw new KeysMissing(
          `ほかの仕事が鍵の置き場 ${folder} を使っています。何も変えていません。終わってから、もう一度実行してください。`,
        )
      if (await isLeftBehind(held)) await rm(held, { force: true })
      else await wait(waitMilliseconds)
    }
    try {
      return await work()
    } finally {
      await rm(held, { force: true })
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** A link never replaces: one of those who try at once holds it. */
async function isOurs(own: string, held: string): Promise<boolean> {
  try {
    await link(own, held)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

async function isLeftBehind(held: string): Promise<boolean> {
  const holder = Number(await readFile(held, 'utf8').catch(() => Number.NaN))
  if (!Number.isInteger(holder) || holder < 1) return false
  try {
    process.kill(holder, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
