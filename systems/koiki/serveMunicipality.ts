import path from 'node:path'
import { startMunicipalityService } from '@koiki/municipality'
import { municipalities, worldClock } from '@koiki/store'
import { databasesFromEnvironment } from './partyDatabases.ts'
import type { PartyPlace } from './serveUnion.ts'
import { sweepCutOff } from './sweepCutOff.ts'

/** 市区町村の代役を始める — all municipalities of the invented world, each behind its own operator's token. */
export async function serveMunicipality({
  folder,
  port,
}: PartyPlace): Promise<{ url: string; close(): Promise<void> }> {
  const urls = databasesFromEnvironment()
  const dataFolder = path.join(folder, 'files', 'municipality')
  for (const [code] of municipalities) sweepCutOff(path.join(dataFolder, 'exchange', code))
  return startMunicipalityService({
    url: (role) => urls[role] as string,
    port,
    dataFolder,
    partyKeys: path.join(folder, 'keys'),
    clock: worldClock,
    inventedWorld: true,
    tell: (sentence) => console.error(sentence),
  })
}
