-- 障害認定の書類の更新。前の書類は消えず、更新を取り消せば前に戻る。

create table eligibility.disability_renewal (
  resident_key bigint not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  municipality_code text not null,
  certified_on date not null,
  receipt_number text not null,
  evidence_kind text not null check (evidence_kind <> ''),
  evidence_until date,
  former_kind text not null,
  former_until date,
  renewed_at timestamptz not null,
  primary key (resident_key, sequence),
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.disability_renewal is '障害の程度を示すものの更新。認定は続き、もとになる書類だけが替わる。足すだけで直さない。';
comment on column eligibility.disability_renewal.resident_key is '住民の鍵';
comment on column eligibility.disability_renewal.sequence is '何回目の更新か';
comment on column eligibility.disability_renewal.union_code is '広域連合コード';
comment on column eligibility.disability_renewal.municipality_code is '市区町村コード';
comment on column eligibility.disability_renewal.certified_on is '続いている障害認定の、認定の日';
comment on column eligibility.disability_renewal.receipt_number is '更新の届書の受付番号';
comment on column eligibility.disability_renewal.evidence_kind is '新しい書類の種類';
comment on column eligibility.disability_renewal.evidence_until is '新しい書類の有効期限 (なければ空)';
comment on column eligibility.disability_renewal.former_kind is '前の書類の種類';
comment on column eligibility.disability_renewal.former_until is '前の書類の有効期限 (なければ空)';
comment on column eligibility.disability_renewal.renewed_at is '更新した時刻';

alter table eligibility.disability_renewal enable row level security;
create policy scope on eligibility.disability_renewal
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.disability_renewal to koiki_union_app;

-- 一覧の氏名にはカナを添える。カナの分からない行は空のまま。
alter table eligibility.filing_standing add column name_kana text;
comment on column eligibility.filing_standing.name_kana is '氏名カナ (一覧に出す)';
update eligibility.filing_standing s
   set name_kana = c.name_kana
  from eligibility.filing_person p
  join eligibility.resident r on r.resident_key = p.resident_key
  join eligibility.resident_record c
    on c.resident_key = r.resident_key and c.version = r.current_version
 where p.filing_id = s.filing_id;

-- 突合の氏名・生年月日・性別は、2人が互いの選んだ側を見ずに同じ側を採って、はじめて片づく。
create table eligibility.difference_choice (
  resident_key bigint not null,
  difference_id uuid not null,
  sequence integer not null check (sequence > 0),
  union_code smallint not null,
  municipality_code text not null,
  take text not null check (take in ('register', 'counter', 'explained')),
  note text not null,
  account_id uuid not null,
  account_name text not null,
  chosen_at timestamptz not null,
  primary key (resident_key, difference_id, sequence),
  check (resident_key / 10000000000 = union_code)
);
comment on table eligibility.difference_choice is '突合の差異で採る側の選び。氏名・生年月日・性別は2人が選ぶ。奇数番目が1人目、偶数番目が2人目。足すだけで直さない。';
comment on column eligibility.difference_choice.resident_key is '住民の鍵';
comment on column eligibility.difference_choice.difference_id is '差異の番号';
comment on column eligibility.difference_choice.sequence is '何番目の選びか';
comment on column eligibility.difference_choice.union_code is '広域連合コード';
comment on column eligibility.difference_choice.municipality_code is '市区町村コード';
comment on column eligibility.difference_choice.take is '採る側。register 住基、counter 窓口、explained どちらも正しい';
comment on column eligibility.difference_choice.note is 'わけ';
comment on column eligibility.difference_choice.account_id is '選んだ利用者の番号';
comment on column eligibility.difference_choice.account_name is '選んだ利用者の名前';
comment on column eligibility.difference_choice.chosen_at is '選んだ時刻';

alter table eligibility.difference_choice enable row level security;
create policy scope on eligibility.difference_choice
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on eligibility.difference_choice to koiki_union_app;
