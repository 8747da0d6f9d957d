import { dated, plainDate } from '@koiki/kernel'

/**
 * 支援措置の終わり — how many days after 支援措置終了日 the measure does not hold any more: it holds on that day itself. An
 * announced day lifts nothing by itself; it is read where a record says that the measure is over.
 */
export const supportEnd = dated('支援措置の終わり', [
  {
    from: plainDate('2004-07-01'),
    value: 1,
    source:
      '住民基本台帳事務処理要領は期間を1年と言い、終了日を含むかを書いた公の文は見つかっていない。市区町村は期間を「から…まで」と示す。長く守る方を選ぶ',
    unverified: true,
    lastChecked: plainDate('2026-11-22'),
  },
])
