import path from 'node:path'
import {
  begunWorldOf,
  flowsDone,
  type Installation,
  keepFlows,
  openInstallation,
  type World,
} from './installation.ts'
import { makeWorld } from './makeWorld.ts'
import { databasesInEnvironment } from './partyDatabases.ts'
import { forgetRunning, noteRunning } from './running.ts'
import { type PartyProcess, startParty } from './supervisor.ts'

/** 家 — one installation with the services of its parties, running. */
export interface House {
  readonly installation: Installation
  readonly unionUrl: string
  readonly municipalityUrl: string
  readonly municipalityFolder: string
  readonly world: World | null
  /** True until the flows of an invented world have run to their end once. */
  readonly freshWorld: boolean
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

/** 家を始める — database, world, and a process for each party, in that order; undone when one cannot start. */
export async function startHouse(options: StartHouse): Promise<House> {
  const { tell, stopping } = options
  const installation = await openInstallation(options)
  const parties: PartyProcess[] = []
  const stop = async (): Promise<void> => {
    forgetRunning(installation.folder)
    for (const party of parties.toReversed()) await party.stop()
    await installation.close()
  }
  try {
    const { folder } = installation
    stopping?.throwIfAborted()
    const world =
      installation.world ??
      (options.world === null ? null : (begunWorldOf(folder) ?? options.world))
    if (installation.world === null && world !== null) {
      tell(
        `模擬の県をつくっています(被保険者およそ${world.persons.toLocaleString('ja-JP')}人、みな架空)。`,
      )
      await makeWorld(installation, world, tell, stopping)
    }
    stopping?.throwIfAborted()
    parties.push(
      await startParty({
        party: 'union',
        port: options.port,
        folder,
        environment: databasesInEnvironment(installation.union, ['app']),
        tell,
      }),
    )
    if (world !== null) {
      parties.push(
        await startParty({
          party: 'municipality',
          port: options.municipalityPort ?? 0,
          folder,
          environment: databasesInEnvironment(installation.municipality, [
            'app',
            'vault',
            'resident_register',
            'local_tax',
            'municipal_system',
          ]),
          tell,
        }),
      )
    }
    const urlOf = (name: string): string => parties.find(({ party }) => party === name)?.url ?? ''
    const [unionUrl, municipalityUrl] = [urlOf('union'), urlOf('municipality')]
    if (installation.server !== null)
      noteRunning(folder, {
        processId: process.pid,
        serverUrl: installation.server.url,
        unionUrl,
        municipalityUrl,
      })
    return {
      installation,
      unionUrl,
      municipalityUrl,
      municipalityFolder: path.join(folder, 'files', 'municipality'),
      world,
      freshWorld: world !== null && !flowsDone(folder),
      keepFlows: () => keepFlows(folder),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
