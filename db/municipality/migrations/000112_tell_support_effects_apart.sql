-- 支援措置の二つの効果 (不開示該当・自己情報提供不可) を、住登外者と被保険者にも持つ。広域連合とは2026年7月版で受け渡す。
-- これまで一つの列しかなかったところには、両方が付いていたとみる。

alter table municipal_system.non_registered_person
  add column non_disclosure text not null default '0' check (non_disclosure in ('0', '1')),
  add column self_provision_disabled text not null default '0' check (self_provision_disabled in ('0', '1'));
update municipal_system.non_registered_person
   set non_disclosure = '1', self_provision_disabled = '1'
 where support_kind = '1';
comment on column municipal_system.non_registered_person.non_disclosure is '不開示該当フラグ (住所・電話・送付先を隠す)';
comment on column municipal_system.non_registered_person.self_provision_disabled is '自己情報提供不可フラグ (本人からの自己情報の開示にも応じない)';

alter table municipal_system.insured_person
  add column non_disclosure text not null default '0' check (non_disclosure in ('0', '1')),
  add column self_provision_disabled text not null default '0' check (self_provision_disabled in ('0', '1'));
update municipal_system.insured_person
   set non_disclosure = '1', self_provision_disabled = '1'
 where support_kind = '1';
comment on column municipal_system.insured_person.non_disclosure is '不開示該当フラグ。ほかの市区町村の記録による支援措置も、ここで分かる';
comment on column municipal_system.insured_person.self_provision_disabled is '自己情報提供不可フラグ';

create or replace view municipal_system.destination with (security_invoker = true) as
select municipality_code, addressee_number, postal_code, prefecture_name, municipality_name,
       town_name, house_number, building, status, change_reason, non_disclosure
  from municipal_system.resident
union all
select municipality_code, addressee_number, postal_code, prefecture_name, municipality_name,
       town_name, house_number, building, '1', '00', non_disclosure
  from municipal_system.non_registered_person;
