import { dated, type LawRow, type LawTable, type PlainDate, plainDate } from '@koiki/kernel'
import { asOf } from './asOf.ts'
import { unionNames } from './unionNames.ts'

/**
 * 端数処理 — units in yen below which the parts of a levy, and then its yearly total, are cut. `shownUnit`
 * is only how the per-capita amount is shown beside the total.
 */
export type FractionRule = {
  readonly partUnit: number
  readonly totalUnit: number
  readonly shownUnit: number
}

type Published = Omit<FractionRule, 'shownUnit'> & {
  readonly source: string
  readonly unverified?: true
}

const hundred = (source: string): Published => ({ partUnit: 1, totalUnit: 100, source })

/**
 * 静岡県 令和4・5年度 — a municipality prints the reduced per-capita amounts cut to 100 yen (12,700 of
 * 12,750), while another says that the year's total is what is cut: so they are only shown so.
 */
const shizuokaUntil = plainDate('2024-04-01')
const shizuokaShown = {
  unit: 100,
  source: '裾野市 http://www.city.susono.shizuoka.jp/kurashi/12/1/2810.html',
}

/** Where a union or one of its municipalities publishes how it cuts. */
const published: Readonly<Record<string, Published>> = {
  '01': hundred('https://www.city.fukagawa.lg.jp/cms/section/shimin/ik75k40000005sra.html'),
  '02': hundred('http://aomori-kouikirengou.jp/seido/hokenryo.html'),
  '06': hundred('https://www.city.murayama.lg.jp/kurashi/zeikin/zeimu0120220728.html'),
  '08': hundred(
    'https://www.city.naka.lg.jp/kenkou-iryou-fukushi/kenkou-iryou/koukikourei/page000440.html',
  ),
  '09': hundred('https://www.city.tochigi.lg.jp/soshiki/16/641.html'),
  '10': hundred('https://www.city.numata.gunma.jp/life/kokuhonenkin/koukikourei/1006475.html'),
  '11': {
    partUnit: 10,
    totalUnit: 100,
    source: 'https://www.saitama-koukikourei.org/seido/hokenryo/hokenryo-saitama/r5santeirei-2/',
  },
  '13': hundred('東京都の令和8年度計算例（年金350万円 → 医療分242,900円）'),
  '16': hundred('https://www.city.namerikawa.toyama.jp/kurashi/9/2/1984.html'),
  '20': hundred('https://www.city.suzaka.nagano.jp/iryo_kenko_fukushi/kaigo_koreisha/4/2817.html'),
  '22': hundred(
    'https://www.city.kosai.shizuoka.jp/soshikiichiran/hokennenkinka/yokuarushitsumon/1_1/1855.html',
  ),
  '23': hundred('https://www.city.toyota.aichi.jp/kurashi/koukikourei/koureishairyou/1003284.html'),
  '26': { partUnit: 1, totalUnit: 1, source: 'http://kouiki-kyoto.jp/hokenryou-rei.html' },
  '29': hundred('http://nara-kouiki.jp/seido_hokenryou2.html'),
  '30': hundred('https://www.town.kudoyama.lg.jp/jumin/koukikourei/hokenryo.html'),
  '34': {
    partUnit: 1,
    totalUnit: 1,
    source:
      '年額24,810円・23,225円の公表（https://mykoho.jp/article/343021/9594241/9685560 ; https://www.city.mihara.hiroshima.jp/soshiki/16/kouki-hokenryou.html）から1円と読む',
    unverified: true,
  },
  '36': {
    partUnit: 1,
    totalUnit: 100,
    source:
      '厚生労働省のモデル月額。旧い頁（https://www.townkamiita.jp/docs/2011022400035/）は均等割・所得割それぞれ100円未満切捨てと書き、食い違う',
    unverified: true,
  },
  '38': {
    partUnit: 1,
    totalUnit: 10,
    source: 'https://www.city.seiyo.ehime.jp/kakuka/seikatsu_fukushi/shimin/koukikoure/10507.html',
  },
  '39': hundred('https://www.city.shimanto.lg.jp/soshiki/5/1118.html'),
  '40': {
    partUnit: 1,
    totalUnit: 10,
    source:
      'https://www-city-kurume-fukuoka-jp.cache.yimg.jp/1070kenkou/2020kokuhonenkin/3180koukikoureihokenryou/kokennryou.html',
  },
  '41': {
    partUnit: 100,
    totalUnit: 100,
    source: 'https://www.town.arita.lg.jp/kiji003732/index.html',
  },
  '43': hundred('https://www.city.amakusa.kumamoto.jp/kiji0039121/index.html'),
}

/** Taken where nothing is published; a reading of this product, to be replaced by the ordinance. */
const unpublished: Published = {
  partUnit: 1,
  totalUnit: 100,
  source: '公表が見つからないため100円未満切捨てと読む',
  unverified: true,
}

/** 端数処理 — by union, of each levy on its own; parts first, then the total once after 月割. */
export const fractionRules: ReadonlyMap<string, LawTable<FractionRule>> = new Map(
  [...unionNames].map(([union, name]) => {
    const { source, unverified, partUnit, totalUnit } = published[union] ?? unpublished
    const mark = unverified === undefined ? {} : { unverified }
    const row = (from: PlainDate, shownUnit: number, cited: string): LawRow<FractionRule> => ({
      from,
      value: { partUnit, totalUnit, shownUnit },
      source: cited,
      lastChecked: asOf,
      ...mark,
    })
    const first = plainDate('2022-04-01')
    const rows =
      union === '22'
        ? [
            row(first, shizuokaShown.unit, `${source} ; ${shizuokaShown.source}`),
            row(shizuokaUntil, partUnit, source),
          ]
        : [row(first, partUnit, source)]
    return [union, dated(`端数処理（${name}）`, rows)]
  }),
)
