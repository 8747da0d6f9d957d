-- 一部負担金の割合。判定は足すだけで直さない。割合の期間は判定と資格の期間から作り直せる今の姿であり、判定できない人は
-- わけとともに残る。

create schema copay;
comment on schema copay is '一部負担金の割合と限度区分。年次の判定、事由ごとの再判定、割合の期間、判定できない人。';
grant usage on schema copay to koiki_union_app;

create table copay.judgement (
  subject_key bigint not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  municipality_code text not null,
  resident_key bigint not null,
  effective_on date not null,
  judgement_year smallint not null,
  cause text not null check (cause in ('yearly', 'acquisition', 'householdChange', 'turningSeventy', 'application', 'incomeCorrection', 'recordCorrection')),
  tenths smallint not null check (tenths in (1, 2, 3)),
  ground text not null check (ground <> ''),
  limit_category text check (limit_category in ('active3', 'active2', 'active1', 'general2', 'general1', 'lowIncome2', 'lowIncome1')),
  facts jsonb not null,
  workings jsonb not null,
  edition text not null check (edition <> ''),
  digest bytea not null check (length(digest) = 16),
  decided_on date not null,
  decided_at timestamptz not null,
  job_id text,
  receipt_number text,
  primary key (subject_key, sequence),
  check (subject_key / 100000000 = union_code),
  check (num_nonnulls(job_id, receipt_number) = 1)
);
create index judgement_decided on copay.judgement (union_code, decided_on);
comment on table copay.judgement is '一部負担金の割合の判定。世帯を単位に判定し、被保険者ごとに一行を足す。直さない、消さない。同じ効力の日の判定は、番号の大きいものが生きている。';
comment on column copay.judgement.subject_key is '被保険者の鍵';
comment on column copay.judgement.sequence is '判定の順番 (1から)';
comment on column copay.judgement.union_code is '広域連合コード';
comment on column copay.judgement.municipality_code is '効力の日の市区町村コード';
comment on column copay.judgement.resident_key is '効力の日の住民の鍵';
comment on column copay.judgement.effective_on is '効力の日 (この日から)';
comment on column copay.judgement.judgement_year is '判定の年度 (8月から翌年7月まで。始まる年の西暦)';
comment on column copay.judgement.cause is '判定の事由。yearly 年次、acquisition 資格取得、householdChange 世帯の異動、turningSeventy 70歳到達、application 基準収入額適用申請、incomeCorrection 所得の更正、recordCorrection 資格や世帯の記録の訂正';
comment on column copay.judgement.tenths is '一部負担金の割合 (割)';
comment on column copay.judgement.ground is '割合の理由の符号';
comment on column copay.judgement.limit_category is '限度区分。世帯の全員の課税が分からなければ空';
comment on column copay.judgement.facts is '用いた事実 (世帯員の鍵、生年月日、金額、足りないもの)。氏名・住所・個人番号は持たない。判定し直すときの入力になる';
comment on column copay.judgement.workings is '計算の過程。値・式・根拠';
comment on column copay.judgement.edition is '用いた法令表の版';
comment on column copay.judgement.digest is '事実と結果の要約値。同じ判定を二度しないために比べる';
comment on column copay.judgement.decided_on is '判定した日 (業務の日付)';
comment on column copay.judgement.decided_at is '判定した時刻';
comment on column copay.judgement.job_id is '判定したジョブ。届書によるときは空';
comment on column copay.judgement.receipt_number is '判定のもとになった届書の受付番号';

create view copay.judgement_now with (security_invoker = true) as
select distinct on (subject_key, effective_on) *
from copay.judgement
order by subject_key, effective_on, sequence desc;
comment on view copay.judgement_now is '効力の日ごとの、今生きている判定。';

create table copay.share_period (
  subject_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null check (not isempty(held)),
  tenths smallint not null check (tenths in (1, 2, 3)),
  limit_category text check (limit_category in ('active3', 'active2', 'active1', 'general2', 'general1', 'lowIncome2', 'lowIncome1')),
  share_since date not null,
  limit_since date not null,
  judged_on date not null,
  judgement_sequence integer not null,
  primary key (subject_key, began_on),
  check (subject_key / 100000000 = union_code),
  check (lower(held) = began_on),
  check (share_since <= began_on and limit_since <= began_on and judged_on <= began_on),
  exclude using gist (subject_key with =, held with &&)
);
comment on table copay.share_period is '一部負担金の割合の期間。判定・市区町村が変わるごとに一行。資格のない日と、判定できない日には行がない。';
comment on column copay.share_period.subject_key is '被保険者の鍵';
comment on column copay.share_period.began_on is '期間の始まり';
comment on column copay.share_period.union_code is '広域連合コード';
comment on column copay.share_period.municipality_code is '期間の市区町村コード';
comment on column copay.share_period.held is '期間 (終わりの日を含まない)';
comment on column copay.share_period.tenths is '一部負担金の割合 (割)';
comment on column copay.share_period.limit_category is '限度区分。判定できなければ空';
comment on column copay.share_period.share_since is 'この割合が切れ目なく続く最初の日 (発効期日)';
comment on column copay.share_period.limit_since is 'この限度区分が切れ目なく続く最初の日';
comment on column copay.share_period.judged_on is 'もとになった判定の効力の日';
comment on column copay.share_period.judgement_sequence is 'もとになった判定の順番';

create table copay.pending (
  subject_key bigint not null,
  effective_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  judgement_year smallint not null,
  reasons jsonb not null,
  since timestamptz not null,
  primary key (subject_key, effective_on),
  check (subject_key / 100000000 = union_code)
);
create index pending_municipality on copay.pending (union_code, municipality_code);
comment on table copay.pending is '一部負担金の割合を判定できない人。足りない事実がそろうまで待つ。';
comment on column copay.pending.subject_key is '被保険者の鍵';
comment on column copay.pending.effective_on is '判定しようとした効力の日';
comment on column copay.pending.union_code is '広域連合コード';
comment on column copay.pending.municipality_code is '市区町村コード';
comment on column copay.pending.judgement_year is '判定の年度';
comment on column copay.pending.reasons is '判定できない理由 (だれの、何が足りないか。鍵で言い、氏名は持たない)';
comment on column copay.pending.since is '判定できないと分かった時刻';

create table copay.run (
  union_code smallint not null,
  job_id text not null,
  mode text not null check (mode in ('yearly', 'changed')),
  judgement_year smallint,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  decided_on date not null,
  edition text not null,
  persons integer not null,
  judged integer not null,
  changed integer not null,
  pending integer not null,
  primary key (union_code, job_id),
  check ((mode = 'yearly') = (judgement_year is not null))
);
comment on table copay.run is '判定の回。終わった一括の判定に一行。次の再判定は、前の回の始まりより後に変わった人だけを見る。';
comment on column copay.run.union_code is '広域連合コード';
comment on column copay.run.job_id is '判定したジョブ';
comment on column copay.run.mode is '回の種類。yearly 年次の判定 (全員)、changed 再判定 (変わった人だけ)';
comment on column copay.run.judgement_year is '年次の判定の年度';
comment on column copay.run.started_at is '始めた時刻';
comment on column copay.run.finished_at is '終えた時刻';
comment on column copay.run.decided_on is '判定した日';
comment on column copay.run.edition is '用いた法令表の版';
comment on column copay.run.persons is 'みた人の数';
comment on column copay.run.judged is '足した判定の数';
comment on column copay.run.changed is '割合か限度区分が変わった人の数';
comment on column copay.run.pending is '判定できない人の数';

alter table copay.judgement enable row level security;
alter table copay.judgement force row level security;
create policy scope on copay.judgement
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on copay.judgement to koiki_union_app;

alter table copay.share_period enable row level security;
alter table copay.share_period force row level security;
create policy scope on copay.share_period
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on copay.share_period to koiki_union_app;

alter table copay.pending enable row level security;
alter table copay.pending force row level security;
create policy scope on copay.pending
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on copay.pending to koiki_union_app;

alter table copay.run enable row level security;
alter table copay.run force row level security;
create policy scope on copay.run
  using (union_code = current_setting('koiki.union', true)::smallint)
  with check (union_code = current_setting('koiki.union', true)::smallint);
grant select, insert on copay.run to koiki_union_app;

grant select on copay.judgement_now to koiki_union_app;
