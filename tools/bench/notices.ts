/**
 * 保険料額決定通知書 — pages a second through printPremiumNotices (letters without shape looked for, digests,
 * nothing kept between bundles) beside Typst alone: the same form, the same sheets, the same fonts, the same
 * PDF standard. Bundles alternate, so that a busy machine slows both. `--full`: ten times the bundles.
 */

import path from 'node:path'
import { fiscalYear, type NumericDay, type PlainDate, plainDate } from '@koiki/kernel'
import type { 保険料情報 } from '@koiki/layouts'
import {
  fontFiles,
  type PremiumNoticeSheet,
  premiumNoticeSheet,
  printPremiumNotices,
} from '@koiki/notices'
import { assessWith, lawOf, noIncome } from '@koiki/premium'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { atLeast, full, type Measurement, tell, whole } from './measure.ts'

/** As the municipality prints them: so many sheets in one PDF. */
const sheetsOfBundle = 200
const bundles = full ? 30 : 3
const options = { issuer: '熊本県後期高齢者医療広域連合', mock: true, printedAt: 1_782_864_000 }
const issuedOn: PlainDate = plainDate('2026-07-15')

type AssessedLevy = ReturnType<typeof assessWith>[number]['medical']

const law = lawOf('43', fiscalYear(2026))

/** A person alone: real figures of the law, so that a sheet is as long as one that is sent. */
function figures(number: number): 保険料情報 {
  const born = (19_300_000 + (number % 20) * 10_000 + 415) as NumericDay
  const [premium] = assessWith(law, [
    {
      id: 'p',
      birthDate: born,
      head: true,
      insured: {
        from: (number % 5 === 0 ? 20_260_901 : born + 750_000) as NumericDay,
        until: null,
        formerDependent: false,
      },
      income: { ...noIncome, publicPension: 400_000 + (number % 300) * 10_000 },
    },
  ])
  if (premium === undefined) throw new Error('保険料がありません。')
  const { medical, judgement } = premium
  const childSupport = premium.childSupport as AssessedLevy
  const figuresOf = ({
    perCapitaFull,
    perCapita,
    incomeBased,
    cap,
    overCap,
    annual,
  }: AssessedLevy) => [perCapitaFull, perCapita, incomeBased, cap, overCap, annual] as const
  const levy = (name: string, rate: string, amounts: readonly number[]) =>
    Object.fromEntries(
      ['均等割額軽減前', '均等割額軽減後', '所得割額', '限度額', '限度超過額', '年額']
        .map((item, index): [string, unknown] => [`${name}${item}`, amounts[index]])
        .concat([[`${name}所得割率`, rate]]),
    )
  const row = {
    市区町村コード: '431001',
    被保険者番号: String(number * 10).padStart(8, '0'),
    賦課年度: 2026,
    決定番号: 1,
    決定年月日: issuedOn,
    資格月数: premium.months,
    軽減区分: String(premium.reductionTenths),
    賦課のもととなる所得: premium.base,
    軽減判定所得: judgement.income,
    軽減判定基準額: 1_000_000,
    軽減判定被保険者数: judgement.insured,
    元被扶養者区分: '0',
    ...levy('医療分', '11.060', figuresOf(medical)),
    ...levy('子ども分', '0.250', figuresOf(childSupport)),
    保険料額: premium.annual,
    法令表の版: '2026-04',
  }
  return row as unknown as 保険料情報
}

const sheets = (seed: number, count: number): PremiumNoticeSheet[] =>
  Array.from({ length: count }, (_, index) => {
    const number = seed * 1000 + index
    return premiumNoticeSheet(
      figures(number),
      {
        name: `試験　太郎${number}`,
        birthDate: plainDate(`${1930 + (number % 20)}-04-15`),
        postalCode: String(8_600_000 + number),
        address: [`熊本県熊本市中央区試験町${number}番地`, '試験住宅'],
      },
      { issuer: options.issuer, contact: '熊本市の後期高齢者医療の窓口' },
      { number: String(number).padStart(8, '0'), issuedOn },
    )
  })

const forms = path.resolve(import.meta.dirname, '../../ground/notices/forms')
const typst = NodeCompiler.create({ workspace: forms, fontArgs: [{ fontPaths: [...fontFiles] }] })

function bareTypst(bundle: readonly PremiumNoticeSheet[]): number {
  const data = JSON.stringify({ issuer: options.issuer, mock: options.mock, sheets: bundle })
  const document = typst.compile({
    mainFilePath: path.join(forms, 'premiumNotice.typ'),
    inputs: { data },
  }).result
  if (document === null) throw new Error('Typst が様式を組めませんでした。')
  typst.pdf(document, {
    pdfStandard: process.platform === 'linux' && process.arch === 'x64' ? 'ua-1' : '1.7',
    creationTimestamp: options.printedAt,
  })
  return document.numOfPages
}

interface Cost {
  pages: number
  wall: number
  computed: number
}

/** What Typst remembers of a bundle is for the whole process: it is emptied before each measurement. */
function measure(cost: Cost, print: () => number): void {
  typst.evictCache(0)
  const cpu = process.cpuUsage()
  const start = performance.now()
  cost.pages += print()
  cost.wall += (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  cost.computed += (user + system) / 1e6
}

const nothing = (): Cost => ({ pages: 0, wall: 0, computed: 0 })

function compare(size: number, rounds: number): { ours: Cost; bare: Cost } {
  const [ours, bare] = [nothing(), nothing()]
  for (let round = 0; round < rounds; round += 1) {
    const bundle = sheets(round + 1, size)
    const here = () => measure(ours, () => printPremiumNotices(bundle, options).pages)
    const there = () => measure(bare, () => bareTypst(bundle))
    for (const work of round % 2 === 0 ? [here, there] : [there, here]) work()
  }
  return { ours, bare }
}

compare(10, 2)
const { ours, bare } = compare(sheetsOfBundle, bundles)
const smaller = compare(sheetsOfBundle / 10, bundles * 3)
if (ours.pages !== bare.pages) throw new Error(`${ours.pages}頁と${bare.pages}頁で違います。`)
const pace = ({ pages, wall }: Cost): number => pages / wall
const ratio = pace(ours) / pace(bare)
const perPage = ({ pages, computed }: Cost): number => (computed / pages) * 1000

const measurements: Measurement[] = [
  {
    what: `保険料額決定通知書の印刷 ${whole(ours.pages)}頁（${sheetsOfBundle}人ずつ）`,
    measured: `${pace(ours).toFixed(0)} 頁/秒`,
    floor: `Typst だけ ${pace(bare).toFixed(0)} 頁/秒`,
    ratio,
    target: atLeast('床の 0.7 以上', 0.7, ratio),
  },
  {
    what: '　同じ、計算した時間で比べる',
    measured: `${perPage(ours).toFixed(2)} ms/頁`,
    floor: `Typst だけ ${perPage(bare).toFixed(2)} ms/頁`,
    ratio: perPage(bare) / perPage(ours),
    target: null,
  },
  {
    what: '　1頁の費用は束の大きさによらないか',
    measured: `${sheetsOfBundle}人の束 ${perPage(ours).toFixed(2)} ms/頁`,
    floor: `${sheetsOfBundle / 10}人の束 ${perPage(smaller.ours).toFixed(2)} ms/頁`,
    ratio: perPage(ours) / perPage(smaller.ours),
    target: null,
  },
]
tell(measurements)
