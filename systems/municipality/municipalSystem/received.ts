import { subjectKey } from '@koiki/kernel'
import {
  type Layout,
  住所地特例者情報,
  保険料情報,
  被保険者情報,
  被保険者証等発行用情報,
} from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { assignments, type ColumnMap, columnNames, contentDigest } from '../columns.ts'
import { auditKey } from '../resident.ts'

/** 受け入れる情報 — one kind of file from the union, and how its rows rest in the municipal system. */
export interface Receivable {
  readonly layout: Layout
  /** What the audit calls the import. */
  readonly act: string
  readonly table: string
  readonly columns: ColumnMap
  /** Begins with 被保険者の鍵, made of the 被保険者番号, where the file tells of this union's insured persons alone. */
  readonly key: readonly string[]
  /** What an older edition leaves open, and what must not be kept, is said here, in `arriving`, before anything is judged. */
  readonly settle?: readonly string[]
  /** What only this system knows to be wrong with the rows in `arriving`: line and sentence. */
  readonly faults: string
  readonly faultSentence: string
}

const levy = (name: string, prefix: string): ColumnMap => [
  [`${prefix}PerCapitaFull`, `${prefix}_per_capita_full_yen`, `${name}均等割額軽減前`],
  [`${prefix}PerCapita`, `${prefix}_per_capita_yen`, `${name}均等割額軽減後`],
  [`${prefix}Rate`, `${prefix}_rate_percent`, `${name}所得割率`],
  [`${prefix}IncomeBased`, `${prefix}_income_based_yen`, `${name}所得割額`],
  [`${prefix}Cap`, `${prefix}_cap_yen`, `${name}限度額`],
  [`${prefix}OverCap`, `${prefix}_over_cap_yen`, `${name}限度超過額`],
  [`${prefix}Annual`, `${prefix}_annual_yen`, `${name}年額`],
]

/** 支援措置の効果 — of an edition that has one column for them, and of a person without a measure. */
const effectsToldTogether = `update arriving
   set non_disclosure = coalesce(non_disclosure, support_kind),
       self_provision_disabled = coalesce(self_provision_disabled, support_kind)
 where non_disclosure is null or self_provision_disabled is null`

const unknownHere = `not exists (
      select from municipal_system.resident as known
       where known.municipality_code = arriving.municipality_code
         and known.addressee_number = arriving.addressee_number)
    and not exists (
      select from municipal_system.non_registered_person as known
       where known.municipality_code = arriving.municipality_code
         and known.addressee_number = arriving.addressee_number)`
const unknownHereSentence =
  '宛名番号の人が市区町村システムにいません。住基からの移転が済んでいるか確かめるか、広域連合に送り直してもらってください。'

/** 被保険者情報 (3-5, 3-6) — a person must have an addressee number of this municipality to be linked. */
export const insuredPersons: Receivable = {
  layout: 被保険者情報,
  act: 'insuredPerson.import',
  table: 'insured_person',
  columns: [
    ['municipalityCode', 'municipality_code', '市区町村コード'],
    ['addresseeNumber', 'addressee_number', '宛名番号'],
    ['householdNumber', 'household_number', '世帯番号'],
    ['insuredNumber', 'insured_number', '被保険者番号'],
    ['insurerNumber', 'insurer_number', '保険者番号'],
    ['name', 'name', '氏名'],
    ['nameKana', 'name_kana', '氏名カナ'],
    ['birthDate', 'birth_date', '生年月日'],
    ['sex', 'sex', '性別'],
    ['acquiredOn', 'acquired_on', '資格取得年月日'],
    ['acquisitionReason', 'acquisition_reason', '資格取得事由'],
    ['lostOn', 'lost_on', '資格喪失年月日'],
    ['lossReason', 'loss_reason', '資格喪失事由'],
    ['changeKind', 'change_kind', '異動区分'],
    ['supportKind', 'support_kind', '支援措置区分'],
    ['nonDisclosure', 'non_disclosure', '不開示該当フラグ'],
    ['selfProvisionDisabled', 'self_provision_disabled', '自己情報提供不可フラグ'],
    ['operatedOn', 'operated_on', '操作年月日'],
  ],
  key: ['subject_key', 'municipality_code', 'acquired_on'],
  // The edition 2026-04 has one column for a 支援措置: both of its effects apply.
  settle: [effectsToldTogether],
  faults: unknownHere,
  faultSentence: unknownHereSentence,
}

/** 被保険者証等発行用情報 (3-5, 3-6) — what documents are printed from; only for those who have been linked. */
export const deliveredCertificates: Receivable = {
  layout: 被保険者証等発行用情報,
  act: 'certificate.import',
  table: 'certificate',
  columns: [
    ['municipalityCode', 'municipality_code', '市区町村コード'],
    ['addresseeNumber', 'addressee_number', '宛名番号'],
    ['insuredNumber', 'insured_number', '被保険者番号'],
    ['issueNumber', 'issue_number', '発行番号'],
    ['certificateKind', 'certificate_kind', '証種別'],
    ['issueReason', 'issue_reason', '発行事由'],
    ['issueManner', 'issue_manner', '発行区分'],
    ['insurerNumber', 'insurer_number', '保険者番号'],
    ['name', 'name', '氏名'],
    ['nameKana', 'name_kana', '氏名カナ'],
    ['birthDate', 'birth_date', '生年月日'],
    ['sex', 'sex', '性別'],
    ['acquiredOn', 'acquired_on', '資格取得年月日'],
    ['effectiveFrom', 'effective_from', '発効期日'],
    ['validUntil', 'valid_until', '有効期限'],
    ['issuedOn', 'issued_on', '交付年月日'],
    ['shareTenths', 'share_tenths', '一部負担金の割合'],
    ['limitCategory', 'limit_category', '限度区分'],
    ['limitFrom', 'limit_from', '限度区分適用年月日'],
    ['longHospitalisationFrom', 'long_hospitalisation_from', '長期入院該当年月日'],
    ['dialysisSince', 'dialysis_since', '特定疾病人工透析認定年月日'],
    ['haemophiliaSince', 'haemophilia_since', '特定疾病血友病認定年月日'],
    ['immunodeficiencySince', 'immunodeficiency_since', '特定疾病後天性免疫不全認定年月日'],
    ['specialTreatmentFrom', 'special_treatment_from', '特別療養費支給開始年月日'],
    ['voidOn', 'void_on', '無効年月日'],
    ['voidReason', 'void_reason', '無効事由'],
    ['deliveryState', 'delivery_state', '交付状況'],
    ['destinationKind', 'destination_kind', '送付先区分'],
    ['supportKind', 'support_kind', '支援措置区分'],
    ['nonDisclosure', 'non_disclosure', '不開示該当フラグ'],
    ['selfProvisionDisabled', 'self_provision_disabled', '自己情報提供不可フラグ'],
    ['sheetCode', 'sheet_code', '用紙番号'],
    ['addressShown', 'address_shown', '住所記載区分'],
    ['operatedOn', 'operated_on', '操作年月日'],
  ],
  key: ['subject_key', 'municipality_code', 'issue_number'],
  // The edition 2026-04 tells neither the effects of a 支援措置 nor whether an address may be printed: then none is.
  settle: [
    effectsToldTogether,
    `update arriving set address_shown = '0' where address_shown is null`,
  ],
  faults: `not exists (
      select from municipal_system.insured_person as known
       where known.subject_key = arriving.subject_key
         and known.municipality_code = arriving.municipality_code
         and known.addressee_number = arriving.addressee_number)`,
  faultSentence:
    '被保険者番号が宛名番号に結び付いていません。先に被保険者情報を受け入れ、なお残るなら広域連合に確かめてください。',
}

/**
 * 住所地特例者情報 (3-5, 3-6) — also of people whom another union insures, so that the 宛名番号 names the person. What was
 * cancelled ends on the day on which it began.
 */
export const residenceProvisions: Receivable = {
  layout: 住所地特例者情報,
  act: 'residenceProvision.import',
  table: 'residence_provision',
  columns: [
    ['municipalityCode', 'municipality_code', '市区町村コード'],
    ['addresseeNumber', 'addressee_number', '宛名番号'],
    ['insuredNumber', 'insured_number', '被保険者番号'],
    ['name', 'name', '氏名'],
    ['nameKana', 'name_kana', '氏名カナ'],
    ['birthDate', 'birth_date', '生年月日'],
    ['sex', 'sex', '性別'],
    ['provisionKind', 'provision_kind', '住所地特例区分'],
    ['insurerUnion', 'insurer_union', '保険者広域連合コード'],
    ['formerInsurerNumber', 'former_insurer_number', '前の保険者番号'],
    ['beganOn', 'began_on', '適用開始年月日'],
    ['endedOn', 'ended_on', '適用終了年月日'],
    ['facilityKind', 'facility_kind', '施設の種類'],
    ['facilityName', 'facility_name', '施設の名称'],
    ['facilityAddress', 'facility_address', '施設の所在地'],
    ['enteredOn', 'entered_on', '入所年月日'],
    ['leftOn', 'left_on', '退所年月日'],
    ['changeKind', 'change_kind', '異動区分'],
    ['supportKind', 'support_kind', '支援措置区分'],
    ['operatedOn', 'operated_on', '操作年月日'],
  ],
  key: ['municipality_code', 'addressee_number', 'began_on'],
  // It should not have come; what is not kept cannot be shown.
  settle: [
    `update arriving set facility_name = null, facility_address = null where support_kind = '1'`,
  ],
  faults: unknownHere,
  faultSentence: unknownHereSentence,
}

/** 保険料情報 (4-8, 4-9) — only for those whose 被保険者番号 has been linked, and only if it adds up. */
export const premiums: Receivable = {
  layout: 保険料情報,
  act: 'premium.import',
  table: 'premium',
  columns: [
    ['municipalityCode', 'municipality_code', '市区町村コード'],
    ['addresseeNumber', 'addressee_number', '宛名番号'],
    ['insuredNumber', 'insured_number', '被保険者番号'],
    ['fiscalYear', 'fiscal_year', '賦課年度'],
    ['revision', 'revision', '決定番号'],
    ['decidedOn', 'decided_on', '決定年月日'],
    ['decisionReason', 'decision_reason', '決定事由'],
    ['months', 'months', '資格月数'],
    ['reductionTenths', 'reduction_tenths', '軽減区分'],
    ['base', 'base_yen', '賦課のもととなる所得'],
    ['judgedIncome', 'judged_income_yen', '軽減判定所得'],
    ['threshold', 'threshold_yen', '軽減判定基準額'],
    ['judgedInsured', 'judged_insured', '軽減判定被保険者数'],
    ['judgedEarners', 'judged_earners', '給与所得者等の数'],
    ['formerDependent', 'former_dependent', '元被扶養者区分'],
    ...levy('医療分', 'medical'),
    ...levy('子ども分', 'child'),
    ['premium', 'premium_yen', '保険料額'],
    ['edition', 'law_edition', '法令表の版'],
    ['operatedOn', 'operated_on', '操作年月日'],
  ],
  key: ['subject_key', 'municipality_code', 'fiscal_year', 'revision'],
  faults: `premium_yen <> medical_annual_yen + coalesce(child_annual_yen, 0)
    or not exists (
      select from municipal_system.insured_person as known
       where known.subject_key = arriving.subject_key
         and known.municipality_code = arriving.municipality_code
         and known.addressee_number = arriving.addressee_number)`,
  faultSentence:
    '被保険者番号が宛名番号に結び付いていないか、保険料額が医療分と子ども分の和ではありません。先に被保険者情報を受け入れ、なお残るなら広域連合に確かめてください。',
}

/** 受け入れる情報のすべて */
export const receivables: readonly Receivable[] = [
  insuredPersons,
  deliveredCertificates,
  residenceProvisions,
  premiums,
]

/** 被保険者の鍵 — of whose key begins with it; nothing of the others. */
const ownKey = ({ key }: Receivable): readonly string[] =>
  key.filter((column) => column === 'subject_key')

/** What came of one file. */
export interface Applied {
  readonly rowCount: number
  readonly changedCount: number
}

/** 受入れの所見 — nothing of the file was applied. */
export class ReceivedFileRefused extends Error {
  override readonly name = 'ReceivedFileRefused'
  readonly lines: readonly number[]
  readonly count: number

  constructor(lines: readonly number[], count: number, sentence: string) {
    super(sentence)
    this.lines = lines
    this.count = count
  }
}

/** 受入れの準備 — the temporary table that `stageRecords` fills and `applyStaged` reads. */
export async function prepareArriving(tx: Transaction, of: Receivable): Promise<void> {
  await tx.run(
    `create temp table arriving on commit drop as
     select 0 as line, ${stagedNames(of)} from municipal_system.${of.table} limit 0`,
  )
}

/** Values of one record for `arriving`, in the order of `arrivingColumns`; null for a column that its edition lacks. */
export function arrivingReader(
  of: Receivable,
  layout: Layout,
  union: string,
): (record: readonly string[], line: number) => (string | number | null)[] {
  const places = of.columns.map(([, , item]) => layout.names.indexOf(item))
  const number = layout.names.indexOf('被保険者番号')
  return (record, line) => [
    line,
    ...ownKey(of).map(() => subjectKey(union, record[number] as string)),
    ...places.map((place) => record[place] || null),
  ]
}

const stagedNames = (of: Receivable): string => [...ownKey(of), columnNames(of.columns)].join(', ')

export const arrivingColumns = (of: Receivable): string => `line, ${stagedNames(of)}`

/** 届いた行の人 — the keys under which the audit finds them again: of the insured, or else of the residents. */
export async function personsArriving(tx: Transaction, of: Receivable): Promise<number[]> {
  if (ownKey(of).length > 0) {
    const rows = await tx.query<{ key: number }>('select distinct subject_key as key from arriving')
    return rows.map(({ key }) => key)
  }
  const known = (table: string): string =>
    `select municipality_code, running_number
       from municipal_system.${table} join arriving using (municipality_code, addressee_number)`
  const rows = await tx.query<{ code: string; running: number }>(
    `select municipality_code as code, running_number as running
       from (${known('resident')} union ${known('non_registered_person')}) as persons`,
  )
  return rows.map(({ code, running }) => auditKey(code, running))
}

/**
 * 受入れ — applies all rows of `arriving`, or throws ReceivedFileRefused with the lines at fault. Rows that
 * say what is already known change nothing but leave their mark in 受け入れた行の控え.
 */
export async function applyStaged(
  tx: Transaction,
  of: Receivable,
  transmission: { readonly transmissionId: string; readonly sequenceNumber: number },
): Promise<Applied> {
  for (const statement of of.settle ?? []) await tx.run(statement)
  await refuseFaults(tx, of)
  const names = stagedNames(of)
  const digest = contentDigest(of.columns)
  const same = of.key.map((column) => `held.${column} = arriving.${column}`).join(' and ')
  const rowCount = await tx.run(
    `insert into municipal_system.received_record
       (municipality_code, transmission_id, line_number, union_code, addressee_number, layout,
        content_sha256, changed, received_at)
     select arriving.municipality_code, $1, arriving.line, $2, arriving.addressee_number, $3,
            ${contentDigest(of.columns, 'arriving')},
            held.content_sha256 is distinct from ${contentDigest(of.columns, 'arriving')}, $4
       from arriving
       left join municipal_system.${of.table} as held on ${same}
     on conflict (municipality_code, transmission_id, line_number) do nothing`,
    [transmission.transmissionId, Number(tx.scope?.union), of.layout.name, tx.now],
  )
  if (of === insuredPersons) await replaceCorrectedPeriods(tx)
  const token = of === insuredPersons ? ', number_token' : ''
  const kept = of.columns
    .map(([, column]) => column)
    .filter((column) => !of.key.includes(column))
    .concat('content_sha256', 'transmission_id', 'sequence_number')
  const changedCount = await tx.run(
    `insert into municipal_system.${of.table} as held
       (union_code, ${names}, content_sha256, transmission_id, sequence_number${token})
     select $1, ${names}, ${digest}, $2, $3${token === '' ? '' : `, ${ownToken}`}
       from arriving
     on conflict (${of.key.join(', ')}) do update
        set ${assignments(kept)}${token === '' ? '' : ', number_token = excluded.number_token'}
      where held.content_sha256 is distinct from excluded.content_sha256`,
    [Number(tx.scope?.union), transmission.transmissionId, transmission.sequenceNumber],
  )
  return { rowCount, changedCount }
}

/** 3-6: the number that this municipality holds under the same 宛名番号. */
const ownToken = `coalesce(
  (select known.number_token from municipal_system.resident as known
    where known.municipality_code = arriving.municipality_code
      and known.addressee_number = arriving.addressee_number),
  (select known.number_token from municipal_system.non_registered_person as known
    where known.municipality_code = arriving.municipality_code
      and known.addressee_number = arriving.addressee_number))`

const linesShown = 20

async function refuseFaults(tx: Transaction, of: Receivable): Promise<void> {
  const lines = await tx.query<{ line: number }>(
    `select line from arriving where ${of.faults} order by line`,
  )
  if (lines.length === 0) return
  throw new ReceivedFileRefused(
    lines.slice(0, linesShown).map(({ line }) => line),
    lines.length,
    of.faultSentence,
  )
}

/**
 * 資格取得年月日の訂正 — a period that overlaps one of the file and does not begin with it is what the file
 * corrects: one person has no two rights at once. 受け入れた行の控え still shows that it had been received.
 */
async function replaceCorrectedPeriods(tx: Transaction): Promise<void> {
  await tx.run(
    `delete from municipal_system.insured_person as held
      using arriving
      where held.subject_key = arriving.subject_key
        and held.municipality_code = arriving.municipality_code
        and daterange(held.acquired_on, held.lost_on) && daterange(arriving.acquired_on, arriving.lost_on)
        and not exists (
          select from arriving as other
           where other.subject_key = held.subject_key
             and other.acquired_on = held.acquired_on)`,
  )
}
