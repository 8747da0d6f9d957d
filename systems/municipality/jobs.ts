import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Actor } from '@koiki/audit'
import { type ExchangePlace, handover, KeysMissing, type PartyKeys } from '@koiki/exchange'
import type { FiscalYear } from '@koiki/kernel'
import { UnwritableRow } from '@koiki/layouts'
import {
  type Database,
  defineJob,
  enqueue,
  type Job,
  JobFailure,
  type JobRun,
  plainly,
  type Scope,
} from '@koiki/store'
import { VaultError } from '@koiki/vault'
import { type Medium, mediumName } from './medium.ts'
import { type Exportable, exportables, exportToUnion } from './municipalSystem/exportToUnion.ts'
import { importFromUnion } from './municipalSystem/importFromUnion.ts'
import { handOverInsuredEntries } from './municipalSystem/insuredEntries.ts'
import { type DocumentKind, printDocuments } from './municipalSystem/printDocuments.ts'
import { receiveInsuredEntries } from './residentRegister/insuredEntries.ts'
import type { Stores } from './stores.ts'
import {
  handOver,
  incomeTransfer,
  receiveTransfers,
  residentTransfer,
  type Transfer,
} from './transfer.ts'

/** 市区町村の仕事が使うもの */
export interface Municipalities {
  readonly stores: Stores
  readonly keys: PartyKeys
  readonly medium: Medium
  readonly dataFolder: string
  readonly inventedWorld: boolean
}

export type TransferArgs = { readonly step: '2-1' | '3-6' | '4-1' }
export type ExportArgs = {
  readonly step: '2-2' | '4-2'
  readonly mode: 'auto' | 'full' | 'difference'
  readonly fiscalYear: number | null
  readonly horizonMonths: number
}
/** The id without hyphens: a group of twelve digits would be taken for an Individual Number. */
export type ImportArgs = { readonly transmission: string }
export type PrintArgs = { readonly kind: DocumentKind }

export interface MunicipalityJobs {
  readonly transfer: Job<TransferArgs>
  readonly exportFiles: Job<ExportArgs>
  readonly importFile: Job<ImportArgs>
  readonly print: Job<PrintArgs>
  readonly all: readonly Job<never>[]
}

/** やりとりの場 of one municipality: its own keys and its own folder of sealed files. */
export const placeOf = (
  of: Pick<Municipalities, 'keys' | 'dataFolder'>,
  municipality: string,
): ExchangePlace => ({
  self: `municipality:${municipality}`,
  keys: of.keys,
  folder: path.join(of.dataFolder, 'exchange', municipality),
})

export const documentsFolder = (of: Municipalities): string => path.join(of.dataFolder, 'documents')

/** 市区町村の仕事 — one at a time for each municipality, in the order of asking. */
export function municipalityJobs(of: Municipalities): MunicipalityJobs {
  const { stores } = of
  const queue = (_: unknown, scope: Scope): string => `municipality:${scope.municipality}`

  const folder = path.join(of.dataFolder, 'transfers')
  const transfer = defineJob<TransferArgs>({
    kind: 'municipality.transfer',
    title: ({ step }) => transferTitles[step],
    queue,
    steps: [
      {
        name: '渡す',
        run: (run) =>
          telling(async () => {
            const by = actorOf(run, '移転の引渡し')
            const handed =
              run.args.step === '3-6'
                ? await handOverInsuredEntries(stores.municipalSystem, run.scope, folder, by)
                : await handOver(...senderOf(stores, run.args.step, run.scope), folder, by)
            run.result({ rows: handed?.rowCount ?? 0 })
          }),
      },
      {
        name: '受ける',
        run: (run) =>
          telling(async () => {
            const by = actorOf(run, '移転の受取り')
            const received =
              run.args.step === '3-6'
                ? await receiveInsuredEntries(stores.residentRegister, run.scope, folder, by)
                : await receiveTransfers(
                    stores.municipalSystem,
                    run.scope,
                    transfers[run.args.step],
                    folder,
                    by,
                  )
            run.result({
              transfers: received.length,
              rows: received.reduce((sum, { rowCount }) => sum + rowCount, 0),
              changed: received.reduce((sum, { changedCount }) => sum + changedCount, 0),
            })
          }),
      },
    ],
  })

  const exportFiles = defineJob<ExportArgs>({
    kind: 'municipality.exportFiles',
    title: ({ step }) =>
      step === '2-2' ? '住民基本台帳情報等の移出(2-2)' : '所得・課税情報の移出(4-2)',
    queue,
    steps: [
      {
        name: '移出する',
        run: (run) =>
          telling(async () => {
            const done: Record<string, { rows: number; mode: string } | null> = {}
            for (const one of exportables.filter(({ step }) => step === run.args.step)) {
              const exported = await exportOne(of, run, one)
              done[one.layout.name] = exported && { rows: exported.rowCount, mode: exported.mode }
            }
            run.result(done)
          }),
      },
    ],
  })

  const importFile: Job<ImportArgs> = defineJob<ImportArgs>({
    kind: 'municipality.importFile',
    title: '広域連合からの情報の移入と更新(3-5、3-6、4-8、4-9)',
    queue,
    steps: [
      {
        name: '移入して更新する',
        run: (run) =>
          telling(async () => {
            const imported = await importFromUnion(
              stores,
              placeOf(of, run.scope.municipality),
              run.scope,
              run.args.transmission,
              actorOf(run, '広域連合からの移入'),
              (rows) => run.progress(rows, null, `${rows.toLocaleString('ja-JP')}行を読みました。`),
            )
            // A failed job is asked for again when its turn has come; a done one would not be.
            if (imported.state === 'waiting') throw new JobFailure(imported.sentence)
            const { next, ...summary } = imported
            run.result({ ...summary })
            if (next === null) return
            await run.database.transaction(run.scope, (tx) =>
              enqueue(tx, importFile, ...importArguments(next)),
            )
          }),
      },
    ],
  })

  const print = defineJob<PrintArgs>({
    kind: 'municipality.printDocuments',
    title: ({ kind }) => `${kind}の発行(${kind === '保険料額決定通知書' ? '4-10' : '3-7'})`,
    queue,
    steps: [
      {
        name: '印刷する',
        run: (run) =>
          telling(async () => {
            const printed = await printDocuments(
              stores,
              run.scope,
              {
                kind: run.args.kind,
                folder: documentsFolder(of),
                inventedWorld: of.inventedWorld,
              },
              actorOf(run, '文書の発行'),
              async (sheets) => {
                run.progress(sheets, null, `${sheets.toLocaleString('ja-JP')}枚を作りました。`)
                // A bundle is a unit: here the job may be stopped or cancelled.
                await run.commit(async () => undefined)
              },
            )
            run.result({ ...printed })
          }),
      },
    ],
  })

  return {
    transfer,
    exportFiles,
    importFile,
    print,
    all: [transfer, exportFiles, importFile, print] as unknown as readonly Job<never>[],
  }
}

/** Asking for the import of a transmission again gives the same job. */
export function importArguments(
  transmissionId: string,
): [ImportArgs, { requestedBy: string; dedupeKey: string }] {
  const transmission = transmissionId.replaceAll('-', '')
  return [{ transmission }, { requestedBy: '市区町村システム', dedupeKey: transmission }]
}

const transferTitles: Record<TransferArgs['step'], string> = {
  '2-1': '住民票の異動の移転(2-1)',
  '3-6': '住民票に記載する被保険者情報の移転(3-6)',
  '4-1': '個人住民税の移転(4-1)',
}

const transfers = { '2-1': residentTransfer, '4-1': incomeTransfer } as const

const senderOf = (
  stores: Stores,
  step: keyof typeof transfers,
  scope: Scope,
): [Database, Scope, Transfer] => [
  step === '2-1' ? stores.residentRegister : stores.localTax,
  scope,
  transfers[step],
]

async function exportOne(of: Municipalities, run: JobRun<ExportArgs>, one: Exportable) {
  const { stores, medium } = of
  const { municipality } = run.scope
  const place = placeOf(of, municipality)
  const { mode, fiscalYear, horizonMonths } = run.args
  const exported = await exportToUnion(
    stores,
    place,
    one,
    run.scope,
    {
      exportId: exportIdOf(run.jobId, one.layout.id),
      mode,
      fiscalYear: fiscalYear as FiscalYear | null,
      horizonMonths,
    },
    actorOf(run, `${one.layout.name}の移出`),
    (rows) =>
      run.progress(rows, null, `${one.layout.name}を${rows.toLocaleString('ja-JP')}行封じました。`),
  )
  if (exported === null) return null
  const { manifestText, sealedFile } = await stores.municipalSystem.transaction(run.scope, (tx) =>
    handover(tx, place, exported.transmissionId),
  )
  await medium.put({
    name: mediumName(municipality, one.layout.id, exported.sequenceNumber),
    manifestText,
    sealedFile,
  })
  return exported
}

/** The same job and layout give the same id, so that a job that is taken over exports once. */
function exportIdOf(jobId: number, layoutId: string): string {
  const hex = createHash('sha256').update(`export ${jobId} ${layoutId}`).digest('hex')
  const text = `${hex.slice(0, 12)}8${hex.slice(13, 16)}a${hex.slice(17, 32)}`
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const actorOf = (run: { readonly jobId: number }, name: string): Actor => ({
  kind: 'job',
  id: String(run.jobId),
  name,
})

/** Refusals of the ground whose sentences are meant for the person who asked. */
const refused = plainly(UnwritableRow, VaultError, KeysMissing)
const telling = (work: () => Promise<void>): Promise<void> => work().catch(refused)
