import { z } from 'zod'
import { Address, addresseeNumber, municipalityCode, plainDate, text } from '../eventFields.ts'

/** 住所地特例の施設の種類 — 高確法55条1項が挙げるもの */
export const facilityKinds = [
  '病院・診療所',
  '障害者支援施設',
  '独立行政法人のぞみの園の施設',
  '養護老人ホーム・特別養護老人ホーム',
  '介護保険施設',
  '特定施設（有料老人ホーム等）',
  '認知症対応型共同生活介護の住居',
] as const

const Facility = z.strictObject({ kind: z.enum(facilityKinds), name: text(100) })

const person = {
  name: text(100),
  nameKana: text(100).nullable().default(null),
  birthDate: plainDate,
  birthDateUnknown: z.enum(['0', '1']).default('0'),
  birthDateText: text(72).nullable().default(null),
  sex: z.enum(['0', '1', '2']),
  individualNumber: z.string().nullable().default(null),
  registeredAt: municipalityCode.nullable().default(null).describe('住民票のある市区町村'),
  prefectureName: text(4),
  address: Address,
  nonRegisteredKind: z.enum(['1', '2']).describe('1 住所地特例、2 その他'),
  facility: Facility.nullable().default(null).describe('住所地特例なら、入っている施設'),
  appliesFrom: plainDate.nullable().default(null),
  appliesUntil: plainDate.nullable().default(null),
  supportKind: z.enum(['0', '1']).default('0'),
  supportFrom: plainDate.nullable().default(null),
  supportUntil: plainDate.nullable().default(null),
  nonDisclosure: z.enum(['0', '1']).default('0').describe('不開示該当: 住所等を開示しない'),
  selfProvisionDisabled: z.enum(['0', '1']).default('0').describe('自己情報提供不可'),
}

const Changes = z
  .strictObject({
    name: person.name,
    nameKana: text(100).nullable(),
    birthDate: plainDate,
    birthDateUnknown: z.enum(['0', '1']),
    birthDateText: text(72).nullable(),
    sex: person.sex,
    individualNumber: z.string(),
    registeredAt: municipalityCode.nullable(),
    prefectureName: person.prefectureName,
    address: Address,
    nonRegisteredKind: z.enum(['1', '2']),
    facility: Facility.nullable(),
    appliesFrom: plainDate.nullable(),
    appliesUntil: plainDate.nullable(),
    supportKind: z.enum(['0', '1']),
    supportFrom: plainDate.nullable(),
    supportUntil: plainDate.nullable(),
    nonDisclosure: z.enum(['0', '1']),
    selfProvisionDisabled: z.enum(['0', '1']),
    mergedInto: addresseeNumber.nullable().describe('名寄せ先の宛名番号。書けば非代表になる。'),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0)
export type NonRegisteredChanges = z.infer<typeof Changes>

const head = { eventId: z.uuid(), occurredOn: plainDate }

/**
 * 住登外の届出 — who is kept though not on the register. `eventId` is given by the sender: the same one twice is
 * written once.
 */
export const NonRegisteredEvent = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('住登外登録'), person: z.strictObject(person) }),
  z.strictObject({ ...head, kind: z.literal('住登外変更'), addresseeNumber, changes: Changes }),
  z
    .strictObject({ ...head, kind: z.literal('住登外消除'), addresseeNumber })
    .describe('住所地特例なら、適用もこの日に終わる'),
])
export type NonRegisteredEvent = z.infer<typeof NonRegisteredEvent>
