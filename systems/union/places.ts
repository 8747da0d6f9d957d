import { unionNames } from '@koiki/premium'
import { municipalities } from '@koiki/store'

const municipalityNames = new Map(municipalities.map(([code, name]) => [code, name]))

/** 広域連合の名 — the code itself where the table does not have it. */
export function unionName(code: string): string {
  return unionNames.get(code) ?? code
}

/** 市区町村の名 — the code itself where the table does not have it. */
export function municipalityName(code: string): string {
  return municipalityNames.get(code) ?? code
}

/** 席の場所 — how a place is called in the list of who looked. */
export function placeName(municipality: string): string {
  return municipality === '*' ? '広域連合' : `${municipalityName(municipality)}の窓口`
}
