-- 配信の控え。何を知らせたかを持ち、次からは変わったものだけを知らせる。

create table certificates.certificate_delivery (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  digest bytea not null,
  transmission_id uuid not null,
  delivered_at timestamptz not null,
  primary key (subject_key, municipality_code, issue_number),
  check (subject_key / 100000000 = union_code)
);
comment on table certificates.certificate_delivery is '被保険者証等発行用情報の配信の控え。';
comment on column certificates.certificate_delivery.subject_key is '被保険者の鍵';
comment on column certificates.certificate_delivery.municipality_code is '市区町村コード';
comment on column certificates.certificate_delivery.issue_number is '何通目か';
comment on column certificates.certificate_delivery.union_code is '広域連合コード';
comment on column certificates.certificate_delivery.digest is '知らせた内容の要約値';
comment on column certificates.certificate_delivery.transmission_id is '最後に知らせた送信';
comment on column certificates.certificate_delivery.delivered_at is '最後に知らせた時刻';

alter table certificates.certificate_delivery enable row level security;
create policy scope on certificates.certificate_delivery
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on certificates.certificate_delivery to koiki_union_app;

create table certificates.provision_delivery (
  resident_key bigint not null,
  municipality_code text not null,
  began_on date not null,
  union_code smallint not null,
  provision_kind text not null,
  insurer_union text not null,
  cancelled boolean not null,
  digest bytea not null,
  transmission_id uuid not null,
  delivered_at timestamptz not null,
  primary key (resident_key, municipality_code, began_on),
  check (resident_key / 10000000000 = union_code)
);
comment on table certificates.provision_delivery is '住所地特例者情報の配信の控え。';
comment on column certificates.provision_delivery.resident_key is '住民の鍵';
comment on column certificates.provision_delivery.municipality_code is '市区町村コード';
comment on column certificates.provision_delivery.began_on is '適用開始年月日';
comment on column certificates.provision_delivery.union_code is '広域連合コード';
comment on column certificates.provision_delivery.provision_kind is '住所地特例区分';
comment on column certificates.provision_delivery.insurer_union is '保険者となる広域連合のコード';
comment on column certificates.provision_delivery.cancelled is '取消を知らせたか';
comment on column certificates.provision_delivery.digest is '知らせた内容の要約値';
comment on column certificates.provision_delivery.transmission_id is '最後に知らせた送信';
comment on column certificates.provision_delivery.delivered_at is '最後に知らせた時刻';

alter table certificates.provision_delivery enable row level security;
create policy scope on certificates.provision_delivery
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on certificates.provision_delivery to koiki_union_app;
