-- 市区町村システムは、受け取りの停止と解除を記録し、読む。

grant select, insert on exchange.destination_stop to koiki_municipal_system;
