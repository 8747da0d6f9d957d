import { type PlainDate, parsePlainDate } from '@koiki/kernel'
import { misuse, type Transaction, writeDateRange } from '@koiki/store'
import type { CertificationEnd, ProvisionKind } from '../entitlement.ts'
import { facilityKinds } from '../law/facilityKinds.ts'
import { certificationEndsOn } from '../rules/disability.ts'

/** 事実を語る届書 — of whom, and which one. */
type Told = { readonly residentKey: number; readonly receiptNumber: string }

/** 障害認定の記録 */
export type RecordedCertification = Told & {
  /** 認定の日; for one who brings 障害認定証明書, the day of moving in. */
  readonly certifiedOn: PlainDate
  readonly ground: '申請' | '障害認定証明書'
  readonly evidenceKind: string
  /** 書類の有効期限 — for certificates; it ends no right. */
  readonly evidenceUntil: PlainDate | null
}

/** 障害認定を記録する — from the day of 認定 on. Throws StoreError where another one holds on a day of it. */
export async function recordDisabilityCertification(
  tx: Transaction,
  given: RecordedCertification,
): Promise<void> {
  await insertTold(tx, 'disability_certification', 'certified_on', given.certifiedOn, null, given, {
    ground: given.ground,
    evidence_kind: given.evidenceKind,
    evidence_until: given.evidenceUntil,
  })
}

/**
 * 書類を更新する — the certification goes on with a newer paper; a certificate's last day may move. What was shown
 * before is kept with the renewal.
 */
export async function renewDisabilityEvidence(
  tx: Transaction,
  given: Told & { readonly evidenceKind: string; readonly evidenceUntil: PlainDate | null },
): Promise<void> {
  const { residentKey, evidenceKind, evidenceUntil, receiptNumber } = given
  await tx.run(
    `insert into eligibility.disability_renewal
       (resident_key, sequence, union_code, municipality_code, certified_on, receipt_number,
        evidence_kind, evidence_until, former_kind, former_until, renewed_at)
     select d.resident_key,
            1 + (select count(*) from eligibility.disability_renewal n
                  where n.resident_key = d.resident_key),
            d.union_code, d.municipality_code, d.certified_on, $4::text, $2::text, $3::date,
            d.evidence_kind, d.evidence_until, $5::timestamptz
       from eligibility.disability_certification d
      where d.resident_key = $1::bigint and upper_inf(d.held)`,
    [residentKey, evidenceKind, evidenceUntil, receiptNumber, tx.now],
  )
  const rows = await tx.run(
    `update eligibility.disability_certification
        set evidence_kind = $2::text, evidence_until = $3::date
      where resident_key = $1::bigint and upper_inf(held)`,
    [residentKey, evidenceKind, evidenceUntil],
  )
  foundOne(rows, '続いている障害認定')
}

/** 更新を取り消す — the paper shown before counts again. Throws StoreError where a later paper was shown since. */
export async function cancelRenewal(
  tx: Transaction,
  { residentKey, receiptNumber }: Told,
): Promise<boolean> {
  const renewal = await tx.maybe<{ sequence: number }>(
    `select sequence from eligibility.disability_renewal
      where resident_key = $1::bigint and receipt_number = $2::text`,
    [residentKey, receiptNumber],
  )
  if (renewal === null) return false
  const rows = await tx.run(
    `update eligibility.disability_certification d
        set evidence_kind = n.former_kind, evidence_until = n.former_until
       from eligibility.disability_renewal n
      where n.resident_key = $1::bigint and n.sequence = $2::integer
        and d.resident_key = n.resident_key and d.certified_on = n.certified_on
        and (d.evidence_kind, d.evidence_until)
            is not distinct from (n.evidence_kind, n.evidence_until)`,
    [residentKey, renewal.sequence],
  )
  foundOne(rows, '前に戻せる書類の更新')
  return true
}

/**
 * 障害認定を終える — 撤回 or 障害状態不該当 on a day; until when it then held follows from the law's own row. Answers
 * that day. A certification that would have held on no day is taken away.
 */
export async function endDisabilityCertification(
  tx: Transaction,
  given: Told & { readonly kind: CertificationEnd; readonly eventOn: PlainDate },
): Promise<PlainDate> {
  const { residentKey, kind, eventOn, receiptNumber } = given
  const endsOn = certificationEndsOn(kind, eventOn)
  const open = await tx.maybe<{ certified_on: PlainDate }>(
    `select certified_on from eligibility.disability_certification
      where resident_key = $1::bigint and upper_inf(held)`,
    [residentKey],
  )
  if (open === null) throw misuse('終えられる障害認定がありません。')
  if (endsOn <= open.certified_on) {
    await cancelToldFact(tx, 'disabilityCertification', residentKey, open.certified_on)
    return endsOn
  }
  await tx.run(
    `update eligibility.disability_certification
        set held = daterange(certified_on, $3::date), end_kind = $4::text,
            end_event_on = $5::date, ended_receipt_number = $6::text
      where resident_key = $1::bigint and certified_on = $2::date`,
    [residentKey, open.certified_on, endsOn, kind, eventOn, receiptNumber],
  )
  return endsOn
}

/** 住所地特例の記録 */
export type RecordedProvision = Told & {
  /** 施設へ住所を移した日 */
  readonly beganOn: PlainDate
  readonly kind: ProvisionKind
  /** 広域連合コード of the insurer; null only for 当広域. */
  readonly insurerUnion: string | null
  readonly insurerNumber: string | null
}

/** 住所地特例を記録する */
export async function recordResidenceProvision(
  tx: Transaction,
  given: RecordedProvision,
): Promise<void> {
  await insertTold(tx, 'residence_provision', 'began_on', given.beganOn, null, given, {
    kind: given.kind,
    insurer_union: given.insurerUnion === null ? null : Number(given.insurerUnion),
    insurer_number: given.insurerNumber,
  })
}

/** 住所地特例を終える — from `endsOn` on it does not hold. */
export async function endResidenceProvision(
  tx: Transaction,
  given: Told & { readonly endsOn: PlainDate },
): Promise<void> {
  await closeTold(tx, 'residence_provision', 'began_on', '住所地特例', given, given.endsOn)
}

/** 施設の入所の記録 */
export type RecordedFacilityStay = Told & {
  readonly enteredOn: PlainDate
  readonly leftOn?: PlainDate | null
  /** 法55条1項各号の施設, or another word for a place that is none. */
  readonly facilityKind: string
  readonly facilityName: string
  readonly facilityAddress: string
}

/** 施設の入所を記録する — a stay that is still open ends on the day on which the next one begins. */
export async function recordFacilityStay(
  tx: Transaction,
  given: RecordedFacilityStay,
): Promise<void> {
  const { residentKey, enteredOn, leftOn, receiptNumber } = given
  await tx.run(
    `update eligibility.facility_stay
        set held = daterange(entered_on, $2::date), left_receipt_number = $3::text
      where resident_key = $1::bigint and upper_inf(held) and entered_on < $2::date`,
    [residentKey, enteredOn, receiptNumber],
  )
  await insertTold(tx, 'facility_stay', 'entered_on', enteredOn, leftOn ?? null, given, {
    facility_kind: given.facilityKind,
    facility_name: given.facilityName,
    facility_address: given.facilityAddress,
  })
}

/** 施設を出た日を記録する */
export async function endFacilityStay(
  tx: Transaction,
  given: Told & { readonly leftOn: PlainDate },
): Promise<void> {
  await closeTold(tx, 'facility_stay', 'entered_on', '施設の入所', given, given.leftOn)
}

/** 在留による適用除外を記録する — 3 在留期間3月以下, 4 医療滞在, 5 観光・保養. */
export async function recordStayExclusion(
  tx: Transaction,
  given: Told & { readonly beganOn: PlainDate; readonly kind: '3' | '4' | '5' },
): Promise<void> {
  await insertTold(tx, 'stay_exclusion', 'began_on', given.beganOn, null, given, {
    kind: given.kind,
  })
}

/** 在留による適用除外を終える — from `endsOn` on the person is not excluded. */
export async function endStayExclusion(
  tx: Transaction,
  given: Told & { readonly endsOn: PlainDate },
): Promise<void> {
  await closeTold(tx, 'stay_exclusion', 'began_on', '在留による適用除外', given, given.endsOn)
}

/** 届書が語った事実の種類 */
export type ToldKind =
  | 'disabilityCertification'
  | 'residenceProvision'
  | 'facilityStay'
  | 'stayExclusion'

const tables = {
  disabilityCertification: ['disability_certification', 'certified_on'],
  residenceProvision: ['residence_provision', 'began_on'],
  facilityStay: ['facility_stay', 'entered_on'],
  stayExclusion: ['stay_exclusion', 'began_on'],
} as const

/**
 * 誤った事実を取り消す — what a filing told in error is taken away as if it had never been told; the filing and the
 * decisions keep the trace.
 */
export async function cancelToldFact(
  tx: Transaction,
  kind: ToldKind,
  residentKey: number,
  firstDay: PlainDate,
): Promise<void> {
  const [table, day] = tables[kind]
  const rows = await tx.run(
    `delete from eligibility.${table} where resident_key = $1::bigint and ${day} = $2::date`,
    [residentKey, firstDay],
  )
  foundOne(rows, '取り消す事実')
}

/** 誤った終わりを取り消す — the last fact of its kind goes on as if its end had never been told. */
export async function reopenToldFact(
  tx: Transaction,
  kind: ToldKind,
  residentKey: number,
): Promise<void> {
  const [table, day] = tables[kind]
  const cleared = {
    disabilityCertification: 'end_kind = null, end_event_on = null, ended_receipt_number = null',
    residenceProvision: 'ended_receipt_number = null',
    facilityStay: 'left_receipt_number = null',
    stayExclusion: 'ended_receipt_number = null',
  }[kind]
  const rows = await tx.run(
    `update eligibility.${table}
        set held = daterange(${day}, null), ${cleared}
      where resident_key = $1::bigint and not upper_inf(held)
        and ${day} = (select max(${day}) from eligibility.${table} where resident_key = $1::bigint)`,
    [residentKey],
  )
  foundOne(rows, '続きに戻せる事実')
}

/** 住所地特例の対象となる施設か — on the day of entering. */
export function isProvisionFacility(kind: string, on: PlainDate): boolean {
  return facilityKinds.find(on)?.value.includes(kind) ?? false
}

/** Types of the columns that are no text. */
const types: Readonly<Record<string, string>> = {
  evidence_until: 'date',
  insurer_union: 'smallint',
}

async function insertTold(
  tx: Transaction,
  table: string,
  dayColumn: string,
  day: PlainDate,
  until: PlainDate | null,
  { residentKey, receiptNumber }: Told,
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (parsePlainDate(day) === null) throw misuse('届書の事実の初日が、日付ではありません。')
  const names = Object.keys(content)
  const rows = await tx.run(
    `insert into eligibility.${table}
       (resident_key, ${dayColumn}, union_code, municipality_code, held, receipt_number,
        ${names.join(', ')})
     select resident_key, $2::date, union_code, municipality_code, $3::daterange, $4::text,
            ${names.map((name, index) => `$${index + 5}::${types[name] ?? 'text'}`).join(', ')}
       from eligibility.resident
      where resident_key = $1::bigint`,
    [
      residentKey,
      day,
      writeDateRange({ from: day, until }),
      receiptNumber,
      ...Object.values(content),
    ],
  )
  foundOne(rows, '届書の住民')
}

async function closeTold(
  tx: Transaction,
  table: string,
  dayColumn: string,
  what: string,
  { residentKey, receiptNumber }: Told,
  endsOn: PlainDate,
): Promise<void> {
  const receipt = table === 'facility_stay' ? 'left_receipt_number' : 'ended_receipt_number'
  const rows = await tx.run(
    `update eligibility.${table}
        set held = daterange(${dayColumn}, $2::date), ${receipt} = $3::text
      where resident_key = $1::bigint and upper_inf(held) and ${dayColumn} < $2::date`,
    [residentKey, endsOn, receiptNumber],
  )
  foundOne(rows, `${endsOn}より前に始まり、続いている${what}`)
}

function foundOne(rows: number, what: string): void {
  if (rows !== 1) throw misuse(`${what}がありません。`)
}
