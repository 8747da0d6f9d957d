/*
 * 人口の型 — age, sex, mortality and household of the insured, as shares. Unverified unless a source is named:
 * replace by the union's own 事業概要 when it is to hand. Looked at on 2026-11-21.
 */

/** 年齢階級 — share of the insured and share of men in it; the whole for 熊本県 in 2025. Unverified. */
export const ageBands = [
  { from: 65, until: 74, share: 0.016, men: 0.55 },
  { from: 75, until: 79, share: 0.365, men: 0.455 },
  { from: 80, until: 84, share: 0.256, men: 0.42 },
  { from: 85, until: 89, share: 0.196, men: 0.355 },
  { from: 90, until: 94, share: 0.12, men: 0.27 },
  { from: 95, until: 99, share: 0.04, men: 0.18 },
  { from: 100, until: 110, share: 0.0064, men: 0.12 },
] as const

/** 75〜79歳の割合の偏り — points above or below municipalities of the middle shape. Unverified. */
export const youngBandShift = { young: 0.04, middle: 0, old: -0.05 } as const

/**
 * 出生数 — thousand births a calendar year in the nation; few in 1945–46, the peak of 1947–49. 人口動態統計 as
 * generally known, unverified (1944–46 are estimates).
 */
export const firstBirthYear = 1914
export const birthsThousand: readonly number[] = [
  1809, 1799, 1805, 1812, 1792, 1779, 2026, 1991, 1969, 2043, 1999, 2086, 2104, 2061, 2136, 2077,
  2085, 2103, 2183, 2121, 2044, 2191, 2102, 2181, 1928, 1902, 2116, 2277, 2234, 2254, 2150, 1686,
  1576, 2679, 2682, 2697, 2338, 2138, 2005, 1868, 1770, 1731, 1665, 1567, 1653, 1626, 1606, 1589,
  1619, 1660,
]

/** 出生数の補正 — set so that 23,500 reach 75 in FY2025 and 22,000 in FY2027, as expected here. Unverified. */
export const cohortCorrection: Readonly<Record<number, number>> = { 1950: 1.12, 1951: 1.1 }

/**
 * 死力 — Gompertz hazard at 75 and its growth a year, fitted to e75 and e85 of 2023 (the fit returns e90 too).
 * Life tables as generally known, unverified.
 */
export const hazard = {
  men: { at75: 0.025589, growth: 0.11898 },
  women: { at75: 0.010479, growth: 0.14484 },
} as const

/** 配偶者のいる割合 — men by age; and women whose husband is younger than 75. Unverified. */
export const marriedMen = [
  { from: 65, share: 0.5 },
  { from: 75, share: 0.77 },
  { from: 80, share: 0.74 },
  { from: 85, share: 0.64 },
  { from: 90, share: 0.47 },
  { from: 95, share: 0.28 },
  { from: 100, share: 0.14 },
] as const
export const marriedWomen = [
  { from: 65, share: 0.4 },
  { from: 75, share: 0.58 },
  { from: 80, share: 0.43 },
  { from: 85, share: 0.23 },
  { from: 90, share: 0 },
] as const

/** 夫婦の年齢差 — husband's age less wife's, years. Unverified. */
export const spouseGap = { mean: 3, deviation: 4, least: -9, most: 20 } as const

/** 施設・病院に住民票を置く割合 — of the insured without a spouse at home, by age; 6–7 % of all. Unverified. */
export const inFacility = [
  { from: 65, share: 0.09 },
  { from: 75, share: 0.045 },
  { from: 80, share: 0.085 },
  { from: 85, share: 0.135 },
  { from: 90, share: 0.2 },
  { from: 95, share: 0.29 },
  { from: 100, share: 0.37 },
] as const

/**
 * 暮らし方 — of the insured at home 24 % alone, 36 % with the spouse only, 35 % with children, 5 % others; anchored on
 * the national survey of 2022 for 65+ (https://wic-net.com/material/document/10049/8), shares themselves unverified.
 */
export const living = {
  /** Of those without a spouse and at home. */
  aloneByAge: [
    { from: 65, share: 0.6 },
    { from: 75, share: 0.585 },
    { from: 80, share: 0.54 },
    { from: 85, share: 0.475 },
    { from: 90, share: 0.4 },
    { from: 95, share: 0.3 },
  ],
  /** Of the rest of them: with a brother or sister, with another relative; the others live with children. */
  siblings: 0.07,
  relative: 0.12,
  /** Of couples: live with a child. */
  coupleWithChildren: 0.305,
  /** 世帯分離 — two households at one address, of those with children. */
  splitHousehold: 0.15,
  /** The child is head (世帯主), where one household. */
  childHeadOfSingle: 0.72,
  childHeadOfCouple: 0.66,
  /** Half of the children are unmarried. */
  unmarriedChild: 0.5,
} as const

/**
 * 一年の動き — per 306,000 insured. Deaths follow from the hazard; the others are unverified. National anchors: all-age
 * deaths 24,427 (2022) of the prefecture, see municipalities43.ts.
 */
export const yearly = {
  insured: 306_000,
  /** Of insured; a little more die here, husbands of widows who were not yet 75 among them. */
  deaths: 19_800,
  deathsOfOthers: 500,
  movesIn: 700,
  movesOut: 650,
  movesBetween: 3_300,
  movesInside: 5_500,
  welfareBegins: 700,
  welfareEnds: 250,
  certifications: 600,
  certificationsWithdrawn: 150,
} as const

/** 月ごとの偏り — deaths (January +18 %, June −10 %), moves (March, April +60 %). Unverified. */
export const season = {
  deaths: [1.18, 1.1, 1.05, 0.98, 0.94, 0.9, 0.93, 0.96, 0.93, 0.97, 1.0, 1.06],
  moves: [0.85, 0.9, 1.6, 1.6, 0.95, 0.9, 0.9, 0.9, 0.9, 0.9, 0.85, 0.75],
} as const

/** 住所地特例で県外に住む被保険者 — share of the insured. Unverified. */
export const outsideShare = 0.004

/** 生活保護を受ける75歳以上 — per insured (they are not insured). Unverified. */
export const onWelfare = 0.02
