create table certificates.special_treatment_proposal (
  subject_key bigint not null,
  municipality_code text not null,
  proposal_number integer not null check (proposal_number > 0),
  union_code smallint not null,
  act text not null check (act in ('begin', 'lift')),
  effective_on date not null,
  ground text not null,
  notified_on date,
  hearing_until date,
  hearing text check (hearing in ('heard', 'silent')),
  decided_on date not null,
  source text not null check (source <> ''),
  proposed_at timestamptz not null,
  account uuid not null,
  account_name text not null,
  primary key (subject_key, municipality_code, proposal_number),
  check (subject_key / 100000000 = union_code),
  constraint special_treatment_proposal_procedure
    check ((act = 'begin') = (num_nonnulls(notified_on, hearing_until, hearing) = 3)),
  check (notified_on is null or (notified_on <= hearing_until and hearing_until <= decided_on)),
  check (act = 'lift' or decided_on <= effective_on),
  check (case act when 'begin' then ground in ('arrears', 'arrearsEarlier')
                  else ground in ('paid', 'reduced', 'circumstances', 'publicMedical', 'withdrawn') end)
);
comment on table certificates.special_treatment_proposal is '特別療養費の支給への変更 (法82条) とその終わりの案。2人目が確かめて、はじめて効く。足すだけで直さない。';
comment on column certificates.special_treatment_proposal.subject_key is '被保険者の鍵';
comment on column certificates.special_treatment_proposal.municipality_code is '市区町村コード';
comment on column certificates.special_treatment_proposal.proposal_number is '何番目の案か (1から)';
comment on column certificates.special_treatment_proposal.union_code is '広域連合コード';
comment on column certificates.special_treatment_proposal.act is 'begin 特別療養費の支給への変更、lift その終わり';
comment on column certificates.special_treatment_proposal.effective_on is '効き始める日';
comment on column certificates.special_treatment_proposal.ground is '根拠。arrears 1年以上の滞納、arrearsEarlier 1年に満たない滞納、paid 完納、reduced 著しい減少、circumstances 特別の事情、publicMedical 公費負担医療、withdrawn 決定の取消し';
comment on column certificates.special_treatment_proposal.notified_on is '事前通知の日 (終わりでは空)';
comment on column certificates.special_treatment_proposal.hearing_until is '弁明の機会の期限 (終わりでは空)';
comment on column certificates.special_treatment_proposal.hearing is '弁明。heard あった、silent なかった (終わりでは空)';
comment on column certificates.special_treatment_proposal.decided_on is '決定日';
comment on column certificates.special_treatment_proposal.source is '決定の文書番号';
comment on column certificates.special_treatment_proposal.proposed_at is '案を入れた時刻';
comment on column certificates.special_treatment_proposal.account is '案を入れた利用者の番号';
comment on column certificates.special_treatment_proposal.account_name is '案を入れた利用者の名前';

alter table certificates.special_treatment_proposal enable row level security;
create policy scope on certificates.special_treatment_proposal
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.special_treatment_proposal to koiki_union_app;

create table certificates.special_treatment_answer (
  subject_key bigint not null,
  municipality_code text not null,
  proposal_number integer not null,
  union_code smallint not null,
  answer text not null check (answer in ('agreed', 'rejected')),
  reason text,
  answered_at timestamptz not null,
  account uuid not null,
  account_name text not null,
  primary key (subject_key, municipality_code, proposal_number),
  foreign key (subject_key, municipality_code, proposal_number)
    references certificates.special_treatment_proposal,
  check (subject_key / 100000000 = union_code),
  check (answer = 'agreed' or reason is not null)
);
comment on table certificates.special_treatment_answer is '特別療養費の案への2人目の答え。案を入れた人は答えられない。足すだけで直さない。';
comment on column certificates.special_treatment_answer.subject_key is '被保険者の鍵';
comment on column certificates.special_treatment_answer.municipality_code is '市区町村コード';
comment on column certificates.special_treatment_answer.proposal_number is '答えた案の番号';
comment on column certificates.special_treatment_answer.union_code is '広域連合コード';
comment on column certificates.special_treatment_answer.answer is '答え。agreed 確かめた、rejected 差し戻した';
comment on column certificates.special_treatment_answer.reason is '差し戻したわけ';
comment on column certificates.special_treatment_answer.answered_at is '答えた時刻';
comment on column certificates.special_treatment_answer.account is '答えた利用者の番号';
comment on column certificates.special_treatment_answer.account_name is '答えた利用者の名前';

alter table certificates.special_treatment_answer enable row level security;
create policy scope on certificates.special_treatment_answer
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
grant select, insert on certificates.special_treatment_answer to koiki_union_app;

-- 決めたことは、本人が別の市区町村に移っても、手続きの日と一緒に付いて行く。
alter table certificates.special_treatment_event
  add column ground text,
  add column hearing_until date,
  add column hearing text check (hearing in ('heard', 'silent')),
  add column decided_on date,
  add column proposed_by text;
comment on column certificates.special_treatment_event.ground is '根拠。案のとおり';
comment on column certificates.special_treatment_event.hearing_until is '弁明の機会の期限 (終わりでは空)';
comment on column certificates.special_treatment_event.hearing is '弁明。heard あった、silent なかった (終わりでは空)';
comment on column certificates.special_treatment_event.decided_on is '決定日';
comment on column certificates.special_treatment_event.proposed_by is '案を入れた利用者の名前';
