-- 資格確認書等の章が読む窓。いずれも読む者の権限で動く。支援措置の対象の人の住所は、どの窓からも出ない。

create or replace view eligibility.entitlement_period with (security_invoker = true) as
  select
    e.subject_key, e.union_code, e.municipality_code, e.insurer_number, p.insured_number,
    e.resident_key, r.addressee_number, p.birth_date, p.sex,
    e.began_on, upper(e.held) as ended_on,
    e.acquired_on, e.ground_acquired, e.lost_on, e.ground_lost,
    e.basis
  from eligibility.entitlement e
  join eligibility.insured_person p on p.subject_key = e.subject_key
  join eligibility.resident r on r.resident_key = e.resident_key;
comment on column eligibility.entitlement_period.basis is '資格のもと (1 年齢、2 障害認定)';

create view eligibility.registered_residence with (security_invoker = true) as
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
    select c.support_kind = '1' or coalesce(p.under_support_measure, false) as protected
  ) s;
comment on view eligibility.registered_residence is '住民の今の住所と世帯。支援措置の対象の人の住所は空。';
comment on column eligibility.registered_residence.protected is '支援措置が効いているか';
comment on column eligibility.registered_residence.stay_until is '在留期間満了日 (外国人だけ)';

create view eligibility.disability_evidence with (security_invoker = true) as
  select
    r.subject_key, d.resident_key, d.union_code, d.municipality_code, d.certified_on, d.held,
    d.evidence_kind, d.evidence_until
  from eligibility.disability_certification d
  join eligibility.resident r on r.resident_key = d.resident_key;
comment on view eligibility.disability_evidence is '障害認定と、そのもとになった書類の有効期限。';

create view eligibility.support_period with (security_invoker = true) as
  select r.subject_key, s.resident_key, s.union_code, s.municipality_code, s.began_on, s.held
  from eligibility.support_measure s
  join eligibility.resident r on r.resident_key = s.resident_key;
comment on view eligibility.support_period is '支援措置の期間。';

create view eligibility.residence_provision_period with (security_invoker = true) as
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
    select c.support_kind = '1' or coalesce(p.under_support_measure, false) as protected
  ) w
  left join lateral (
    select s.facility_kind, s.facility_name, s.facility_address, s.entered_on, s.held
    from eligibility.facility_stay s
    where s.resident_key = v.resident_key and s.held && v.held
    order by s.entered_on desc
    limit 1
  ) f on true;
comment on view eligibility.residence_provision_period is '住所地特例と、いまの (終わっていれば最後の) 施設。支援措置の対象の人の施設の名前と所在地は空。';

grant select on
  eligibility.entitlement_period, eligibility.registered_residence,
  eligibility.disability_evidence, eligibility.support_period,
  eligibility.residence_provision_period
  to koiki_union_app;
