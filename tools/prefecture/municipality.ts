import type { MunicipalityCode, UnionCode } from '@koiki/kernel'
import { parseMunicipalityCode } from '@koiki/kernel'
import { municipalityRows31, townRows31 } from './data/municipalities31.ts'
import { municipalityRows43 } from './data/municipalities43.ts'
import { townRows43 } from './data/towns43.ts'

/** 市区町村 — what a municipality is like, without its people. Figures and their sources: data/. */
export type Municipality = {
  readonly code: MunicipalityCode
  readonly name: string
  readonly kana: string
  /** Residents of 75 and over in 2025, an estimate; the weight of the municipality. */
  readonly over75: number
  readonly estimate: 'projection' | 'ratio'
  readonly over65In2020: number
  readonly households: number
  readonly aloneOver65: number
  readonly oldCouplesPercent: number
  readonly taxableThousandYen: number
  readonly foreignersPer100k: number
  readonly ageShape: 'young' | 'middle' | 'old'
  /** A part of the prefecture with surnames of its own; null for none. */
  readonly area: string | null
  readonly towns: readonly TownGroup[]
}

/** 町字 — real names of places as they stand in an address, without lots. */
export type TownGroup = {
  /** 市区郡町村名 — as written in an address, with 郡 or 区. */
  readonly addressName: string
  readonly share: number
  readonly form: 'oaza' | 'block' | 'lot'
  readonly towns: readonly { readonly postalCode: string; readonly name: string }[]
}

const prefectures: Readonly<Record<string, { name: string; rows: string; towns: string }>> = {
  '43': { name: '熊本県', rows: municipalityRows43, towns: townRows43 },
  '31': { name: '鳥取県', rows: municipalityRows31, towns: townRows31 },
}

/** 広域連合の都道府県名 — throws RangeError for a union that the invented world does not know. */
export function prefectureNameOf(union: UnionCode): string {
  return knownPrefecture(union).name
}

/** 構成市区町村 — in the order of their codes. Throws RangeError for an unknown union or a wrong code. */
export function municipalitiesOf(union: UnionCode): readonly Municipality[] {
  const known = knownPrefecture(union)
  return lines(known.rows).map((row) => {
    const [code, name, kana, over75, how, over65, households, alone, couples, income, foreigners] =
      row as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ]
    const parsed = parseMunicipalityCode(code)
    if (!parsed.ok) throw new RangeError(`${name}の団体コード: ${parsed.reason}`)
    return {
      code: parsed.value,
      name,
      kana,
      over75: Number(over75),
      estimate: how === 'P' ? 'projection' : 'ratio',
      over65In2020: Number(over65),
      households: Number(households),
      aloneOver65: Number(alone),
      oldCouplesPercent: Number(couples),
      taxableThousandYen: Number(income),
      foreignersPer100k: Number(foreigners),
      ageShape: row[11] === 'young' ? 'young' : row[11] === 'old' ? 'old' : 'middle',
      area: row[12] ? row[12] : null,
      towns: townsOf(known.towns, code),
    }
  })
}

function townsOf(table: string, municipality: string): TownGroup[] {
  return lines(table)
    .filter((row) => row[0] === municipality)
    .map((row) => ({
      addressName: row[1] as string,
      share: Number(row[2]),
      form: row[3] === 'oaza' ? 'oaza' : row[3] === 'block' ? 'block' : 'lot',
      towns: (row[4] as string).split(';').map((entry) => {
        const [postalCode, name] = entry.split(' ') as [string, string]
        return { postalCode, name }
      }),
    }))
}

function lines(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split('|'))
}

function knownPrefecture(union: UnionCode): { name: string; rows: string; towns: string } {
  const known = prefectures[union]
  if (known === undefined) {
    const unions = Object.keys(prefectures).join('・')
    throw new RangeError(
      `模擬の世界にない広域連合です: ${union}。${unions} のどれかを指定してください。`,
    )
  }
  return known
}
