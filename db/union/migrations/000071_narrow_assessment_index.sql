-- 賦課の計算過程や配信を足すとき、外部キーの確かめは「主キーの1行をさがす」。ところが、決定を足している途中
-- (まだ確定していない間) に自動の ANALYZE が来ると、計画は「0行の表」と見て、年度だけで絞れるこの索引を主キーと
-- 同じ安さに見積もり、1行ごとにその年度の全員をなめる。主キーの列を一つでも含む索引は、この取り違えの道になる。
-- そこで市区町村だけの索引にする (年度や被保険者の鍵を後ろに足しても、道は残る)。

drop index premium.assessment_by_municipality;
create index assessment_by_municipality on premium.assessment (municipality_code);
