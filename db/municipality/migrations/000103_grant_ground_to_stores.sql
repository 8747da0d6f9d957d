-- 三つのシステムが共に使う土台。時計を読み、監査に足す。番号を受け入れる住基システムと市区町村システムは番号を封じて
-- 札にできるが、封を開けられるのは金庫の役だけである。

grant usage on schema work to koiki_resident_register, koiki_local_tax, koiki_municipal_system, :vault;
grant select on work.clock to koiki_resident_register, koiki_local_tax, koiki_municipal_system, :vault;

grant usage on schema audit to koiki_resident_register, koiki_local_tax, koiki_municipal_system;
grant insert on audit.entry, audit.subject_entry, audit.resident_entry, audit.bulk_keys to koiki_resident_register, koiki_local_tax, koiki_municipal_system;

grant usage on schema vault to koiki_resident_register, koiki_municipal_system;
grant select, insert on vault.key_version, vault.blind_index to koiki_resident_register, koiki_municipal_system;
grant insert on vault.sealed_number to koiki_resident_register, koiki_municipal_system;
grant select (token, union_code, holder, seal_key_version, sealed_at) on vault.sealed_number to koiki_resident_register, koiki_municipal_system;
