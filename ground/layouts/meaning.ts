import type { Column, Layout } from './layout.ts'

/**
 * あいまいな項目 — every column of a layout whose value two offices could read in two ways: a day that does not say which
 * day, a number without unit, an amount that does not say of what, an amount or a day carried as text. Offices have
 * halved incomes and paid from the wrong day for want of it.
 */
export function ambiguousColumns(layout: Pick<Layout, 'name' | 'columns'>): string[] {
  return Object.entries(layout.columns).flatMap(([name, column]) => {
    const fault = faultOf(name, column)
    return fault === null ? [] : [`${layout.name}: ${name}: ${fault}`]
  })
}

function faultOf(name: string, column: Column): string | null {
  if (column.text.trim() === '') return '説明がありません。'
  switch (column.type) {
    case 'DATE':
      return column.day === undefined ? '何の日か（初日、最後の日など）を書いてください。' : null
    case '9':
    case 'S9':
      if (column.unit === undefined) return '単位を書いてください。'
      return column.unit === '円' && column.amount === undefined
        ? '何の額か（1年分、1か月分など）を書いてください。'
        : null
    case '9V':
      return column.unit === undefined ? '単位を書いてください。' : null
    case 'X':
    case 'N':
      // A code list or a wording that stands beside a day is no day itself.
      if (column.type === 'X' && column.codes !== undefined) return null
      if (/(年月日|期日|期限|開始日|終了日|満了日)$/.test(name)) return '日はDATEで運んでください。'
      if (/(額|料|所得|収入)$/.test(name)) return '額は単位のある数で運んでください。'
      return null
    case 'YEAR':
      return null
  }
}
