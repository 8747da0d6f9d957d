export { type CardHolder, type CardStatus, insuranceCardStatus } from './insuranceCards.ts'
export { type Municipality, municipalitiesOf, type TownGroup } from './municipality.ts'
export type { Planting } from './oddities/oddity.ts'
export { oddities } from './oddities.ts'
export type { Living } from './people.ts'
export type { Order } from './plan.ts'
export { makePrefecture, type Prefecture, secondUnionPersons } from './prefecture.ts'
export type {
  ExpectedInsured,
  Household,
  HouseholdRecords,
  NonResident,
  PeriodRecord,
  Resident,
  TaxRecord,
  WelfarePeriod,
} from './records.ts'
export { worldReport } from './report.ts'
