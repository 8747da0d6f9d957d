export * from './dated.ts'
export * from './finding.ts'
export * from './fiscalYear.ts'
export { checkNumber, isNumberKind, type NumberKind, numberKinds } from './numbers/checkNumber.ts'
export {
  type CorporateNumber,
  corporateNumberCheckDigit,
  parseCorporateNumber,
} from './numbers/corporateNumber.ts'
export {
  IndividualNumber,
  individualNumberCheckDigit,
  parseIndividualNumber,
} from './numbers/individualNumber.ts'
export {
  type InsuredNumber,
  type InsuredNumberScheme,
  insuredNumber,
  insuredNumberCheckDigitScheme,
  parseInsuredNumber,
} from './numbers/insuredNumber.ts'
export {
  type InsurerNumber,
  type InsurerNumberAssignments,
  insurerNumberCheckDigit,
  insurerNumberOf,
  parseInsurerNumber,
} from './numbers/insurerNumber.ts'
export { residentKey, subjectKey, subjectOf, type UnionCode } from './numbers/keys.ts'
export {
  type AddresseeNumber,
  type HouseholdNumber,
  parseAddresseeNumber,
  parseHouseholdNumber,
} from './numbers/localNumbers.ts'
export {
  type MunicipalityCode,
  municipalityCodeCheckDigit,
  municipalityCodeOf,
  parseMunicipalityCode,
} from './numbers/municipalityCode.ts'
export { OpaqueNumber, type Parsed, revealNumber } from './numbers/opaque.ts'
export {
  parseResidentRecordCode,
  ResidentRecordCode,
  residentRecordCodeCheckDigit,
} from './numbers/residentRecordCode.ts'
export * from './plainDate.ts'
export * from './ruleLine.ts'
export * from './timeline.ts'
export * from './wareki.ts'
export * from './yen.ts'
