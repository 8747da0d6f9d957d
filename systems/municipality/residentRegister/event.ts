import { z } from 'zod'
import { Address, addresseeNumber, municipalityCode, plainDate, text } from '../eventFields.ts'

const addresseeNumbers = z.array(addresseeNumber).min(1).max(100)
const relationships = z
  .record(addresseeNumber, text(20))
  .default({})
  .describe('宛名番号ごとの新しい続柄。世帯主が替わるときに要る。')

/** A person who comes from outside the prefecture: nothing is known but what the notification says. */
const described = {
  individualNumber: z.string().nullable().default(null),
  name: text(100),
  nameKana: text(100).nullable().default(null),
  alias: text(100).nullable().default(null),
  formerName: text(50).nullable().default(null),
  sex: z.enum(['0', '1', '2']),
  relationship: text(20),
  residentKind: z.enum(['1', '2']).default('1'),
  residenceStatus: text(40).nullable().default(null).describe('在留資格。外国人住民には要る。'),
  stayUntil: plainDate.nullable().default(null).describe('在留期間満了日'),
}
const Newcomer = z.strictObject({ ...described, birthDate: plainDate })
export type Newcomer = z.infer<typeof Newcomer>
const Newborn = z.strictObject(described)

const head = { eventId: z.uuid(), occurredOn: plainDate }
const one = z.array(addresseeNumber).length(1).describe('一人だけ')
const reason = text(200).describe('職権の処理、取消の理由')
const householdNumber = addresseeNumber
  .nullable()
  .default(null)
  .describe('入る世帯。無ければ新しい世帯。')
const effects = {
  nonDisclosure: z.boolean().default(true).describe('不開示該当: 住所等を開示しない'),
  selfProvisionDisabled: z.boolean().default(false).describe('自己情報提供不可'),
}

/** 職権修正の中身 — only what is written is corrected; null where the register may be empty. */
const Corrections = z
  .strictObject({
    name: text(100),
    nameKana: text(100).nullable(),
    birthDate: plainDate,
    birthDateUnknown: z.enum(['0', '1']),
    birthDateText: text(72).nullable(),
    sex: z.enum(['0', '1', '2']),
    residentFrom: plainDate,
    removedOn: plainDate,
    residentKind: z.enum(['1', '2']),
    residenceStatus: text(40).nullable(),
    stayUntil: plainDate.nullable(),
    address: Address,
  })
  .partial()
  .refine((corrections) => Object.keys(corrections).length > 0)
export type Corrections = z.infer<typeof Corrections>

/**
 * 住民異動の届出 — one notification or act ex officio at the resident register. `eventId` is given by the
 * sender: the same one twice is written once.
 */
export const ResidentEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    ...head,
    kind: z.literal('転入'),
    address: Address,
    householdNumber,
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
    householdNumber,
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
    householdNumber,
    relationships,
  }),
  z.strictObject({ ...head, kind: z.literal('生活保護開始'), addresseeNumbers }),
  z.strictObject({ ...head, kind: z.literal('生活保護終了'), addresseeNumbers }),
  z.strictObject({
    ...head,
    kind: z.literal('支援措置開始'),
    addresseeNumbers,
    until: plainDate.nullable().default(null),
    ...effects,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('支援措置変更'),
    addresseeNumbers,
    until: plainDate.nullable().default(null),
    nonDisclosure: z.boolean(),
    selfProvisionDisabled: z.boolean(),
  }),
  z.strictObject({ ...head, kind: z.literal('支援措置終了'), addresseeNumbers }),
  z.strictObject({
    ...head,
    kind: z.literal('出生'),
    householdNumber: addresseeNumber.describe('入る世帯。住所もこの世帯のもの。'),
    newborns: z.array(Newborn).min(1).max(5).describe('生まれた日は occurredOn'),
    relationships,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('氏名変更'),
    addresseeNumbers: one,
    name: text(100).optional(),
    nameKana: text(100).nullable().optional(),
    alias: text(100).nullable().optional(),
    formerName: text(50).nullable().optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('個人番号変更'),
    addresseeNumbers: one,
    individualNumber: z.string(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('在留資格変更'),
    addresseeNumbers: one,
    residenceStatus: text(40),
    stayUntil: plainDate.nullable().default(null),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('職権記載'),
    address: Address,
    householdNumber,
    newcomers: z.array(Newcomer).min(1).max(20),
    relationships,
    reason,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('職権修正'),
    addresseeNumbers: one,
    corrections: Corrections,
    reason,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('職権消除'),
    addresseeNumbers,
    relationships,
    reason,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('職権回復'),
    addresseeNumbers,
    householdNumber: householdNumber.describe('戻る世帯。無ければもとの世帯。'),
    relationships,
    reason,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('異動の取消'),
    cancels: z.uuid().describe('取り消す異動の受付番号'),
    reason,
  }),
])
export type ResidentEvent = z.infer<typeof ResidentEvent>
