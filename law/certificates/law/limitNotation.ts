import { dated, plainDate } from '@koiki/kernel'

/** 限度区分の併記 — whether a document shows 限度区分 on application, in place of a 限度額適用認定証. */
export const limitNotation = dated<boolean>('限度区分の併記', [
  {
    from: plainDate('2008-04-01'),
    value: false,
    source: '限度額適用・標準負担額減額認定証の時代 (令和6年12月2日前)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
  {
    from: plainDate('2024-12-02'),
    value: true,
    source: '限度区分の併記申請 https://www.town.kikuyo.lg.jp/kiji0031275/index.html',
    lastChecked: plainDate('2026-11-21'),
  },
])
