-- 住民の鍵の連番を列から取る。番号の台帳の一行を取込みの終わりまで押さえると、その間どの窓口の決定も待つ。
-- 住民の鍵は外に出ない番号で、重ならず、2度使わなければよい。取り消された取引の番号は欠ける。
-- 被保険者番号は今までどおり台帳から順に付け、取り消されれば戻る (付けていないのと同じ)。

create sequence eligibility.resident_number as bigint minvalue 1 maxvalue 9999999999;
comment on sequence eligibility.resident_number is '住民の鍵の連番。広域連合を通して1本で、取引を待たせない。欠番がある。';
select setval('eligibility.resident_number', counted.last_number)
  from (select max(last_number) as last_number
          from eligibility.number_counter where kind = 'resident') as counted
 where counted.last_number > 0;
delete from eligibility.number_counter where kind = 'resident';
comment on column eligibility.number_counter.kind is '番号の種類。insured 被保険者番号の連番 (検査数字を除く7桁)';

grant usage on sequence eligibility.resident_number to koiki_union_app;
