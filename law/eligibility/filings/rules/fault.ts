import type { Fault } from '../filing.ts'

/** 直すところ — of one field, with no further step to offer. */
export const fault = (at: string, code: string, sentence: string): Fault => ({
  at,
  code,
  sentence,
  next: [],
})
