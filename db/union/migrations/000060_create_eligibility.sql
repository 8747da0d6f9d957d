-- 資格 (被保険者資格の管理)。住民の鍵 (resident_key) と被保険者の鍵 (subject_key) は別の種類であり、
-- どちらも一度付けたら変えない。資格を得たときに両者を結ぶ。

create extension if not exists btree_gist;

create schema eligibility;
comment on schema eligibility is '資格。住民基本台帳情報・住登外登録情報の受入れ、被保険者資格の取得・変更・喪失の決定、被保険者番号の付番。';
grant usage on schema eligibility to koiki_union_app;

-- 付番 ------------------------------------------------------------------------

create table eligibility.number_counter (
  union_code smallint not null,
  kind text not null check (kind in ('resident', 'insured')),
  last_number bigint not null check (last_number >= 0),
  primary key (union_code, kind)
);
comment on table eligibility.number_counter is '付番の台帳。広域連合ごとに、最後に付けた番号を一行で持つ。順序どおりに付け、戻さない。';
comment on column eligibility.number_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column eligibility.number_counter.kind is '番号の種類。resident 住民の鍵の連番、insured 被保険者番号の連番 (検査数字を除く7桁)';
comment on column eligibility.number_counter.last_number is '最後に付けた連番';

-- 住民 ------------------------------------------------------------------------

create table eligibility.resident_directory (
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  union_code smallint not null,
  resident_key bigint not null,
  primary key (municipality_code, addressee_number),
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.resident_directory is '宛名番号の索引。市区町村コードと宛名番号から住民の鍵を引く。';
comment on column eligibility.resident_directory.municipality_code is '市区町村コード (6桁)';
comment on column eligibility.resident_directory.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column eligibility.resident_directory.union_code is '広域連合コード';
comment on column eligibility.resident_directory.resident_key is '住民の鍵';

create table eligibility.resident (
  resident_key bigint not null primary key,
  union_code smallint not null,
  municipality_code text not null check (char_length(municipality_code) = 6),
  addressee_number text not null,
  current_version integer not null check (current_version > 0),
  register_digest bytea,
  non_registered_digest bytea,
  number_token uuid,
  subject_key bigint,
  decide_on date,
  check (resident_key / 10000000000 = union_code),
  check (subject_key is null or subject_key / 100000000 = union_code)
);
create index resident_number_token on eligibility.resident (number_token) where number_token is not null;
create index resident_subject on eligibility.resident (subject_key) where subject_key is not null;
create index resident_decide_on on eligibility.resident (union_code, municipality_code, resident_key) include (decide_on) where decide_on is not null;
comment on table eligibility.resident is '住民。市区町村の宛名番号一つにつき一行。内容は resident_record の current_version の行にある。';
comment on column eligibility.resident.resident_key is '住民の鍵 (広域連合コード × 10^10 + 連番)。変わらない';
comment on column eligibility.resident.union_code is '広域連合コード';
comment on column eligibility.resident.municipality_code is '市区町村コード';
comment on column eligibility.resident.addressee_number is '宛名番号';
comment on column eligibility.resident.current_version is '最後に受け入れた記録の版';
comment on column eligibility.resident.register_digest is '最後に受け入れた住民基本台帳情報の要約値 (個人番号と操作年月日を除く)。同じ内容の再受信を見分ける';
comment on column eligibility.resident.non_registered_digest is '最後に受け入れた住登外登録情報の要約値';
comment on column eligibility.resident.number_token is '個人番号の代わりの札。個人番号そのものは金庫 (vault) にだけある';
comment on column eligibility.resident.subject_key is '結び付いた被保険者の鍵。資格を得るまでは空';
comment on column eligibility.resident.decide_on is 'この日以後に資格を判定し直す。空なら、新しい記録が届くまで変わることがない';

create table eligibility.resident_record (
  resident_key bigint not null,
  version integer not null check (version > 0),
  union_code smallint not null,
  municipality_code text not null,
  register smallint not null check (register in (1, 2)),
  transmission_id uuid not null,
  line integer not null,
  recorded_at timestamptz not null,
  changed_on date not null,
  change_reason text not null,
  operated_on date not null,
  digest bytea not null,
  number_token uuid,
  household_number text,
  relationship text,
  name text not null,
  name_kana text,
  alias text,
  former_name text,
  birth_date date not null,
  birth_date_unknown text,
  birth_date_text text,
  sex text not null,
  postal_code text,
  town_code text,
  prefecture_name text,
  municipality_name text,
  town_name text,
  house_number text,
  building text,
  resident_kind text,
  stay_until date,
  resident_from date,
  status text not null,
  removed_on date,
  moved_from_municipality text,
  moved_to_municipality text,
  support_kind text not null,
  support_from date,
  support_until date,
  exclusion_kind text not null,
  exclusion_from date,
  exclusion_until date,
  registered_at_municipality text,
  non_registered_kind text,
  representative text,
  merged_into_addressee_number text,
  primary key (resident_key, version),
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.resident_record is '住民の記録の履歴。市区町村から届いた内容が変わるたびに一行を足す。直さない、消さない。';
comment on column eligibility.resident_record.resident_key is '住民の鍵';
comment on column eligibility.resident_record.version is '版 (1から)';
comment on column eligibility.resident_record.union_code is '広域連合コード';
comment on column eligibility.resident_record.municipality_code is '市区町村コード';
comment on column eligibility.resident_record.register is '台帳の種類。1 住民基本台帳情報、2 住登外登録情報';
comment on column eligibility.resident_record.transmission_id is 'この内容を運んだ送信';
comment on column eligibility.resident_record.line is 'ファイルの中の行';
comment on column eligibility.resident_record.recorded_at is '広域連合が知った時刻';
comment on column eligibility.resident_record.changed_on is '異動年月日 (この内容が効き始めた日)。住登外は適用開始日';
comment on column eligibility.resident_record.change_reason is '異動事由';
comment on column eligibility.resident_record.operated_on is '操作年月日';
comment on column eligibility.resident_record.digest is '記録の要約値 (個人番号と操作年月日を除く)';
comment on column eligibility.resident_record.number_token is '個人番号の代わりの札';
comment on column eligibility.resident_record.household_number is '世帯番号';
comment on column eligibility.resident_record.relationship is '続柄';
comment on column eligibility.resident_record.name is '氏名';
comment on column eligibility.resident_record.name_kana is '氏名カナ';
comment on column eligibility.resident_record.alias is '通称';
comment on column eligibility.resident_record.former_name is '旧氏';
comment on column eligibility.resident_record.birth_date is '生年月日 (不詳のときは市区町村がみなした日)';
comment on column eligibility.resident_record.birth_date_unknown is '生年月日不詳フラグ';
comment on column eligibility.resident_record.birth_date_text is '生年月日不詳表記';
comment on column eligibility.resident_record.sex is '性別';
comment on column eligibility.resident_record.postal_code is '郵便番号';
comment on column eligibility.resident_record.town_code is '町字コード';
comment on column eligibility.resident_record.prefecture_name is '都道府県';
comment on column eligibility.resident_record.municipality_name is '市区郡町村名';
comment on column eligibility.resident_record.town_name is '町字';
comment on column eligibility.resident_record.house_number is '番地号';
comment on column eligibility.resident_record.building is '方書';
comment on column eligibility.resident_record.resident_kind is '住民種別 (1日本人 2外国人)';
comment on column eligibility.resident_record.stay_until is '在留期間満了日';
comment on column eligibility.resident_record.resident_from is '住民となった日。住登外は適用開始日';
comment on column eligibility.resident_record.status is '住民状態 (1現存 2消除)';
comment on column eligibility.resident_record.removed_on is '消除年月日。住登外は適用終了日';
comment on column eligibility.resident_record.moved_from_municipality is '転入前市区町村コード';
comment on column eligibility.resident_record.moved_to_municipality is '転出先市区町村コード';
comment on column eligibility.resident_record.support_kind is '支援措置区分 (0/1)';
comment on column eligibility.resident_record.support_from is '支援措置開始日';
comment on column eligibility.resident_record.support_until is '支援措置終了日';
comment on column eligibility.resident_record.exclusion_kind is '適用除外区分 (0なし 1生活保護 2支援給付)';
comment on column eligibility.resident_record.exclusion_from is '適用除外開始日';
comment on column eligibility.resident_record.exclusion_until is '適用除外終了日 (この日から適用除外でない)';
comment on column eligibility.resident_record.registered_at_municipality is '住民票所在地市区町村コード (住登外)';
comment on column eligibility.resident_record.non_registered_kind is '住登外区分 (1住所地特例 2その他)';
comment on column eligibility.resident_record.representative is '代表宛名フラグ (0代表 1非代表)';
comment on column eligibility.resident_record.merged_into_addressee_number is '名寄せ先宛名番号';

create table eligibility.household_membership (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  household_number text not null,
  held daterange not null check (not isempty(held)),
  is_head boolean not null,
  relationship text not null,
  primary key (resident_key, began_on),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = began_on),
  exclude using gist (resident_key with =, held with &&)
);
create index household_membership_household on eligibility.household_membership (municipality_code, household_number);
comment on table eligibility.household_membership is '世帯に属する期間。一人は同じ日に一つの世帯にしか属さない。';
comment on column eligibility.household_membership.resident_key is '住民の鍵';
comment on column eligibility.household_membership.began_on is '属し始めた日';
comment on column eligibility.household_membership.union_code is '広域連合コード';
comment on column eligibility.household_membership.municipality_code is '市区町村コード';
comment on column eligibility.household_membership.household_number is '世帯番号';
comment on column eligibility.household_membership.held is '属する期間 (終わりの日を含まない)';
comment on column eligibility.household_membership.is_head is '世帯主であるか';
comment on column eligibility.household_membership.relationship is '続柄';

create table eligibility.support_measure (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  held daterange not null check (not isempty(held)),
  announced_until date,
  transmission_id uuid not null,
  primary key (resident_key, began_on),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = began_on)
);
comment on table eligibility.support_measure is '支援措置の期間。市区町村が区分0を送るまで終わらせない。申し出の終了日が過ぎただけでは解けない。';
comment on column eligibility.support_measure.resident_key is '住民の鍵';
comment on column eligibility.support_measure.began_on is '支援措置開始日';
comment on column eligibility.support_measure.union_code is '広域連合コード';
comment on column eligibility.support_measure.municipality_code is '市区町村コード';
comment on column eligibility.support_measure.held is '効いている期間';
comment on column eligibility.support_measure.announced_until is '支援措置終了日 (市区町村が知らせた予定)';
comment on column eligibility.support_measure.transmission_id is '最後にこの行を動かした送信';

create table eligibility.application_exclusion (
  resident_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  kind text not null check (kind in ('1', '2')),
  held daterange not null check (not isempty(held)),
  primary key (resident_key, began_on),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = began_on),
  exclude using gist (resident_key with =, held with &&)
);
comment on table eligibility.application_exclusion is '適用除外の期間 (法51条)。住民の記録から読んだ今の姿。';
comment on column eligibility.application_exclusion.resident_key is '住民の鍵';
comment on column eligibility.application_exclusion.began_on is '適用除外開始日';
comment on column eligibility.application_exclusion.union_code is '広域連合コード';
comment on column eligibility.application_exclusion.municipality_code is '市区町村コード';
comment on column eligibility.application_exclusion.kind is '適用除外区分 (1生活保護 2支援給付)';
comment on column eligibility.application_exclusion.held is '適用除外の期間';

-- 被保険者 --------------------------------------------------------------------

create table eligibility.insured_person (
  subject_key bigint not null primary key,
  union_code smallint not null,
  municipality_code text not null,
  insured_number text not null check (insured_number ~ '^[0-9]{8}$'),
  resident_key bigint not null,
  name text not null,
  name_kana text,
  birth_date date not null,
  sex text not null,
  name_sort text collate "C" not null,
  under_support_measure boolean not null,
  issued_on date not null,
  issued_by_job text not null,
  check (subject_key / 100000000 = union_code),
  check (subject_key % 100000000 = insured_number::bigint),
  check (resident_key / 10000000000 = union_code)
);
create index insured_person_resident on eligibility.insured_person (resident_key);
create index insured_person_birth_date on eligibility.insured_person (union_code, birth_date);
create index insured_person_municipality on eligibility.insured_person (union_code, municipality_code, name_sort);
comment on table eligibility.insured_person is '被保険者 (被保険者であった者を含む)。被保険者番号一つにつき一行。氏名などは今の住民の記録の写し。';
comment on column eligibility.insured_person.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)。変わらない';
comment on column eligibility.insured_person.union_code is '広域連合コード';
comment on column eligibility.insured_person.municipality_code is '今の (喪失後は最後の) 市区町村コード';
comment on column eligibility.insured_person.insured_number is '被保険者番号 (8桁)';
comment on column eligibility.insured_person.resident_key is '今の (喪失後は最後の) 住民の鍵';
comment on column eligibility.insured_person.name is '氏名';
comment on column eligibility.insured_person.name_kana is '氏名カナ';
comment on column eligibility.insured_person.birth_date is '生年月日';
comment on column eligibility.insured_person.sex is '性別';
comment on column eligibility.insured_person.name_sort is '並べる順 (カナをそろえたもの、なければ氏名)';
comment on column eligibility.insured_person.under_support_measure is '支援措置が効いているか (結び付いたどの市区町村の記録でも)。担当の範囲の外の記録による支援措置も、ここで分かる';
comment on column eligibility.insured_person.issued_on is '被保険者番号を付けた日';
comment on column eligibility.insured_person.issued_by_job is '被保険者番号を付けたジョブ';

create table eligibility.person_name_key (
  subject_key bigint not null,
  folded text collate "C" not null,
  union_code smallint not null,
  municipality_code text not null,
  primary key (subject_key, folded),
  check (subject_key / 100000000 = union_code)
);
create index person_name_key_folded on eligibility.person_name_key (union_code, folded, municipality_code, subject_key);
comment on table eligibility.person_name_key is '氏名からさがすための鍵。氏名・カナ・通称・旧氏の全体と名の部分を、異体字と空白をそろえて持つ。行単位の権限の下でも前方一致の索引が使える形にしてある。';
comment on column eligibility.person_name_key.subject_key is '被保険者の鍵';
comment on column eligibility.person_name_key.folded is 'そろえた文字列';
comment on column eligibility.person_name_key.union_code is '広域連合コード';
comment on column eligibility.person_name_key.municipality_code is '市区町村コード';

create table eligibility.resident_link (
  subject_key bigint not null,
  resident_key bigint not null,
  union_code smallint not null,
  municipality_code text not null,
  addressee_number text not null,
  insured_number text not null,
  number_token uuid,
  linked_at timestamptz not null,
  ground text not null check (ground in ('新規付番', '個人番号一致')),
  job_id text not null,
  primary key (subject_key, resident_key),
  check (subject_key / 100000000 = union_code),
  check (resident_key / 10000000000 = union_code)
);
create index resident_link_resident on eligibility.resident_link (resident_key);
comment on table eligibility.resident_link is '宛名番号・個人番号・被保険者番号の紐付け。被保険者と、その人の市区町村ごとの住民の記録を結ぶ。足すだけで直さない。';
comment on column eligibility.resident_link.subject_key is '被保険者の鍵';
comment on column eligibility.resident_link.resident_key is '住民の鍵';
comment on column eligibility.resident_link.union_code is '広域連合コード';
comment on column eligibility.resident_link.municipality_code is '市区町村コード';
comment on column eligibility.resident_link.addressee_number is '宛名番号';
comment on column eligibility.resident_link.insured_number is '被保険者番号';
comment on column eligibility.resident_link.number_token is '結んだときの個人番号の札 (個人番号がなければ空)';
comment on column eligibility.resident_link.linked_at is '結んだ時刻';
comment on column eligibility.resident_link.ground is '結んだ理由';
comment on column eligibility.resident_link.job_id is '結んだジョブ';

create table eligibility.number_directory (
  number_token uuid not null,
  union_code smallint not null,
  subject_key bigint not null,
  municipality_code text not null,
  primary key (number_token, union_code),
  check (subject_key / 100000000 = union_code)
);
comment on table eligibility.number_directory is '個人番号の札から被保険者を引く索引。一つの個人番号は広域連合の中で一人を指す。';
comment on column eligibility.number_directory.number_token is '個人番号の代わりの札';
comment on column eligibility.number_directory.union_code is '広域連合コード';
comment on column eligibility.number_directory.subject_key is '被保険者の鍵 (再取得で番号が新しくなったときは新しい方)';
comment on column eligibility.number_directory.municipality_code is '結んだときの市区町村コード';

create table eligibility.entitlement (
  subject_key bigint not null,
  began_on date not null,
  union_code smallint not null,
  municipality_code text not null,
  insurer_number text not null,
  resident_key bigint not null,
  held daterange not null check (not isempty(held)),
  acquired_on date not null,
  ground_acquired text not null,
  lost_on date,
  ground_lost text,
  primary key (subject_key, began_on),
  check (subject_key / 100000000 = union_code),
  check (resident_key / 10000000000 = union_code),
  check (lower(held) = began_on),
  check (acquired_on <= began_on),
  check ((lost_on is null) = (ground_lost is null)),
  exclude using gist (subject_key with =, held with &&)
);
create index entitlement_resident on eligibility.entitlement (resident_key);
comment on table eligibility.entitlement is '被保険者資格の期間。保険者番号 (市区町村) が変わるごとに一行。重なる期間は登録できない。決定 (entitlement_event) を積み上げた今の姿であり、いつでも作り直せる。';
comment on column eligibility.entitlement.subject_key is '被保険者の鍵';
comment on column eligibility.entitlement.began_on is 'この市区町村での期間の始まり';
comment on column eligibility.entitlement.union_code is '広域連合コード';
comment on column eligibility.entitlement.municipality_code is '市区町村コード';
comment on column eligibility.entitlement.insurer_number is '保険者番号 (8桁)';
comment on column eligibility.entitlement.resident_key is 'この期間のもとになった住民の鍵';
comment on column eligibility.entitlement.held is '期間 (終わりの日を含まない)';
comment on column eligibility.entitlement.acquired_on is '資格取得年月日 (広域連合の被保険者になった日)';
comment on column eligibility.entitlement.ground_acquired is '資格取得事由 (01年齢到達 02障害認定 03転入 04適用除外の終了 09その他)';
comment on column eligibility.entitlement.lost_on is '資格喪失年月日 (広域連合の被保険者でなくなった日)';
comment on column eligibility.entitlement.ground_lost is '資格喪失事由 (01死亡 02転出 03適用除外 04障害認定の撤回 09その他)';

create table eligibility.entitlement_event (
  subject_key bigint not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  municipality_code text not null,
  kind text not null check (kind in ('取得', '変更', '喪失', '取消')),
  effective_on date not null,
  ground text not null,
  entitlement jsonb not null,
  facts jsonb not null,
  edition text not null,
  decided_at timestamptz not null,
  decided_on date not null,
  job_id text not null,
  primary key (subject_key, sequence),
  check (subject_key / 100000000 = union_code)
);
create index entitlement_event_decided on eligibility.entitlement_event (union_code, decided_on);
comment on table eligibility.entitlement_event is '被保険者資格の決定。足すだけで直さない。直すときは新しい決定を足す。最後の決定の entitlement が今の期間に等しい。';
comment on column eligibility.entitlement_event.subject_key is '被保険者の鍵';
comment on column eligibility.entitlement_event.sequence is '決定の順番 (1から)';
comment on column eligibility.entitlement_event.union_code is '広域連合コード';
comment on column eligibility.entitlement_event.municipality_code is '決定のときの市区町村コード';
comment on column eligibility.entitlement_event.kind is '取得・変更・喪失・取消';
comment on column eligibility.entitlement_event.effective_on is '効力の日';
comment on column eligibility.entitlement_event.ground is '事由';
comment on column eligibility.entitlement_event.entitlement is 'この決定の後の資格の期間 (全部)';
comment on column eligibility.entitlement_event.facts is '用いた事実 (住民の記録の鍵と版、日付)。氏名・住所・個人番号は持たない';
comment on column eligibility.entitlement_event.edition is '用いた法令表の版';
comment on column eligibility.entitlement_event.decided_at is '決定した時刻';
comment on column eligibility.entitlement_event.decided_on is '決定した日 (業務の日付)';
comment on column eligibility.entitlement_event.job_id is '決定したジョブ';

create table eligibility.pending_decision (
  resident_key bigint not null primary key,
  union_code smallint not null,
  municipality_code text not null,
  reasons jsonb not null,
  since timestamptz not null,
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.pending_decision is '判定できない人。足りない事実がそろうまで決定を待つ。';
comment on column eligibility.pending_decision.resident_key is '住民の鍵';
comment on column eligibility.pending_decision.union_code is '広域連合コード';
comment on column eligibility.pending_decision.municipality_code is '市区町村コード';
comment on column eligibility.pending_decision.reasons is '判定できない理由 (コード・場所・事実)';
comment on column eligibility.pending_decision.since is '判定できないと分かった時刻';

create table eligibility.insured_delivery (
  subject_key bigint not null,
  municipality_code text not null,
  acquired_on date not null,
  union_code smallint not null,
  ground_acquired text not null,
  cancelled boolean not null,
  digest bytea not null,
  transmission_id uuid not null,
  delivered_at timestamptz not null,
  primary key (subject_key, municipality_code, acquired_on),
  check (subject_key / 100000000 = union_code)
);
create index insured_delivery_municipality on eligibility.insured_delivery (municipality_code);
comment on table eligibility.insured_delivery is '被保険者情報の配信の控え。市区町村へ最後に送った内容の要約値。変わった人だけを次に送る。';
comment on column eligibility.insured_delivery.subject_key is '被保険者の鍵';
comment on column eligibility.insured_delivery.municipality_code is '送り先の市区町村コード';
comment on column eligibility.insured_delivery.acquired_on is '送った資格取得年月日';
comment on column eligibility.insured_delivery.union_code is '広域連合コード';
comment on column eligibility.insured_delivery.ground_acquired is '送った資格取得事由';
comment on column eligibility.insured_delivery.cancelled is '資格の取消を送ったか';
comment on column eligibility.insured_delivery.digest is '送った行の要約値 (異動区分と操作年月日を除く)';
comment on column eligibility.insured_delivery.transmission_id is '運んだ送信';
comment on column eligibility.insured_delivery.delivered_at is '送信を作った時刻';

-- 行単位の権限 ----------------------------------------------------------------

alter table eligibility.number_counter enable row level security;
create policy scope on eligibility.number_counter
  using (union_code = current_setting('koiki.union', true)::smallint)
  with check (union_code = current_setting('koiki.union', true)::smallint);
grant select, insert, update on eligibility.number_counter to koiki_union_app;

alter table eligibility.resident_directory enable row level security;
create policy scope on eligibility.resident_directory
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.resident_directory to koiki_union_app;

alter table eligibility.resident enable row level security;
create policy scope on eligibility.resident
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on eligibility.resident to koiki_union_app;

alter table eligibility.resident_record enable row level security;
create policy scope on eligibility.resident_record
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.resident_record to koiki_union_app;

alter table eligibility.household_membership enable row level security;
create policy scope on eligibility.household_membership
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.household_membership to koiki_union_app;

alter table eligibility.support_measure enable row level security;
create policy scope on eligibility.support_measure
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.support_measure to koiki_union_app;

alter table eligibility.application_exclusion enable row level security;
create policy scope on eligibility.application_exclusion
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.application_exclusion to koiki_union_app;

alter table eligibility.insured_person enable row level security;
create policy scope on eligibility.insured_person
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on eligibility.insured_person to koiki_union_app;

alter table eligibility.person_name_key enable row level security;
create policy scope on eligibility.person_name_key
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.person_name_key to koiki_union_app;

alter table eligibility.resident_link enable row level security;
create policy scope on eligibility.resident_link
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.resident_link to koiki_union_app;

alter table eligibility.number_directory enable row level security;
create policy scope on eligibility.number_directory
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on eligibility.number_directory to koiki_union_app;

alter table eligibility.entitlement enable row level security;
create policy scope on eligibility.entitlement
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.entitlement to koiki_union_app;

alter table eligibility.entitlement_event enable row level security;
create policy scope on eligibility.entitlement_event
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.entitlement_event to koiki_union_app;

alter table eligibility.pending_decision enable row level security;
create policy scope on eligibility.pending_decision
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update, delete on eligibility.pending_decision to koiki_union_app;

alter table eligibility.insured_delivery enable row level security;
create policy scope on eligibility.insured_delivery
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert, update on eligibility.insured_delivery to koiki_union_app;
