import { type Reconcilable, readReconciled, comparedText as text } from '@koiki/exchange'
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

/** The newest version that a file brought: what a counter told is compared elsewhere. */
const latestOfRegister = `
  select r.addressee_number as key, r.addressee_number as addressee, '' as record,
         ${text(residentColumns.map(([, column]) => column))} as text, 'held' as state
    from eligibility.resident r
    join eligibility.resident_record c
      on c.resident_key = r.resident_key and c.version = r.current_version
   where r.municipality_code = $1::text and c.register = 1 and c.transmission_id is not null
  union all
  select r.addressee_number, r.addressee_number, '',
         ${text(residentColumns.map(([, column]) => column))}, 'held'
    from (select o.resident_key, max(o.version) as version
            from eligibility.resident s
            join eligibility.resident_record now
              on now.resident_key = s.resident_key and now.version = s.current_version
            join eligibility.resident_record o on o.resident_key = s.resident_key
           where s.municipality_code = $1::text
             and (now.register <> 1 or now.transmission_id is null)
             and o.register = 1 and o.transmission_id is not null
           group by o.resident_key) as before
    join eligibility.resident r on r.resident_key = before.resident_key
    join eligibility.resident_record c
      on c.resident_key = before.resident_key and c.version = before.version`

/** 住民基本台帳情報の照合 — the union's side: the latest record of each resident that a file brought. */
export const reconciledResidents: Reconcilable = {
  layout: 住民基本台帳情報.name,
  columns: residentColumns.map(([item]) => item),
  rows: (tx, municipality, only) => readReconciled(tx, latestOfRegister, municipality, only),
}

/** 被保険者情報の照合 — the union's side: what stands, and whether just that was delivered and taken in. */
export const reconciledInsured: Reconcilable = {
  layout: 被保険者情報.name,
  columns: insuredColumns.map(([item]) => item),
  rows: (tx, municipality, only) =>
    readReconciled(
      tx,
      `${insuredContent}
       select n.insured_number || ' ' || n.acquired_on::text as key,
              n.addressee_number as addressee, n.acquired_on::text as record,
              ${text(insuredColumns.map(([, column]) => column))} as text,
              case when d.digest is distinct from n.content_digest then 'pending'
                   when a.transmission_id is null then 'inTransit'
                   else 'held' end as state
         from (${digestedContent}) n
         left join eligibility.insured_delivery d
           on d.subject_key = n.subject_key and d.municipality_code = $1::text
          and d.acquired_on = n.acquired_on
         left join (select distinct transmission_id from exchange.transmission_event
                     where state = 'applied') a on a.transmission_id = d.transmission_id`,
      municipality,
      only,
    ),
}

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
