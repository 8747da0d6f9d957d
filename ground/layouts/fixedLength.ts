import { decodeWindows31J, encodeWindows31J, unwritableInWindows31J } from './encoding.ts'
import type { Fault } from './findings.ts'
import type { Column, Layout } from './layout.ts'

/** 固定長の桁 — width in bytes; a DATE is YYYYMMDD, a decimal has no point, S9 leads with its sign. */
export function fixedWidth(column: Column): number {
  switch (column.type) {
    case 'X':
    case '9':
    case '9V':
      return column.length
    case 'S9':
      return column.length + 1
    case 'N':
      return column.bytes ?? column.length * 2
    case 'YEAR':
      return 4
    case 'DATE':
      return 8
  }
}

/** 固定長の位置 — of each column, from byte 1 as specifications count, and the length of a record. */
export function fixedPlaces(layout: Layout): {
  readonly places: readonly { readonly name: string; readonly at: number; readonly width: number }[]
  readonly length: number
} {
  let at = 1
  const places = layout.names.map((name) => {
    const width = fixedWidth(layout.columns[name] as Column)
    const place = { name, at, width }
    at += width
    return place
  })
  return { places, length: at - 1 }
}

/** 固定長の1件を読む — texts as the CSV would carry them, or where Windows-31J breaks. */
export function fixedRecordReader(
  layout: Layout,
): (bytes: Buffer) => { readonly record: string[] } | { readonly faultAt: number } {
  const { places } = fixedPlaces(layout)
  const columns = places.map(({ name, at, width }) => ({
    column: layout.columns[name] as Column,
    from: at - 1,
    until: at - 1 + width,
  }))
  return (bytes) => {
    const record: string[] = new Array(columns.length)
    for (let index = 0; index < columns.length; index += 1) {
      const { column, from, until } = columns[index] as (typeof columns)[number]
      const { text, faultAt } = decodeWindows31J(bytes.subarray(from, until))
      if (faultAt !== -1) return { faultAt: from + faultAt }
      record[index] = unpadded(column, text)
    }
    return { record }
  }
}

function unpadded(column: Column, text: string): string {
  const bare = text.replace(column.type === 'N' ? /[\u3000 ]+$/ : / +$/, '')
  if (bare === '') return ''
  switch (column.type) {
    case 'X':
    case 'N':
    case 'YEAR':
      return bare
    case '9':
      return /^[0-9]+$/.test(bare) ? bare.replace(/^0+(?=[0-9])/, '') : bare
    case 'S9': {
      const form = /^([+-])0*([0-9]+)$/.exec(bare)
      return form === null ? bare : `${form[1] === '-' ? '-' : ''}${form[2]}`
    }
    case '9V': {
      if (!/^[0-9]+$/.test(bare)) return bare
      const digits = bare.padStart(column.length, '0')
      const whole = digits.slice(0, -column.decimals).replace(/^0+(?=[0-9])/, '')
      return `${whole}.${digits.slice(-column.decimals)}`
    }
    case 'DATE':
      return /^[0-9]{8}$/.test(bare)
        ? `${bare.slice(0, 4)}-${bare.slice(4, 6)}-${bare.slice(6)}`
        : bare
  }
}

/** 固定長の1件を書く — the bytes with CRLF, or what does not fit. Values are sound for their column. */
export function fixedRecordWriter(layout: Layout): (record: readonly string[]) => Buffer | Fault[] {
  const { places, length } = fixedPlaces(layout)
  const crlf = Buffer.from('\r\n')
  return (record) => {
    const bytes = Buffer.alloc(length + 2, 0x20)
    const faults: Fault[] = []
    for (const [index, { name, at, width }] of places.entries()) {
      const column = layout.columns[name] as Column
      const text = padded(column, record[index] as string, width)
      const encoded = encodeWindows31J(text)
      if (encoded === null) faults.push(...unwritable(name, text))
      else if (encoded.length > width)
        faults.push(unfit(name, width, `${encoded.length}バイトあります`))
      else if (column.type === 'N' && /[\u3000 ]$/.test(record[index] as string))
        faults.push(unfit(name, width, '終わりの空白は固定長では残りません'))
      else {
        bytes.set(encoded, at - 1)
        if (column.type === 'N') padFullWidth(bytes, at - 1 + encoded.length, at - 1 + width)
      }
    }
    crlf.copy(bytes, length)
    return faults.length === 0 ? bytes : faults
  }
}

function padFullWidth(bytes: Buffer, from: number, until: number): void {
  for (let at = from; at + 1 < until; at += 2) bytes.writeUInt16BE(0x8140, at)
}

function padded(column: Column, value: string, width: number): string {
  if (value === '') return ''
  switch (column.type) {
    case 'X':
    case 'N':
    case 'YEAR':
      return value
    case '9':
      return value.padStart(width, '0')
    case 'S9': {
      const negative = value.startsWith('-')
      return (negative ? '-' : '+') + value.slice(negative ? 1 : 0).padStart(width - 1, '0')
    }
    case '9V': {
      const [whole = '', part = ''] = value.split('.')
      return (whole + part.padEnd(column.decimals, '0')).padStart(width, '0')
    }
    case 'DATE':
      return value.replaceAll('-', '')
  }
}

function unfit(name: string, width: number, reason: string): Fault {
  return { code: 'E1015', column: name, facts: { バイト数: width, 理由: reason } }
}

/** 書けない文字の所見 — one for each character, never a substitute. */
export function unwritable(name: string, text: string): Fault[] {
  return unwritableInWindows31J(text).map((character) => ({
    code: 'E1014',
    column: name,
    facts: { 文字: character },
  }))
}
