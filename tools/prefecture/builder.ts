import type { MunicipalityCode } from '@koiki/kernel'
import type { BirthDates, Sex } from './ages.ts'
import type { Chance } from './chance.ts'
import { living } from './data/demography.ts'
import type { Kind } from './kinds.ts'
import type { Municipality } from './municipality.ts'
import type { HouseholdModel, Living, Person, Stay } from './people.ts'
import type { Seat } from './plan.ts'

const year = 365.2425

/** 組み立て中の世帯 — one household on its way from a seat to a model; each method adds what one event leaves behind. */
export class Builder {
  readonly seat: Seat
  readonly persons: Person[] = []
  readonly #today: number
  readonly #start: number
  readonly #dates: BirthDates
  readonly #chance: Chance
  #living: Living = 'alone'
  #split = false
  #outside: HouseholdModel['outside'] = null

  constructor(seat: Seat, today: number, start: number, dates: BirthDates, chance: Chance) {
    this.seat = seat
    this.#today = today
    this.#start = start
    this.#dates = dates
    this.#chance = chance
  }

  household(): HouseholdModel {
    return {
      seat: this.seat,
      living: this.#living,
      split: this.#split,
      persons: this.persons,
      outside: this.#outside,
    }
  }

  single(sex: Sex, age: number, within: number): void {
    const insured = insuredKinds.has(this.seat.kind)
    this.#add('core', sex, age, this.#dates.at(age, within), '世帯主', insured)
  }

  dead(sex: Sex, age: number, within: number, day: number, late: number): void {
    const birth = day - Math.floor((age + within) * year)
    const person = this.#add('core', sex, age, birth, '世帯主', false)
    remove(person.stays[0] as Stay, day, '05', this.#reported(day, late))
  }

  couple(husband: number, wife: number, within: number, husbandHead: boolean): void {
    const { kind } = this.seat
    const husbandInsured = kind === 'coupleBoth' || kind === 'coupleHusband'
    const wifeInsured = kind === 'coupleBoth' || kind === 'coupleWife'
    const birth = this.#dates.at(wife, this.#chance.unit())
    const husbandIs = husbandHead ? '世帯主' : '夫'
    this.#add('core', 1, husband, this.#dates.at(husband, within), husbandIs, husbandInsured)
    this.#add('spouse', 2, wife, birth, husbandHead ? '妻' : '世帯主', wifeInsured)
  }

  alone(pair: boolean): void {
    const { kind } = this.seat
    this.#living = pair
      ? 'couple'
      : kind === 'facility'
        ? 'facility'
        : kind === 'outside'
          ? 'outside'
          : 'alone'
  }

  withChildren(split: boolean, childHead: boolean, chance: Chance): void {
    this.#living = 'children'
    this.#split = split
    if (split) return
    const youngest = Math.min(...this.persons.map(({ age }) => age))
    const between = Math.round(Math.min(42, Math.max(19, 27.5 + 4.5 * this.#chance.normal())))
    const age = Math.min(74, Math.max(24, youngest - between))
    const son = chance.happens(0.66)
    const unmarried = chance.happens(living.unmarriedChild)
    const childIs = childHead ? '世帯主' : '子'
    this.#add('child', son ? 1 : 2, age, this.#born(age), childIs, false)
    if (childHead) {
      for (const parent of this.persons.slice(0, -1)) {
        this.#relate(parent, parent.sex === 1 ? '父' : '母')
      }
    }
    if (unmarried) return
    const apart = (son ? -2 : 2) + this.#chance.between(-3, 3)
    const spouseAge = Math.min(74, Math.max(20, age + apart))
    const spouseIs = childHead ? (son ? '妻' : '夫') : son ? '子の妻' : '子の夫'
    this.#add('childSpouse', son ? 2 : 1, spouseAge, this.#born(spouseAge), spouseIs, false)
    const grandchildren = age < 56 ? this.#chance.below(3) : this.#chance.below(2)
    for (let count = 0; count < grandchildren; count += 1) {
      const grandchildAge = Math.max(1, age - 29 - 3 * count - this.#chance.below(6))
      const sex = this.#chance.happens(0.5) ? 1 : 2
      const relation = childHead ? '子' : '子の子'
      this.#add('grandchild', sex, grandchildAge, this.#born(grandchildAge), relation, false)
    }
  }

  /** 世帯主の死亡 — the child becomes head on the day of the death, and the others are named anew. */
  succeed(): void {
    const [parent, ...others] = this.persons as [Person, ...Person[]]
    const died = parent.stays[0] as Stay
    for (const person of others) {
      const stay = person.stays[0] as Stay
      stay.relation =
        person.role === 'child'
          ? '世帯主'
          : person.role === 'grandchild'
            ? '子'
            : person.sex === 1
              ? '夫'
              : '妻'
      stay.changedOn = died.removedOn as number
      stay.changeReason = '06'
      stay.operatedOn = died.operatedOn
    }
  }

  withSibling(chance: Chance): void {
    this.#living = 'other'
    const first = this.persons[0] as Person
    const sex = chance.happens(0.75) ? 2 : 1
    const age = Math.max(75, first.age + this.#chance.between(-3, 3))
    const birth = this.#born(age)
    const older = birth < first.birth
    const relation = sex === 1 ? (older ? '兄' : '弟') : older ? '姉' : '妹'
    this.#add('relative', sex, age, birth, relation, true)
  }

  withRelative(chance: Chance): void {
    this.#living = 'other'
    const first = this.persons[0] as Person
    const grandchild = chance.happens(0.5)
    const sex = chance.happens(0.5) ? 1 : 2
    const age = grandchild
      ? Math.max(20, first.age - 57 + this.#chance.between(-4, 4))
      : this.#chance.between(45, 68)
    const head = chance.happens(0.4)
    const own = grandchild ? '子の子' : sex === 1 ? '甥' : '姪'
    this.#add('relative', sex, age, this.#born(age), head ? '世帯主' : own, false)
    if (!head) return
    const elder = first.sex === 1 ? '祖父' : '祖母'
    const aunt = first.sex === 1 ? '伯父' : '伯母'
    this.#relate(first, grandchild ? elder : aunt)
  }

  mourn(gap: number, died: number, late: number): void {
    const widow = this.persons[0] as Person
    const sex = widow.sex === 1 ? 2 : 1
    const older = widow.sex === 1 ? -gap : gap
    const birth = Math.max(widow.birth - Math.round(older * year), died - 108 * 365)
    const age = Math.floor((died - birth) / year)
    const widowIs = lastRelation(widow)
    const before = widowIs === '世帯主' ? '世帯主' : sex === 1 ? '父' : '母'
    const spouse = this.#add('formerSpouse', sex, age, birth, before, false)
    remove(spouse.stays[0] as Stay, died, '05', this.#reported(died, late))
    if (widowIs !== '世帯主') return
    const own = widow.stays[0] as Stay
    own.changedOn = died
    own.changeReason = '06'
    own.operatedOn = this.#reported(died, late)
  }

  leave(day: number, place: Stay['movedTo'], late: number): void {
    for (const person of this.persons) {
      const stay = person.stays[0] as Stay
      remove(stay, day, '04', this.#reported(day, late))
      stay.movedTo = place
    }
  }

  arrive(day: number, place: Stay['movedFrom'], late: number): void {
    for (const person of this.#movers()) {
      const stay = person.stays.at(-1) as Stay
      stay.since = day
      stay.movedFrom = place
      stay.changedOn = day
      stay.changeReason = '01'
      stay.operatedOn = this.#reported(day, late)
    }
  }

  /** 県内の市町村間の転居 — the day of leaving is the day of arrival, or a few days before it. */
  moveBetween(
    day: number,
    from: number,
    municipalities: readonly Municipality[],
    late: number,
  ): void {
    const gap = this.#chance.happens(0.7) ? 0 : this.#chance.between(1, 10)
    const left = Math.max(this.#start, day - gap)
    this.#leaveBehind(from, left, codeAt(municipalities, this.seat.municipality), late)
    this.arrive(day, codeAt(municipalities, from), late)
  }

  /** もう1つ前の転居 — after `moveBetween`: the place left behind was itself reached from a third one. */
  movedBefore(from: number, municipalities: readonly Municipality[]): void {
    for (const person of this.#movers()) {
      const middle = person.stays[0] as Stay
      const day = this.#start + Math.floor(((middle.removedOn as number) - this.#start) / 2)
      const first: Stay = { ...middle, municipality: from }
      remove(first, day, '04', this.#reported(day, 3))
      first.movedTo = codeAt(municipalities, middle.municipality)
      middle.since = day
      middle.movedFrom = codeAt(municipalities, from)
      person.stays.unshift(first)
    }
  }

  /** 県外に出て戻る — left one municipality for another prefecture, and came back to this one. */
  comeBack(from: number, day: number, place: MunicipalityCode): void {
    const back = Math.max(day, this.#start + 90)
    this.#leaveBehind(from, back - 60, place, 2)
    this.arrive(back, place, 2)
  }

  /** The row in the municipality that was left; it keeps what the register said there. */
  #leaveBehind(from: number, left: number, to: MunicipalityCode, late: number): void {
    this.#movers().forEach((person, order) => {
      const relation = order === 0 ? '世帯主' : person.sex === 1 ? '夫' : '妻'
      const before: Stay = {
        ...(person.stays[0] as Stay),
        municipality: from,
        former: true,
        relation,
      }
      remove(before, left, '04', this.#reported(left, late))
      before.movedTo = to
      person.stays.unshift(before)
    })
  }

  moveInside(day: number, late: number): void {
    for (const person of this.#movers()) {
      const stay = person.stays[0] as Stay
      stay.changedOn = day
      stay.changeReason = '03'
      stay.operatedOn = this.#reported(day, late)
    }
  }

  onWelfare(from: number): void {
    for (const person of this.persons) person.welfare = { kind: '1', from, until: null }
  }

  welfareEnded(from: number, until: number): void {
    for (const person of this.persons) person.welfare = { kind: '1', from, until }
  }

  liveOutside(
    place: number,
    code: Stay['movedTo'],
    from: number,
    recent: boolean,
    late: number,
  ): void {
    this.#outside = { place, from }
    const person = this.persons[0] as Person
    if (recent) {
      const stay = person.stays[0] as Stay
      remove(stay, from, '04', this.#reported(from, late))
      stay.movedTo = code
    } else person.stays.length = 0
  }

  /** Those who move with the core: its spouse, and never the children who were there before. */
  #movers(): Person[] {
    return this.persons.filter(({ role }) => role === 'core' || role === 'spouse')
  }

  #reported(day: number, late: number): number {
    return Math.min(day + late, this.#today - 1)
  }

  #born(age: number): number {
    return this.#dates.at(age, this.#chance.unit())
  }

  #relate(person: Person, relation: string): void {
    for (const stay of person.stays) stay.relation = relation
  }

  #add(
    role: Person['role'],
    sex: Sex,
    age: number,
    birth: number,
    relation: string,
    insured: boolean,
  ): Person {
    const person: Person = {
      slot: this.persons.length,
      sex,
      birth,
      age,
      role,
      insured,
      stays: [this.#settled(birth, relation)],
      welfare: null,
      protection: null,
      certification: null,
    }
    this.persons.push(person)
    return person
  }

  /** A stay that began long ago: born here, or come as a grown person. */
  #settled(birth: number, relation: string): Stay {
    const chance = this.#chance
    const native = chance.happens(0.3)
    const grown = birth + Math.floor((18 + 40 * chance.unit() ** 1.5) * year)
    const since = native ? birth : Math.max(birth, Math.min(grown, this.#start - 1))
    const u = chance.unit()
    const later = since + Math.floor(chance.unit() * Math.max(0, this.#start - 1 - since))
    const changed = u >= 0.55
    const initial = since > this.#start ? since : this.#start
    return {
      municipality: this.seat.municipality,
      former: false,
      relation,
      since,
      movedFrom: null,
      changedOn: changed ? Math.max(later, since) : since,
      changeReason: u < 0.55 ? '00' : u < 0.83 ? '03' : '06',
      operatedOn: initial,
      removedOn: null,
      movedTo: null,
    }
  }
}

const insuredKinds: ReadonlySet<Kind> = new Set([
  'alone',
  'facility',
  'withChildren',
  'siblings',
  'relative',
  'outside',
])

function codeAt(municipalities: readonly Municipality[], index: number): MunicipalityCode {
  return (municipalities[index] as Municipality).code
}

function lastRelation(person: Person): string {
  return (person.stays.at(-1) as Stay).relation
}

function remove(stay: Stay, day: number, reason: Stay['changeReason'], operatedOn: number): void {
  stay.removedOn = day
  stay.changedOn = day
  stay.changeReason = reason
  stay.operatedOn = operatedOn
}
