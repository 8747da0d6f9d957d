-- 住民票に記載するための被保険者情報。市区町村システムから住基システムへ、2-1 と逆の向きに番号を付けて移転する。
-- 住民票に書くのは資格を取得し、又は喪失した年月日だけである (住基法7条10号の2)。

create table municipal_system.insured_transfer (
  municipality_code text not null check (char_length(municipality_code) = 6),
  transfer_number integer not null check (transfer_number > 0),
  union_code smallint not null,
  row_count integer not null check (row_count >= 0),
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  handed_over_at timestamptz not null,
  primary key (municipality_code, transfer_number)
);
comment on table municipal_system.insured_transfer is '被保険者情報の移転の控え (市区町村システムから住基システムへ)。渡すたびに一行を足す。直さない、消さない。';
comment on column municipal_system.insured_transfer.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.insured_transfer.transfer_number is '移転番号。市区町村ごとに1から続く';
comment on column municipal_system.insured_transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.insured_transfer.row_count is '行数';
comment on column municipal_system.insured_transfer.content_sha256 is '渡したファイルの SHA-256';
comment on column municipal_system.insured_transfer.handed_over_at is '渡した時刻';
grant select, insert on municipal_system.insured_transfer to koiki_municipal_system;
alter table municipal_system.insured_transfer enable row level security;
create policy insured_transfer_scope on municipal_system.insured_transfer
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.insured_entry_given (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  union_code smallint not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  transfer_number integer not null check (transfer_number > 0),
  primary key (municipality_code, addressee_number)
);
comment on table municipal_system.insured_entry_given is '住基システムに渡した被保険者情報の要約。一人につき一行で、変わった人だけを次の移転に入れるために使う。';
comment on column municipal_system.insured_entry_given.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.insured_entry_given.addressee_number is '宛名番号';
comment on column municipal_system.insured_entry_given.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.insured_entry_given.content_sha256 is '渡した取得・喪失年月日すべての SHA-256';
comment on column municipal_system.insured_entry_given.transfer_number is '最後に渡した移転番号';
grant select, insert, update on municipal_system.insured_entry_given to koiki_municipal_system;
alter table municipal_system.insured_entry_given enable row level security;
create policy insured_entry_given_scope on municipal_system.insured_entry_given
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table resident_register.insured_transfer (
  municipality_code text not null check (char_length(municipality_code) = 6),
  transfer_number integer not null check (transfer_number > 0),
  union_code smallint not null,
  row_count integer not null check (row_count >= 0),
  changed_count integer not null check (changed_count >= 0),
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  received_at timestamptz not null,
  primary key (municipality_code, transfer_number)
);
comment on table resident_register.insured_transfer is '受けた被保険者情報の移転の控え (市区町村システムから)。受けるたびに一行を足す。直さない、消さない。';
comment on column resident_register.insured_transfer.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.insured_transfer.transfer_number is '移転番号。欠けた番号の後は受けない';
comment on column resident_register.insured_transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.insured_transfer.row_count is '行数';
comment on column resident_register.insured_transfer.changed_count is '記載が変わった人数';
comment on column resident_register.insured_transfer.content_sha256 is '受けたファイルの SHA-256';
comment on column resident_register.insured_transfer.received_at is '受けた時刻';
grant select, insert on resident_register.insured_transfer to koiki_resident_register;
alter table resident_register.insured_transfer enable row level security;
create policy insured_transfer_scope on resident_register.insured_transfer
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table resident_register.insured_entry (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  acquired_on date not null,
  union_code smallint not null,
  lost_on date,
  operated_on date not null,
  transfer_number integer not null check (transfer_number > 0),
  primary key (municipality_code, addressee_number, acquired_on)
);
comment on table resident_register.insured_entry is '住民票に記載した被保険者情報。資格の期間一つにつき一行。移転のたびに、その人の期間を置き換える。';
comment on column resident_register.insured_entry.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.insured_entry.addressee_number is '宛名番号';
comment on column resident_register.insured_entry.acquired_on is '資格取得年月日';
comment on column resident_register.insured_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.insured_entry.lost_on is '資格喪失年月日。取得の日と同じなら取り消された資格';
comment on column resident_register.insured_entry.operated_on is '操作年月日';
comment on column resident_register.insured_entry.transfer_number is 'この記載を運んだ移転番号';
grant select, insert, delete on resident_register.insured_entry to koiki_resident_register;
alter table resident_register.insured_entry enable row level security;
create policy insured_entry_scope on resident_register.insured_entry
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
