export {
  identityDocuments,
  numberDocuments,
  proxyDocuments,
} from './documents.ts'
export {
  type Fault,
  type Field,
  type FieldValue,
  type FiledAddress,
  type FiledPeriod,
  type Filer,
  type FilingContent,
  type FilingState,
  filingStates,
  type Missing,
  type NumberState,
  openStates,
  type Reason,
} from './filing.ts'
export {
  isOpen,
  type MovedFiling,
  type OpenedFiling,
  openFiling,
} from './jobs/advanceFiling.ts'
export type { Answer } from './jobs/answer.ts'
export { cancelFiling } from './jobs/cancelFiling.ts'
export type { Clerk } from './jobs/clerk.ts'
export {
  answerInsurer,
  assignFiling,
  checkFiling,
  enterSecond,
  firstEntrant,
  settleFiling,
  supplementFiling,
  whyNotSecond,
  withdrawFiling,
} from './jobs/moveFiling.ts'
export { numberInText, numberInTextSentence } from './jobs/numberInText.ts'
export { reconcileFilings } from './jobs/reconcileFilings.ts'
export { chosenByTwo, resolveDifference, resolveDifferences } from './jobs/resolveDifferences.ts'
export { type FilingTarget, previewFiling, takeFiling } from './jobs/takeFiling.ts'
export { type FilingKind, filerNames, filingKinds, isFilingKind, kindOf } from './kinds.ts'
export type { ComparedEntry } from './rules/compareEntries.ts'
export { type Cause, causeNames, readable } from './rules/compareRecords.ts'
export {
  countOpenDifferences,
  type DifferenceRow,
  findDifference,
  listDifferences,
} from './store/differences.ts'
export { type Draft, deleteDraft, findDraft, listDrafts, saveDraft } from './store/drafts.ts'
export type { FilingAct, FilingEvent } from './store/filings.ts'
export { findInquiries } from './store/formerInsurer.ts'
export { findQueueRow, listQueue, type QueueRow } from './store/queue.ts'
