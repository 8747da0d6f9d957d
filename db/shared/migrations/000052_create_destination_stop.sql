-- 宛先の停止。受け取れない相手（受け取る側の署名した知らせ）、または自分の担当者が止めた相手へは、後の番号を渡さない。

create table exchange.destination_stop (
  union_code smallint not null,
  party text not null,
  partner text not null,
  event_number integer not null,
  municipality_code text not null,
  kind text not null,
  told_by text not null,
  reason text not null,
  notice text,
  account text,
  told_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (union_code, party, partner, event_number),
  check (event_number > 0),
  check (kind in ('stopped', 'lifted')),
  check (told_by in ('party', 'partner')),
  check ((told_by = 'partner') = (notice is not null)),
  check ((told_by = 'party') = (account is not null)),
  check (reason <> '')
);
comment on table exchange.destination_stop is '宛先の停止と解除。相手が署名した知らせによるものと、自分の担当者によるもの。足すだけで、直さない、消さない。';
comment on column exchange.destination_stop.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.destination_stop.party is '渡すのを止める当事者（受け取りを止めるときは、受け取る当事者自身）';
comment on column exchange.destination_stop.partner is '相手の当事者';
comment on column exchange.destination_stop.event_number is '記録の番号（相手ごとに1から）';
comment on column exchange.destination_stop.municipality_code is '市区町村コード';
comment on column exchange.destination_stop.kind is '種類（stopped 停止、lifted 解除）';
comment on column exchange.destination_stop.told_by is 'だれが決めたか（party 自分の担当者、partner 相手）';
comment on column exchange.destination_stop.reason is 'わけ';
comment on column exchange.destination_stop.notice is '相手の知らせ（署名付き）。自分で決めたときは空';
comment on column exchange.destination_stop.account is '決めた利用者。相手が決めたときは空';
comment on column exchange.destination_stop.told_at is '決めた時刻（相手の知らせでは、その中の時刻）';
comment on column exchange.destination_stop.recorded_at is '記録した時刻';
alter table exchange.destination_stop enable row level security;
create policy scope on exchange.destination_stop using (
  union_code = current_setting('koiki.union', true)::smallint
  and (
    current_setting('koiki.municipality', true) = '*'
    or municipality_code = current_setting('koiki.municipality', true)
  )
);
grant select, insert on exchange.destination_stop to :app;
grant select on exchange.destination_stop to :operator;
