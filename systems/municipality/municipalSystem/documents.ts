import { type Actor, recordAccess } from '@koiki/audit'
import { subjectOf } from '@koiki/kernel'
import type { Instant, Scope, Transaction } from '@koiki/store'
import { Refusal } from '../refusal.ts'
import { listWithoutCertificate, type WithoutCertificate } from './certificates.ts'
import { byHandOnly, showsHiddenAddress } from './destination.ts'
import type { DocumentKind } from './printDocuments.ts'

/** 文書の一覧の一行 */
export interface IssuedDocument {
  readonly kind: DocumentKind
  readonly sheetNumber: number
  readonly insuredNumber: string
  readonly issuedOn: string
  /** 1 the first print, from 2 on a reprint. */
  readonly copy: number
  readonly bundleId: string | null
  readonly stoppedBecause: string | null
  /** 印刷済み or 書き損じ, once somebody has looked at the sheet. */
  readonly outcome: string | null
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
  /** Of its sheets: those that are reprints. */
  readonly reprints: number
  /** Null until somebody has counted the sheets. */
  readonly confirmedOn: string | null
  readonly printed: number
  readonly spoiled: number
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
            d.copy, d.bundle_id as "bundleId", d.stopped_because as "stoppedBecause", o.outcome,
            h.handed_over_on as "handedOverOn", h.method
       from municipal_system.document as d
       left join municipal_system.hand_over as h
         using (subject_key, municipality_code, document_kind, sheet_number)
       left join municipal_system.sheet_outcome as o
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

/** 文書のない人の一覧 — looking at it is a look at the persons in it. */
export async function lookAtWithoutCertificate(
  tx: Transaction,
  scope: Scope,
  limit: number,
  actor: Actor,
): Promise<Omit<WithoutCertificate, 'subjectKey'>[]> {
  const rows = await listWithoutCertificate(tx, scope.municipality, limit)
  await auditLook(
    tx,
    scope,
    actor,
    rows.map(({ subjectKey }) => subjectKey),
  )
  return rows.map(({ subjectKey: _, ...row }) => row)
}

/** 印刷の束の一覧 — names nobody. */
export async function listBundles(tx: Transaction, scope: Scope): Promise<Bundle[]> {
  return tx.query<Bundle>(
    `select b.bundle_id as "bundleId", b.document_kind as kind, b.sheet_from as "sheetFrom",
            b.sheet_until as "sheetUntil", b.sheet_count as "sheetCount",
            b.page_count as "pageCount", encode(b.pdf_sha256, 'hex') as "pdfSha256",
            b.printed_at as "printedAt", n.*
       from municipal_system.print_bundle as b
      cross join lateral (
        select count(*) filter (where d.copy > 1) as reprints,
               min(o.confirmed_on) as "confirmedOn",
               count(*) filter (where o.outcome = '印刷済み') as printed,
               count(*) filter (where o.outcome = '書き損じ') as spoiled,
               count(h.method) as "handedOver"
          from municipal_system.document as d
          left join municipal_system.sheet_outcome as o
            using (subject_key, municipality_code, document_kind, sheet_number)
          left join municipal_system.hand_over as h
            using (subject_key, municipality_code, document_kind, sheet_number)
         where d.bundle_id = b.bundle_id and d.municipality_code = b.municipality_code) as n
      where b.municipality_code = $1
      order by b.printed_at, b.document_kind, b.sheet_from`,
    [scope.municipality],
  )
}

/**
 * 束を見る — whose sheets are in it, as a look at each of them; the PDF's digest, or null if unknown. A bundle with the
 * address of a person whom a measure hides by now stays shut.
 */
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
  const { shut } = await tx.one<{ shut: boolean }>(
    `select exists (
       select from municipal_system.document as d
        where d.municipality_code = $1 and d.bundle_id = $2 and ${showsHiddenAddress('d')}) as shut`,
    [scope.municipality, bundleId],
  )
  if (shut) {
    throw new Refusal([
      'この束を刷った後に支援措置が始まった人がいて、その住所が載っているので、開けません。まだ紙にしていなければ、全部の紙を書き損じとして確かめ、もう一度発行してください。',
    ])
  }
  const persons = await personsOf(tx, scope, bundleId)
  await auditLook(tx, scope, actor, persons)
  return bundle.digest
}

/**
 * 紙の確かめ — somebody counted the sheets of a bundle and named those that are spoiled: from now on the others count as
 * printed, and the spoiled are due again. The same told again changes nothing. How many of each.
 */
export async function confirmBundle(
  tx: Transaction,
  scope: Scope,
  bundleId: string,
  told: { readonly counted: number; readonly spoiled: readonly number[] },
  actor: Actor,
): Promise<{ readonly printed: number; readonly spoiled: number }> {
  const bundle = await tx.maybe<{ kind: DocumentKind; count: number }>(
    `select document_kind as kind, sheet_count as count
       from municipal_system.print_bundle
      where municipality_code = $1 and bundle_id = $2`,
    [scope.municipality, bundleId],
  )
  if (bundle === null) throw new Refusal([unknownBundle])
  // One after the other: two clerks who count, and a run that prints what is spoiled again.
  await tx.run(
    `select from municipal_system.sheet_counter
      where municipality_code = $1 and document_kind = $2 for update`,
    [scope.municipality, bundle.kind],
  )
  const spoiled = [...new Set(told.spoiled)]
  const sheets = await tx.query<{ number: number; outcome: string | null }>(
    `select d.sheet_number as number, o.outcome
       from municipal_system.document as d
       left join municipal_system.sheet_outcome as o
         using (subject_key, municipality_code, document_kind, sheet_number)
      where d.municipality_code = $1 and d.bundle_id = $2`,
    [scope.municipality, bundleId],
  )
  const known = new Set(sheets.map(({ number }) => number))
  const strangers = spoiled.filter((number) => !known.has(number))
  const reasons = [
    ...(told.counted === bundle.count
      ? []
      : [
          `この束は${bundle.count}枚です。数えた${told.counted}枚と合いません。書き損じも入れて、もう一度数えてください。`,
        ]),
    ...(strangers.length === 0
      ? []
      : [
          `用紙番号 ${strangers.join('、')} は、この束の紙ではありません。番号を確かめてください。`,
        ]),
  ]
  if (reasons.length > 0) throw new Refusal(reasons)
  if (sheets.some(({ outcome }) => outcome !== null)) {
    const before = sheets
      .filter(({ outcome }) => outcome === '書き損じ')
      .map(({ number }) => number)
    if (before.toSorted().join() !== spoiled.toSorted().join()) {
      throw new Refusal([
        'この束は、もう確かめてあります。後から見つかった書き損じは、広域連合に再交付を頼んでください。',
      ])
    }
  } else {
    await tx.run(
      `insert into municipal_system.sheet_outcome
         (subject_key, municipality_code, document_kind, sheet_number, union_code, outcome,
          confirmed_on, confirmed_at)
       select subject_key, municipality_code, document_kind, sheet_number, union_code,
              case when sheet_number = any($3::integer[]) then '書き損じ' else '印刷済み' end,
              $4, $5
         from municipal_system.document
        where municipality_code = $1 and bundle_id = $2`,
      [scope.municipality, bundleId, spoiled, tx.today, tx.now],
    )
  }
  await recordAccess(tx, {
    channel: 'api',
    actor,
    party: `municipality:${scope.municipality}`,
    purpose: '印刷した紙の確かめ',
    act: 'document.confirm',
    effect: 'write',
    persons: await personsOf(tx, scope, bundleId),
  })
  return { printed: bundle.count - spoiled.length, spoiled: spoiled.length }
}

const unknownBundle = 'この印刷の束がありません。束の番号を確かめてください。'

/**
 * 交付 (3-7, 4-11) — records that the sheets of a bundle were handed over or mailed: those that were found printed. Sheets
 * already handed over keep their first record, and what may only be handed over is not mailed. How many were recorded, and
 * how many still wait for their persons at the window.
 */
export async function handOverBundle(
  tx: Transaction,
  scope: Scope,
  bundleId: string,
  method: '窓口' | '郵送',
  actor: Actor,
): Promise<{ readonly handedOver: number; readonly left: number }> {
  const persons = await personsOf(tx, scope, bundleId)
  if (persons.length === 0) {
    throw new Refusal([unknownBundle])
  }
  const { counted } = await tx.one<{ counted: boolean }>(
    `select exists (
       select from municipal_system.document as d
         join municipal_system.sheet_outcome as o
           using (subject_key, municipality_code, document_kind, sheet_number)
        where d.municipality_code = $1 and d.bundle_id = $2) as counted`,
    [scope.municipality, bundleId],
  )
  if (!counted) {
    throw new Refusal([
      'この束の紙は、まだ確かめていません。枚数を数えて確かめてから、交付を記録してください。',
    ])
  }
  const handedOver = await tx.run(
    `insert into municipal_system.hand_over
       (subject_key, municipality_code, document_kind, sheet_number, union_code, handed_over_on,
        method, recorded_at)
     select d.subject_key, d.municipality_code, d.document_kind, d.sheet_number, d.union_code, $3,
            $4::text, $5
       from municipal_system.document as d
       join municipal_system.sheet_outcome as o
         using (subject_key, municipality_code, document_kind, sheet_number)
      where d.municipality_code = $1 and d.bundle_id = $2 and o.outcome = '印刷済み'
        and ($4::text <> '郵送' or not ${byHandOnly('d')})
     on conflict (subject_key, municipality_code, document_kind, sheet_number) do nothing`,
    [scope.municipality, bundleId, tx.today, method, tx.now],
  )
  const { left } = await tx.one<{ left: number }>(
    `select count(*) as left
       from municipal_system.document as d
       join municipal_system.sheet_outcome as o
         using (subject_key, municipality_code, document_kind, sheet_number)
       left join municipal_system.hand_over as h
         using (subject_key, municipality_code, document_kind, sheet_number)
      where d.municipality_code = $1 and d.bundle_id = $2 and o.outcome = '印刷済み'
        and h.method is null`,
    [scope.municipality, bundleId],
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
  return { handedOver, left }
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
