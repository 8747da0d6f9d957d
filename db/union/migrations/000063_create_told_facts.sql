-- 届書が語る事実: 障害認定、住所地特例、施設の入所、在留による適用除外、同じ人か別の人かの判断。どの行も受付番号を
-- 持つ。期間の表は今の姿であり、いきさつは届書 (filing) と決定 (entitlement_event) に残る。

create table eligibility.disability_certification (
  resident_key bigint not null,
  certified_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null check (not isempty(held)),
  ground text not null check (ground in ('申請', '障害認定証明書')),
  evidence_kind text not null check (evidence_kind <> ''),
  evidence_until date,
  end_kind text check (end_kind in ('撤回', '障害状態不該当')),
  end_event_on date,
  receipt_number text not null,
  ended_receipt_number text,
  primary key (resident_key, certified_on),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = certified_on),
  check (num_nulls(end_kind, end_event_on, ended_receipt_number) in (0, 3)),
  check ((end_kind is null) = upper_inf(held)),
  exclude using gist (resident_key with =, held with &&)
);
comment on table eligibility.disability_certification is '障害認定 (法50条2号)。65歳から74歳の人が、認定の日から被保険者になる。遡らない。';
comment on column eligibility.disability_certification.resident_key is '住民の鍵';
comment on column eligibility.disability_certification.union_code is '広域連合コード';
comment on column eligibility.disability_certification.municipality_code is '市区町村コード';
comment on column eligibility.disability_certification.certified_on is '認定の日。障害認定証明書を持って転入した人は転入した日';
comment on column eligibility.disability_certification.held is '認定の効いている期間 (撤回・障害状態不該当による終わりの日を含まない)。75歳になっても閉じない';
comment on column eligibility.disability_certification.ground is '認定のもと。申請、障害認定証明書 (前の広域連合の認定を引き継ぐ)';
comment on column eligibility.disability_certification.evidence_kind is '障害の状態を示す書類の種類';
comment on column eligibility.disability_certification.evidence_until is '書類の有効期限。資格確認書の有効期限に使う。過ぎても認定は終わらない';
comment on column eligibility.disability_certification.end_kind is '終わりの理由。撤回、障害状態不該当';
comment on column eligibility.disability_certification.end_event_on is '撤回を申し出た日、または障害の状態に該当しなくなった日';
comment on column eligibility.disability_certification.receipt_number is '障害認定申請書の受付番号';
comment on column eligibility.disability_certification.ended_receipt_number is '撤回申出書・障害状態不該当届の受付番号';

create table eligibility.residence_provision (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null check (not isempty(held)),
  kind text not null check (kind in ('当広域', '他広域', '国保')),
  insurer_union smallint check (insurer_union between 1 and 47),
  insurer_number text check (insurer_number ~ '^[0-9]{6}([0-9]{2})?$'),
  receipt_number text not null,
  ended_receipt_number text,
  primary key (resident_key, began_on),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = began_on),
  check ((ended_receipt_number is null) = upper_inf(held)),
  check (case kind
    when '当広域' then insurer_union is null or insurer_union = union_code
    when '他広域' then insurer_union is not null and insurer_union <> union_code
    else insurer_union is not null end),
  exclude using gist (resident_key with =, held with &&)
);
comment on table eligibility.residence_provision is '住所地特例 (法55条・55条の2)。施設への入所で住所を移した人が、どの広域連合の被保険者であるか。';
comment on column eligibility.residence_provision.resident_key is '住民の鍵';
comment on column eligibility.residence_provision.union_code is '広域連合コード';
comment on column eligibility.residence_provision.municipality_code is '市区町村コード';
comment on column eligibility.residence_provision.began_on is '住所地特例の始まり (施設へ住所を移した日)';
comment on column eligibility.residence_provision.held is '届け出られた期間。施設の入所が途切れれば、その日までしか効かない';
comment on column eligibility.residence_provision.kind is '種類。当広域 この広域連合の被保険者が区域の外の施設にいる、他広域 ほかの広域連合の被保険者が区域の中の施設にいる、国保 国保の住所地特例を受けていた人 (法55条の2)';
comment on column eligibility.residence_provision.insurer_union is '保険者となる広域連合のコード。国保では、国保の保険者である市区町村の属する広域連合';
comment on column eligibility.residence_provision.insurer_number is '保険者番号 (国保では国保の保険者番号)';
comment on column eligibility.residence_provision.receipt_number is '適用の届書の受付番号';
comment on column eligibility.residence_provision.ended_receipt_number is '終了の届書の受付番号';

create table eligibility.facility_stay (
  resident_key bigint not null,
  entered_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null check (not isempty(held)),
  facility_kind text not null check (facility_kind <> ''),
  facility_name text not null check (facility_name <> ''),
  facility_address text not null check (facility_address <> ''),
  receipt_number text not null,
  left_receipt_number text,
  primary key (resident_key, entered_on),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = entered_on),
  check (not (left_receipt_number is not null and upper_inf(held))),
  exclude using gist (resident_key with =, held with &&)
);
comment on table eligibility.facility_stay is '施設の入所。住所地特例は、切れ目なく続く施設の間だけ続き、保険者は最初の施設の前の広域連合である。';
comment on column eligibility.facility_stay.resident_key is '住民の鍵';
comment on column eligibility.facility_stay.union_code is '広域連合コード';
comment on column eligibility.facility_stay.municipality_code is '市区町村コード';
comment on column eligibility.facility_stay.entered_on is '入所した日 (住所を移した日)';
comment on column eligibility.facility_stay.held is '入所の期間 (退所した日を含まない)';
comment on column eligibility.facility_stay.facility_kind is '施設の種類 (法55条1項各号)';
comment on column eligibility.facility_stay.facility_name is '施設の名前';
comment on column eligibility.facility_stay.facility_address is '施設の所在地。支援措置の対象の人の住所として扱う';
comment on column eligibility.facility_stay.receipt_number is '届書の受付番号';
comment on column eligibility.facility_stay.left_receipt_number is '退所を届け出た届書の受付番号。次の施設の届出で閉じたときはその受付番号';

create table eligibility.stay_exclusion (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  kind text not null check (kind in ('3', '4', '5')),
  held daterange not null check (not isempty(held)),
  receipt_number text not null,
  ended_receipt_number text,
  primary key (resident_key, began_on),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = began_on),
  check ((ended_receipt_number is null) = upper_inf(held)),
  exclude using gist (resident_key with =, held with &&)
);
comment on table eligibility.stay_exclusion is '在留による適用除外 (則9条)。窓口で聞いたものだけ。住民基本台帳情報の適用除外区分はこれを言わない。';
comment on column eligibility.stay_exclusion.resident_key is '住民の鍵';
comment on column eligibility.stay_exclusion.union_code is '広域連合コード';
comment on column eligibility.stay_exclusion.municipality_code is '市区町村コード';
comment on column eligibility.stay_exclusion.began_on is '適用除外の始まり';
comment on column eligibility.stay_exclusion.kind is '種類。3 在留期間3月以下、4 医療滞在、5 観光・保養';
comment on column eligibility.stay_exclusion.held is '適用除外の期間';
comment on column eligibility.stay_exclusion.receipt_number is '届書の受付番号';
comment on column eligibility.stay_exclusion.ended_receipt_number is '終わりを届け出た届書の受付番号';

alter table eligibility.application_exclusion drop constraint application_exclusion_kind_check;
alter table eligibility.application_exclusion add constraint application_exclusion_kind_check
  check (kind in ('1', '2', '3', '4', '5', '6'));
comment on table eligibility.application_exclusion is '適用除外の期間 (法51条)。住民の記録と届書から読んだ今の姿。';
comment on column eligibility.application_exclusion.kind is '適用除外区分 (1生活保護 2支援給付 3在留期間3月以下 4医療滞在 5観光・保養 6在留期間の満了)';

-- 75歳になると、資格は切れ目なく続き、もとだけが変わる。
alter table eligibility.entitlement add column basis text not null default '1' check (basis in ('1', '2'));
comment on table eligibility.entitlement is '被保険者資格の期間。保険者番号 (市区町村) か資格のもとが変わるごとに一行。重なる期間は登録できない。決定 (entitlement_event) を積み上げた今の姿であり、いつでも作り直せる。';
comment on column eligibility.entitlement.basis is '資格のもと (1 法50条1号の年齢、2 法50条2号の障害認定)';
comment on column eligibility.entitlement.ground_lost is '資格喪失事由 (01死亡 02転出 03適用除外 04障害認定の撤回・障害状態不該当 09その他)';

-- 名寄せ ----------------------------------------------------------------------

create table eligibility.person_link_decision (
  resident_key bigint not null,
  other_resident_key bigint not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  municipality_code text not null,
  decided_at timestamptz not null,
  same boolean,
  reason text not null check (reason <> ''),
  account uuid not null,
  primary key (resident_key, other_resident_key, sequence),
  check (resident_key / 10000000000 = union_code),
  check (other_resident_key / 10000000000 = union_code),
  check (resident_key < other_resident_key)
);
create index person_link_decision_other on eligibility.person_link_decision (other_resident_key);
comment on table eligibility.person_link_decision is '同じ人か別の人かの、担当者の判断。足すだけで直さない。一組について最後の判断が効く。';
comment on column eligibility.person_link_decision.resident_key is '住民の鍵 (二つのうち小さい方)';
comment on column eligibility.person_link_decision.other_resident_key is '住民の鍵 (大きい方)';
comment on column eligibility.person_link_decision.sequence is '判断の順番 (1から)';
comment on column eligibility.person_link_decision.union_code is '広域連合コード';
comment on column eligibility.person_link_decision.municipality_code is '市区町村コード (小さい方の住民の)';
comment on column eligibility.person_link_decision.decided_at is '判断した時刻';
comment on column eligibility.person_link_decision.same is '同じ人であるか。空は、前の判断を取り消して記録だけに任せること';
comment on column eligibility.person_link_decision.reason is '判断の理由';
comment on column eligibility.person_link_decision.account is '判断した利用者';

-- 紐付けは解けることがある。解いたことも一行として足し、最後の行が今を言う。
alter table eligibility.resident_link drop constraint resident_link_pkey;
alter table eligibility.resident_link add column sequence integer not null default 1 check (sequence > 0);
alter table eligibility.resident_link add primary key (subject_key, resident_key, sequence);
alter table eligibility.resident_link drop constraint resident_link_ground_check;
alter table eligibility.resident_link add constraint resident_link_ground_check
  check (ground in ('新規付番', '個人番号一致', '同じ人の判断', '切離し'));
comment on table eligibility.resident_link is '宛名番号・個人番号・被保険者番号の紐付け。被保険者と、その人の市区町村ごとの住民の記録を結ぶ。足すだけで直さない。今の紐付けは linked_resident にある。';
comment on column eligibility.resident_link.sequence is '同じ被保険者と住民についての順番 (1から)。最後の行が今を言う';
comment on column eligibility.resident_link.ground is '結んだ理由。切離しは、別の人と分かって解いたこと';
grant delete on eligibility.number_directory to koiki_union_app;

alter table eligibility.disability_certification enable row level security;
create policy scope on eligibility.disability_certification
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.disability_certification to koiki_union_app;

alter table eligibility.residence_provision enable row level security;
create policy scope on eligibility.residence_provision
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.residence_provision to koiki_union_app;

alter table eligibility.facility_stay enable row level security;
create policy scope on eligibility.facility_stay
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.facility_stay to koiki_union_app;

alter table eligibility.stay_exclusion enable row level security;
create policy scope on eligibility.stay_exclusion
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.stay_exclusion to koiki_union_app;

alter table eligibility.person_link_decision enable row level security;
create policy scope on eligibility.person_link_decision
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.person_link_decision to koiki_union_app;

-- 窓 --------------------------------------------------------------------------

create view eligibility.linked_resident with (security_invoker = true) as
  select l.*
  from eligibility.resident_link l
  where l.ground <> '切離し'
    and not exists (
      select from eligibility.resident_link later
       where later.subject_key = l.subject_key and later.resident_key = l.resident_key
         and later.sequence > l.sequence);
comment on view eligibility.linked_resident is '今の紐付け。解いたものは出ない。';

create view eligibility.disability_period with (security_invoker = true) as
  select
    d.union_code, d.municipality_code, d.resident_key, r.subject_key, d.certified_on,
    upper(d.held) as ended_on, d.ground, d.evidence_kind, d.evidence_until
  from eligibility.disability_certification d
  join eligibility.resident r on r.resident_key = d.resident_key;
comment on view eligibility.disability_period is '障害認定の期間と、書類の有効期限。';

create view eligibility.provision_period with (security_invoker = true) as
  select
    p.union_code, p.municipality_code, p.resident_key, r.subject_key, p.kind, p.began_on,
    upper(p.held) as ended_on, p.insurer_union, p.insurer_number
  from eligibility.residence_provision p
  join eligibility.resident r on r.resident_key = p.resident_key;
comment on view eligibility.provision_period is '住所地特例の期間。';

create view eligibility.person_stay with (security_invoker = true) as
  select p.union_code, p.municipality_code, p.subject_key, c.resident_kind, c.stay_until
  from eligibility.insured_person p
  join eligibility.resident r on r.resident_key = p.resident_key
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version;
comment on view eligibility.person_stay is '被保険者の住民種別と在留期間満了日 (資格確認書の有効期限に使う)。';

create or replace view eligibility.entitlement_period with (security_invoker = true) as
  select
    e.subject_key, e.union_code, e.municipality_code, e.insurer_number, p.insured_number,
    e.resident_key, r.addressee_number, p.birth_date, p.sex,
    e.began_on, upper(e.held) as ended_on,
    e.acquired_on, e.ground_acquired, e.lost_on, e.ground_lost, e.basis
  from eligibility.entitlement e
  join eligibility.insured_person p on p.subject_key = e.subject_key
  join eligibility.resident r on r.resident_key = e.resident_key;
comment on column eligibility.entitlement_period.basis is '資格のもと (1 年齢、2 障害認定)';

grant select on
  eligibility.linked_resident, eligibility.disability_period, eligibility.provision_period,
  eligibility.person_stay
  to koiki_union_app;
