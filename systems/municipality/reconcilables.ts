import { type Reconcilable, reconcilableOf } from '@koiki/exchange'
import { 住民基本台帳情報, 被保険者情報 } from '@koiki/layouts'

type Items = readonly (readonly [item: string, column: string])[]

/** An open end may be written as 9999-12-31 or left empty; both say the same. */
const open = (column: string): string => `nullif(r.${column}, '9999-12-31')`

const residentItems: Items = [
  ['世帯番号', 'r.household_number'],
  ['個人番号', "case when r.number_token is null then '0' else '1' end"],
  ['氏名', 'r.name'],
  ['氏名カナ', 'r.name_kana'],
  ['通称', 'r.alias'],
  ['旧氏', 'r.former_name'],
  ['生年月日', 'r.birth_date'],
  ['生年月日不詳フラグ', 'r.birth_date_unknown'],
  ['生年月日不詳表記', 'r.birth_date_text'],
  ['性別', 'r.sex'],
  ['続柄', 'r.relationship'],
  ['郵便番号', 'r.postal_code'],
  ['町字コード', 'r.town_code'],
  ['都道府県', 'r.prefecture_name'],
  ['市区郡町村名', 'r.municipality_name'],
  ['町字', 'r.town_name'],
  ['番地号', 'r.house_number'],
  ['方書', 'r.building'],
  ['住民種別', 'r.resident_kind'],
  ['在留期間満了日', 'r.stay_until'],
  ['住民となった日', 'r.resident_from'],
  ['住民状態', 'r.status'],
  ['異動年月日', 'r.changed_on'],
  ['異動事由', 'r.change_reason'],
  ['消除年月日', open('removed_on')],
  ['転入前市区町村コード', 'r.moved_from_municipality'],
  ['転出先市区町村コード', 'r.moved_to_municipality'],
  ['支援措置区分', 'r.support_kind'],
  ['支援措置開始日', 'r.support_from'],
  ['支援措置終了日', open('support_until')],
  ['不開示該当フラグ', 'r.non_disclosure'],
  ['自己情報提供不可フラグ', 'r.self_provision_disabled'],
  ['適用除外区分', 'r.exclusion_kind'],
  ['適用除外開始日', 'r.exclusion_from'],
  ['適用除外終了日', open('exclusion_until')],
]

const insuredItems: Items = [
  ['宛名番号', 'r.addressee_number'],
  ['世帯番号', 'r.household_number'],
  ['被保険者番号', 'r.insured_number'],
  ['保険者番号', 'r.insurer_number'],
  ['氏名', 'r.name'],
  ['氏名カナ', 'r.name_kana'],
  ['生年月日', 'r.birth_date'],
  ['性別', 'r.sex'],
  ['資格取得年月日', 'r.acquired_on'],
  ['資格取得事由', 'r.acquisition_reason'],
  ['資格喪失年月日', 'r.lost_on'],
  ['資格喪失事由', 'r.loss_reason'],
  ['支援措置区分', 'r.support_kind'],
  ['不開示該当フラグ', 'r.non_disclosure'],
  ['自己情報提供不可フラグ', 'r.self_provision_disabled'],
]

const exported = `
  from municipal_system.exported_record e
  join municipal_system.resident r
    on r.municipality_code = e.municipality_code and r.addressee_number = e.addressee_number
  join municipal_system.export x
    on x.municipality_code = e.municipality_code and x.export_id = e.export_id
  left join (select distinct transmission_id from exchange.transmission_event
              where state = 'applied') a on a.transmission_id = x.transmission_id
 where e.municipality_code = $1::text and e.layout = '${住民基本台帳情報.name}'`
const imported = 'from municipal_system.insured_person r where r.municipality_code = $1::text'
const insuredKey = "r.insured_number || ' ' || r.acquired_on::text"

/**
 * 照合に答える情報 — what was last exported (a row that changed since has its turn with the next export; one whose
 * transmission has no receipt of acceptance is on its way), and what was imported of the insured.
 */
export const reconcilables: readonly Reconcilable[] = [
  reconcilableOf(住民基本台帳情報.name, {
    key: 'r.addressee_number',
    addresseeNumber: 'r.addressee_number',
    recordKey: "''",
    state: `case when e.content_sha256 <> r.content_sha256 then 'pending'
                 when a.transmission_id is null then 'inTransit'
                 else 'held' end`,
    items: residentItems,
    from: exported,
    few: `${exported} and r.addressee_number in $2`,
  }),
  reconcilableOf(被保険者情報.name, {
    key: insuredKey,
    addresseeNumber: 'r.addressee_number',
    recordKey: 'r.acquired_on::text',
    state: "'held'",
    items: insuredItems,
    from: imported,
    few: `${imported} and ${insuredKey} in $2`,
  }),
]
