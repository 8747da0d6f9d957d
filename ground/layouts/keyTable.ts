/**
 * キーの記憶 — what was seen of each key, without keeping the keys: 64 bits of hash and a few counters of
 * 32 bits, in a table that is between three eighths and three quarters full. With one counter that is
 * 16 to 32 bytes a key: the four million rows of a 2 GB file take about 100 MB. Two different keys look
 * alike once in about two million such files.
 */
export class KeyTable {
  readonly #width: number
  #capacity = 1024
  #size = 0
  cells: Uint32Array

  constructor(counters: number) {
    this.#width = counters + 2
    this.cells = new Uint32Array(this.#capacity * this.#width)
  }

  /**
   * Where in `cells` the key's counters begin. A new key has all of them 0; the first must be set to
   * something else at once, as it marks the place as taken.
   */
  place(high: number, low: number): number {
    if (this.#size * 4 > this.#capacity * 3) this.#grow()
    const at = this.#find(high, low)
    const cells = this.cells
    if (cells[at + 2] === 0) {
      cells[at] = high
      cells[at + 1] = low
      this.#size += 1
    }
    return at + 2
  }

  /** Every key's counters, as places in `cells`. */
  *places(): Generator<number> {
    for (let at = 0; at < this.cells.length; at += this.#width)
      if (this.cells[at + 2] !== 0) yield at + 2
  }

  #find(high: number, low: number): number {
    const { cells } = this
    const width = this.#width
    const mask = this.#capacity - 1
    let slot = low & mask
    for (;;) {
      const at = slot * width
      if (cells[at + 2] === 0) return at
      if (cells[at] === high && cells[at + 1] === low) return at
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const old = this.cells
    const width = this.#width
    this.#capacity *= 2
    this.cells = new Uint32Array(this.#capacity * width)
    for (let from = 0; from < old.length; from += width) {
      if (old[from + 2] === 0) continue
      const at = this.#find(old[from] as number, old[from + 1] as number)
      for (let cell = 0; cell < width; cell += 1) this.cells[at + cell] = old[from + cell] as number
    }
  }
}

/** Two lanes of 32 bits over several texts; each text is closed, so that 'a','bc' and 'ab','c' differ. */
export class KeyHash {
  high = 0
  low = 0

  begin(): void {
    this.high = 0xdeadbeef
    this.low = 0x41c6ce57
  }

  add(text: string): void {
    let high = this.high
    let low = this.low
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at)
      high = Math.imul(high ^ unit, 2654435761)
      low = Math.imul(low ^ unit, 1597334677)
    }
    this.high = Math.imul(high ^ 0x1ffff ^ (high >>> 15), 2246822507)
    this.low = Math.imul(low ^ 0x1ffff ^ (low >>> 13), 3266489909)
  }

  end(): void {
    const { high, low } = this
    this.high = (Math.imul(high ^ (high >>> 16), 2246822507) ^ (low >>> 13)) >>> 0
    this.low = (Math.imul(low ^ (low >>> 16), 3266489909) ^ (high >>> 16)) >>> 0
  }
}
