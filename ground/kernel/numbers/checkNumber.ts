import { corporateNumberFault } from './corporateNumber.ts'
import { individualNumberFault } from './individualNumber.ts'
import { insuredNumberFault } from './insuredNumber.ts'
import { insurerNumberFault } from './insurerNumber.ts'
import { municipalityCodeFault } from './municipalityCode.ts'
import { residentRecordCodeFault } from './residentRecordCode.ts'

const faults = {
  individualNumber: individualNumberFault,
  insurerNumber: insurerNumberFault,
  insuredNumber: (text: string) => insuredNumberFault(text),
  municipalityCode: municipalityCodeFault,
  corporateNumber: corporateNumberFault,
  residentRecordCode: residentRecordCodeFault,
} as const

/** 番号の種類 — the kinds that `koiki codes` knows. */
export type NumberKind = keyof typeof faults

/** 番号の種類 — in the order of the contract. */
export const numberKinds = Object.keys(faults) as readonly NumberKind[]

/** 番号の種類か */
export function isNumberKind(text: string): text is NumberKind {
  return Object.hasOwn(faults, text)
}

/** 番号の検査 — form and check digit. `reason` is null when valid, else a sentence without the value. */
export function checkNumber(
  kind: NumberKind,
  value: string,
): { readonly valid: boolean; readonly reason: string | null } {
  const reason = faults[kind](value)
  return { valid: reason === null, reason }
}
