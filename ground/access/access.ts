import type { Database } from '@koiki/store'
import type { Account, NewAccount } from './account.ts'
import { declareInstallation, type InstallationKind, makeDemoAccounts } from './demoAccounts.ts'
import {
  type Enrolment,
  enrolFirstAdministrator,
  type FirstOf,
  issueEnrolmentCode,
} from './enrolment.ts'
import {
  changePassword,
  createAccount,
  disableAccount,
  listAccounts,
  unlockAccount,
} from './manageAccounts.ts'
import { type AccessPolicy, usualPolicy } from './policy.ts'
import { type Session, type SessionAnswer, sessionOf, signOut } from './session.ts'
import { confirmPassword, type SignedIn, type SignIn, signIn } from './signIn.ts'

/** 入口 — who is asking, and how they come to be known. Refusals of acts throw AccessRefused. */
export type Access = {
  signIn(given: SignIn): Promise<SignedIn>
  sessionOf(token: string): Promise<SessionAnswer>
  signOut(token: string): Promise<void>
  /** Asks for the password again: behind the curtain, or before a grave act. */
  confirmPassword(
    session: Session,
    password: string,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly sentence: string }>
  changePassword(session: Session, token: string, current: string, next: string): Promise<void>

  createAccount(by: Session, given: NewAccount & { readonly password: string }): Promise<Account>
  listAccounts(by: Session): Promise<Account[]>
  disableAccount(by: Session, accountId: string): Promise<void>
  unlockAccount(by: Session, accountId: string): Promise<void>

  declareInstallation(kind: InstallationKind): Promise<void>
  makeDemoAccounts(): Promise<Account[]>
  /** Null when somebody holds the role already. */
  issueEnrolmentCode(first: FirstOf): Promise<string | null>
  enrolFirstAdministrator(given: Enrolment): Promise<Account>
}

/**
 * 入口を開く — on the union's database. Sessions and shut-outs follow the clock of `db`: a database opened
 * with the world's clock signs everybody out when the world moves on a day, one opened with the
 * machine's clock does not.
 */
export function openAccess(db: Database, changes: Partial<AccessPolicy> = {}): Access {
  const policy = { ...usualPolicy, ...changes }
  return {
    signIn: (given) => signIn(db, policy, given),
    sessionOf: (token) => sessionOf(db, policy, token),
    signOut: (token) => signOut(db, token),
    confirmPassword: (session, password) =>
      confirmPassword(db, policy, session.account, password, session),
    changePassword: (session, token, current, next) =>
      changePassword(db, policy, session, token, current, next),
    createAccount: (by, given) => createAccount(db, policy, by, given),
    listAccounts: (by) => listAccounts(db, by),
    disableAccount: (by, accountId) => disableAccount(db, by, accountId),
    unlockAccount: (by, accountId) => unlockAccount(db, by, accountId),
    declareInstallation: (kind) => db.unscoped((tx) => declareInstallation(tx, kind)),
    makeDemoAccounts: () => makeDemoAccounts(db, policy),
    issueEnrolmentCode: (first) => issueEnrolmentCode(db, policy, first),
    enrolFirstAdministrator: (given) => enrolFirstAdministrator(db, policy, given),
  }
}
