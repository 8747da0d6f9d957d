import type { UnionRate } from './unionRate.ts'

/**
 * 保険料率 令和4・5年度 — 均等割額 in yen and 所得割率 in per cent, from 2022-04-01 until 2024-04-01.
 * The unions that are not listed were not read: an assessment for them is an error, not a guess.
 * 埼玉県's 8.38 is derived from 12,570 ÷ 150,000; 奈良県 and 長崎県 rest on a private page and the press.
 */
export const rates2022: readonly UnionRate[] = [
  {
    union: '01',
    perCapita: 51_892,
    incomeRate: '10.98',
    source:
      'https://www.town.ashoro.hokkaido.jp/kurashi/kenko-fukushi/hoken-nenkin/folder_1/page_52.html',
  },
  {
    union: '06',
    perCapita: 43_100,
    incomeRate: '8.80',
    source: 'http://yamagata-kouiki.jp/seido/hokenryo.html',
  },
  {
    union: '08',
    perCapita: 46_000,
    incomeRate: '8.50',
    source: 'https://www.city.ryugasaki.ibaraki.jp/kurashi/kenkohoken/kouki/koukihokenryo.html',
  },
  {
    union: '09',
    perCapita: 43_200,
    incomeRate: '8.54',
    source: 'https://www.city.shimotsuke.lg.jp/0269/info-0000002293-5.html',
  },
  {
    union: '10',
    perCapita: 45_700,
    incomeRate: '8.89',
    source: 'https://www.gunma-kouiki.jp/shisan/',
  },
  {
    union: '11',
    perCapita: 44_170,
    incomeRate: '8.38',
    source: 'https://www.saitama-koukikourei.org/seido/hokenryo/hokenryo-saitama/r5santeirei/',
    unverified: true,
  },
  {
    union: '13',
    perCapita: 46_400,
    incomeRate: '9.49',
    source: 'https://www.tokyo-ikiiki.net/seido/1001968/1001975/index.html',
  },
  {
    union: '14',
    perCapita: 43_100,
    incomeRate: '8.78',
    source: 'https://www.city.hiratsuka.kanagawa.jp/nenkin/page66_00055.html',
  },
  {
    union: '16',
    perCapita: 46_800,
    incomeRate: '8.82',
    source: 'https://www.city.namerikawa.toyama.jp/kurashi/9/2/1984.html',
  },
  {
    union: '20',
    perCapita: 40_907,
    incomeRate: '8.43',
    source: 'https://www.city.matsumoto.nagano.jp/soshiki/64/1468.html',
  },
  {
    union: '22',
    perCapita: 42_500,
    incomeRate: '8.29',
    source: 'http://www.city.susono.shizuoka.jp/kurashi/12/1/2810.html',
  },
  {
    union: '23',
    perCapita: 49_398,
    incomeRate: '9.57',
    source: 'https://www.city.toyota.aichi.jp/kurashi/koukikourei/koureishairyou/1003284.html',
  },
  {
    union: '24',
    perCapita: 44_589,
    incomeRate: '8.99',
    source: 'https://www.city.kuwana.lg.jp/hoken/kurashi/hoken/24-10883-228-635.html',
  },
  {
    union: '25',
    perCapita: 46_160,
    incomeRate: '8.70',
    source: 'https://www.city.maibara.lg.jp/scene/hikkoshi/tetsuduki/koukikourei/7524.html',
  },
  {
    union: '26',
    perCapita: 53_420,
    incomeRate: '10.46',
    source: 'http://kouiki-kyoto.jp/hokenryou-rei.html',
  },
  {
    union: '28',
    perCapita: 50_147,
    incomeRate: '10.28',
    source: 'https://www.city.minamiawaji.hyogo.jp/soshiki/choujyu/koukikoureishahokenryo.html',
  },
  {
    union: '29',
    perCapita: 50_500,
    incomeRate: '9.93',
    source: 'https://office-zono.com/koukihokenryou',
    unverified: true,
  },
  {
    union: '31',
    perCapita: 47_436,
    incomeRate: '9.10',
    source: 'http://koureikouiki-tottori.jp/medical-care/344',
  },
  {
    union: '33',
    perCapita: 47_500,
    incomeRate: '9.50',
    source: 'https://www.kouiki-okayama.jp/?p=2201',
  },
  {
    union: '38',
    perCapita: 49_140,
    incomeRate: '9.09',
    source: 'https://www.city.iyo.lg.jp/hokennenkin/kurashi/hoken/koki/hoken/index.html',
  },
  {
    union: '40',
    perCapita: 56_435,
    incomeRate: '10.54',
    source: 'http://www.town.ooki.lg.jp/iryo/5/1424656446598.html',
  },
  {
    union: '41',
    perCapita: 54_100,
    incomeRate: '10.23',
    source: 'https://www.city.karatsu.lg.jp/page/2563.html',
  },
  {
    union: '42',
    perCapita: 49_400,
    incomeRate: '9.03',
    source: 'https://nordot.app/866861614863564800?ncmp=post_rcmd',
    unverified: true,
  },
  {
    union: '43',
    perCapita: 54_000,
    incomeRate: '10.26',
    source:
      'https://higomaru-call.jp/faq/CCFaqDetail.asp?id=4292 https://www.city.amakusa.kumamoto.jp/kiji0039121/index.html',
  },
  {
    union: '46',
    perCapita: 56_900,
    incomeRate: '10.88',
    source:
      'https://www.city.soo.kagoshima.jp/kurashi/hokennnennkinn/koukikourei/hokennryoukeigenn.html',
  },
  {
    union: '47',
    perCapita: 48_440,
    incomeRate: '8.88',
    source:
      'https://www.city.okinawa.okinawa.jp/k024-004/kenkou/koureisha/koureishairyou/2291.html',
  },
]
