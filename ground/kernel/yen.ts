/** 円 — a whole number of yen. Never a fraction: every division below says which way it rounds. */
export type Yen = number & { readonly __yen: true }

/** 円 — brands a whole number as yen. Throws RangeError for a fraction or beyond 2^53 − 1. */
export function yen(amount: number): Yen {
  if (!Number.isSafeInteger(amount)) {
    throw new RangeError(`円の金額は整数でなければなりません: ${amount}`)
  }
  return amount as Yen
}

/** 率 — an exact ratio of two whole numbers, `of` in `per`. Never a float: 11.06 % is 1106 in 10000. */
export type Rate = { readonly of: number; readonly per: number }

/** 率 — `of` in `per`. Throws RangeError unless both are whole, `of` ≥ 0 and `per` > 0. */
export function rate(of: number, per: number): Rate {
  if (!Number.isSafeInteger(of) || of < 0 || !Number.isSafeInteger(per) || per <= 0) {
    throw new RangeError(`率は0以上の整数の比でなければなりません: ${of}/${per}`)
  }
  return { of, per }
}

/** 百分率 — reads `'11.06'` as exactly 1106/10000. Throws RangeError for anything but plain decimals. */
export function percent(text: string): Rate {
  const match = /^(\d{1,4})(?:\.(\d{1,6}))?$/.exec(text)
  if (match === null) {
    throw new RangeError(`百分率は「11.06」のような10進の文字で書きます: ${text}`)
  }
  const decimals = match[2] ?? ''
  return rate(Number(`${match[1]}${decimals}`), 10 ** (decimals.length + 2))
}

/** 百分率の表記 — the inverse of `percent`: 1106/10000 is `11.06%`. Exact; throws when it cannot be. */
export function percentText(r: Rate): string {
  const digits = String(r.per).length - 1
  if (10 ** digits !== r.per || digits < 2) {
    throw new RangeError(`百分率に書けない率です: ${r.of}/${r.per}`)
  }
  const text = String(r.of).padStart(digits - 1, '0')
  const whole = text.slice(0, text.length - (digits - 2))
  const decimals = text.slice(whole.length)
  return decimals === '' ? `${whole}%` : `${whole}.${decimals}%`
}

/** 割 — tenths: `tenths('7.2')` is 72/100, as 軽減の割合 is written. */
export function tenths(text: string): Rate {
  const match = /^(\d{1,2})(?:\.(\d{1,4}))?$/.exec(text)
  if (match === null) throw new RangeError(`割は「7.2」のような10進の文字で書きます: ${text}`)
  const decimals = match[2] ?? ''
  return rate(Number(`${match[1]}${decimals}`), 10 ** (decimals.length + 1))
}

/** 1から率を引いた残り — what is left after taking the rate off. Throws RangeError above 1. */
export function remainderOf(r: Rate): Rate {
  return rate(r.per - r.of, r.per)
}

type Direction = 'floor' | 'ceil' | 'halfUp'

// The product may pass 2^53 for sums over a union; then it is carried by BigInt, never by a float.
function times(y: number, r: Rate, direction: Direction): Yen {
  const product = BigInt(y) * BigInt(r.of)
  const per = BigInt(r.per)
  const shifted = direction === 'halfUp' ? product * 2n + per : product
  const unit = direction === 'halfUp' ? per * 2n : per
  const cut = shifted / unit
  const inexact = shifted % unit !== 0n
  const floored = inexact && shifted < 0n ? cut - 1n : cut
  return yen(Number(direction === 'ceil' && inexact ? floored + 1n : floored))
}

/** 率を乗じて1円未満切捨て — towards minus infinity. Exact for every safe integer. */
export function timesFloor(y: Yen, r: Rate): Yen {
  const product = y * r.of
  if (product >= 0 && product <= Number.MAX_SAFE_INTEGER) {
    return ((product - (product % r.per)) / r.per) as Yen
  }
  return times(y, r, 'floor')
}

/** 率を乗じて1円未満切上げ — towards plus infinity. */
export function timesCeil(y: Yen, r: Rate): Yen {
  return times(y, r, 'ceil')
}

/** 率を乗じて1円未満四捨五入 — a half goes up. */
export function timesHalfUp(y: Yen, r: Rate): Yen {
  return times(y, r, 'halfUp')
}

/** 端数切捨て — cut down to a multiple of `unit` yen (`floorTo(y, 100)` 百円未満切捨て). */
export function floorTo(y: Yen, unit: number): Yen {
  const rest = y % positive(unit)
  return yen(rest < 0 ? y - rest - unit : y - rest)
}

/** 端数切上げ — raised to a multiple of `unit` yen. */
export function ceilTo(y: Yen, unit: number): Yen {
  const floored = floorTo(y, unit)
  return floored === y ? floored : yen(floored + unit)
}

function positive(unit: number): number {
  if (!Number.isSafeInteger(unit) || unit <= 0) {
    throw new RangeError(`端数処理の単位は1以上の整数です: ${unit}`)
  }
  return unit
}
