-- ファイルのやりとりの約束を補う表。便りのしらせ、隔離、もっともらしさ、媒体の受渡し、控え、全件照合。
-- どれも足すだけで、直さない。

alter table exchange.transmission_event drop constraint transmission_event_state_check;
alter table exchange.transmission_event add constraint transmission_event_state_check check (
  state in ('prepared', 'sent', 'delivered', 'waiting', 'arrived', 'held', 'applied', 'refused')
);
comment on column exchange.transmission_event.state is '状態（prepared 作成、sent 引渡し、delivered 到着確認、waiting 前の番号待ち、arrived 到着、held 確認待ち、applied 取込み済み、refused 断り）';

create table exchange.layout_policy (
  union_code smallint not null,
  party text not null,
  layout text not null,
  version integer not null,
  policy jsonb not null,
  reason text not null,
  set_by text not null,
  recorded_at timestamptz not null,
  primary key (union_code, party, layout, version),
  check (version > 0)
);
comment on table exchange.layout_policy is 'レイアウトごとの取決め（便りの間隔、部分取込み、もっともらしさの境）。変えるたびに版を足す。直さない、消さない。';
comment on column exchange.layout_policy.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.layout_policy.party is '取決めを持つ当事者';
comment on column exchange.layout_policy.layout is 'レイアウトの名前';
comment on column exchange.layout_policy.version is '版（1から）';
comment on column exchange.layout_policy.policy is '取決めの内容。書かれていない項目は初めの値';
comment on column exchange.layout_policy.reason is '変えたわけ';
comment on column exchange.layout_policy.set_by is '変えた利用者';
comment on column exchange.layout_policy.recorded_at is '記録した時刻';
alter table exchange.layout_policy enable row level security;
create policy scope on exchange.layout_policy using (union_code = current_setting('koiki.union', true)::smallint);
grant select, insert on exchange.layout_policy to :app;
grant select on exchange.layout_policy to :operator;

create table exchange.quarantined_row (
  union_code smallint not null,
  transmission_id uuid not null,
  line integer not null,
  municipality_code text not null,
  because text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id, line),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (line > 0),
  check (because in ('row', 'household'))
);
comment on table exchange.quarantined_row is '隔離した行。部分取込みのとき、誤りのある行とその世帯の行を1行ずつ。中身は封じたファイルにだけある。直さない、消さない。';
comment on column exchange.quarantined_row.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.quarantined_row.transmission_id is '送信識別子';
comment on column exchange.quarantined_row.line is 'ファイルの行';
comment on column exchange.quarantined_row.municipality_code is '市区町村コード';
comment on column exchange.quarantined_row.because is 'わけ（row その行の誤り、household 同じ世帯の行の誤り）';
comment on column exchange.quarantined_row.recorded_at is '記録した時刻';
alter table exchange.quarantined_row enable row level security;
create policy scope on exchange.quarantined_row using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.quarantined_row to :app;
grant select on exchange.quarantined_row to :operator;

create table exchange.plausibility (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  figures jsonb not null,
  doubts jsonb not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id),
  foreign key (union_code, transmission_id) references exchange.transmission
);
comment on table exchange.plausibility is 'もっともらしさの数。取り込む前に数えたもの。人に関する値は持たない。直さない、消さない。';
comment on column exchange.plausibility.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.plausibility.transmission_id is '送信識別子';
comment on column exchange.plausibility.municipality_code is '市区町村コード';
comment on column exchange.plausibility.figures is '数えた数';
comment on column exchange.plausibility.doubts is '境を越えた項目（なければ空の配列）';
comment on column exchange.plausibility.recorded_at is '記録した時刻';
alter table exchange.plausibility enable row level security;
create policy scope on exchange.plausibility using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.plausibility to :app;
grant select on exchange.plausibility to :operator;

create table exchange.admission (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  decision text not null,
  reason text not null,
  account text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (decision in ('letIn', 'refused'))
);
comment on table exchange.admission is '確認待ちの送信を、担当者が通したか断ったか。直さない、消さない。';
comment on column exchange.admission.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.admission.transmission_id is '送信識別子';
comment on column exchange.admission.municipality_code is '市区町村コード';
comment on column exchange.admission.decision is '決めたこと（letIn 通した、refused 断った）';
comment on column exchange.admission.reason is 'わけ';
comment on column exchange.admission.account is '決めた利用者';
comment on column exchange.admission.recorded_at is '記録した時刻';
alter table exchange.admission enable row level security;
create policy scope on exchange.admission using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.admission to :app;
grant select on exchange.admission to :operator;

create table exchange.custody_event (
  union_code smallint not null,
  transmission_id uuid not null,
  event_number integer not null,
  municipality_code text not null,
  kind text not null,
  carrier text not null,
  from_place text,
  to_place text,
  media_count integer not null,
  happened_on date not null,
  note text not null,
  account text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id, event_number),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (event_number > 0),
  check (media_count > 0),
  check (kind in ('封入', '受渡し', '開封', '破棄')),
  check ((kind = '受渡し') = (from_place is not null)),
  check ((kind = '受渡し') = (to_place is not null))
);
comment on table exchange.custody_event is '媒体の受渡し記録。封入、受渡し、開封、破棄を足すだけで、直さない、消さない。';
comment on column exchange.custody_event.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.custody_event.transmission_id is '送信識別子';
comment on column exchange.custody_event.event_number is '記録の番号（送信ごとに1から）';
comment on column exchange.custody_event.municipality_code is '市区町村コード';
comment on column exchange.custody_event.kind is '種類（封入、受渡し、開封、破棄）';
comment on column exchange.custody_event.carrier is '扱った職員（受渡しでは運んだ人）の所属と氏名';
comment on column exchange.custody_event.from_place is 'どこから（受渡しのとき）';
comment on column exchange.custody_event.to_place is 'どこへ（受渡しのとき）';
comment on column exchange.custody_event.media_count is '媒体の数';
comment on column exchange.custody_event.happened_on is '行った日';
comment on column exchange.custody_event.note is '備考';
comment on column exchange.custody_event.account is '記録した利用者';
comment on column exchange.custody_event.recorded_at is '記録した時刻';
alter table exchange.custody_event enable row level security;
create policy scope on exchange.custody_event using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.custody_event to :app;
grant select on exchange.custody_event to :operator;

create table exchange.own_copy (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  sealed_bytes bigint not null,
  sealed_sha256 text not null,
  sealed_path text not null,
  recorded_at timestamptz not null,
  primary key (union_code, transmission_id),
  foreign key (union_code, transmission_id) references exchange.transmission,
  check (sealed_sha256 ~ '^[0-9a-f]{64}$')
);
comment on table exchange.own_copy is '送った送信の控え。自分の鍵だけで開く封をして置き、送った日の中身をもう一度確かめる。直さない、消さない。';
comment on column exchange.own_copy.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.own_copy.transmission_id is '送信識別子';
comment on column exchange.own_copy.municipality_code is '市区町村コード';
comment on column exchange.own_copy.sealed_bytes is '封じた後のバイト数';
comment on column exchange.own_copy.sealed_sha256 is '封じた後のSHA-256';
comment on column exchange.own_copy.sealed_path is '封じたファイルの、置き場のフォルダーの中の名前';
comment on column exchange.own_copy.recorded_at is '記録した時刻';
alter table exchange.own_copy enable row level security;
create policy scope on exchange.own_copy using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.own_copy to :app;
grant select on exchange.own_copy to :operator;

create table exchange.full_reconciliation (
  union_code smallint not null,
  reconciliation_id uuid not null,
  municipality_code text not null,
  layout text not null,
  day date not null,
  asker text not null,
  answerer text not null,
  opening text not null,
  recorded_at timestamptz not null,
  primary key (union_code, reconciliation_id)
);
comment on table exchange.full_reconciliation is '全件照合の始まり。尋ねた側と答えた側がそれぞれ自分の台帳に持つ。直さない、消さない。';
comment on column exchange.full_reconciliation.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation.reconciliation_id is '全件照合の番号（尋ねた側が付ける）';
comment on column exchange.full_reconciliation.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation.layout is '照合する情報のレイアウトの名前';
comment on column exchange.full_reconciliation.day is '照合の日';
comment on column exchange.full_reconciliation.asker is '尋ねた当事者';
comment on column exchange.full_reconciliation.answerer is '答えた当事者';
comment on column exchange.full_reconciliation.opening is '始まりの書面（署名付き。その夜の鍵は封じてある）';
comment on column exchange.full_reconciliation.recorded_at is '記録した時刻';
alter table exchange.full_reconciliation enable row level security;
create policy scope on exchange.full_reconciliation using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.full_reconciliation to :app;
grant select on exchange.full_reconciliation to :operator;

create table exchange.full_reconciliation_result (
  union_code smallint not null,
  reconciliation_id uuid not null,
  municipality_code text not null,
  own_count integer not null,
  other_count integer not null,
  messages integer not null,
  message_bytes bigint not null,
  differences integer not null,
  pending integer not null,
  sentence text not null,
  recorded_at timestamptz not null,
  primary key (union_code, reconciliation_id),
  foreign key (union_code, reconciliation_id) references exchange.full_reconciliation
);
comment on table exchange.full_reconciliation_result is '全件照合の結果。直さない、消さない。';
comment on column exchange.full_reconciliation_result.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation_result.reconciliation_id is '全件照合の番号';
comment on column exchange.full_reconciliation_result.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation_result.own_count is '自分の件数';
comment on column exchange.full_reconciliation_result.other_count is '相手の件数';
comment on column exchange.full_reconciliation_result.messages is 'やりとりした書面の数';
comment on column exchange.full_reconciliation_result.message_bytes is 'やりとりした書面のバイト数';
comment on column exchange.full_reconciliation_result.differences is '違いの件数';
comment on column exchange.full_reconciliation_result.pending is 'これから届く違いの件数';
comment on column exchange.full_reconciliation_result.sentence is '結果の文';
comment on column exchange.full_reconciliation_result.recorded_at is '記録した時刻';
alter table exchange.full_reconciliation_result enable row level security;
create policy scope on exchange.full_reconciliation_result using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.full_reconciliation_result to :app;
grant select on exchange.full_reconciliation_result to :operator;

create table exchange.full_reconciliation_difference (
  union_code smallint not null,
  reconciliation_id uuid not null,
  difference_number integer not null,
  municipality_code text not null,
  addressee_number text not null,
  record_key text not null,
  kind text not null,
  column_names text[] not null,
  recorded_at timestamptz not null,
  primary key (union_code, reconciliation_id, difference_number),
  foreign key (union_code, reconciliation_id) references exchange.full_reconciliation,
  check (difference_number > 0),
  check (kind in ('onlyUnion', 'onlyMunicipality', 'content', 'pending', 'inTransit'))
);
comment on table exchange.full_reconciliation_difference is '全件照合で違った件。宛名番号と、どの項目が違うかだけを持ち、値は持たない。直さない、消さない。';
comment on column exchange.full_reconciliation_difference.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation_difference.reconciliation_id is '全件照合の番号';
comment on column exchange.full_reconciliation_difference.difference_number is '違いの番号（1から）';
comment on column exchange.full_reconciliation_difference.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation_difference.addressee_number is '宛名番号';
comment on column exchange.full_reconciliation_difference.record_key is '宛名番号のほかに件を定める値（資格取得年月日など。なければ空）';
comment on column exchange.full_reconciliation_difference.kind is '違い方（onlyUnion 広域連合だけ、onlyMunicipality 市区町村だけ、content 中身、pending 移出・配信待ち、inTransit 取込み待ち）';
comment on column exchange.full_reconciliation_difference.column_names is '違う項目の名前';
comment on column exchange.full_reconciliation_difference.recorded_at is '記録した時刻';
alter table exchange.full_reconciliation_difference enable row level security;
create policy scope on exchange.full_reconciliation_difference using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.full_reconciliation_difference to :app;

create index transmission_recorded on exchange.transmission (union_code, recorded_at);
create index full_reconciliation_day on exchange.full_reconciliation (union_code, municipality_code, layout, day);
