import type { Layout } from './layout.ts'

/**
 * ハッシュ合計 — the record count and the sums of the layout's columns of digits, as both sides of a
 * transmission compute them. Exact: each value is split at the seventh digit, so that four hundred
 * million rows stay within safe integers.
 */
export class Totals {
  readonly #indexes: readonly number[]
  readonly #names: readonly string[]
  readonly #high: number[]
  readonly #low: number[]
  recordCount = 0

  constructor(layout: Layout) {
    this.#names = layout.hashTotals
    this.#indexes = layout.hashTotals.map((name) => layout.names.indexOf(name))
    this.#high = this.#indexes.map(() => 0)
    this.#low = this.#indexes.map(() => 0)
  }

  add(record: readonly string[]): void {
    this.recordCount += 1
    for (let at = 0; at < this.#indexes.length; at += 1) {
      const text = record[this.#indexes[at] as number] as string
      if (text === '') continue
      const value = Number(text)
      // A text that is no whole number has its own finding; the manifest will not agree either way.
      if (!Number.isSafeInteger(value)) continue
      const high = Math.trunc(value / split)
      this.#high[at] = (this.#high[at] as number) + high
      this.#low[at] = (this.#low[at] as number) + (value - high * split)
    }
  }

  sums(): Record<string, string> {
    return Object.fromEntries(
      this.#names.map((name, at) => [
        name,
        String(BigInt(this.#high[at] as number) * BigInt(split) + BigInt(this.#low[at] as number)),
      ]),
    )
  }
}

const split = 10_000_000
