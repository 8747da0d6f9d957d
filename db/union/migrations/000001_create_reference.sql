create extension btree_gist;
create extension pg_trgm;

create schema reference;
comment on schema reference is '参照表。版とともに改まり、業務の中では書き換えない。';
grant usage on schema reference to :app, :vault, :operator;

create table reference.union_body (
  union_code smallint not null,
  name text not null,
  primary key (union_code),
  check (union_code between 1 and 47)
);
comment on table reference.union_body is '後期高齢者医療広域連合';
comment on column reference.union_body.union_code is '都道府県番号（JIS X 0401）';
comment on column reference.union_body.name is '広域連合の名称';

create table reference.municipality (
  municipality_code text not null,
  union_code smallint not null references reference.union_body,
  name text not null,
  kana text not null,
  insurer_number text not null,
  insurer_number_unverified boolean not null,
  primary key (municipality_code),
  unique (union_code, municipality_code),
  check (municipality_code ~ '^[0-9]{6}$'),
  check (left(municipality_code, 2)::smallint = union_code),
  check (insurer_number ~ '^[0-9]{8}$')
);
comment on table reference.municipality is '市区町村（広域連合を構成する団体）';
comment on column reference.municipality.municipality_code is '全国地方公共団体コード（6桁、検査数字を含む）';
comment on column reference.municipality.union_code is '属する広域連合の都道府県番号';
comment on column reference.municipality.name is '市区町村名';
comment on column reference.municipality.kana is '市区町村名のよみ（ひらがな）';
comment on column reference.municipality.insurer_number is '保険者番号（8桁、法別番号39）';
comment on column reference.municipality.insurer_number_unverified is '保険者番号の割当てが公の資料で確かめられていないとき真';

grant select on reference.union_body, reference.municipality to :app, :vault, :operator;
