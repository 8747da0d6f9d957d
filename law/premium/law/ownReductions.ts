import { dated, type LawTable, plainDate, type Rate, tenths, type Yen, yen } from '@koiki/kernel'
import { asOf } from './asOf.ts'

/** 広域連合独自の所得割額の軽減 — up to `baseUpTo` so much is taken off, in both levies. */
export type OwnReduction = { readonly baseUpTo: Yen; readonly off: Rate }

const tokyo: readonly OwnReduction[] = [
  { baseUpTo: yen(150_000), off: tenths('5') },
  { baseUpTo: yen(200_000), off: tenths('2.5') },
]

/** 広域連合独自の所得割額の軽減 — by union; only 東京都 is known to have one. @毎年度確認 */
export const ownReductions: ReadonlyMap<string, LawTable<readonly OwnReduction[]>> = new Map([
  [
    '13',
    dated('所得割額の独自の軽減（東京都後期高齢者医療広域連合 条例）', [
      {
        from: plainDate('2022-04-01'),
        until: plainDate('2026-04-01'),
        value: tokyo,
        source:
          'https://www.tokyo-ikiiki.net/seido/1001968/1001975/index.html（軽減があることのみ。額は令和8年度と同じと読む）',
        unverified: true,
        lastChecked: asOf,
      },
      {
        from: plainDate('2026-04-01'),
        until: plainDate('2027-04-01'),
        value: tokyo,
        source: '東京都後期高齢者医療広域連合の令和8年度の保険料（15万円まで5割、20万円まで2.5割）',
        lastChecked: asOf,
      },
    ]),
  ],
])
