import * as c from '../columns.ts'
import { csvUtf8, type IntegerColumn, layout } from '../layout.ts'

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

/** 所得・課税情報 as it was before the tax's results were carried; still read, no longer written. */
export const 所得課税情報2026年4月版 = layout({
  name: '所得・課税情報',
  edition: '2026-04',
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
    更正年月日: { type: 'DATE', day: '決めた日', text: '所得の更正があったとき、その日。' },
    操作年月日: c.recordedOn,
  },
})
