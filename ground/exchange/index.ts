export { type Arrival, keepArriving, recordArrival, skipNumber } from './arrive.ts'
export { type ExchangeCode, type ExchangeFinding, exchangeCodes } from './faults.ts'
export {
  findTransmission,
  listEvents,
  listTransmissions,
  receiptOf,
  type Transmission,
  type TransmissionFilter,
} from './journal.ts'
export {
  NotYetItsTurn,
  type OpenedTransmission,
  openTransmission,
  TransmissionRefused,
} from './open.ts'
export {
  KeysMissing,
  keyFolder,
  makePartyKeys,
  type OwnKeys,
  type PartyKeys,
  type PublicKeys,
  renewPartyKeys,
} from './partyKeys.ts'
export {
  type ExchangePlace,
  handover,
  type Prepare,
  type Prepared,
  prepareTransmission,
  recordHandedOver,
} from './prepare.ts'
export {
  type Manifest,
  type Party,
  ProtocolFault,
  type Receipt,
  readManifest,
  readReceipt,
  type TransmissionState,
} from './protocol.ts'
export { recordReceipt } from './receipts.ts'
export { type KeptFile, keepSealed } from './sealedFiles.ts'
export { type Bytes, SealBroken, seal, unseal } from './sealing.ts'
export type { Sequence } from './sequence.ts'
export {
  errorFile,
  listFindings,
  recordApplied,
  recordFindings,
  recordRefused,
  type TransmissionFinding,
} from './settle.ts'
