export { resident as inventedResident } from './cases/townsfolk.ts'
export type {
  AcquisitionGround,
  Basis,
  CertificationEnd,
  DecisionKind,
  DisabilityCertification,
  Entitlement,
  EntitlementAnswer,
  EntitlementDecision,
  EntitlementPiece,
  Exclusion,
  ExclusionKind,
  FacilityStay,
  LossGround,
  PersonFacts,
  ProvisionKind,
  Residence,
  ResidenceProvision,
  ResidentFacts,
  ToldFacts,
} from './entitlement.ts'
export * from './filings/index.ts'
export { decideEntitlements } from './jobs/decideEntitlements.ts'
export { decidePersonLink, type LinkGiven, type LinkJudgement } from './jobs/decideLink.ts'
export { decideNow, type PreviewedPerson, previewDecision } from './jobs/decideNow.ts'
export type {
  DecidedCounts,
  DecidedPerson,
  NumberedDecision,
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
export { filingTerm } from './law/filingTerm.ts'
export { acquisitionGrounds, lossGrounds } from './law/grounds.ts'
export { qualifyingDay } from './rules/acquisition.ts'
export { birthDatesComingOfAge } from './rules/comingOfAge.ts'
export { certificationEndsOn, disabilityFirstDay } from './rules/disability.ts'
export { entitlementOf } from './rules/entitlement.ts'
export { exclusions, residences } from './rules/residences.ts'
export { type Moved, type MovedReason, whatElseMoves } from './rules/whatElseMoves.ts'
export { foldName } from './search/foldName.ts'
export { letterVariants } from './search/nameVariants.ts'
export { type ReadWord, readQuery } from './search/readQuery.ts'
export { reasonName, reasonSentence } from './sentences.ts'
export { type ComingOfAge, listPredictedAge75 } from './store/comingOfAge.ts'
export { comparableInsured, comparableResidents } from './store/comparable.ts'
export { applyCounterRecord, type CounterFacts, type CounterRecord } from './store/counterRecord.ts'
export type { Decider } from './store/decider.ts'
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
export { type ExplainedMatch, type MatchedField, matchExplained } from './store/matchExplained.ts'
export { findPersonRecord, type PersonFiling, type PersonTold } from './store/personRecord.ts'
export { reconciledInsured, reconciledResidents } from './store/reconciledRows.ts'
export { findRightsKnown, type RightsKnown, rightOn } from './store/rightsKnown.ts'
export { type SelfDisclosure, selfDisclosureOf } from './store/selfDisclosure.ts'
export type { Standing } from './store/standing.ts'
export {
  cancelToldFact,
  endDisabilityCertification,
  endFacilityStay,
  endResidenceProvision,
  endStayExclusion,
  isProvisionFacility,
  type RecordedCertification,
  type RecordedFacilityStay,
  type RecordedProvision,
  recordDisabilityCertification,
  recordFacilityStay,
  recordResidenceProvision,
  recordStayExclusion,
  renewDisabilityEvidence,
  reopenToldFact,
  type ToldKind,
} from './store/tellFacts.ts'
