import { municipalities, unionBodies } from '@koiki/store'
import type { OfficePlace } from '../rules/checkPlaces.ts'

/** 受け付ける市区町村の場所 — null where the tables do not have it. */
export function placeOf(code: string): OfficePlace | null {
  const municipality = municipalities.find(([own]) => own === code)?.[1]
  const union = unionBodies.find(({ unionCode }) => code.startsWith(unionCode))?.name
  return municipality === undefined || union === undefined ? null : { municipality, union }
}
