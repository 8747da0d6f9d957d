-- 一部負担金の割合に要る課税の結果。所得・課税情報の2026-07版から届く。前の版で届いた行では空のままであり、空は「わからない」。

alter table premium.income add column taxable_income_yen bigint check (taxable_income_yen >= 0);
alter table premium.income add column head_adjustment_yen bigint check (head_adjustment_yen >= 0);
alter table premium.income add column resident_tax text
  check (resident_tax in ('untaxed', 'perCapitaOnly', 'taxed'));
alter table premium.income add column revenue_yen bigint check (revenue_yen >= 0);
comment on column premium.income.taxable_income_yen is '課税標準額(円)。所得控除の後。世帯主調整控除額を引く前。空は不明。';
comment on column premium.income.head_adjustment_yen is '世帯主調整控除額(円)。19歳未満の世帯員がいる世帯主の課税標準額から、一部負担金の割合の判定で引く額。空は不明。';
comment on column premium.income.resident_tax is '住民税課税区分。untaxed 非課税、perCapitaOnly 均等割だけ、taxed 所得割がかかる。空は不明。';
comment on column premium.income.revenue_yen is '判定用収入額(円)。経費や控除を引く前。公簿でわからなければ空。';

create or replace view premium.income_now with (security_invoker = true) as
select distinct on (resident_key, fiscal_year) *
from premium.income
order by resident_key, fiscal_year, revision desc;

-- ほかの章が世帯を読む窓。
create view eligibility.household_period with (security_invoker = true) as
  select
    m.resident_key, m.union_code, m.municipality_code, r.subject_key, m.household_number,
    m.is_head, m.began_on, upper(m.held) as ended_on, m.held, c.birth_date
  from eligibility.household_membership m
  join eligibility.resident r on r.resident_key = m.resident_key
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version;
comment on view eligibility.household_period is '世帯に属する期間と、その人の生年月日。氏名も住所も持たない。';
grant select on eligibility.household_period to koiki_union_app;
