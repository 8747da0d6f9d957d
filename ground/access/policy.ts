import { type PasswordCost, passwordCost } from './password.ts'

/** サインインの決まり — minutes and counts that an office may set otherwise. */
export type AccessPolicy = {
  /** Without any act for so long, a session ends. */
  readonly idleMinutes: number
  /** However busy, a session ends after so long: a working day. */
  readonly longestMinutes: number
  /** So many wrong passwords in a row shut the login name out… */
  readonly failures: number
  /** …for so long; wrong ones further apart than this do not add up. */
  readonly lockMinutes: number
  readonly enrolmentHours: number
  readonly passwordCost: PasswordCost
}

export const usualPolicy: AccessPolicy = {
  idleMinutes: 30,
  longestMinutes: 12 * 60,
  failures: 5,
  lockMinutes: 15,
  enrolmentHours: 24,
  passwordCost,
}
