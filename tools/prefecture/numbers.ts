import {
  type IndividualNumber,
  individualNumberCheckDigit,
  parseIndividualNumber,
  type UnionCode,
} from '@koiki/kernel'
import { mixed, shuffled } from './chance.ts'
import type { Plan, Seat } from './plan.ts'

/** Places for persons in one household, and rows that one person can leave behind. */
export const slots = 16
const rows = 4

/**
 * 番号をつける — 個人番号, 宛名番号, 世帯番号 without a table of what is taken: each is a keyed shuffle of where the person
 * stands. 個人番号 begin with 9 and the union (`943…`, `931…`) and end in a valid check digit, because the systems refuse
 * any other; none is an assignment known to us, and no test range is reserved by law.
 */
export class Numbers {
  readonly #plan: Plan
  readonly #union: UnionCode
  readonly #key: number

  constructor(plan: Plan) {
    const { seed, union } = plan.order
    this.#plan = plan
    this.#union = union
    this.#key = mixed(seed, Number(union), 0x6e75)
  }

  /** 個人番号 — `edition` 1 is the number after a change of number. */
  individual(seat: Seat, slot: number, edition = 0): IndividualNumber {
    const place = (seat.unit * slots + slot) * 2 + edition
    const running = shuffled(place, individualNumbers, this.#key)
    const body = `9${this.#union}${String(running).padStart(8, '0')}`
    const parsed = parseIndividualNumber(`${body}${individualNumberCheckDigit(body)}`)
    if (!parsed.ok) throw new Error(`個人番号を作れませんでした: ${parsed.reason}`)
    return parsed.value
  }

  /** 宛名番号 — each municipality numbers its own people, so that one number means two people in two places. */
  addressee(seat: Seat, slot: number): string {
    const size = this.#plan.households(seat.municipality) * slots
    const running = shuffled(
      seat.local * slots + slot,
      size,
      mixed(this.#key, seat.municipality, 1),
    )
    return padded(100_000_000 + running)
  }

  /** 宛名番号 of a row in another municipality, or of a second row in this one. */
  formerAddressee(seat: Seat, slot: number, row: number): string {
    const size = this.#plan.units * slots * rows
    const place = (seat.unit * slots + slot) * rows + row
    return padded(200_000_000 + shuffled(place, size, mixed(this.#key, 2)))
  }

  household(seat: Seat): string {
    const size = this.#plan.households(seat.municipality)
    return padded(500_000_000 + shuffled(seat.local, size, mixed(this.#key, seat.municipality, 3)))
  }

  formerHousehold(seat: Seat, row: number): string {
    const size = this.#plan.units * rows
    return padded(600_000_000 + shuffled(seat.unit * rows + row, size, mixed(this.#key, 4)))
  }
}

const individualNumbers = 100_000_000

function padded(value: number): string {
  return String(value).padStart(15, '0')
}
