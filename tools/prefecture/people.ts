import type { MunicipalityCode } from '@koiki/kernel'
import type { Seat } from './plan.ts'

/** 住民としての1期間 — one stay of a person in one municipality: one row of its register. Days are day numbers. */
export type Stay = {
  /** Index of the municipality in the prefecture. */
  readonly municipality: number
  /** The row was left behind by a move to another municipality of the prefecture. */
  readonly former: boolean
  relation: string
  since: number
  movedFrom: MunicipalityCode | null
  changedOn: number
  changeReason: ChangeReason
  operatedOn: number
  removedOn: number | null
  movedTo: MunicipalityCode | null
}

/** 異動事由 — the reasons of the 住民基本台帳情報 layout. */
export type ChangeReason =
  | '00'
  | '01'
  | '02'
  | '03'
  | '04'
  | '05'
  | '06'
  | '07'
  | '08'
  | '09'
  | '10'
  | '11'

/** 期間 — half-open: `until` is the first day on which it no longer holds; null while it goes on. */
export type Span = { from: number; until: number | null }

export type Person = {
  readonly slot: number
  sex: 0 | 1 | 2
  /** Day number; `age` is the age on the world date (or at death) that the income was drawn for. */
  birth: number
  readonly age: number
  readonly role:
    | 'core'
    | 'spouse'
    | 'child'
    | 'childSpouse'
    | 'grandchild'
    | 'relative'
    | 'formerSpouse'
  /** Insured on the world date. */
  readonly insured: boolean
  readonly stays: Stay[]
  welfare: (Span & { kind: '1' | '2' }) | null
  /** 支援措置 — with those of its two effects that apply: 不開示該当, 自己情報提供不可. */
  protection:
    | (Span & { readonly nonDisclosure: boolean; readonly selfProvisionDisabled: boolean })
    | null
  certification: Span | null
}

/** 暮らし方 — how the core of a household lives, by address and not by register. */
export type Living = 'alone' | 'facility' | 'couple' | 'children' | 'other' | 'outside'

/** 世帯の模型 — a household before names, addresses and money. */
export type HouseholdModel = {
  readonly seat: Seat
  readonly living: Living
  /** 世帯分離 — the children at the same address are another household. */
  readonly split: boolean
  readonly persons: Person[]
  /** 住所地特例 — where the person lives outside the prefecture, and since when. */
  readonly outside: { readonly place: number; readonly from: number } | null
}

/** The stay that holds now, or the last one. */
export function lastStay(person: Person): Stay {
  return person.stays.at(-1) as Stay
}

/** 死亡した日 — day number, or null. */
export function diedOn(person: Person): number | null {
  const last = person.stays.at(-1)
  return last !== undefined && last.changeReason === '05' ? last.removedOn : null
}
