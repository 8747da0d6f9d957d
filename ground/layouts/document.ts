import { findingCodes } from './findings.ts'
import { fixedPlaces } from './fixedLength.ts'
import type { Column, Condition, DayMeaning, Layout } from './layout.ts'
import { conditionInWords } from './rowCheck.ts'

/** レイアウトの文書 — Markdown to be laid beside a specification, made from the table that the codec runs on. */
export function layoutDocument(layout: Layout): string {
  return [
    `# ${layout.name}（${layout.edition}版）`,
    '',
    layout.description,
    '',
    ...overview(layout),
    '',
    '## 項目',
    '',
    '| 番号 | 項目名 | データ型 | 桁数 | 必須 | 固定長の位置 | 説明 |',
    '|--:|---|---|--:|---|--:|---|',
    ...columnLines(layout),
    '',
    ...codeLists(layout),
    ...rules(layout),
  ].join('\n')
}

function overview(layout: Layout): string[] {
  const { format } = layout
  const { length } = fixedPlaces(layout)
  const kind =
    format.kind === 'csv'
      ? `CSV（RFC 4180）。${format.encoding === 'utf-8' ? `UTF-8、BOM${format.bom ? 'あり' : 'なし'}` : 'Windows-31J'}、改行 CRLF、1行目は項目名、値はすべて引用符で囲む`
      : '固定長、Windows-31J、改行 CRLF'
  return [
    `- 識別名: \`${layout.id}\``,
    `- 形式: ${kind}`,
    `- 固定長版: 1件${length}バイトと改行（Windows-31J、見出しなし）`,
    `- キー: ${layout.key.join('、')}（1つのファイルに同じキーは1行）`,
    `- ハッシュ合計: ${layout.hashTotals.join('、')}`,
    `- 根拠: ${layout.source}${layout.unverified ? '（公開された仕様との照合は済んでいない）' : ''}`,
  ]
}

function columnLines(layout: Layout): string[] {
  const { places } = fixedPlaces(layout)
  return layout.names.map((name, index) => {
    const column = layout.columns[name] as Column
    const place = places[index] as (typeof places)[number]
    const position = `${place.at}–${place.at + place.width - 1}`
    const cells = [
      index + 1,
      name,
      typeName(column),
      size(column),
      need(layout, column.required),
      position,
      remark(column),
    ]
    return `| ${cells.join(' | ')} |`
  })
}

function typeName(column: Column): string {
  const names = {
    X: 'X 半角文字列',
    N: 'N 全角文字列',
    '9': '9 整数',
    S9: 'S9 符号付き整数',
    '9V': '9V 小数',
    YEAR: 'YEAR',
    DATE: 'DATE',
  } as const
  return names[column.type]
}

function size(column: Column): string {
  if (column.type === '9V') return `${column.length},${column.decimals}`
  return 'length' in column ? String(column.length) : ''
}

function need(layout: Layout, required: Column['required']): string {
  if (required === true) return '必須'
  return required === undefined ? '任意' : `条件付き必須: ${condition(layout, required)}とき`
}

function condition(layout: Layout, when: Condition): string {
  return `${when.column}が${conditionInWords(layout, when)}`
}

function remark(column: Column): string {
  const parts = [column.text]
  if (column.type === 'X') {
    if (column.secret) parts.push('**秘密の項目**（所見にも合計にも値を出さない）。')
    if (column.number !== undefined) parts.push('検査数字を確かめる。')
    if (column.exact && column.number === undefined) parts.push('桁数はちょうど。')
  }
  if (column.type === 'DATE') {
    if (column.day !== undefined) parts.push(dayInWords[column.day])
    if (column.notFuture) parts.push('今日より後の日は誤り。')
    if (column.notBefore !== undefined) parts.push(`${column.notBefore}より前の日は誤り。`)
  }
  if ('unit' in column && column.unit !== undefined) parts.push(`単位は${column.unit}。`)
  if ('amount' in column && column.amount !== undefined) parts.push(`${column.amount}の額。`)
  if ('max' in column && column.max !== undefined) parts.push(`${column.max}まで。`)
  return parts.join('')
}

const dayInWords: Readonly<Record<DayMeaning, string>> = {
  起こった日: '起こった日である。',
  初日: 'この日から効く。',
  最後の日: 'この日まで効く。',
  終わった日: 'この日からは効かない。',
  決めた日: '決めた日である。',
  登録した日: '登録した日である。',
}

function codeLists(layout: Layout): string[] {
  const lists = layout.names.flatMap((name) => {
    const column = layout.columns[name] as Column
    if (column.type !== 'X' || column.codes === undefined) return []
    const codes = Object.entries(column.codes).sort(([a], [b]) => (a < b ? -1 : 1))
    return [`- ${name}: ${codes.map(([code, meaning]) => `\`${code}\` ${meaning}`).join('、')}`]
  })
  return lists.length === 0 ? [] : ['## コード表', '', ...lists, '']
}

function rules(layout: Layout): string[] {
  const lines = [
    '- 文字は正規化しない。外字・異体字は届いたとおりに残す。桁数は目に見える文字の数で数える。',
    '- 空の値は「値なし」。0件でも見出しだけのファイルを送る。',
  ]
  if (layout.households !== undefined) {
    const { household, relationship, head, among } = layout.households
    lines.push(
      `- ${among.column}が「${among.is}」の行について、同じ${household}に${relationship}「${head}」の行がちょうど1つ。`,
    )
  }
  return ['## 決まり', '', ...lines, '']
}

/** エラーコード一覧 — Markdown of the one table of codes. */
export function findingCodesDocument(): string {
  const severity = { error: 'エラー', warning: '注意' } as const
  const scope = { file: 'ファイル全体', row: '1件' } as const
  return [
    '| コード | 名前 | 重さ | 範囲 | 文 |',
    '|---|---|---|---|---|',
    ...Object.entries(findingCodes).map(
      ([code, one]) =>
        `| ${code} | ${one.name} | ${severity[one.severity]} | ${scope[one.scope]} | ${one.sentence.replace(/\{([^}]+)\}/g, '【$1】')} |`,
    ),
    '',
  ].join('\n')
}
