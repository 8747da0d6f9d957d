-- 窓口の応対。人の前での仕事は、番号と用件と一人の本人と始めと終わりのある応対の中でする。足すだけで直さない。
-- 読み合わせで聞いたことは、どの事実を聞いたかだけを残し、聞いた中身は残さない。
create schema counter;
comment on schema counter is '窓口の応対。だれが、いつ、何の用件で、だれの応対をし、何を聞いて確かめたか。';
grant usage on schema counter to koiki_union_app;

create table counter.encounter (
  encounter_id uuid not null primary key,
  union_code smallint not null,
  municipality_code text not null check (municipality_code ~ '^[0-9]{6}$'),
  day date not null,
  number integer not null check (number > 0),
  session_digest bytea not null check (octet_length(session_digest) = 32),
  account_id uuid not null,
  account_name text not null check (account_name <> ''),
  purpose text not null check (purpose in ('eligibility', 'premium', 'application', 'notice', 'verification')),
  began_at timestamptz not null,
  unique (union_code, municipality_code, day, number)
);
create index encounter_session on counter.encounter (session_digest, began_at);
comment on table counter.encounter is '応対。窓口で一人の人に向かう間。番号はその窓口のその日の連番。足すだけで直さない。';
comment on column counter.encounter.encounter_id is '応対の鍵';
comment on column counter.encounter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column counter.encounter.municipality_code is '窓口の市区町村コード';
comment on column counter.encounter.day is '応対の日';
comment on column counter.encounter.number is '応対の番号 (その窓口のその日の連番)';
comment on column counter.encounter.session_digest is '始めた席のサインインの要約値。ほかの席からの書込みを断るため';
comment on column counter.encounter.account_id is '始めた利用者の番号';
comment on column counter.encounter.account_name is '始めた利用者の名前 (そのとき)';
comment on column counter.encounter.purpose is '用件';
comment on column counter.encounter.began_at is '始めた時刻';
alter table counter.encounter enable row level security;
create policy scope on counter.encounter
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on counter.encounter to koiki_union_app;

create table counter.encounter_event (
  encounter_id uuid not null references counter.encounter,
  version integer not null check (version > 0),
  union_code smallint not null,
  municipality_code text not null,
  act text not null check (act in ('began', 'agreed', 'differed', 'filed', 'bound', 'ended', 'closed')),
  happened_at timestamptz not null,
  facts text[] not null default '{}' check (facts <@ array['name', 'birthDate', 'town', 'numberTail', 'filing']),
  filing_id uuid,
  primary key (encounter_id, version),
  check ((act = 'filed') = (filing_id is not null))
);
create index encounter_event_closed on counter.encounter_event (union_code, municipality_code, happened_at) where act = 'closed';
comment on table counter.encounter_event is '応対のいきさつ。一つの行いにつき一行。足すだけで直さない。';
comment on column counter.encounter_event.encounter_id is '応対の鍵';
comment on column counter.encounter_event.version is '版 (1から)';
comment on column counter.encounter_event.union_code is '広域連合コード (都道府県番号2桁)';
comment on column counter.encounter_event.municipality_code is '窓口の市区町村コード';
comment on column counter.encounter_event.act is '行い。began 始めた、agreed 聞いたことが記録と合った、differed 合わなかった、filed 届書を受け付けた、bound 本人が決まった、ended 終えた、closed 読み合わせが合わず閉じた';
comment on column counter.encounter_event.happened_at is '行った時刻';
comment on column counter.encounter_event.facts is '聞いた事実の種類。name 氏名、birthDate 生年月日、town 町名、numberTail 被保険者番号の下4けた、filing 届書。中身は持たない';
comment on column counter.encounter_event.filing_id is '受け付けた届書の番号 (filed のとき)';
alter table counter.encounter_event enable row level security;
create policy scope on counter.encounter_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on counter.encounter_event to koiki_union_app;

create table counter.encounter_person (
  subject_key bigint not null,
  encounter_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  bound_at timestamptz not null,
  primary key (subject_key, encounter_id),
  check (subject_key / 100000000 = union_code)
);
create index encounter_person_encounter on counter.encounter_person (encounter_id);
comment on table counter.encounter_person is '応対の本人。一つの応対に一人。まだ記録のない人の応対は、届書で被保険者になったときに結ぶ。';
comment on column counter.encounter_person.subject_key is '被保険者の鍵';
comment on column counter.encounter_person.encounter_id is '応対の鍵';
comment on column counter.encounter_person.union_code is '広域連合コード (都道府県番号2桁)';
comment on column counter.encounter_person.municipality_code is '窓口の市区町村コード';
comment on column counter.encounter_person.bound_at is '結んだ時刻';
alter table counter.encounter_person enable row level security;
create policy scope on counter.encounter_person
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on counter.encounter_person to koiki_union_app;
