-- 「同じ住所・別の世帯」で止めない住所。届け出られた施設と、人が一度確かめた住所。

create view eligibility.facility_address with (security_invoker = true) as
  select distinct f.union_code, f.facility_name, f.facility_address
  from eligibility.facility_stay f;
comment on view eligibility.facility_address is '届書で入所を届け出られた施設の名と所在地。だれがいるかは出さない。';
grant select on eligibility.facility_address to koiki_union_app;

create table certificates.address_confirmation (
  union_code smallint not null,
  municipality_code text not null,
  place_key text not null check (char_length(place_key) = 32),
  sequence integer not null check (sequence > 0),
  confirmed boolean not null,
  note text not null check (note <> ''),
  account uuid not null,
  account_name text not null,
  told_at timestamptz not null,
  primary key (municipality_code, place_key, sequence)
);
comment on table certificates.address_confirmation is '住所の確かめ。別の世帯が同じ住所にいてよいと、人が確かめたこと、またはその取消。最後の行が効き、住所のだれの郵送も止めない。足すだけで直さない。';
comment on column certificates.address_confirmation.union_code is '広域連合コード';
comment on column certificates.address_confirmation.municipality_code is '住所のある市区町村コード';
comment on column certificates.address_confirmation.place_key is '住所の要約値 (字が同じなら同じ住所)';
comment on column certificates.address_confirmation.sequence is '何番目か (1から)';
comment on column certificates.address_confirmation.confirmed is '確かめたなら真、その取消なら偽';
comment on column certificates.address_confirmation.note is '何を見て確かめたか、または取り消すわけ';
comment on column certificates.address_confirmation.account is '行った利用者の番号';
comment on column certificates.address_confirmation.account_name is '行った利用者の名前 (そのとき)';
comment on column certificates.address_confirmation.told_at is '行った時刻';

alter table certificates.address_confirmation enable row level security;
create policy scope on certificates.address_confirmation
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.address_confirmation to koiki_union_app;
