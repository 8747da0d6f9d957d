import path from 'node:path'
import { startMunicipalityService } from '@koiki/municipality'
import { worldClock } from '@koiki/store'
import { databasesFromEnvironment } from './partyDatabases.ts'
import type { PartyPlace } from './serveUnion.ts'

/** 市区町村の代役を始める — all municipalities of the invented world, each behind its own operator's token. */
export async function serveMunicipality({
  folder,
  port,
}: PartyPlace): Promise<{ url: string; close(): Promise<void> }> {
  const urls = databasesFromEnvironment()
  return startMunicipalityService({
    url: (role) => urls[role] as string,
    port,
    dataFolder: path.join(folder, 'files', 'municipality'),
    partyKeys: path.join(folder, 'keys'),
    clock: worldClock,
    inventedWorld: true,
    tell: (sentence) => console.error(sentence),
  })
}
