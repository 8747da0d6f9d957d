-- 2人目がまだ確かめていない送付先。文書を郵送する章は、確かめが済むまで送らない。

create view eligibility.unchecked_destination with (security_invoker = true) as
  select
    d.union_code, d.municipality_code, d.resident_key, r.subject_key, d.covers, d.effective_on,
    d.receipt_number
  from eligibility.mailing_destination d
  join eligibility.filing_standing s on s.filing_id = d.filing_id and s.state = 'awaitingCheck'
  join eligibility.resident r on r.resident_key = d.resident_key;
comment on view eligibility.unchecked_destination is '2人目の確かめを待っている送付先の届け。宛先そのものは出さない。';

grant select on eligibility.unchecked_destination to koiki_union_app;

create view eligibility.resident_in_brief with (security_invoker = true) as
  select
    r.resident_key, r.union_code, r.municipality_code, r.subject_key, p.insured_number, c.name,
    c.name_kana, c.birth_date, c.sex
  from eligibility.resident r
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version
  left join eligibility.insured_person p on p.subject_key = r.subject_key;
comment on view eligibility.resident_in_brief is '住民の氏名と生年月日。被保険者でない人も出る。住所は出さない。';

grant select on eligibility.resident_in_brief to koiki_union_app;
