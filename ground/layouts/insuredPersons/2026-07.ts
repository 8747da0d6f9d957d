import * as c from '../columns.ts'
import { csvUtf8, layout, type RowOf } from '../layout.ts'

/**
 * 被保険者情報 — one row an insured person and period, from the union to the municipality. Since this edition with the
 * two effects of a 支援措置, whichever municipality told them.
 */
export const 被保険者情報 = layout({
  name: '被保険者情報',
  edition: '2026-07',
  id: 'insured-persons',
  description: '広域連合が決めた被保険者の資格。1人の1つの資格期間につき1行。',
  source: '独自',
  unverified: true,
  key: ['市区町村コード', '被保険者番号', '資格取得年月日'],
  hashTotals: ['宛名番号', '被保険者番号'],
  municipality: '市区町村コード',
  format: csvUtf8,
  columns: {
    市区町村コード: c.municipalityCode,
    宛名番号: c.addresseeNumber,
    世帯番号: { type: 'X', length: 15, digits: true, text: '世帯番号。住登外の人は空。' },
    被保険者番号: c.insuredNumber,
    保険者番号: {
      type: 'X',
      length: 8,
      exact: true,
      number: 'insurerNumber',
      required: true,
      text: '市区町村の保険者番号（法別番号39）。',
    },
    氏名: c.personName,
    氏名カナ: c.personKana,
    生年月日: c.birthDate,
    性別: c.sex,
    資格取得年月日: { type: 'DATE', day: '初日', required: true, text: '被保険者の資格を得た日。' },
    資格取得事由: {
      type: 'X',
      length: 2,
      codes: {
        '01': '年齢到達',
        '02': '障害認定',
        '03': '転入',
        '04': '適用除外の終了',
        '09': 'その他',
      },
      required: true,
      text: '資格を得た事由。',
    },
    資格喪失年月日: {
      type: 'DATE',
      day: '終わった日',
      required: { column: '異動区分', in: ['3'] },
      notBefore: '資格取得年月日',
      text: '資格を失った日。続いていれば空。',
    },
    資格喪失事由: {
      type: 'X',
      length: 2,
      codes: {
        '01': '死亡',
        '02': '転出',
        '03': '適用除外',
        '04': '障害認定の撤回',
        '09': 'その他',
      },
      required: { column: '資格喪失年月日', filled: true },
      text: '資格を失った事由。',
    },
    異動区分: {
      type: 'X',
      length: 1,
      codes: { '1': '取得', '2': '変更', '3': '喪失' },
      required: true,
      text: 'この行が知らせる異動。',
    },
    支援措置区分: c.supportMeasure,
    不開示該当フラグ: c.nonDisclosure,
    自己情報提供不可フラグ: c.selfProvisionDisabled,
    操作年月日: c.recordedOn,
  },
})
export type 被保険者情報 = RowOf<typeof 被保険者情報>
