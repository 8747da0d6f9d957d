import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { writeWhole } from './wholeFile.ts'

/** 動いている据付け — where a running installation can be reached; closed to others of the machine. */
export interface Running {
  readonly processId: number
  readonly serverUrl: string
  readonly unionUrl: string
  readonly municipalityUrl: string
}

const noteOf = (folder: string): string => path.join(folder, 'running.json')

export function noteRunning(folder: string, running: Running): void {
  writeWhole(noteOf(folder), JSON.stringify(running))
}

export function forgetRunning(folder: string): void {
  rmSync(noteOf(folder), { force: true })
}

/** The installation that runs from a folder, or null; a note left by a killed one is not believed. */
export function findRunning(folder: string): Running | null {
  if (!existsSync(noteOf(folder))) return null
  let running: Running
  try {
    running = JSON.parse(readFileSync(noteOf(folder), 'utf8')) as Running
  } catch {
    // Closed to us, or cut off by a full disk: whoever serves the folder refuses us itself.
    return null
  }
  try {
    process.kill(running.processId, 0)
    return running
  } catch {
    return null
  }
}
