import type { Planting } from './oddities/oddity.ts'
import type { Prefecture } from './prefecture.ts'

/**
 * 珍しい場合の一覧 — what is planted in a prefecture and on whose row: id, Japanese title, 市区町村コード, 宛名番号. An id comes
 * back as often as its rate asks for, and at least once wherever the calendar and the prefecture have such a case.
 */
export function oddities(prefecture: Prefecture): readonly Planting[] {
  return prefecture.plantings
}
