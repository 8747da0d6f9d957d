-- 000112 の埋め合わせは、行単位の保護の中では一行も直せなかった。効果のない支援措置はないので、両方が付いていたとみる。

update municipal_system.non_registered_person
   set non_disclosure = '1', self_provision_disabled = '1'
 where support_kind = '1' and non_disclosure = '0' and self_provision_disabled = '0';
update municipal_system.insured_person
   set non_disclosure = '1', self_provision_disabled = '1'
 where support_kind = '1' and non_disclosure = '0' and self_provision_disabled = '0';
