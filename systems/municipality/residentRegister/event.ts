import { z } from 'zod'
import { fullWidth } from '../fullWidth.ts'

const plainDate = z.iso.date()
/** N 全角文字列 of the register. */
const text = (length: number) => z.string().min(1).max(length).transform(fullWidth)
const addresseeNumber = z.string().regex(/^[0-9]{1,15}$/)
const addresseeNumbers = z.array(addresseeNumber).min(1).max(100)
const municipalityCode = z.string().regex(/^[0-9]{6}$/)
const relationships = z
  .record(addresseeNumber, text(20))
  .default({})
  .describe('宛名番号ごとの新しい続柄。世帯主が替わるときに要る。')

const Address = z.strictObject({
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

/** A person who comes from outside the prefecture: nothing is known but what the notification says. */
const Newcomer = z.strictObject({
  individualNumber: z.string().nullable().default(null),
  name: text(100),
  nameKana: text(100).nullable().default(null),
  birthDate: plainDate,
  sex: z.enum(['0', '1', '2']),
  relationship: text(20),
  residentKind: z.enum(['1', '2']).default('1'),
  stayUntil: plainDate.nullable().default(null),
})
export type Newcomer = z.infer<typeof Newcomer>

const head = { eventId: z.uuid(), occurredOn: plainDate }

/**
 * 住民異動の届出 — one notification or act ex officio at the resident register. `eventId` is given by the
 * sender: the same one twice is written once.
 */
export const ResidentEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    ...head,
    kind: z.literal('転入'),
    address: Address,
    householdNumber: addresseeNumber
      .nullable()
      .default(null)
      .describe('入る世帯。無ければ新しい世帯。'),
    movedOutOf: z
      .strictObject({ municipalityCode, addresseeNumbers })
      .optional()
      .describe('転出証明書情報。県内の市区町村から転出した人。'),
    newcomers: z.array(Newcomer).max(20).default([]).describe('県外から来た人'),
    movedFromMunicipality: municipalityCode.nullable().default(null),
    relationships,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('転居'),
    addresseeNumbers,
    address: Address,
    householdNumber: addresseeNumber.nullable().default(null),
    relationships,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('転出'),
    addresseeNumbers,
    movedToMunicipality: municipalityCode.nullable().describe('国外なら null'),
    relationships,
  }),
  z.strictObject({ ...head, kind: z.literal('死亡'), addresseeNumbers, relationships }),
  z.strictObject({
    ...head,
    kind: z.literal('世帯変更'),
    addresseeNumbers,
    householdNumber: addresseeNumber
      .nullable()
      .default(null)
      .describe('入る世帯。無ければ新しい世帯。'),
    relationships,
  }),
  z.strictObject({ ...head, kind: z.literal('生活保護開始'), addresseeNumbers }),
  z.strictObject({ ...head, kind: z.literal('生活保護終了'), addresseeNumbers }),
  z.strictObject({
    ...head,
    kind: z.literal('支援措置開始'),
    addresseeNumbers,
    until: plainDate.nullable().default(null),
  }),
  z.strictObject({ ...head, kind: z.literal('支援措置終了'), addresseeNumbers }),
])
export type ResidentEvent = z.infer<typeof ResidentEvent>
