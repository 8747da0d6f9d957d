import type { PlainDate } from '@koiki/kernel'
import { coveredUntil } from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import { listKinds } from './catalogue.ts'
import { type MunicipalList, momentWords, short, withheld, withheldMeans } from './lists.ts'

const untold = `not exists (
  select from notices.listed_decision l
   where l.subject_key = e.subject_key and l.sequence = e.sequence)`

/** 異動のあった市区町村 — with a decision on eligibility that no list has told yet. */
export async function municipalitiesWithChanges(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.query<{ municipality: string }>(
    `select distinct e.municipality_code as municipality
       from eligibility.entitlement_event e
      where e.union_code = $1::smallint and ${untold}
      order by 1`,
    [tx.scope!.union],
  )
  return rows.map(({ municipality }) => municipality)
}

type Changed = {
  readonly subjectKey: number
  readonly sequence: number
  readonly kind: string
  readonly effectiveOn: PlainDate
  readonly ground: string
  readonly decidedOn: PlainDate
  readonly name: string
  readonly birthDate: PlainDate
  readonly insuredNumber: string
  readonly town: string | null
}

/**
 * 資格異動者一覧 — of one municipality: every decision on eligibility that no list has told yet; null where there is
 * none. Of one who has moved on, the town that is known now is another municipality's to tell.
 */
export async function entitlementChangeList(
  tx: Transaction,
  municipality: string,
): Promise<MunicipalList | null> {
  const before = (await coveredUntil(tx, 'entitlementChanges')).get(municipality)
  const changes = await tx.query<Changed>(
    `select e.subject_key as "subjectKey", e.sequence, e.kind, e.effective_on as "effectiveOn",
            e.ground, e.decided_on as "decidedOn", p.name, p.birth_date as "birthDate",
            p.insured_number as "insuredNumber",
            case when p.under_support_measure or c.protected then $2
                 when c.municipality_code = e.municipality_code then c.town_name end as town
       from eligibility.entitlement_event e
       join eligibility.insured_person p on p.subject_key = e.subject_key
       join eligibility.registered_residence c on c.resident_key = p.resident_key
      where e.municipality_code = $1 and ${untold}
      order by e.decided_at, e.subject_key, e.sequence`,
    [municipality, withheld],
  )
  if (changes.length === 0) return null
  return {
    municipality,
    title: `${listKinds.entitlementChanges.name} ${short(tx.today)}`,
    coversFrom: before ?? null,
    heading: `決定 ${changes.length.toLocaleString('ja-JP')}件`,
    columns: [
      { name: '決定の日', share: 1.7 },
      { name: '決定', share: 0.7 },
      { name: '効力の日', share: 1.7 },
      { name: '事由', share: 1.5 },
      { name: '被保険者番号', share: 1.1 },
      { name: '氏名', share: 1.8 },
      { name: '生年月日', share: 1.7 },
      { name: '町', share: 1.4 },
    ],
    rows: changes.map((one) => ({
      person: one.subjectKey,
      mark: [one.subjectKey, one.sequence],
      cells: [
        short(one.decidedOn),
        one.kind,
        short(one.effectiveOn),
        one.ground,
        one.insuredNumber,
        one.name,
        short(one.birthDate),
        one.town ?? '',
      ],
    })),
    remarks: [
      before === undefined
        ? 'この市区町村への初めての一覧です。'
        : `前の一覧(${momentWords(before)})に載らなかった決定です。`,
      withheldMeans('町'),
    ],
    remember: async (unit, deliveryId, rows) => {
      await unit.run(
        `insert into notices.listed_decision
           (subject_key, sequence, municipality_code, union_code, delivery_id)
         select subject_key, sequence, $3, $4::smallint, $5::uuid
           from unnest($1::bigint[], $2::integer[]) as told (subject_key, sequence)`,
        [
          rows.map(({ mark }) => mark?.[0]),
          rows.map(({ mark }) => mark?.[1]),
          municipality,
          unit.scope!.union,
          deliveryId,
        ],
      )
    },
  }
}
