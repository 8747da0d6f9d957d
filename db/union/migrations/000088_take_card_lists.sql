-- 中間サーバーは、どの市区町村のものでもない当事者。
alter table exchange.transmission drop constraint transmission_sender_check;
alter table exchange.transmission add constraint transmission_sender_check
  check (sender like 'union:__' or sender like 'municipality:______' or sender like 'intermediary:__');
alter table exchange.transmission drop constraint transmission_receiver_check;
alter table exchange.transmission add constraint transmission_receiver_check
  check (receiver like 'union:__' or receiver like 'municipality:______' or receiver like 'intermediary:__');

alter table certificates.insurance_card_use drop constraint insurance_card_use_state_check;
alter table certificates.insurance_card_use add constraint insurance_card_use_state_check
  check (state in ('registered', 'notRegistered', 'deregistered', 'expired', 'followsList'));
alter table certificates.insurance_card_use
  add column told_by text not null default 'hand' check (told_by in ('hand', 'list')),
  add column transmission_id uuid,
  add column listed_as_of timestamptz,
  add column registered_on date,
  add column deregistered_on date,
  add column electronic_certificate_until date,
  add column electronic_certificate_revoked_on date,
  add constraint insurance_card_use_told_by_list
    check ((told_by = 'list') = (transmission_id is not null and listed_as_of is not null)),
  add constraint insurance_card_use_follows_by_hand
    check (told_by = 'hand' or state <> 'followsList');
comment on column certificates.insurance_card_use.state is '状況。registered 利用登録あり、notRegistered なし、deregistered 解除した、expired 電子証明書の失効、followsList 手の入力をやめて一覧に従う';
comment on column certificates.insurance_card_use.told_by is 'だれが言ったか。list 中間サーバーの一覧、hand 手で入れた';
comment on column certificates.insurance_card_use.transmission_id is '一覧の送信識別子 (手で入れたものは空)';
comment on column certificates.insurance_card_use.listed_as_of is '一覧の基準の時刻 (手で入れたものは空)';
comment on column certificates.insurance_card_use.registered_on is '一覧の利用登録年月日';
comment on column certificates.insurance_card_use.deregistered_on is '一覧の利用登録解除年月日';
comment on column certificates.insurance_card_use.electronic_certificate_until is '一覧の電子証明書の有効期限 (使える最後の日)';
comment on column certificates.insurance_card_use.electronic_certificate_revoked_on is '一覧の電子証明書の失効年月日';

create table certificates.insurance_card_list (
  union_code smallint not null,
  transmission_id uuid not null,
  kind text not null check (kind in ('full', 'difference')),
  as_of timestamptz not null,
  row_count integer not null check (row_count >= 0),
  changed_count integer not null check (changed_count >= 0),
  unchanged_count integer not null check (unchanged_count >= 0),
  unknown_count integer not null check (unknown_count >= 0),
  missing_count integer not null check (missing_count >= 0),
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id),
  foreign key (union_code, transmission_id) references exchange.transmission
);
comment on table certificates.insurance_card_list is '取り込んだマイナ保険証利用登録状況の一覧。人は載せず、いつの状況で何件かだけを持つ。足すだけで直さない。';
comment on column certificates.insurance_card_list.union_code is '広域連合コード';
comment on column certificates.insurance_card_list.transmission_id is '送信識別子';
comment on column certificates.insurance_card_list.kind is '一覧区分 (full 全件、difference 差分)';
comment on column certificates.insurance_card_list.as_of is '基準の時刻';
comment on column certificates.insurance_card_list.row_count is '一覧の件数';
comment on column certificates.insurance_card_list.changed_count is '前に取り込んだものと違った人';
comment on column certificates.insurance_card_list.unchanged_count is '前に取り込んだものと同じ人';
comment on column certificates.insurance_card_list.unknown_count is '被保険者番号が分からず隔離した行';
comment on column certificates.insurance_card_list.missing_count is '全件の一覧にいない被保険者 (差分では0)';
comment on column certificates.insurance_card_list.recorded_at is '取り込んだ時刻';

-- 人が載らないので、いつの一覧かは窓口にも見せる。
alter table certificates.insurance_card_list enable row level security;
create policy scope on certificates.insurance_card_list
  using (union_code = current_setting('koiki.union', true)::smallint)
  with check (union_code = current_setting('koiki.union', true)::smallint);
grant select, insert on certificates.insurance_card_list to koiki_union_app;
