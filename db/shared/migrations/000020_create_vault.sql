-- 金庫。個人番号は封じて sealed_number に、探し札は blind_index に置き、業務の表は札 (token) だけを持つ。封の鍵も
-- 探し札の鍵もデータベースの外にある。二つの表に分けるのは、どの一意も表の先頭の値で決まるようにするためと、
-- 探し札の鍵を替えるときに封に触れずに済むようにするためである。

create schema vault;
comment on schema vault is '金庫。個人番号の封、個人番号から札を引く探し札、鍵の版の台帳。';
grant usage on schema vault to :app, :vault;
-- 金庫の役の取引も、世界の時計で時を知る。
grant usage on schema work to :vault;
grant select on work.clock to :vault;

create table vault.key_version (
  kind text not null,
  version smallint not null,
  check_value bytea not null,
  registered_at timestamptz not null,
  primary key (kind, version),
  check (kind in ('seal', 'index')),
  check (version > 0),
  check (octet_length(check_value) = 16)
);
comment on table vault.key_version is '鍵の版の台帳。鍵そのものは持たず、鍵の保管先にある鍵がこのデータベースのものかを確かめる値だけを持つ。';
comment on column vault.key_version.kind is '鍵の種類。seal 封の鍵、index 探し札の鍵';
comment on column vault.key_version.version is '鍵の版 (1から)';
comment on column vault.key_version.check_value is '鍵の確かめの値。鍵から一方向に作る16バイト';
comment on column vault.key_version.registered_at is 'この版を初めて使った時刻';
grant select, insert on vault.key_version to :app;
grant select on vault.key_version to :vault;

create table vault.sealed_number (
  token uuid not null,
  union_code smallint not null,
  holder text not null,
  seal_key_version smallint not null,
  sealed bytea not null,
  sealed_at timestamptz not null,
  primary key (token),
  check (holder like 'union:__' or holder like 'municipality:______'),
  check (seal_key_version > 0),
  check (octet_length(sealed) = 41)
);
comment on table vault.sealed_number is '封じた個人番号。認証付き暗号 (AES-256-GCM) で、当事者・広域連合・札・鍵の版に結び付けて封じる。行を入れ替えると開かない。直さない、消さない。';
comment on column vault.sealed_number.token is '札。業務の表が個人番号の代わりに持つ、意味のない乱数';
comment on column vault.sealed_number.union_code is '広域連合コード (都道府県番号2桁)';
comment on column vault.sealed_number.holder is '番号を保有する当事者 (union:43、municipality:431001)';
comment on column vault.sealed_number.seal_key_version is '封の鍵の版';
comment on column vault.sealed_number.sealed is '封。形の番号1バイト、使い捨ての値12バイト、暗号文12バイト、認証の値16バイト';
comment on column vault.sealed_number.sealed_at is '封じた時刻';
alter table vault.sealed_number enable row level security;
create policy scope on vault.sealed_number
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and holder in (
      'union:' || current_setting('koiki.union', true),
      'municipality:' || current_setting('koiki.municipality', true)
    )
  );
-- 封を読めるのは金庫の役だけ。業務の役は入れることと、札があるかを見ることしかできない。
grant insert on vault.sealed_number to :app;
grant select (token, union_code, holder, seal_key_version, sealed_at) on vault.sealed_number to :app;
grant select on vault.sealed_number to :vault;

create table vault.blind_index (
  blind_index bytea not null,
  union_code smallint not null,
  holder text not null,
  index_key_version smallint not null,
  token uuid not null,
  indexed_at timestamptz not null,
  primary key (blind_index),
  check (holder like 'union:__' or holder like 'municipality:______'),
  check (index_key_version > 0),
  check (octet_length(blind_index) = 32)
);
comment on table vault.blind_index is '探し札 (個人番号の鍵付き索引、HMAC-SHA-256)。個人番号から札を引く。鍵がなければ番号から作れず、当事者が違えば同じ番号でも別の値になる。';
comment on column vault.blind_index.blind_index is '探し札。当事者と個人番号から探し札の鍵で作る32バイト';
comment on column vault.blind_index.union_code is '広域連合コード (都道府県番号2桁)';
comment on column vault.blind_index.holder is '番号を保有する当事者 (union:43、municipality:431001)';
comment on column vault.blind_index.index_key_version is '探し札の鍵の版';
comment on column vault.blind_index.token is '札';
comment on column vault.blind_index.indexed_at is '探し札を入れた時刻';
alter table vault.blind_index enable row level security;
create policy scope on vault.blind_index
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and holder in (
      'union:' || current_setting('koiki.union', true),
      'municipality:' || current_setting('koiki.municipality', true)
    )
  );
grant select, insert on vault.blind_index to :app;
grant select on vault.blind_index to :vault;
