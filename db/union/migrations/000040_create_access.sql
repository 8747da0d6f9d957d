-- 利用者。住民や被保険者ではなく、職員と運用者の行である。サインインの前には担当の範囲がまだないので、範囲のない
-- 取引からは全部が見え、範囲のある取引からはその範囲の利用者だけが見える。

create schema access;
comment on schema access is '利用者、サインイン、権限の割当て。';
grant usage on schema access to koiki_union_app;

create table access.installation (
  id smallint not null,
  kind text not null,
  declared_at timestamptz not null,
  primary key (id),
  check (id = 1),
  check (kind in ('invented', 'office'))
);
comment on table access.installation is 'この据付けが仮想の世界か、実際の事務所か。一度決めたら変えられない。';
comment on column access.installation.id is '常に1';
comment on column access.installation.kind is 'invented 仮想の世界、office 実際の事務所';
comment on column access.installation.declared_at is '決めた時刻';
grant select, insert on access.installation to koiki_union_app;

create table access.account (
  account_id uuid not null,
  login_name text not null,
  display_name text not null,
  roles text[] not null,
  scope_union text,
  scope_municipality text,
  password_hash text not null,
  password_set_at timestamptz not null,
  demo boolean not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (account_id),
  unique (login_name),
  check (login_name ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
  check (display_name <> ''),
  check (cardinality(roles) > 0),
  check (roles <@ array['eligibilityClerk', 'premiumClerk', 'benefitsClerk', 'administrator', 'counterClerk', 'operator']),
  check (not ('operator' = any (roles)) or cardinality(roles) = 1),
  check (not ('counterClerk' = any (roles)) or cardinality(roles) = 1),
  check (('operator' = any (roles)) = (scope_union is null)),
  check ((scope_union is null) = (scope_municipality is null)),
  check (scope_union ~ '^[0-9]{2}$'),
  check (('counterClerk' = any (roles)) = (scope_municipality is not null and scope_municipality <> '*')),
  check (scope_municipality ~ '^([0-9]{6}|\*)$'),
  check (scope_municipality = '*' or left(scope_municipality, 2) = scope_union)
);
comment on table access.account is '利用者。広域連合の職員、市区町村の窓口の職員、集約機関の運用者。';
comment on column access.account.account_id is '利用者の番号';
comment on column access.account.login_name is '利用者名 (サインインに使う)';
comment on column access.account.display_name is '表示する名前';
comment on column access.account.roles is '役割。eligibilityClerk 資格担当、premiumClerk 賦課担当、benefitsClerk 給付担当、administrator 管理者、counterClerk 窓口担当、operator 運用者';
comment on column access.account.scope_union is '担当の広域連合 (都道府県番号2桁)。運用者にはない';
comment on column access.account.scope_municipality is '担当の市区町村コード。広域連合の職員は *、運用者にはない';
comment on column access.account.password_hash is 'パスワードの要約 (scrypt、塩と強さを含む)';
comment on column access.account.password_set_at is 'パスワードを決めた時刻';
comment on column access.account.demo is '仮想の世界の見本の利用者か';
comment on column access.account.created_at is '登録した時刻';
comment on column access.account.disabled_at is '使えなくした時刻';
alter table access.account enable row level security;
create policy scope on access.account
  using (
    coalesce(current_setting('koiki.union', true), '') = ''
    or (
      scope_union = current_setting('koiki.union', true)
      and (current_setting('koiki.municipality', true) = '*' or scope_municipality = current_setting('koiki.municipality', true))
    )
  );
grant select, insert on access.account to koiki_union_app;
-- 担当の範囲・役割・名前を変えるときは、使えなくして新しく登録する。
grant update (password_hash, password_set_at, disabled_at) on access.account to koiki_union_app;

create table access.session (
  token_digest bytea not null,
  account_id uuid not null references access.account,
  terminal text,
  address text,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (token_digest),
  check (octet_length(token_digest) = 32),
  check (started_at <= last_seen_at),
  check (started_at < expires_at)
);
comment on table access.session is 'サインインしている間。合言葉 (セッションの印) そのものは持たず、要約値だけを持つ。';
comment on column access.session.token_digest is 'セッションの印の要約値 (SHA-256)';
comment on column access.session.account_id is '利用者の番号';
comment on column access.session.terminal is '端末の名前';
comment on column access.session.address is '端末のネットワーク上の所在';
comment on column access.session.started_at is 'サインインした時刻';
comment on column access.session.last_seen_at is '最後に操作した時刻 (1分の粗さ)';
comment on column access.session.expires_at is '操作していても終わる時刻';
comment on column access.session.ended_at is '終わった時刻';
create index session_account on access.session (account_id) where ended_at is null;
grant select, insert on access.session to koiki_union_app;
grant update (last_seen_at, ended_at) on access.session to koiki_union_app;

create table access.failed_attempt (
  login_digest bytea not null,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (login_digest),
  check (octet_length(login_digest) = 32),
  check (failures >= 0)
);
comment on table access.failed_attempt is 'サインインのまちがい。打たれた利用者名の要約値で数えるので、いない利用者名でも同じように締め出す。';
comment on column access.failed_attempt.login_digest is '打たれた利用者名の要約値 (SHA-256)。利用者名の欄にパスワードを打つ人がいるので、字は残さない';
comment on column access.failed_attempt.failures is '続けてまちがえた回数';
comment on column access.failed_attempt.last_failed_at is '最後にまちがえた時刻';
comment on column access.failed_attempt.locked_until is 'この時刻まで締め出す';
grant select, insert, update, delete on access.failed_attempt to koiki_union_app;

create table access.enrolment_code (
  code_digest bytea not null,
  role text not null,
  scope_union text,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  primary key (code_digest),
  check (octet_length(code_digest) = 32),
  check (role in ('administrator', 'operator')),
  check ((role = 'operator') = (scope_union is null)),
  check (scope_union ~ '^[0-9]{2}$')
);
comment on table access.enrolment_code is '最初の管理者・運用者を登録するための、一度だけ使える合言葉。要約値だけを持つ。';
comment on column access.enrolment_code.code_digest is '合言葉の要約値 (SHA-256)';
comment on column access.enrolment_code.role is '登録できる役割';
comment on column access.enrolment_code.scope_union is '登録できる広域連合 (都道府県番号2桁)';
comment on column access.enrolment_code.issued_at is '出した時刻';
comment on column access.enrolment_code.expires_at is 'この時刻から使えない';
comment on column access.enrolment_code.closed_at is '使った時刻、または新しい合言葉に替えた時刻';
grant select, insert on access.enrolment_code to koiki_union_app;
grant update (closed_at) on access.enrolment_code to koiki_union_app;

create table access.event (
  event_id uuid not null,
  recorded_at timestamptz not null,
  kind text not null,
  account_id uuid,
  by_account_id uuid,
  scope_union text,
  scope_municipality text,
  terminal text,
  address text,
  primary key (event_id),
  check (kind in ('signedIn', 'refused', 'lockedOut', 'signedOut', 'idled', 'expired', 'enrolled', 'created', 'disabled', 'unlocked', 'passwordChanged'))
);
comment on table access.event is 'サインインと利用者の登録の記録。直さない、消さない。';
comment on column access.event.event_id is '記録の番号';
comment on column access.event.recorded_at is '起きた時刻';
comment on column access.event.kind is '種類。signedIn 入った、refused 断った、lockedOut 締め出した、signedOut 出た、idled 操作がなく終わった、expired 時間が来て終わった、enrolled 最初の登録、created 登録、disabled 使えなくした、unlocked 締出しを解いた、passwordChanged パスワードを替えた';
comment on column access.event.account_id is '利用者の番号。いない利用者名なら空';
comment on column access.event.by_account_id is '行った管理者の番号';
comment on column access.event.scope_union is '利用者の担当の広域連合';
comment on column access.event.scope_municipality is '利用者の担当の市区町村コード';
comment on column access.event.terminal is '端末の名前';
comment on column access.event.address is '端末のネットワーク上の所在';
create index event_recorded on access.event (recorded_at);
alter table access.event enable row level security;
create policy scope on access.event
  using (
    coalesce(current_setting('koiki.union', true), '') = ''
    or (
      scope_union = current_setting('koiki.union', true)
      and (current_setting('koiki.municipality', true) = '*' or scope_municipality = current_setting('koiki.municipality', true))
    )
  );
grant select, insert on access.event to koiki_union_app;
