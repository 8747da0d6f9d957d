import type { PlainDate } from '@koiki/kernel'
import type { RowOf, 被保険者情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'

/** 被保険者情報の行 */
export type InsuredRow = RowOf<typeof 被保険者情報>

/**
 * 被保険者情報の内容 — of one municipality ($1): every right there, and the rights sent once that stand no more,
 * as `content`.
 */
export const insuredContent = `
     with standing as (
       select distinct on (e.subject_key, e.acquired_on)
              e.subject_key, e.acquired_on, e.ground_acquired, e.insurer_number, e.resident_key,
              upper(e.held) as ended_on,
              case when upper(e.held) = e.lost_on then e.ground_lost
                   when upper(e.held) is not null then '02' end as ground_ended,
              min(e.began_on) over (partition by e.subject_key, e.acquired_on) = e.acquired_on
                as begun_here,
              false as cancelled
         from eligibility.entitlement e
        where e.municipality_code = $1::text
        order by e.subject_key, e.acquired_on, e.began_on desc
     ),
     gone as (
       select distinct on (d.subject_key, d.acquired_on)
              d.subject_key, d.acquired_on, d.ground_acquired, m.insurer_number, l.resident_key,
              d.acquired_on as ended_on, '09' as ground_ended, true as begun_here,
              true as cancelled
         from eligibility.insured_delivery d
         join reference.municipality m on m.municipality_code = d.municipality_code
         join eligibility.resident_link l
           on l.subject_key = d.subject_key and l.municipality_code = d.municipality_code
        where d.municipality_code = $1::text
          and not exists (
            select from eligibility.entitlement e
             where e.subject_key = d.subject_key and e.acquired_on = d.acquired_on
               and e.municipality_code = d.municipality_code)
        order by d.subject_key, d.acquired_on, l.linked_at desc, l.sequence desc
     ),
     content as (
       select s.*, r.addressee_number, h.household_number, p.insured_number,
              c.name, c.name_kana, c.birth_date, c.sex, p.under_support_measure
         from (select * from standing union all select * from gone) s
         join eligibility.insured_person p on p.subject_key = s.subject_key
         join eligibility.resident r on r.resident_key = s.resident_key
         join eligibility.resident_record c
           on c.resident_key = r.resident_key and c.version = r.current_version
         left join lateral (
           select household_number from eligibility.household_membership
            where resident_key = s.resident_key
            order by began_on desc
            limit 1
         ) h on true
     )`

/**
 * 内容と要約値 — who has no 自己情報提供不可 keeps the digest that was told before there was a column for it, so that nobody
 * is told again for that.
 */
export const digestedContent = `
        select content.*, p.self_provision_disabled,
               sha256(convert_to(
                 content::text || case when p.self_provision_disabled then '自己情報提供不可' else '' end,
                 'UTF8')) as content_digest
          from content
          join eligibility.insured_person p on p.subject_key = content.subject_key`

/**
 * 送るべき行を置く — of one municipality: each right of each insured person there whose content is not what
 * was last sent, and rights sent once that do not stand any more. How many.
 *
 * A move to another municipality of the union ends the period here as 転出 (02): the municipality hears
 * neither of the right's going on nor of the place it goes on in (our reading; it protects those
 * whose new place must not be known). A cancelled right is sent as 喪失 on the day of its 取得.
 *
 * With `refused`, a transmission that its receiver refused: what it was the last to tell, as it stands now. It counts as
 * never told. What was told or changed after it has its own turn, so that nothing older follows something newer.
 */
export async function placeInsuredRows(
  tx: Transaction,
  municipality: string,
  refused: string | null = null,
): Promise<number> {
  // Row-level security hides from the planner how many rows there are; loops over tables would not end.
  await tx.run('set local enable_nestloop = off')
  await tx.run(
    `create temporary table told on commit drop as
     ${insuredContent}
     select n.*, $2::uuid is null and d.digest is not null and not d.cancelled as told_before,
            n.content_digest as digest
       from (${digestedContent}) n
       left join eligibility.insured_delivery d
         on d.subject_key = n.subject_key and d.municipality_code = $1::text
        and d.acquired_on = n.acquired_on
      where case when $2::uuid is null then d.digest is distinct from n.content_digest
                 else d.transmission_id = $2::uuid end`,
    [municipality, refused],
  )
  await tx.run('set local enable_nestloop = on')
  const { count } = await tx.one<{ count: number }>('select count(*) as count from told')
  return count
}

/** The rows placed, in the order of 被保険者番号, in batches. */
export async function* insuredRows(
  tx: Transaction,
  municipality: string,
): AsyncGenerator<InsuredRow> {
  type Told = Omit<InsuredRow, '市区町村コード' | '操作年月日'>
  const batches = tx.batches<Told>(
    `select addressee_number as "宛名番号", household_number as "世帯番号",
            insured_number as "被保険者番号", insurer_number as "保険者番号",
            name as "氏名", name_kana as "氏名カナ", birth_date as "生年月日", sex as "性別",
            acquired_on as "資格取得年月日", ground_acquired as "資格取得事由",
            ended_on as "資格喪失年月日", ground_ended as "資格喪失事由",
            case when ended_on is not null then '3'
                 when told_before or not begun_here then '2' else '1' end as "異動区分",
            case when under_support_measure or self_provision_disabled then '1' else '0' end
              as "支援措置区分",
            case when under_support_measure then '1' else '0' end as "不開示該当フラグ",
            case when self_provision_disabled then '1' else '0' end as "自己情報提供不可フラグ"
       from told
      order by insured_number, acquired_on`,
  )
  for await (const batch of batches)
    for (const row of batch)
      yield { 市区町村コード: municipality, ...row, 操作年月日: tx.today as PlainDate }
}

/** 配信の控え — what was told, so that next time only changes are. Gives the insured persons concerned. */
export async function recordTold(
  tx: Transaction,
  municipality: string,
  transmissionId: string,
): Promise<number[]> {
  const rows = await tx.query<{ subject_key: number }>(
    `insert into eligibility.insured_delivery
       (subject_key, municipality_code, acquired_on, union_code, ground_acquired, cancelled,
        digest, transmission_id, delivered_at)
     select subject_key, $1::text, acquired_on, $2::smallint, ground_acquired, cancelled,
            digest, $3::uuid, $4::timestamptz
       from told
     on conflict (subject_key, municipality_code, acquired_on) do update
        set ground_acquired = excluded.ground_acquired, cancelled = excluded.cancelled,
            digest = excluded.digest, transmission_id = excluded.transmission_id,
            delivered_at = excluded.delivered_at
     returning subject_key`,
    [municipality, tx.scope!.union, transmissionId, tx.now],
  )
  return rows.map(({ subject_key }) => subject_key)
}

/** 市区町村 — of the union, in the order of their codes. */
export async function findMunicipalities(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ municipality_code: string }>(
    `select municipality_code from reference.municipality
      where union_code = $1::smallint order by municipality_code`,
    [tx.scope!.union],
  )
  return rows.map(({ municipality_code }) => municipality_code)
}
