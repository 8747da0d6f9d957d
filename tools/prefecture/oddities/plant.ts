import { fiscalYearOf } from '@koiki/kernel'
import { mixed } from '../chance.ts'
import type { Composition } from '../composition.ts'
import type { Numbers } from '../numbers.ts'
import type { HouseholdModel, Person } from '../people.ts'
import type { Plan } from '../plan.ts'
import { catalogue } from './catalogue.ts'
import type { Oddity, Planted, Planting, Setting } from './oddity.ts'

type Sown = {
  readonly planted: ReadonlyMap<number, readonly Planted[]>
  readonly plantings: readonly Planting[]
}

/**
 * 珍しい場合を植える — each oddity of the catalogue at its rate and at least once, on persons whom it suits. From a start
 * that the seed decides, the households are walked until one suits that nothing else touches in the same way.
 */
export function plantOddities(plan: Plan, composition: Composition, numbers: Numbers): Sown {
  const sower = new Sower(plan, composition, numbers)
  const { worldDate, union } = plan.order
  const common = {
    worldDate,
    today: composition.today,
    start: composition.start,
    fiscalYear: fiscalYearOf(worldDate),
  }
  catalogue.forEach((oddity, index) => {
    if (oddity.exists !== undefined && !oddity.exists(common, union)) return
    const wanted = Math.max(1, Math.round((oddity.per100k * plan.order.persons) / 100_000))
    for (let turn = 0; turn < wanted; turn += 1) {
      if (!sower.plant(oddity, index, turn, common)) return
    }
  })
  return sower
}

class Sower implements Sown {
  readonly planted = new Map<number, Planted[]>()
  readonly plantings: Planting[] = []
  readonly #plan: Plan
  readonly #composition: Composition
  readonly #numbers: Numbers
  readonly #taken = new Set<string>()
  readonly #key: number

  constructor(plan: Plan, composition: Composition, numbers: Numbers) {
    this.#plan = plan
    this.#composition = composition
    this.#numbers = numbers
    this.#key = mixed(plan.order.seed, Number(plan.order.union), 0x0dd)
  }

  plant(
    oddity: Oddity,
    index: number,
    turn: number,
    common: Omit<Setting, 'municipality'>,
  ): boolean {
    const { units } = this.#plan
    const start = Math.floor(
      ((mixed(this.#key, index) / 0x1_0000_0000 + turn * 0.6180339887498949) % 1) * units,
    )
    for (let step = 0; step < units; step += 1) {
      const seat = this.#plan.seat((start + step) % units)
      const household = this.#composition.build(seat)
      const municipality = this.#plan.municipalities[seat.municipality]!
      const setting = { ...common, municipality: municipality.name }
      const person = household.persons.find(
        (one) => oddity.suits(household, one, setting) && this.#free(oddity, household, one),
      )
      if (person === undefined) continue
      this.#take(oddity, household, person)
      const list = this.planted.get(seat.unit) ?? []
      list.push({ oddity, person: person.slot, turn, setting })
      this.planted.set(seat.unit, list)
      this.plantings.push({
        id: oddity.id,
        title: oddity.title,
        municipalityCode: municipality.code,
        addresseeNumber:
          household.outside === null
            ? this.#numbers.addressee(seat, person.slot)
            : this.#numbers.formerAddressee(seat, person.slot, 3),
      })
      return true
    }
    return false
  }

  #free(oddity: Oddity, household: HouseholdModel, person: Person): boolean {
    return keys(oddity, household, person).every((key) => !this.#taken.has(key))
  }

  #take(oddity: Oddity, household: HouseholdModel, person: Person): void {
    for (const key of keys(oddity, household, person)) this.#taken.add(key)
  }
}

/** What is shared by a household (surname, address, money, moves) is taken for all of it. */
function keys(oddity: Oddity, household: HouseholdModel, person: Person): string[] {
  const { unit } = household.seat
  const slots = oddity.together === true ? household.persons.map(({ slot }) => slot) : [person.slot]
  return oddity.touches.flatMap((touch) =>
    touch === 'surname' || touch === 'address' || touch === 'money' || touch === 'stays'
      ? [`${unit}:${touch}`]
      : slots.map((slot) => `${unit}:${touch}:${slot}`),
  )
}
