import type { PlainDate } from '@koiki/kernel'
import { type Transaction, writeDateRange } from '@koiki/store'
import type {
  AcquisitionGround,
  Basis,
  Entitlement,
  EntitlementDecision,
  LossGround,
} from '../entitlement.ts'
import { type Decider, deciderColumns } from './decider.ts'

/** 今までの資格 — the rights that stand for an insured person, and the number of the last decision. */
export type StandingRights = {
  readonly entitlements: readonly Entitlement[]
  readonly lastSequence: number
}

type PieceRow = {
  readonly municipality_code: string
  readonly resident_key: number
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly acquired_on: PlainDate
  readonly ground_acquired: AcquisitionGround
  readonly lost_on: PlainDate | null
  readonly ground_lost: LossGround | null
  readonly basis: Basis
}

/** 被保険者の今までの資格 — for each of the keys, also where no right stands. */
export async function findStandingRights(
  tx: Transaction,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, StandingRights>> {
  // Who has no number yet has no rights: nothing needs to be asked.
  if (subjects.length === 0) return new Map()
  const rows = await tx.query<{
    readonly subject_key: number
    readonly last: number | null
    readonly pieces: readonly PieceRow[]
  }>(
    `select given.subject_key,
            (select max(sequence) from eligibility.entitlement_event v
              where v.subject_key = given.subject_key) as last,
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'municipality_code', e.municipality_code, 'resident_key', e.resident_key,
                      'from', lower(e.held), 'until', upper(e.held),
                      'acquired_on', e.acquired_on, 'ground_acquired', e.ground_acquired,
                      'lost_on', e.lost_on, 'ground_lost', e.ground_lost, 'basis', e.basis)
                      order by e.began_on), '[]')
               from eligibility.entitlement e
              where e.subject_key = given.subject_key) as pieces
       from unnest($1::bigint[]) as given (subject_key)`,
    [subjects],
  )
  return new Map(
    rows.map(({ subject_key, last, pieces }) => [
      subject_key,
      { entitlements: entitlementsOf(pieces), lastSequence: last ?? 0 },
    ]),
  )
}

/** Pieces with one 資格取得年月日 are one right. */
function entitlementsOf(rows: readonly PieceRow[]): readonly Entitlement[] {
  const rights = new Map<PlainDate, Entitlement>()
  for (const row of rows) {
    const piece = {
      from: row.from,
      until: row.until,
      municipality: row.municipality_code,
      residentKey: row.resident_key,
      basis: row.basis,
    }
    const right = rights.get(row.acquired_on)
    rights.set(row.acquired_on, {
      acquiredOn: row.acquired_on,
      groundAcquired: row.ground_acquired,
      lostOn: row.lost_on,
      groundLost: row.ground_lost,
      pieces: [...(right?.pieces ?? []), piece],
    })
  }
  return [...rights.values()]
}

/**
 * 番号の言い分 — the rights that each number last held when it was decided on these residents' records alone, so
 * that numbers find back when a merge is undone. A number never decided so claims nothing.
 */
export async function findClaims(
  tx: Transaction,
  subjects: readonly number[],
  residents: readonly number[],
): Promise<ReadonlyMap<number, readonly Entitlement[]>> {
  const rows = await tx.query<{ subject_key: number; entitlement: readonly Entitlement[] }>(
    `select distinct on (subject_key) subject_key, entitlement
       from eligibility.entitlement_event
      where subject_key = any ($1::bigint[])
        and not exists (
          select from jsonb_array_elements(facts -> 'records') as used
           where not ((used ->> 'residentKey')::bigint = any ($2::bigint[])))
      order by subject_key, sequence desc`,
    [subjects, residents],
  )
  return new Map(rows.map((row) => [row.subject_key, row.entitlement]))
}

/** 決定の書込み — one decision of one person, with the rights as they stand after it. */
export type DecisionRow = {
  readonly subjectKey: number
  readonly sequence: number
  readonly decision: EntitlementDecision
  readonly entitlements: readonly Entitlement[]
  readonly facts: unknown
}

export async function insertDecisions(
  tx: Transaction,
  rows: readonly DecisionRow[],
  edition: string,
  by: Decider,
): Promise<void> {
  if (rows.length === 0) return
  const { jobId, receiptNumber } = deciderColumns(by)
  await tx.run(
    `insert into eligibility.entitlement_event
       (subject_key, sequence, union_code, municipality_code, kind, effective_on, ground,
        entitlement, facts, edition, decided_at, decided_on, job_id, receipt_number)
     select subject_key, sequence, $8::smallint, municipality_code, kind, effective_on, ground,
            entitlement, facts, $9::text, $10::timestamptz, $11::date, $12::text, $14::text
       from unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::date[], $6::text[],
                   $7::jsonb[], $13::jsonb[])
         as given (subject_key, sequence, municipality_code, kind, effective_on, ground,
                   entitlement, facts)`,
    [
      rows.map(({ subjectKey }) => subjectKey),
      rows.map(({ sequence }) => sequence),
      rows.map(({ decision }) => decision.municipality),
      rows.map(({ decision }) => decision.kind),
      rows.map(({ decision }) => decision.effectiveOn),
      rows.map(({ decision }) => decision.ground),
      rows.map(({ entitlements }) => JSON.stringify(entitlements)),
      tx.scope!.union,
      edition,
      tx.now,
      tx.today,
      jobId,
      rows.map(({ facts }) => JSON.stringify(facts)),
      receiptNumber,
    ],
  )
}

/**
 * 資格の期間の書直し — of those whose rights stood (`standing`) what stood goes; what now stands is written, each piece with the
 * 保険者番号 of its municipality. The decisions keep the rest.
 */
export async function replaceEntitlements(
  tx: Transaction,
  rights: ReadonlyMap<number, readonly Entitlement[]>,
  standing: ReadonlySet<number>,
): Promise<void> {
  const stood = [...rights.keys()].filter((key) => standing.has(key))
  if (stood.length > 0)
    await tx.run('delete from eligibility.entitlement where subject_key = any ($1::bigint[])', [
      stood,
    ])
  const rows = [...rights].flatMap(([subjectKey, entitlements]) =>
    entitlements.flatMap((right) => right.pieces.map((piece) => ({ subjectKey, right, piece }))),
  )
  if (rows.length === 0) return
  await tx.run(
    `insert into eligibility.entitlement
       (subject_key, began_on, union_code, municipality_code, insurer_number, resident_key, held,
        acquired_on, ground_acquired, lost_on, ground_lost, basis)
     select subject_key, began_on, $9::smallint, given.municipality_code, m.insurer_number,
            resident_key, held, acquired_on, ground_acquired, lost_on, ground_lost, basis
       from unnest($1::bigint[], $2::date[], $3::text[], $4::bigint[],
                   $5::daterange[], $6::date[], $7::text[], $8::date[], $10::text[], $11::text[])
         as given (subject_key, began_on, municipality_code, resident_key, held,
                   acquired_on, ground_acquired, lost_on, ground_lost, basis)
       left join reference.municipality m
         on m.union_code = $9::smallint and m.municipality_code = given.municipality_code`,
    [
      rows.map(({ subjectKey }) => subjectKey),
      rows.map(({ piece }) => piece.from),
      rows.map(({ piece }) => piece.municipality),
      rows.map(({ piece }) => piece.residentKey),
      rows.map(({ piece }) => writeDateRange(piece)),
      rows.map(({ right }) => right.acquiredOn),
      rows.map(({ right }) => right.groundAcquired),
      rows.map(({ right }) => right.lostOn),
      tx.scope!.union,
      rows.map(({ right }) => right.groundLost),
      rows.map(({ piece }) => piece.basis),
    ],
  )
}
