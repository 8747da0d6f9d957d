-- 他の章が読む窓。表ではなく、ここだけを読む。いずれも読む者の権限で動く (行単位の権限が効く)。

create view eligibility.addressee_number with (security_invoker = true) as
  select d.union_code, d.municipality_code, d.addressee_number, d.resident_key, r.subject_key
  from eligibility.resident_directory d
  join eligibility.resident r on r.resident_key = d.resident_key;
comment on view eligibility.addressee_number is '宛名番号から住民の鍵と被保険者の鍵を引く。';
comment on column eligibility.addressee_number.union_code is '広域連合コード';
comment on column eligibility.addressee_number.municipality_code is '市区町村コード';
comment on column eligibility.addressee_number.addressee_number is '宛名番号';
comment on column eligibility.addressee_number.resident_key is '住民の鍵';
comment on column eligibility.addressee_number.subject_key is '被保険者の鍵 (資格を得るまでは空)';

create view eligibility.entitlement_period with (security_invoker = true) as
  select
    e.subject_key, e.union_code, e.municipality_code, e.insurer_number, p.insured_number,
    e.resident_key, r.addressee_number, p.birth_date, p.sex,
    e.began_on, upper(e.held) as ended_on,
    e.acquired_on, e.ground_acquired, e.lost_on, e.ground_lost
  from eligibility.entitlement e
  join eligibility.insured_person p on p.subject_key = e.subject_key
  join eligibility.resident r on r.resident_key = e.resident_key;
comment on view eligibility.entitlement_period is '被保険者資格の期間。保険者番号が変わるごとに一行。広域連合の被保険者である期間は acquired_on から lost_on の前日まで。';
comment on column eligibility.entitlement_period.subject_key is '被保険者の鍵';
comment on column eligibility.entitlement_period.union_code is '広域連合コード';
comment on column eligibility.entitlement_period.municipality_code is '市区町村コード';
comment on column eligibility.entitlement_period.insurer_number is '保険者番号';
comment on column eligibility.entitlement_period.insured_number is '被保険者番号';
comment on column eligibility.entitlement_period.resident_key is '住民の鍵';
comment on column eligibility.entitlement_period.addressee_number is '宛名番号';
comment on column eligibility.entitlement_period.birth_date is '生年月日';
comment on column eligibility.entitlement_period.sex is '性別';
comment on column eligibility.entitlement_period.began_on is 'この市区町村での期間の始まり';
comment on column eligibility.entitlement_period.ended_on is 'この市区町村での期間の終わり (この日を含まない。続いていれば空)';
comment on column eligibility.entitlement_period.acquired_on is '資格取得年月日';
comment on column eligibility.entitlement_period.ground_acquired is '資格取得事由';
comment on column eligibility.entitlement_period.lost_on is '資格喪失年月日';
comment on column eligibility.entitlement_period.ground_lost is '資格喪失事由';

create view eligibility.person with (security_invoker = true) as
  select
    p.subject_key, p.union_code, p.municipality_code, p.insured_number, p.resident_key,
    r.addressee_number, p.name, p.name_kana, p.name_sort, p.birth_date, p.sex,
    p.under_support_measure
  from eligibility.insured_person p
  join eligibility.resident r on r.resident_key = p.resident_key;
comment on view eligibility.person is '被保険者の本人の情報。住所は持たない (住所は支援措置を見てから渡す)。';
comment on column eligibility.person.subject_key is '被保険者の鍵';
comment on column eligibility.person.union_code is '広域連合コード';
comment on column eligibility.person.municipality_code is '今の (喪失後は最後の) 市区町村コード';
comment on column eligibility.person.insured_number is '被保険者番号';
comment on column eligibility.person.resident_key is '住民の鍵';
comment on column eligibility.person.addressee_number is '宛名番号';
comment on column eligibility.person.name is '氏名';
comment on column eligibility.person.name_kana is '氏名カナ';
comment on column eligibility.person.name_sort is '並べる順';
comment on column eligibility.person.birth_date is '生年月日';
comment on column eligibility.person.sex is '性別';
comment on column eligibility.person.under_support_measure is '支援措置が効いているか';

-- 賦課期日の世帯。賦課期日は p_from (4月1日)、その後に資格を得た人は取得の日。その日の市区町村の記録が届いて
-- いない人 (県内の転入から届き始めた人) は、記録の始まる日の世帯でみる。
-- 一つの単位 = 市区町村・世帯番号・賦課期日。構成員は、その日の被保険者の全員と世帯主。
-- assessed は、その人自身の賦課期日がこの単位の日であること (他の日の単位では軽減の判定にだけ数える)。
create function eligibility.assessment_member(p_from date, p_until date)
returns table (
  union_code smallint, municipality_code text, household_number text, determination_on date,
  resident_key bigint, addressee_number text, is_head boolean, birth_date date,
  subject_key bigint, insured_from date, insured_until date, assessed boolean
)
language sql stable
-- 行単位の権限の下では、表の大きさが計画に見えない。全員を読むので、どの大きさでも突き合わせは hash がよい。
set enable_nestloop = off
as $$
  with placed as (
    select
      e.union_code, e.municipality_code, m.household_number,
      greatest(p_from, e.began_on) as determination_on,
      e.resident_key, e.subject_key, e.acquired_on, e.lost_on
    from eligibility.entitlement e
    left join eligibility.household_membership m
      on m.resident_key = e.resident_key and m.held @> greatest(p_from, e.began_on)
    where e.acquired_on < p_until
      and (e.lost_on is null or e.lost_on > p_from)
      and e.began_on < p_until
      and (upper(e.held) is null or upper(e.held) > p_from)
      -- 年度の中のその資格の最初の期間だけ。ふつうは日付で分かり、まれな人だけ前の期間をさがす。
      and (
        e.began_on <= p_from
        or e.began_on = e.acquired_on
        or not exists (
          select
          from eligibility.entitlement o
          where o.subject_key = e.subject_key
            and o.acquired_on = e.acquired_on
            and o.began_on < e.began_on
            and upper(o.held) > p_from
        )
      )
  ),
  unit as (
    select distinct p.municipality_code, p.household_number, p.determination_on
    from placed p
    where p.household_number is not null
  ),
  member as (
    select
      m.union_code, m.municipality_code, m.household_number, u.determination_on,
      m.resident_key,
      -- 届く記録は今の続柄しか言わない。同じ日に世帯主が2人になるのは、先にいなくなる人がその日までの世帯主
      -- で、後の人がそれを継いだとき。
      m.is_head and row_number() over (
        partition by u.municipality_code, u.household_number, u.determination_on, m.is_head
        order by upper(m.held) nulls last, m.resident_key
      ) = 1 as is_head,
      e.subject_key, e.acquired_on, e.lost_on,
      greatest(p_from, e.began_on) = u.determination_on
        and (
          e.began_on <= p_from
          or e.began_on = e.acquired_on
          or not exists (
            select
            from eligibility.entitlement o
            where o.subject_key = e.subject_key
              and o.acquired_on = e.acquired_on
              and o.began_on < e.began_on
              and upper(o.held) > p_from
          )
        ) as assessed
    from unit u
    join eligibility.household_membership m
      on m.municipality_code = u.municipality_code
      and m.household_number = u.household_number
      and m.held @> u.determination_on
    left join eligibility.entitlement e
      on e.resident_key = m.resident_key and e.held @> u.determination_on
    where m.is_head or e.subject_key is not null
    union all
    select
      p.union_code, p.municipality_code, null, p.determination_on,
      p.resident_key, true, p.subject_key, p.acquired_on, p.lost_on, true
    from placed p
    where p.household_number is null
  )
  select
    m.union_code, m.municipality_code, m.household_number, m.determination_on,
    m.resident_key, r.addressee_number, m.is_head, c.birth_date,
    m.subject_key, m.acquired_on, m.lost_on,
    coalesce(m.subject_key is not null and m.assessed, false)
  from member m
  join eligibility.resident r on r.resident_key = m.resident_key
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version
  where m.is_head or m.subject_key is not null
  order by
    m.municipality_code collate "C", m.household_number collate "C", m.determination_on,
    case when m.household_number is null then m.resident_key end,
    m.is_head desc, m.resident_key
$$;
comment on function eligibility.assessment_member(date, date) is '賦課期日の世帯の構成員 (被保険者の全員と世帯主)。p_from は年度の初日、p_until は翌年度の初日。市区町村・世帯・賦課期日の順に並ぶ。household_number が空の行 (世帯の記録がない住登外者など) は一行で一世帯とみる。';

grant select on
  eligibility.addressee_number, eligibility.entitlement_period, eligibility.person
  to koiki_union_app;
revoke execute on function eligibility.assessment_member(date, date) from public;
grant execute on function eligibility.assessment_member(date, date) to koiki_union_app;
