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
  readonly birthDateText: string | null
  /** 不開示該当 */
  readonly hidden: boolean
}

/**
 * 不開示該当 — told by our own register, by the union of this person, or in the very row that is printed: the first that
 * says so is believed. The columns of a person under it are not read at all.
 */
export const hides = (person: string): string =>
  `(coalesce(r.non_disclosure, '0') = '1' or ${person}.non_disclosure = '1' or exists (
     select from municipal_system.insured_person as known
      where known.subject_key = ${person}.subject_key and known.non_disclosure = '1'))`

/** 今は隠す人の紙 — of a person whom a measure hides by now, whenever the sheet was printed. */
const hiddenNow = (sheet: string): string =>
  `exists (
     select from municipal_system.insured_person as person
       left join municipal_system.destination as r using (municipality_code, addressee_number)
      where person.subject_key = ${sheet}.subject_key
        and person.municipality_code = ${sheet}.municipality_code
        and (person.non_disclosure = '1' or r.non_disclosure = '1'))`

const delivered = (sheet: string, as: string): string =>
  `exists (
     select from municipal_system.certificate as told
      where told.subject_key = ${sheet}.subject_key
        and told.municipality_code = ${sheet}.municipality_code
        and told.issue_number = ${sheet}.issue_number and ${as})`

/** 手渡しだけの紙 — of a sheet that the union told to hand over, or of a person whom a measure hides by now. */
export const byHandOnly = (sheet: string): string =>
  `(${delivered(sheet, `(told.destination_kind = '2' or told.non_disclosure = '1')`)}
    or ${hiddenNow(sheet)})`

/** 隠す住所の載った紙 — printed before the measure began: a sheet for a hidden person was handed over, and had none. */
export const showsHiddenAddress = (sheet: string): string =>
  `(${hiddenNow(sheet)}
    and not ${delivered(sheet, `told.destination_kind = '2' and told.address_shown = '0'`)})`

/** Columns of `municipal_system.destination` (r) beside a table with name and birth date. */
export const destinationColumns = (person: string): string =>
  ['postal_code as "postalCode"', 'prefecture_name as "prefectureName"']
    .concat('municipality_name as "municipalityName"', 'town_name as "townName"')
    .concat('house_number as "houseNumber"', 'building as "building"')
    .map((column) => column.replace(/^(\w+) as/, `case when not ${hides(person)} then r.$1 end as`))
    .concat('r.status as "status"', 'r.change_reason as "changeReason"')
    .concat('r.birth_date_text as "birthDateText"')
    .join(',\n   ')

/**
 * 宛先 — the address that this municipality holds. A document for one who died or moved away is held until a
 * person says where it goes: the heirs, or the new address, are not in these files. One for a person under 不開示該当
 * never goes by mail from here.
 */
export function destinationOf(row: DestinationRow): Destination {
  const lines = [
    [row.prefectureName, row.municipalityName, row.townName, row.houseNumber],
    [row.building],
  ].map((parts) => parts.filter((part) => part !== null).join(''))
  return {
    name: row.name,
    birthDate: row.birthDate,
    postalCode: row.hidden ? '' : (row.postalCode ?? ''),
    address: row.hidden ? [] : lines.filter((line) => line !== ''),
    heldBecause: heldBecause(row),
  }
}

function heldBecause({ hidden, status, changeReason }: DestinationRow): string | null {
  if (hidden)
    return '取扱注意の人あてです。住所は印字できません。窓口で手渡すよう、支援措置の担当へ回してください。'
  if (status === null)
    return '宛先の住所がありません。宛名番号を確かめてから、もう一度発行してください。'
  if (status !== residentStatus.removed) return null
  if (changeReason === changeReasons.died)
    return '死亡した人あてです。相続人代表者を確かめてから、手で発行してください。'
  if (changeReason === changeReasons.movedOut)
    return '転出した人あてです。転出先の住所を確かめてから、手で発行してください。'
  return '住民票が消除された人あてです。送り先を確かめてから、手で発行してください。'
}
