/** 資格確認書等 — which document a person gets, issued once, printed sheet by sheet, handed over, and told to the municipality. */

export {
  type Contents,
  type DocumentAnswer,
  type DocumentFacts,
  type DocumentKind,
  type Due,
  documentNames,
  type ExpiryAnswer,
  type ExpiryFacts,
  type Ground,
  type InsuranceCardAnswer,
  type InsuranceCardState,
  type InsuranceCardTold,
  type InsuranceCardUse,
  type IssueReason,
  insuranceCardStates,
  type Missing,
  reasonNames,
  type Share,
  type SpecialTreatment,
  type SpecialTreatmentGround,
  specialTreatmentGrounds,
} from './certificate.ts'
export {
  documentSheet,
  formOf,
  type IssuingOffice,
  type MailingAddress,
  rowsOf,
} from './documentSheet.ts'
export { type CardChange, findCardChanges } from './jobs/cardChanges.ts'
export { CertificateRefused, type ChangedBefore, type Clerk } from './jobs/clerk.ts'
export { deliverCertificates, deliverProvisions } from './jobs/deliverDocuments.ts'
export {
  type CertificateAct,
  type Handling,
  handleCertificate,
  possibleActs,
} from './jobs/handleCertificate.ts'
export {
  asOfText,
  type ImportedInsuranceCards,
  importInsuranceCards,
} from './jobs/importInsuranceCards.ts'
export {
  type IssueRequest,
  issueCertificate,
  type PreparedIssue,
  previewIssue,
} from './jobs/issueCertificate.ts'
export {
  type IssueDocumentsArgs,
  issueDocuments,
  nextRenewalDay,
} from './jobs/issueDocuments.ts'
export {
  actNames,
  type PersonDocuments,
  possibleReasons,
  readPersonDocuments,
} from './jobs/personDocuments.ts'
export {
  closePrintRun,
  type ReadCodes,
  type Reconciled,
  readRun,
  reconcilePrintRun,
  reprintPrintRun,
} from './jobs/reconcilePrintRun.ts'
export { answerSpecialTreatment, proposeSpecialTreatment } from './jobs/specialTreatment.ts'
export {
  confirmDestination,
  recordInsuranceCard,
  withdrawAddressConfirmation,
} from './jobs/tellFacts.ts'
export { whyUnprintable } from './jobs/whyUnprintable.ts'
export { certificatesEdition } from './law/edition.ts'
export {
  type DestinationAnswer,
  type DestinationStop,
  destinationOf,
} from './rules/destinationOf.ts'
export { documentFor } from './rules/documentFor.ts'
export { documentYearOf } from './rules/documentYear.ts'
export { changesOf, dueOf } from './rules/dueOf.ts'
export { expiryOf } from './rules/expiryOf.ts'
export { insuranceCardOn } from './rules/insuranceCardOn.ts'
export { groundSentence, missingSentence, stopSentence } from './sentences.ts'
export { sheetCode, tailOf } from './sheetCode.ts'
export { findUnconfirmed, findWaiting, type Waiting } from './store/bulk.ts'
export {
  comparableCertificates,
  comparableInsuranceCards,
  comparableProvisions,
} from './store/comparable.ts'
export { findLastList } from './store/insuranceCards.ts'
export type { Issue, IssueEvent, IssueState, Sheet, VoidReason } from './store/issues.ts'
export {
  findPrintRuns,
  findRunPart,
  findUnhandedRuns,
  findUnprintedSheets,
  type PrintableSheet,
  type PrintRun,
  type RunSheet,
} from './store/printRuns.ts'
export {
  findProposals,
  type SpecialTreatmentContent,
  type SpecialTreatmentEvent,
  type SpecialTreatmentProposal,
} from './store/specialTreatments.ts'
