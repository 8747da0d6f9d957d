import { wholeUnion } from '@koiki/exchange'
import { formatWareki, parsePlainDate } from '@koiki/kernel'
import { unionNames } from '@koiki/premium'
import { municipalities } from '@koiki/store'

const municipalityNames = new Map(municipalities.map(([code, name]) => [code, name]))

/** 広域連合の名 — the code itself where the table does not have it. */
export function unionName(code: string): string {
  return unionNames.get(code) ?? code
}

/** 広域連合の全体のファイル — those of no municipality come from the 中間サーバー alone. */
const isOfWholeUnion = (code: string): boolean => code === wholeUnion(code.slice(0, 2))

/** 市区町村の名 — the code itself where the table does not have it; 中間サーバー where a file is of no municipality. */
export function municipalityName(code: string): string {
  if (isOfWholeUnion(code)) return '中間サーバー'
  return municipalityNames.get(code) ?? code
}

/** 相手 — the party behind the code under which its files stand. */
export function partnerOf(code: string): string {
  return isOfWholeUnion(code) ? `intermediary:${code.slice(0, 2)}` : `municipality:${code}`
}

/** 席の場所 — how a place is called in the list of who looked. */
export function placeName(municipality: string): string {
  return municipality === '*' ? '広域連合' : `${municipalityName(municipality)}の窓口`
}

/** 広域連合の市区町村 — in the order of their codes. */
export const municipalitiesOf = (union: string): { code: string; name: string }[] =>
  municipalities.filter(([code]) => code.startsWith(union)).map(([code, name]) => ({ code, name }))

/** 席の言葉 — a sentence of the exchange as a clerk says it: towns by their names, days by their era. */
export const inDeskWords = (sentence: string): string =>
  sentence
    .replace(/市区町村（(\d{6})）/g, (_, code: string) => municipalityName(code))
    .replace(/\d{4}-\d{2}-\d{2}/g, (text) => {
      const day = parsePlainDate(text)
      return day === null ? text : formatWareki(day, 'long')
    })
