-- 窓口の届書も、住民の記録を語る。届書の内容は住民基本台帳情報と同じ履歴に一つの版として入り、資格の判定は両方を
-- 知った順に読む。届出年月日より前に操作された古い記録が後から届いても、窓口で聞いたことを打ち消さない。

alter table eligibility.resident_record alter column transmission_id drop not null;
alter table eligibility.resident_record alter column line drop not null;
alter table eligibility.resident_record add column receipt_number text;
alter table eligibility.resident_record add constraint resident_record_source
  check (num_nonnulls(transmission_id, receipt_number) = 1 and (transmission_id is null) = (line is null));
comment on column eligibility.resident_record.transmission_id is 'この内容を運んだ送信。届書による版では空';
comment on column eligibility.resident_record.line is 'ファイルの中の行。届書による版では空';
comment on column eligibility.resident_record.operated_on is '操作年月日。届書による版では届出年月日';
comment on column eligibility.resident_record.receipt_number is 'この内容を語った届書の受付番号。ファイルによる版では空';

alter table eligibility.resident add column late_versions integer not null default 0 check (late_versions >= 0);
alter table eligibility.resident add column counter_filed_on date;
comment on column eligibility.resident.current_version is '今の姿の版。窓口の届書より前に操作された記録が遅れて届いても、進まない';
comment on column eligibility.resident.late_versions is '今の姿の版より後の番号を持つ、遅れて届いた古い版の数';
comment on column eligibility.resident.counter_filed_on is '今の姿が届書によるときの届出年月日。この日以後に操作された記録が届けば、それが今の姿になる';

-- 届書による決定は、ジョブではなく受付番号を持つ。
alter table eligibility.entitlement_event alter column job_id drop not null;
alter table eligibility.entitlement_event add column receipt_number text;
alter table eligibility.entitlement_event add constraint entitlement_event_decider
  check (num_nonnulls(job_id, receipt_number) = 1);
comment on column eligibility.entitlement_event.job_id is '決定したジョブ。届書による決定では空';
comment on column eligibility.entitlement_event.receipt_number is '決定のもとになった届書の受付番号';

alter table eligibility.resident_link alter column job_id drop not null;
alter table eligibility.resident_link add column receipt_number text;
alter table eligibility.resident_link add constraint resident_link_decider
  check (num_nonnulls(job_id, receipt_number) = 1);
comment on column eligibility.resident_link.job_id is '結んだジョブ。届書によるときは空';
comment on column eligibility.resident_link.receipt_number is '結ぶもとになった届書の受付番号';

alter table eligibility.insured_person alter column issued_by_job drop not null;
alter table eligibility.insured_person add column issued_by_receipt text;
alter table eligibility.insured_person add constraint insured_person_issuer
  check (num_nonnulls(issued_by_job, issued_by_receipt) = 1);
comment on column eligibility.insured_person.issued_by_job is '被保険者番号を付けたジョブ。届書によるときは空';
comment on column eligibility.insured_person.issued_by_receipt is '被保険者番号を付けるもとになった届書の受付番号';
