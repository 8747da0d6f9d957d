import { 被保険者証等発行用情報2026年4月版 } from './certificates/2026-04.ts'
import { 被保険者証等発行用情報 } from './certificates/2026-07.ts'
import { エラー情報 } from './errorList/2026-04.ts'
import { 所得課税情報2026年4月版 } from './incomeTax/2026-04.ts'
import { 所得課税情報 } from './incomeTax/2026-07.ts'
import { マイナ保険証利用登録状況 } from './insuranceCards/2026-07.ts'
import { 被保険者情報2026年4月版 } from './insuredPersons/2026-04.ts'
import { 被保険者情報 } from './insuredPersons/2026-07.ts'
import type { Layout } from './layout.ts'
import { 住登外登録情報2026年4月版 } from './nonRegisteredPersons/2026-04.ts'
import { 住登外登録情報 } from './nonRegisteredPersons/2026-07.ts'
import { 保険料情報 } from './premiums/2026-04.ts'
import { 住所地特例者情報 } from './residenceProvisions/2026-04.ts'
import { 住民基本台帳情報2026年4月版 } from './residentRegister/2026-04.ts'
import { 住民基本台帳情報 } from './residentRegister/2026-07.ts'

/** レイアウトの一覧 — every layout of the house, each edition once. */
export const layouts: readonly Layout[] = [
  住民基本台帳情報2026年4月版,
  住民基本台帳情報,
  住登外登録情報2026年4月版,
  住登外登録情報,
  所得課税情報2026年4月版,
  所得課税情報,
  被保険者情報2026年4月版,
  被保険者情報,
  被保険者証等発行用情報2026年4月版,
  被保険者証等発行用情報,
  住所地特例者情報,
  保険料情報,
  マイナ保険証利用登録状況,
  エラー情報,
]

/** レイアウトを探す — by official name or id; the newest edition where none is named. */
export function findLayout(nameOrId: string, edition?: string): Layout | null {
  const found = layouts
    .filter((one) => one.name === nameOrId || one.id === nameOrId)
    .filter((one) => edition === undefined || one.edition === edition)
    .toSorted((a, b) => (a.edition < b.edition ? 1 : -1))
  return found[0] ?? null
}
