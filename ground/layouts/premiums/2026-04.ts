import * as c from '../columns.ts'
import { csvUtf8, type DecimalColumn, type IntegerColumn, layout, type RowOf } from '../layout.ts'

/** 子ども分 exists from fiscal year 2026. */
const sinceChildSupport = { column: '賦課年度', atLeast: 2026 } as const

const yenColumn = <const T extends string>(text: T) =>
  ({
    type: '9',
    length: 12,
    unit: '円',
    amount: '1年分',
    required: true,
    text,
  }) as const satisfies IntegerColumn

const childYen = <const T extends string>(text: T) =>
  ({
    type: '9',
    length: 12,
    unit: '円',
    amount: '1年分',
    required: sinceChildSupport,
    text,
  }) as const satisfies IntegerColumn

const incomeRate = {
  type: '9V',
  length: 5,
  decimals: 3,
  unit: '%',
  samples: ['11.060', '0.250'],
  text: '所得割率。百分率（11.06% は 11.060）。',
} as const satisfies DecimalColumn

/** 保険料情報 — one row a decision on one person's premium, from the union to the municipality. */
export const 保険料情報 = layout({
  name: '保険料情報',
  edition: '2026-04',
  id: 'premiums',
  description: '広域連合が決めた保険料。1人の1回の決定につき1行。金額は円単位の年額。',
  source: '独自',
  unverified: true,
  key: ['市区町村コード', '被保険者番号', '賦課年度', '決定番号'],
  hashTotals: ['被保険者番号', '保険料額'],
  municipality: '市区町村コード',
  format: csvUtf8,
  columns: {
    市区町村コード: c.municipalityCode,
    宛名番号: c.addresseeNumber,
    被保険者番号: c.insuredNumber,
    賦課年度: { type: 'YEAR', required: true, text: '賦課の年度。' },
    決定番号: {
      type: '9',
      unit: '番',
      length: 3,
      required: true,
      text: '同じ人、同じ年度の何回目の決定か。1から。',
    },
    決定年月日: { type: 'DATE', day: '決めた日', required: true, text: '決定した日。' },
    決定事由: {
      type: 'X',
      length: 2,
      codes: { '01': '当初', '02': '異動', '03': '更正' },
      required: true,
      text: '決定の事由。',
    },
    資格月数: {
      type: '9',
      length: 2,
      unit: '月',
      max: 12,
      required: true,
      text: '賦課の月数。',
    },
    軽減区分: {
      type: 'X',
      length: 1,
      codes: { '0': '軽減なし', '2': '2割', '5': '5割', '7': '7割' },
      required: true,
      text: '均等割額の軽減の区分。実際に引く割合は年度と賦課の種類による。',
    },
    賦課のもととなる所得: yenColumn('賦課のもととなる所得金額（旧ただし書所得）。'),
    軽減判定所得: yenColumn('軽減判定に使った、世帯の所得の合計。'),
    軽減判定基準額: yenColumn('当たった区分の基準額。軽減なしのときは2割の基準額。'),
    軽減判定被保険者数: {
      type: '9',
      length: 2,
      unit: '人',
      required: true,
      text: '軽減判定で数えた、世帯の被保険者の数。',
    },
    給与所得者等の数: {
      type: '9',
      length: 2,
      unit: '人',
      required: true,
      text: '軽減判定で数えた、給与所得者等の数。',
    },
    元被扶養者区分: {
      type: 'X',
      length: 1,
      codes: { '0': '該当しない', '1': '該当する' },
      required: true,
      text: '被用者保険の被扶養者であった被保険者か。',
    },
    医療分均等割額軽減前: yenColumn('医療分の均等割額。軽減前。'),
    医療分均等割額軽減後: yenColumn('医療分の均等割額。軽減後。'),
    医療分所得割率: { ...incomeRate, required: true },
    医療分所得割額: yenColumn('医療分の所得割額。'),
    医療分限度額: yenColumn('医療分の賦課限度額。'),
    医療分限度超過額: yenColumn('医療分のうち限度額を超えて切り捨てた額。'),
    医療分年額: yenColumn('医療分の保険料。限度額、月割、端数処理の後。'),
    子ども分均等割額軽減前: childYen('子ども分の均等割額。軽減前。'),
    子ども分均等割額軽減後: childYen('子ども分の均等割額。軽減後。'),
    子ども分所得割率: { ...incomeRate, required: sinceChildSupport },
    子ども分所得割額: childYen('子ども分の所得割額。'),
    子ども分限度額: childYen('子ども分の賦課限度額。'),
    子ども分限度超過額: childYen('子ども分のうち限度額を超えて切り捨てた額。'),
    子ども分年額: childYen('子ども分の保険料。限度額、月割、端数処理の後。'),
    保険料額: yenColumn('保険料の年額。医療分と子ども分の年額の和。'),
    法令表の版: {
      type: 'X',
      length: 40,
      required: true,
      samples: ['sample-2026-04'],
      text: '計算に使った法令表の版。',
    },
    操作年月日: c.recordedOn,
  },
})
export type 保険料情報 = RowOf<typeof 保険料情報>
