import type { PlainDate } from '@koiki/kernel'
import type { Address } from '../eventFields.ts'
import { Refusal } from '../refusal.ts'
import { changeReasons, type Resident, residentStatus } from '../resident.ts'
import type { EventFacts } from './applyEvent.ts'
import type { Corrections, ResidentEvent } from './event.ts'
import { type Stay, stayRefusals } from './residenceStatuses.ts'

/** 異動の中身 — the persons named, and those who arrive, as the event leaves them; households come after. */
export function changeOf(
  event: Exclude<ResidentEvent, { kind: '異動の取消' }>,
  occurredOn: PlainDate,
  people: readonly Resident[],
  facts: EventFacts,
): Resident[] {
  const change = (part: (resident: Resident) => Partial<Resident>): Resident[] =>
    people.map((resident) => ({ ...resident, changedOn: occurredOn, ...part(resident) }))
  switch (event.kind) {
    case '転入':
      if (facts.arrivals.length === 0) {
        throw new Refusal([
          '転入する人がありません。movedOutOf か newcomers に1人以上を書いてください。',
        ])
      }
      return newResidents(
        occurredOn,
        facts,
        {
          householdNumber: event.householdNumber ?? facts.newNumber(),
          ...placeOf(event.address, facts),
          changeReason: changeReasons.movedIn,
        },
        event.newcomers,
      )
    case '職権記載':
      return newResidents(
        occurredOn,
        facts,
        {
          householdNumber: event.householdNumber ?? facts.newNumber(),
          ...placeOf(event.address, facts),
          changeReason: changeReasons.enteredExOfficio,
        },
        event.newcomers,
      )
    case '出生': {
      const [member] = facts.residents.filter(
        ({ householdNumber, status }) =>
          householdNumber === event.householdNumber && status === residentStatus.present,
      )
      if (member === undefined) {
        throw new Refusal([
          `世帯番号 ${event.householdNumber} の世帯に、今いる人がありません。世帯番号を確かめてください。`,
        ])
      }
      return newResidents(
        occurredOn,
        facts,
        {
          householdNumber: member.householdNumber,
          prefectureName: member.prefectureName,
          municipalityName: member.municipalityName,
          postalCode: member.postalCode,
          townCode: member.townCode,
          townName: member.townName,
          houseNumber: member.houseNumber,
          building: member.building,
          changeReason: changeReasons.born,
        },
        event.newborns,
      )
    }
    case '転居': {
      return change((resident) => ({
        ...addressOf(event.address),
        municipalityName: event.address.municipalityName ?? resident.municipalityName,
        householdNumber: event.householdNumber ?? resident.householdNumber,
        changeReason: changeReasons.movedWithin,
      }))
    }
    case '転出':
      return change(() => ({
        status: residentStatus.removed,
        removedOn: occurredOn,
        movedToMunicipality: event.movedToMunicipality,
        changeReason: changeReasons.movedOut,
      }))
    case '死亡':
      return change(() => ({
        status: residentStatus.removed,
        removedOn: occurredOn,
        changeReason: changeReasons.died,
      }))
    case '世帯変更': {
      const householdNumber = event.householdNumber ?? facts.newNumber()
      return change(() => ({ householdNumber, changeReason: changeReasons.householdChanged }))
    }
    case '生活保護開始':
      return change((resident) => {
        if (resident.exclusionKind !== '0' && resident.exclusionUntil === null) {
          throw new Refusal([
            `宛名番号 ${resident.addresseeNumber} は、すでに適用除外の期間中です。`,
          ])
        }
        return {
          exclusionKind: '1',
          exclusionFrom: occurredOn,
          exclusionUntil: null,
          changeReason: changeReasons.correctedExOfficio,
        }
      })
    case '生活保護終了':
      return change((resident) => {
        if (resident.exclusionKind !== '1' || resident.exclusionUntil !== null) {
          throw new Refusal([
            `宛名番号 ${resident.addresseeNumber} は、生活保護の期間中ではありません。`,
          ])
        }
        if (resident.exclusionFrom !== null && occurredOn < resident.exclusionFrom) {
          throw new Refusal([
            `生活保護の終わりの日 ${occurredOn} が、始まりの日 ${resident.exclusionFrom} より前です。`,
          ])
        }
        return { exclusionUntil: occurredOn, changeReason: changeReasons.correctedExOfficio }
      })
    case '支援措置開始':
      return change((resident) => {
        if (resident.supportKind === '1') {
          throw new Refusal([
            `宛名番号 ${resident.addresseeNumber} には、${resident.supportFrom} からの支援措置があります。変えるときは 支援措置変更 としてください。`,
          ])
        }
        return { supportKind: '1', supportFrom: occurredOn, ...effectsOf(event) }
      })
    case '支援措置変更':
      return change((resident) => {
        requireMeasure(resident)
        return effectsOf(event)
      })
    case '支援措置終了':
      return change((resident) => {
        requireMeasure(resident)
        return {
          supportKind: '0',
          supportUntil: occurredOn,
          nonDisclosure: '0',
          selfProvisionDisabled: '0',
          changeReason: changeReasons.correctedExOfficio,
        }
      })
    case '氏名変更':
      return change((resident) => ({
        ...different(resident, told(event, ['name', 'nameKana', 'alias', 'formerName'])),
        changeReason: changeReasons.renamed,
      }))
    case '個人番号変更':
      return change((resident) => ({
        ...different(resident, { numberToken: facts.arrivals[0]?.numberToken ?? null }),
        changeReason: changeReasons.numberChanged,
      }))
    case '在留資格変更':
      return change((resident) => {
        const { residenceStatus } = event
        const stay = { residentKind: '2', residenceStatus, stayUntil: event.stayUntil as PlainDate }
        const refusals = stayRefusals(
          `宛名番号 ${resident.addresseeNumber}`,
          { ...stay, residentKind: resident.residentKind },
          occurredOn,
        )
        if (refusals.length > 0) throw new Refusal(refusals)
        return {
          ...different(resident, stay),
          changeReason: changeReasons.correctedExOfficio,
        }
      })
    case '職権修正':
      return change((resident) => ({
        ...corrected(resident, event.corrections, occurredOn),
        changeReason: changeReasons.correctedExOfficio,
      }))
    case '職権消除':
      return change(() => ({
        status: residentStatus.removed,
        removedOn: occurredOn,
        changeReason: changeReasons.removedExOfficio,
      }))
    case '職権回復':
      return change((resident) => ({
        status: residentStatus.present,
        removedOn: null,
        movedToMunicipality: null,
        householdNumber: event.householdNumber ?? resident.householdNumber,
        changeReason: changeReasons.enteredExOfficio,
      }))
  }
}

function requireMeasure({ supportKind, addresseeNumber }: Resident): void {
  if (supportKind !== '1') {
    throw new Refusal([`宛名番号 ${addresseeNumber} には、支援措置がありません。`])
  }
}

function effectsOf(measure: {
  readonly until: string | null
  readonly nonDisclosure: boolean
  readonly selfProvisionDisabled: boolean
}) {
  if (!measure.nonDisclosure && !measure.selfProvisionDisabled) {
    throw new Refusal([
      '効果のない支援措置は記録できません。不開示該当か自己情報提供不可を選ぶか、両方がなくなったのなら 支援措置終了 としてください。',
    ])
  }
  return {
    supportUntil: measure.until as PlainDate | null,
    nonDisclosure: measure.nonDisclosure ? '1' : '0',
    selfProvisionDisabled: measure.selfProvisionDisabled ? '1' : '0',
    changeReason: changeReasons.correctedExOfficio,
  }
}

/** The fields that a request writes; those it leaves out stay as they are. */
function told<T extends object, K extends keyof T & keyof Resident>(
  request: T,
  fields: readonly K[],
): Partial<Resident> {
  return Object.fromEntries(
    fields.filter((field) => request[field] !== undefined).map((field) => [field, request[field]]),
  )
}

/** A change that would change nothing is a mistake of whoever asks. */
function different(resident: Resident, part: Partial<Resident>): Partial<Resident> {
  const fields = Object.keys(part) as (keyof Resident)[]
  if (fields.every((field) => resident[field] === part[field])) {
    throw new Refusal([
      `宛名番号 ${resident.addresseeNumber} の住民票は、もうそのとおりの内容です。変えるところを確かめてください。`,
    ])
  }
  return part
}

function corrected(
  resident: Resident,
  { address, ...fields }: Corrections,
  occurredOn: PlainDate,
): Partial<Resident> {
  const part: Partial<Resident> = {
    ...(fields as Partial<Resident>),
    ...(address === undefined
      ? {}
      : {
          ...addressOf(address),
          municipalityName: address.municipalityName ?? resident.municipalityName,
        }),
  }
  const after = { ...resident, ...part }
  const who = `宛名番号 ${resident.addresseeNumber}`
  const reasons: string[] = []
  if (fields.removedOn !== undefined && resident.status !== residentStatus.removed) {
    reasons.push(`${who}: 消除されていない住民票に消除年月日は書けません。職権消除としてください。`)
  }
  if (after.removedOn !== null && after.removedOn < after.residentFrom) {
    reasons.push(
      `${who}: 消除年月日 ${after.removedOn} が、住民となった日 ${after.residentFrom} より前です。`,
    )
  }
  for (const [name, day] of [
    ['生年月日', fields.birthDate],
    ['住民となった日', fields.residentFrom],
    ['消除年月日', fields.removedOn],
  ] as const) {
    if (day !== undefined && day > occurredOn)
      reasons.push(`${who}: ${name} ${day} が、修正の日 ${occurredOn} より後です。`)
  }
  if (after.residentFrom < after.birthDate) {
    reasons.push(
      `${who}: 住民となった日 ${after.residentFrom} が、生年月日 ${after.birthDate} より前です。`,
    )
  }
  if (after.birthDateUnknown === '1' && after.birthDateText === null) {
    reasons.push(`${who}: 生年月日が不詳なら、住民票の表記(birthDateText)も書いてください。`)
  }
  // A stay that ended before the correction is not judged again; one that is written is.
  const stayWritten = ['residentKind', 'residenceStatus', 'stayUntil'].some(
    (name) => name in fields,
  )
  if (stayWritten) reasons.push(...stayRefusals(who, after, after.residentFrom))
  if (reasons.length > 0) throw new Refusal(reasons)
  return different(resident, part)
}

/** 新しい住民票 — of those who arrive, each under a new 宛名番号; a measure or exclusion never comes along. */
function newResidents(
  occurredOn: PlainDate,
  facts: EventFacts,
  where: Pick<
    Resident,
    'householdNumber' | 'prefectureName' | 'municipalityName' | 'changeReason' | keyof PlainAddress
  >,
  // What another register in the prefecture says of a stay is taken over as it is; what is notified is not.
  notified: readonly Stay[],
): Resident[] {
  const reasons = [
    ...notified.flatMap((stay, index) => stayRefusals(`${index + 1}人目`, stay, occurredOn)),
    ...facts.arrivals
      .filter(({ birthDate }) => birthDate > occurredOn)
      .map(
        ({ birthDate }) => `生年月日 ${birthDate} が、異動の日 ${occurredOn} より後の人がいます。`,
      ),
  ]
  if (reasons.length > 0) throw new Refusal(reasons)
  return facts.arrivals.map((arrival) => ({
    ...arrival,
    municipalityCode: facts.municipality.code,
    addresseeNumber: facts.newNumber(),
    runningNumber: facts.newRunningNumber(),
    ...where,
    residentFrom: occurredOn,
    status: residentStatus.present,
    changedOn: occurredOn,
    removedOn: null,
    movedToMunicipality: null,
    ...unprotected,
    ...notExcluded,
    operatedOn: facts.today,
  }))
}

const unprotected = {
  supportKind: '0',
  supportFrom: null,
  supportUntil: null,
  nonDisclosure: '0',
  selfProvisionDisabled: '0',
} as const
const notExcluded = { exclusionKind: '0', exclusionFrom: null, exclusionUntil: null } as const

type PlainAddress = ReturnType<typeof addressOf>

const addressOf = (address: Address) => ({
  postalCode: address.postalCode,
  townCode: address.townCode,
  townName: address.townName,
  houseNumber: address.houseNumber,
  building: address.building,
})

const placeOf = (address: Address, { municipality }: EventFacts) => ({
  ...addressOf(address),
  prefectureName: municipality.prefecture,
  municipalityName: address.municipalityName ?? municipality.name,
})
