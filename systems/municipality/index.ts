export type {
  CertificationEntry,
  FirstHoldings,
  NonRegisteredEntry,
  RegisterEntry,
  TaxEntry,
} from './holdings.ts'
export { type Loaded, loadHoldings } from './load.ts'
export { folderMedium, type Medium, mediumName, type OnMedium } from './medium.ts'
export { municipalComparables } from './municipalSystem/comparable.ts'
export { type OperatorTokens, readOperatorTokens } from './operatorTokens.ts'
export { ResidentEvent } from './residentRegister/event.ts'
export {
  type MunicipalityService,
  openMunicipalityStores,
  type StartMunicipalityService,
  startMunicipalityService,
} from './service.ts'
export type { StateDigest } from './stateDigest.ts'
export type { Stores } from './stores.ts'
