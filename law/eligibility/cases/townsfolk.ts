import {
  IndividualNumber,
  individualNumberCheckDigit,
  type PlainDate,
  plainDate,
  revealNumber,
} from '@koiki/kernel'
import {
  type ByteSource,
  type Layout,
  type RowOf,
  readRecords,
  writeRows,
  住民基本台帳情報,
  住登外登録情報,
} from '@koiki/layouts'
import type { ResidentFile } from '../jobs/importResidents.ts'

type 住民 = RowOf<typeof 住民基本台帳情報>
type 住登外 = RowOf<typeof 住登外登録情報>

/** 架空の人の個人番号 — the check digit is right; nobody has it. */
export function inventedNumber(running: number): IndividualNumber {
  const body = String(70_000_000_000 + running).padStart(11, '0')
  const parsed = IndividualNumber.parse(`${body}${individualNumberCheckDigit(body)}`)
  if (!parsed.ok) throw new RangeError(parsed.reason)
  return parsed.value
}

export const digitsOf = (running: number): string => revealNumber(inventedNumber(running))

/** 架空の住民 — an ordinary row of 住民基本台帳情報 for tests: alone in the household, old enough. */
export function resident(running: number, given: Partial<住民> = {}): 住民 {
  return {
    市区町村コード: '431001',
    宛名番号: String(running).padStart(15, '0'),
    世帯番号: String(900_000 + running).padStart(15, '0'),
    個人番号: inventedNumber(running),
    氏名: '庭球　花子',
    氏名カナ: 'テイキュウ　ハナコ',
    通称: null,
    旧氏: null,
    生年月日: plainDate('1945-02-11'),
    生年月日不詳フラグ: null,
    生年月日不詳表記: null,
    性別: '2',
    続柄: '世帯主',
    郵便番号: '8600001',
    町字コード: '0001000',
    都道府県: '熊本県',
    市区郡町村名: '熊本市',
    町字: '架空町一丁目',
    番地号: '１番１号',
    方書: null,
    住民種別: '1',
    在留期間満了日: null,
    住民となった日: plainDate('1990-04-01'),
    住民状態: '1',
    異動年月日: plainDate('1990-04-01'),
    異動事由: '00',
    消除年月日: null,
    転入前市区町村コード: null,
    転出先市区町村コード: null,
    支援措置区分: '0',
    支援措置開始日: null,
    支援措置終了日: null,
    不開示該当フラグ: given.支援措置区分 === '1' ? '1' : null,
    自己情報提供不可フラグ: given.支援措置区分 === '1' ? '1' : null,
    適用除外区分: '0',
    適用除外開始日: null,
    適用除外終了日: null,
    操作年月日: plainDate('2026-06-30'),
    ...given,
  }
}

/** 架空の住登外者 — under 住所地特例 in another prefecture. */
export function nonRegistered(running: number, given: Partial<住登外> = {}): 住登外 {
  return {
    市区町村コード: '431001',
    宛名番号: String(running).padStart(15, '0'),
    個人番号: inventedNumber(running),
    氏名: '庭球　花子',
    氏名カナ: 'テイキュウ　ハナコ',
    生年月日: plainDate('1945-02-11'),
    生年月日不詳フラグ: null,
    生年月日不詳表記: null,
    性別: '2',
    住民票所在地市区町村コード: '401307',
    郵便番号: '8100001',
    都道府県: '福岡県',
    市区郡町村名: '福岡市',
    町字: '架空町二丁目',
    番地号: '２番２号',
    方書: '架空ホーム',
    住登外区分: '1',
    適用開始日: plainDate('2026-03-31'),
    適用終了日: null,
    代表宛名フラグ: '0',
    名寄せ先宛名番号: null,
    支援措置区分: '0',
    支援措置開始日: null,
    支援措置終了日: null,
    不開示該当フラグ: given.支援措置区分 === '1' ? '1' : null,
    自己情報提供不可フラグ: given.支援措置区分 === '1' ? '1' : null,
    操作年月日: plainDate('2026-06-30'),
    ...given,
  }
}

export const residentFile = (rows: Iterable<住民>): AsyncGenerator<Buffer> =>
  writeRows(住民基本台帳情報, rows)

export const nonRegisteredFile = (rows: Iterable<住登外>): AsyncGenerator<Buffer> =>
  writeRows(住登外登録情報, rows)

let sent = 0

/** 届いた送信 — a file as the exchange hands it over: read, checked, not yet applied. */
export function received(
  layout: Layout,
  municipality: string,
  bytes: ByteSource,
  today: PlainDate,
): ResidentFile {
  sent += 1
  return {
    layout,
    municipality,
    transmissionId: `00000000-0000-4000-8000-${String(sent).padStart(12, '0')}`,
    batches: readRecords(layout, bytes, { today, municipality }),
  }
}
