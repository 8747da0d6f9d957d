-- 住登外者の登録・変更・消除を市区町村システムで受け付ける。住所地特例の人には施設を持つ。

alter table municipal_system.non_registered_person
  add column facility_kind text,
  add column facility_name text,
  add column removed_on date;
comment on column municipal_system.non_registered_person.facility_kind is '住所地特例の施設の種類 (病院等・障害者支援施設等・養護老人ホーム等・介護保険施設)。最初の登録内容では空';
comment on column municipal_system.non_registered_person.facility_name is '住所地特例の施設の名称';
comment on column municipal_system.non_registered_person.removed_on is '住登外の登録を消除した日';

create table municipal_system.non_registered_event (
  municipality_code text not null check (char_length(municipality_code) = 6),
  event_id uuid not null,
  union_code smallint not null,
  event_kind text not null check (event_kind in ('住登外登録', '住登外変更', '住登外消除')),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  occurred_on date not null,
  request_sha256 bytea not null check (octet_length(request_sha256) = 32),
  before jsonb,
  after jsonb not null,
  accepted_on date not null,
  accepted_at timestamptz not null,
  primary key (municipality_code, event_id)
);
comment on table municipal_system.non_registered_event is '住登外の受付簿。登録・変更・消除を受け付けるたびに、前後の内容とともに一行を足す。直さない、消さない。';
comment on column municipal_system.non_registered_event.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.non_registered_event.event_id is '受付番号。申し出る側が付け、同じ受付を二度書かないために使う';
comment on column municipal_system.non_registered_event.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.non_registered_event.event_kind is '受付の種類';
comment on column municipal_system.non_registered_event.addressee_number is '宛名番号';
comment on column municipal_system.non_registered_event.occurred_on is '登録・変更・消除の日';
comment on column municipal_system.non_registered_event.request_sha256 is '申し出の内容の SHA-256。同じ受付番号で内容が違うものを断るために使う';
comment on column municipal_system.non_registered_event.before is '前の内容。登録では空。個人番号は札だけ';
comment on column municipal_system.non_registered_event.after is '後の内容。個人番号は札だけ';
comment on column municipal_system.non_registered_event.accepted_on is '受け付けた日';
comment on column municipal_system.non_registered_event.accepted_at is '受け付けた時刻';
grant select, insert on municipal_system.non_registered_event to koiki_municipal_system;
alter table municipal_system.non_registered_event enable row level security;
create policy non_registered_event_scope on municipal_system.non_registered_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
create index non_registered_event_addressee on municipal_system.non_registered_event (municipality_code, addressee_number);
