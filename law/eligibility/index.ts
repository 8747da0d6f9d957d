export { resident as inventedResident } from './cases/townsfolk.ts'
export type {
  AcquisitionGround,
  DecisionKind,
  Entitlement,
  EntitlementAnswer,
  EntitlementDecision,
  EntitlementPiece,
  Exclusion,
  LossGround,
  PersonFacts,
  Residence,
  ResidentFacts,
} from './entitlement.ts'
export { decideEntitlements } from './jobs/decideEntitlements.ts'
export {
  type DecidedCounts,
  type DecidedPerson,
  type NumberedDecision,
} from './jobs/decideResidents.ts'
export { deliverInsured } from './jobs/deliverInsured.ts'
export {
  type ImportResult,
  type IntakeFinding,
  importResidents,
  RefusedFile,
  type ResidentFile,
} from './jobs/importResidents.ts'
export { eligibilityEdition } from './law/edition.ts'
export { acquisitionGrounds, lossGrounds } from './law/grounds.ts'
export { qualifyingDay } from './rules/acquisition.ts'
export { birthDatesComingOfAge } from './rules/comingOfAge.ts'
export { entitlementOf } from './rules/entitlement.ts'
export { exclusions, residences } from './rules/residences.ts'
export { foldName } from './search/foldName.ts'
export type { ReadWord } from './search/readQuery.ts'
export { reasonName, reasonSentence } from './sentences.ts'
export { type ComingOfAge, listPredictedAge75 } from './store/comingOfAge.ts'
export {
  countMax,
  type FoundPerson,
  type FoundPersons,
  findPersons,
} from './store/findPersons.ts'
export {
  type Address,
  getPerson,
  type HouseholdMember,
  type HouseholdPeriod,
  type Person,
  type PersonDecision,
  type PersonEntitlement,
  type PersonLink,
  type ProtectedAddress,
} from './store/getPerson.ts'
export { reconciledInsured, reconciledResidents, storedDigests } from './store/reconciledRows.ts'
export { recordDigest } from './store/staging.ts'
export type { Standing } from './store/standing.ts'
