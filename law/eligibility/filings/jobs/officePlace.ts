import type { PlainDate } from '@koiki/kernel'
import { municipalities, unionBodies } from '@koiki/store'
import type { Fault, FilingContent } from '../filing.ts'
import { checkContent } from '../rules/checkContent.ts'
import type { OfficePlace } from '../rules/checkPlaces.ts'
import type { Matter } from './decideFiling.ts'

/** 受け付ける市区町村の場所 — null where the tables do not have it. */
function placeOf(code: string): OfficePlace | null {
  const municipality = municipalities.find(([own]) => own === code)?.[1]
  const union = unionBodies.find(({ unionCode }) => code.startsWith(unionCode))?.name
  return municipality === undefined || union === undefined ? null : { municipality, union }
}

/** 届書の中身を点検する — as the office does that takes it in or has it supplemented. */
export const checkAtOffice = (
  content: FilingContent,
  today: PlainDate,
  { known, municipality }: Matter,
): readonly Fault[] =>
  checkContent(content, {
    today,
    newcomer: known === null,
    // Who is under 住所地特例 has an address elsewhere.
    place: (known?.provision ?? null) === null ? placeOf(municipality) : null,
  })
