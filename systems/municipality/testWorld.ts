import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type IndividualNumber,
  individualNumberCheckDigit,
  parseIndividualNumber,
  plainDate,
  type Yen,
  yen,
} from '@koiki/kernel'
import type { 住民基本台帳情報, 住登外登録情報, 所得課税情報 } from '@koiki/layouts'
import { type Clock, fixedClock, testDatabase } from '@koiki/store'
import { keyFileProvider } from '@koiki/vault'
import type { FirstHoldings } from './load.ts'
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

function resident(municipality: string, someone: Someone, index: number): 住民基本台帳情報 {
  const running = index + 1
  return {
    市区町村コード: municipality,
    宛名番号: addresseeNumberOf(running),
    世帯番号: addresseeNumberOf(someone.household),
    個人番号: index === 4 ? null : inventedNumber(Number(municipality.slice(2)) * 100 + running),
    氏名: someone.name ?? `模擬　${'一二三四五六七八九十壱弐'[index]}子`,
    氏名カナ: 'モギ　カナ',
    通称: null,
    旧氏: null,
    生年月日: plainDate(someone.born),
    生年月日不詳フラグ: null,
    生年月日不詳表記: null,
    性別: someone.sex ?? '2',
    続柄: someone.relationship,
    郵便番号: '8600001',
    町字コード: null,
    都道府県: '熊本県',
    市区郡町村名: '模擬市',
    町字: '模擬町一丁目',
    番地号: '１番１号',
    方書: null,
    住民種別: '1',
    在留期間満了日: null,
    住民となった日: plainDate('1990-04-01'),
    住民状態: someone.removed === undefined ? '1' : '2',
    異動年月日: plainDate(someone.removed ?? '1990-04-01'),
    異動事由: someone.removed === undefined ? '00' : '05',
    消除年月日: someone.removed === undefined ? null : plainDate(someone.removed),
    転入前市区町村コード: null,
    転出先市区町村コード: null,
    支援措置区分: '0',
    支援措置開始日: null,
    支援措置終了日: null,
    適用除外区分: someone.welfare === undefined ? '0' : '1',
    適用除外開始日: someone.welfare === undefined ? null : plainDate(someone.welfare),
    適用除外終了日: null,
    操作年月日: day,
  }
}

function income(municipality: string, index: number): 所得課税情報 {
  const declared = index !== 11
  const amount = (yenOf: number): Yen | null => (declared ? yen(yenOf) : null)
  return {
    市区町村コード: municipality,
    宛名番号: addresseeNumberOf(index + 1),
    課税年度: 2026,
    申告区分: declared ? '1' : '0',
    公的年金等収入額: amount(1_500_000 + index * 10_000),
    給与収入額: amount(0),
    専従者給与収入額: amount(0),
    事業所得額: amount(index === 2 ? -50_000 : 0),
    専従者控除額: amount(0),
    分離譲渡所得額: amount(0),
    譲渡特別控除額: amount(0),
    その他所得額: amount(0),
    更正年月日: null,
    操作年月日: day,
  }
}

const outside = (municipality: string): 住登外登録情報 => ({
  市区町村コード: municipality,
  宛名番号: addresseeNumberOf(701),
  個人番号: inventedNumber(Number(municipality.slice(2)) * 100 + 71),
  氏名: '模擬　外子',
  氏名カナ: 'モギ　ソトコ',
  生年月日: plainDate('1939-01-01'),
  生年月日不詳フラグ: null,
  生年月日不詳表記: null,
  性別: '2',
  住民票所在地市区町村コード: '131016',
  郵便番号: '1000001',
  都道府県: '東京都',
  市区郡町村名: '千代田区',
  町字: '模擬町',
  番地号: '１',
  方書: '模擬苑',
  住登外区分: '1',
  適用開始日: plainDate('2022-04-01'),
  適用終了日: null,
  代表宛名フラグ: '0',
  名寄せ先宛名番号: null,
  支援措置区分: '0',
  支援措置開始日: null,
  支援措置終了日: null,
  操作年月日: day,
})

export const holdingsOf = (municipality: string): FirstHoldings => ({
  municipality,
  residents: people.map((someone, index) => resident(municipality, someone, index)),
  incomes: people.map((_, index) => income(municipality, index)),
  nonRegistered: [outside(municipality)],
})
