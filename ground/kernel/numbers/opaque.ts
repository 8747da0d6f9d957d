const masked = '***'

/**
 * 見せない番号 — digits that no log, error, screen or export may show. It prints as `***` under String(),
 * template strings, JSON, util.inspect and console; copying, spreading and cloning carry nothing out.
 * The digits leave through `revealNumber` alone.
 */
export class OpaqueNumber {
  readonly #digits: string

  protected constructor(digits: string) {
    this.#digits = digits
  }

  toString(): string {
    return masked
  }

  toJSON(): string {
    return masked
  }

  [Symbol.toPrimitive](): string {
    return masked
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return masked
  }

  get [Symbol.toStringTag](): string {
    return masked
  }

  /** Equal digits, without showing them. */
  equals(other: OpaqueNumber): boolean {
    return this.#digits === other.#digits
  }

  static reveal(number: OpaqueNumber): string {
    return number.#digits
  }
}

/** 番号の開示 — the one place where digits leave an opaque number. Search for this name to audit them. */
export function revealNumber(number: OpaqueNumber): string {
  return OpaqueNumber.reveal(number)
}

/** 番号の読取りの結果 — the number, or a Japanese sentence that never repeats what was read. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }
