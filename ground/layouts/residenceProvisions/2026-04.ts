import * as c from '../columns.ts'
import { csvUtf8, layout, type RowOf } from '../layout.ts'

/** 住所地特例者情報 — one row a person and 住所地特例, from the union to the municipality. */
export const 住所地特例者情報 = layout({
  name: '住所地特例者情報',
  edition: '2026-04',
  id: 'residence-provisions',
  description:
    '住所地特例の適用を受ける人。1人の1つの適用期間につき1行。施設は、いま入所している(終わっていれば最後の)施設。',
  source: '独自',
  unverified: true,
  key: ['市区町村コード', '宛名番号', '適用開始年月日'],
  hashTotals: ['宛名番号'],
  municipality: '市区町村コード',
  format: csvUtf8,
  columns: {
    市区町村コード: c.municipalityCode,
    宛名番号: c.addresseeNumber,
    被保険者番号: {
      type: 'X',
      length: 8,
      exact: true,
      number: 'insuredNumber',
      text: 'この広域連合が付けた被保険者番号。ほかの広域連合の被保険者は空。',
    },
    氏名: c.personName,
    氏名カナ: c.personKana,
    生年月日: c.birthDate,
    性別: c.sex,
    住所地特例区分: {
      type: 'X',
      length: 1,
      codes: {
        '1': '当広域連合の被保険者（法第55条）',
        '2': '他の広域連合の被保険者（法第55条）',
        '3': '国民健康保険からの引継ぎ（法第55条の2）',
      },
      required: true,
      text: '住所地特例の種類。',
    },
    保険者広域連合コード: {
      type: 'X',
      length: 2,
      exact: true,
      digits: true,
      required: true,
      text: '保険者となる広域連合の都道府県番号2桁。',
    },
    前の保険者番号: {
      type: 'X',
      length: 8,
      digits: true,
      text: '届書に書かれた保険者番号（国民健康保険からの引継ぎでは国保の保険者番号）。なければ空。',
    },
    適用開始年月日: { type: 'DATE', day: '初日', required: true, text: '住所地特例が始まった日。' },
    適用終了年月日: {
      type: 'DATE',
      day: '終わった日',
      required: { column: '異動区分', in: ['3', '4'] },
      notBefore: '適用開始年月日',
      text: '住所地特例でなくなった日。続いていれば空。取り消したときは適用開始年月日と同じ日。',
    },
    施設の種類: {
      type: 'N',
      length: 20,
      text: '法第55条第1項各号の施設の種類。届書がなければ空。',
      samples: ['特別養護老人ホーム', '介護老人保健施設', '病院・診療所'],
    },
    施設の名称: {
      type: 'N',
      length: 100,
      mixed: true,
      text: '施設の名称。支援措置の対象の人は空。',
      samples: ['見本苑', '例示の里'],
    },
    施設の所在地: {
      type: 'N',
      length: 300,
      mixed: true,
      text: '施設の所在地。支援措置の対象の人は空。',
      samples: ['福岡県見本市見本町１番１号', '熊本県例示市例示町２番'],
    },
    入所年月日: {
      type: 'DATE',
      day: '起こった日',
      required: { column: '施設の種類', filled: true },
      text: 'その施設に入所した日（住所を移した日）。',
    },
    退所年月日: {
      type: 'DATE',
      day: '起こった日',
      notBefore: '入所年月日',
      text: 'その施設を退所した日。入所中は空。',
    },
    異動区分: {
      type: 'X',
      length: 1,
      codes: { '1': '適用', '2': '変更', '3': '終了', '4': '取消' },
      required: true,
      text: 'この行が知らせる異動。',
    },
    支援措置区分: c.supportMeasure,
    操作年月日: c.recordedOn,
  },
})
export type 住所地特例者情報 = RowOf<typeof 住所地特例者情報>
