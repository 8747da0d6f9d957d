-- 広域連合から届いた住所地特例者情報を持つ (3-5、3-6)。ほかの広域連合の被保険者には当広域の被保険者番号がないので、
-- 受け入れた行の控えも、行の人を、どの市区町村システムにもある宛名番号で言う。

create table municipal_system.residence_provision (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  began_on date not null,
  union_code smallint not null,
  insured_number text check (char_length(insured_number) = 8),
  name text not null,
  name_kana text,
  birth_date date not null,
  sex text not null,
  provision_kind text not null check (provision_kind in ('1', '2', '3')),
  insurer_union text not null check (char_length(insurer_union) = 2),
  former_insurer_number text,
  ended_on date,
  facility_kind text,
  facility_name text,
  facility_address text,
  entered_on date,
  left_on date check (left_on >= entered_on),
  change_kind text not null check (change_kind in ('1', '2', '3', '4')),
  support_kind text not null check (support_kind in ('0', '1')),
  operated_on date not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  transmission_id uuid not null,
  sequence_number integer not null,
  primary key (municipality_code, addressee_number, began_on),
  check (case change_kind when '4' then ended_on = began_on when '3' then ended_on > began_on else ended_on is null end),
  check (support_kind = '0' or (facility_name is null and facility_address is null))
);
comment on table municipal_system.residence_provision is '住所地特例者。住所地特例者情報 (3-5、3-6) の今の内容を、宛名番号と適用開始年月日ごとに一行で持つ。取り消されたもの (異動区分4) は、始まった日に終わった行として残り、どの日にも適用がない。';
comment on column municipal_system.residence_provision.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.residence_provision.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.residence_provision.began_on is '適用開始年月日';
comment on column municipal_system.residence_provision.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.residence_provision.insured_number is '被保険者番号。ほかの広域連合の被保険者は空';
comment on column municipal_system.residence_provision.name is '氏名';
comment on column municipal_system.residence_provision.name_kana is '氏名カナ';
comment on column municipal_system.residence_provision.birth_date is '生年月日';
comment on column municipal_system.residence_provision.sex is '性別 (0不明 1男 2女)';
comment on column municipal_system.residence_provision.provision_kind is '住所地特例区分 (1当広域連合の被保険者 2他の広域連合の被保険者 3国民健康保険からの引継ぎ)';
comment on column municipal_system.residence_provision.insurer_union is '保険者広域連合コード (都道府県番号2桁)';
comment on column municipal_system.residence_provision.former_insurer_number is '前の保険者番号';
comment on column municipal_system.residence_provision.ended_on is '適用終了年月日 (この日から適用がない)。続いていれば空';
comment on column municipal_system.residence_provision.facility_kind is '施設の種類';
comment on column municipal_system.residence_provision.facility_name is '施設の名称。支援措置の対象の人は空';
comment on column municipal_system.residence_provision.facility_address is '施設の所在地。支援措置の対象の人は空';
comment on column municipal_system.residence_provision.entered_on is '入所年月日';
comment on column municipal_system.residence_provision.left_on is '退所年月日';
comment on column municipal_system.residence_provision.change_kind is '異動区分 (1適用 2変更 3終了 4取消)';
comment on column municipal_system.residence_provision.support_kind is '支援措置区分 (0なし 1支援措置の対象)';
comment on column municipal_system.residence_provision.operated_on is '操作年月日';
comment on column municipal_system.residence_provision.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.residence_provision.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.residence_provision.sequence_number is 'この内容を運んだ送信の通番';
grant select, insert, update on municipal_system.residence_provision to koiki_municipal_system;
alter table municipal_system.residence_provision enable row level security;
create policy residence_provision_scope on municipal_system.residence_provision
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

-- どの行も、結び付いた被保険者のものだった。
alter table municipal_system.received_record
  add column addressee_number text check (char_length(addressee_number) between 1 and 15);
update municipal_system.received_record as r
   set addressee_number = (
     select i.addressee_number from municipal_system.insured_person as i
      where i.subject_key = r.subject_key and i.municipality_code = r.municipality_code
      order by i.acquired_on desc
      limit 1);
alter table municipal_system.received_record
  alter column addressee_number set not null,
  drop constraint received_record_pkey,
  drop column subject_key,
  add primary key (municipality_code, transmission_id, line_number);
comment on table municipal_system.received_record is '受け入れた行の控え。広域連合から届いた情報のどの行が、いつどの送信で、だれについて届いたか。直さない、消さない。';
comment on column municipal_system.received_record.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
