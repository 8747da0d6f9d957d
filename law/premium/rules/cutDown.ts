/**
 * 端数処理 — numerator ÷ denominator, cut down to a multiple of `unit` yen, in one cut. For whole numbers
 * with a numerator from 0 to 2^53 − 1 the quotient of doubles never rounds up to the next whole number:
 * it lies at least 1/divisor below it, and the rounding error is smaller than that.
 */
export function cutDown(numerator: number, denominator: number, unit: number): number {
  return Math.floor(numerator / (denominator * unit)) * unit
}
