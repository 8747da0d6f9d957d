import type { PlainDate } from '@koiki/kernel'
import type { RowOf, 住所地特例者情報, 被保険者証等発行用情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'

type CertificateRow = RowOf<typeof 被保険者証等発行用情報>
type ProvisionRow = RowOf<typeof 住所地特例者情報>

/**
 * 送るべき発行を置く — of one municipality: each document whose row differs from what it was last sent. How many. No
 * address is in it: the municipality has its own, and is told whether that may stand on the paper. Mail to the address
 * of a person under 不開示該当 is not told any more, although it was when the document was issued.
 *
 * With `refused`, a transmission that its receiver refused: what it was the last to tell, as it stands now.
 */
export async function placeCertificateRows(
  tx: Transaction,
  municipality: string,
  refused: string | null = null,
): Promise<number> {
  await tx.run('set local enable_nestloop = off')
  await tx.run(
    `create temporary table told on commit drop as
     with content as (
       select i.subject_key, i.issue_number, a.addressee_number,
              i.contents ->> 'insuredNumber' as insured_number,
              i.contents ->> 'insurerNumber' as insurer_number,
              case i.document when 'insuranceCard' then '1' when 'eligibilityCertificate' then '2'
                when 'eligibilityInformationNotice' then '3'
                when 'specialEligibilityCertificate' then '4' else '5' end as document,
              case i.reason when 'acquisition' then '01' when 'renewal' then '02'
                when 'copayShareChanged' then '03' when 'contentsChanged' then '04'
                when 'limitCategory' then '05' when 'reissue' then '06'
                when 'application' then '07' when 'documentChanged' then '08'
                when 'expiryChanged' then '09' when 'specialTreatmentBegan' then '10'
                when 'specialTreatmentLifted' then '11' else '99' end as reason,
              case i.manner when 'counter' then '1' else '2' end as manner,
              i.contents ->> 'name' as name, i.contents ->> 'nameKana' as name_kana,
              i.contents ->> 'birthDate' as birth_date, i.contents ->> 'sex' as sex,
              i.contents ->> 'acquiredOn' as acquired_on, i.effective_from, i.valid_until,
              i.issued_on, i.contents ->> 'tenths' as tenths,
              case i.contents ->> 'limitCategory' when 'active3' then 'B01'
                when 'active2' then 'B02' when 'active1' then 'B03' when 'general2' then 'B09'
                when 'general1' then 'B10' when 'lowIncome2' then 'B05'
                when 'lowIncome1' then 'B06' end as limit_category,
              i.contents ->> 'limitFrom' as limit_from,
              i.contents ->> 'longHospitalisationFrom' as long_from,
              jsonb_path_query_first(i.contents, '$.specifiedDiseases[*] ? (@.disease == "1").since') #>> '{}' as disease1,
              jsonb_path_query_first(i.contents, '$.specifiedDiseases[*] ? (@.disease == "2").since') #>> '{}' as disease2,
              jsonb_path_query_first(i.contents, '$.specifiedDiseases[*] ? (@.disease == "3").since') #>> '{}' as disease3,
              i.contents ->> 'specialTreatmentFrom' as special_from,
              s.void_on,
              case s.void_reason when 'replaced' then '01' when 'lossOfEligibility' then '02'
                when 'lost' then '03' when 'recollected' then '04' when 'cancelled' then '05'
                when 'moved' then '06' end as void_reason,
              case s.state when 'instructed' then '0' when 'printed' then '1'
                when 'handedOver' then '2' when 'lost' then '2' when 'returned' then '3'
                when 'recollected' then '4' else '0' end as state,
              case when i.delivery = 'handOver' then '2'
                when i.destination_kind = 'registered' then '1'
                when p.under_support_measure then '9' else '0' end as destination,
              case when p.under_support_measure or p.self_provision_disabled then '1' else '0' end
                as support,
              case when p.under_support_measure then '1' else '0' end as withheld,
              case when p.self_provision_disabled then '1' else '0' end as refused,
              (select t.code from certificates.sheet t
                where t.subject_key = i.subject_key and t.municipality_code = i.municipality_code
                  and t.issue_number = i.issue_number and t.state = 'instructed'
                order by t.copy desc limit 1) as sheet,
              case when p.under_support_measure or i.contents -> 'address' = 'null' then '0'
                else '1' end as with_address
         from certificates.issue i
         join certificates.issue_standing s
           on s.subject_key = i.subject_key and s.municipality_code = i.municipality_code
          and s.issue_number = i.issue_number
         join eligibility.registered_residence a on a.resident_key = i.resident_key
         join eligibility.person p on p.subject_key = i.subject_key
        where i.municipality_code = $1::text
     )
     select n.*
       from (select content.*, sha256(convert_to(content::text, 'UTF8')) as digest from content) n
       left join certificates.certificate_delivery d
         on d.subject_key = n.subject_key and d.municipality_code = $1::text
        and d.issue_number = n.issue_number
      where case when $2::uuid is null then d.digest is distinct from n.digest
                 else d.transmission_id = $2::uuid end`,
    [municipality, refused],
  )
  await tx.run('set local enable_nestloop = on')
  const { count } = await tx.one<{ count: number }>('select count(*) as count from told')
  return count
}

/** The rows placed, in the order of 被保険者番号. */
export async function* certificateRows(
  tx: Transaction,
  municipality: string,
): AsyncGenerator<CertificateRow> {
  type Told = Omit<CertificateRow, '市区町村コード' | '操作年月日'>
  const batches = tx.batches<Told>(
    `select addressee_number as "宛名番号", insured_number as "被保険者番号",
            issue_number as "発行番号", document as "証種別", reason as "発行事由",
            manner as "発行区分", insurer_number as "保険者番号", name as "氏名",
            name_kana as "氏名カナ", birth_date::date as "生年月日", sex as "性別",
            acquired_on::date as "資格取得年月日", effective_from as "発効期日",
            valid_until as "有効期限", issued_on as "交付年月日", tenths as "一部負担金の割合",
            limit_category as "限度区分", limit_from::date as "限度区分適用年月日",
            long_from::date as "長期入院該当年月日",
            disease1::date as "特定疾病人工透析認定年月日",
            disease2::date as "特定疾病血友病認定年月日",
            disease3::date as "特定疾病後天性免疫不全認定年月日",
            special_from::date as "特別療養費支給開始年月日",
            void_on as "無効年月日", void_reason as "無効事由", state as "交付状況",
            destination as "送付先区分", support as "支援措置区分",
            withheld as "不開示該当フラグ", refused as "自己情報提供不可フラグ",
            sheet as "用紙番号", with_address as "住所記載区分"
       from told order by insured_number, issue_number`,
  )
  for await (const batch of batches)
    for (const row of batch)
      yield { 市区町村コード: municipality, ...row, 操作年月日: tx.today as PlainDate }
}

/** 発行の配信の控え — gives the insured persons concerned. */
export async function recordCertificatesTold(
  tx: Transaction,
  municipality: string,
  transmissionId: string,
): Promise<number[]> {
  const rows = await tx.query<{ subject_key: number }>(
    `insert into certificates.certificate_delivery
       (subject_key, municipality_code, issue_number, union_code, digest, transmission_id, delivered_at)
     select subject_key, $1::text, issue_number, $2::smallint, digest, $3::uuid, $4::timestamptz
       from told
     on conflict (subject_key, municipality_code, issue_number) do update
        set digest = excluded.digest, transmission_id = excluded.transmission_id,
            delivered_at = excluded.delivered_at
     returning subject_key`,
    [municipality, tx.scope!.union, transmissionId, tx.now],
  )
  return [...new Set(rows.map(({ subject_key }) => subject_key))]
}

/**
 * 送るべき住所地特例者を置く — of one municipality: each 住所地特例 whose row differs from what it was last sent, and those
 * sent once that do not stand any more. How many.
 *
 * With `refused`, a transmission that its receiver refused: what it was the last to tell, as it stands now. It counts as
 * never told.
 */
export async function placeProvisionRows(
  tx: Transaction,
  municipality: string,
  refused: string | null = null,
): Promise<number> {
  await tx.run('set local enable_nestloop = off')
  await tx.run(
    `create temporary table told on commit drop as
     with standing as (
       select v.resident_key, v.began_on, v.addressee_number, v.insured_number, v.name,
              v.name_kana, v.birth_date, v.sex,
              case v.kind when '当広域' then '1' when '他広域' then '2' else '3' end as kind,
              lpad(v.insurer_union::text, 2, '0') as insurer_union, v.insurer_number, v.ended_on,
              v.facility_kind, v.facility_name, v.facility_address, v.entered_on, v.left_on,
              v.protected, false as cancelled
         from eligibility.residence_provision_period v
        where v.municipality_code = $1::text
     ),
     gone as (
       select d.resident_key, d.began_on, a.addressee_number, q.insured_number, q.name,
              q.name_kana, q.birth_date, q.sex, d.provision_kind as kind, d.insurer_union,
              null::text as insurer_number, d.began_on as ended_on, null::text as facility_kind,
              null::text as facility_name, null::text as facility_address,
              null::date as entered_on, null::date as left_on, a.protected, true as cancelled
         from certificates.provision_delivery d
         join eligibility.registered_residence a on a.resident_key = d.resident_key
         join eligibility.resident_in_brief q on q.resident_key = d.resident_key
        where d.municipality_code = $1::text
          and not exists (
            select from standing s
             where s.resident_key = d.resident_key and s.began_on = d.began_on)
     ),
     content as (select * from standing union all select * from gone)
     select n.*, $2::uuid is null and d.digest is not null and not d.cancelled as told_before
       from (select content.*, sha256(convert_to(content::text, 'UTF8')) as digest from content) n
       left join certificates.provision_delivery d
         on d.resident_key = n.resident_key and d.municipality_code = $1::text
        and d.began_on = n.began_on
      where case when $2::uuid is null then d.digest is distinct from n.digest
                 else d.transmission_id = $2::uuid end`,
    [municipality, refused],
  )
  await tx.run('set local enable_nestloop = on')
  const { count } = await tx.one<{ count: number }>('select count(*) as count from told')
  return count
}

/** The rows placed, in the order of 宛名番号. */
export async function* provisionRows(
  tx: Transaction,
  municipality: string,
): AsyncGenerator<ProvisionRow> {
  type Told = Omit<ProvisionRow, '市区町村コード' | '操作年月日'>
  const batches = tx.batches<Told>(
    `select addressee_number as "宛名番号", insured_number as "被保険者番号", name as "氏名",
            name_kana as "氏名カナ", birth_date as "生年月日", sex as "性別",
            kind as "住所地特例区分", insurer_union as "保険者広域連合コード",
            insurer_number as "前の保険者番号", began_on as "適用開始年月日",
            ended_on as "適用終了年月日", facility_kind as "施設の種類",
            facility_name as "施設の名称", facility_address as "施設の所在地",
            entered_on as "入所年月日", left_on as "退所年月日",
            case when cancelled then '4' when ended_on is not null then '3'
                 when told_before then '2' else '1' end as "異動区分",
            case when protected then '1' else '0' end as "支援措置区分"
       from told order by addressee_number, began_on`,
  )
  for await (const batch of batches)
    for (const row of batch)
      yield { 市区町村コード: municipality, ...row, 操作年月日: tx.today as PlainDate }
}

/** 住所地特例者の配信の控え — gives the residents concerned. */
export async function recordProvisionsTold(
  tx: Transaction,
  municipality: string,
  transmissionId: string,
): Promise<number[]> {
  const rows = await tx.query<{ resident_key: number }>(
    `insert into certificates.provision_delivery
       (resident_key, municipality_code, began_on, union_code, provision_kind, insurer_union,
        cancelled, digest, transmission_id, delivered_at)
     select resident_key, $1::text, began_on, $2::smallint, kind, insurer_union, cancelled, digest,
            $3::uuid, $4::timestamptz
       from told
     on conflict (resident_key, municipality_code, began_on) do update
        set provision_kind = excluded.provision_kind, insurer_union = excluded.insurer_union,
            cancelled = excluded.cancelled, digest = excluded.digest,
            transmission_id = excluded.transmission_id, delivered_at = excluded.delivered_at
     returning resident_key`,
    [municipality, tx.scope!.union, transmissionId, tx.now],
  )
  return rows.map(({ resident_key }) => resident_key)
}
