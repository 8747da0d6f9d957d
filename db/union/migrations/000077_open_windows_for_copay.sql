-- 一部負担金の割合の章が読む窓。だれについて新しいことが分かったか、その人がどの世帯にいた (と言われた) か。

create view eligibility.known_change with (security_invoker = true) as
  select c.resident_key, c.union_code, c.municipality_code, c.recorded_at as known_at
  from eligibility.resident_record c
  union all
  select p.resident_key, e.union_code, e.municipality_code, e.decided_at
  from eligibility.entitlement_event e
  join eligibility.insured_person p on p.subject_key = e.subject_key;
comment on view eligibility.known_change is '住民の記録が届いた時刻と、資格を決定した時刻。後の章が、変わった人だけを見るために読む。';

create view eligibility.recorded_household with (security_invoker = true) as
  select distinct c.resident_key, c.union_code, c.municipality_code, c.household_number
  from eligibility.resident_record c
  where c.household_number is not null;
comment on view eligibility.recorded_household is '住民がいたと一度でも記録された世帯。訂正で消えた世帯も出る。';

grant select on eligibility.known_change, eligibility.recorded_household to koiki_union_app;
