import { digitsFault } from './digits.ts'

/** 広域連合の番号 — the two-digit prefecture code as text, `'43'`. */
export type UnionCode = string

const insuredNumbers = 100_000_000
const runningNumbers = 10_000_000_000

/**
 * 被保険者のキー — union × 10^8 + 被保険者番号, as every table about an insured person is keyed.
 * Throws RangeError for a union or number of another form.
 */
export function subjectKey(union: UnionCode, insuredNumber: string): number {
  if (digitsFault(insuredNumber, 8) !== null) throw new RangeError('被保険者番号は8桁の数字です。')
  return unionNumber(union) * insuredNumbers + Number(insuredNumber)
}

/** 被保険者のキーから — the union and the 8 digits it is made of. */
export function subjectOf(key: number): { union: UnionCode; insuredNumber: string } {
  if (!Number.isSafeInteger(key) || key < insuredNumbers || key >= 48 * insuredNumbers) {
    throw new RangeError('被保険者のキーではありません。')
  }
  return {
    union: String(Math.floor(key / insuredNumbers)).padStart(2, '0'),
    insuredNumber: String(key % insuredNumbers).padStart(8, '0'),
  }
}

/** 住民のキー — union × 10^10 + a running number, for residents who may never be insured. */
export function residentKey(union: UnionCode, running: number): number {
  if (!Number.isSafeInteger(running) || running < 1 || running >= runningNumbers) {
    throw new RangeError('住民の一連番号は1から9999999999までです。')
  }
  return unionNumber(union) * runningNumbers + running
}

function unionNumber(union: UnionCode): number {
  const number = Number(union)
  if (!/^\d{2}$/.test(union) || number < 1 || number > 47) {
    throw new RangeError(`広域連合は都道府県の2桁の番号で書きます: ${union}`)
  }
  return number
}
