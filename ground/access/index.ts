export { type Access, openAccess } from './access.ts'
export { AccessRefused } from './accessRefused.ts'
export type { Account, NewAccount, Realm } from './account.ts'
export {
  counterAccounts,
  type DemoAccount,
  demoAccounts,
  type InstallationKind,
  installationKind,
} from './demoAccounts.ts'
export type { Enrolment, FirstOf } from './enrolment.ts'
export type { Terminal } from './event.ts'
export { type Act, demand, may, permissions, type Role, roles } from './permissions.ts'
export { type AccessPolicy, usualPolicy } from './policy.ts'
export type { Session, SessionAnswer } from './session.ts'
export type { SignedIn, SignIn } from './signIn.ts'
