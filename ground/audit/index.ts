export { assertNoNumber, holdsNumber } from './holdsNumber.ts'
export {
  type AccessEntry,
  type Actor,
  type Channel,
  digestOfKeys,
  type Effect,
  recordAccess,
} from './recordAccess.ts'
export { type Look, whoLooked } from './whoLooked.ts'
