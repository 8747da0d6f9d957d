import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Access, openAccess } from '@koiki/access'
import { keyFolder, makeDevelopmentAuthority, makePartyKeys } from '@koiki/exchange'
import { openDatabase, startWorker, systemClock, unionBodies, worldClock } from '@koiki/store'
import { httpLine, startUnionService, unionJobs, watchTheDay } from '@koiki/union'
import { keyFileProvider, openVault } from '@koiki/vault'
import { kindOf } from './installation.ts'
import { databasesFromEnvironment } from './partyDatabases.ts'
import { findRunning } from './running.ts'
import { sweepCutOff } from './sweepCutOff.ts'
import { writeWhole } from './wholeFile.ts'

/** Where a party keeps what is its own; made at the first start, closed to others of the machine. */
export interface PartyPlace {
  readonly folder: string
  readonly port: number
}

/** The secret with which references in addresses are made; without it no old address opens anything. */
function referenceKey(file: string): Uint8Array {
  if (!existsSync(file)) writeWhole(file, randomBytes(32))
  return readFileSync(file)
}

/** 広域連合を始める — the standard system: its service, its worker, its vault, one database user. */
export async function serveUnion({
  folder,
  port,
  preparation,
}: PartyPlace & { readonly preparation: () => string | null }): Promise<{
  url: string
  close(): Promise<void>
}> {
  const { app } = databasesFromEnvironment()
  const invented = kindOf(folder) === 'invented'
  const keysFolder = path.join(folder, 'keys')
  const filesFolder = path.join(folder, 'files', 'union')
  for (const place of [keysFolder, filesFolder]) mkdirSync(place, { recursive: true, mode: 0o700 })
  sweepCutOff(filesFolder)
  if (invented) await makeDevelopmentAuthority(keysFolder)
  for (const { unionCode } of unionBodies) await makePartyKeys(keysFolder, `union:${unionCode}`)

  const db = await openDatabase({
    url: app,
    applicationName: 'koiki 標準システム',
    clock: invented ? worldClock : systemClock,
  })
  // Who sits at a screen stays signed in by the machine's time, also when an invented world moves on a day.
  const door = await openDatabase({
    url: app,
    applicationName: 'koiki 標準システムの入口',
    clock: systemClock,
    connections: 4,
  })
  // Passwords of an invented world are public; making them slow to guess would only slow the rehearsal.
  const access = openAccess(door, invented ? { passwordCost: { n: 2 ** 12, r: 8, p: 1 } } : {})
  await access.declareInstallation(invented ? 'invented' : 'office')
  if (invented) await access.makeDemoAccounts()
  else await announceEnrolment(access)
  const vault = await openVault({
    provider: keyFileProvider({
      file: path.join(keysFolder, 'union-vault.json'),
      databaseFolder: path.join(folder, 'postgres'),
    }),
    party: 'union',
  })
  const keys = keyFolder(keysFolder)
  // The municipalities' systems may be started later, and again: their place is looked up each time.
  const line = httpLine(() => findRunning(folder)?.municipalityUrl ?? null)
  const worker = await startWorker({
    database: db,
    jobs: unionJobs({ vault, keys, filesFolder, line }).all,
    tell: (sentence) => console.error(sentence),
  })
  const daily = watchTheDay({
    db,
    unions: unionBodies.map(({ unionCode }) => unionCode),
    desk: { keys, filesFolder, line },
    everyMilliseconds: 5_000,
    fault: (error) => console.error('日次の実行を頼めませんでした。', faultLine(error)),
  })
  const service = await startUnionService({
    db,
    access,
    vault,
    invented,
    preparation,
    filesFolder,
    keys,
    line,
    deskFolder: path.resolve(import.meta.dirname, '../desk/dist'),
    referenceKey: referenceKey(path.join(keysFolder, 'references.key')),
    port,
    fault: (number, error) => console.error(`受付番号 ${number}`, faultLine(error)),
  })
  return {
    url: service.url,
    async close() {
      await service.close()
      await daily.stop()
      await worker.stop()
      await door.close()
      await db.close()
    },
  }
}

/** An office's first administrators enrol by a code that is printed here and nowhere else. */
async function announceEnrolment(access: Access): Promise<void> {
  const union = process.env.KOIKI_UNION ?? '43'
  const code = await access.issueEnrolmentCode({ union })
  if (code === null) return
  console.log(
    `広域連合 ${union} の最初の管理者がまだいません。一度だけ使える登録番号: ${code}\n画面の「最初の管理者を登録する」に入れてください。`,
  )
}

/** The place of a fault in our program; its message may quote what a person typed. */
function faultLine(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return [
    error.name,
    ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
  ].join('\n')
}
