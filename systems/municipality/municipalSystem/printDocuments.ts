import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Actor, recordAccess } from '@koiki/audit'
import type { PlainDate } from '@koiki/kernel'
import type { PrintedRun } from '@koiki/notices'
import type { Scope, Transaction } from '@koiki/store'
import { type MunicipalityName, municipalityNamed } from '../municipalityNamed.ts'
import type { Stores } from '../stores.ts'
import { certificates, informationNotices } from './certificates.ts'
import { premiumNotices } from './premiumNotices.ts'

export const documentKinds = ['資格確認書', '資格情報のお知らせ', '保険料額決定通知書'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** 宛先の事情 — where a document for a person goes, and why it cannot go. */
export interface Destination {
  readonly name: string
  readonly birthDate: PlainDate
  readonly postalCode: string
  readonly address: readonly string[]
  /** Null when it may go. */
  readonly heldBecause: string | null
}

/** 発行するもの — one person's document before it has a sheet number. */
export interface Due {
  readonly subjectKey: number
  readonly sourceSha256: Buffer
  readonly destination: Destination
  readonly acquiredOn: PlainDate | null
  readonly expiresOn: PlainDate | null
  readonly fiscalYear: number | null
  readonly revision: number | null
  /** 発行番号 of 被保険者証等発行用情報. */
  readonly issueNumber: number | null
  /** 1 the first print, from 2 on a reprint. */
  readonly copy: number
}

export interface PrintContext {
  readonly municipality: MunicipalityName
  readonly today: PlainDate
}

/** 文書の種類 — who is due for one, and how a sheet of it is made. */
export interface PrintableKind<D extends Due> {
  readonly kind: DocumentKind
  readonly step: string
  /** By subject key, beginning after one. */
  findDue(tx: Transaction, municipality: string, after: number, limit: number): Promise<D[]>
  print(
    due: readonly (D & { readonly sheetNumber: string })[],
    context: PrintContext,
    options: { readonly issuer: string; readonly mock: boolean; readonly printedAt: number },
  ): PrintedRun
}

const kinds = {
  資格確認書: certificates,
  資格情報のお知らせ: informationNotices,
  保険料額決定通知書: premiumNotices,
} as const

export interface PrintRequest {
  readonly kind: DocumentKind
  /** Where bundles of pages rest: one PDF a bundle, named by its id. */
  readonly folder: string
  /** True in the invented world: each page says so. */
  readonly inventedWorld: boolean
}

export interface Printed {
  readonly printed: number
  readonly stopped: number
  readonly bundles: number
}

/** Sheets of one PDF: small enough to print again, large enough to print fast. */
const sheetsOfBundle = 200

/**
 * 発行 (3-7, 4-10) — prints a document for everyone who is due for one, bundle by bundle, each bundle in one
 * transaction with its record. Who has one with the same contents is not due, so asking again prints
 * nothing twice; a spoiled one is due again. A sheet that may not go or cannot be printed is recorded with its
 * reason. What was printed counts once somebody has counted the sheets (`confirmBundle`).
 */
export async function printDocuments(
  stores: Stores,
  scope: Scope,
  request: PrintRequest,
  actor: Actor,
  told: (sheets: number) => Promise<void> | void = () => {},
): Promise<Printed> {
  const of = kinds[request.kind] as unknown as PrintableKind<Due>
  const folder = path.join(request.folder, scope.municipality)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeUnrecorded(stores, scope, folder)
  const total = { printed: 0, stopped: 0, bundles: 0 }
  let after = 0
  for (;;) {
    const one = await stores.municipalSystem.transaction(scope, (tx) =>
      printBundle(tx, of, scope, { ...request, folder }, after, actor),
    )
    if (one === null) return total
    after = one.last
    total.printed += one.printed
    total.stopped += one.stopped
    total.bundles += one.printed > 0 ? 1 : 0
    await told(total.printed + total.stopped)
  }
}

async function printBundle(
  tx: Transaction,
  of: PrintableKind<Due>,
  scope: Scope,
  request: PrintRequest,
  after: number,
  actor: Actor,
): Promise<{ printed: number; stopped: number; last: number } | null> {
  const last = await lockSheetCounter(tx, scope, of.kind)
  const due = await of.findDue(tx, scope.municipality, after, sheetsOfBundle)
  if (due.length === 0) return null
  const numbered = due.map((one, index) => ({ ...one, sheetNumber: sheetName(last + index + 1) }))
  const free = numbered.filter(({ destination }) => destination.heldBecause === null)
  const municipality = municipalityNamed(scope.municipality)
  const run = of.print(
    free,
    { municipality, today: tx.today },
    {
      issuer: municipality.union,
      mock: request.inventedWorld,
      printedAt: Math.floor(Date.parse(tx.now) / 1000),
    },
  )
  const digests = new Map(run.printed.map(({ sheetNumber, digest }) => [sheetNumber, digest]))
  const stops = new Map(run.stopped.map(({ sheetNumber, sentence }) => [sheetNumber, sentence]))
  const bundleId = run.pdf === null ? null : randomUUID()
  if (run.pdf !== null && bundleId !== null) {
    await keepPdf(request.folder, bundleId, run.pdf)
    await insertBundle(tx, scope, of.kind, {
      bundleId,
      pdf: run.pdf,
      pages: run.pages,
      sheets: numbered.filter(({ sheetNumber }) => digests.has(sheetNumber)),
    })
  }
  for (const [index, one] of numbered.entries()) {
    const digest = digests.get(one.sheetNumber)
    const because = one.destination.heldBecause ?? stops.get(one.sheetNumber) ?? null
    await insertDocument(tx, scope, of.kind, one, {
      sheetNumber: last + index + 1,
      bundleId: digest === undefined ? null : bundleId,
      digest: digest ?? null,
      because,
    })
  }
  await saveSheetCounter(tx, scope, of.kind, last + numbered.length)
  await recordAccess(tx, {
    channel: 'job',
    actor,
    party: `municipality:${scope.municipality}`,
    purpose: `${of.kind}の発行(${of.step})`,
    act: 'document.print',
    effect: 'write',
    persons: due.map(({ subjectKey }) => subjectKey),
  })
  return {
    printed: digests.size,
    stopped: numbered.length - digests.size,
    // The last person may be due for another year as well, which did not fit in.
    last: (due.at(-1)?.subjectKey as number) - 1,
  }
}

const sheetName = (number: number): string => String(number).padStart(7, '0')

/** Before the record is committed; a crash between leaves a PDF that nobody knows, see below. */
async function keepPdf(folder: string, bundleId: string, pdf: Buffer): Promise<void> {
  const file = path.join(folder, `${bundleId}.pdf`)
  await writeFile(`${file}.new`, pdf, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

async function removeUnrecorded(stores: Stores, scope: Scope, folder: string): Promise<void> {
  const names = (await readdir(folder)).map((name) => name.replace(/\.pdf(\.new)?$/, ''))
  if (names.length === 0) return
  const known = await stores.municipalSystem.transaction(scope, (tx) =>
    tx.query<{ id: string }>(
      `select bundle_id as id from municipal_system.print_bundle
        where municipality_code = $1 and bundle_id = any($2::uuid[])`,
      [scope.municipality, names],
    ),
  )
  const kept = new Set(known.map(({ id }) => `${id}.pdf`))
  for (const name of await readdir(folder)) {
    if (!kept.has(name)) await rm(path.join(folder, name), { force: true })
  }
}

async function lockSheetCounter(
  tx: Transaction,
  scope: Scope,
  kind: DocumentKind,
): Promise<number> {
  await tx.run(
    `insert into municipal_system.sheet_counter
       (municipality_code, document_kind, union_code, last_sheet_number)
     values ($1, $2, $3, 0)
     on conflict (municipality_code, document_kind) do nothing`,
    [scope.municipality, kind, Number(scope.union)],
  )
  const { last } = await tx.one<{ last: number }>(
    `select last_sheet_number as last from municipal_system.sheet_counter
      where municipality_code = $1 and document_kind = $2 for update`,
    [scope.municipality, kind],
  )
  return last
}

async function saveSheetCounter(
  tx: Transaction,
  scope: Scope,
  kind: DocumentKind,
  last: number,
): Promise<void> {
  await tx.run(
    `update municipal_system.sheet_counter set last_sheet_number = $3
      where municipality_code = $1 and document_kind = $2`,
    [scope.municipality, kind, last],
  )
}

async function insertBundle(
  tx: Transaction,
  scope: Scope,
  kind: DocumentKind,
  bundle: {
    readonly bundleId: string
    readonly pdf: Buffer
    readonly pages: number
    readonly sheets: readonly { readonly sheetNumber: string }[]
  },
): Promise<void> {
  await tx.run(
    `insert into municipal_system.print_bundle
       (municipality_code, bundle_id, union_code, document_kind, sheet_from, sheet_until,
        sheet_count, page_count, pdf_sha256, printed_on, printed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      scope.municipality,
      bundle.bundleId,
      Number(scope.union),
      kind,
      Number(bundle.sheets[0]?.sheetNumber),
      Number(bundle.sheets.at(-1)?.sheetNumber),
      bundle.sheets.length,
      bundle.pages,
      createHash('sha256').update(bundle.pdf).digest(),
      tx.today,
      tx.now,
    ],
  )
}

async function insertDocument(
  tx: Transaction,
  scope: Scope,
  kind: DocumentKind,
  due: Due,
  made: {
    readonly sheetNumber: number
    readonly bundleId: string | null
    readonly digest: string | null
    readonly because: string | null
  },
): Promise<void> {
  await tx.run(
    `insert into municipal_system.document
       (subject_key, municipality_code, document_kind, sheet_number, union_code, bundle_id,
        acquired_on, expires_on, fiscal_year, revision, source_sha256, sheet_sha256,
        stopped_because, issued_on, issued_at, issue_number, copy)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, decode($12, 'hex'), $13, $14, $15,
             $16, $17)`,
    [
      due.subjectKey,
      scope.municipality,
      kind,
      made.sheetNumber,
      Number(scope.union),
      made.bundleId,
      due.acquiredOn,
      due.expiresOn,
      due.fiscalYear,
      due.revision,
      due.sourceSha256,
      made.digest,
      made.because,
      tx.today,
      tx.now,
      due.issueNumber,
      due.copy,
    ],
  )
}
