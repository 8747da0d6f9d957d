import { type Actor, recordAccess } from '@koiki/audit'
import { subjectOf } from '@koiki/kernel'
import type { Instant, Scope, Transaction } from '@koiki/store'
import { Refusal } from '../refusal.ts'
import type { DocumentKind } from './printDocuments.ts'

/** 文書の一覧の一行 */
export interface IssuedDocument {
  readonly kind: DocumentKind
  readonly sheetNumber: number
  readonly insuredNumber: string
  readonly issuedOn: string
  readonly bundleId: string | null
  readonly stoppedBecause: string | null
  readonly handedOverOn: string | null
  readonly method: string | null
}

export interface Bundle {
  readonly bundleId: string
  readonly kind: DocumentKind
  readonly sheetFrom: number
  readonly sheetUntil: number
  readonly sheetCount: number
  readonly pageCount: number
  readonly pdfSha256: string
  readonly printedAt: Instant
  readonly handedOver: number
}

export interface DocumentFilter {
  readonly kind?: DocumentKind | undefined
  /** Only sheets after this one: the next page. */
  readonly after?: number | undefined
  /** Only those that were held back. */
  readonly stopped?: boolean | undefined
  readonly limit: number
}

/** 文書の一覧 — by sheet number; looking at it is a look at the persons in it. */
export async function listDocuments(
  tx: Transaction,
  scope: Scope,
  filter: DocumentFilter,
  actor: Actor,
): Promise<IssuedDocument[]> {
  const rows = await tx.query<IssuedDocument & { subjectKey: number }>(
    `select d.subject_key as "subjectKey", d.document_kind as kind,
            d.sheet_number as "sheetNumber", d.issued_on as "issuedOn",
            d.bundle_id as "bundleId", d.stopped_because as "stoppedBecause",
            h.handed_over_on as "handedOverOn", h.method
       from municipal_system.document as d
       left join municipal_system.hand_over as h
         using (subject_key, municipality_code, document_kind, sheet_number)
      where d.municipality_code = $1
        and ($2::text is null or d.document_kind = $2)
        and d.sheet_number > $3
        and (not $4 or d.stopped_because is not null)
      order by d.sheet_number, d.document_kind
      limit $5`,
    [
      scope.municipality,
      filter.kind ?? null,
      filter.after ?? 0,
      filter.stopped ?? false,
      filter.limit,
    ],
  )
  await auditLook(
    tx,
    scope,
    actor,
    rows.map(({ subjectKey }) => subjectKey),
  )
  return rows.map(({ subjectKey, ...row }) => ({
    ...row,
    insuredNumber: subjectOf(subjectKey).insuredNumber,
  }))
}

/** 印刷の束の一覧 — names nobody. */
export async function listBundles(tx: Transaction, scope: Scope): Promise<Bundle[]> {
  return tx.query<Bundle>(
    `select b.bundle_id as "bundleId", b.document_kind as kind, b.sheet_from as "sheetFrom",
            b.sheet_until as "sheetUntil", b.sheet_count as "sheetCount",
            b.page_count as "pageCount", encode(b.pdf_sha256, 'hex') as "pdfSha256",
            b.printed_at as "printedAt",
            (select count(*) from municipal_system.document as d
               join municipal_system.hand_over as h
                 using (subject_key, municipality_code, document_kind, sheet_number)
              where d.bundle_id = b.bundle_id) as "handedOver"
       from municipal_system.print_bundle as b
      where b.municipality_code = $1
      order by b.printed_at, b.document_kind, b.sheet_from`,
    [scope.municipality],
  )
}

/** 束を見る — whose sheets are in it, as a look at each of them; the PDF's digest, or null if unknown. */
export async function openBundle(
  tx: Transaction,
  scope: Scope,
  bundleId: string,
  actor: Actor,
): Promise<string | null> {
  const bundle = await tx.maybe<{ digest: string }>(
    `select encode(pdf_sha256, 'hex') as digest from municipal_system.print_bundle
      where municipality_code = $1 and bundle_id = $2`,
    [scope.municipality, bundleId],
  )
  if (bundle === null) return null
  const persons = await personsOf(tx, scope, bundleId)
  await auditLook(tx, scope, actor, persons)
  return bundle.digest
}

/**
 * 交付 (3-7, 4-11) — records that the sheets of a bundle were handed over or mailed. Sheets already handed
 * over keep their first record. How many were recorded.
 */
export async function handOverBundle(
  tx: Transaction,
  scope: Scope,
  bundleId: string,
  method: '窓口' | '郵送',
  actor: Actor,
): Promise<number> {
  const persons = await personsOf(tx, scope, bundleId)
  if (persons.length === 0) {
    throw new Refusal(['この印刷の束がありません。束の番号を確かめてください。'])
  }
  const count = await tx.run(
    `insert into municipal_system.hand_over
       (subject_key, municipality_code, document_kind, sheet_number, union_code, handed_over_on,
        method, recorded_at)
     select subject_key, municipality_code, document_kind, sheet_number, union_code, $3, $4, $5
       from municipal_system.document
      where municipality_code = $1 and bundle_id = $2
     on conflict (subject_key, municipality_code, document_kind, sheet_number) do nothing`,
    [scope.municipality, bundleId, tx.today, method, tx.now],
  )
  await recordAccess(tx, {
    channel: 'api',
    actor,
    party: `municipality:${scope.municipality}`,
    purpose: '文書の交付',
    act: 'document.handOver',
    effect: 'write',
    persons,
  })
  return count
}

async function personsOf(tx: Transaction, scope: Scope, bundleId: string): Promise<number[]> {
  const rows = await tx.query<{ key: number }>(
    `select subject_key as key from municipal_system.document
      where municipality_code = $1 and bundle_id = $2`,
    [scope.municipality, bundleId],
  )
  return rows.map(({ key }) => key)
}

async function auditLook(
  tx: Transaction,
  scope: Scope,
  actor: Actor,
  persons: readonly number[],
): Promise<void> {
  await recordAccess(tx, {
    channel: 'api',
    actor,
    party: `municipality:${scope.municipality}`,
    purpose: '発行した文書の確認',
    act: 'document.read',
    effect: 'read',
    persons,
  })
}
