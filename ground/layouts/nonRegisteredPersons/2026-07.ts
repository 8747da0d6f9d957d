import * as c from '../columns.ts'
import { csvUtf8, layout, type RowOf } from '../layout.ts'

/**
 * 住登外登録情報 — one row a person whom the municipality keeps though not on its register. Since this edition with the
 * two effects of a 支援措置.
 */
export const 住登外登録情報 = layout({
  name: '住登外登録情報',
  edition: '2026-07',
  id: 'non-registered-persons',
  description: '住民票はないが市区町村が宛名を持つ人（住所地特例など）。1人1行。',
  source: '独自。名寄せの項目はデジタル庁 住登外者宛名番号管理 項目定義書 第2.0版による',
  unverified: true,
  key: ['市区町村コード', '宛名番号'],
  hashTotals: ['宛名番号'],
  municipality: '市区町村コード',
  format: csvUtf8,
  columns: {
    市区町村コード: c.municipalityCode,
    宛名番号: c.addresseeNumber,
    個人番号: c.individualNumber,
    氏名: c.personName,
    氏名カナ: c.personKana,
    生年月日: c.birthDate,
    生年月日不詳フラグ: c.birthDateUnknown,
    生年月日不詳表記: c.birthDateWording,
    性別: c.sex,
    住民票所在地市区町村コード: {
      type: 'X',
      length: 6,
      exact: true,
      number: 'municipalityCode',
      text: '住民票のある市区町村。',
    },
    郵便番号: c.postalCode,
    都道府県: c.prefecture,
    市区郡町村名: c.cityAndCounty,
    町字: c.town,
    番地号: c.houseNumber,
    方書: c.building,
    住登外区分: {
      type: 'X',
      length: 1,
      codes: { '1': '住所地特例', '2': 'その他' },
      required: true,
      text: '住登外として登録した理由。',
    },
    適用開始日: {
      type: 'DATE',
      day: '初日',
      required: { column: '住登外区分', in: ['1'] },
      text: '住所地特例の適用開始日。',
    },
    適用終了日: {
      type: 'DATE',
      day: '終わった日',
      openEnd: true,
      notBefore: '適用開始日',
      text: '住所地特例の適用終了日。続いていれば空。',
    },
    代表宛名フラグ: {
      type: 'X',
      length: 1,
      codes: { '0': '代表', '1': '非代表' },
      required: true,
      text: '同じ人の宛名が複数あるとき、代表の宛名か。',
    },
    名寄せ先宛名番号: {
      type: 'X',
      length: 15,
      digits: true,
      required: { column: '代表宛名フラグ', in: ['1'] },
      text: '非代表のとき、代表の宛名番号。',
    },
    支援措置区分: c.supportMeasure,
    支援措置開始日: c.supportMeasureFrom,
    支援措置終了日: c.supportMeasureUntil,
    不開示該当フラグ: c.nonDisclosure,
    自己情報提供不可フラグ: c.selfProvisionDisabled,
    操作年月日: c.recordedOn,
  },
})
export type 住登外登録情報 = RowOf<typeof 住登外登録情報>
