-- 資格異動者一覧に載せた決定。載せていない決定だけが、次の一覧に載る。

create table notices.listed_decision (
  subject_key bigint not null,
  sequence integer not null,
  municipality_code text not null,
  union_code smallint not null,
  delivery_id uuid not null,
  primary key (subject_key, sequence),
  check (subject_key / 100000000 = union_code)
);
comment on table notices.listed_decision is '資格異動者一覧で市区町村に知らせた決定。どの決定をどの配信に載せたか。';
comment on column notices.listed_decision.subject_key is '被保険者の鍵';
comment on column notices.listed_decision.sequence is '資格の決定の順番';
comment on column notices.listed_decision.municipality_code is '知らせた先の市区町村コード';
comment on column notices.listed_decision.union_code is '広域連合コード';
comment on column notices.listed_decision.delivery_id is '載せた帳票の配信の番号';

alter table notices.listed_decision enable row level security;
alter table notices.listed_decision force row level security;
create policy scope on notices.listed_decision
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on notices.listed_decision to koiki_union_app;
