-- 課税の結果。地方税システムが決め、市区町村システムは移転で受けて、所得・課税情報 (2026-07版) で広域連合に出す。

alter table local_tax.income add column taxable_income_yen bigint check (taxable_income_yen >= 0);
alter table local_tax.income add column head_adjustment_yen bigint check (head_adjustment_yen >= 0);
alter table local_tax.income add column resident_tax_kind text check (resident_tax_kind in ('0', '1', '2'));
alter table local_tax.income add column revenue_yen bigint check (revenue_yen >= 0);
comment on column local_tax.income.taxable_income_yen is '課税標準額 (円)';
comment on column local_tax.income.head_adjustment_yen is '世帯主調整控除額 (円)';
comment on column local_tax.income.resident_tax_kind is '住民税課税区分 (0非課税 1均等割だけ 2所得割がかかる)';
comment on column local_tax.income.revenue_yen is '判定用収入額 (円。公簿でわからなければ空)';

alter table municipal_system.income add column taxable_income_yen bigint check (taxable_income_yen >= 0);
alter table municipal_system.income add column head_adjustment_yen bigint check (head_adjustment_yen >= 0);
alter table municipal_system.income add column resident_tax_kind text check (resident_tax_kind in ('0', '1', '2'));
alter table municipal_system.income add column revenue_yen bigint check (revenue_yen >= 0);
comment on column municipal_system.income.taxable_income_yen is '課税標準額 (円)';
comment on column municipal_system.income.head_adjustment_yen is '世帯主調整控除額 (円)';
comment on column municipal_system.income.resident_tax_kind is '住民税課税区分 (0非課税 1均等割だけ 2所得割がかかる)';
comment on column municipal_system.income.revenue_yen is '判定用収入額 (円。公簿でわからなければ空)';
