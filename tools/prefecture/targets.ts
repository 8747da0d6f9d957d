import { yearly } from './data/demography.ts'
import { levyYear } from './levies.ts'
import type { Measure } from './measure.ts'

/** 目標の1行 — an aggregate of 熊本県, what the prefecture has, and whether it is near enough. */
export type Target = {
  /** As numbered in the population facts. */
  readonly number: string
  readonly name: string
  readonly target: string
  readonly tolerance: string
  readonly actual: string
  /** null where the row cannot be judged yet; `actual` then says why. */
  readonly holds: boolean | null
}

/** 目標との照合 — every row of the table, in its order; for 熊本県 only. */
export function targetsOf(measure: Measure): Target[] {
  return [...people(measure), ...movement(measure), ...money(measure), ...later, ...names(measure)]
}

/** Rows that wait for chapters not built yet. */
const later: readonly Target[] = [
  ['26', '特別徴収／口座振替／納付書', '77／13／10 %', '±4'],
  ['27', '現年度の収納率', '99.6 %', '±0.15'],
  ['28', '滞納のある人', '0.9 %', '±0.3'],
  ['29–37', '医療費・高額療養費', '（別表）', ''],
  ['38', '葬祭費の件数（年）', '18,800', '±5 %'],
  ['39', '高額介護合算の決定（年）', '9,500', '±25 %'],
].map(([number, name, target, tolerance]) => ({
  number: number as string,
  name: name as string,
  target: target as string,
  tolerance: tolerance as string,
  actual: 'まだ対象外（収納・給付の章を待つ）',
  holds: null,
}))

function people(measure: Measure): Target[] {
  const { insured, bands, living, municipalities, byMunicipality } = measure
  const share = (count: number): number => (100 * count) / insured
  const scale = yearly.insured / insured
  const atHome = living.alone + living.couple + living.children + living.other
  const home = (count: number): number => (100 * count) / atHome
  const kumamoto = byMunicipality.get('431001')?.insured ?? 0
  const wards = municipalities.reduce((sum, { towns }) => sum + Math.max(0, towns.length - 1), 0)
  return [
    within(
      '1',
      '被保険者（令和7年度末、30.6万人規模に換算）',
      scale * measure.insuredAtYearEnd,
      306_000,
      0.015,
      true,
    ),
    {
      number: '2',
      name: '市区町村（区）',
      target: '45（5）',
      tolerance: '一致',
      actual: `${byMunicipality.size}（${wards === 4 ? 5 : 0}）`,
      holds: byMunicipality.size === 45 && wards === 4,
    },
    within('3', '熊本市の割合 %', share(kumamoto), 36.5, 1),
    eachMunicipality(measure, scale),
    ...(['435112', '435074', '434256'] as const).map((code, index) =>
      within(
        '5',
        `${municipalities.find((one) => one.code === code)?.name ?? code}の被保険者（換算）`,
        scale * (byMunicipality.get(code)?.insured ?? 0),
        [250, 510, 330][index] as number,
        0.15,
        true,
      ),
    ),
    within('6', '男性の割合 %', share(measure.men), 38.9, 0.7),
    within('7', '平均年齢', measure.ages / insured, 82.9, 0.3),
    within('8', '75〜79歳 %', share(bands[75]), 36.5, 1.5),
    within('8', '80〜84歳 %', share(bands[80]), 25.6, 1.5),
    within('8', '85〜89歳 %', share(bands[85]), 19.6, 1.5),
    within('8', '90歳以上 %', share(bands[90]), 16.7, 1.5),
    within('9', '障害認定（65〜74歳）%', share(measure.certified), 1.6, 0.3),
    within('10', '100歳以上（換算）', scale * bands[100], 2_000, 0.1, true),
    within('11', '1人暮らし %（在宅の人のうち）', home(living.alone), 24, 3),
    within('11', '夫婦のみ %（在宅の人のうち）', home(living.couple), 36, 3),
    within('11', '子と同居 %（在宅の人のうち）', home(living.children), 35, 3),
    rankOfAlone(measure),
  ]
}

function movement(measure: Measure): Target[] {
  const scale = yearly.insured / measure.insured
  return [
    within('13', '死亡（年、換算）', scale * measure.deaths, 19_800, 0.03, true),
    within('14', '年齢到達（令和7年度、換算）', scale * measure.reached, 23_500, 0.05, true),
    within('15', '県外からの転入（年、換算）', scale * measure.movesIn, 700, 0.2, true),
    within('15', '県外への転出（年、換算）', scale * measure.movesOut, 650, 0.2, true),
    within('16', '住所地特例（県外）%', (100 * measure.outside) / measure.insured, 0.4, 0.15),
  ]
}

function money(measure: Measure): Target[] {
  const { insured, knownIncome, reductions, copays, lowIncome } = measure
  const known = (count: number): number => (100 * count) / knownIncome
  const share = (count: number): number => (100 * count) / insured
  return [
    within(
      '17',
      `基礎控除前の所得がない %（${levyYear}年度）`,
      known(measure.withoutIncome),
      52,
      4,
    ),
    within('18', '旧ただし書所得が0 %', known(measure.baseZero), 61, 4),
    within('19', '旧ただし書所得の平均（円）', measure.bases / knownIncome, 330_000, 0.1, true),
    within('20', '平均保険料 R6–7（円）', measure.premiums / insured, 70_000, 0.05, true),
    within('21', '7割軽減 %', share(reductions[7]), 49, 4),
    within('21', '5割軽減 %', share(reductions[5]), 12, 4),
    within('21', '2割軽減 %', share(reductions[2]), 11, 4),
    within('21', '軽減なし %', share(reductions[0]), 28, 4),
    within('22', '軽減額÷軽減前の賦課額 %', (100 * measure.relief) / measure.gross, 26, 3),
    within('23', '賦課限度額をこえる %', share(measure.overCap), 0.7, 0.3),
    within('24', '3割負担 %', share(copays[3]), 4.5, 1.5),
    within('24', '2割負担 %', share(copays[2]), 15.5, 1.5),
    within('24', '1割負担 %', share(copays[1]), 80, 1.5),
    within('25', '低所得Ⅰ %（参考、給付の章の前の概算）', share(lowIncome[1]), 21, 4),
    within('25', '低所得Ⅱ %（参考、給付の章の前の概算）', share(lowIncome[2]), 27, 4),
  ]
}

function names(measure: Measure): Target[] {
  const share = (count: number): number => (100 * count) / measure.insured
  const men = mostCommon(measure.givenMen)
  const women = mostCommon(measure.givenWomen)
  return [
    within('40', '氏が田中・中村 %', share(measure.tanakaNakamura), 3.1, 0.5),
    {
      number: '41',
      name: '昭和6〜15年生まれの男性・1926〜50年生まれの女性に最も多い名',
      target: '清・和子',
      tolerance: '1位',
      actual: `${men}・${women}`,
      holds: men === '清' && women === '和子',
    },
    within('42', 'Shift_JISにない字のある人 %', share(measure.notShiftJis), 3.9, 1),
    {
      ...within('43', '氏名がNFCで変わる人 %', share(measure.notNfc), 0.3, 0.3),
      tolerance: '必ず1人以上',
      holds: measure.notNfc >= 1,
    },
  ]
}

function within(
  number: string,
  name: string,
  actual: number,
  target: number,
  tolerance: number,
  relative = false,
): Target {
  const digits = target >= 1000 ? 0 : target >= 100 ? 1 : 2
  const write = (value: number): string =>
    value.toLocaleString('ja-JP', { maximumFractionDigits: digits })
  return {
    number,
    name,
    target: write(target),
    tolerance: relative ? `±${Math.round(tolerance * 1000) / 10} %` : `±${tolerance}`,
    actual: write(actual),
    holds: Math.abs(actual - target) <= (relative ? tolerance * target : tolerance),
  }
}

/** 市区町村ごと — the farthest from its estimate; a whole person either way is always near enough. */
function eachMunicipality(measure: Measure, scale: number): Target {
  let worst = { name: '', off: 0, near: true }
  for (const municipality of measure.municipalities) {
    const { insured } = measure.byMunicipality.get(municipality.code)!
    const expected = (municipality.over75 * 0.997) / scale
    const off = insured / expected - 1
    const tolerance = municipality.estimate === 'projection' ? 0.03 : 0.06
    const near = Math.abs(off) <= tolerance || Math.abs(insured - expected) <= 1
    if (worst.near && (!near || Math.abs(off) > Math.abs(worst.off))) {
      worst = { name: municipality.name, off, near }
    }
  }
  return {
    number: '4',
    name: '市区町村ごとの被保険者÷75歳以上の推計',
    target: '0.997',
    tolerance: '±3 %／±6 %（または1人）',
    actual: `最も離れた${worst.name}で${(worst.off * 100).toFixed(1)} %`,
    holds: worst.near,
  }
}

function rankOfAlone(measure: Measure): Target {
  const rows = measure.municipalities.map((municipality) => ({
    census: municipality.aloneOver65 / municipality.households,
    here: measure.byMunicipality.get(municipality.code)!.alone / municipality.households,
  }))
  const correlation = rankCorrelation(
    rows.map(({ census }) => census),
    rows.map(({ here }) => here),
  )
  return {
    number: '12',
    name: '1人暮らし÷世帯数の市区町村の順位（順位相関）',
    target: '国勢調査',
    tolerance: '0.9以上',
    actual: correlation.toFixed(3),
    holds: correlation >= 0.9,
  }
}

/** スピアマンの順位相関 */
function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const ranks = (values: readonly number[]): number[] => {
    const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
    const rank = new Array<number>(values.length)
    order.forEach(({ index }, position) => {
      rank[index] = position
    })
    return rank
  }
  const [one, other] = [ranks(first), ranks(second)]
  const n = first.length
  const squares = one.reduce((sum, rank, index) => sum + (rank - (other[index] as number)) ** 2, 0)
  return 1 - (6 * squares) / (n * (n * n - 1))
}

function mostCommon(counts: ReadonlyMap<string, number>): string {
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0])[0]
}
