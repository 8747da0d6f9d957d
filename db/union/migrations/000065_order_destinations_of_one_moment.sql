-- 同じ時刻に確かめた二つの送付先は、受付番号の後の方が効く。

create or replace view eligibility.mailing_destination_in_force with (security_invoker = true) as
  select
    d.union_code, d.municipality_code, d.resident_key, r.subject_key, d.covers, d.recipient_name,
    d.relation, d.address, d.effective_on, d.receipt_number
  from eligibility.mailing_destination d
  join eligibility.mailing_destination_check c
    on c.resident_key = d.resident_key and c.filing_id = d.filing_id and c.agreed
  join eligibility.filing_standing s on s.filing_id = d.filing_id and s.state = 'granted'
  join eligibility.resident r on r.resident_key = d.resident_key
  where not d.ends
    and not exists (
      select
      from eligibility.mailing_destination later
      join eligibility.mailing_destination_check agreed
        on agreed.resident_key = later.resident_key and agreed.filing_id = later.filing_id
        and agreed.agreed
      join eligibility.filing_standing standing
        on standing.filing_id = later.filing_id and standing.state = 'granted'
      where later.resident_key = d.resident_key
        and later.covers = d.covers
        and (agreed.checked_at, later.receipt_number) > (c.checked_at, d.receipt_number)
    );
