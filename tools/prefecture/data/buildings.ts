/*
 * 方書の型 — invented names of facilities and houses. None is meant to be a real one; where a real house has the same
 * name, that is chance. Written 2026-11-21.
 */
export const facilityKinds =
  '特別養護老人ホーム 介護老人保健施設 介護医療院 サービス付き高齢者向け住宅 有料老人ホーム 養護老人ホーム'
export const facilityNames =
  'ひなげし苑 みずいろの里 そらまめ荘 ゆずり葉 こもれびの丘 つきみ草 あさなぎ苑 かわせみ ほたる野 いちいの杜 ふうりん みのりの郷'
export const houseNames =
  'ハイツそよかぜ コーポむぎわら メゾンあおば グリーンハイツもえぎ サンコーポいろは レジデンスみなも'
export const estates = '県営みどり野 市営あかね 町営さくら台 県営ひばり 市営もみじ'
