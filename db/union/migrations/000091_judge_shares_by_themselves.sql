-- 割合の判定は、人が頼まなくても、所得がそろえば始まる。どの年度まで全員を見たかを回に残し、
-- 転入前の証明書の割合から所得での判定に変わったことを、更正と分けて残す。

alter table copay.run
  add column through_year smallint,
  add constraint run_through_year_check
    check (through_year is null or (judgement_year is not null and through_year >= judgement_year));
comment on column copay.run.through_year is '年次の判定の終わりの年度。空なら始まりの年度だけ';

alter table copay.judgement
  drop constraint judgement_cause_check,
  add constraint judgement_cause_check
    check (cause in ('yearly', 'acquisition', 'householdChange', 'turningSeventy', 'application', 'incomeArrived', 'incomeCorrection', 'recordCorrection'));
comment on column copay.judgement.cause is '判定の事由。yearly 年次、acquisition 資格取得、householdChange 世帯の異動、turningSeventy 70歳到達、application 基準収入額適用申請、incomeArrived 証明書の割合から届いた所得での判定へ、incomeCorrection 所得の更正、recordCorrection 資格や世帯の記録の訂正';
