import { Maker, type Wants } from './maker.ts'
import type { Municipality } from './municipality.ts'
import type { Planting } from './oddities/oddity.ts'
import type { Order } from './plan.ts'
import type {
  ExpectedInsured,
  Household,
  HouseholdRecords,
  NonResident,
  PeriodRecord,
  Resident,
  TaxRecord,
  WelfarePeriod,
} from './records.ts'

/** 架空の都道府県 — streams that start anew at each call; nothing of it is kept in memory but the plan. */
export type Prefecture = {
  readonly order: Order
  readonly municipalities: readonly Municipality[]
  /** Municipality by municipality, all rows of one household together. */
  readonly records: () => Generator<HouseholdRecords>
  /** 住民基本台帳 — residents and the rows removed in the last 26 months. */
  readonly residents: () => Generator<Resident>
  readonly households: () => Generator<Household>
  /** 住登外者 */
  readonly nonResidents: () => Generator<NonResident>
  /** 所得・課税情報 — three fiscal years. */
  readonly taxRecords: () => Generator<TaxRecord>
  /** 生活保護・支援給付 */
  readonly welfarePeriods: () => Generator<WelfarePeriod>
  /** 支援措置 */
  readonly protectionMeasures: () => Generator<PeriodRecord>
  /** 障害認定 — a withdrawal (撤回) ends it. */
  readonly disabilityCertifications: () => Generator<PeriodRecord>
  /** For checks only; see `ExpectedInsured`. */
  readonly expectedInsured: () => Generator<ExpectedInsured>
  readonly plantings: readonly Planting[]
}

/**
 * 架空の都道府県をつくる — the same order gives the same prefecture, to the last letter. Throws RangeError with a sentence for
 * an order that cannot be filled (too few persons, an unknown union).
 */
export function makePrefecture(order: Order): Prefecture {
  const maker = new Maker(order)
  const flat = <T>(part: (records: HouseholdRecords) => readonly T[], wants?: Wants) =>
    function* (): Generator<T> {
      for (const records of maker.records(wants)) yield* part(records)
    }
  const bare: Wants = { names: false, money: false }
  return {
    order,
    municipalities: maker.plan.municipalities,
    records: () => maker.records(),
    residents: flat(({ residents }) => residents, { names: true, money: false }),
    households: flat(({ household }) => [household], bare),
    nonResidents: flat(({ nonResidents }) => nonResidents, { names: true, money: false }),
    taxRecords: flat(({ taxRecords }) => taxRecords, { names: false, money: true }),
    welfarePeriods: flat(({ welfarePeriods }) => welfarePeriods, bare),
    protectionMeasures: flat(({ protectionMeasures }) => protectionMeasures, bare),
    disabilityCertifications: flat(
      ({ disabilityCertifications }) => disabilityCertifications,
      bare,
    ),
    expectedInsured: flat(({ expectedInsured }) => expectedInsured, bare),
    plantings: maker.plantings,
  }
}

/** 2つめの小さな広域連合の被保険者数 — about 2 % of the first, at least 60. */
export function secondUnionPersons(persons: number): number {
  return Math.max(60, Math.round(persons * 0.02))
}
