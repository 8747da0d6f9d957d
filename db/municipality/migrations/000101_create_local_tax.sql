-- 地方税システム (模擬)。個人住民税の所得を持ち、移転 (4-1) のファイルでだけ市区町村システムに渡す。

create schema local_tax;
comment on schema local_tax is '地方税システム (模擬)。個人住民税に関する情報と、市区町村システムへの移転 (4-1) の控え。';
grant usage on schema local_tax to koiki_local_tax;

create table local_tax.change_counter (
  municipality_code text not null check (char_length(municipality_code) = 6),
  union_code smallint not null,
  last_sequence bigint not null check (last_sequence >= 0),
  primary key (municipality_code)
);
comment on table local_tax.change_counter is '変更の通番の台帳。市区町村ごとに最後の通番を一行で持つ。変更はこの行を押さえてから書くので、番号は飛ばず、順序が入れ替わらない。';
comment on column local_tax.change_counter.municipality_code is '市区町村コード (6桁)';
comment on column local_tax.change_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column local_tax.change_counter.last_sequence is '最後に付けた変更の通番';
grant select, insert, update on local_tax.change_counter to koiki_local_tax;
alter table local_tax.change_counter enable row level security;
create policy change_counter_scope on local_tax.change_counter
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table local_tax.income (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  fiscal_year smallint not null check (fiscal_year between 2000 and 2999),
  union_code smallint not null,
  declaration_kind text not null check (declaration_kind in ('0', '1', '2')),
  public_pension_yen bigint check (public_pension_yen >= 0),
  salary_yen bigint check (salary_yen >= 0),
  family_employee_salary_yen bigint check (family_employee_salary_yen >= 0),
  business_yen bigint,
  family_employee_deduction_yen bigint check (family_employee_deduction_yen >= 0),
  capital_gains_yen bigint check (capital_gains_yen >= 0),
  capital_gains_special_deduction_yen bigint check (capital_gains_special_deduction_yen >= 0),
  other_yen bigint,
  corrected_on date,
  operated_on date not null,
  change_sequence bigint not null check (change_sequence > 0),
  primary key (municipality_code, addressee_number, fiscal_year),
  check (declaration_kind <> '1' or num_nonnulls(public_pension_yen, salary_yen, family_employee_salary_yen, business_yen, family_employee_deduction_yen, capital_gains_yen, capital_gains_special_deduction_yen, other_yen) = 8)
);
comment on table local_tax.income is '個人住民税に関する情報 (模擬)。宛名番号と課税年度につき今の内容を一行で持つ。';
comment on column local_tax.income.municipality_code is '市区町村コード (6桁)';
comment on column local_tax.income.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column local_tax.income.fiscal_year is '課税年度 (西暦)';
comment on column local_tax.income.union_code is '広域連合コード (都道府県番号2桁)';
comment on column local_tax.income.declaration_kind is '申告区分 (0未申告 1申告あり 2調査中)';
comment on column local_tax.income.public_pension_yen is '公的年金等収入額 (円)';
comment on column local_tax.income.salary_yen is '給与収入額 (円)';
comment on column local_tax.income.family_employee_salary_yen is '専従者給与収入額 (円、給与収入額のうち)';
comment on column local_tax.income.business_yen is '事業所得額 (円、専従者控除後。損失は負)';
comment on column local_tax.income.family_employee_deduction_yen is '専従者控除額 (円)';
comment on column local_tax.income.capital_gains_yen is '分離譲渡所得額 (円、特別控除後)';
comment on column local_tax.income.capital_gains_special_deduction_yen is '譲渡特別控除額 (円)';
comment on column local_tax.income.other_yen is 'その他所得額 (円)';
comment on column local_tax.income.corrected_on is '更正年月日';
comment on column local_tax.income.operated_on is '操作年月日';
comment on column local_tax.income.change_sequence is '変更の通番。市区町村ごとに1から続く。移転はこの番号の順に渡す';
grant select, insert, update on local_tax.income to koiki_local_tax;
alter table local_tax.income enable row level security;
create policy income_scope on local_tax.income
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
create unique index income_change_sequence on local_tax.income (municipality_code, change_sequence);

create table local_tax.transfer (
  municipality_code text not null check (char_length(municipality_code) = 6),
  transfer_number integer not null check (transfer_number > 0),
  union_code smallint not null,
  sequence_from bigint not null,
  sequence_until bigint not null,
  row_count integer not null check (row_count >= 0),
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  handed_over_at timestamptz not null,
  primary key (municipality_code, transfer_number),
  check (sequence_from <= sequence_until + 1)
);
comment on table local_tax.transfer is '移転の控え (4-1)。個人住民税に関する情報を市区町村システムに渡すたびに一行を足す。直さない、消さない。';
comment on column local_tax.transfer.municipality_code is '市区町村コード (6桁)';
comment on column local_tax.transfer.transfer_number is '移転番号。市区町村ごとに1から続く';
comment on column local_tax.transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column local_tax.transfer.sequence_from is 'この移転に含む最初の変更の通番';
comment on column local_tax.transfer.sequence_until is 'この移転に含む最後の変更の通番';
comment on column local_tax.transfer.row_count is '行数';
comment on column local_tax.transfer.content_sha256 is '渡したファイルの SHA-256';
comment on column local_tax.transfer.handed_over_at is '渡した時刻';
grant select, insert on local_tax.transfer to koiki_local_tax;
alter table local_tax.transfer enable row level security;
create policy transfer_scope on local_tax.transfer
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
