export { type KeyFile, keyFileProvider, nextKeyVersion } from './keyFile.ts'
export {
  type KeyKind,
  type KeyProvider,
  type KeyRing,
  type KeyVersions,
  keysOf,
  newKey,
} from './keyRing.ts'
export type { NumberInput, SealedNumber } from './sealBatch.ts'
export { numberColumnDefinitions, numberColumns, numberValues } from './staging.ts'
export {
  type Comparison,
  type OpenVault,
  openVault,
  type RevealManyReason,
  type RevealReason,
  type Vault,
} from './vault.ts'
export { VaultError } from './vaultError.ts'
