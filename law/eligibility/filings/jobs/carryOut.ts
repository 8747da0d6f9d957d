import type { Finding, PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { decideNow } from '../../jobs/decideNow.ts'
import { applyCounterRecord, type CounterFacts } from '../../store/counterRecord.ts'
import { findStandingRights } from '../../store/rights.ts'
import {
  endDisabilityCertification,
  endFacilityStay,
  endResidenceProvision,
  endStayExclusion,
  recordDisabilityCertification,
  recordFacilityStay,
  recordResidenceProvision,
  recordStayExclusion,
  renewDisabilityEvidence,
} from '../../store/tellFacts.ts'
import type { Effect, KnownPerson, ToldRecord } from '../effect.ts'
import { insertDestination } from '../store/destinations.ts'
import { type FilingPlace, insertGrantedFact } from '../store/filings.ts'
import type { CarriedOut } from './answer.ts'
import type { Clerk } from './clerk.ts'

export type CarryOut = {
  readonly filing: FilingPlace
  readonly matter: {
    readonly municipality: string
    readonly addresseeNumber: string
    readonly known: KnownPerson | null
  }
  readonly effects: readonly Effect[]
  readonly filedOn: PlainDate
  /** 個人番号の札, where the filing brought one. */
  readonly token: string | null
  readonly clerk: Clerk
}

/** Effects that move nobody's right: no decision is asked. */
const quiet: readonly Effect['kind'][] = ['fact', 'destination', 'renewEvidence']

/**
 * 決定を行う — writes what the filing tells, decides the rights of the person anew in the same transaction, and
 * answers what changed. `pending` are the reasons for which nothing can be decided; the caller then undoes it.
 */
export async function carryOut(
  tx: Transaction,
  { filing, matter, effects, filedOn, token, clerk }: CarryOut,
): Promise<{ readonly carried: CarriedOut; readonly pending: readonly Finding[] }> {
  let residentKey = matter.known?.residentKey ?? null
  for (const effect of inOrder(effects))
    residentKey = await write(tx, effect, residentKey, { filing, matter, filedOn, token, clerk })
  if (residentKey === null) throw new RangeError('届書の相手が決まっていません。')
  if (effects.every(({ kind }) => quiet.includes(kind))) return standing(tx, residentKey, matter)
  const persons = await decideNow(tx, [residentKey], {
    receiptNumber: filing.receiptNumber,
    account: clerk.account,
  })
  const own = persons.find(({ residentKeys }) => residentKeys.includes(residentKey))
  if (own === undefined) throw new RangeError('届書の相手が判定されていません。')
  const newest = own.decisions.at(-1)
  // What was decided last says whose right it is; only where nothing was, it is asked.
  const { subjectKey } =
    newest ??
    (await tx.one<{ subjectKey: number | null }>(
      `select subject_key as "subjectKey" from eligibility.resident where resident_key = $1::bigint`,
      [residentKey],
    ))
  return {
    carried: {
      residentKey,
      subjectKey,
      insuredNumber: newest?.insuredNumber ?? null,
      before: own.before,
      after: own.after,
      decisions: own.decisions.map(({ kind, effectiveOn, ground }) => ({
        kind,
        effectiveOn,
        ground,
      })),
    },
    pending: own.answer === 'incomplete' ? own.reasons : [],
  }
}

/** The record first: what is told of a person hangs on it. */
const inOrder = (effects: readonly Effect[]): readonly Effect[] => [
  ...effects.filter(({ kind }) => kind === 'record'),
  ...effects.filter(({ kind }) => kind !== 'record'),
]

async function write(
  tx: Transaction,
  effect: Effect,
  residentKey: number | null,
  { filing, matter, filedOn, token, clerk }: Omit<CarryOut, 'effects'>,
): Promise<number> {
  const { receiptNumber } = filing
  if (effect.kind === 'record')
    return applyCounterRecord(tx, {
      resident:
        residentKey === null
          ? { municipality: matter.municipality, addresseeNumber: matter.addresseeNumber }
          : { residentKey },
      facts: counterFacts(effect.told, filedOn, token),
      receiptNumber,
    })
  if (residentKey === null) throw new RangeError('届書の相手が決まっていません。')
  const told = { residentKey, receiptNumber }
  switch (effect.kind) {
    case 'certify':
      await recordDisabilityCertification(tx, { ...told, ...effect })
      break
    case 'renewEvidence':
      await renewDisabilityEvidence(tx, { ...told, ...effect })
      break
    case 'endCertification':
      await endDisabilityCertification(tx, { ...told, kind: effect.how, eventOn: effect.eventOn })
      break
    case 'provision':
      await recordResidenceProvision(tx, { ...told, ...effect, kind: effect.provision })
      break
    case 'endProvision':
      await endResidenceProvision(tx, { ...told, endsOn: effect.on })
      break
    case 'enterFacility':
      await recordFacilityStay(tx, { ...told, ...effect })
      break
    case 'leaveFacility':
      if (await inFacility(tx, residentKey, effect.on))
        await endFacilityStay(tx, { ...told, leftOn: effect.on })
      break
    case 'beginStayExclusion':
      await recordStayExclusion(tx, { ...told, beganOn: effect.on, kind: effect.exclusion })
      break
    case 'endStayExclusion':
      await endStayExclusion(tx, { ...told, endsOn: effect.on })
      break
    case 'fact': {
      const held = { from: effect.from, until: effect.until }
      await insertGrantedFact(tx, filing, residentKey, held, effect.fields)
      break
    }
    case 'destination':
      await insertDestination(tx, filing, residentKey, effect, clerk.account.id)
  }
  return residentKey
}

const inFacility = async (tx: Transaction, residentKey: number, on: PlainDate): Promise<boolean> =>
  (await tx.maybe(
    `select from eligibility.facility_stay
      where resident_key = $1::bigint and upper_inf(held) and entered_on < $2::date`,
    [residentKey, on],
  )) !== null

/** What a filing tells, in the columns of 住民基本台帳情報. */
export function counterFacts(
  { address, present, exclusionKind, ...told }: ToldRecord,
  filedOn: PlainDate,
  token: string | null,
): CounterFacts {
  return {
    filedOn,
    ...told,
    ...(token === null ? {} : { token }),
    ...(present === undefined ? {} : { status: present ? '1' : '2' }),
    ...(exclusionKind === undefined
      ? {}
      : { exclusionKind: exclusionKind === null ? '0' : (exclusionKind as '1' | '2') }),
    ...(address === undefined
      ? {}
      : {
          postalCode: address.postalCode,
          prefecture: address.prefecture,
          municipalityName: address.municipalityName,
          town: address.town,
          houseNumber: address.houseNumber,
          building: address.building,
        }),
  }
}

async function standing(
  tx: Transaction,
  residentKey: number,
  { known }: CarryOut['matter'],
): Promise<{ readonly carried: CarriedOut; readonly pending: readonly Finding[] }> {
  const subjectKey = known?.subjectKey ?? null
  const rights =
    subjectKey === null
      ? []
      : ((await findStandingRights(tx, [subjectKey])).get(subjectKey)?.entitlements ?? [])
  return {
    carried: {
      residentKey,
      subjectKey,
      insuredNumber: null,
      before: rights,
      after: rights,
      decisions: [],
    },
    pending: [],
  }
}
