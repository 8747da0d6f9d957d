-- 支援措置の二つの効果 (不開示該当・自己情報提供不可)。別々に付き、別々に解ける。2026年4月版の記録は一つの列しか持たないので、
-- これまでの支援措置には両方が付いていたとみる。

alter table eligibility.resident_record
  add column non_disclosure text not null default '0' check (non_disclosure in ('0', '1')),
  add column self_provision_disabled text not null default '0' check (self_provision_disabled in ('0', '1'));
update eligibility.resident_record
   set non_disclosure = '1', self_provision_disabled = '1'
 where support_kind = '1';
alter table eligibility.resident_record
  add constraint resident_record_support_effect
    check (support_kind = '0' or non_disclosure = '1' or self_provision_disabled = '1');
comment on column eligibility.resident_record.non_disclosure is '不開示該当フラグ (0/1)。支援措置があって効果の知らせがなければ1';
comment on column eligibility.resident_record.self_provision_disabled is '自己情報提供不可フラグ (0/1)。支援措置があって効果の知らせがなければ1';

alter table eligibility.support_measure
  add column non_disclosure boolean not null default true,
  add column self_provision_disabled boolean not null default true,
  add constraint support_measure_effect check (non_disclosure or self_provision_disabled);
comment on column eligibility.support_measure.non_disclosure is '不開示該当 (住所・電話・送付先を隠す) が付いているか。いまの姿で、いきさつは住民の記録にある';
comment on column eligibility.support_measure.self_provision_disabled is '自己情報提供不可 (本人からの自己情報の開示にも応じない) が付いているか';
comment on column eligibility.support_measure.held is '効いている期間。支援措置終了日の翌日の前まで';
comment on column eligibility.support_measure.announced_until is '支援措置終了日 (市区町村が知らせた予定。この日までは支援措置がある)';

alter table eligibility.insured_person
  add column self_provision_disabled boolean not null default false;
update eligibility.insured_person
   set self_provision_disabled = true
 where under_support_measure;
comment on column eligibility.insured_person.under_support_measure is '支援措置の不開示該当が効いているか (結び付いたどの市区町村の記録でも)。住所・電話・送付先を隠す。担当の範囲の外の記録による支援措置も、ここで分かる';
comment on column eligibility.insured_person.self_provision_disabled is '支援措置の自己情報提供不可が効いているか (結び付いたどの市区町村の記録でも)';

create or replace view eligibility.person with (security_invoker = true) as
  select
    p.subject_key, p.union_code, p.municipality_code, p.insured_number, p.resident_key,
    r.addressee_number, p.name, p.name_kana, p.name_sort, p.birth_date, p.sex,
    p.under_support_measure, p.self_provision_disabled
  from eligibility.insured_person p
  join eligibility.resident r on r.resident_key = p.resident_key;
comment on column eligibility.person.under_support_measure is '支援措置の不開示該当が効いているか';
comment on column eligibility.person.self_provision_disabled is '支援措置の自己情報提供不可が効いているか';

create or replace view eligibility.registered_residence with (security_invoker = true) as
  select
    r.resident_key, r.union_code, r.municipality_code, r.addressee_number, r.subject_key,
    c.household_number, c.status,
    case when c.birth_date_unknown = '1' then c.birth_date_text end as birth_date_text,
    case when c.resident_kind = '2' then c.stay_until end as stay_until,
    s.protected,
    case when not s.protected then c.postal_code end as postal_code,
    case when not s.protected then c.prefecture_name end as prefecture_name,
    case when not s.protected then c.municipality_name end as municipality_name,
    case when not s.protected then c.town_name end as town_name,
    case when not s.protected then c.house_number end as house_number,
    case when not s.protected then c.building end as building
  from eligibility.resident r
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version
  left join eligibility.insured_person p on p.subject_key = r.subject_key
  cross join lateral (
    select c.non_disclosure = '1' or coalesce(p.under_support_measure, false) as protected
  ) s;
comment on view eligibility.registered_residence is '住民の今の住所と世帯。支援措置の不開示該当の人の住所は空。';
comment on column eligibility.registered_residence.protected is '支援措置の不開示該当が効いているか';

create or replace view eligibility.support_period with (security_invoker = true) as
  select r.subject_key, s.resident_key, s.union_code, s.municipality_code, s.began_on, s.held,
    s.non_disclosure, s.self_provision_disabled
  from eligibility.support_measure s
  join eligibility.resident r on r.resident_key = s.resident_key;
comment on column eligibility.support_period.non_disclosure is '不開示該当が付いているか';
comment on column eligibility.support_period.self_provision_disabled is '自己情報提供不可が付いているか';

create or replace view eligibility.residence_provision_period with (security_invoker = true) as
  select
    v.resident_key, v.union_code, v.municipality_code, r.addressee_number, r.subject_key,
    v.began_on, upper(v.held) as ended_on, v.kind,
    coalesce(v.insurer_union, v.union_code) as insurer_union, v.insurer_number,
    c.name, c.name_kana, c.birth_date, c.sex, p.insured_number, w.protected,
    f.facility_kind,
    case when not w.protected then f.facility_name end as facility_name,
    case when not w.protected then f.facility_address end as facility_address,
    f.entered_on, upper(f.held) as left_on
  from eligibility.residence_provision v
  join eligibility.resident r on r.resident_key = v.resident_key
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version
  left join eligibility.insured_person p on p.subject_key = r.subject_key
  cross join lateral (
    select c.non_disclosure = '1' or coalesce(p.under_support_measure, false) as protected
  ) w
  left join lateral (
    select s.facility_kind, s.facility_name, s.facility_address, s.entered_on, s.held
    from eligibility.facility_stay s
    where s.resident_key = v.resident_key and s.held && v.held
    order by s.entered_on desc
    limit 1
  ) f on true;
comment on view eligibility.residence_provision_period is '住所地特例と、いまの (終わっていれば最後の) 施設。支援措置の不開示該当の人の施設の名前と所在地は空。';
