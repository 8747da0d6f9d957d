import { type Reconcilable, reconcilableOf } from '@koiki/exchange'
import { 住民基本台帳情報, 被保険者情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { digestedContent, insuredContent } from './insuredRows.ts'

/** 項目 of 住民基本台帳情報 that both sides keep: all but 操作年月日, and of the 個人番号 only whether there is one. */
const residentColumns: readonly (readonly [item: string, column: string])[] = [
  ['世帯番号', 'c.household_number'],
  ['個人番号', "case when c.number_token is null then '0' else '1' end"],
  ['氏名', 'c.name'],
  ['氏名カナ', 'c.name_kana'],
  ['通称', 'c.alias'],
  ['旧氏', 'c.former_name'],
  ['生年月日', 'c.birth_date'],
  ['生年月日不詳フラグ', 'c.birth_date_unknown'],
  ['生年月日不詳表記', 'c.birth_date_text'],
  ['性別', 'c.sex'],
  ['続柄', 'c.relationship'],
  ['郵便番号', 'c.postal_code'],
  ['町字コード', 'c.town_code'],
  ['都道府県', 'c.prefecture_name'],
  ['市区郡町村名', 'c.municipality_name'],
  ['町字', 'c.town_name'],
  ['番地号', 'c.house_number'],
  ['方書', 'c.building'],
  ['住民種別', 'c.resident_kind'],
  ['在留期間満了日', 'c.stay_until'],
  ['住民となった日', 'c.resident_from'],
  ['住民状態', 'c.status'],
  ['異動年月日', 'c.changed_on'],
  ['異動事由', 'c.change_reason'],
  ['消除年月日', 'c.removed_on'],
  ['転入前市区町村コード', 'c.moved_from_municipality'],
  ['転出先市区町村コード', 'c.moved_to_municipality'],
  ['支援措置区分', 'c.support_kind'],
  ['支援措置開始日', 'c.support_from'],
  ['支援措置終了日', 'c.support_until'],
  ['不開示該当フラグ', 'c.non_disclosure'],
  ['自己情報提供不可フラグ', 'c.self_provision_disabled'],
  ['適用除外区分', 'c.exclusion_kind'],
  ['適用除外開始日', 'c.exclusion_from'],
  ['適用除外終了日', 'c.exclusion_until'],
]

const insuredColumns: readonly (readonly [item: string, column: string])[] = [
  ['宛名番号', 'n.addressee_number'],
  ['世帯番号', 'n.household_number'],
  ['被保険者番号', 'n.insured_number'],
  ['保険者番号', 'n.insurer_number'],
  ['氏名', 'n.name'],
  ['氏名カナ', 'n.name_kana'],
  ['生年月日', 'n.birth_date'],
  ['性別', 'n.sex'],
  ['資格取得年月日', 'n.acquired_on'],
  ['資格取得事由', 'n.ground_acquired'],
  ['資格喪失年月日', 'n.ended_on'],
  ['資格喪失事由', 'n.ground_ended'],
  [
    '支援措置区分',
    "case when n.under_support_measure or n.self_provision_disabled then '1' else '0' end",
  ],
  ['不開示該当フラグ', "case when n.under_support_measure then '1' else '0' end"],
  ['自己情報提供不可フラグ', "case when n.self_provision_disabled then '1' else '0' end"],
]

/** The present record, unless a counter or the other register ever told of the resident: then the last that is a file's. */
const latestOfRegister = (residents: string): string =>
  `from (select s.resident_key, s.addressee_number,
                case when s.counter_filed_on is null and s.non_registered_digest is null
                     then s.current_version
                     else (select max(o.version) from eligibility.resident_record o
                            where o.resident_key = s.resident_key
                              and o.register = 1 and o.transmission_id is not null)
                end as version
           from ${residents}) r
   join eligibility.resident_record c
     on c.resident_key = r.resident_key and c.version = r.version
  where c.register = 1 and c.transmission_id is not null`

/**
 * 住民基本台帳情報の照合 — the union's side: the latest record of each resident that a file of the register brought; what a
 * counter told is compared elsewhere.
 */
export const reconciledResidents: Reconcilable = reconcilableOf(住民基本台帳情報.name, {
  key: 'r.addressee_number',
  addresseeNumber: 'r.addressee_number',
  recordKey: "''",
  state: "'held'",
  items: residentColumns,
  from: latestOfRegister('eligibility.resident s where s.municipality_code = $1::text'),
  few: latestOfRegister(
    `eligibility.resident_directory d join eligibility.resident s using (resident_key)
      where d.municipality_code = $1::text and d.addressee_number in $2`,
  ),
})

/** 被保険者情報の照合 — the union's side: what stands, and whether just that was delivered and taken in. */
export const reconciledInsured: Reconcilable = reconcilableOf(被保険者情報.name, {
  given: insuredContent,
  key: "n.insured_number || ' ' || n.acquired_on::text",
  addresseeNumber: 'n.addressee_number',
  recordKey: 'n.acquired_on::text',
  state: `case when d.digest is distinct from n.content_digest then 'pending'
               when a.transmission_id is null then 'inTransit'
               else 'held' end`,
  items: insuredColumns,
  from: `from (${digestedContent}) n
         left join eligibility.insured_delivery d
           on d.subject_key = n.subject_key and d.municipality_code = $1::text
          and d.acquired_on = n.acquired_on
         left join (select distinct transmission_id from exchange.transmission_event
                     where state = 'applied') a on a.transmission_id = d.transmission_id`,
})

/** 取り込んだ内容の要約 — what is stored of one transmission, by line; a row that changed nothing left none. */
export async function storedDigests(
  tx: Transaction,
  transmissionId: string,
): Promise<ReadonlyMap<number, string>> {
  const stored = new Map<number, string>()
  const batches = tx.batches<{ line: number; digest: Buffer }>(
    'select line, digest from eligibility.resident_record where transmission_id = $1::uuid',
    [transmissionId],
    5_000,
  )
  for await (const batch of batches)
    for (const { line, digest } of batch) stored.set(line, digest.toString('hex'))
  return stored
}
