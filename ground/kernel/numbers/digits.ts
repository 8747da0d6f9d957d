/** 検査数字 — sum of digit × weight, left to right, over as many digits as there are weights. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (const [index, weight] of weights.entries()) sum += digitAt(digits, index) * weight
  return sum
}

/**
 * モジュラス10 ウェイト2・1分割 — from the last digit leftwards times 2, 1, 2, 1…, two-digit products as the
 * sum of their digits; the check digit brings the sum to a multiple of ten.
 */
export function modulus10Weight21(body: string): number {
  let sum = 0
  for (let index = body.length - 1, weight = 2; index >= 0; index -= 1, weight = 3 - weight) {
    const product = digitAt(body, index) * weight
    sum += product > 9 ? product - 9 : product
  }
  return (10 - (sum % 10)) % 10
}

/** 数字の並び — why a text is not exactly `count` half-width digits, or null when it is. */
export function digitsFault(text: string, count: number): string | null {
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return '半角の数字だけで書いてください。'
  }
  return text.length === count ? null : `${count}桁の数字で書いてください。`
}

export function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - 48
}

/** 都道府県番号 — 01 to 47 at the place given. */
export function prefectureFault(text: string, index: number): string | null {
  const prefecture = digitAt(text, index) * 10 + digitAt(text, index + 1)
  return prefecture >= 1 && prefecture <= 47 ? null : '都道府県の番号は01から47までです。'
}
