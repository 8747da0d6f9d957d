-- 届書。窓口で受け付けた届出・申請、その決定、突合、下書き。届書そのものと、いきさつは足すだけで直さない。
-- 個人番号は金庫に封じ、ここには札だけを持つ。
create table eligibility.filing (
  filing_id uuid not null primary key,
  union_code smallint not null,
  municipality_code text not null check (char_length(municipality_code) = 6),
  receipt_number text not null check (receipt_number ~ '^[0-9]{6}-[A-Z][0-9]{1,2}-[0-9]{5,9}$'),
  kind text not null check (kind ~ '^[a-z][A-Za-z]+$'),
  filed_on date not null,
  received_at timestamptz not null,
  received_by uuid not null,
  received_by_name text not null,
  digest bytea not null check (octet_length(digest) = 32),
  number_token uuid,
  unique (receipt_number)
);
create index filing_received on eligibility.filing (union_code, municipality_code, received_at);
comment on table eligibility.filing is '届書。受け付けた届出・申請一件につき一行。足すだけで直さない。中身といきさつは filing_event にある。';
comment on column eligibility.filing.filing_id is '届書の番号 (画面が付ける。2度送っても一件になる)';
comment on column eligibility.filing.union_code is '広域連合コード';
comment on column eligibility.filing.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing.receipt_number is '受付番号 (市区町村コード-年度-連番)';
comment on column eligibility.filing.kind is '届書の種類';
comment on column eligibility.filing.filed_on is '届出年月日';
comment on column eligibility.filing.received_at is '受け付けた時刻';
comment on column eligibility.filing.received_by is '受け付けた利用者の番号';
comment on column eligibility.filing.received_by_name is '受け付けた利用者の名前 (そのとき)';
comment on column eligibility.filing.digest is '送られた内容の要約値 (個人番号を除く)。同じ番号で別の内容を見分ける';
comment on column eligibility.filing.number_token is '送られた個人番号の札 (なければ空)。個人番号は金庫にだけある';

alter table eligibility.filing enable row level security;
create policy scope on eligibility.filing
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.filing to koiki_union_app;

create table eligibility.filing_person (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  receipt_number text not null,
  linked_at timestamptz not null,
  primary key (resident_key, filing_id),
  check (resident_key / 10000000000 = union_code)
);
create index filing_person_filing on eligibility.filing_person (filing_id);
comment on table eligibility.filing_person is '届書の人。届書と、それが語る住民を結ぶ。';
comment on column eligibility.filing_person.resident_key is '住民の鍵';
comment on column eligibility.filing_person.filing_id is '届書の番号';
comment on column eligibility.filing_person.union_code is '広域連合コード';
comment on column eligibility.filing_person.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing_person.receipt_number is '受付番号';
comment on column eligibility.filing_person.linked_at is '結んだ時刻';

alter table eligibility.filing_person enable row level security;
create policy scope on eligibility.filing_person
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.filing_person to koiki_union_app;

create table eligibility.filing_event (
  filing_id uuid not null,
  version integer not null check (version > 0),
  union_code smallint not null,
  municipality_code text not null,
  act text not null check (act in ('received', 'supplemented', 'decided', 'assigned', 'checked', 'withdrawn', 'cancelled', 'insurerAnswered', 'reconciled')),
  state text not null check (state in ('incomplete', 'examining', 'awaitingCheck', 'granted', 'refused', 'withdrawn', 'cancelled')),
  happened_at timestamptz not null,
  account_id uuid,
  account_name text not null,
  note text,
  content jsonb,
  number_token uuid,
  answer jsonb,
  primary key (filing_id, version)
);
comment on table eligibility.filing_event is '届書のいきさつ。受付・補正・審査・決定・取下げ・取消など、一つの行いにつき一行。足すだけで直さない。';
comment on column eligibility.filing_event.filing_id is '届書の番号';
comment on column eligibility.filing_event.version is '版 (1から)。届書が変わるたびに一つ進む';
comment on column eligibility.filing_event.union_code is '広域連合コード';
comment on column eligibility.filing_event.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing_event.act is '行い。received 受付、supplemented 補正、decided 審査の決定、assigned 担当、checked 2人目の確かめ、withdrawn 取下げ、cancelled 取消、insurerAnswered 前の保険者の答え、reconciled 突合';
comment on column eligibility.filing_event.state is 'この行いの後の状態';
comment on column eligibility.filing_event.happened_at is '行った時刻';
comment on column eligibility.filing_event.account_id is '行った利用者の番号 (仕組みが行ったときは空)';
comment on column eligibility.filing_event.account_name is '行った利用者の名前 (そのとき)';
comment on column eligibility.filing_event.note is '理由・覚え';
comment on column eligibility.filing_event.content is 'この行いで決まった届書の中身 (変わらなければ空)。個人番号は持たない';
comment on column eligibility.filing_event.number_token is 'この行いで届いた個人番号の札';
comment on column eligibility.filing_event.answer is 'この行いの答え (理由・足りないもの・決定)';

alter table eligibility.filing_event enable row level security;
create policy scope on eligibility.filing_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.filing_event to koiki_union_app;

create table eligibility.filing_standing (
  filing_id uuid not null primary key,
  union_code smallint not null,
  municipality_code text not null,
  version integer not null check (version > 0),
  state text not null,
  reconciliation text not null check (reconciliation in ('none', 'awaiting', 'matched', 'differs', 'settled')),
  assignee uuid,
  assignee_name text,
  due_on date not null,
  name text not null,
  name_folded text not null,
  birth_date date,
  changed_at timestamptz not null
);
create index filing_standing_open on eligibility.filing_standing (union_code, municipality_code, due_on) where state in ('incomplete', 'examining', 'awaitingCheck');
create index filing_standing_awaiting on eligibility.filing_standing (union_code, municipality_code) where reconciliation = 'awaiting';
comment on table eligibility.filing_standing is '届書の今。いきさつを積み上げた今の姿で、一覧と楽観的な版のために持つ。';
comment on column eligibility.filing_standing.filing_id is '届書の番号';
comment on column eligibility.filing_standing.union_code is '広域連合コード';
comment on column eligibility.filing_standing.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.filing_standing.version is '最後のいきさつの版';
comment on column eligibility.filing_standing.state is '今の状態';
comment on column eligibility.filing_standing.reconciliation is '突合の様子。none 対象でない、awaiting 記録待ち、matched 一致、differs 差異あり、settled 片づいた';
comment on column eligibility.filing_standing.assignee is '担当する利用者の番号';
comment on column eligibility.filing_standing.assignee_name is '担当する利用者の名前';
comment on column eligibility.filing_standing.due_on is '期限';
comment on column eligibility.filing_standing.name is '氏名 (一覧に出す)';
comment on column eligibility.filing_standing.name_folded is 'そろえた氏名とカナ (一覧の中をさがす)';
comment on column eligibility.filing_standing.birth_date is '生年月日';
comment on column eligibility.filing_standing.changed_at is '最後に変わった時刻';

alter table eligibility.filing_standing enable row level security;
create policy scope on eligibility.filing_standing
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on eligibility.filing_standing to koiki_union_app;

create table eligibility.filing_counter (
  municipality_code text not null,
  fiscal_year integer not null,
  union_code smallint not null,
  last_number bigint not null check (last_number >= 0),
  primary key (municipality_code, fiscal_year)
);
comment on table eligibility.filing_counter is '受付番号の台帳。市区町村と年度ごとに、最後に付けた連番を一行で持つ。順序どおりに付け、戻さない。';
comment on column eligibility.filing_counter.municipality_code is '市区町村コード';
comment on column eligibility.filing_counter.fiscal_year is '会計年度 (西暦)';
comment on column eligibility.filing_counter.union_code is '広域連合コード';
comment on column eligibility.filing_counter.last_number is '最後に付けた連番';

alter table eligibility.filing_counter enable row level security;
create policy scope on eligibility.filing_counter
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on eligibility.filing_counter to koiki_union_app;

create table eligibility.granted_fact (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  kind text not null,
  receipt_number text not null,
  held daterange not null check (not isempty(held)),
  fields jsonb not null,
  granted_on date not null,
  primary key (resident_key, filing_id),
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.granted_fact is '決定した届書が語る、期間のある事実。資格のほかの章 (資格確認書、一部負担金、給付) が granted_filing から読む。足すだけで直さない。';
comment on column eligibility.granted_fact.resident_key is '住民の鍵';
comment on column eligibility.granted_fact.filing_id is '届書の番号';
comment on column eligibility.granted_fact.union_code is '広域連合コード';
comment on column eligibility.granted_fact.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.granted_fact.kind is '届書の種類';
comment on column eligibility.granted_fact.receipt_number is '受付番号';
comment on column eligibility.granted_fact.held is '効く期間';
comment on column eligibility.granted_fact.fields is '届書の項目 (型と単位は種類が決める)';
comment on column eligibility.granted_fact.granted_on is '決定した日';

alter table eligibility.granted_fact enable row level security;
create policy scope on eligibility.granted_fact
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.granted_fact to koiki_union_app;

create table eligibility.mailing_destination (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  receipt_number text not null,
  covers text not null check (covers in ('all', 'eligibility', 'premium', 'benefits')),
  ends boolean not null,
  recipient_name text,
  relation text,
  address jsonb,
  effective_on date not null,
  registered_by uuid not null,
  registered_at timestamptz not null,
  primary key (resident_key, filing_id),
  check (resident_key / 10000000000 = union_code),
  check (ends = (address is null) and ends = (recipient_name is null))
);
comment on table eligibility.mailing_destination is '送付先の届け。2人目が確かめるまで効かない。足すだけで直さない。';
comment on column eligibility.mailing_destination.resident_key is '住民の鍵';
comment on column eligibility.mailing_destination.filing_id is '届書の番号';
comment on column eligibility.mailing_destination.union_code is '広域連合コード';
comment on column eligibility.mailing_destination.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.mailing_destination.receipt_number is '受付番号';
comment on column eligibility.mailing_destination.covers is '何の文書か。all すべて、eligibility 資格、premium 保険料、benefits 給付';
comment on column eligibility.mailing_destination.ends is '廃止の届けか';
comment on column eligibility.mailing_destination.recipient_name is '受け取る人 (廃止では空)';
comment on column eligibility.mailing_destination.relation is '本人との関係 (廃止では空)';
comment on column eligibility.mailing_destination.address is '送付先の住所 (廃止では空)';
comment on column eligibility.mailing_destination.effective_on is '効き始める日';
comment on column eligibility.mailing_destination.registered_by is '受け付けた利用者の番号';
comment on column eligibility.mailing_destination.registered_at is '受け付けた時刻';

alter table eligibility.mailing_destination enable row level security;
create policy scope on eligibility.mailing_destination
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.mailing_destination to koiki_union_app;

create table eligibility.mailing_destination_check (
  resident_key bigint not null,
  filing_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  agreed boolean not null,
  checked_by uuid not null,
  checked_at timestamptz not null,
  primary key (resident_key, filing_id),
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.mailing_destination_check is '送付先の2人目の確かめ。受け付けた人とは別の利用者が行う。足すだけで直さない。';
comment on column eligibility.mailing_destination_check.resident_key is '住民の鍵';
comment on column eligibility.mailing_destination_check.filing_id is '届書の番号';
comment on column eligibility.mailing_destination_check.union_code is '広域連合コード';
comment on column eligibility.mailing_destination_check.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.mailing_destination_check.agreed is 'よいと認めたか';
comment on column eligibility.mailing_destination_check.checked_by is '確かめた利用者の番号';
comment on column eligibility.mailing_destination_check.checked_at is '確かめた時刻';

alter table eligibility.mailing_destination_check enable row level security;
create policy scope on eligibility.mailing_destination_check
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.mailing_destination_check to koiki_union_app;

create table eligibility.former_insurer_inquiry (
  filing_id uuid not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  municipality_code text not null,
  insurer_name text not null,
  asked_at timestamptz not null,
  asked_by_name text not null,
  answer text check (answer in ('lost', 'notLost', 'unknown')),
  lost_on date,
  source text,
  answered_at timestamptz,
  answered_by_name text,
  primary key (filing_id, sequence),
  check (num_nulls(answer, source, answered_at, answered_by_name) in (0, 4)),
  check (lost_on is null or answer = 'lost')
);
comment on table eligibility.former_insurer_inquiry is '前の保険者への照会。資格を失っているかをたずね、答えを出どころとともに持つ (評価書 ※1)。情報連携ができるまでは手で入れる。';
comment on column eligibility.former_insurer_inquiry.filing_id is '届書の番号';
comment on column eligibility.former_insurer_inquiry.sequence is '何回目の照会か';
comment on column eligibility.former_insurer_inquiry.union_code is '広域連合コード';
comment on column eligibility.former_insurer_inquiry.municipality_code is '受け付けた市区町村コード';
comment on column eligibility.former_insurer_inquiry.insurer_name is '前の保険者の名';
comment on column eligibility.former_insurer_inquiry.asked_at is 'たずねた時刻';
comment on column eligibility.former_insurer_inquiry.asked_by_name is 'たずねた利用者の名前';
comment on column eligibility.former_insurer_inquiry.answer is '答え。lost 資格を失っている、notLost 失っていない、unknown 分からない';
comment on column eligibility.former_insurer_inquiry.lost_on is '前の保険者の資格喪失年月日';
comment on column eligibility.former_insurer_inquiry.source is '答えの出どころ';
comment on column eligibility.former_insurer_inquiry.answered_at is '答えを入れた時刻';
comment on column eligibility.former_insurer_inquiry.answered_by_name is '答えを入れた利用者の名前';

alter table eligibility.former_insurer_inquiry enable row level security;
create policy scope on eligibility.former_insurer_inquiry
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on eligibility.former_insurer_inquiry to koiki_union_app;

create table eligibility.difference (
  resident_key bigint not null,
  difference_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  filing_id uuid not null,
  receipt_number text not null,
  item text not null,
  counter_value text,
  register_value text,
  cause text not null,
  record_version integer not null,
  found_at timestamptz not null,
  primary key (resident_key, difference_id),
  check (resident_key / 10000000000 = union_code)
);
create index difference_filing on eligibility.difference (filing_id);
create index difference_scope on eligibility.difference (union_code, municipality_code, found_at);
create index difference_id on eligibility.difference (difference_id);
comment on table eligibility.difference is '突合の差異。窓口で入れたことと、後から届いた住民基本台帳情報がちがう項目一つにつき一行。足すだけで直さない。';
comment on column eligibility.difference.resident_key is '住民の鍵';
comment on column eligibility.difference.difference_id is '差異の番号';
comment on column eligibility.difference.union_code is '広域連合コード';
comment on column eligibility.difference.municipality_code is '市区町村コード';
comment on column eligibility.difference.filing_id is '届書の番号';
comment on column eligibility.difference.receipt_number is '受付番号';
comment on column eligibility.difference.item is '項目';
comment on column eligibility.difference.counter_value is '窓口で入れた値。個人番号は「登録あり」だけ';
comment on column eligibility.difference.register_value is '住民基本台帳情報の値';
comment on column eligibility.difference.cause is '考えられる原因の符号';
comment on column eligibility.difference.record_version is '比べた住民の記録の版';
comment on column eligibility.difference.found_at is '見つけた時刻';

alter table eligibility.difference enable row level security;
create policy scope on eligibility.difference
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.difference to koiki_union_app;

create table eligibility.difference_resolution (
  resident_key bigint not null,
  difference_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  take text not null check (take in ('register', 'counter', 'explained')),
  note text not null,
  account_id uuid not null,
  account_name text not null,
  resolved_at timestamptz not null,
  primary key (resident_key, difference_id),
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.difference_resolution is '差異の片づけ。どちらを採ったか、だれが、なぜ。足すだけで直さない。';
comment on column eligibility.difference_resolution.resident_key is '住民の鍵';
comment on column eligibility.difference_resolution.difference_id is '差異の番号';
comment on column eligibility.difference_resolution.union_code is '広域連合コード';
comment on column eligibility.difference_resolution.municipality_code is '市区町村コード';
comment on column eligibility.difference_resolution.take is '採ったもの。register 住基、counter 窓口、explained どちらも正しい';
comment on column eligibility.difference_resolution.note is 'わけ';
comment on column eligibility.difference_resolution.account_id is '片づけた利用者の番号';
comment on column eligibility.difference_resolution.account_name is '片づけた利用者の名前';
comment on column eligibility.difference_resolution.resolved_at is '片づけた時刻';

alter table eligibility.difference_resolution enable row level security;
create policy scope on eligibility.difference_resolution
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.difference_resolution to koiki_union_app;

create table eligibility.draft (
  draft_id uuid not null primary key,
  union_code smallint not null,
  municipality_code text not null,
  account_id uuid not null,
  version integer not null check (version > 0),
  title text not null,
  content jsonb not null,
  saved_at timestamptz not null
);
create index draft_account on eligibility.draft (union_code, municipality_code, account_id);
comment on table eligibility.draft is '下書き。利用者ごとに、書きかけの届書を持つ。個人番号は持たない。';
comment on column eligibility.draft.draft_id is '下書きの番号 (画面が付ける)';
comment on column eligibility.draft.union_code is '広域連合コード';
comment on column eligibility.draft.municipality_code is '書いている利用者の担当の市区町村コード。広域連合の職員なら *';
comment on column eligibility.draft.account_id is '書いている利用者の番号';
comment on column eligibility.draft.version is '版 (1から)';
comment on column eligibility.draft.title is '見出し';
comment on column eligibility.draft.content is '書きかけの中身';
comment on column eligibility.draft.saved_at is '最後に残した時刻';

alter table eligibility.draft enable row level security;
create policy scope on eligibility.draft
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.draft to koiki_union_app;

-- 他の章が読む窓。いずれも読む者の権限で動く。

create view eligibility.granted_filing with (security_invoker = true) as
  select
    g.union_code, g.municipality_code, g.resident_key, r.subject_key, g.filing_id, g.kind,
    g.receipt_number, lower(g.held) as began_on, upper(g.held) as ended_on, g.held, g.fields,
    g.granted_on
  from eligibility.granted_fact g
  join eligibility.filing_standing s on s.filing_id = g.filing_id
  join eligibility.resident r on r.resident_key = g.resident_key
  where s.state = 'granted';
comment on view eligibility.granted_filing is '決定した届書の事実。取り消された届書は出ない。再交付・限度区分・長期入院・特定疾病・基準収入額・要配慮者・利用登録解除などを、資格のほかの章がここから読む。';

create view eligibility.mailing_destination_in_force with (security_invoker = true) as
  select
    d.union_code, d.municipality_code, d.resident_key, r.subject_key, d.covers, d.recipient_name,
    d.relation, d.address, d.effective_on, d.receipt_number
  from eligibility.mailing_destination d
  join eligibility.mailing_destination_check c
    on c.resident_key = d.resident_key and c.filing_id = d.filing_id and c.agreed
  join eligibility.filing_standing s on s.filing_id = d.filing_id and s.state = 'granted'
  join eligibility.resident r on r.resident_key = d.resident_key
  where not d.ends
    and not exists (
      select
      from eligibility.mailing_destination later
      join eligibility.mailing_destination_check agreed
        on agreed.resident_key = later.resident_key and agreed.filing_id = later.filing_id
        and agreed.agreed
      join eligibility.filing_standing standing
        on standing.filing_id = later.filing_id and standing.state = 'granted'
      where later.resident_key = d.resident_key
        and later.covers = d.covers
        and agreed.checked_at > c.checked_at
    );
comment on view eligibility.mailing_destination_in_force is '効いている送付先。2人目が確かめ、廃止も取消もされていないもの。';

grant select on eligibility.granted_filing, eligibility.mailing_destination_in_force
  to koiki_union_app;
