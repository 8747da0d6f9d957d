import { mkdirSync, realpathSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StoreError } from './errors.ts'

const fault = (message: string): StoreError => new StoreError(message, { kind: 'unavailable' })

export const diskFull = (folder: string): StoreError =>
  fault(`ディスクに空きがありません（${folder}）。空きを作ってから、もう一度起動してください。`)

/**
 * データフォルダーを作る — with all that is missing above it, and tries to write in it; answers its real path. Where
 * that cannot be done, one sentence, and nothing of it is left.
 */
export function makeFolder(wanted: string): string {
  const folder = resolve(wanted)
  const made: string[] = []
  try {
    // One step at a time: below /proc, Node's own recursive way never comes to an end.
    for (const step of missingSteps(folder)) if (makeStep(step)) made.push(step)
    const probe = join(folder, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
    return realpathSync(folder)
  } catch (error) {
    for (const step of made.toReversed()) removeIfEmpty(step)
    throw refusal(folder, error as NodeJS.ErrnoException)
  }
}

/** What is not there yet, the outermost first. */
function missingSteps(folder: string): string[] {
  const missing: string[] = []
  for (let at = folder; ; at = dirname(at)) {
    const found = statSync(at, { throwIfNoEntry: false })
    if (found?.isDirectory()) return missing.reverse()
    if (found !== undefined) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    missing.push(at)
  }
}

function makeStep(step: string): boolean {
  try {
    mkdirSync(step, { mode: 0o755 })
    return true
  } catch (error) {
    // Another start was quicker.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(step, { throwIfNoEntry: false })?.isDirectory()) return false
    throw error
  }
}

function removeIfEmpty(step: string): void {
  try {
    rmdirSync(step)
  } catch {
    // Somebody else has put something in; it is theirs now.
  }
}

function refusal(folder: string, { code }: NodeJS.ErrnoException): StoreError {
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder)
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return fault(
      `データフォルダー ${folder} はフォルダーではありません。同じ名前のファイルか、途中にファイルがあります。別の名前を指定してください。`,
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return fault(
      `データフォルダー ${folder} に書き込めません。持ち主と権限を確かめるか、別のフォルダーを指定してください。`,
    )
  return fault(
    `データフォルダー ${folder} を作れません（${code}）。フォルダーを作れる、別の場所を指定してください。`,
  )
}
