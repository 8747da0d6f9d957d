export { type Arrival, keepArriving, recordArrival, skipNumber } from './arrive.ts'
export {
  type Certificate,
  developmentValidity,
  keyFault,
  makeDevelopmentAuthority,
  type Revocation,
  revokeKey,
  usableKey,
  type Validity,
} from './certificates.ts'
export {
  byLine,
  type Comparable,
  Comparison,
  compareKept,
  compareTold,
  type RowComparison,
  toldKey,
  undone,
} from './compareRows.ts'
export {
  type CustodyEvent,
  type CustodyKind,
  CustodyRefused,
  custodyKinds,
  custodySheetOf,
  listCustody,
  listOverdueMedia,
  type NewCustodyEvent,
  type OverdueMedium,
  recordCustody,
} from './custody.ts'
export {
  type DestinationStop,
  DestinationStopped,
  decideStop,
  findDestinationStop,
  isStopNotice,
  listDestinationStops,
  ownDoorShut,
  recordStopNotice,
  requireOpenDestination,
  tellStop,
} from './destinationStop.ts'
export { type ExchangeCode, type ExchangeFinding, exchangeCodes, KeysMissing } from './faults.ts'
export {
  countTransmissions,
  findTransmission,
  listEvents,
  listTransmissions,
  listTransmissionsOfDay,
  receiptOf,
  type Transmission,
  type TransmissionFilter,
} from './journal.ts'
export { type ListedKey, type ListedKeys, listKeys } from './keyList.ts'
export {
  NotYetItsTurn,
  type OpenedTransmission,
  openTransmission,
  type ReopenedTransmission,
  reopenTransmission,
  TransmissionRefused,
} from './open.ts'
export { type Pack, type Packed, packTransmission } from './pack.ts'
export { judgeNews, listPartnerNews, type NewsState, type PartnerNews } from './partners.ts'
export {
  certifyKey,
  keyFolder,
  makePartyKeys,
  type OwnKeys,
  type PartyKeys,
  type PublicKeys,
  renewPartyKeys,
} from './partyKeys.ts'
export {
  type Doubt,
  type Figures,
  findAdmission,
  findPlausibility,
  HeldForChecking,
  judgeFigures,
  letIn,
  recordHeld,
} from './plausibility.ts'
export {
  defaultPolicy,
  type LayoutPolicy,
  type PolicyChange,
  policyChange,
  policyOf,
  setPolicy,
} from './policy.ts'
export {
  type ExchangePlace,
  handover,
  type Prepare,
  type Prepared,
  prepareTransmission,
  recordHandedOver,
  tellWhyNotMade,
} from './prepare.ts'
export {
  documentText,
  type Manifest,
  type Party,
  ProtocolFault,
  type Receipt,
  readManifest,
  readReceipt,
  signed,
  type TransmissionState,
  wholeUnion,
} from './protocol.ts'
export {
  listQuarantined,
  type Quarantine,
  type QuarantinedRow,
  quarantineOf,
  readReturnedRows,
  returnedRows,
} from './quarantine.ts'
export { recordReceipt } from './receipts.ts'
export { ReconciliationAnswerer } from './reconciliation/answer.ts'
export { askReconciliation } from './reconciliation/ask.ts'
export { type ComparedRecords, reconcilableOf } from './reconciliation/readRows.ts'
export {
  type Reconcilable,
  type Reconciled,
  type ReconciledRow,
  type ReconciliationDifference,
  ReconciliationRefused,
} from './reconciliation/reconcilable.ts'
export {
  listDifferences,
  listReconciliations,
  type ReconciliationRecord,
  recordReconciliation,
} from './reconciliation/record.ts'
export { findRefusedNumber, listRefusedNumbers, type RefusedNumber } from './refusedNumbers.ts'
export { type KeptFile, keepSealed, NoRoomForFiles, noRoom } from './sealedFiles.ts'
export { type Bytes, SealBroken, seal, unseal } from './sealing.ts'
export { type Gap, listGaps, type Sequence } from './sequence.ts'
export {
  errorFile,
  listFindings,
  recordApplied,
  recordFindings,
  recordRefused,
  recordWaiting,
  type TransmissionFinding,
} from './settle.ts'
