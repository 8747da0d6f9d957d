import { type Column, layout, 住民基本台帳情報, 所得課税情報 } from '@koiki/layouts'

/** 個人番号の札 — within one municipality the number itself need not travel: both sides share its vault. */
const numberToken = {
  type: 'X',
  length: 36,
  text: '金庫に封じた個人番号の代わりの札。個人番号は運ばない。',
} as const satisfies Column

const {
  市区町村コード,
  宛名番号,
  世帯番号,
  個人番号: _,
  ...restOfResident
} = 住民基本台帳情報.columns

/** 住民票異動情報 (2-1) — from 住基システム to 市区町村システム: the residents that changed since the last one. */
export const 住民票異動情報 = layout({
  name: '住民票異動情報',
  edition: '2026-04',
  id: 'resident-transfer',
  description:
    '住基システムから市区町村システムへの移転。前の移転の後に変わった住民票の、今の内容を1人1行で渡す。',
  source: '独自。項目は住民基本台帳情報と同じで、個人番号の代わりに札を運ぶ',
  unverified: true,
  key: ['市区町村コード', '宛名番号'],
  hashTotals: ['宛名番号'],
  municipality: '市区町村コード',
  format: 住民基本台帳情報.format,
  columns: {
    市区町村コード,
    宛名番号,
    住民の連番: {
      type: '9',
      length: 7,
      required: true,
      text: '監査の記録で人を指す、市区町村の中の番号。',
    },
    世帯番号,
    個人番号の札: numberToken,
    ...restOfResident,
    在留資格: { type: 'N', length: 40, text: '外国人住民の在留資格。' },
  },
})

/** 個人住民税情報 (4-1) — from 地方税システム to 市区町村システム: the incomes that changed since the last one. */
export const 個人住民税情報 = layout({
  ...所得課税情報,
  name: '個人住民税情報',
  id: 'income-transfer',
  description:
    '地方税システムから市区町村システムへの移転。前の移転の後に変わった所得の、今の内容を1人1年度1行で渡す。',
  source: '独自。項目は所得・課税情報と同じ',
})

/**
 * 住民票記載用被保険者情報 — from 市区町村システム back to 住基システム, as 2-1 backwards: what is written of the
 * insured on the 住民票. Of each person whose dates changed, all periods.
 */
export const 住民票記載用被保険者情報 = layout({
  name: '住民票記載用被保険者情報',
  edition: '2026-04',
  id: 'insured-entries',
  description:
    '市区町村システムから住基システムへの移転。資格の日が変わった人の、資格の期間すべてを1期間1行で渡す。',
  source: '独自。書くのは資格を取得し、又は喪失した年月日だけ（住民基本台帳法7条10号の2）',
  unverified: true,
  key: ['市区町村コード', '宛名番号', '資格取得年月日'],
  hashTotals: ['宛名番号'],
  municipality: '市区町村コード',
  format: 住民基本台帳情報.format,
  columns: {
    市区町村コード,
    宛名番号,
    資格取得年月日: { type: 'DATE', required: true, text: '資格を取得した日。' },
    資格喪失年月日: {
      type: 'DATE',
      notBefore: '資格取得年月日',
      text: '資格を喪失した日。続いていれば空。取得の日と同じなら、取り消された資格。',
    },
    操作年月日: restOfResident.操作年月日,
  },
})
