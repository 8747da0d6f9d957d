import type { PlainDate } from '@koiki/kernel'
import { changeReasons, residentStatus } from '../resident.ts'
import type { Destination } from './printDocuments.ts'

export interface DestinationRow {
  readonly name: string
  readonly birthDate: PlainDate
  readonly postalCode: string | null
  readonly prefectureName: string | null
  readonly municipalityName: string | null
  readonly townName: string | null
  readonly houseNumber: string | null
  readonly building: string | null
  readonly status: string | null
  readonly changeReason: string | null
}

/** Columns of `municipal_system.destination` (r) beside a table with name and birth date. */
export const destinationColumns = (person: string): string =>
  `${person}.name, ${person}.birth_date as "birthDate", r.postal_code as "postalCode",
   r.prefecture_name as "prefectureName", r.municipality_name as "municipalityName",
   r.town_name as "townName", r.house_number as "houseNumber", r.building,
   r.status, r.change_reason as "changeReason"`

/**
 * 宛先 — the address that this municipality holds. A document for one who died or moved away is held until a
 * person says where it goes: the heirs, or the new address, are not in these files.
 */
export function destinationOf(row: DestinationRow): Destination {
  const lines = [
    [row.prefectureName, row.municipalityName, row.townName, row.houseNumber],
    [row.building],
  ].map((parts) => parts.filter((part) => part !== null).join(''))
  return {
    name: row.name,
    birthDate: row.birthDate,
    postalCode: row.postalCode ?? '',
    address: lines.filter((line) => line !== ''),
    heldBecause: heldBecause(row),
  }
}

function heldBecause({ status, changeReason }: DestinationRow): string | null {
  if (status === null)
    return '宛先の住所がありません。宛名番号を確かめてから、もう一度発行してください。'
  if (status !== residentStatus.removed) return null
  if (changeReason === changeReasons.died)
    return '死亡した人あてです。相続人代表者を確かめてから、手で発行してください。'
  if (changeReason === changeReasons.movedOut)
    return '転出した人あてです。転出先の住所を確かめてから、手で発行してください。'
  return '住民票が消除された人あてです。送り先を確かめてから、手で発行してください。'
}
