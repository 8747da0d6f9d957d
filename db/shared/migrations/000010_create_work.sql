create schema work;
comment on schema work is '仕事（一括処理）と時計';
grant usage on schema work to :app, :operator;

create table work.clock (
  id smallint not null,
  today date not null,
  opened_at timestamptz not null,
  primary key (id),
  check (id = 1)
);
comment on table work.clock is '世界時計。仮想の世界の今日を一行だけ持ち、実運用では使わない。';
comment on column work.clock.id is '常に1';
comment on column work.clock.today is '世界の今日';
comment on column work.clock.opened_at is '世界の今日になった実時刻';
grant select, insert, update on work.clock to :app;
grant select on work.clock to :operator;

create table work.job (
  job_id bigint generated always as identity,
  kind text not null,
  title text not null,
  arguments jsonb not null,
  dedupe_key text,
  queue text,
  scope_union text not null,
  scope_municipality text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  state text not null,
  step_index integer not null,
  step_name text not null,
  checkpoint jsonb,
  done bigint not null,
  total bigint,
  sentence text not null,
  cancel_requested boolean not null,
  attempt integer not null,
  attempts_max integer not null,
  backoff_until timestamptz,
  worker text,
  lease_until timestamptz,
  failure text,
  failure_place text,
  result jsonb,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (job_id),
  unique (kind, dedupe_key),
  check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  check ((state = 'running') = (worker is not null and lease_until is not null)),
  check ((state in ('done', 'failed', 'cancelled')) = (ended_at is not null)),
  check (scope_union ~ '^[0-9]{2}$'),
  check (scope_municipality ~ '^([0-9]{6}|\*)$')
);
comment on table work.job is '仕事。個人を特定できる値は持たない。';
comment on column work.job.job_id is '仕事の番号';
comment on column work.job.kind is '仕事の種類（英字の名前）';
comment on column work.job.title is '画面に出す名前';
comment on column work.job.arguments is '引数。個人に関する値は入れない。';
comment on column work.job.dedupe_key is '重ねて頼まれたときに同じ仕事とみなす鍵';
comment on column work.job.queue is '同じ名前の仕事は一つずつ番号順に行う';
comment on column work.job.scope_union is '処理の範囲の広域連合（都道府県番号2桁）';
comment on column work.job.scope_municipality is '処理の範囲の市区町村（団体コード6桁、全部なら *）';
comment on column work.job.requested_by is '頼んだ人（アカウントの番号）または仕組みの名前';
comment on column work.job.requested_at is '頼まれた時刻';
comment on column work.job.due_at is 'この時刻より前には始めない';
comment on column work.job.state is '状態（waiting 待ち、running 処理中、done 終わり、failed 失敗、cancelled 中止）';
comment on column work.job.step_index is '今の段（0から）';
comment on column work.job.step_name is '今の段の名前';
comment on column work.job.checkpoint is '今の段のどこまで済んだか。個人に関する値は入れない。';
comment on column work.job.done is '済んだ件数';
comment on column work.job.total is '全体の件数（分からなければ空）';
comment on column work.job.sentence is '今していることの文';
comment on column work.job.cancel_requested is '中止を頼まれたか';
comment on column work.job.attempt is '何回目の実行か';
comment on column work.job.attempts_max is '実行の回数の上限';
comment on column work.job.backoff_until is '失敗の後に待つ実時刻';
comment on column work.job.worker is '処理している働き手';
comment on column work.job.lease_until is '働き手の持ち時間の終わり（実時刻）。過ぎれば別の働き手が引き継ぐ。';
comment on column work.job.failure is '失敗の理由の文。個人に関する値は入れない。';
comment on column work.job.failure_place is '失敗したプログラムの場所';
comment on column work.job.result is '結果のまとめ。個人に関する値は入れない。';
comment on column work.job.started_at is '始めた時刻';
comment on column work.job.ended_at is '終わった時刻';

create index job_waiting on work.job (job_id) where state in ('waiting', 'running');
create index job_queue on work.job (queue, job_id) where state in ('waiting', 'running');
create index job_scope on work.job (scope_union, scope_municipality, job_id);

grant select, insert, update on work.job to :app;
grant select on work.job to :operator;
