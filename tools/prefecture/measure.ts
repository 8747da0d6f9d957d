import {
  ageOn,
  birthday,
  firstDayOf,
  fiscalYear,
  lastDayOf,
  type PlainDate,
  plainDateOf,
  yearOf,
} from '@koiki/kernel'
import { isShiftJis } from './letters.ts'
import { type Assessable, levies, levyYear } from './levies.ts'
import type { Municipality } from './municipality.ts'
import type { Prefecture } from './prefecture.ts'
import type { HouseholdRecords, NonResident, Resident, TaxRecord } from './records.ts'

/** 集計 — counted from the rows alone, as an outsider with all the registers would count. */
export class Measure {
  readonly worldDate: PlainDate
  readonly #year = {
    from: firstDayOf(fiscalYear(levyYear)),
    until: lastDayOf(fiscalYear(levyYear)),
  }
  readonly #union: string
  readonly municipalities: readonly Municipality[]
  readonly byMunicipality = new Map<string, { insured: number; alone: number }>()
  residents = 0
  insured = 0
  insuredAtYearEnd = 0
  certified = 0
  outside = 0
  ages = 0
  men = 0
  readonly bands = { 65: 0, 75: 0, 80: 0, 85: 0, 90: 0, 100: 0 }
  readonly living = { alone: 0, couple: 0, children: 0, other: 0, facility: 0, outside: 0 }
  heads = { men: 0, women: 0, notInsured: 0 }
  deaths = 0
  reached = 0
  movesIn = 0
  movesOut = 0
  withoutIncome = 0
  knownIncome = 0
  baseZero = 0
  bases = 0
  premiums = 0
  gross = 0
  relief = 0
  overCap = 0
  readonly baseClasses = [0, 0, 0, 0, 0, 0]
  readonly reductions = { 0: 0, 2: 0, 5: 0, 7: 0 }
  readonly copays = { 1: 0, 2: 0, 3: 0 }
  readonly lowIncome = { 1: 0, 2: 0 }
  tanakaNakamura = 0
  notShiftJis = 0
  notNfc = 0
  readonly givenMen = new Map<string, number>()
  readonly givenWomen = new Map<string, number>()

  constructor(prefecture: Prefecture) {
    this.worldDate = prefecture.order.worldDate
    this.#union = prefecture.order.union
    this.municipalities = prefecture.municipalities
    for (const { code } of prefecture.municipalities) {
      this.byMunicipality.set(code, { insured: 0, alone: 0 })
    }
    for (const records of prefecture.records()) this.#count(records)
  }

  #count(records: HouseholdRecords): void {
    const certificates = new Map(
      records.disabilityCertifications.map((one) => [one.addresseeNumber, one]),
    )
    const certifiedOn = (person: Resident | NonResident, day: PlainDate): boolean => {
      const one = certificates.get(person.addresseeNumber)
      return one !== undefined && one.from <= day && (one.until === null || day < one.until)
    }
    const insured: Resident[] = []
    const here: Resident[] = []
    for (const resident of records.residents) {
      this.residents += 1
      const certified = certifiedOn(resident, this.worldDate)
      this.#events(resident, certified, records.nonResidents.length > 0)
      if (this.#isInsured(resident, this.#year.until, certified)) this.insuredAtYearEnd += 1
      if (resident.status === '2') continue
      here.push(resident)
      if (this.#isInsured(resident, this.worldDate, certified)) insured.push(resident)
    }
    const away = records.nonResidents.filter(
      ({ nonResidentKind, representative }) => nonResidentKind === '1' && representative === '0',
    )
    this.outside += away.length
    this.insuredAtYearEnd += away.filter(
      ({ appliesFrom }) => appliesFrom <= this.#year.until,
    ).length
    for (const person of [...insured, ...away]) {
      this.#person(person, certifiedOn(person, this.worldDate))
      this.living[records.household.living] += 1
      const place = this.byMunicipality.get(person.municipalityCode)!
      place.insured += 1
      if (records.household.living === 'alone') place.alone += 1
    }
    this.#heads(here, insured)
    this.#levy([...here, ...away], new Set([...insured, ...away]), records.taxRecords)
  }

  #isInsured(resident: Resident, day: PlainDate, certified: boolean): boolean {
    if (
      resident.residentSince > day ||
      (resident.removedOn !== null && resident.removedOn <= day)
    ) {
      return false
    }
    return (birthday(resident.birthDate, 75) <= day || certified) && !excludedOn(resident, day)
  }

  #events(resident: Resident, certified: boolean, tiedOutside: boolean): void {
    const { from, until } = this.#year
    const within = (day: PlainDate | null): day is PlainDate =>
      day !== null && day >= from && day <= until
    const { removedOn, changeReason, movedFrom, movedTo, residentSince } = resident
    const of75 = birthday(resident.birthDate, 75)
    if (within(removedOn) && (of75 <= removedOn || certified) && !excludedOn(resident, removedOn)) {
      if (changeReason === '05') this.deaths += 1
      const left = changeReason === '04' && movedTo?.startsWith(this.#union) !== true
      if (left && !tiedOutside) this.movesOut += 1
    }
    if (within(residentSince) && movedFrom?.startsWith(this.#union) === false) {
      if (of75 <= residentSince) this.movesIn += 1
    }
    const there = residentSince <= of75 && (removedOn === null || removedOn > of75)
    if (within(of75) && there && !certified && !excludedOn(resident, of75)) this.reached += 1
  }

  #person(person: Resident | NonResident, certified: boolean): void {
    const age = ageOn(person.birthDate, this.worldDate)
    this.insured += 1
    this.ages += age
    if (person.sex === '1') this.men += 1
    if (certified && age < 75) this.certified += 1
    for (const from of [100, 90, 85, 80, 75, 65] as const) {
      if (age < from) continue
      this.bands[from] += 1
      if (from === 100) this.bands[90] += 1
      break
    }
    const [surname, given] = person.name.split('　') as [string, string | undefined]
    if (surname === '田中' || surname === '中村') this.tanakaNakamura += 1
    if (!isShiftJis(person.name)) this.notShiftJis += 1
    if (person.name.normalize('NFC') !== person.name) this.notNfc += 1
    const born = yearOf(person.birthDate)
    const names = person.sex === '1' ? this.givenMen : this.givenWomen
    const cohort = person.sex === '1' ? born >= 1931 && born <= 1940 : born >= 1926 && born <= 1950
    if (cohort && given !== undefined) names.set(given, (names.get(given) ?? 0) + 1)
  }

  #heads(here: readonly Resident[], insured: readonly Resident[]): void {
    const head = here.find(({ relationship }) => relationship === '世帯主')
    for (const person of insured) {
      if (person === head) this.heads[person.sex === '1' ? 'men' : 'women'] += 1
      if (head !== undefined && !insured.includes(head)) this.heads.notInsured += 1
    }
  }

  #levy(
    members: readonly (Resident | NonResident)[],
    insured: ReadonlySet<Resident | NonResident>,
    taxRecords: readonly TaxRecord[],
  ): void {
    if (insured.size === 0) return
    const records = new Map(
      taxRecords
        .filter(({ fiscalYear: year }) => year === levyYear)
        .map((record) => [`${record.municipalityCode}/${record.addresseeNumber}`, record]),
    )
    const january = plainDateOf(levyYear, 1, 1)
    const household = members.map((member): Assessable => {
      const age = member.birthDate > january ? 0 : ageOn(member.birthDate, january)
      return {
        over65: age >= 65,
        from70to74: age >= 69 && age < 75,
        insured: insured.has(member),
        head: 'relationship' in member ? member.relationship === '世帯主' : true,
        tax: records.get(`${member.municipalityCode}/${member.addresseeNumber}`) ?? null,
      }
    })
    const known = household.filter((member) => member.insured).map(({ tax }) => tax)
    levies(household).forEach((levy, index) => {
      this.premiums += levy.premium
      this.gross += levy.gross
      this.relief += levy.relief
      this.reductions[levy.reduction] += 1
      this.copays[levy.copay] += 1
      if (levy.lowIncome !== null) this.lowIncome[levy.lowIncome] += 1
      if (levy.overCap) this.overCap += 1
      if (known[index] == null || known[index].declaration === '2') return
      this.knownIncome += 1
      if (levy.income === 0) this.withoutIncome += 1
      if (levy.base === 0) this.baseZero += 1
      this.bases += levy.base
      const above = [0, 580_000, 1_000_000, 2_000_000, 5_000_000].filter((from) => levy.base > from)
      this.baseClasses[above.length]! += 1
    })
  }
}

function excludedOn(resident: Resident, day: PlainDate): boolean {
  const { exclusion, exclusionFrom, exclusionUntil } = resident
  if (exclusion === '0' || exclusionFrom === null) return false
  return exclusionFrom <= day && (exclusionUntil === null || day < exclusionUntil)
}
