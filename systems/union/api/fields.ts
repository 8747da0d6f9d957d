import { parsePlainDate } from '@koiki/kernel'
import { z } from 'zod'

/** 約束の項目 — what messages of every kind are made of, written once. */

/** 打たれた日 — of a day's shape; whether the calendar has it, whoever looks at the paper says in a sentence. */
export const typedDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const plainDate = typedDate.refine((text) => parsePlainDate(text) !== null)
/** さがすことば — what nobody can type finds nobody. */
export const searchWords = z
  .string()
  .max(100)
  .refine((text) => !text.includes('\0'))
export const instant = z.string()
export const yen = z.int()
export const municipalityCode = z.string().regex(/^\d{6}$/)
export const reference = z
  .string()
  .regex(/^[0-9a-hjkmnp-tv-z]{26}$/)
  .describe('26字の参照。領域ごとにちがい、番号を含まない。')
export const version = z.int().min(0).describe('見ていた版。だれかが先に変えていれば409。')

/** 用件 — why a person is looked at. */
export const Purpose = z.enum(['eligibility', 'premium', 'application', 'notice', 'verification'])
export type Purpose = z.infer<typeof Purpose>
