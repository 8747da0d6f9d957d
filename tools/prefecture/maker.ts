import { dayNumber, type PlainDate, plainDateOf } from '@koiki/kernel'
import { dateOf } from './ages.ts'
import { Chance } from './chance.ts'
import { Composition } from './composition.ts'
import { Incomes, type PersonIncome } from './income.ts'
import { identityOf, type Label, labelOf } from './label.ts'
import type { Municipality } from './municipality.ts'
import { Names } from './names.ts'
import { Numbers } from './numbers.ts'
import type { Planted, Planting } from './oddities/oddity.ts'
import { plantOddities } from './oddities/plant.ts'
import { type HouseholdModel, lastStay, type Person, type Stay } from './people.ts'
import { type Address, Places } from './places.ts'
import { type Order, Plan, type Seat } from './plan.ts'
import type { Household, HouseholdRecords, Resident, TaxRecord } from './records.ts'
import { taxRow } from './taxRow.ts'

/**
 * 所得照会 — the town asks where a newcomer lived before for the incomes of the year of arrival, and for those of the year
 * before as long as shares rest on them: whoever arrives by July.
 */
function isAskedFor(arrivedOn: PlainDate, fiscalYear: number): boolean {
  const year = Number(arrivedOn.slice(0, 4))
  return year === fiscalYear || (year === fiscalYear + 1 && Number(arrivedOn.slice(5, 7)) < 8)
}

/** What a stream needs; the rest is not drawn, because no stream depends on another. */
export type Wants = { readonly names: boolean; readonly money: boolean }
const everything: Wants = { names: true, money: true }

/** 記録をつくる — from a seat to all rows of its household. */
export class Maker {
  readonly plan: Plan
  readonly plantings: readonly Planting[]
  readonly #composition: Composition
  readonly #names: Names
  readonly #places: Places
  readonly #incomes: Incomes
  readonly #numbers: Numbers
  readonly #inquiries: Chance
  readonly #planted: ReadonlyMap<number, readonly Planted[]>

  constructor(order: Order) {
    this.plan = new Plan(order)
    this.#composition = new Composition(this.plan)
    this.#names = new Names(order)
    this.#places = new Places(order)
    this.#incomes = new Incomes(order)
    this.#numbers = new Numbers(this.plan)
    this.#inquiries = new Chance(order.seed, order.union, 'numbers')
    const { planted, plantings } = plantOddities(this.plan, this.#composition, this.#numbers)
    this.#planted = planted
    this.plantings = plantings
  }

  *records(wants: Wants = everything): Generator<HouseholdRecords> {
    for (const index of this.plan.municipalities.keys()) {
      const size = this.plan.households(index)
      for (let local = 0; local < size; local += 1) {
        yield this.#household(this.plan.seatOf(index, local), wants)
      }
    }
  }

  #household(seat: Seat, wants: Wants): HouseholdRecords {
    const model = this.#composition.build(seat)
    const planted = this.#planted.get(seat.unit) ?? []
    for (const { oddity, person, turn, setting } of planted) {
      const births = model.persons.map(({ birth }) => birth)
      oddity.household?.(model, model.persons[person]!, turn, setting)
      model.persons.forEach((one) => {
        followBirth(one, births[one.slot] as number)
      })
    }
    const labels = this.#labels(model, planted, wants)
    const here = this.#address(model, planted, wants)
    const records: HouseholdRecords = {
      household: this.#householdRow(model),
      residents: [],
      nonResidents: [],
      taxRecords: [],
      welfarePeriods: [],
      protectionMeasures: [],
      disabilityCertifications: [],
      expectedInsured: [],
    }
    const money = wants.money ? this.#money(model, planted) : []
    for (const person of model.persons) {
      const label = labels[person.slot]!
      person.stays.forEach((stay, row) => {
        const resident = this.#resident(model, person, stay, row, label, here)
        for (const one of planted) {
          if (one.person === person.slot) one.oddity.row?.(resident, one.setting)
        }
        records.residents.push(resident)
        this.#tax(records.taxRecords, person, stay, resident.addresseeNumber, money[person.slot])
      })
      if (model.outside !== null) this.#outside(records, model, person, label, money[person.slot])
      this.#periods(records, model, person)
    }
    for (const one of planted) this.#amend(records, model, one)
    return records
  }

  #amend(records: HouseholdRecords, household: HouseholdModel, one: Planted): void {
    if (one.oddity.records === undefined) return
    const person = household.persons[one.person] as Person
    const numbers = new Set([
      this.#numbers.addressee(household.seat, person.slot),
      this.#numbers.formerAddressee(household.seat, person.slot, 3),
      ...person.stays.map((stay, row) => this.#addressee(household, person, stay, row)),
    ])
    const own = <T extends { addresseeNumber: string }>(rows: T[]): T[] =>
      rows.filter(({ addresseeNumber }) => numbers.has(addresseeNumber))
    const { residents, nonResidents, taxRecords } = records
    one.oddity.records(
      records,
      {
        household,
        person,
        residents: own(residents),
        nonResidents: own(nonResidents),
        taxRecords: own(taxRecords),
      },
      this.#numbers,
      one.setting,
    )
  }

  #money(model: HouseholdModel, planted: readonly Planted[]): PersonIncome[] {
    const municipality = this.#municipality(model.seat.municipality)
    const amends = planted.filter(({ oddity }) => oddity.income !== undefined)
    if (amends.length === 0) return this.#incomes.of(model, municipality)
    return this.#incomes.of(model, municipality, (person, fiscalYear, drawn) =>
      Object.assign(
        {},
        ...amends.map(({ oddity, person: slot, turn }) =>
          oddity.income?.(person, person.slot === slot, fiscalYear, drawn, turn),
        ),
      ),
    )
  }

  #labels(model: HouseholdModel, planted: readonly Planted[], wants: Wants): Label[] {
    if (!wants.names) return model.persons.map(() => labelOf(nameless))
    const names = this.#names.of(model, this.#municipality(model.seat.municipality))
    const labels = names.map((name) => labelOf(name))
    for (const { oddity, person, turn, setting } of planted) {
      oddity.label?.(labels, model, person, turn, setting)
    }
    return labels
  }

  #address(model: HouseholdModel, planted: readonly Planted[], wants: Wants): Address {
    if (!wants.names) return placeless
    const address = this.#places.of(model, this.#municipality(model.seat.municipality))
    return planted.reduce((now, { oddity }) => oddity.address?.(now) ?? now, address)
  }

  #municipality(index: number): Municipality {
    return this.plan.municipalities[index] as Municipality
  }

  #addressee(model: HouseholdModel, person: Person, stay: Stay, row: number): string {
    return stay.former
      ? this.#numbers.formerAddressee(model.seat, person.slot, row)
      : this.#numbers.addressee(model.seat, person.slot)
  }

  #householdRow(model: HouseholdModel): Household {
    const { seat } = model
    const here = model.persons.filter((person) => isHere(person))
    const head = here.find((person) => lastStay(person).relation === '世帯主')
    return {
      municipalityCode: this.#municipality(seat.municipality).code,
      householdNumber: this.#numbers.household(seat),
      headAddresseeNumber: head === undefined ? null : this.#numbers.addressee(seat, head.slot),
      memberAddresseeNumbers: here.map(({ slot }) => this.#numbers.addressee(seat, slot)),
      living: model.living,
      split: model.split,
    }
  }

  #resident(
    model: HouseholdModel,
    person: Person,
    stay: Stay,
    row: number,
    label: Label,
    here: Address,
  ): Resident {
    const municipality = this.#municipality(stay.municipality)
    const { welfare, protection } = person
    const place = stay.former ? this.#places.before(model, municipality) : here
    return {
      municipalityCode: municipality.code,
      addresseeNumber: this.#addressee(model, person, stay, row),
      householdNumber: stay.former
        ? this.#numbers.formerHousehold(model.seat, row)
        : this.#numbers.household(model.seat),
      individualNumber: this.#numbers.individual(model.seat, person.slot),
      ...identityOf(label, person),
      alias: label.alias,
      formerSurname: label.formerSurname,
      relationship: stay.relation,
      ...place,
      residentKind: label.residentKind,
      stayExpiresOn: label.stayExpiresOn === null ? null : dateOf(label.stayExpiresOn),
      residentSince: dateOf(stay.since),
      status: stay.removedOn === null ? '1' : '2',
      changedOn: dateOf(stay.changedOn),
      changeReason: stay.changeReason,
      removedOn: dayOrNull(stay.removedOn),
      movedFrom: stay.movedFrom,
      movedTo: stay.movedTo,
      protection: protection === null ? '0' : '1',
      protectionFrom: dayOrNull(protection?.from),
      // 支援措置終了日 is the last day, the model's end the day after it.
      protectionUntil: protection?.until == null ? null : dateOf(protection.until - 1),
      nonDisclosure: protection?.nonDisclosure === true ? '1' : '0',
      selfProvisionDisabled: protection?.selfProvisionDisabled === true ? '1' : '0',
      exclusion: welfare === null || stay.former ? '0' : welfare.kind,
      exclusionFrom: stay.former ? null : dayOrNull(welfare?.from),
      exclusionUntil: stay.former ? null : dayOrNull(welfare?.until),
      operatedOn: dateOf(stay.operatedOn),
    }
  }

  /** 課税記録 — by the municipality of 1 January; where the person came later in the year, by inquiry. */
  #tax(
    list: TaxRecord[],
    person: Person,
    stay: Stay,
    addresseeNumber: string,
    incomes: PersonIncome | undefined,
  ): void {
    if (incomes === null || incomes === undefined) return
    for (const fiscalYear of this.#incomes.years) {
      const result = incomes.get(fiscalYear)
      const january = dayNumber(plainDateOf(fiscalYear, 1, 1))
      const gone = stay.removedOn !== null && stay.removedOn < january
      const late = stay.since > january
      if (result === undefined || gone || (late && !isAskedFor(dateOf(stay.since), fiscalYear)))
        continue
      const inquiry = late && stay.movedFrom !== null
      if (late && !inquiry) continue
      const inside = stay.movedFrom?.startsWith(this.plan.order.union) === true
      const answered = !inquiry || this.#answered(person, stay, inside ? 0.7 : 0.4)
      list.push(
        taxRow(
          this.#municipality(stay.municipality),
          addresseeNumber,
          fiscalYear,
          result,
          answered,
        ),
      )
    }
  }

  #answered(person: Person, stay: Stay, share: number): boolean {
    return this.#inquiries.at(stay.since, person.birth).happens(share)
  }

  /** 住所地特例 — lives in a home outside the prefecture and stays insured here. */
  #outside(
    records: HouseholdRecords,
    model: HouseholdModel,
    person: Person,
    label: Label,
    incomes: PersonIncome | undefined,
  ): void {
    const outside = model.outside as NonNullable<HouseholdModel['outside']>
    const municipality = this.#municipality(model.seat.municipality)
    const addresseeNumber = this.#numbers.formerAddressee(model.seat, person.slot, 3)
    const home = this.#places.outside(model, outside.place)
    records.nonResidents.push({
      municipalityCode: municipality.code,
      addresseeNumber,
      individualNumber: this.#numbers.individual(model.seat, person.slot),
      ...identityOf(label, person),
      registeredAt: this.#places.outsideCode(outside.place),
      ...home,
      nonResidentKind: '1',
      appliesFrom: dateOf(outside.from),
      appliesUntil: null,
      representative: '0',
      mergedInto: null,
      protection: '0',
      protectionFrom: null,
      protectionUntil: null,
      nonDisclosure: '0',
      selfProvisionDisabled: '0',
      operatedOn: dateOf(
        Math.max(this.#composition.start, Math.min(outside.from + 9, this.#composition.today - 1)),
      ),
    })
    for (const [fiscalYear, result] of incomes ?? []) {
      const there = outside.from < dayNumber(plainDateOf(fiscalYear, 1, 1))
      if (!there) continue
      const answered = this.#inquiries.at(outside.from, person.birth).happens(0.85)
      records.taxRecords.push(taxRow(municipality, addresseeNumber, fiscalYear, result, answered))
    }
  }

  #periods(records: HouseholdRecords, model: HouseholdModel, person: Person): void {
    const { seat } = model
    const outside = model.outside !== null
    const addresseeNumber = outside
      ? this.#numbers.formerAddressee(seat, person.slot, 3)
      : this.#numbers.addressee(seat, person.slot)
    const who = { municipalityCode: this.#municipality(seat.municipality).code, addresseeNumber }
    const { welfare, protection, certification } = person
    const span = (of: { from: number; until: number | null }) => ({
      from: dateOf(of.from),
      until: dayOrNull(of.until),
    })
    if (welfare !== null) {
      records.welfarePeriods.push({ ...who, ...span(welfare), kind: welfare.kind })
    }
    if (protection !== null) records.protectionMeasures.push({ ...who, ...span(protection) })
    if (certification !== null) {
      records.disabilityCertifications.push({ ...who, ...span(certification) })
    }
    if (!person.insured) return
    const ground = certification === null ? 'age' : 'disability'
    records.expectedInsured.push({ ...who, ground, birthDate: dateOf(person.birth) })
  }
}

/** 出生とともに動く日 — who was born here has lived here since, on whatever day that was. */
function followBirth(person: Person, before: number): void {
  if (person.birth === before) return
  for (const stay of person.stays) {
    if (stay.since === before || stay.since < person.birth) stay.since = person.birth
    if (stay.changedOn === before || stay.changedOn < stay.since) stay.changedOn = stay.since
  }
}

const nameless = { surname: { text: '', kana: '' }, given: { text: '', kana: '' } }
const placeless: Address = {
  postalCode: null,
  townCode: null,
  prefectureName: '',
  municipalityName: '',
  town: null,
  lot: null,
  building: null,
}

function isHere(person: Person): boolean {
  const last = person.stays.at(-1)
  return last !== undefined && last.removedOn === null
}

function dayOrNull(day: number | null | undefined): PlainDate | null {
  return day === null || day === undefined ? null : dateOf(day)
}
