-- 資格確認書等。何を持っているか、なぜ出したか、どの紙がどうなったか。発行といきさつは足すだけで直さない。

create schema certificates;
comment on schema certificates is '資格確認書等。交付する文書の判定のもと、発行、紙と印刷の照合、返戻・紛失・回収。';
grant usage on schema certificates to koiki_union_app;

create table certificates.insurance_card_use (
  subject_key bigint not null,
  municipality_code text not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  state text not null check (state in ('registered', 'notRegistered', 'deregistered', 'expired')),
  effective_on date not null,
  source text not null check (source <> ''),
  known_at timestamptz not null,
  account uuid,
  account_name text not null,
  primary key (subject_key, municipality_code, sequence),
  check (subject_key / 100000000 = union_code)
);
comment on table certificates.insurance_card_use is 'マイナ保険証の状況。知らせが来るたびに一行を足す。その日の状況は、その日までに効いた最後の知らせ。';
comment on column certificates.insurance_card_use.subject_key is '被保険者の鍵';
comment on column certificates.insurance_card_use.municipality_code is '市区町村コード';
comment on column certificates.insurance_card_use.sequence is '何番目の知らせか (1から)';
comment on column certificates.insurance_card_use.union_code is '広域連合コード';
comment on column certificates.insurance_card_use.state is '状況。registered 利用登録あり、notRegistered なし、deregistered 解除した、expired 電子証明書の失効';
comment on column certificates.insurance_card_use.effective_on is 'この状況になった日';
comment on column certificates.insurance_card_use.source is '出どころ (中間サーバー、窓口で見たもの)';
comment on column certificates.insurance_card_use.known_at is '知った時刻';
comment on column certificates.insurance_card_use.account is '入れた利用者の番号 (ファイルによるときは空)';
comment on column certificates.insurance_card_use.account_name is '入れた利用者の名前';

alter table certificates.insurance_card_use enable row level security;
create policy scope on certificates.insurance_card_use
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.insurance_card_use to koiki_union_app;

create table certificates.special_treatment_event (
  subject_key bigint not null,
  municipality_code text not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  act text not null check (act in ('begin', 'lift')),
  effective_on date not null,
  notified_on date,
  source text not null check (source <> ''),
  decided_at timestamptz not null,
  account uuid not null,
  account_name text not null,
  primary key (subject_key, municipality_code, sequence),
  check (subject_key / 100000000 = union_code),
  check ((act = 'begin') = (notified_on is not null)),
  check (notified_on is null or notified_on <= effective_on)
);
comment on table certificates.special_treatment_event is '特別療養費の支給への変更 (法82条) とその終わり。滞納の手続きは収納の章が行い、ここには決定だけが来る。足すだけで直さない。';
comment on column certificates.special_treatment_event.subject_key is '被保険者の鍵';
comment on column certificates.special_treatment_event.municipality_code is '市区町村コード';
comment on column certificates.special_treatment_event.sequence is '何番目の決定か (1から)';
comment on column certificates.special_treatment_event.union_code is '広域連合コード';
comment on column certificates.special_treatment_event.act is 'begin 特別療養費の支給への変更、lift その終わり';
comment on column certificates.special_treatment_event.effective_on is '効き始める日';
comment on column certificates.special_treatment_event.notified_on is '事前の通知の日 (終わりでは空)';
comment on column certificates.special_treatment_event.source is '決定の文書番号など';
comment on column certificates.special_treatment_event.decided_at is '入れた時刻';
comment on column certificates.special_treatment_event.account is '入れた利用者の番号';
comment on column certificates.special_treatment_event.account_name is '入れた利用者の名前';

alter table certificates.special_treatment_event enable row level security;
create policy scope on certificates.special_treatment_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.special_treatment_event to koiki_union_app;

create table certificates.issue (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null check (issue_number > 0),
  union_code smallint not null,
  resident_key bigint not null,
  document text not null check (document in ('insuranceCard', 'formerSpecialCertificate', 'eligibilityCertificate', 'eligibilityInformationNotice', 'specialEligibilityCertificate')),
  reason text not null,
  manner text not null check (manner in ('counter', 'bulk')),
  delivery text not null check (delivery in ('handOver', 'mail')),
  effective_from date not null,
  valid_until date not null,
  issued_on date not null,
  issued_at timestamptz not null,
  contents jsonb not null,
  destination jsonb,
  destination_kind text check (destination_kind in ('address', 'registered')),
  grounds jsonb not null,
  edition text not null,
  request_id uuid,
  request_digest bytea,
  account uuid,
  account_name text not null,
  job_id bigint,
  run_id uuid,
  note text,
  primary key (subject_key, municipality_code, issue_number),
  check (subject_key / 100000000 = union_code),
  check (resident_key / 10000000000 = union_code),
  check (effective_from <= valid_until),
  check ((manner = 'bulk') = (job_id is not null)),
  check ((delivery = 'mail') = (destination is not null)),
  unique (subject_key, request_id)
);
create index issue_run on certificates.issue (run_id) where run_id is not null;
comment on table certificates.issue is '資格確認書等の発行。一通につき一行。足すだけで直さない。';
comment on column certificates.issue.subject_key is '被保険者の鍵';
comment on column certificates.issue.municipality_code is '市区町村コード';
comment on column certificates.issue.issue_number is 'この市区町村での、この人の何通目か (1から)';
comment on column certificates.issue.union_code is '広域連合コード';
comment on column certificates.issue.resident_key is '住民の鍵';
comment on column certificates.issue.document is '文書の種類。被保険者証、被保険者資格証明書、資格確認書、資格情報のお知らせ、資格確認書（特別療養）の順';
comment on column certificates.issue.reason is '発行事由';
comment on column certificates.issue.manner is 'counter 窓口での即時発行、bulk 一括発行';
comment on column certificates.issue.delivery is 'handOver 手渡し、mail 郵送';
comment on column certificates.issue.effective_from is '発効期日';
comment on column certificates.issue.valid_until is '有効期限 (使える最後の日)';
comment on column certificates.issue.issued_on is '交付年月日';
comment on column certificates.issue.issued_at is '発行した時刻';
comment on column certificates.issue.contents is '記載 (紙に書いたまま)。支援措置の対象の人の住所は持たない';
comment on column certificates.issue.destination is '宛先 (手渡しでは空)';
comment on column certificates.issue.destination_kind is '宛先のもと。address 住民票の住所、registered 登録した送付先';
comment on column certificates.issue.grounds is '文書を決めた理由';
comment on column certificates.issue.edition is '法令表の版';
comment on column certificates.issue.request_id is '画面が付けた頼みの番号 (一括では空)';
comment on column certificates.issue.request_digest is '頼みの内容の要約値。同じ番号で別の頼みを見分ける';
comment on column certificates.issue.account is '発行した利用者の番号 (一括では空)';
comment on column certificates.issue.account_name is '発行した利用者、または一括の名';
comment on column certificates.issue.job_id is '一括発行したジョブ';
comment on column certificates.issue.run_id is '一括の束';
comment on column certificates.issue.note is '覚え';

alter table certificates.issue enable row level security;
create policy scope on certificates.issue
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.issue to koiki_union_app;

create table certificates.issue_standing (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  version integer not null check (version > 0),
  state text not null check (state in ('instructed', 'printed', 'handedOver', 'returned', 'recollected', 'lost', 'cancelled')),
  copy integer not null check (copy > 0),
  valid_until date not null,
  void_on date,
  void_reason text check (void_reason in ('replaced', 'lossOfEligibility', 'moved', 'lost', 'recollected', 'cancelled')),
  changed_at timestamptz not null,
  primary key (subject_key, municipality_code, issue_number),
  check (subject_key / 100000000 = union_code),
  check ((void_on is null) = (void_reason is null))
);
create index issue_standing_unconfirmed on certificates.issue_standing (union_code, municipality_code, changed_at) where state = 'instructed';
comment on table certificates.issue_standing is '資格確認書等の今。いきさつを積み上げた今の姿で、一覧と楽観的な版のために持つ。';
comment on column certificates.issue_standing.subject_key is '被保険者の鍵';
comment on column certificates.issue_standing.municipality_code is '市区町村コード';
comment on column certificates.issue_standing.issue_number is '何通目か';
comment on column certificates.issue_standing.union_code is '広域連合コード';
comment on column certificates.issue_standing.version is '版 (1から)';
comment on column certificates.issue_standing.state is '紙のありか。instructed 印刷前、printed 紙を確かめた、handedOver 渡した、returned 返戻、recollected 回収、lost 紛失、cancelled 発行の取りやめ';
comment on column certificates.issue_standing.copy is 'いまの紙は何枚目か';
comment on column certificates.issue_standing.valid_until is '有効期限';
comment on column certificates.issue_standing.void_on is 'この日から使えない';
comment on column certificates.issue_standing.void_reason is '使えないわけ。replaced 新しい文書の交付、lossOfEligibility 資格の喪失、moved 市区町村の異動、lost 紛失、recollected 回収、cancelled 発行の取りやめ';
comment on column certificates.issue_standing.changed_at is '最後に変わった時刻';

alter table certificates.issue_standing enable row level security;
create policy scope on certificates.issue_standing
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on certificates.issue_standing to koiki_union_app;

create table certificates.issue_event (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  act text not null check (act in ('confirmed', 'spoiled', 'notPrinted', 'handedOver', 'mailed', 'returned', 'lost', 'recollected', 'cancelled', 'voided')),
  happened_at timestamptz not null,
  happened_on date not null,
  account uuid,
  account_name text not null,
  note text,
  primary key (subject_key, municipality_code, issue_number, sequence),
  check (subject_key / 100000000 = union_code)
);
comment on table certificates.issue_event is '資格確認書等のいきさつ。一つの行いにつき一行。足すだけで直さない。';
comment on column certificates.issue_event.subject_key is '被保険者の鍵';
comment on column certificates.issue_event.municipality_code is '市区町村コード';
comment on column certificates.issue_event.issue_number is '何通目か';
comment on column certificates.issue_event.sequence is '何番目のいきさつか (発行の後、1から)';
comment on column certificates.issue_event.union_code is '広域連合コード';
comment on column certificates.issue_event.act is '行い。confirmed 紙を確かめた、spoiled よごれ、notPrinted 出なかった、handedOver 手渡し、mailed 郵送、returned 返戻、lost 紛失、recollected 回収、cancelled 取りやめ、voided 無効';
comment on column certificates.issue_event.happened_at is '行った時刻';
comment on column certificates.issue_event.happened_on is 'その事の日';
comment on column certificates.issue_event.account is '行った利用者の番号 (仕組みが行ったときは空)';
comment on column certificates.issue_event.account_name is '行った利用者の名前';
comment on column certificates.issue_event.note is 'わけ・覚え';

alter table certificates.issue_event enable row level security;
create policy scope on certificates.issue_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.issue_event to koiki_union_app;

create table certificates.print_run (
  run_id uuid not null primary key,
  union_code smallint not null,
  municipality_code text not null,
  title text not null,
  made_on date not null,
  made_at timestamptz not null,
  job_id bigint not null,
  version integer not null check (version > 0),
  closed_at timestamptz,
  closed_by uuid,
  closed_by_name text,
  check (num_nulls(closed_at, closed_by, closed_by_name) in (0, 3))
);
create index print_run_scope on certificates.print_run (union_code, municipality_code, made_at);
comment on table certificates.print_run is '印刷の束。市区町村ごとの一括の印刷。すべての紙がどうなったか分かるまで閉じられない。';
comment on column certificates.print_run.run_id is '束の番号';
comment on column certificates.print_run.union_code is '広域連合コード';
comment on column certificates.print_run.municipality_code is '市区町村コード';
comment on column certificates.print_run.title is '束の名';
comment on column certificates.print_run.made_on is '作った日';
comment on column certificates.print_run.made_at is '作った時刻';
comment on column certificates.print_run.job_id is '作ったジョブ';
comment on column certificates.print_run.version is '版 (1から)';
comment on column certificates.print_run.closed_at is '閉じた時刻 (開いていれば空)';
comment on column certificates.print_run.closed_by is '閉じた利用者の番号';
comment on column certificates.print_run.closed_by_name is '閉じた利用者の名前';

alter table certificates.print_run enable row level security;
create policy scope on certificates.print_run
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on certificates.print_run to koiki_union_app;

create table certificates.sheet (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  copy integer not null check (copy > 0),
  union_code smallint not null,
  code text not null check (code ~ '^[0-9]{8}-[0-9]{4,5}-[0-9]{4}$'),
  run_id uuid,
  place integer,
  instructed_at timestamptz not null,
  state text not null check (state in ('instructed', 'printed', 'spoiled', 'notPrinted')),
  settled_at timestamptz,
  settled_by_name text,
  primary key (subject_key, municipality_code, issue_number, copy),
  check (subject_key / 100000000 = union_code),
  check ((state = 'instructed') = (settled_at is null)),
  check ((run_id is null) = (place is null))
);
create index sheet_run on certificates.sheet (run_id, place) where run_id is not null;
comment on table certificates.sheet is '印刷の紙。一枚につき一行。紙の符号で、刷れた・よごれた・出なかったを一枚ずつ言う。';
comment on column certificates.sheet.subject_key is '被保険者の鍵';
comment on column certificates.sheet.municipality_code is '市区町村コード';
comment on column certificates.sheet.issue_number is '何通目か';
comment on column certificates.sheet.copy is 'その文書の何枚目の紙か';
comment on column certificates.sheet.union_code is '広域連合コード';
comment on column certificates.sheet.code is '紙に刷る符号 (機械でも読める)';
comment on column certificates.sheet.run_id is '束の番号 (1枚ずつの印刷では空)';
comment on column certificates.sheet.place is '束の中の順番 (1から)';
comment on column certificates.sheet.instructed_at is '印刷を頼んだ時刻';
comment on column certificates.sheet.state is 'instructed 頼んだ、printed 印刷できた、spoiled よごれ、notPrinted 出なかった';
comment on column certificates.sheet.settled_at is 'どうなったかを確かめた時刻';
comment on column certificates.sheet.settled_by_name is '確かめた利用者の名前';

alter table certificates.sheet enable row level security;
create policy scope on certificates.sheet
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on certificates.sheet to koiki_union_app;

create table certificates.destination_confirmation (
  subject_key bigint not null,
  municipality_code text not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  digest bytea not null check (octet_length(digest) = 32),
  note text not null check (note <> ''),
  account uuid not null,
  account_name text not null,
  confirmed_at timestamptz not null,
  primary key (subject_key, municipality_code, sequence),
  check (subject_key / 100000000 = union_code)
);
comment on table certificates.destination_confirmation is '宛先の確かめ。同じ住所に別の世帯がある人の宛先を、人が確かめたこと。宛先が変われば効かない。足すだけで直さない。';
comment on column certificates.destination_confirmation.subject_key is '被保険者の鍵';
comment on column certificates.destination_confirmation.municipality_code is '市区町村コード';
comment on column certificates.destination_confirmation.sequence is '何番目か (1から)';
comment on column certificates.destination_confirmation.union_code is '広域連合コード';
comment on column certificates.destination_confirmation.digest is '確かめた宛先の要約値';
comment on column certificates.destination_confirmation.note is '確かめたこと';
comment on column certificates.destination_confirmation.account is '確かめた利用者の番号';
comment on column certificates.destination_confirmation.account_name is '確かめた利用者の名前';
comment on column certificates.destination_confirmation.confirmed_at is '確かめた時刻';

alter table certificates.destination_confirmation enable row level security;
create policy scope on certificates.destination_confirmation
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.destination_confirmation to koiki_union_app;

create table certificates.waiting (
  subject_key bigint not null,
  municipality_code text not null,
  union_code smallint not null,
  since date not null,
  document_on date not null,
  missing jsonb not null,
  job_id bigint not null,
  primary key (subject_key, municipality_code),
  check (subject_key / 100000000 = union_code)
);
comment on table certificates.waiting is '文書を待っている人。一括発行で文書を作れなかった人とそのわけ。作れれば消える。';
comment on column certificates.waiting.subject_key is '被保険者の鍵';
comment on column certificates.waiting.municipality_code is '市区町村コード';
comment on column certificates.waiting.union_code is '広域連合コード';
comment on column certificates.waiting.since is '待ち始めた日';
comment on column certificates.waiting.document_on is 'いつの文書か';
comment on column certificates.waiting.missing is '足りないもの';
comment on column certificates.waiting.job_id is '最後に調べたジョブ';

alter table certificates.waiting enable row level security;
create policy scope on certificates.waiting
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on certificates.waiting to koiki_union_app;
