-- 住基システム (模擬)。市区町村の三つのシステムの一つ。地方税システム・市区町村システムの表は読めず、
-- 住民票の異動は移転 (2-1) のファイルでだけ市区町村システムに渡る。

create schema resident_register;
comment on schema resident_register is '住基システム (模擬)。住民票、その異動、市区町村システムへの移転 (2-1) の控え。';
grant usage on schema resident_register to koiki_resident_register;

create table resident_register.change_counter (
  municipality_code text not null check (char_length(municipality_code) = 6),
  union_code smallint not null,
  last_sequence bigint not null check (last_sequence >= 0),
  primary key (municipality_code)
);
comment on table resident_register.change_counter is '変更の通番の台帳。市区町村ごとに最後の通番を一行で持つ。変更はこの行を押さえてから書くので、番号は飛ばず、順序が入れ替わらない。';
comment on column resident_register.change_counter.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.change_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.change_counter.last_sequence is '最後に付けた変更の通番';
grant select, insert, update on resident_register.change_counter to koiki_resident_register;
alter table resident_register.change_counter enable row level security;
create policy change_counter_scope on resident_register.change_counter
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table resident_register.resident (
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
  change_sequence bigint not null check (change_sequence > 0),
  primary key (municipality_code, addressee_number)
);
comment on table resident_register.resident is '住民票 (模擬)。宛名番号一つにつき今の内容を一行で持つ。';
comment on column resident_register.resident.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.resident.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column resident_register.resident.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.resident.running_number is '住民の連番 (市区町村ごと)。監査に残す住民の鍵 (広域連合コード × 10^10 + 団体コードの3桁 × 10^7 + 連番) のもと。変わらない';
comment on column resident_register.resident.household_number is '世帯番号';
comment on column resident_register.resident.number_token is '個人番号の代わりの札。個人番号そのものは金庫 (vault) にだけある';
comment on column resident_register.resident.name is '氏名';
comment on column resident_register.resident.name_kana is '氏名カナ';
comment on column resident_register.resident.alias is '通称';
comment on column resident_register.resident.former_name is '旧氏';
comment on column resident_register.resident.birth_date is '生年月日 (不詳のときは市区町村がみなした日)';
comment on column resident_register.resident.birth_date_unknown is '生年月日不詳フラグ';
comment on column resident_register.resident.birth_date_text is '生年月日不詳表記';
comment on column resident_register.resident.sex is '性別 (0不明 1男 2女)';
comment on column resident_register.resident.relationship is '続柄';
comment on column resident_register.resident.postal_code is '郵便番号';
comment on column resident_register.resident.town_code is '町字コード';
comment on column resident_register.resident.prefecture_name is '都道府県';
comment on column resident_register.resident.municipality_name is '市区郡町村名';
comment on column resident_register.resident.town_name is '町字';
comment on column resident_register.resident.house_number is '番地号';
comment on column resident_register.resident.building is '方書';
comment on column resident_register.resident.resident_kind is '住民種別 (1日本人 2外国人)';
comment on column resident_register.resident.stay_until is '在留期間満了日';
comment on column resident_register.resident.resident_from is '住民となった日';
comment on column resident_register.resident.status is '住民状態 (1現存 2消除)';
comment on column resident_register.resident.changed_on is '異動年月日';
comment on column resident_register.resident.change_reason is '異動事由 (00初期 01転入 02出生 03転居 04転出 05死亡 06世帯変更 07氏名変更 08職権記載 09職権修正 10職権消除 11個人番号変更)';
comment on column resident_register.resident.removed_on is '消除年月日';
comment on column resident_register.resident.moved_from_municipality is '転入前市区町村コード';
comment on column resident_register.resident.moved_to_municipality is '転出先市区町村コード';
comment on column resident_register.resident.support_kind is '支援措置区分 (0なし 1あり)';
comment on column resident_register.resident.support_from is '支援措置開始日';
comment on column resident_register.resident.support_until is '支援措置終了日';
comment on column resident_register.resident.exclusion_kind is '適用除外区分 (0なし 1生活保護 2支援給付)';
comment on column resident_register.resident.exclusion_from is '適用除外開始日';
comment on column resident_register.resident.exclusion_until is '適用除外終了日';
comment on column resident_register.resident.operated_on is '操作年月日';
comment on column resident_register.resident.change_sequence is '変更の通番。市区町村ごとに1から続く。移転はこの番号の順に渡す';
grant select, insert, update on resident_register.resident to koiki_resident_register;
alter table resident_register.resident enable row level security;
create policy resident_scope on resident_register.resident
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
create unique index resident_change_sequence on resident_register.resident (municipality_code, change_sequence);
create index resident_household on resident_register.resident (municipality_code, household_number);

create table resident_register.resident_event (
  municipality_code text not null check (char_length(municipality_code) = 6),
  event_id uuid not null,
  union_code smallint not null,
  event_kind text not null,
  occurred_on date not null,
  addressee_numbers text[] not null,
  request_sha256 bytea not null check (octet_length(request_sha256) = 32),
  accepted_on date not null,
  accepted_at timestamptz not null,
  primary key (municipality_code, event_id)
);
comment on table resident_register.resident_event is '住民異動の受付簿。受け付けた届出・職権の処理を一行ずつ足す。直さない、消さない。';
comment on column resident_register.resident_event.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.resident_event.event_id is '受付番号。申し出る側が付け、同じ受付を二度書かないために使う';
comment on column resident_register.resident_event.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.resident_event.event_kind is '異動の種類 (転入・転居・転出・死亡・世帯変更・生活保護開始・生活保護終了・支援措置開始・支援措置終了)';
comment on column resident_register.resident_event.occurred_on is '異動の日';
comment on column resident_register.resident_event.addressee_numbers is '異動した人の宛名番号';
comment on column resident_register.resident_event.request_sha256 is '申し出の内容の SHA-256。同じ受付番号で内容が違うものを断るために使う';
comment on column resident_register.resident_event.accepted_on is '受け付けた日';
comment on column resident_register.resident_event.accepted_at is '受け付けた時刻';
grant select, insert on resident_register.resident_event to koiki_resident_register;
alter table resident_register.resident_event enable row level security;
create policy resident_event_scope on resident_register.resident_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table resident_register.transfer (
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
comment on table resident_register.transfer is '移転の控え (2-1)。住民票の異動に関する情報を市区町村システムに渡すたびに一行を足す。直さない、消さない。';
comment on column resident_register.transfer.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.transfer.transfer_number is '移転番号。市区町村ごとに1から続く';
comment on column resident_register.transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.transfer.sequence_from is 'この移転に含む最初の変更の通番';
comment on column resident_register.transfer.sequence_until is 'この移転に含む最後の変更の通番';
comment on column resident_register.transfer.row_count is '行数';
comment on column resident_register.transfer.content_sha256 is '渡したファイルの SHA-256';
comment on column resident_register.transfer.handed_over_at is '渡した時刻';
grant select, insert on resident_register.transfer to koiki_resident_register;
alter table resident_register.transfer enable row level security;
create policy transfer_scope on resident_register.transfer
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
