import { csvUtf8, layout, type RowOf } from '../layout.ts'

/** エラー情報 — what the receiver found in a transmission, as a file that the sender can load. */
export const エラー情報 = layout({
  name: 'エラー情報',
  edition: '2026-04',
  id: 'error-list',
  description: '受け取ったファイルに見つかった誤りの一覧。送り主に返す。誤り1つにつき1行。',
  source: '独自。E0001〜E0004 はデジタル庁 付番API仕様 エラーコード一覧による',
  unverified: true,
  key: ['番号'],
  hashTotals: ['番号'],
  format: csvUtf8,
  columns: {
    番号: { type: '9', unit: '番', length: 9, required: true, text: 'この一覧の中の通し番号。' },
    送信識別子: {
      type: 'X',
      length: 36,
      required: true,
      samples: ['00000000-0000-4000-8000-000000000000'],
      text: '誤りのあった送信。',
    },
    レイアウト: {
      type: 'N',
      length: 40,
      required: true,
      samples: ['住民基本台帳情報'],
      text: '誤りのあったファイルの種類。',
    },
    行番号: {
      type: '9',
      unit: '行',
      length: 9,
      required: true,
      text: 'ファイルの行。見出しが1。ファイル全体なら0。',
    },
    項目名: { type: 'N', length: 40, samples: ['氏名'], text: '誤りのあった項目。' },
    エラーコード: {
      type: 'X',
      length: 5,
      required: true,
      samples: ['E0001'],
      text: '誤りの種類。',
    },
    重さ: {
      type: 'X',
      length: 1,
      codes: { '1': 'エラー', '2': '注意' },
      required: true,
      text: 'エラーの行は取り込まれていない。',
    },
    内容: {
      type: 'N',
      length: 500,
      mixed: true,
      required: true,
      samples: ['氏名が設定されていません。'],
      text: '誤りの内容。全角と半角が混ざる。',
    },
  },
})
export type エラー情報 = RowOf<typeof エラー情報>
