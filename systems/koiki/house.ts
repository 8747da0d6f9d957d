import path from 'node:path'
import {
  begunWorldOf,
  flowsDone,
  type Installation,
  keepFlows,
  openInstallation,
  type World,
} from './installation.ts'
import { makeWorld, openWorld } from './makeWorld.ts'
import { databasesInEnvironment } from './partyDatabases.ts'
import { forgetRunning, noteRunning } from './running.ts'
import { type PartyProcess, type StartParty, startParty } from './supervisor.ts'

/** 家 — one installation with the services of its parties, running. */
export interface House {
  readonly installation: Installation
  readonly unionUrl: string
  readonly municipalityUrl: string
  readonly municipalityFolder: string
  readonly world: World | null
  /** True until the registers of an invented world are full. */
  readonly emptyRegisters: boolean
  /** True until the flows of an invented world have run to their end once. */
  readonly freshWorld: boolean
  /** Fills them; only from then on the municipalities can be reached, or what happens there would be mixed in. */
  fillRegisters(tell: (sentence: string) => void): Promise<void>
  /** Tells the union's screens what an invented world still waits for; null once all of it is there. */
  tellPreparation(preparation: string | null): void
  keepFlows(): void
  stop(): Promise<void>
}

export interface StartHouse {
  readonly folder: string
  readonly port: number
  /** Of the municipalities' stand-in; a free one is chosen if not given. */
  readonly municipalityPort?: number
  readonly databaseUrl: string | undefined
  /** The world to make where none is yet; null for an office's own data. */
  readonly world: World | null
  readonly tell: (sentence: string) => void
  /** Ends the start in the middle: throws its reason after putting everything away. */
  readonly stopping?: AbortSignal
}

/**
 * 家を始める — database, then a process for each party; undone when one cannot start. The registers of a new world
 * are still empty: whoever started the house fills them, so that screens need not wait for an invented prefecture.
 */
export async function startHouse(options: StartHouse): Promise<House> {
  const { stopping } = options
  const installation = await openInstallation(options)
  const { folder } = installation
  const parties: PartyProcess[] = []
  const stop = async (): Promise<void> => {
    forgetRunning(folder)
    for (const party of parties.toReversed()) await party.stop()
    await installation.close()
  }
  try {
    stopping?.throwIfAborted()
    const world =
      installation.world ??
      (options.world === null ? null : (begunWorldOf(folder) ?? options.world))
    if (installation.world === null && world !== null) await openWorld(installation, world)
    const wanted = [unionProcess(installation, options)]
    if (world !== null) wanted.push(municipalityProcess(installation, options))
    const started = await Promise.allSettled(wanted.map(startParty))
    for (const one of started) if (one.status === 'fulfilled') parties.push(one.value)
    for (const one of started) if (one.status === 'rejected') throw one.reason
    stopping?.throwIfAborted()
    const urlOf = (name: string): string => parties.find(({ party }) => party === name)?.url ?? ''
    const [unionUrl, municipalityUrl] = [urlOf('union'), urlOf('municipality')]
    const note = (): void => {
      if (installation.server === null) return
      const serverUrl = installation.server.url
      noteRunning(folder, { processId: process.pid, serverUrl, unionUrl, municipalityUrl })
    }
    if (installation.world !== null) note()
    return {
      installation,
      unionUrl,
      municipalityUrl,
      municipalityFolder: path.join(folder, 'files', 'municipality'),
      world,
      emptyRegisters: world !== null && installation.world === null,
      freshWorld: world !== null && !flowsDone(folder),
      async fillRegisters(tellHere) {
        if (world === null) return
        await makeWorld(installation, world, tellHere, stopping)
        note()
      },
      tellPreparation: (preparation) =>
        parties.find(({ party }) => party === 'union')?.tell({ preparation }),
      keepFlows: () => keepFlows(folder),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const unionProcess = (installation: Installation, { port, tell }: StartHouse): StartParty => ({
  party: 'union',
  port,
  folder: installation.folder,
  environment: databasesInEnvironment(installation.union, ['app']),
  tell,
})

const municipalityProcess = (
  installation: Installation,
  { municipalityPort = 0, tell }: StartHouse,
): StartParty => ({
  party: 'municipality',
  port: municipalityPort,
  folder: installation.folder,
  environment: databasesInEnvironment(installation.municipality, [
    'app',
    'vault',
    'resident_register',
    'local_tax',
    'municipal_system',
  ]),
  tell,
})
