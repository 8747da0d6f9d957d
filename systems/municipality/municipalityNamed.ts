import { municipalities, unionBodies } from '@koiki/store'
import { Refusal } from './refusal.ts'

export interface MunicipalityName {
  readonly code: string
  readonly name: string
  readonly prefecture: string
  /** 広域連合の名称 */
  readonly union: string
}

/** 市区町村の名前 — as an address and a notice write them. Throws Refusal for a code that we do not know. */
export function municipalityNamed(code: string): MunicipalityName {
  const row = municipalities.find(([known]) => known === code)
  const body = unionBodies.find(({ unionCode }) => unionCode === code.slice(0, 2))
  if (row === undefined || body === undefined) {
    throw new Refusal([`市区町村コード ${code} の市区町村はありません。コードを確かめてください。`])
  }
  return {
    code,
    name: row[1],
    prefecture: body.name.replace('後期高齢者医療広域連合', ''),
    union: body.name,
  }
}
