import { dateOf } from './ages.ts'
import { joined, type Name } from './names.ts'
import type { Person } from './people.ts'
import type { Resident } from './records.ts'

/** 氏名の欄 — everything a register writes about who a person is; made from a name, then changed by what is planted. */
export type Label = {
  name: Name
  /** In the place of the joined name, where it does not have two parts. */
  whole: string | null
  kana: string | null
  alias: string | null
  formerSurname: string | null
  residentKind: '1' | '2'
  stayExpiresOn: number | null
  birthDateWording: string | null
}

export function labelOf(name: Name): Label {
  return {
    name,
    whole: null,
    kana: joined(name).kana,
    alias: null,
    formerSurname: null,
    residentKind: '1',
    stayExpiresOn: null,
    birthDateWording: null,
  }
}

/** 氏が変わったとき — surname replaced, the reading with it. */
export function rename(label: Label, name: Partial<Name>): void {
  label.name = { ...label.name, ...name }
  // A reading that is not recorded stays unrecorded, whatever the name is written with.
  if (label.kana !== null) label.kana = joined(label.name).kana
}

/** 氏名と生年月日の欄 — as both registers hold them. */
export function identityOf(
  label: Label,
  person: Person,
): Pick<
  Resident,
  'name' | 'nameKana' | 'birthDate' | 'birthDateUnknown' | 'birthDateWording' | 'sex'
> {
  return {
    name: label.whole ?? joined(label.name).text,
    nameKana: label.kana,
    birthDate: dateOf(person.birth),
    birthDateUnknown: label.birthDateWording === null ? '0' : '1',
    birthDateWording: label.birthDateWording,
    sex: sexes[person.sex],
  }
}

const sexes = ['0', '1', '2'] as const
