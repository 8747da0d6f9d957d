import type { ReliefRate } from './unionRate.ts'

/**
 * 所得割率の特例 令和6年度 — per cent, for a base of at most 58万円 (激変緩和), from 2024-04-01 until
 * 2025-04-01. A union whose rate is only derived from the ministry's model amounts has no row: those
 * derivations are good to about 0.03 points and must not be assessed with. 富山県 and 福井県 too, whose
 * model amounts suggest that the normal rate stayed. 埼玉県's 8.42 is derived from 12,630 ÷ 150,000 and
 * printed amounts agree (37,040 on 440,000).
 */
export const reliefRates2024: readonly ReliefRate[] = [
  {
    union: '01',
    incomeRate: '10.92',
    source: 'https://www.city.fukagawa.lg.jp/cms/section/shimin/ik75k40000005sra.html',
  },
  {
    union: '02',
    incomeRate: '9.20',
    source:
      'https://www.town.rokunohe.aomori.jp/docs/2022092200002/ http://aomori-kouikirengou.jp/seido/hokenryo.html',
  },
  {
    union: '03',
    incomeRate: '7.89',
    source: '広報りくぜんたかた 令和6年4月号 (mykoho.jp)',
    unverified: true,
  },
  {
    union: '07',
    incomeRate: '8.64',
    source: 'https://904869.ztxs.asia/cb/hpc/Article-26494.html',
    unverified: true,
  },
  {
    union: '08',
    incomeRate: '9.00',
    source: 'https://minole.city.omitama.lg.jp/0676/info-0000010510-0.html',
  },
  { union: '09', incomeRate: '8.54', source: 'https://www.city.tochigi.lg.jp/soshiki/16/641.html' },
  {
    union: '11',
    incomeRate: '8.42',
    source:
      'https://www.saitama-koukikourei.org/seido/hokenryo/hokenryo-saitama/r5santeirei-2/ の12,630÷150,000',
    unverified: true,
  },
  {
    union: '13',
    incomeRate: '8.78',
    source:
      'https://www.tokyo-ikiiki.net/seido/1001968/1001975/index.html https://www.city.ota.tokyo.jp/seikatsu/kokunen/kouki_k_iryou/hokenryou/koukihokenryo.html',
  },
  {
    union: '14',
    incomeRate: '9.43',
    source: 'https://www.city.hiratsuka.kanagawa.jp/nenkin/page66_00055.html',
  },
  {
    union: '17',
    incomeRate: '9.41',
    source: '石川県: 読んだ頁の名が残っていない (2026-11-21)',
    unverified: true,
  },
  {
    union: '20',
    incomeRate: '8.56',
    source: 'https://www.city.ueda.nagano.jp/soshiki/kokuhonenkin/2266.html',
  },
  {
    union: '22',
    incomeRate: '8.80',
    source: 'https://www.city.fuji.shizuoka.jp/1025250000/p000446.html',
  },
  {
    union: '23',
    incomeRate: '10.40',
    source: 'https://www.city.anjo.aichi.jp/kurasu/fukushikaigo/kokikorei.html',
  },
  {
    union: '25',
    incomeRate: '8.84',
    source: 'https://www.city.maibara.lg.jp/scene/hikkoshi/tetsuduki/koukikourei/7524.html',
  },
  {
    union: '26',
    incomeRate: '10.11',
    source: 'https://www.city.miyazu.kyoto.jp/site/koukikoureishairyo/6215.html',
  },
  {
    union: '27',
    incomeRate: '10.94',
    source: 'https://www.city.neyagawa.osaka.jp/life/hokenenkin/koukikourei/15614.html',
  },
  {
    union: '28',
    incomeRate: '10.32',
    source: 'https://www.city.tatsuno.lg.jp/kokuhonenkin/koukikoureihokenryou.html',
  },
  {
    union: '29',
    incomeRate: '10.06',
    source: 'https://www.city.gojo.lg.jp/soshiki/hokennenkin/2_1/1339.html',
  },
  { union: '30', incomeRate: '10.13', source: 'https://www.city.shingu.lg.jp/info/1411' },
  { union: '31', incomeRate: '9.83', source: 'http://koureikouiki-tottori.jp/medical-care/344' },
  {
    union: '32',
    incomeRate: '9.30',
    source:
      'https://www.city.matsue.lg.jp/soshikikarasagasu/kenkofukushibu_hokennenkinka/kenko_iryo/1/18895.html',
  },
  { union: '33', incomeRate: '9.76', source: 'https://www.kouiki-okayama.jp/?p=2201' },
  {
    union: '34',
    incomeRate: '8.98',
    source: 'https://www.city.mihara.hiroshima.jp/soshiki/16/kouki-hokenryou.html',
  },
  {
    union: '35',
    incomeRate: '10.71',
    source:
      'http://yamaguchi-kouiki.jp/ko/ko03 https://www.city.hikari.lg.jp/life_scene/oldage_care/koreisha/8978.html',
  },
  { union: '36', incomeRate: '9.85', source: 'http://www.city.komatsushima.lg.jp/docs/kouki.html' },
  {
    union: '38',
    incomeRate: '9.42',
    source: 'https://www.city.seiyo.ehime.jp/kakuka/seikatsu_fukushi/shimin/koukikoure/10507.html',
  },
  {
    union: '39',
    incomeRate: '10.01',
    source: 'https://www.city.shimanto.lg.jp/soshiki/5/1118.html',
  },
  {
    union: '40',
    incomeRate: '11.02',
    source: 'https://www.city.fukutsu.lg.jp/kurashi/nenkin/1/2127.html',
  },
  { union: '41', incomeRate: '10.27', source: 'https://www.city.karatsu.lg.jp/page/2563.html' },
  {
    union: '43',
    incomeRate: '10.80',
    source: 'https://kumamoto-kouikirengo.jp/system2/insurance.html',
  },
  {
    union: '44',
    incomeRate: '10.62',
    source: 'https://www.city.usuki.oita.jp/docs/2014020501544/',
  },
  {
    union: '46',
    incomeRate: '10.82',
    source: 'https://www.city.kagoshima-izumi.lg.jp/page/page_09469.html',
  },
]
