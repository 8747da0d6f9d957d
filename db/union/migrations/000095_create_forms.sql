-- 窓口で刷る帳票と、市区町村へ配信する帳票。何を刷ったか、だれが何のために刷ったか、届けた帳票を受け取ったか。足すだけで直さない。

create schema notices;
comment on schema notices is '帳票。窓口での印刷と、市区町村への配信の記録。';
grant usage on schema notices to koiki_union_app;

create table notices.printed_form (
  form_id uuid not null,
  municipality_code text not null,
  union_code smallint not null,
  form text not null check (form <> ''),
  about text not null check (about <> ''),
  copy integer not null check (copy > 0),
  again boolean not null,
  code text not null,
  sheet jsonb not null,
  digest bytea not null,
  pages integer not null check (pages > 0),
  purpose text not null check (purpose <> ''),
  request_digest bytea not null,
  instructed_at timestamptz not null,
  account uuid not null,
  account_name text not null,
  primary key (form_id),
  unique (municipality_code, form, about, copy)
);
create index printed_form_about on notices.printed_form (about, form);
comment on table notices.printed_form is '印刷を指示した帳票。紙1通に1行。見本と同じ中身を、刷ったまま持つ。';
comment on column notices.printed_form.form_id is '画面が付けた頼みの番号。2度送っても1通になる。';
comment on column notices.printed_form.municipality_code is '本人の市区町村コード';
comment on column notices.printed_form.union_code is '広域連合コード';
comment on column notices.printed_form.form is '帳票の種類';
comment on column notices.printed_form.about is '何についての帳票か。被保険者番号と年度、または受付番号。';
comment on column notices.printed_form.copy is '同じ帳票の何通目の紙か (1から)';
comment on column notices.printed_form.again is '再。同じ帳票を前に刷って確かめてあった。';
comment on column notices.printed_form.code is '紙の符号';
comment on column notices.printed_form.sheet is '紙の中身 (刷ったまま)。支援措置の対象の人の住所は持たない。';
comment on column notices.printed_form.digest is '紙の中身の要約値。見本と同じであることを確かめる。';
comment on column notices.printed_form.pages is 'ページの数';
comment on column notices.printed_form.purpose is '用件';
comment on column notices.printed_form.request_digest is '頼みの内容の要約値。同じ番号で別の頼みを見分ける。';
comment on column notices.printed_form.instructed_at is '印刷を指示した時刻';
comment on column notices.printed_form.account is '指示した利用者の番号';
comment on column notices.printed_form.account_name is '指示した利用者の名前';

alter table notices.printed_form enable row level security;
alter table notices.printed_form force row level security;
create policy scope on notices.printed_form
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on notices.printed_form to koiki_union_app;

create table notices.printed_form_event (
  form_id uuid not null references notices.printed_form,
  version integer not null check (version > 0),
  municipality_code text not null,
  union_code smallint not null,
  act text not null check (act in ('printed', 'spoiled', 'notPrinted', 'cancelled')),
  at timestamptz not null,
  account uuid not null,
  account_name text not null,
  primary key (form_id, version)
);
comment on table notices.printed_form_event is '刷った紙のいきさつ。紙を見て確かめるまで、刷ったことにならない。';
comment on column notices.printed_form_event.form_id is '帳票の番号';
comment on column notices.printed_form_event.version is '版 (1から)';
comment on column notices.printed_form_event.municipality_code is '本人の市区町村コード';
comment on column notices.printed_form_event.union_code is '広域連合コード';
comment on column notices.printed_form_event.act is 'printed 紙を確かめた、spoiled よごれた、notPrinted 出なかった、cancelled 取りやめた';
comment on column notices.printed_form_event.at is '時刻';
comment on column notices.printed_form_event.account is '利用者の番号';
comment on column notices.printed_form_event.account_name is '利用者の名前';

alter table notices.printed_form_event enable row level security;
alter table notices.printed_form_event force row level security;
create policy scope on notices.printed_form_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on notices.printed_form_event to koiki_union_app;

create table notices.form_delivery (
  delivery_id uuid not null,
  municipality_code text not null,
  union_code smallint not null,
  number integer not null check (number > 0),
  form text not null check (form <> ''),
  title text not null,
  covers_from timestamptz,
  covers_until timestamptz not null,
  people integer not null check (people >= 0),
  pages integer not null check (pages > 0),
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  sealed_name text not null,
  made_at timestamptz not null,
  made_by text not null,
  job_id bigint,
  primary key (delivery_id),
  unique (municipality_code, number)
);
create index form_delivery_form on notices.form_delivery (union_code, form, municipality_code, covers_until);
comment on table notices.form_delivery is '市区町村へ配信する帳票。市区町村ごとに1から欠けずに番号を付ける。中身は封をしてファイルに置く。';
comment on column notices.form_delivery.delivery_id is '配信の番号';
comment on column notices.form_delivery.municipality_code is '届け先の市区町村コード';
comment on column notices.form_delivery.union_code is '広域連合コード';
comment on column notices.form_delivery.number is 'この市区町村への通し番号 (1から)';
comment on column notices.form_delivery.form is '帳票の種類';
comment on column notices.form_delivery.title is '帳票の題';
comment on column notices.form_delivery.covers_from is 'この時刻より後のことが書いてある (初めての配信では空)';
comment on column notices.form_delivery.covers_until is 'この時刻までのことが書いてある';
comment on column notices.form_delivery.people is '載っている人の数';
comment on column notices.form_delivery.pages is 'ページの数';
comment on column notices.form_delivery.bytes is '大きさ (バイト)';
comment on column notices.form_delivery.sha256 is '中身の要約値';
comment on column notices.form_delivery.sealed_name is '封をしたファイルの名 (広域連合自身の鍵)';
comment on column notices.form_delivery.made_at is '作った時刻';
comment on column notices.form_delivery.made_by is '頼んだ人、または日次の実行';
comment on column notices.form_delivery.job_id is '作ったジョブ';

alter table notices.form_delivery enable row level security;
alter table notices.form_delivery force row level security;
create policy scope on notices.form_delivery
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on notices.form_delivery to koiki_union_app;

create table notices.form_delivery_event (
  delivery_id uuid not null references notices.form_delivery,
  sequence integer not null check (sequence > 0),
  municipality_code text not null,
  union_code smallint not null,
  act text not null check (act in ('fetched', 'received')),
  at timestamptz not null,
  account uuid not null,
  account_name text not null,
  primary key (delivery_id, sequence)
);
comment on table notices.form_delivery_event is '配信した帳票のいきさつ。窓口が受け取り、枚数と要約値を確かめたとき、済になる。';
comment on column notices.form_delivery_event.delivery_id is '配信の番号';
comment on column notices.form_delivery_event.sequence is '順番 (1から)';
comment on column notices.form_delivery_event.municipality_code is '届け先の市区町村コード';
comment on column notices.form_delivery_event.union_code is '広域連合コード';
comment on column notices.form_delivery_event.act is 'fetched 最後の1バイトまで渡した、received 枚数と要約値が合った';
comment on column notices.form_delivery_event.at is '時刻';
comment on column notices.form_delivery_event.account is '利用者の番号';
comment on column notices.form_delivery_event.account_name is '利用者の名前';

alter table notices.form_delivery_event enable row level security;
alter table notices.form_delivery_event force row level security;
create policy scope on notices.form_delivery_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on notices.form_delivery_event to koiki_union_app;
