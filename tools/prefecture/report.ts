import { parseArgs } from 'node:util'
import { plainDate } from '@koiki/kernel'
import { Measure } from './measure.ts'
import { oddities } from './oddities.ts'
import { makePrefecture, type Prefecture } from './prefecture.ts'
import { type Target, targetsOf } from './targets.ts'

/** 架空の都道府県の報告 — the table of aggregates against their targets, and how many oddities stand where, as text. */
export function worldReport(prefecture: Prefecture): { text: string; holds: boolean } {
  const measure = new Measure(prefecture)
  const { union, persons, seed, worldDate } = prefecture.order
  const rows = union === '43' ? targetsOf(measure) : []
  const missed = rows.filter(({ holds }) => holds === false)
  const planted = oddities(prefecture)
  const lines = [
    `架空の都道府県 ${union}: 被保険者${persons}人、種${seed}、${worldDate}現在`,
    `住民の記録${measure.residents}件、被保険者${measure.insured}人（令和7年度末${measure.insuredAtYearEnd}人）`,
    '',
    ...table(rows),
    '',
    `旧ただし書所得の階級 %（0／〜58万／〜100万／〜200万／〜500万／500万超）: ${classes(measure)}`,
    `世帯主: 男${measure.heads.men}人、女${measure.heads.women}人、世帯主が被保険者でない人${measure.heads.notInsured}人`,
    `珍しい場合: ${new Set(planted.map(({ id }) => id)).size}種類、${planted.length}件`,
    rows.length === 0
      ? '目標の表は熊本県のものなので、照合しません。'
      : missed.length === 0
        ? '目標はすべて許容の範囲にあります。'
        : `許容の範囲にない目標が${missed.length}件あります。`,
  ]
  return { text: lines.join('\n'), holds: missed.length === 0 }
}

function table(rows: readonly Target[]): string[] {
  if (rows.length === 0) return []
  return [
    '| # | 集計 | 目標 | 許容 | 実際 | |',
    '|--:|---|--:|--:|--:|:-:|',
    ...rows.map(
      ({ number, name, target, tolerance, actual, holds }) =>
        `| ${number} | ${name} | ${target} | ${tolerance} | ${actual} | ${holds === null ? '－' : holds ? '○' : '×'} |`,
    ),
  ]
}

function classes(measure: Measure): string {
  return measure.baseClasses
    .map((count) => ((100 * count) / measure.knownIncome).toFixed(1))
    .join('／')
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      persons: { type: 'string', default: '30000' },
      seed: { type: 'string', default: '1' },
      union: { type: 'string', default: '43' },
      'world-date': { type: 'string', default: '2026-07-01' },
    },
  })
  const { text, holds } = worldReport(
    makePrefecture({
      persons: Number(values.persons),
      seed: Number(values.seed),
      union: values.union,
      worldDate: plainDate(values['world-date']),
    }),
  )
  process.stdout.write(`${text}\n`)
  process.exitCode = holds ? 0 : 1
}
