-- 住民異動の前と後の姿を残す。取り消された異動も、取り消した異動も、両方の行が残る。
-- 在留資格と、支援措置の二つの効果 (不開示・自己情報提供不可) を住民票と、その移転先に足す。

alter table resident_register.resident
  add column residence_status text,
  add column non_disclosure text not null default '0' check (non_disclosure in ('0', '1')),
  add column self_provision_disabled text not null default '0' check (self_provision_disabled in ('0', '1'));
comment on column resident_register.resident.residence_status is '在留資格 (外国人住民。最初の登録内容では空のことがある)';
comment on column resident_register.resident.non_disclosure is '不開示該当フラグ (0該当しない 1該当する)';
comment on column resident_register.resident.self_provision_disabled is '自己情報提供不可フラグ (0該当しない 1該当する)';

alter table municipal_system.resident
  add column residence_status text,
  add column non_disclosure text not null default '0' check (non_disclosure in ('0', '1')),
  add column self_provision_disabled text not null default '0' check (self_provision_disabled in ('0', '1'));
comment on column municipal_system.resident.residence_status is '在留資格 (外国人住民。最初の登録内容では空のことがある)';
comment on column municipal_system.resident.non_disclosure is '不開示該当フラグ (0該当しない 1該当する)';
comment on column municipal_system.resident.self_provision_disabled is '自己情報提供不可フラグ (0該当しない 1該当する)';

alter table resident_register.resident_event
  add column cancels uuid,
  add column reason text;
comment on column resident_register.resident_event.event_kind is '異動の種類 (転入・出生・転居・転出・死亡・世帯変更・氏名変更・職権記載・職権修正・職権消除・職権回復・個人番号変更・在留資格変更・生活保護開始・生活保護終了・支援措置開始・支援措置変更・支援措置終了・異動の取消)';
comment on column resident_register.resident_event.cancels is '取り消した異動の受付番号 (異動の取消だけ)';
comment on column resident_register.resident_event.reason is '職権の処理と取消の理由';

create table resident_register.resident_change (
  municipality_code text not null check (char_length(municipality_code) = 6),
  event_id uuid not null,
  addressee_number text not null check (char_length(addressee_number) between 1 and 15),
  union_code smallint not null,
  change_sequence bigint not null check (change_sequence > 0),
  before jsonb,
  after jsonb not null,
  primary key (municipality_code, event_id, addressee_number)
);
comment on table resident_register.resident_change is '住民異動の前後。一つの異動で変わった一人につき一行を足す。直さない、消さない。取り消された異動の行も残る。';
comment on column resident_register.resident_change.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.resident_change.event_id is '異動の受付番号';
comment on column resident_register.resident_change.addressee_number is '宛名番号';
comment on column resident_register.resident_change.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.resident_change.change_sequence is 'この異動で付いた変更の通番';
comment on column resident_register.resident_change.before is '異動の前の住民票の内容。この異動で初めて載った人は空。個人番号は札だけ';
comment on column resident_register.resident_change.after is '異動の後の住民票の内容。個人番号は札だけ';
grant select, insert on resident_register.resident_change to koiki_resident_register;
alter table resident_register.resident_change enable row level security;
create policy resident_change_scope on resident_register.resident_change
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
create index resident_change_addressee on resident_register.resident_change (municipality_code, addressee_number, change_sequence);
