-- 広域連合とファイルをやりとりするのは市区町村システムである。移出と送信、受入れと受領を一つの取引で書く。

grant usage on schema exchange to koiki_municipal_system;
grant select, insert on exchange.transmission, exchange.transmission_event, exchange.finding, exchange.receipt to koiki_municipal_system;
grant select, insert, update on exchange.sequence_counter, exchange.sequence_position to koiki_municipal_system;
