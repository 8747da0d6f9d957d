import * as c from '../columns.ts'
import { csvUtf8, type IntegerColumn, layout, type RowOf } from '../layout.ts'

/** Empty only where nothing was declared: a blank must never be read as a zero. */
const declaredYen = <const T extends string>(text: T) =>
  ({
    type: '9',
    length: 12,
    unit: '円',
    amount: '1年分',
    required: { column: '申告区分', in: ['1'] },
    text,
  }) as const satisfies IntegerColumn

/**
 * 所得・課税情報 — one row a person and year of assessment, from the municipality's tax system. Since this
 * edition with what 一部負担金の割合 asks of the tax: 課税標準額, 課税区分 and 収入.
 */
export const 所得課税情報 = layout({
  name: '所得・課税情報',
  edition: '2026-07',
  id: 'income-tax',
  description: '個人住民税の情報。1人1年度1行。金額は課税年度の前年（所得の年）の1年分で、円単位。',
  source: '独自',
  unverified: true,
  key: ['市区町村コード', '宛名番号', '課税年度'],
  hashTotals: ['宛名番号', '公的年金等収入額', '給与収入額', '事業所得額'],
  municipality: '市区町村コード',
  format: csvUtf8,
  columns: {
    市区町村コード: c.municipalityCode,
    宛名番号: c.addresseeNumber,
    課税年度: { type: 'YEAR', required: true, text: '個人住民税の年度。所得の年の翌年。' },
    申告区分: {
      type: 'X',
      length: 1,
      codes: { '0': '未申告', '1': '申告あり', '2': '調査中' },
      required: true,
      text: '所得がわかっているか。0と2では金額を空にする（空は不明、0は0円）。',
    },
    公的年金等収入額: declaredYen('公的年金等の収入金額。控除前。'),
    給与収入額: declaredYen('給与の収入金額。控除前。専従者給与を含む。'),
    専従者給与収入額: declaredYen('給与収入額のうち、専従者給与として受けた額。'),
    事業所得額: {
      type: 'S9',
      length: 12,
      unit: '円',
      amount: '1年分',
      required: { column: '申告区分', in: ['1'] },
      text: '事業所得の額。専従者控除後。損失は負の数。',
    },
    専従者控除額: declaredYen('事業所得から引いた専従者控除（青色は専従者給与）の額。'),
    分離譲渡所得額: declaredYen('分離課税の譲渡所得の額。特別控除後。'),
    譲渡特別控除額: declaredYen('分離譲渡所得から引いた特別控除の額。'),
    その他所得額: declaredYen('総所得金額等のうち上のどれにも入らない所得の額。退職所得を除く。'),
    課税標準額: declaredYen(
      '住民税の課税標準額。所得控除の後、世帯主調整控除額を引く前。非課税の人は0。',
    ),
    世帯主調整控除額: declaredYen(
      '前年の12月31日に世帯主で、19歳未満の世帯員（合計所得38万円以下）がいる人の、一部負担金の割合の判定で課税標準額から引く額（16歳未満1人33万円、16歳から18歳1人12万円）。いなければ0。',
    ),
    住民税課税区分: {
      type: 'X',
      length: 1,
      codes: { '0': '非課税', '1': '均等割だけ', '2': '所得割がかかる' },
      required: { column: '申告区分', in: ['1'] },
      text: '個人住民税がかかるか。',
    },
    判定用収入額: {
      type: '9',
      length: 12,
      unit: '円',
      amount: '1年分',
      text: '基準収入額の判定に用いる収入の合計。必要経費や控除を引く前。公簿でわからなければ空（空は不明、0は0円）。',
    },
    更正年月日: { type: 'DATE', day: '決めた日', text: '所得の更正があったとき、その日。' },
    操作年月日: c.recordedOn,
  },
})
export type 所得課税情報 = RowOf<typeof 所得課税情報>
