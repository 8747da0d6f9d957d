export type { OwnKeys, PartyKeys, PublicKeys } from './partyKeys.ts'
export type { Manifest, Party, Receipt, TransmissionState } from './protocol.ts'
