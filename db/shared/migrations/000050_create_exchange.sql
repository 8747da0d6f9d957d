-- ファイルのやりとり。送り手と受け手の両方のデータベースに同じ表を置く。人に関する値は持たない。ファイルは封じたまま
-- フォルダーに置き、表には名前とSHA-256だけを持つ。送信・出来事・所見・受領書は足すだけで、直さない。

create schema exchange;
comment on schema exchange is 'ファイルのやりとり（送信・受信の台帳、通し番号、所見、受領書）';
grant usage on schema exchange to :app, :operator;

create table exchange.transmission (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  direction text not null,
  layout text not null,
  edition text not null,
  sender text not null,
  receiver text not null,
  sequence_number integer not null,
  corrects uuid,
  created_at timestamptz not null,
  record_count integer not null,
  hash_totals jsonb not null,
  plain_bytes bigint not null,
  plain_sha256 text not null,
  sealed_bytes bigint not null,
  sealed_sha256 text not null,
  sealed_path text not null,
  manifest text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id),
  check (direction in ('sent', 'received')),
  check (sender like 'union:__' or sender like 'municipality:______'),
  check (receiver like 'union:__' or receiver like 'municipality:______'),
  check (sender <> receiver),
  check (sequence_number > 0),
  check (record_count >= 0),
  check (plain_sha256 ~ '^[0-9a-f]{64}$'),
  check (sealed_sha256 ~ '^[0-9a-f]{64}$')
);
comment on table exchange.transmission is '送信の台帳。1つの送信につき1行。送り手と受け手がそれぞれ自分の台帳に持つ。直さない、消さない。';
comment on column exchange.transmission.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.transmission.transmission_id is '送信識別子（送り手が付ける）';
comment on column exchange.transmission.municipality_code is '市区町村コード（やりとりの一方である市区町村）';
comment on column exchange.transmission.direction is '向き（sent 送った、received 受け取った）';
comment on column exchange.transmission.layout is 'レイアウトの名前';
comment on column exchange.transmission.edition is 'レイアウトの版';
comment on column exchange.transmission.sender is '送り手の当事者';
comment on column exchange.transmission.receiver is '受け手の当事者';
comment on column exchange.transmission.sequence_number is '通し番号（送り手・受け手・レイアウトごとに1から）';
comment on column exchange.transmission.corrects is '断られて送り直すとき、断られた送信の送信識別子';
comment on column exchange.transmission.created_at is '送り手が作った時刻';
comment on column exchange.transmission.record_count is '件数（送り状による）';
comment on column exchange.transmission.hash_totals is 'ハッシュ合計（送り状による。項目名と合計）';
comment on column exchange.transmission.plain_bytes is '封じる前のバイト数';
comment on column exchange.transmission.plain_sha256 is '封じる前のSHA-256';
comment on column exchange.transmission.sealed_bytes is '封じた後のバイト数';
comment on column exchange.transmission.sealed_sha256 is '封じた後のSHA-256';
comment on column exchange.transmission.sealed_path is '封じたファイルの、置き場のフォルダーの中の名前';
comment on column exchange.transmission.manifest is '送り状（署名付き、届いたとおりの文字）';
comment on column exchange.transmission.recorded_at is '台帳に載せた時刻';
create index transmission_sequence
  on exchange.transmission (union_code, sender, receiver, layout, sequence_number);
alter table exchange.transmission enable row level security;
create policy scope on exchange.transmission using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.transmission to :app;
grant select on exchange.transmission to :operator;

create table exchange.transmission_event (
  union_code smallint not null,
  transmission_id uuid not null,
  event_number integer not null,
  municipality_code text not null,
  state text not null,
  sentence text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id, event_number),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (event_number > 0),
  check (
    state in ('prepared', 'sent', 'delivered', 'waiting', 'arrived', 'applied', 'refused')
  )
);
comment on table exchange.transmission_event is '送信の出来事。一番新しい行が今の状態。直さない、消さない。';
comment on column exchange.transmission_event.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.transmission_event.transmission_id is '送信識別子';
comment on column exchange.transmission_event.event_number is '出来事の番号（送信ごとに1から）';
comment on column exchange.transmission_event.municipality_code is '市区町村コード';
comment on column exchange.transmission_event.state is '状態（prepared 作成、sent 引渡し、delivered 到着確認、waiting 前の番号待ち、arrived 到着、applied 取込み済み、refused 断り）';
comment on column exchange.transmission_event.sentence is '何があったかの文。人に関する値は入れない。';
comment on column exchange.transmission_event.recorded_at is '記録した時刻';
alter table exchange.transmission_event enable row level security;
create policy scope on exchange.transmission_event using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.transmission_event to :app;
grant select on exchange.transmission_event to :operator;

create table exchange.sequence_counter (
  union_code smallint not null,
  sender text not null,
  receiver text not null,
  layout text not null,
  municipality_code text not null,
  last_number integer not null,
  primary key (union_code, sender, receiver, layout),
  check (last_number > 0)
);
comment on table exchange.sequence_counter is '送り手が最後に使った通し番号。送信と同じ取引で進めるので、番号は飛ばない。';
comment on column exchange.sequence_counter.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.sequence_counter.sender is '送り手の当事者';
comment on column exchange.sequence_counter.receiver is '受け手の当事者';
comment on column exchange.sequence_counter.layout is 'レイアウトの名前';
comment on column exchange.sequence_counter.municipality_code is '市区町村コード';
comment on column exchange.sequence_counter.last_number is '最後に使った通し番号';
alter table exchange.sequence_counter enable row level security;
create policy scope on exchange.sequence_counter using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert, update on exchange.sequence_counter to :app;

create table exchange.sequence_position (
  union_code smallint not null,
  sender text not null,
  receiver text not null,
  layout text not null,
  sequence_number integer not null,
  municipality_code text not null,
  transmission_id uuid,
  skipped_because text,
  primary key (union_code, sender, receiver, layout, sequence_number),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (sequence_number > 0),
  check ((transmission_id is null) = (skipped_because is not null))
);
comment on table exchange.sequence_position is '受け手が見た通し番号と、今その番号を持つ送信。断られた番号は、直して送り直された送信が引き継ぐ。';
comment on column exchange.sequence_position.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.sequence_position.sender is '送り手の当事者';
comment on column exchange.sequence_position.receiver is '受け手の当事者';
comment on column exchange.sequence_position.layout is 'レイアウトの名前';
comment on column exchange.sequence_position.sequence_number is '通し番号';
comment on column exchange.sequence_position.municipality_code is '市区町村コード';
comment on column exchange.sequence_position.transmission_id is '今この番号を持つ送信';
comment on column exchange.sequence_position.skipped_because is '届かないまま欠番としたとき、その理由';
alter table exchange.sequence_position enable row level security;
create policy scope on exchange.sequence_position using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert, update on exchange.sequence_position to :app;

create table exchange.finding (
  union_code smallint not null,
  transmission_id uuid not null,
  finding_number integer not null,
  municipality_code text not null,
  line integer not null,
  column_name text,
  code text not null,
  severity text not null,
  sentence text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id, finding_number),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (finding_number > 0),
  check (line >= 0),
  check (severity in ('error', 'warning'))
);
comment on table exchange.finding is '受け取ったファイルの所見。個人番号の値は入らない。直さない、消さない。';
comment on column exchange.finding.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.finding.transmission_id is '送信識別子';
comment on column exchange.finding.finding_number is '所見の番号（送信ごとに1から）';
comment on column exchange.finding.municipality_code is '市区町村コード';
comment on column exchange.finding.line is 'ファイルの行（ファイル全体なら0）';
comment on column exchange.finding.column_name is '項目名';
comment on column exchange.finding.code is 'エラーコード';
comment on column exchange.finding.severity is '重さ（error エラー、warning 注意）';
comment on column exchange.finding.sentence is '担当者が読む文';
comment on column exchange.finding.recorded_at is '記録した時刻';
alter table exchange.finding enable row level security;
create policy scope on exchange.finding using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.finding to :app;

create table exchange.receipt (
  union_code smallint not null,
  transmission_id uuid not null,
  kind text not null,
  municipality_code text not null,
  document text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id, kind),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (kind in ('arrived', 'accepted', 'refused'))
);
comment on table exchange.receipt is '受領書（受け手の署名付き）。受け手は出したもの、送り手は受け取ったものを持つ。直さない、消さない。';
comment on column exchange.receipt.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.receipt.transmission_id is '送信識別子';
comment on column exchange.receipt.kind is '種類（arrived 到着、accepted 取込み、refused 断り）';
comment on column exchange.receipt.municipality_code is '市区町村コード';
comment on column exchange.receipt.document is '受領書（署名付き、出したとおりの文字）';
comment on column exchange.receipt.recorded_at is '記録した時刻';
alter table exchange.receipt enable row level security;
create policy scope on exchange.receipt using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.receipt to :app;
