import { z } from 'zod'
import { fullWidth } from './fullWidth.ts'

/** 年月日 */
export const plainDate = z.iso.date()
/** N 全角文字列 of the register. */
export const text = (length: number) => z.string().min(1).max(length).transform(fullWidth)
/** 宛名番号 */
export const addresseeNumber = z.string().regex(/^[0-9]{1,15}$/)
/** 市区町村コード */
export const municipalityCode = z.string().regex(/^[0-9]{6}$/)
/** 住所 — the layouts want it in full width. */
export const Address = z.strictObject({
  postalCode: z
    .string()
    .regex(/^[0-9]{7}$/)
    .nullable()
    .default(null),
  townCode: z
    .string()
    .regex(/^[0-9]{7}$/)
    .nullable()
    .default(null),
  municipalityName: text(12)
    .nullable()
    .default(null)
    .describe('市区郡町村名。郡や行政区を書くとき。無ければ市区町村名。'),
  townName: text(120),
  houseNumber: text(50).nullable().default(null),
  building: text(300).nullable().default(null),
})
export type Address = z.infer<typeof Address>
