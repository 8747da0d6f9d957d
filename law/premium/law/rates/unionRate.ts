/** 保険料率の行 — one union's rates as its ordinance has them: yen, and per cent as text. */
export type UnionRate = {
  readonly union: string
  readonly perCapita: number
  readonly incomeRate: string
  readonly source: string
  readonly unverified?: true
}

/** 所得割率の特例の行 */
export type ReliefRate = Omit<UnionRate, 'perCapita'>

/** The ministry's table, read in a transcription: the document itself could not be opened. */
export const mhlw2026 =
  '厚生労働省「後期高齢者医療制度の令和8・9年度の保険料率について」(2026-04-10) https://www.mhlw.go.jp/content/12403500/001689077.pdf の転記'
