create schema premium;
comment on schema premium is '賦課。所得・課税情報、保険料の決定とその計算過程。';
grant usage on schema premium to koiki_union_app;

create table premium.income (
  resident_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null check (revision >= 1),
  union_code smallint not null,
  municipality_code text not null,
  declaration text not null check (declaration in ('undeclared', 'declared', 'inquiring')),
  public_pension_yen bigint not null check (public_pension_yen >= 0),
  salary_yen bigint not null check (salary_yen >= 0),
  family_employee_salary_yen bigint not null check (family_employee_salary_yen >= 0),
  business_yen bigint not null,
  family_employee_deduction_yen bigint not null check (family_employee_deduction_yen >= 0),
  capital_gains_yen bigint not null check (capital_gains_yen >= 0),
  capital_gains_special_deduction_yen bigint not null check (capital_gains_special_deduction_yen >= 0),
  other_yen bigint not null,
  corrected_on date,
  digest bytea not null check (length(digest) = 16),
  transmission_id uuid not null,
  line integer not null,
  recorded_at timestamptz not null,
  primary key (resident_key, fiscal_year, revision),
  check (resident_key / 10000000000 = union_code),
  check (family_employee_salary_yen <= salary_yen)
);
comment on table premium.income is '所得・課税情報。市区町村から届いた内容を、変わるたびに1行足す。書きかえない。';
comment on column premium.income.resident_key is '住民の鍵。変わらない。';
comment on column premium.income.fiscal_year is '課税年度。前年の所得による。';
comment on column premium.income.revision is '同じ人・同じ年度の中の番号。最も大きいものが今の内容。';
comment on column premium.income.union_code is '広域連合(都道府県番号)。';
comment on column premium.income.municipality_code is '送ってきた市区町村の全国地方公共団体コード。';
comment on column premium.income.declaration is '申告区分。undeclared 未申告、declared 申告あり、inquiring 調査中。';
comment on column premium.income.public_pension_yen is '公的年金等収入額(円)。控除前。';
comment on column premium.income.salary_yen is '給与収入額(円)。控除前。';
comment on column premium.income.family_employee_salary_yen is '給与収入額のうち専従者給与として受けた額(円)。';
comment on column premium.income.business_yen is '事業所得額(円)。専従者控除後。損失は負の数。';
comment on column premium.income.family_employee_deduction_yen is '専従者控除額(円)。';
comment on column premium.income.capital_gains_yen is '分離譲渡所得額(円)。特別控除後。';
comment on column premium.income.capital_gains_special_deduction_yen is '分離譲渡所得の特別控除額(円)。';
comment on column premium.income.other_yen is 'その他の総所得金額等(円)。退職所得を除く。';
comment on column premium.income.corrected_on is '更正のあった日。';
comment on column premium.income.digest is '内容の要約値。同じ内容が届いたとき行を足さないために比べる。';
comment on column premium.income.transmission_id is '届いた送信の番号。';
comment on column premium.income.line is '送信の中の行番号。';
comment on column premium.income.recorded_at is '知った時刻(世界の時計)。';

create index income_by_municipality on premium.income (municipality_code, fiscal_year);

create view premium.income_now with (security_invoker = true) as
select distinct on (resident_key, fiscal_year) *
from premium.income
order by resident_key, fiscal_year, revision desc;
comment on view premium.income_now is '今わかっている所得・課税情報。';

create table premium.assessment (
  subject_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null check (revision >= 1),
  union_code smallint not null,
  municipality_code text not null,
  resident_key bigint not null,
  decided_on date not null,
  reason text not null check (reason in ('initial', 'change', 'correction')),
  months smallint not null check (months between 0 and 12),
  reduction_tenths smallint not null check (reduction_tenths in (0, 2, 5, 7)),
  former_dependent boolean not null,
  income_known boolean not null,
  base_yen bigint not null,
  judged_income_yen bigint not null,
  threshold_yen bigint not null,
  judged_insured smallint not null,
  judged_earners smallint not null,
  medical_per_capita_full_yen integer not null,
  medical_per_capita_yen integer not null,
  medical_rate_per_mille_hundred integer not null,
  medical_income_based_yen integer not null,
  medical_cap_yen integer not null,
  medical_over_cap_yen integer not null,
  medical_annual_yen integer not null,
  child_per_capita_full_yen integer,
  child_per_capita_yen integer,
  child_rate_per_mille_hundred integer,
  child_income_based_yen integer,
  child_cap_yen integer,
  child_over_cap_yen integer,
  child_annual_yen integer,
  annual_yen integer not null check (annual_yen >= 0),
  law_edition text not null,
  digest bytea not null check (length(digest) = 16),
  run_id uuid not null,
  recorded_at timestamptz not null,
  primary key (subject_key, fiscal_year, revision),
  check (subject_key / 100000000 = union_code),
  check (annual_yen = medical_annual_yen + coalesce(child_annual_yen, 0))
);
comment on table premium.assessment is '保険料の決定。決定は足すだけで、書きかえない。';
comment on column premium.assessment.subject_key is '被保険者の鍵(広域連合の番号と被保険者番号)。';
comment on column premium.assessment.fiscal_year is '賦課年度。';
comment on column premium.assessment.revision is '決定番号。1が当初。';
comment on column premium.assessment.union_code is '広域連合(都道府県番号)。';
comment on column premium.assessment.municipality_code is '徴収する市区町村の全国地方公共団体コード。';
comment on column premium.assessment.resident_key is '決定のもとにした住民の鍵。';
comment on column premium.assessment.decided_on is '決定年月日。';
comment on column premium.assessment.reason is '決定事由。initial 当初、change 異動、correction 更正。';
comment on column premium.assessment.months is '資格月数。';
comment on column premium.assessment.reduction_tenths is '均等割額の軽減の区分(割)。';
comment on column premium.assessment.former_dependent is '元被扶養者か。';
comment on column premium.assessment.income_known is '軽減の判定に要る全員の所得が届いていたか。偽のときは軽減していない。';
comment on column premium.assessment.base_yen is '賦課のもととなる所得金額(円)。';
comment on column premium.assessment.judged_income_yen is '軽減判定所得(円)。世帯の合計。';
comment on column premium.assessment.threshold_yen is '軽減判定で当てはまった線(円)。軽減がないときは2割の線。';
comment on column premium.assessment.judged_insured is '軽減判定の被保険者数。';
comment on column premium.assessment.judged_earners is '給与所得者等の数。';
comment on column premium.assessment.medical_per_capita_full_yen is '医療分の均等割額(軽減前、年額、円)。';
comment on column premium.assessment.medical_per_capita_yen is '医療分の均等割額(軽減後、年額、円)。';
comment on column premium.assessment.medical_rate_per_mille_hundred is '医療分の所得割率(10万分の1を単位とする整数)。';
comment on column premium.assessment.medical_income_based_yen is '医療分の所得割額(年額、円)。';
comment on column premium.assessment.medical_cap_yen is '医療分の賦課限度額(円)。';
comment on column premium.assessment.medical_over_cap_yen is '医療分の限度超過額(円)。';
comment on column premium.assessment.medical_annual_yen is '医療分の年額(限度・月割・端数処理の後、円)。';
comment on column premium.assessment.child_per_capita_full_yen is '子ども分の均等割額(軽減前、年額、円)。令和8年度から。';
comment on column premium.assessment.child_per_capita_yen is '子ども分の均等割額(軽減後、年額、円)。';
comment on column premium.assessment.child_rate_per_mille_hundred is '子ども分の所得割率(10万分の1を単位とする整数)。';
comment on column premium.assessment.child_income_based_yen is '子ども分の所得割額(年額、円)。';
comment on column premium.assessment.child_cap_yen is '子ども分の賦課限度額(円)。';
comment on column premium.assessment.child_over_cap_yen is '子ども分の限度超過額(円)。';
comment on column premium.assessment.child_annual_yen is '子ども分の年額(限度・月割・端数処理の後、円)。';
comment on column premium.assessment.annual_yen is '保険料額(年額、円)。医療分と子ども分の和。';
comment on column premium.assessment.law_edition is '使った法令表の版。';
comment on column premium.assessment.digest is '事実と結果の要約値。同じ決定を二度しないために比べる。';
comment on column premium.assessment.run_id is '決定した回の番号。';
comment on column premium.assessment.recorded_at is '記録した時刻(世界の時計)。';

create index assessment_by_municipality on premium.assessment (municipality_code, fiscal_year);

create table premium.working (
  subject_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null,
  union_code smallint not null,
  municipality_code text not null,
  facts jsonb not null,
  steps jsonb not null,
  primary key (subject_key, fiscal_year, revision),
  foreign key (subject_key, fiscal_year, revision) references premium.assessment,
  check (subject_key / 100000000 = union_code)
);
comment on table premium.working is '保険料の計算過程。決定に使った事実と、条文ごとの計算の段。';
comment on column premium.working.subject_key is '被保険者の鍵。';
comment on column premium.working.fiscal_year is '賦課年度。';
comment on column premium.working.revision is '決定番号。';
comment on column premium.working.union_code is '広域連合(都道府県番号)。';
comment on column premium.working.municipality_code is '徴収する市区町村の全国地方公共団体コード。';
comment on column premium.working.facts is '決定に使った世帯と所得。計算し直すときの入力になる。';
comment on column premium.working.steps is '計算の段。値・式・根拠。';

create table premium.run (
  run_id uuid not null,
  union_code smallint not null,
  fiscal_year smallint not null,
  decided_on date not null,
  law_edition text not null,
  started_at timestamptz not null,
  primary key (run_id)
);
comment on table premium.run is '賦課の回。1回の一括処理に1行。';
comment on column premium.run.run_id is '回の番号。';
comment on column premium.run.union_code is '広域連合(都道府県番号)。';
comment on column premium.run.fiscal_year is '賦課年度。';
comment on column premium.run.decided_on is '決定年月日。';
comment on column premium.run.law_edition is '使った法令表の版。';
comment on column premium.run.started_at is '始めた時刻(世界の時計)。';

create table premium.run_municipality (
  run_id uuid not null references premium.run,
  municipality_code text not null,
  union_code smallint not null,
  insured integer not null,
  decided integer not null,
  unchanged integer not null,
  income_unknown integer not null,
  annual_yen bigint not null,
  finished_at timestamptz not null,
  primary key (run_id, municipality_code)
);
comment on table premium.run_municipality is '賦課の回の、市区町村ごとの結果。';
comment on column premium.run_municipality.run_id is '回の番号。';
comment on column premium.run_municipality.municipality_code is '市区町村の全国地方公共団体コード。';
comment on column premium.run_municipality.union_code is '広域連合(都道府県番号)。';
comment on column premium.run_municipality.insured is '年度に1か月でも資格のある人の数。';
comment on column premium.run_municipality.decided is '新しく決定した数。';
comment on column premium.run_municipality.unchanged is '前の決定と変わらなかった数。';
comment on column premium.run_municipality.income_unknown is '所得がわからず軽減を判定できなかった数。';
comment on column premium.run_municipality.annual_yen is 'この回の後に生きている決定の年額の合計(円)。';
comment on column premium.run_municipality.finished_at is '終えた時刻(世界の時計)。';

create table premium.delivery (
  subject_key bigint not null,
  fiscal_year smallint not null,
  revision smallint not null,
  transmission_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  primary key (subject_key, fiscal_year, revision, transmission_id),
  foreign key (subject_key, fiscal_year, revision) references premium.assessment,
  check (subject_key / 100000000 = union_code)
);
comment on table premium.delivery is '保険料情報の配信。どの決定をどの送信で市区町村に知らせたか。';
comment on column premium.delivery.subject_key is '被保険者の鍵。';
comment on column premium.delivery.fiscal_year is '賦課年度。';
comment on column premium.delivery.revision is '決定番号。';
comment on column premium.delivery.transmission_id is '知らせた送信の番号。';
comment on column premium.delivery.union_code is '広域連合(都道府県番号)。';
comment on column premium.delivery.municipality_code is '知らせた先の市区町村の全国地方公共団体コード。';

create view premium.assessment_now with (security_invoker = true) as
select distinct on (subject_key, fiscal_year) *
from premium.assessment
order by subject_key, fiscal_year, revision desc;
comment on view premium.assessment_now is '今生きている保険料の決定。';

alter table premium.income enable row level security;
alter table premium.income force row level security;
create policy scope on premium.income
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on premium.income to koiki_union_app;

alter table premium.assessment enable row level security;
alter table premium.assessment force row level security;
create policy scope on premium.assessment
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on premium.assessment to koiki_union_app;

alter table premium.working enable row level security;
alter table premium.working force row level security;
create policy scope on premium.working
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on premium.working to koiki_union_app;

alter table premium.run_municipality enable row level security;
alter table premium.run_municipality force row level security;
create policy scope on premium.run_municipality
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on premium.run_municipality to koiki_union_app;

alter table premium.delivery enable row level security;
alter table premium.delivery force row level security;
create policy scope on premium.delivery
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on premium.delivery to koiki_union_app;

alter table premium.run enable row level security;
alter table premium.run force row level security;
create policy scope on premium.run
  using (union_code = current_setting('koiki.union', true)::smallint)
  with check (union_code = current_setting('koiki.union', true)::smallint);
grant select, insert on premium.run to koiki_union_app;

grant select on premium.income_now, premium.assessment_now to koiki_union_app;
