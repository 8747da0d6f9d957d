import type { FieldValue, FilingContent } from '../filing.ts'
import { kindOf } from '../kinds.ts'

/** 2人の入力の一項目 — as either of them typed it; null where it was left empty. */
export type ComparedEntry = {
  readonly item: string
  readonly label: string
  readonly first: string | null
  readonly second: string | null
}

const correctable = ['name', 'nameKana', 'birthDate', 'sex'] as const

/** 直す項目 — those of 氏名・カナ・生年月日・性別 that were filled in. */
export function correctedItems({ kind, fields }: Pick<FilingContent, 'kind' | 'fields'>): readonly {
  readonly key: (typeof correctable)[number]
  readonly label: string
  readonly value: string
}[] {
  return correctable.flatMap((key) => {
    const value = typed(fields[key])
    return value === null ? [] : [{ key, label: kindOf(kind).fields[key]?.label ?? key, value }]
  })
}

/**
 * 2人の入力の突き合わせ — item by item in the order of the paper. The same letters are the same, and nothing else is: whether
 * another glyph was meant is for the two to find out.
 */
export function compareEntries(
  kind: FilingContent['kind'],
  first: FilingContent['fields'],
  second: FilingContent['fields'],
): readonly ComparedEntry[] {
  return Object.entries(kindOf(kind).fields).map(([item, { label }]) => ({
    item,
    label,
    first: typed(first[item]),
    second: typed(second[item]),
  }))
}

export const isSameEntry = ({ first, second }: ComparedEntry): boolean => first === second

const typed = (value: FieldValue | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null
