import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type IndividualNumber,
  individualNumberCheckDigit,
  parseIndividualNumber,
  plainDate,
} from '@koiki/kernel'
import { type Clock, fixedClock, testDatabase } from '@koiki/store'
import { keyFileProvider } from '@koiki/vault'
import type { FirstHoldings, NonRegisteredEntry, RegisterEntry, TaxEntry } from './holdings.ts'
import { openStores, type Stores } from './stores.ts'

/** For tests only: a municipality of twelve visibly invented people, in six households. */

type Test = { after(clean: () => Promise<void>): void }

export const clerk = { kind: 'account', id: 'clerk-1', name: '試験 係' } as const

/** A folder that is gone after the test. */
export async function testFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'koiki-municipality-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function testStores(
  t: Test,
  clock: Clock = fixedClock('2026-07-01'),
): Promise<Stores & { readonly folder: string }> {
  const folder = await testFolder(t)
  const database = await testDatabase(t, 'municipality', clock)
  const stores = await openStores({
    url: database.url,
    clock,
    vaultKeys: keyFileProvider({ file: path.join(folder, 'vault.json') }),
  })
  t.after(() => stores.close())
  return { ...stores, folder }
}

/** An Individual Number with a right check digit; the body says that it is invented. */
export function inventedNumber(running: number): IndividualNumber {
  const body = `99${String(running).padStart(9, '0')}`
  const parsed = parseIndividualNumber(`${body}${individualNumberCheckDigit(body)}`)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.value
}

export const addresseeNumberOf = (running: number): string => String(running).padStart(15, '0')

interface Someone {
  readonly household: number
  readonly born: string
  readonly relationship: string
  readonly sex?: '1' | '2'
  readonly removed?: string
  readonly welfare?: string
  readonly name?: string
}

const people: readonly Someone[] = [
  { household: 1, born: '1940-03-03', relationship: '世帯主', sex: '1' },
  { household: 1, born: '1943-04-04', relationship: '妻' },
  { household: 1, born: '1970-05-05', relationship: '子', sex: '1' },
  { household: 2, born: '1951-08-15', relationship: '世帯主' },
  { household: 3, born: '1980-01-01', relationship: '世帯主' },
  { household: 3, born: '1982-01-01', relationship: '夫', sex: '1' },
  { household: 4, born: '1938-06-06', relationship: '世帯主', sex: '1', removed: '2026-05-01' },
  { household: 4, born: '1955-07-07', relationship: '世帯主' },
  { household: 5, born: '1945-08-08', relationship: '世帯主', welfare: '2020-04-01' },
  { household: 6, born: '1948-09-09', relationship: '世帯主', name: '𠮷田　辻󠄀子' },
  { household: 6, born: '1990-10-10', relationship: '孫', sex: '1' },
  { household: 6, born: '1952-02-01', relationship: '弟', sex: '1' },
]

const day = plainDate('2026-06-30')

function resident(municipality: string, someone: Someone, index: number): RegisterEntry {
  const running = index + 1
  return {
    municipalityCode: municipality,
    addresseeNumber: addresseeNumberOf(running),
    householdNumber: addresseeNumberOf(someone.household),
    individualNumber:
      index === 4 ? null : inventedNumber(Number(municipality.slice(2)) * 100 + running),
    name: someone.name ?? `模擬　${'一二三四五六七八九十壱弐'[index]}子`,
    nameKana: 'モギ　カナ',
    alias: null,
    formerSurname: null,
    birthDate: plainDate(someone.born),
    birthDateUnknown: '0',
    birthDateWording: null,
    sex: someone.sex ?? '2',
    relationship: someone.relationship,
    postalCode: '8600001',
    townCode: null,
    prefectureName: '熊本県',
    municipalityName: '模擬市',
    town: '模擬町一丁目',
    lot: '１番１号',
    building: null,
    residentKind: '1',
    stayExpiresOn: null,
    residentSince: plainDate('1990-04-01'),
    status: someone.removed === undefined ? '1' : '2',
    changedOn: plainDate(someone.removed ?? '1990-04-01'),
    changeReason: someone.removed === undefined ? '00' : '05',
    removedOn: someone.removed === undefined ? null : plainDate(someone.removed),
    movedFrom: null,
    movedTo: null,
    protection: '0',
    protectionFrom: null,
    protectionUntil: null,
    nonDisclosure: '0',
    selfProvisionDisabled: '0',
    exclusion: someone.welfare === undefined ? '0' : '1',
    exclusionFrom: someone.welfare === undefined ? null : plainDate(someone.welfare),
    exclusionUntil: null,
    operatedOn: day,
  }
}

const income = (municipality: string, index: number): TaxEntry => ({
  municipalityCode: municipality,
  addresseeNumber: addresseeNumberOf(index + 1),
  fiscalYear: 2026,
  declaration: index === 11 ? '0' : '1',
  publicPension: 1_500_000 + index * 10_000,
  salary: 0,
  familyEmployeeSalary: 0,
  business: index === 2 ? -50_000 : 0,
  familyEmployeeDeduction: 0,
  capitalGains: 0,
  capitalGainsSpecialDeduction: 0,
  other: 0,
  taxableIncome: 0,
  headAdjustment: 0,
  residentTax: '1',
  statedRevenue: 1_500_000 + index * 10_000,
  correctedOn: null,
  operatedOn: day,
})

const outside = (municipality: string): NonRegisteredEntry => ({
  municipalityCode: municipality,
  addresseeNumber: addresseeNumberOf(701),
  individualNumber: inventedNumber(Number(municipality.slice(2)) * 100 + 71),
  name: '模擬　外子',
  nameKana: 'モギ　ソトコ',
  birthDate: plainDate('1939-01-01'),
  birthDateUnknown: '0',
  birthDateWording: null,
  sex: '2',
  registeredAt: '131016',
  postalCode: '1000001',
  prefectureName: '東京都',
  municipalityName: '千代田区',
  town: '模擬町',
  lot: '１',
  building: '模擬苑',
  nonResidentKind: '1',
  appliesFrom: plainDate('2022-04-01'),
  appliesUntil: null,
  representative: '0',
  mergedInto: null,
  protection: '0',
  protectionFrom: null,
  protectionUntil: null,
  nonDisclosure: '0',
  selfProvisionDisabled: '0',
  operatedOn: day,
})

/** 12 residents in six households, a person outside, and one who was certified before 75. */
export const holdingsOf = (municipality: string): FirstHoldings => ({
  residents: people.map((someone, index) => resident(municipality, someone, index)),
  taxRecords: people.map((_, index) => income(municipality, index)),
  nonResidents: [outside(municipality)],
  disabilityCertifications: [
    {
      municipalityCode: municipality,
      addresseeNumber: addresseeNumberOf(8),
      from: plainDate('2024-02-01'),
      until: null,
    },
  ],
})
