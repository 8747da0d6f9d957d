import { codeTail } from '@koiki/notices'

/** 紙の所在 — which copy of which document. */
export type SheetPlace = {
  readonly subjectKey: number
  readonly municipality: string
  readonly issueNumber: number
  readonly copy: number
}

/**
 * 紙の符号 — printed on the sheet in letters and bars: 被保険者番号, number of the document and of the copy, and four
 * digits that nobody can know without having seen the paper. The same copy always has the same code.
 */
export function sheetCode(insuredNumber: string, place: SheetPlace): string {
  const { subjectKey, municipality, issueNumber, copy } = place
  const tail = codeTail(`koiki sheet ${municipality} ${subjectKey} ${issueNumber} ${copy}`)
  return `${insuredNumber}-${String(issueNumber).padStart(3, '0')}${copy}-${tail}`
}

/** 符号の下4けた — what a clerk types from the paper. */
export const tailOf = (code: string): string => code.slice(-4)
