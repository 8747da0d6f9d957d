-- 市区町村システム (模擬)。住基・地方税から移転 (2-1、4-1) を受け、広域連合へ渡すファイルを作り (2-2、4-2)、
-- 被保険者情報・保険料情報を受け入れ (3-5、3-6、4-8、4-9)、資格確認書と通知書を発行する (3-7、4-10、4-11)。

create schema municipal_system;
comment on schema municipal_system is '市区町村システム (模擬)。移転で受けた住民票・住民税、住登外、被保険者情報・保険料情報、発行した文書。';
grant usage on schema municipal_system to koiki_municipal_system;

-- 移転で受けたもの --------------------------------------------------------------

create table municipal_system.transfer (
  municipality_code text not null check (char_length(municipality_code) = 6),
  step text not null check (step in ('2-1', '4-1')),
  transfer_number integer not null check (transfer_number > 0),
  union_code smallint not null,
  row_count integer not null check (row_count >= 0),
  changed_count integer not null check (changed_count >= 0),
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  received_at timestamptz not null,
  primary key (municipality_code, step, transfer_number)
);
comment on table municipal_system.transfer is '移転の受取り (2-1、4-1)。受け取ったファイルごとに一行を足す。直さない、消さない。';
comment on column municipal_system.transfer.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.transfer.step is '手順。2-1 住基システムから、4-1 地方税システムから';
comment on column municipal_system.transfer.transfer_number is '移転番号 (渡した側が付ける)';
comment on column municipal_system.transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.transfer.row_count is '行数';
comment on column municipal_system.transfer.changed_count is '内容が変わった行数';
comment on column municipal_system.transfer.content_sha256 is '受け取ったファイルの SHA-256';
comment on column municipal_system.transfer.received_at is '受け取った時刻';
grant select, insert on municipal_system.transfer to koiki_municipal_system;
alter table municipal_system.transfer enable row level security;
create policy transfer_scope on municipal_system.transfer
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.resident (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  union_code smallint not null,
  running_number integer not null check (running_number between 1 and 9999999),
  household_number text not null,
  number_token uuid,
  name text not null,
  name_kana text,
  alias text,
  former_name text,
  birth_date date not null,
  birth_date_unknown text,
  birth_date_text text,
  sex text not null,
  relationship text not null,
  postal_code text,
  town_code text,
  prefecture_name text,
  municipality_name text,
  town_name text,
  house_number text,
  building text,
  resident_kind text not null check (resident_kind in ('1', '2')),
  stay_until date,
  resident_from date not null,
  status text not null check (status in ('1', '2')),
  changed_on date not null,
  change_reason text not null,
  removed_on date,
  moved_from_municipality text,
  moved_to_municipality text,
  support_kind text not null check (support_kind in ('0', '1')),
  support_from date,
  support_until date,
  exclusion_kind text not null check (exclusion_kind in ('0', '1', '2')),
  exclusion_from date,
  exclusion_until date,
  operated_on date not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  transfer_number integer not null check (transfer_number > 0),
  primary key (municipality_code, addressee_number)
);
comment on table municipal_system.resident is '住民票の写し。移転 (2-1) で受けた今の内容を宛名番号ごとに一行で持つ。';
comment on column municipal_system.resident.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.resident.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.resident.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.resident.running_number is '住民の連番 (市区町村ごと)。監査に残す住民の鍵 (広域連合コード × 10^10 + 団体コードの3桁 × 10^7 + 連番) のもと。変わらない';
comment on column municipal_system.resident.household_number is '世帯番号';
comment on column municipal_system.resident.number_token is '個人番号の代わりの札。個人番号そのものは金庫 (vault) にだけある';
comment on column municipal_system.resident.name is '氏名';
comment on column municipal_system.resident.name_kana is '氏名カナ';
comment on column municipal_system.resident.alias is '通称';
comment on column municipal_system.resident.former_name is '旧氏';
comment on column municipal_system.resident.birth_date is '生年月日 (不詳のときは市区町村がみなした日)';
comment on column municipal_system.resident.birth_date_unknown is '生年月日不詳フラグ';
comment on column municipal_system.resident.birth_date_text is '生年月日不詳表記';
comment on column municipal_system.resident.sex is '性別 (0不明 1男 2女)';
comment on column municipal_system.resident.relationship is '続柄';
comment on column municipal_system.resident.postal_code is '郵便番号';
comment on column municipal_system.resident.town_code is '町字コード';
comment on column municipal_system.resident.prefecture_name is '都道府県';
comment on column municipal_system.resident.municipality_name is '市区郡町村名';
comment on column municipal_system.resident.town_name is '町字';
comment on column municipal_system.resident.house_number is '番地号';
comment on column municipal_system.resident.building is '方書';
comment on column municipal_system.resident.resident_kind is '住民種別 (1日本人 2外国人)';
comment on column municipal_system.resident.stay_until is '在留期間満了日';
comment on column municipal_system.resident.resident_from is '住民となった日';
comment on column municipal_system.resident.status is '住民状態 (1現存 2消除)';
comment on column municipal_system.resident.changed_on is '異動年月日';
comment on column municipal_system.resident.change_reason is '異動事由 (00初期 01転入 02出生 03転居 04転出 05死亡 06世帯変更 07氏名変更 08職権記載 09職権修正 10職権消除 11個人番号変更)';
comment on column municipal_system.resident.removed_on is '消除年月日';
comment on column municipal_system.resident.moved_from_municipality is '転入前市区町村コード';
comment on column municipal_system.resident.moved_to_municipality is '転出先市区町村コード';
comment on column municipal_system.resident.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.resident.support_from is '支援措置開始日';
comment on column municipal_system.resident.support_until is '支援措置終了日';
comment on column municipal_system.resident.exclusion_kind is '適用除外区分 (0なし 1生活保護 2支援給付)';
comment on column municipal_system.resident.exclusion_from is '適用除外開始日';
comment on column municipal_system.resident.exclusion_until is '適用除外終了日';
comment on column municipal_system.resident.operated_on is '操作年月日';
comment on column municipal_system.resident.content_sha256 is '内容の SHA-256。前に広域連合へ出した内容との違いを見分ける';
comment on column municipal_system.resident.transfer_number is 'この内容を受け取った移転の番号';
grant select, insert, update on municipal_system.resident to koiki_municipal_system;
alter table municipal_system.resident enable row level security;
create policy resident_scope on municipal_system.resident
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
create index resident_household on municipal_system.resident (municipality_code, household_number);
create index resident_birth_date on municipal_system.resident (municipality_code, birth_date);

create table municipal_system.non_registered_person (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  union_code smallint not null,
  running_number integer not null check (running_number between 1 and 9999999),
  number_token uuid,
  name text not null,
  name_kana text,
  birth_date date not null,
  birth_date_unknown text,
  birth_date_text text,
  sex text not null,
  registered_at_municipality text,
  postal_code text,
  prefecture_name text,
  municipality_name text,
  town_name text,
  house_number text,
  building text,
  non_registered_kind text not null check (non_registered_kind in ('1', '2')),
  applies_from date,
  applies_until date,
  representative text not null check (representative in ('0', '1')),
  merged_into_addressee_number text,
  support_kind text not null check (support_kind in ('0', '1')),
  support_from date,
  support_until date,
  operated_on date not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  primary key (municipality_code, addressee_number)
);
comment on table municipal_system.non_registered_person is '住登外者。住民票がほかの市区町村にある人を、市区町村システムで登録したもの。';
comment on column municipal_system.non_registered_person.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.non_registered_person.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.non_registered_person.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.non_registered_person.running_number is '住民の連番 (市区町村ごと)。監査に残す住民の鍵 (広域連合コード × 10^10 + 団体コードの3桁 × 10^7 + 連番) のもと。変わらない';
comment on column municipal_system.non_registered_person.number_token is '個人番号の代わりの札';
comment on column municipal_system.non_registered_person.name is '氏名';
comment on column municipal_system.non_registered_person.name_kana is '氏名カナ';
comment on column municipal_system.non_registered_person.birth_date is '生年月日 (不詳のときはみなした日)';
comment on column municipal_system.non_registered_person.birth_date_unknown is '生年月日不詳フラグ';
comment on column municipal_system.non_registered_person.birth_date_text is '生年月日不詳表記';
comment on column municipal_system.non_registered_person.sex is '性別 (0不明 1男 2女)';
comment on column municipal_system.non_registered_person.registered_at_municipality is '住民票所在地市区町村コード';
comment on column municipal_system.non_registered_person.postal_code is '郵便番号';
comment on column municipal_system.non_registered_person.prefecture_name is '都道府県';
comment on column municipal_system.non_registered_person.municipality_name is '市区郡町村名';
comment on column municipal_system.non_registered_person.town_name is '町字';
comment on column municipal_system.non_registered_person.house_number is '番地号';
comment on column municipal_system.non_registered_person.building is '方書';
comment on column municipal_system.non_registered_person.non_registered_kind is '住登外区分 (1住所地特例 2その他)';
comment on column municipal_system.non_registered_person.applies_from is '適用開始日';
comment on column municipal_system.non_registered_person.applies_until is '適用終了日';
comment on column municipal_system.non_registered_person.representative is '代表宛名フラグ (0代表 1非代表)';
comment on column municipal_system.non_registered_person.merged_into_addressee_number is '名寄せ先宛名番号';
comment on column municipal_system.non_registered_person.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.non_registered_person.support_from is '支援措置開始日';
comment on column municipal_system.non_registered_person.support_until is '支援措置終了日';
comment on column municipal_system.non_registered_person.operated_on is '操作年月日';
comment on column municipal_system.non_registered_person.content_sha256 is '内容の SHA-256。前に広域連合へ出した内容との違いを見分ける';
grant select, insert, update on municipal_system.non_registered_person to koiki_municipal_system;
alter table municipal_system.non_registered_person enable row level security;
create policy non_registered_person_scope on municipal_system.non_registered_person
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.income (
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
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  transfer_number integer not null check (transfer_number > 0),
  primary key (municipality_code, addressee_number, fiscal_year),
  check (declaration_kind <> '1' or num_nonnulls(public_pension_yen, salary_yen, family_employee_salary_yen, business_yen, family_employee_deduction_yen, capital_gains_yen, capital_gains_special_deduction_yen, other_yen) = 8)
);
comment on table municipal_system.income is '個人住民税の写し。移転 (4-1) で受けた今の内容を宛名番号と課税年度ごとに一行で持つ。';
comment on column municipal_system.income.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.income.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.income.fiscal_year is '課税年度 (西暦)';
comment on column municipal_system.income.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.income.declaration_kind is '申告区分 (0未申告 1申告あり 2調査中)';
comment on column municipal_system.income.public_pension_yen is '公的年金等収入額 (円)';
comment on column municipal_system.income.salary_yen is '給与収入額 (円)';
comment on column municipal_system.income.family_employee_salary_yen is '専従者給与収入額 (円、給与収入額のうち)';
comment on column municipal_system.income.business_yen is '事業所得額 (円、専従者控除後。損失は負)';
comment on column municipal_system.income.family_employee_deduction_yen is '専従者控除額 (円)';
comment on column municipal_system.income.capital_gains_yen is '分離譲渡所得額 (円、特別控除後)';
comment on column municipal_system.income.capital_gains_special_deduction_yen is '譲渡特別控除額 (円)';
comment on column municipal_system.income.other_yen is 'その他所得額 (円)';
comment on column municipal_system.income.corrected_on is '更正年月日';
comment on column municipal_system.income.operated_on is '操作年月日';
comment on column municipal_system.income.content_sha256 is '内容の SHA-256。前に広域連合へ出した内容との違いを見分ける';
comment on column municipal_system.income.transfer_number is 'この内容を受け取った移転の番号';
grant select, insert, update on municipal_system.income to koiki_municipal_system;
alter table municipal_system.income enable row level security;
create policy income_scope on municipal_system.income
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.disability_certification (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  certified_on date not null,
  union_code smallint not null,
  withdrawn_on date,
  primary key (municipality_code, addressee_number, certified_on)
);
comment on table municipal_system.disability_certification is '障害認定の申出の受付簿。65歳から74歳で障害認定を受けた人は、年齢に達していなくても移出の対象になる。';
comment on column municipal_system.disability_certification.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.disability_certification.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.disability_certification.certified_on is '認定の日';
comment on column municipal_system.disability_certification.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.disability_certification.withdrawn_on is '撤回の日。続いていれば空';
grant select, insert, update on municipal_system.disability_certification to koiki_municipal_system;
alter table municipal_system.disability_certification enable row level security;
create policy disability_certification_scope on municipal_system.disability_certification
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

-- 広域連合へ出したもの ------------------------------------------------------------

create table municipal_system.export (
  municipality_code text not null check (char_length(municipality_code) = 6),
  export_id uuid not null,
  union_code smallint not null,
  layout text not null,
  export_mode text not null check (export_mode in ('full', 'difference')),
  as_of date not null,
  row_count integer not null check (row_count >= 0),
  transmission_id uuid not null,
  sequence_number integer not null check (sequence_number > 0),
  prepared_at timestamptz not null,
  primary key (municipality_code, export_id)
);
comment on table municipal_system.export is '移出 (2-2、4-2)。広域連合へ出すファイルを作るたびに一行を足す。直さない、消さない。';
comment on column municipal_system.export.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.export.export_id is '移出の番号';
comment on column municipal_system.export.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.export.layout is 'レイアウト名';
comment on column municipal_system.export.export_mode is '全件か差分か';
comment on column municipal_system.export.as_of is '基準日';
comment on column municipal_system.export.row_count is '行数';
comment on column municipal_system.export.transmission_id is '送信の番号 (交換台帳の鍵)';
comment on column municipal_system.export.sequence_number is '送信の通番';
comment on column municipal_system.export.prepared_at is '媒体に書き出した時刻';
grant select, insert on municipal_system.export to koiki_municipal_system;
alter table municipal_system.export enable row level security;
create policy export_scope on municipal_system.export
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.exported_record (
  municipality_code text not null check (char_length(municipality_code) = 6),
  layout text not null,
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  fiscal_year smallint not null,
  union_code smallint not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  export_id uuid not null,
  following boolean not null,
  primary key (municipality_code, layout, addressee_number, fiscal_year)
);
comment on table municipal_system.exported_record is '広域連合へ最後に出した内容。宛名番号 (所得は課税年度も) ごとに一行。差分の移出はこれと違うものだけを出す。';
comment on column municipal_system.exported_record.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.exported_record.layout is 'レイアウト名';
comment on column municipal_system.exported_record.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.exported_record.fiscal_year is '課税年度。所得・課税情報でなければ0';
comment on column municipal_system.exported_record.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.exported_record.content_sha256 is '最後に出した内容の SHA-256';
comment on column municipal_system.exported_record.export_id is '最後に出した移出';
comment on column municipal_system.exported_record.following is 'この人の変更をこれからも出すか。被保険者とその世帯員、年齢到達予定者でなくなった人は偽';
grant select, insert, update on municipal_system.exported_record to koiki_municipal_system;
alter table municipal_system.exported_record enable row level security;
create policy exported_record_scope on municipal_system.exported_record
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

-- 広域連合から受けたもの ----------------------------------------------------------

create table municipal_system.insured_person (
  subject_key bigint not null check (subject_key / 100000000 = union_code),
  municipality_code text not null check (char_length(municipality_code) = 6),
  acquired_on date not null,
  union_code smallint not null,
  insured_number text not null check (char_length(insured_number) = 8),
  insurer_number text not null check (char_length(insurer_number) = 8),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  number_token uuid,
  household_number text,
  name text not null,
  name_kana text,
  birth_date date,
  sex text,
  acquisition_reason text not null,
  lost_on date,
  loss_reason text,
  change_kind text not null check (change_kind in ('1', '2', '3')),
  support_kind text not null check (support_kind in ('0', '1')),
  operated_on date not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  transmission_id uuid not null,
  sequence_number integer not null,
  primary key (subject_key, municipality_code, acquired_on)
);
comment on table municipal_system.insured_person is '被保険者。被保険者情報 (3-5、3-6) の今の内容を資格期間ごとに一行で持つ。訂正で資格取得年月日が変わった期間は、受け入れた行の控えを残して置き換える。被保険者番号を自分の宛名番号と個人番号の札に結び付ける。';
comment on column municipal_system.insured_person.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.insured_person.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.insured_person.acquired_on is '資格取得年月日';
comment on column municipal_system.insured_person.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.insured_person.insured_number is '被保険者番号';
comment on column municipal_system.insured_person.insurer_number is '保険者番号';
comment on column municipal_system.insured_person.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.insured_person.number_token is '個人番号の代わりの札。自分の宛名番号に結び付いているものを被保険者番号に結び付けた (3-6)';
comment on column municipal_system.insured_person.household_number is '世帯番号';
comment on column municipal_system.insured_person.name is '氏名';
comment on column municipal_system.insured_person.name_kana is '氏名カナ';
comment on column municipal_system.insured_person.birth_date is '生年月日';
comment on column municipal_system.insured_person.sex is '性別';
comment on column municipal_system.insured_person.acquisition_reason is '資格取得事由 (01年齢到達 02障害認定 03転入 04適用除外の終了 09その他)';
comment on column municipal_system.insured_person.lost_on is '資格喪失年月日';
comment on column municipal_system.insured_person.loss_reason is '資格喪失事由 (01死亡 02転出 03適用除外 04障害認定の撤回 09その他)';
comment on column municipal_system.insured_person.change_kind is '異動区分 (1取得 2変更 3喪失)';
comment on column municipal_system.insured_person.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.insured_person.operated_on is '操作年月日';
comment on column municipal_system.insured_person.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.insured_person.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.insured_person.sequence_number is 'この内容を運んだ送信の通番';
grant select, insert, update, delete on municipal_system.insured_person to koiki_municipal_system;
alter table municipal_system.insured_person enable row level security;
create policy insured_person_scope on municipal_system.insured_person
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
create index insured_person_addressee on municipal_system.insured_person (municipality_code, addressee_number);

create table municipal_system.premium (
  subject_key bigint not null check (subject_key / 100000000 = union_code),
  municipality_code text not null check (char_length(municipality_code) = 6),
  fiscal_year smallint not null check (fiscal_year between 2000 and 2999),
  revision smallint not null check (revision > 0),
  union_code smallint not null,
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  insured_number text not null check (char_length(insured_number) = 8),
  decided_on date not null,
  decision_reason text not null,
  months smallint not null check (months between 0 and 12),
  reduction_tenths text not null check (reduction_tenths in ('0', '2', '5', '7')),
  base_yen bigint,
  judged_income_yen bigint,
  threshold_yen bigint,
  judged_insured smallint,
  judged_earners smallint,
  former_dependent text,
  medical_per_capita_full_yen bigint,
  medical_per_capita_yen bigint,
  medical_rate_percent text,
  medical_income_based_yen bigint,
  medical_cap_yen bigint,
  medical_over_cap_yen bigint,
  medical_annual_yen bigint,
  child_per_capita_full_yen bigint,
  child_per_capita_yen bigint,
  child_rate_percent text,
  child_income_based_yen bigint,
  child_cap_yen bigint,
  child_over_cap_yen bigint,
  child_annual_yen bigint,
  premium_yen bigint not null check (premium_yen >= 0),
  law_edition text not null,
  operated_on date not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  transmission_id uuid not null,
  sequence_number integer not null,
  primary key (subject_key, municipality_code, fiscal_year, revision)
);
comment on table municipal_system.premium is '保険料。保険料情報 (4-8、4-9) の内容を決定番号ごとに一行で持つ。';
comment on column municipal_system.premium.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.premium.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.premium.fiscal_year is '賦課年度 (西暦)';
comment on column municipal_system.premium.revision is '決定番号';
comment on column municipal_system.premium.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.premium.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.premium.insured_number is '被保険者番号';
comment on column municipal_system.premium.decided_on is '決定年月日';
comment on column municipal_system.premium.decision_reason is '決定事由 (01当初 02異動 03更正)';
comment on column municipal_system.premium.months is '資格月数';
comment on column municipal_system.premium.reduction_tenths is '軽減区分 (0なし 2割 5割 7割)';
comment on column municipal_system.premium.base_yen is '賦課のもととなる所得 (円)';
comment on column municipal_system.premium.judged_income_yen is '軽減判定所得 (円)';
comment on column municipal_system.premium.threshold_yen is '軽減判定基準額 (円)';
comment on column municipal_system.premium.judged_insured is '軽減判定被保険者数';
comment on column municipal_system.premium.judged_earners is '給与所得者等の数';
comment on column municipal_system.premium.former_dependent is '元被扶養者区分';
comment on column municipal_system.premium.medical_per_capita_full_yen is '医療分均等割額軽減前 (円)';
comment on column municipal_system.premium.medical_per_capita_yen is '医療分均等割額軽減後 (円)';
comment on column municipal_system.premium.medical_rate_percent is '医療分所得割率 (%。届いた表記のまま)';
comment on column municipal_system.premium.medical_income_based_yen is '医療分所得割額 (円)';
comment on column municipal_system.premium.medical_cap_yen is '医療分限度額 (円)';
comment on column municipal_system.premium.medical_over_cap_yen is '医療分限度超過額 (円)';
comment on column municipal_system.premium.medical_annual_yen is '医療分年額 (円)';
comment on column municipal_system.premium.child_per_capita_full_yen is '子ども分均等割額軽減前 (円)';
comment on column municipal_system.premium.child_per_capita_yen is '子ども分均等割額軽減後 (円)';
comment on column municipal_system.premium.child_rate_percent is '子ども分所得割率 (%。届いた表記のまま)';
comment on column municipal_system.premium.child_income_based_yen is '子ども分所得割額 (円)';
comment on column municipal_system.premium.child_cap_yen is '子ども分限度額 (円)';
comment on column municipal_system.premium.child_over_cap_yen is '子ども分限度超過額 (円)';
comment on column municipal_system.premium.child_annual_yen is '子ども分年額 (円)';
comment on column municipal_system.premium.premium_yen is '保険料額 (円)';
comment on column municipal_system.premium.law_edition is '法令表の版';
comment on column municipal_system.premium.operated_on is '操作年月日';
comment on column municipal_system.premium.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.premium.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.premium.sequence_number is 'この内容を運んだ送信の通番';
grant select, insert, update on municipal_system.premium to koiki_municipal_system;
alter table municipal_system.premium enable row level security;
create policy premium_scope on municipal_system.premium
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.received_record (
  subject_key bigint not null check (subject_key / 100000000 = union_code),
  municipality_code text not null check (char_length(municipality_code) = 6),
  transmission_id uuid not null,
  line_number integer not null check (line_number > 0),
  union_code smallint not null,
  layout text not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  changed boolean not null,
  received_at timestamptz not null,
  primary key (subject_key, municipality_code, transmission_id, line_number)
);
comment on table municipal_system.received_record is '受け入れた行の控え。被保険者情報・保険料情報の行が、いつどの送信で届いたか。直さない、消さない。';
comment on column municipal_system.received_record.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.received_record.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.received_record.transmission_id is '送信の番号 (交換台帳の鍵)';
comment on column municipal_system.received_record.line_number is 'ファイルの中の行';
comment on column municipal_system.received_record.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.received_record.layout is 'レイアウト名';
comment on column municipal_system.received_record.content_sha256 is '行の内容の SHA-256';
comment on column municipal_system.received_record.changed is 'この行で今の内容が変わったか';
comment on column municipal_system.received_record.received_at is '受け入れた時刻';
grant select, insert on municipal_system.received_record to koiki_municipal_system;
alter table municipal_system.received_record enable row level security;
create policy received_record_scope on municipal_system.received_record
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

-- 発行した文書 ------------------------------------------------------------------

create table municipal_system.print_bundle (
  municipality_code text not null check (char_length(municipality_code) = 6),
  bundle_id uuid not null,
  union_code smallint not null,
  document_kind text not null,
  sheet_from integer not null,
  sheet_until integer not null,
  sheet_count integer not null check (sheet_count > 0),
  page_count integer not null check (page_count > 0),
  pdf_sha256 bytea not null check (octet_length(pdf_sha256) = 32),
  printed_on date not null,
  printed_at timestamptz not null,
  primary key (municipality_code, bundle_id)
);
comment on table municipal_system.print_bundle is '印刷の束。一回の印刷で作った一つの PDF につき一行を足す。直さない、消さない。';
comment on column municipal_system.print_bundle.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.print_bundle.bundle_id is '印刷の束の番号';
comment on column municipal_system.print_bundle.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.print_bundle.document_kind is '文書の種類';
comment on column municipal_system.print_bundle.sheet_from is '最初の用紙番号';
comment on column municipal_system.print_bundle.sheet_until is '最後の用紙番号';
comment on column municipal_system.print_bundle.sheet_count is '印刷した枚数 (人数)';
comment on column municipal_system.print_bundle.page_count is 'ページ数';
comment on column municipal_system.print_bundle.pdf_sha256 is 'PDF の SHA-256';
comment on column municipal_system.print_bundle.printed_on is '印刷した日';
comment on column municipal_system.print_bundle.printed_at is '印刷した時刻';
grant select, insert on municipal_system.print_bundle to koiki_municipal_system;
alter table municipal_system.print_bundle enable row level security;
create policy print_bundle_scope on municipal_system.print_bundle
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.sheet_counter (
  municipality_code text not null check (char_length(municipality_code) = 6),
  document_kind text not null,
  union_code smallint not null,
  last_sheet_number integer not null check (last_sheet_number >= 0),
  primary key (municipality_code, document_kind)
);
comment on table municipal_system.sheet_counter is '用紙番号の台帳。市区町村と文書の種類ごとに、最後に付けた用紙番号を一行で持つ。';
comment on column municipal_system.sheet_counter.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.sheet_counter.document_kind is '文書の種類';
comment on column municipal_system.sheet_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.sheet_counter.last_sheet_number is '最後に付けた用紙番号';
grant select, insert, update on municipal_system.sheet_counter to koiki_municipal_system;
alter table municipal_system.sheet_counter enable row level security;
create policy sheet_counter_scope on municipal_system.sheet_counter
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.document (
  subject_key bigint not null check (subject_key / 100000000 = union_code),
  municipality_code text not null check (char_length(municipality_code) = 6),
  document_kind text not null check (document_kind in ('資格確認書', '保険料額決定通知書')),
  sheet_number integer not null check (sheet_number > 0),
  union_code smallint not null,
  bundle_id uuid,
  acquired_on date,
  expires_on date,
  fiscal_year smallint,
  revision smallint,
  source_sha256 bytea not null check (octet_length(source_sha256) = 32),
  sheet_sha256 bytea check (octet_length(sheet_sha256) = 32),
  stopped_because text,
  issued_on date not null,
  issued_at timestamptz not null,
  primary key (subject_key, municipality_code, document_kind, sheet_number),
  check ((bundle_id is null) = (stopped_because is not null)),
  check ((bundle_id is null) = (sheet_sha256 is null))
);
comment on table municipal_system.document is '発行した文書。一人に一枚出すたびに一行を足す。直さない、消さない。';
comment on column municipal_system.document.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.document.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.document.document_kind is '文書の種類';
comment on column municipal_system.document.sheet_number is '用紙番号。市区町村と文書の種類ごとに続く';
comment on column municipal_system.document.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.document.bundle_id is '印刷の束。印刷を止めたものは空';
comment on column municipal_system.document.acquired_on is '資格取得年月日 (資格確認書)';
comment on column municipal_system.document.expires_on is '有効期限 (資格確認書)';
comment on column municipal_system.document.fiscal_year is '賦課年度 (保険料額決定通知書)';
comment on column municipal_system.document.revision is '決定番号 (保険料額決定通知書)';
comment on column municipal_system.document.source_sha256 is '文書のもとになった内容の SHA-256。内容が変わったときだけ出し直す';
comment on column municipal_system.document.sheet_sha256 is '印字した内容の SHA-256。印刷していないものは空';
comment on column municipal_system.document.stopped_because is '印刷を止めた理由 (字形のない文字の符号の位置、送り先がわからないことなど)。印刷したものは空';
comment on column municipal_system.document.issued_on is '発行した日';
comment on column municipal_system.document.issued_at is '発行した時刻';
grant select, insert on municipal_system.document to koiki_municipal_system;
alter table municipal_system.document enable row level security;
create policy document_scope on municipal_system.document
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
create index document_sheet on municipal_system.document (municipality_code, document_kind, sheet_number);

create table municipal_system.hand_over (
  subject_key bigint not null check (subject_key / 100000000 = union_code),
  municipality_code text not null check (char_length(municipality_code) = 6),
  document_kind text not null,
  sheet_number integer not null,
  union_code smallint not null,
  handed_over_on date not null,
  method text not null check (method in ('窓口', '郵送')),
  recorded_at timestamptz not null,
  primary key (subject_key, municipality_code, document_kind, sheet_number),
  foreign key (subject_key, municipality_code, document_kind, sheet_number)
    references municipal_system.document (subject_key, municipality_code, document_kind, sheet_number)
);
comment on table municipal_system.hand_over is '文書の交付。渡したことを確かめたときに一行を足す。直さない、消さない。';
comment on column municipal_system.hand_over.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.hand_over.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.hand_over.document_kind is '文書の種類';
comment on column municipal_system.hand_over.sheet_number is '用紙番号';
comment on column municipal_system.hand_over.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.hand_over.handed_over_on is '交付した日';
comment on column municipal_system.hand_over.method is '交付の方法';
comment on column municipal_system.hand_over.recorded_at is '記録した時刻';
grant select, insert on municipal_system.hand_over to koiki_municipal_system;
alter table municipal_system.hand_over enable row level security;
create policy hand_over_scope on municipal_system.hand_over
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create view municipal_system.destination with (security_invoker = true) as
select municipality_code, addressee_number, postal_code, prefecture_name, municipality_name,
       town_name, house_number, building, status, change_reason
  from municipal_system.resident
union all
select municipality_code, addressee_number, postal_code, prefecture_name, municipality_name,
       town_name, house_number, building, '1', '00'
  from municipal_system.non_registered_person;
comment on view municipal_system.destination is '文書の宛先。住民票の写しと住登外者の、宛名番号ごとの住所。';
grant select on municipal_system.destination to koiki_municipal_system;
