-- 取り込んだばかりの送信を、何年分の出来事をなめずに見つける。主キーの列を含まないので、外部キーの確かめの道にはならない。
create index transmission_event_applied on exchange.transmission_event (recorded_at) where state = 'applied';
