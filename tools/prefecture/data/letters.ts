/*
 * 扱いの難しい字 — letters as code points (this file may be normalised without harm), the usual form, where they
 * stand, and the share of persons to carry one of the class. Encodability was checked letter by letter against the
 * published code tables; NFC by https://www.unicode.org/Public/UCD/latest/ucd/UnicodeData.txt . Shares: unverified.
 * old            plain old form, inside Shift_JIS (JIS X 0208)
 * windows        outside Shift_JIS, inside Windows-31J
 * outside        outside both
 * compatibility  a compatibility ideograph: NFC turns it into the usual form
 * variation      told apart only by an ideographic variation selector (IVS)
 * private        行政事務標準文字の追加文字 in a private-use plane: no font here draws it
 * A second code point is the variation selector. Looked at on 2026-11-21.
 */
export const letterClasses = {
  old: 0.06,
  windows: 0.03,
  outside: 0.0015,
  compatibility: 0.003,
  variation: 0.004,
  private: 0.0003,
} as const
export type LetterClass = keyof typeof letterClasses

/** class | surname or given | usual form | code points, hexadecimal */
export const letterRows = `
windows surname 高 9AD9
windows surname 崎 FA11
old surname 崎 5D5C
old surname 崎 7895
outside surname 吉 20BB7
old surname 辺 9089
old surname 辺 908A
variation surname 辻 8FBB E0100
compatibility given 祐 FA4F
compatibility surname 神 FA19
compatibility surname 福 FA1B
compatibility given 祥 FA1A
compatibility given 靖 FA1C
compatibility surname 羽 FA1E
compatibility given 晴 FA12
compatibility surname 塚 FA10
compatibility surname 都 FA26
compatibility surname 猪 FA16
compatibility given 朗 F929
compatibility given 隆 F9DC
compatibility given 琢 FA4A
compatibility given 渚 FA46
compatibility surname 海 FA45
compatibility given 敏 FA41
compatibility given 勉 FA33
compatibility given 勤 FA34
windows surname 徳 5FB7
windows surname 浜 6FF5
windows surname 瀬 7028
windows surname 増 589E
windows surname 柳 6801
windows given 昇 66FB
windows surname 黒 9ED1
windows surname 頼 8CF4
windows given 郎 90DE
windows surname 緒 7DD6
windows given 寛 5BEC
windows surname 清 6DF8
windows given 昂 663B
windows surname 青 9751
windows surname 間 9592
outside surname 柳 687A
outside surname 松 67D7
outside surname 橋 69D7
outside surname 橋 2363A
outside surname 土 5721
outside surname 土 2123D
outside given 彦 5F65
old surname 斎 9F4B
old surname 斎 9F4A
old surname 斎 658E
old surname 斎 6589
old surname 沢 6FA4
old surname 島 5D8B
old surname 富 51A8
old surname 館 8218
old surname 峰 5CEF
old surname 浜 6FF1
old surname 広 5EE3
old given 真 771E
old given 恵 60E0
old surname 国 570B
old given 栄 69AE
old surname 竜 9F8D
old given 弥 5F4C
old surname 曽 66FE
old surname 渕 6DF5
old surname 渕 6E15
old surname 淵 6E0A
variation surname 葛 845B E0100
variation surname 芦 82A6 E0101
variation surname 飯 98EF E0101
variation surname 鯖 9BD6 E0100
variation surname 樋 6A0B E0101
variation surname 祇 7947 E0101
variation surname 辺 9089 E0101
variation surname 辺 908A E0102
private surname 辻 10DE92
`
