-- 監査。人を見る、人について書く、そのたびに一行を足す。直さない、消さない。画面の一人ずつの行は人の鍵から
-- 引ける表に、一括処理の一段は人の鍵の並びを一行に持つ。

create schema audit;
comment on schema audit is '監査。だれが、どこから、何の用件で、だれについて、何件、何をしたか。';
grant usage on schema audit to :app, :vault;

create table audit.entry (
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  recorded_at timestamptz not null,
  channel text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  party text not null,
  terminal text,
  address text,
  act text not null,
  effect text not null,
  purpose text not null,
  person_count integer not null,
  key_digest bytea not null,
  primary key (entry_id),
  check (municipality_code ~ '^([0-9]{6}|\*)$'),
  check (channel in ('screen', 'api', 'job')),
  check (actor_kind in ('account', 'job')),
  check (actor_id <> '' and actor_name <> '' and party <> '' and purpose <> ''),
  check (act ~ '^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$'),
  check (effect in ('read', 'write')),
  check (person_count >= 0),
  check (octet_length(key_digest) = 32)
);
comment on table audit.entry is '監査の記録。人を見る・人について書く行い一つ、または一括処理の一段につき一行。';
comment on column audit.entry.entry_id is '記録の番号';
comment on column audit.entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on column audit.entry.recorded_at is '行った時刻';
comment on column audit.entry.channel is '経路。screen 画面、api 外からの呼出し、job 一括処理';
comment on column audit.entry.actor_kind is '行った者の種類。account 利用者、job 仕事';
comment on column audit.entry.actor_id is '利用者の番号、または仕事の番号';
comment on column audit.entry.actor_name is '行った時の利用者の名前、または仕事の名前';
comment on column audit.entry.party is '行った当事者 (例 union:43)';
comment on column audit.entry.terminal is '端末の名前';
comment on column audit.entry.address is '端末のネットワーク上の所在';
comment on column audit.entry.act is '行い (例 person.read)';
comment on column audit.entry.effect is 'read 見た、write 書いた';
comment on column audit.entry.purpose is '用件';
comment on column audit.entry.person_count is '何人について行ったか';
comment on column audit.entry.key_digest is '人の鍵を小さい順に並べた要約値 (SHA-256)。後から並びを確かめるため';
create index entry_recorded on audit.entry (union_code, recorded_at);
alter table audit.entry enable row level security;
create policy scope on audit.entry
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on audit.entry to :app;
grant insert on audit.entry to :vault;

create table audit.subject_entry (
  subject_key bigint not null,
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  primary key (subject_key, entry_id),
  check (subject_key / 100000000 = union_code)
);
comment on table audit.subject_entry is '被保険者ごとの監査の記録。本人から、見た者・書いた者を引く。';
comment on column audit.subject_entry.subject_key is '被保険者の鍵';
comment on column audit.subject_entry.entry_id is '監査の記録の番号';
comment on column audit.subject_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.subject_entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
alter table audit.subject_entry enable row level security;
create policy scope on audit.subject_entry
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on audit.subject_entry to :app;
grant insert on audit.subject_entry to :vault;

create table audit.resident_entry (
  resident_key bigint not null,
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  primary key (resident_key, entry_id),
  check (resident_key / 10000000000 = union_code)
);
comment on table audit.resident_entry is '住民ごとの監査の記録。被保険者でない住民から、見た者・書いた者を引く。';
comment on column audit.resident_entry.resident_key is '住民の鍵';
comment on column audit.resident_entry.entry_id is '監査の記録の番号';
comment on column audit.resident_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.resident_entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
alter table audit.resident_entry enable row level security;
create policy scope on audit.resident_entry
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on audit.resident_entry to :app;
grant insert on audit.resident_entry to :vault;

create table audit.bulk_keys (
  entry_id uuid not null,
  key_kind text not null,
  union_code smallint not null,
  municipality_code text not null,
  key_first bigint not null,
  key_last bigint not null,
  keys bigint[] not null,
  primary key (entry_id, key_kind),
  check (key_kind in ('subject', 'resident')),
  check (key_first <= key_last),
  check (cardinality(keys) > 0)
);
comment on table audit.bulk_keys is '一括処理の一段が扱った人の鍵の並び。本人から引くときは、まず範囲で絞り、次に並びを見る。';
comment on column audit.bulk_keys.entry_id is '監査の記録の番号';
comment on column audit.bulk_keys.key_kind is '鍵の種類。subject 被保険者、resident 住民';
comment on column audit.bulk_keys.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.bulk_keys.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on column audit.bulk_keys.key_first is '最も小さい鍵';
comment on column audit.bulk_keys.key_last is '最も大きい鍵';
comment on column audit.bulk_keys.keys is '扱った人の鍵。小さい順';
create index bulk_keys_range on audit.bulk_keys (union_code, key_kind, key_first, key_last);
alter table audit.bulk_keys enable row level security;
create policy scope on audit.bulk_keys
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on audit.bulk_keys to :app;
grant insert on audit.bulk_keys to :vault;
