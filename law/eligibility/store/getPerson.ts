import type { PlainDate } from '@koiki/kernel'
import { type DateRange, type Instant, misuse, type Transaction } from '@koiki/store'
import type { AcquisitionGround, Basis, DecisionKind, LossGround } from '../entitlement.ts'
import { type Standing, standingOf } from './standing.ts'

/** 住所 — as the municipality holds it. */
export type Address = {
  readonly postalCode: string | null
  readonly prefecture: string | null
  readonly municipalityName: string | null
  readonly town: string | null
  readonly houseNumber: string | null
  readonly building: string | null
}

/** 本人 — what the chapter knows of one insured person. No Individual Number, and no token of one. */
export type Person = {
  readonly subjectKey: number
  readonly insuredNumber: string
  readonly name: string
  readonly nameKana: string | null
  readonly alias: string | null
  readonly formerName: string | null
  readonly birthDate: PlainDate
  readonly birthDateText: string | null
  readonly sex: string
  readonly municipality: string
  readonly residentKey: number
  readonly addresseeNumber: string
  /** Null for a person under 支援措置, unless the reason to see it was given. */
  readonly address: Address | null
  /** 支援措置の不開示該当 */
  readonly underSupportMeasure: boolean
  /** 支援措置の自己情報提供不可 */
  readonly selfProvisionDisabled: boolean
  readonly supportMeasures: readonly {
    readonly held: DateRange
    readonly announcedUntil: PlainDate | null
    readonly nonDisclosure: boolean
    readonly selfProvisionDisabled: boolean
  }[]
  readonly numberHeld: boolean
  /** The record that these facts come from: when it was received, in which transmission. */
  readonly received: {
    readonly at: Instant
    /** Null where a counter told it. */
    readonly transmissionId: string | null
    /** 受付番号 of the filing that told it. */
    readonly receiptNumber: string | null
  }
  readonly standing: Standing
  readonly entitlements: readonly PersonEntitlement[]
  readonly decisions: readonly PersonDecision[]
  readonly household: {
    readonly number: string | null
    readonly members: readonly HouseholdMember[]
    readonly periods: readonly HouseholdPeriod[]
  }
  readonly links: readonly PersonLink[]
}

export type PersonEntitlement = {
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly municipality: string
  readonly insurerNumber: string
  readonly acquiredOn: PlainDate
  readonly groundAcquired: AcquisitionGround
  readonly lostOn: PlainDate | null
  readonly groundLost: LossGround | null
  /** Age, or 障害認定. */
  readonly basis: Basis
}

export type PersonDecision = {
  readonly sequence: number
  readonly kind: DecisionKind
  readonly effectiveOn: PlainDate
  readonly ground: string
  readonly municipality: string
  readonly decidedOn: PlainDate
  readonly decidedAt: Instant
  readonly edition: string
  readonly facts: unknown
  /** 受付番号 of the filing, or the reference of a judgement of 名寄せ, on which it was made. */
  readonly receiptNumber: string | null
}

export type HouseholdMember = {
  readonly residentKey: number
  readonly subjectKey: number | null
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly birthDateText: string | null
  readonly sex: string
  readonly relationship: string
  readonly isHead: boolean
}

export type HouseholdPeriod = {
  readonly held: DateRange
  readonly householdNumber: string
  readonly isHead: boolean
  readonly relationship: string
  /** How many belonged to it on its first day, or today when that is now. */
  readonly persons: number
}

export type PersonLink = {
  readonly municipality: string
  readonly addresseeNumber: string
  readonly residentKey: number
  readonly ground: string
  readonly linkedAt: Instant
  readonly numberHeld: boolean
}

/** 支援措置の人の住所を開く理由 — never by habit: the screen that asks has its own act and second person. */
export type ProtectedAddress = { readonly reason: string }

type Identity = Omit<
  Person,
  | 'address'
  | 'supportMeasures'
  | 'received'
  | 'standing'
  | 'entitlements'
  | 'decisions'
  | 'household'
  | 'links'
> & {
  readonly receivedAt: Instant
  readonly transmissionId: string | null
  readonly receiptNumber: string | null
}

/**
 * 本人を読む — null when the scope holds no such person. The caller leaves the audit entry. A person under 支援
 * 措置 comes without address; it is not read from the database unless `opened` names a reason.
 */
export async function getPerson(
  tx: Transaction,
  subjectKey: number,
  opened?: ProtectedAddress,
): Promise<Person | null> {
  if (opened !== undefined && opened.reason.trim() === '')
    throw misuse('支援措置の対象の人の住所を開くには、理由が必要です。')
  const identity = await tx.maybe<Identity>(
    `select p.subject_key as "subjectKey", p.insured_number as "insuredNumber",
            p.name, p.name_kana as "nameKana", c.alias, c.former_name as "formerName",
            p.birth_date as "birthDate",
            case when c.birth_date_unknown = '1' then c.birth_date_text end as "birthDateText",
            p.sex, p.municipality_code as municipality, p.resident_key as "residentKey",
            r.addressee_number as "addresseeNumber",
            p.under_support_measure as "underSupportMeasure",
            p.self_provision_disabled as "selfProvisionDisabled",
            r.number_token is not null as "numberHeld",
            c.recorded_at as "receivedAt", c.transmission_id::text as "transmissionId",
            c.receipt_number as "receiptNumber"
       from eligibility.insured_person p
       join eligibility.resident r on r.resident_key = p.resident_key
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where p.subject_key = $1::bigint`,
    [subjectKey],
  )
  if (identity === null) return null
  const { receivedAt, transmissionId, receiptNumber, ...person } = identity
  const entitlements = await findEntitlements(tx, subjectKey)
  const last = entitlements.at(-1)
  const shown = !person.underSupportMeasure || opened !== undefined
  return {
    ...person,
    address: shown ? await findAddress(tx, person.residentKey) : null,
    supportMeasures: await findSupportMeasures(tx, subjectKey),
    received: { at: receivedAt, transmissionId, receiptNumber },
    standing: standingOf(last?.acquiredOn ?? null, last?.lostOn ?? null, tx.today),
    entitlements,
    decisions: await findDecisions(tx, subjectKey),
    household: await findHousehold(tx, person.residentKey),
    links: await findLinks(tx, subjectKey),
  }
}

const findAddress = (tx: Transaction, residentKey: number): Promise<Address | null> =>
  tx.maybe<Address>(
    `select c.postal_code as "postalCode", c.prefecture_name as prefecture,
            c.municipality_name as "municipalityName", c.town_name as town,
            c.house_number as "houseNumber", c.building
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where r.resident_key = $1::bigint`,
    [residentKey],
  )

const findEntitlements = (tx: Transaction, subjectKey: number): Promise<PersonEntitlement[]> =>
  tx.query<PersonEntitlement>(
    `select began_on as "from", upper(held) as "until", municipality_code as municipality,
            insurer_number as "insurerNumber", acquired_on as "acquiredOn",
            ground_acquired as "groundAcquired", lost_on as "lostOn", ground_lost as "groundLost", basis
       from eligibility.entitlement
      where subject_key = $1::bigint
      order by began_on`,
    [subjectKey],
  )

const findDecisions = (tx: Transaction, subjectKey: number): Promise<PersonDecision[]> =>
  tx.query<PersonDecision>(
    `select sequence, kind, effective_on as "effectiveOn", ground,
            municipality_code as municipality, decided_on as "decidedOn",
            decided_at as "decidedAt", edition, facts,
            receipt_number as "receiptNumber"
       from eligibility.entitlement_event
      where subject_key = $1::bigint
      order by sequence`,
    [subjectKey],
  )

const findSupportMeasures = (tx: Transaction, subjectKey: number) =>
  tx.query<Person['supportMeasures'][number]>(
    `select s.held, s.announced_until as "announcedUntil",
            s.non_disclosure as "nonDisclosure",
            s.self_provision_disabled as "selfProvisionDisabled"
       from eligibility.linked_resident l
       join eligibility.support_measure s on s.resident_key = l.resident_key
      where l.subject_key = $1::bigint
      order by s.began_on, s.resident_key`,
    [subjectKey],
  )

const findLinks = (tx: Transaction, subjectKey: number): Promise<PersonLink[]> =>
  tx.query<PersonLink>(
    `select l.municipality_code as municipality, l.addressee_number as "addresseeNumber",
            l.resident_key as "residentKey", l.ground, l.linked_at as "linkedAt",
            r.number_token is not null as "numberHeld"
       from eligibility.linked_resident l
       join eligibility.resident r on r.resident_key = l.resident_key
      where l.subject_key = $1::bigint
      order by l.linked_at, l.resident_key`,
    [subjectKey],
  )

async function findHousehold(tx: Transaction, residentKey: number): Promise<Person['household']> {
  const periods = await tx.query<HouseholdPeriod>(
    `select m.held, m.household_number as "householdNumber", m.is_head as "isHead",
            m.relationship,
            (select count(*)::integer from eligibility.household_membership o
              where o.municipality_code = m.municipality_code
                and o.household_number = m.household_number
                and o.held @> case when m.held @> $2::date then $2::date else m.began_on end)
              as persons
       from eligibility.household_membership m
      where m.resident_key = $1::bigint
      order by m.began_on`,
    [residentKey, tx.today],
  )
  const now = periods.find(({ held }) => held.until === null || held.until > tx.today)
  if (now === undefined) return { number: null, members: [], periods }
  const members = await tx.query<HouseholdMember>(
    `select m.resident_key as "residentKey", r.subject_key as "subjectKey", c.name,
            c.name_kana as "nameKana", c.birth_date as "birthDate",
            case when c.birth_date_unknown = '1' then c.birth_date_text end as "birthDateText",
            c.sex, m.relationship, m.is_head as "isHead"
       from eligibility.household_membership own
       join eligibility.household_membership m
         on m.municipality_code = own.municipality_code
        and m.household_number = own.household_number
        and m.held @> $2::date
       join eligibility.resident r on r.resident_key = m.resident_key
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where own.resident_key = $1::bigint and own.held @> $2::date
      order by m.is_head desc, c.birth_date, m.resident_key`,
    [residentKey, tx.today],
  )
  return { number: now.householdNumber, members, periods }
}
