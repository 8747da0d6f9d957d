import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Contents, Held, SpecialTreatment, SpecifiedDisease, Told } from '../certificate.ts'
import type { PersonFacts } from '../rules/dueOf.ts'
import { findInsuranceCards } from './insuranceCards.ts'
import { findShares } from './shares.ts'

/** 調べた人 — one insured person on a day, with what is held. */
export type Examined = {
  readonly subjectKey: number
  readonly residentKey: number
  readonly municipality: string
  /** 不開示該当 — the address is in none of the facts, and mail goes nowhere it was not told to. */
  readonly withheld: boolean
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
  withheld: boolean
  selfProvisionDisabled: boolean
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
    await findInsuranceCards(tx, keys, on),
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
          withheld: row.withheld,
          held: held.get(row.subjectKey) ?? null,
          facts: {
            ...facts,
            birthDate: row.birthDate,
            birthDateText: row.birthDateText,
            underSupportMeasure: row.withheld || row.selfProvisionDisabled,
            insuranceCard: cards.get(row.subjectKey)?.use ?? null,
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

/**
 * 資格・本人・住所 — one question for each window, by key: joined in one, the windows are more tables than the planner weighs
 * against each other, and it would read all records for each person.
 */
async function findBase(
  tx: Transaction,
  keys: readonly number[],
  on: PlainDate,
): Promise<BaseRow[]> {
  const rights = await tx.query<
    Pick<
      BaseRow,
      | 'subjectKey'
      | 'residentKey'
      | 'municipality'
      | 'insurerNumber'
      | 'insuredNumber'
      | 'acquiredOn'
      | 'basis'
    >
  >(
    `select subject_key as "subjectKey", resident_key as "residentKey",
            municipality_code as municipality, insurer_number as "insurerNumber",
            insured_number as "insuredNumber", acquired_on as "acquiredOn", basis
       from eligibility.entitlement_period
      where subject_key = any($1::bigint[])
        and began_on <= $2::date and (ended_on is null or ended_on > $2::date)
      order by subject_key`,
    [keys, on],
  )
  const insured = rights.map(({ subjectKey }) => subjectKey)
  const persons = byKey(
    await tx.query<
      Pick<
        BaseRow,
        'name' | 'nameKana' | 'birthDate' | 'sex' | 'withheld' | 'selfProvisionDisabled'
      > &
        Keyed
    >(
      `select subject_key as key, name, name_kana as "nameKana", birth_date as "birthDate", sex,
              under_support_measure as withheld,
              self_provision_disabled as "selfProvisionDisabled"
         from eligibility.person where subject_key = any($1::bigint[])`,
      [insured],
    ),
  )
  const places = byKey(
    await tx.query<
      Pick<BaseRow, 'birthDateText' | 'stayUntil'> & AddressColumns & { protected: boolean } & Keyed
    >(
      `select resident_key as key, birth_date_text as "birthDateText", stay_until as "stayUntil",
              protected, postal_code as "postalCode", prefecture_name as prefecture,
              municipality_name as "municipalityName", town_name as town,
              house_number as "houseNumber", building
         from eligibility.registered_residence where resident_key = any($1::bigint[])`,
      [rights.map(({ residentKey }) => residentKey)],
    ),
  )
  const certified = rights.filter(({ basis }) => basis === '2').map(({ subjectKey }) => subjectKey)
  const evidence = byKey(
    certified.length === 0
      ? []
      : await tx.query<{ until: PlainDate | null } & Keyed>(
          `select distinct on (subject_key) subject_key as key, evidence_until as until
             from eligibility.disability_evidence
            where subject_key = any($1::bigint[]) and held @> $2::date
            order by subject_key, certified_on desc`,
          [certified, on],
        ),
  )
  return rights.flatMap((right) => {
    const person = persons.get(right.subjectKey)
    const place = places.get(right.residentKey)
    // A person who moves on meanwhile is out of this seat's sight: the next run meets them where they are.
    if (person === undefined || place === undefined) return []
    return [
      {
        ...right,
        ...person,
        ...place,
        withheld: person.withheld || place.protected,
        evidenceUntil: evidence.get(right.subjectKey)?.until ?? null,
      },
    ]
  })
}

type Keyed = { readonly key: number }

const byKey = <T extends Keyed>(rows: readonly T[]): Map<number, T> =>
  new Map(rows.map((row) => [row.key, row]))

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
