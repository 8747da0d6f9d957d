/**
 * 乱数の流れ — one for each side of the world. Each household draws from its own state in each stream, so that a
 * change in how names are drawn moves no money, and a change in one household moves no other.
 */
export type Stream =
  | 'composition'
  | 'person'
  | 'history'
  | 'income'
  | 'names'
  | 'places'
  | 'numbers'
  | 'oddities'

const streams: readonly Stream[] = [
  'composition',
  'person',
  'history',
  'income',
  'names',
  'places',
  'numbers',
  'oddities',
]

/** 32-bit mixing (the finalizer of MurmurHash3): every input bit reaches every output bit. */
export function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Several whole numbers mixed into one of 32 bits. */
export function mixed(...values: readonly number[]): number {
  let h = 0x9e3779b9
  for (const value of values) {
    h = mix((h ^ (value >>> 0)) + 0x7f4a7c15)
    h = mix(h ^ Math.floor(value / 0x1_0000_0000))
  }
  return h
}

/**
 * sfc32 (Chris Doty-Humphrey, PractRand, public domain) — 96 bits of state and a counter, started again for each
 * household by `at`. One object is used over and over, so that a prefecture costs no garbage.
 */
export class Chance {
  #a = 0
  #b = 0
  #c = 0
  #counter = 1
  readonly #key: number

  constructor(seed: number, union: string, stream: Stream) {
    this.#key = mixed(seed, Number(union), streams.indexOf(stream) + 1)
  }

  /** Starts again for one thing (a household, a person), whatever was drawn before. */
  at(thing: number, part = 0): this {
    this.#a = mixed(this.#key, thing, part)
    this.#b = mixed(this.#key, part, thing, 1)
    this.#c = mixed(thing, this.#key, part, 2)
    this.#counter = 1
    for (let round = 0; round < 8; round += 1) this.#next()
    return this
  }

  #next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0
    return result >>> 0
  }

  /** A number from 0, below 1. */
  unit(): number {
    return this.#next() / 0x1_0000_0000
  }

  /** A whole number from 0, below `count`. */
  below(count: number): number {
    return Math.floor(this.unit() * count)
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1)
  }

  happens(share: number): boolean {
    return this.unit() < share
  }

  pick<T>(things: readonly T[]): T {
    return things[this.below(things.length)] as T
  }

  /** Standard normal (Box–Muller, one of the pair). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
  }

  lognormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal())
  }
}

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71] as const

/**
 * 均等に散らした列 — for the i-th of many, a number from 0 below 1 such that any run of neighbours covers the
 * interval evenly (Kronecker sequence of √prime). Shares come out right in a village as in the prefecture, and
 * far closer than by independent draws; `line` chooses the prime, so that two lines are independent.
 */
export class Spread {
  readonly #start: number
  readonly #step: number

  constructor(seed: number, union: string, line: number) {
    this.#start = mixed(seed, Number(union), 0x51ed, line) / 0x1_0000_0000
    this.#step = Math.sqrt(primes[line % primes.length] as number) % 1
  }

  at(index: number): number {
    return (this.#start + index * this.#step) % 1
  }
}

/**
 * 鍵つきの置換 — a one-to-one shuffle of 0 … size − 1 without a table (four Feistel rounds on the next power of
 * four, walked until the value falls inside). Numbers made with it are unique and look drawn.
 */
export function shuffled(index: number, size: number, key: number): number {
  let bits = 1
  while (2 ** (2 * bits) < size) bits += 1
  const half = 2 ** bits
  let value = index
  do {
    let left = Math.floor(value / half)
    let right = value % half
    for (let round = 0; round < 4; round += 1) {
      const next = left ^ (mixed(key, right, round) % half)
      left = right
      right = next
    }
    value = left * half + right
  } while (value >= size)
  return value
}

/** 累積の重み — picks an index by weight from a number below 1. */
export class Weights {
  readonly #cumulative: Float64Array
  readonly total: number

  constructor(weights: readonly number[]) {
    this.#cumulative = new Float64Array(weights.length)
    let sum = 0
    weights.forEach((weight, index) => {
      sum += Math.max(0, weight)
      this.#cumulative[index] = sum
    })
    this.total = sum
  }

  /** The index at share `u` of the total, and how far inside it `u` falls (again from 0, below 1). */
  at(u: number): { index: number; within: number } {
    const wanted = u * this.total
    let low = 0
    let high = this.#cumulative.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#cumulative[middle] as number) > wanted) high = middle
      else low = middle + 1
    }
    const before = low === 0 ? 0 : (this.#cumulative[low - 1] as number)
    const width = (this.#cumulative[low] as number) - before
    return { index: low, within: width > 0 ? Math.min((wanted - before) / width, 1 - 1e-12) : 0 }
  }

  pick(u: number): number {
    return this.at(u).index
  }
}

/** 標準正規分布の分位 — inverse of the normal distribution (Acklam's rational approximation, 1e-9). */
export function normalAt(share: number): number {
  const p = Math.min(Math.max(share, 1e-9), 1 - 1e-9)
  if (p > 0.5) return -normalAt(1 - p)
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return polynomial(lowTop, q) / (polynomial(lowBottom, q) * q + 1)
  }
  const q = p - 0.5
  const r = q * q
  return (polynomial(middleTop, r) * q) / (polynomial(middleBottom, r) * r + 1)
}

const lowTop = [
  -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
]
const lowBottom = [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
const middleTop = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
]
const middleBottom = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
]

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}
