import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { keyFolder, makeDevelopmentAuthority, makePartyKeys, type PartyKeys } from '@koiki/exchange'
import {
  type Clock,
  type DatabaseRole,
  municipalities as knownMunicipalities,
  startWorker,
} from '@koiki/store'
import { keyFileProvider } from '@koiki/vault'
import Fastify from 'fastify'
import { municipalityJobs, placeOf } from './jobs.ts'
import { folderMedium, type Medium } from './medium.ts'
import { misbehavingMedium } from './misbehavingMedium.ts'
import { keepOperatorTokens } from './operatorTokens.ts'
import { type Service, serviceErrors } from './route.ts'
import { conductRoutes } from './routes/conduct.ts'
import { documentRoutes } from './routes/documents.ts'
import { eventRoutes } from './routes/events.ts'
import { exportRoutes } from './routes/exports.ts'
import { enqueueArrived, importRoutes } from './routes/imports.ts'
import { insuredRoutes } from './routes/insured.ts'
import { jobRoutes } from './routes/jobs.ts'
import { partnerRoutes } from './routes/partners.ts'
import { residenceProvisionRoutes } from './routes/residenceProvisions.ts'
import { residentRoutes } from './routes/residents.ts'
import { stateRoutes } from './routes/state.ts'
import { transferRoutes } from './routes/transfers.ts'
import { screens } from './screens/screens.ts'
import { openStores, type Stores } from './stores.ts'

export interface StartMunicipalityService {
  /** The municipality's database for one of its users, as `migrate` answers. */
  readonly url: (role: DatabaseRole) => string
  /** 0 takes a free port. */
  readonly port: number
  /** Vault keys, operator tokens, sealed files, media, handed-over files and printed pages. */
  readonly dataFolder: string
  readonly clock: Clock
  /** True where the people are invented: every printed page says so. */
  readonly inventedWorld: boolean
  /** Where all parties' public keys and our own secret ones are; `keys` in the data folder unless said. */
  readonly partyKeys?: string
  /** How sealed files leave for the counter: a folder unless said. */
  readonly medium?: Medium
  /** The municipalities that are played: all that are known unless said. */
  readonly municipalities?: readonly string[]
  /** Jobs at a time; 2. */
  readonly concurrency?: number
  /** Told in Japanese of failed jobs: kind, number and reason, nothing about people. */
  readonly tell?: (sentence: string) => void
}

export interface MunicipalityService {
  readonly url: string
  close(): Promise<void>
}

/**
 * 市区町村の代役を始める — one service that plays the systems of every municipality, each under its own
 * path and its own operator's token, on 127.0.0.1 only. Closing lets the present unit of work end.
 */
export async function startMunicipalityService(
  options: StartMunicipalityService,
): Promise<MunicipalityService> {
  const { dataFolder } = options
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const played = options.municipalities ?? knownMunicipalities.map(([code]) => code)
  const stores = await openMunicipalityStores(options)
  try {
    return await serve(options, played, stores, await ownKeys(options, played))
  } catch (error) {
    await stores.close()
    throw error
  }
}

/** 3つのシステムを開く — for the first load of an invented world, with the vault of this data folder. */
export function openMunicipalityStores({
  url,
  dataFolder,
  clock,
}: Pick<StartMunicipalityService, 'url' | 'dataFolder' | 'clock'>): Promise<Stores> {
  const file = path.join(dataFolder, 'vault-keys.json')
  return openStores({ url, clock, vaultKeys: keyFileProvider({ file }) })
}

async function ownKeys(
  options: StartMunicipalityService,
  played: readonly string[],
): Promise<PartyKeys> {
  const folder = options.partyKeys ?? path.join(options.dataFolder, 'keys')
  if (options.inventedWorld) await makeDevelopmentAuthority(folder)
  for (const code of played) await makePartyKeys(folder, `municipality:${code}`)
  return keyFolder(folder)
}

async function serve(
  options: StartMunicipalityService,
  played: readonly string[],
  stores: Stores,
  keys: PartyKeys,
): Promise<MunicipalityService> {
  const { dataFolder, inventedWorld } = options
  const medium = options.medium ?? folderMedium(path.join(dataFolder, 'media'))
  const of = {
    stores,
    keys,
    medium: inventedWorld
      ? misbehavingMedium(medium, stores.municipalSystem, (municipality) =>
          placeOf({ keys, dataFolder }, municipality),
        )
      : medium,
    dataFolder,
    inventedWorld,
  }
  const jobs = municipalityJobs(of)
  const service: Service = {
    ...of,
    jobs,
    played: new Set(played),
    tokens: await keepOperatorTokens(dataFolder, played),
  }
  const app = Fastify({ logger: false, bodyLimit: 1024 * 1024 })
  serviceErrors(app)
  for (const routes of [
    transferRoutes,
    exportRoutes,
    importRoutes,
    documentRoutes,
    eventRoutes,
    residentRoutes,
    insuredRoutes,
    residenceProvisionRoutes,
    conductRoutes,
    screens,
    jobRoutes,
    partnerRoutes,
    stateRoutes,
  ]) {
    routes(app, service)
  }
  const worker = await startWorker({
    database: stores.work,
    jobs: jobs.all,
    concurrency: options.concurrency ?? 2,
    ...(options.tell === undefined ? {} : { tell: options.tell }),
  })
  try {
    await enqueueArrived(service)
    await app.listen({ host: '127.0.0.1', port: options.port })
  } catch (error) {
    await worker.stop()
    throw error
  }
  const address = app.server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      await app.close()
      await worker.stop()
      await stores.close()
    },
  }
}
