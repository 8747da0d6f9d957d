-- 全件照合、受渡し、控えも、市区町村システムが自分の取引で書く。

grant select, insert on exchange.layout_policy, exchange.quarantined_row, exchange.plausibility, exchange.admission, exchange.custody_event, exchange.own_copy, exchange.full_reconciliation, exchange.full_reconciliation_result, exchange.full_reconciliation_difference to koiki_municipal_system;
