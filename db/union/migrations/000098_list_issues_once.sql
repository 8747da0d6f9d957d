-- 資格確認書等発行一覧に載せた発行。載せていない発行だけが、次の一覧に載る。どの配信に何を載せたかも、配信から探せるようにする。

create table notices.listed_issue (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  delivery_id uuid not null,
  primary key (subject_key, municipality_code, issue_number),
  check (subject_key / 100000000 = union_code)
);
create index listed_issue_delivery on notices.listed_issue (delivery_id);
comment on table notices.listed_issue is '資格確認書等発行一覧で市区町村に知らせた発行。どの発行をどの配信に載せたか。';
comment on column notices.listed_issue.subject_key is '被保険者の鍵';
comment on column notices.listed_issue.municipality_code is '知らせた先の市区町村コード';
comment on column notices.listed_issue.issue_number is '何通目か';
comment on column notices.listed_issue.union_code is '広域連合コード';
comment on column notices.listed_issue.delivery_id is '載せた帳票の配信の番号';

alter table notices.listed_issue enable row level security;
alter table notices.listed_issue force row level security;
create policy scope on notices.listed_issue
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on notices.listed_issue to koiki_union_app;

create index listed_decision_delivery on notices.listed_decision (delivery_id);
-- 倒れた仕事が置いたままにしたファイルを、その仕事の配信と比べて探す。
create index form_delivery_job on notices.form_delivery (job_id);
