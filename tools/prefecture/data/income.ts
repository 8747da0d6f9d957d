/*
 * 収入の型 — yearly gross amounts of income year 2025, in yen. Unverified: shaped after the generator model of the
 * population facts (women: 62 % basic pension only, …) and then fitted, all parameters together, to the aggregates
 * that are expected of 熊本県 (no income 52 %, base 0 61 %, mean base 330,000, mean premium 70,000, 軽減 49/12/11/28 %,
 * 3割/2割 4.5/15.5 %). National anchor: 44.4 % without income in 2024
 * (https://www.wic-net.com/material/document/22404/23). Fitted on 2026-11-21.
 */
export const incomeModel = {
  /** 公的年金等 — basic pension only, or an employee's pension on top. */
  pension: {
    men: {
      basicOnly: 0.21,
      basic: 700_000,
      basicDeviation: 140_000,
      median: 1_850_000,
      sigma: 0.34,
    },
    women: {
      basicOnly: 0.73,
      basic: 680_000,
      basicDeviation: 140_000,
      median: 1_600_000,
      sigma: 0.29,
    },
    /** 満額の老齢基礎年金 with the increments of deferral; nobody with the basic pension alone has more. */
    mostBasic: 900_000,
    /** 年金の改定 — how much the pensions of the year before were lower. */
    revision: { 2025: 1.019, 2024: 1.027 } as Readonly<Record<number, number>>,
  },
  /** 給与 — share by age and sex, and the amount. */
  salary: {
    men: [
      { from: 65, share: 0.3 },
      { from: 75, share: 0.15 },
      { from: 80, share: 0.07 },
      { from: 85, share: 0.02 },
      { from: 90, share: 0.004 },
    ],
    women: [
      { from: 65, share: 0.2 },
      { from: 75, share: 0.07 },
      { from: 80, share: 0.03 },
      { from: 85, share: 0.008 },
      { from: 90, share: 0.002 },
    ],
    median: 1_250_000,
    sigma: 0.6,
  },
  /** 不動産など（その他所得） */
  other: { share: 0.0375, median: 575_000, sigma: 0.95 },
  /** 営業・農業 — two in ten make a loss; some pay a relative of the household (専従者). */
  business: { share: 0.04, median: 400_000, sigma: 0.9, loss: 0.2, employsFamily: 0.18 },
  /** 譲渡・配当 — long tail up to 50 million; the special deduction takes much of the larger ones. */
  capitalGains: { share: 0.02, median: 400_000, sigma: 1.2, most: 50_000_000, special: 0.3 },
  /** 役員・医師・地主など — a small tail that carries the premiums at the cap. */
  wealthy: { men: 0.0118, women: 0.0047, median: 8_000_000, sigma: 0.35 },
  /** 未申告 — nothing reported and nothing declared by the assessment; others without income have declared so. */
  undeclared: 0.012,
  /** 世帯員（被保険者でない子など） — wages by age. */
  children: {
    working: { men: 0.8, women: 0.7 },
    men: { median: 3_300_000, sigma: 0.5 },
    women: { median: 2_000_000, sigma: 0.55 },
    unmarriedFactor: 0.75,
  },
  /** 65歳から74歳の世帯員 — pensions as of the insured, a little higher; more of them work. */
  youngOldFactor: 1.05,
} as const
