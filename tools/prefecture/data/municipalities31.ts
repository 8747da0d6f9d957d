/*
 * 鳥取県のうち2市 — the second, small union of the invented world. Columns as in municipalities43.ts.
 * Sources: the same compilation of e-Stat and IPSS,
 * https://masakizhitian38-spec.github.io/jichitai-data-portal/ (2020 census; second-hand). 75+ in 2025 is 65+ in 2020 ×
 * 0.585 × 0.9575 as for 熊本県: unverified. Codes: check digits computed. Looked at on 2026-11-21.
 */
export const municipalityRows31 = `
312011|鳥取市|トットリシ|30800|R|54990|77401|8223|10.7|2973.9|693|middle|
312029|米子市|ヨナゴシ|23710|R|42337|63322|7361|10.92|3119.3|794.2|middle|
`

/*
 * 町字 — columns and sources as in towns43.ts (postal codes read in
 * https://github.com/yubinbango/yubinbango-data, data/680.js and data/683.js).
 */
export const townRows31 = `
312011|鳥取市|100|lot|6800011 東町;6800803 田園町;6800864 吉成;6800941 湖山町北;6800151 国府町宮下;6801201 河原町袋河原;6801442 吉岡温泉町;6800042 庖丁人町
312029|米子市|100|lot|6830001 皆生温泉;6830812 角盤町;6830845 旗ヶ崎;6830853 両三柳;6830101 大篠津町;6830055 冨士見町;6830047 祇園町;6830252 青木
`
