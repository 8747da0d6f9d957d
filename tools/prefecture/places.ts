import { type MunicipalityCode, municipalityCodeOf } from '@koiki/kernel'
import { Chance } from './chance.ts'
import { estates, facilityKinds, facilityNames, houseNames } from './data/buildings.ts'
import { elsewhere } from './data/elsewhere.ts'
import type { Municipality, TownGroup } from './municipality.ts'
import { prefectureNameOf } from './municipality.ts'
import type { HouseholdModel } from './people.ts'
import type { Order } from './plan.ts'

/** 住所 — in the parts of the layout; null where there is nothing to write. */
export type Address = {
  readonly postalCode: string | null
  /** 町字コード — the towns here are not matched with the registry, so it stays empty. */
  readonly townCode: string | null
  readonly prefectureName: string
  readonly municipalityName: string
  readonly town: string | null
  readonly lot: string | null
  readonly building: string | null
}

const kinds = facilityKinds.split(' ')
const facilities = facilityNames.split(' ')
const houses = houseNames.split(' ')
const estateNames = estates.split(' ')

/**
 * 住所をつくる — a real town, an invented lot. Persons in homes share the addresses of a few homes, so that many
 * one-person households stand at one place, as they do.
 */
export class Places {
  readonly #chance: Chance
  readonly #prefectureName: string

  constructor(order: Order) {
    this.#chance = new Chance(order.seed, order.union, 'places')
    this.#prefectureName = prefectureNameOf(order.union)
  }

  of(household: HouseholdModel, municipality: Municipality): Address {
    const { unit, municipality: index } = household.seat
    if (household.living !== 'facility') return this.#home(this.#chance.at(unit), municipality)
    const homes = Math.max(2, Math.round(municipality.over75 / 700))
    const home = this.#chance.at(unit, 1).below(homes)
    const chance = this.#chance.at(index * 1000 + home, 2)
    const place = this.#home(chance, municipality)
    const building = `${chance.pick(kinds)}${facilities[home % facilities.length]}`
    return { ...place, building }
  }

  /** The address before a move within the prefecture. */
  before(household: HouseholdModel, municipality: Municipality): Address {
    return this.#home(this.#chance.at(household.seat.unit, 3), municipality)
  }

  /** 県外の住所 — of those who live in a home elsewhere under 住所地特例. */
  outside(household: HouseholdModel, place: number): Address {
    const there = elsewhere[place] as (typeof elsewhere)[number]
    const chance = this.#chance.at(household.seat.unit, 4)
    return {
      postalCode: there.postalCode,
      townCode: null,
      prefectureName: there.prefecture,
      municipalityName: there.name,
      town: there.town,
      lot: lot(chance),
      building: `${chance.pick(kinds)}${chance.pick(facilities)}`,
    }
  }

  /** 住民票所在地市区町村コード of such a home. */
  outsideCode(place: number): MunicipalityCode {
    return municipalityCodeOf((elsewhere[place] as (typeof elsewhere)[number]).code)
  }

  #home(chance: Chance, municipality: Municipality): Address {
    let u = chance.unit() * 100
    const group =
      municipality.towns.find(({ share }) => {
        u -= share
        return u < 0
      }) ?? (municipality.towns[0] as TownGroup)
    const { postalCode, name } = chance.pick(group.towns)
    // Towns that were merged in keep their old name in front, and are numbered by lots, not by blocks.
    const merged = /^(植木町|富合町|城南町|河内町|画図|天水町|岱明町)/.test(name)
    const block = group.form === 'block' && !merged
    const chome = block ? chance.between(1, 6) : 0
    const town = block
      ? `${name}${kanjiDigits[chome]}丁目`
      : group.form === 'oaza'
        ? `大字${name}`
        : name
    return {
      postalCode,
      townCode: null,
      prefectureName: this.#prefectureName,
      municipalityName: group.addressName,
      town,
      lot: block ? `${wide(chance.between(1, 30))}番${wide(chance.between(1, 25))}号` : lot(chance),
      building: buildingIn(chance, block ? 0.3 : 0.06),
    }
  }
}

const kanjiDigits = ['', '一', '二', '三', '四', '五', '六'] as const

/** 番地 — in the shapes that registers know. */
function lot(chance: Chance): string {
  const number = wide(chance.between(12, 4890))
  const branch = wide(chance.between(1, 28))
  const u = chance.unit()
  if (u < 0.25) return `${number}番地`
  if (u < 0.85) return `${number}番地${branch}`
  return u < 0.97 ? `${number}－${branch}` : `甲${number}番地${branch}`
}

function buildingIn(chance: Chance, share: number): string | null {
  const u = chance.unit()
  if (u >= share) return null
  const room = wide(chance.between(1, 5) * 100 + chance.between(1, 8))
  if (u < share * 0.2)
    return `${chance.pick(estateNames)}団地${wide(chance.between(1, 9))}棟${room}号`
  return `${chance.pick(houses)}${room}号室`
}

/** 全角数字 — the layout wants full-width letters throughout an address. */
export function wide(value: number | string): string {
  return String(value).replace(/[0-9]/g, (digit) =>
    String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
  )
}
