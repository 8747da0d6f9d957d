-- 広域連合から届いた被保険者証等発行用情報を持ち、3-7 はそれだけから印刷する。紙は、人が数えて確かめたときに初めて数に入る。

create table municipal_system.certificate (
  subject_key bigint not null check (subject_key / 100000000 = union_code),
  municipality_code text not null check (char_length(municipality_code) = 6),
  issue_number integer not null check (issue_number > 0),
  union_code smallint not null,
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  insured_number text not null check (char_length(insured_number) = 8),
  certificate_kind text not null check (certificate_kind in ('1', '2', '3', '4', '5')),
  issue_reason text not null,
  issue_manner text not null check (issue_manner in ('1', '2')),
  insurer_number text not null check (char_length(insurer_number) = 8),
  name text not null,
  name_kana text,
  birth_date date not null,
  sex text not null,
  acquired_on date not null,
  effective_from date not null,
  valid_until date not null,
  issued_on date not null,
  share_tenths text not null check (share_tenths in ('1', '2', '3')),
  limit_category text,
  limit_from date,
  long_hospitalisation_from date,
  dialysis_since date,
  haemophilia_since date,
  immunodeficiency_since date,
  special_treatment_from date,
  void_on date,
  void_reason text,
  delivery_state text not null check (delivery_state in ('0', '1', '2', '3', '4')),
  destination_kind text not null check (destination_kind in ('0', '1', '2', '9')),
  support_kind text not null check (support_kind in ('0', '1')),
  non_disclosure text not null check (non_disclosure in ('0', '1')),
  self_provision_disabled text not null check (self_provision_disabled in ('0', '1')),
  sheet_code text,
  address_shown text not null check (address_shown in ('0', '1')),
  operated_on date not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  transmission_id uuid not null,
  sequence_number integer not null,
  primary key (subject_key, municipality_code, issue_number)
);
comment on table municipal_system.certificate is '発行用情報。被保険者証等発行用情報の今の内容を、発行番号ごとに一行で持つ。印刷 (3-7) のもとはこれだけ。';
comment on column municipal_system.certificate.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.certificate.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.certificate.issue_number is '発行番号';
comment on column municipal_system.certificate.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.certificate.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.certificate.insured_number is '被保険者番号';
comment on column municipal_system.certificate.certificate_kind is '証種別 (1被保険者証 2資格確認書 3資格情報のお知らせ 4資格確認書（特別療養） 5被保険者資格証明書)';
comment on column municipal_system.certificate.issue_reason is '発行事由';
comment on column municipal_system.certificate.issue_manner is '発行区分 (1窓口での即時発行 2一括発行)';
comment on column municipal_system.certificate.insurer_number is '保険者番号';
comment on column municipal_system.certificate.name is '氏名';
comment on column municipal_system.certificate.name_kana is '氏名カナ';
comment on column municipal_system.certificate.birth_date is '生年月日';
comment on column municipal_system.certificate.sex is '性別';
comment on column municipal_system.certificate.acquired_on is '資格取得年月日';
comment on column municipal_system.certificate.effective_from is '発効期日';
comment on column municipal_system.certificate.valid_until is '有効期限';
comment on column municipal_system.certificate.issued_on is '交付年月日 (文書に書く日)';
comment on column municipal_system.certificate.share_tenths is '一部負担金の割合 (割)';
comment on column municipal_system.certificate.limit_category is '限度区分 (申請により併記したもの)';
comment on column municipal_system.certificate.limit_from is '限度区分適用年月日';
comment on column municipal_system.certificate.long_hospitalisation_from is '長期入院該当年月日';
comment on column municipal_system.certificate.dialysis_since is '特定疾病人工透析認定年月日';
comment on column municipal_system.certificate.haemophilia_since is '特定疾病血友病認定年月日';
comment on column municipal_system.certificate.immunodeficiency_since is '特定疾病後天性免疫不全認定年月日';
comment on column municipal_system.certificate.special_treatment_from is '特別療養費支給開始年月日';
comment on column municipal_system.certificate.void_on is '無効年月日 (この日から使えない)';
comment on column municipal_system.certificate.void_reason is '無効事由';
comment on column municipal_system.certificate.delivery_state is '交付状況 (0印刷前 1印刷済み 2交付済み 3返戻 4回収済み)。広域連合が知っていること';
comment on column municipal_system.certificate.destination_kind is '送付先区分 (0住民の記録の住所 1登録した送付先 2窓口で手渡し 9決まっていない)';
comment on column municipal_system.certificate.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.certificate.non_disclosure is '不開示該当フラグ';
comment on column municipal_system.certificate.self_provision_disabled is '自己情報提供不可フラグ';
comment on column municipal_system.certificate.sheet_code is '用紙番号 (紙の右下に書く符号。印刷前のときだけ)';
comment on column municipal_system.certificate.address_shown is '住所記載区分 (0記載しない 1住民の記録の住所を記載する)';
comment on column municipal_system.certificate.operated_on is '操作年月日';
comment on column municipal_system.certificate.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.certificate.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.certificate.sequence_number is 'この内容を運んだ送信の通番';
grant select, insert, update on municipal_system.certificate to koiki_municipal_system;
alter table municipal_system.certificate enable row level security;
create policy certificate_scope on municipal_system.certificate
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

alter table municipal_system.document
  drop constraint document_document_kind_check,
  add constraint document_document_kind_check
    check (document_kind in ('資格確認書', '資格情報のお知らせ', '保険料額決定通知書')),
  add column issue_number integer check (issue_number > 0),
  add column copy smallint not null default 1 check (copy > 0);
comment on column municipal_system.document.issue_number is '発行番号 (資格確認書と資格情報のお知らせ。2026年7月より前に印刷したものは空)';
comment on column municipal_system.document.copy is '同じ文書の何枚目か。1が初めての印刷で、2からは刷り直し';

create table municipal_system.sheet_outcome (
  subject_key bigint not null check (subject_key / 100000000 = union_code),
  municipality_code text not null check (char_length(municipality_code) = 6),
  document_kind text not null,
  sheet_number integer not null,
  union_code smallint not null,
  outcome text not null check (outcome in ('印刷済み', '書き損じ')),
  confirmed_on date not null,
  confirmed_at timestamptz not null,
  primary key (subject_key, municipality_code, document_kind, sheet_number),
  foreign key (subject_key, municipality_code, document_kind, sheet_number)
    references municipal_system.document (subject_key, municipality_code, document_kind, sheet_number)
);
comment on table municipal_system.sheet_outcome is '紙の確かめ。束の紙を人が数えたときに、一枚につき一行を足す。直さない、消さない。印刷済みだけが交付でき、書き損じは刷り直す。';
comment on column municipal_system.sheet_outcome.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.sheet_outcome.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.sheet_outcome.document_kind is '文書の種類';
comment on column municipal_system.sheet_outcome.sheet_number is '用紙番号';
comment on column municipal_system.sheet_outcome.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.sheet_outcome.outcome is '紙がどうなったか';
comment on column municipal_system.sheet_outcome.confirmed_on is '確かめた日';
comment on column municipal_system.sheet_outcome.confirmed_at is '確かめた時刻';
grant select, insert on municipal_system.sheet_outcome to koiki_municipal_system;
alter table municipal_system.sheet_outcome enable row level security;
create policy sheet_outcome_scope on municipal_system.sheet_outcome
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

-- これまでは、印刷したときに数に入れていた。
insert into municipal_system.sheet_outcome
  (subject_key, municipality_code, document_kind, sheet_number, union_code, outcome, confirmed_on, confirmed_at)
select subject_key, municipality_code, document_kind, sheet_number, union_code, '印刷済み', issued_on, issued_at
  from municipal_system.document
 where bundle_id is not null;

create or replace view municipal_system.destination with (security_invoker = true) as
select municipality_code, addressee_number, postal_code, prefecture_name, municipality_name,
       town_name, house_number, building, status, change_reason, non_disclosure,
       case when birth_date_unknown = '1' then birth_date_text end as birth_date_text
  from municipal_system.resident
union all
select municipality_code, addressee_number, postal_code, prefecture_name, municipality_name,
       town_name, house_number, building, '1', '00', non_disclosure,
       case when birth_date_unknown = '1' then birth_date_text end
  from municipal_system.non_registered_person;
