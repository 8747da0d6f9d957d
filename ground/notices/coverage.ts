import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const packageFolder = (name: string): string =>
  path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))

/** The fonts that are shipped with us, in the order in which a sheet asks them for a letter. */
export const fontFiles: readonly string[] = [
  ['@expo-google-fonts/biz-udpgothic', '400Regular/BIZUDPGothic_400Regular.ttf'],
  ['@expo-google-fonts/biz-udpgothic', '700Bold/BIZUDPGothic_700Bold.ttf'],
  ['@expo-google-fonts/noto-sans-jp', '400Regular/NotoSansJP_400Regular.ttf'],
  ['@expo-google-fonts/noto-sans-jp', '700Bold/NotoSansJP_700Bold.ttf'],
].map(([name, file]) => path.join(packageFolder(name as string), file as string))

interface Coverage {
  readonly letters: ReadonlySet<number>
  /** Base letter × 2^16 + variation selector − U+E0100, for ideographic variation sequences. */
  readonly variations: ReadonlySet<number>
}

const firstSelector = 0xe0100
const isSelector = (code: number): boolean => code >= firstSelector && code <= 0xe01ef
const variationKey = (base: number, selector: number): number =>
  base * 0x10000 + (selector - firstSelector)

/** Reads the character map of one font file (OpenType `cmap`, subtable formats 12 and 14). */
function readCoverage(file: string): Coverage {
  const bytes = readFileSync(file)
  const letters = new Set<number>()
  const variations = new Set<number>()
  const u16 = (at: number) => bytes.readUInt16BE(at)
  const u32 = (at: number) => bytes.readUInt32BE(at)
  const u24 = (at: number) => bytes.readUIntBE(at, 3)
  let cmap = -1
  for (let table = 0; table < u16(4); table++) {
    const at = 12 + table * 16
    if (bytes.toString('latin1', at, at + 4) === 'cmap') cmap = u32(at + 8)
  }
  if (cmap < 0) throw new Error(`${path.basename(file)} に文字の表がありません。`)
  for (let index = 0; index < u16(cmap + 2); index++) {
    const sub = cmap + u32(cmap + 4 + index * 8 + 4)
    if (u16(sub) === 12) {
      for (let group = 0; group < u32(sub + 12); group++) {
        const at = sub + 16 + group * 12
        for (let code = u32(at); code <= u32(at + 4); code++) letters.add(code)
      }
    } else if (u16(sub) === 14) {
      for (let record = 0; record < u32(sub + 6); record++) {
        const at = sub + 10 + record * 11
        const selector = u24(at)
        if (!isSelector(selector)) continue
        const [plain, special] = [u32(at + 3), u32(at + 7)]
        for (let range = 0; plain > 0 && range < u32(sub + plain); range++) {
          const start = u24(sub + plain + 4 + range * 4)
          const more = bytes.readUInt8(sub + plain + 4 + range * 4 + 3)
          for (let code = start; code <= start + more; code++)
            variations.add(variationKey(code, selector))
        }
        for (let glyph = 0; special > 0 && glyph < u32(sub + special); glyph++)
          variations.add(variationKey(u24(sub + special + 4 + glyph * 5), selector))
      }
    }
  }
  return { letters, variations }
}

let shipped: readonly Coverage[] | undefined

/**
 * 字形のない文字 — letters of `text` for which no shipped font has the shape that was asked for. A letter
 * with a variation selector counts as missing when no font knows that very variant: a sheet must show the
 * name as it is held, never a lookalike. Given as code points («U+10DE92»), so a message names no person.
 */
export function lettersWithoutGlyph(text: string): readonly string[] {
  shipped ??= fontFiles
    .filter((file) => file.includes('Regular_') || file.includes('400'))
    .map(readCoverage)
  const missing: string[] = []
  const codes = Array.from(text, (letter) => letter.codePointAt(0) as number)
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] as number
    if (code < 0x80 || isSelector(code)) continue
    const next = codes[index + 1]
    const variant = next !== undefined && isSelector(next)
    const found = variant
      ? shipped.some((font) => font.variations.has(variationKey(code, next)))
      : shipped.some((font) => font.letters.has(code))
    if (!found) {
      const hex = (value: number) => `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
      missing.push(variant ? `${hex(code)} ${hex(next)}` : hex(code))
    }
  }
  return missing
}
