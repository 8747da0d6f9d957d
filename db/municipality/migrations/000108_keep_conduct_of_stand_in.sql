-- 代役の行儀。模擬の世界の市区町村だけが、移出と受領書を遅らせ、二度出し、順を違え、偽る。

create table municipal_system.conduct (
  municipality_code text not null check (char_length(municipality_code) = 6),
  union_code smallint not null,
  conduct text not null check (conduct in ('late', 'twice', 'outOfOrder', 'wrongTotals', 'oldLayout', 'silent', 'off')),
  held_until date,
  since timestamptz not null,
  primary key (municipality_code)
);
comment on table municipal_system.conduct is '代役の行儀。市区町村ごとに今の行儀を一行で持つ。行のない市区町村は行儀がよい。';
comment on column municipal_system.conduct.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.conduct.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.conduct.conduct is '行儀 (late遅らせる twice二度出す outOfOrder順を違える wrongTotals合計を偽る oldLayout古い版で出す silent出さない off行儀がよい)';
comment on column municipal_system.conduct.held_until is '遅らせるとき、出す日。空なら放すまで';
comment on column municipal_system.conduct.since is 'この行儀になった時刻';
grant select, insert, update on municipal_system.conduct to koiki_municipal_system;
alter table municipal_system.conduct enable row level security;
create policy conduct_scope on municipal_system.conduct
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );

create table municipal_system.medium_conduct (
  municipality_code text not null check (char_length(municipality_code) = 6),
  medium_name text not null,
  union_code smallint not null,
  conduct text not null check (conduct in ('late', 'twice', 'outOfOrder', 'wrongTotals', 'oldLayout', 'silent')),
  held_until date,
  overtaken boolean not null,
  primary key (municipality_code, medium_name)
);
comment on table municipal_system.medium_conduct is '媒体に置いたものの行儀。行儀のわるい間に作った移出につき一行。放すと消える。';
comment on column municipal_system.medium_conduct.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.medium_conduct.medium_name is '媒体の上の名前';
comment on column municipal_system.medium_conduct.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.medium_conduct.conduct is '作ったときの行儀';
comment on column municipal_system.medium_conduct.held_until is '出す日。空なら放すまで';
comment on column municipal_system.medium_conduct.overtaken is '後の番号が先に出たら真。順を違えるものは、これで出る';
grant select, insert, update, delete on municipal_system.medium_conduct to koiki_municipal_system;
alter table municipal_system.medium_conduct enable row level security;
create policy medium_conduct_scope on municipal_system.medium_conduct
  using (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  )
  with check (
    union_code = current_setting('koiki.union', true)::smallint
    and (current_setting('koiki.municipality', true) = '*' or municipality_code = current_setting('koiki.municipality', true))
  );
