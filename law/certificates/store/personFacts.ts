import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type {
  Contents,
  Held,
  InsuranceCardState,
  InsuranceCardUse,
  SpecialTreatment,
  SpecifiedDisease,
  Told,
} from '../certificate.ts'
import type { PersonFacts } from '../rules/dueOf.ts'
import { findShares } from './shares.ts'

/** 調べた人 — one insured person on a day, with what is held. */
export type Examined = {
  readonly subjectKey: number
  readonly residentKey: number
  readonly municipality: string
  readonly facts: PersonFacts
  readonly held: HeldIssue | null
}

/** 持っている文書の所在 */
export type HeldIssue = Held & { readonly municipality: string; readonly issueNumber: number }

type BaseRow = {
  subjectKey: number
  residentKey: number
  municipality: string
  insurerNumber: string
  insuredNumber: string
  acquiredOn: PlainDate
  basis: '1' | '2'
  name: string
  nameKana: string | null
  birthDate: PlainDate
  birthDateText: string | null
  sex: string
  underSupportMeasure: boolean
  stayUntil: PlainDate | null
  evidenceUntil: PlainDate | null
} & AddressColumns

/** 住所の列 — as the window gives them; all null under 支援措置. */
export type AddressColumns = {
  postalCode: string | null
  prefecture: string | null
  municipalityName: string | null
  town: string | null
  houseNumber: string | null
  building: string | null
}

/** 住所の行 — the place, and the building on a line of its own; null where nothing names a place. */
export function addressLines(address: AddressColumns): readonly string[] | null {
  const place = [address.prefecture, address.municipalityName, address.town, address.houseNumber]
    .filter((part) => part !== null)
    .join('')
  if (place === '') return null
  return address.building === null || address.building === '' ? [place] : [place, address.building]
}

/** 一人分の事実を読む — of those among the persons who are insured on the day; the others are not in the answer. */
export async function examine(
  tx: Transaction,
  subjectKeys: readonly number[],
  on: PlainDate,
): Promise<Map<number, Examined>> {
  const keys = [...subjectKeys]
  const [base, told, cards, specials, held, shares] = [
    await findBase(tx, keys, on),
    await findTold(tx, keys, on),
    await findCards(tx, keys, on),
    await findSpecials(tx, keys, on),
    await findHeld(tx, keys, on),
    await findShares(tx, keys, on),
  ]
  return new Map(
    base.map((row) => {
      const facts = told.get(row.subjectKey) ?? nothingTold
      return [
        row.subjectKey,
        {
          subjectKey: row.subjectKey,
          residentKey: row.residentKey,
          municipality: row.municipality,
          held: held.get(row.subjectKey) ?? null,
          facts: {
            ...facts,
            birthDate: row.birthDate,
            birthDateText: row.birthDateText,
            underSupportMeasure: row.underSupportMeasure,
            insuranceCard: cards.get(row.subjectKey) ?? null,
            specialTreatment: specials.get(row.subjectKey) ?? null,
            evidenceUntil: row.basis === '2' ? row.evidenceUntil : null,
            stayUntil: row.stayUntil,
            insuredNumber: row.insuredNumber,
            insurerNumber: row.insurerNumber,
            name: row.name,
            nameKana: row.nameKana,
            sex: row.sex,
            address: addressLines(row),
            acquiredOn: row.acquiredOn,
            share: shares.get(row.subjectKey) ?? null,
          },
        },
      ]
    }),
  )
}

const findBase = (tx: Transaction, keys: readonly number[], on: PlainDate): Promise<BaseRow[]> =>
  tx.query<BaseRow>(
    `select e.subject_key as "subjectKey", e.resident_key as "residentKey",
            e.municipality_code as municipality, e.insurer_number as "insurerNumber",
            e.insured_number as "insuredNumber", e.acquired_on as "acquiredOn", e.basis,
            p.name, p.name_kana as "nameKana", p.birth_date as "birthDate",
            r.birth_date_text as "birthDateText", p.sex,
            p.under_support_measure or r.protected as "underSupportMeasure",
            r.stay_until as "stayUntil", d.evidence_until as "evidenceUntil",
            r.postal_code as "postalCode", r.prefecture_name as prefecture,
            r.municipality_name as "municipalityName", r.town_name as town,
            r.house_number as "houseNumber", r.building
       from unnest($1::bigint[]) as asked (subject_key)
       join eligibility.entitlement_period e
         on e.subject_key = asked.subject_key
        and e.began_on <= $2::date and (e.ended_on is null or e.ended_on > $2::date)
       join eligibility.person p on p.subject_key = e.subject_key
       join eligibility.registered_residence r on r.resident_key = e.resident_key
       left join lateral (
         select v.evidence_until
           from eligibility.disability_evidence v
          where v.subject_key = e.subject_key and v.held @> $2::date
          order by v.certified_on desc
          limit 1
       ) d on true
      order by e.subject_key`,
    [keys, on],
  )

type ToldFacts = Pick<
  PersonFacts,
  | 'application'
  | 'personNeedingCare'
  | 'deregistration'
  | 'limitApplication'
  | 'longHospitalisation'
  | 'specifiedDiseases'
>

const nothingTold: ToldFacts = {
  application: null,
  personNeedingCare: null,
  deregistration: null,
  limitApplication: null,
  longHospitalisation: null,
  specifiedDiseases: [],
}

const toldKinds = {
  certificateApplication: 'application',
  personNeedingCare: 'personNeedingCare',
  deregistration: 'deregistration',
  limitCategoryApplication: 'limitApplication',
  longHospitalisation: 'longHospitalisation',
} as const satisfies Readonly<Record<string, keyof ToldFacts>>

/** 届書が語ったこと — the latest of each kind that is in force; of diseases, each. */
async function findTold(
  tx: Transaction,
  keys: readonly number[],
  on: PlainDate,
): Promise<Map<number, ToldFacts>> {
  const rows = await tx.query<{
    subjectKey: number
    kind: string
    since: PlainDate
    receiptNumber: string
    disease: string | null
  }>(
    `select g.subject_key as "subjectKey", g.kind, g.began_on as since,
            g.receipt_number as "receiptNumber", g.fields ->> 'disease' as disease
       from eligibility.granted_filing g
      where g.subject_key = any($1::bigint[]) and g.held @> $2::date
        and g.kind = any($3::text[])
      order by g.subject_key, g.began_on, g.granted_on, g.receipt_number`,
    [keys, on, [...Object.keys(toldKinds), 'specifiedDisease']],
  )
  const found = new Map<number, ToldFacts>()
  for (const { subjectKey, kind, since, receiptNumber, disease } of rows) {
    const facts = found.get(subjectKey) ?? nothingTold
    const told: Told = { since, receiptNumber }
    found.set(
      subjectKey,
      kind === 'specifiedDisease'
        ? { ...facts, specifiedDiseases: withDisease(facts.specifiedDiseases, disease, since) }
        : { ...facts, [toldKinds[kind as keyof typeof toldKinds]]: told },
    )
  }
  return found
}

/** One disease once, from its first day. */
function withDisease(
  known: readonly SpecifiedDisease[],
  disease: string | null,
  since: PlainDate,
): readonly SpecifiedDisease[] {
  if (disease !== '1' && disease !== '2' && disease !== '3') return known
  if (known.some((one) => one.disease === disease)) return known
  return [...known, { disease, since }]
}

async function findCards(
  tx: Transaction,
  keys: readonly number[],
  on: PlainDate,
): Promise<Map<number, InsuranceCardUse>> {
  const rows = await tx.query<{
    subjectKey: number
    state: InsuranceCardState
    since: PlainDate
    source: string
  }>(
    `select distinct on (subject_key) subject_key as "subjectKey", state, effective_on as since, source
       from certificates.insurance_card_use
      where subject_key = any($1::bigint[]) and effective_on <= $2::date
      order by subject_key, effective_on desc, known_at desc, sequence desc`,
    [keys, on],
  )
  return new Map(rows.map(({ subjectKey, ...use }) => [subjectKey, use]))
}

async function findSpecials(
  tx: Transaction,
  keys: readonly number[],
  on: PlainDate,
): Promise<Map<number, SpecialTreatment>> {
  const rows = await tx.query<{
    subjectKey: number
    act: 'begin' | 'lift'
    since: PlainDate
    notifiedOn: PlainDate
    source: string
  }>(
    `select distinct on (subject_key) subject_key as "subjectKey", act, effective_on as since,
            notified_on as "notifiedOn", source
       from certificates.special_treatment_event
      where subject_key = any($1::bigint[]) and effective_on <= $2::date
      order by subject_key, effective_on desc, decided_at desc, sequence desc`,
    [keys, on],
  )
  return new Map(
    rows
      .filter(({ act }) => act === 'begin')
      .map(({ subjectKey, since, notifiedOn, source }) => [
        subjectKey,
        { since, notifiedOn, source },
      ]),
  )
}

/**
 * 持っている文書 — the newest that has taken effect and is not void on the day; a lost one tells that it is lost. A document
 * of the coming year, made before it begins, is not held yet.
 */
async function findHeld(
  tx: Transaction,
  keys: readonly number[],
  on: PlainDate,
): Promise<Map<number, HeldIssue>> {
  const rows = await tx.query<{
    subjectKey: number
    municipality: string
    issueNumber: number
    contents: Contents
    lost: boolean
  }>(
    `select distinct on (i.subject_key) i.subject_key as "subjectKey",
            i.municipality_code as municipality, i.issue_number as "issueNumber", i.contents,
            s.state = 'lost' as lost
       from certificates.issue i
       join certificates.issue_standing s
         on s.subject_key = i.subject_key and s.municipality_code = i.municipality_code
        and s.issue_number = i.issue_number
      where i.subject_key = any($1::bigint[]) and i.effective_from <= $2::date
        and (s.void_on is null or s.void_on > $2::date or s.void_reason = 'lost')
      order by i.subject_key, i.effective_from desc, i.issued_at desc, i.issue_number desc`,
    [keys, on],
  )
  return new Map(rows.map(({ subjectKey, ...held }) => [subjectKey, held]))
}
