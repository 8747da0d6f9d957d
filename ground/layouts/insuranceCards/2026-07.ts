import * as c from '../columns.ts'
import { csvUtf8, layout, type RowOf } from '../layout.ts'

/** マイナ保険証利用登録状況 — one row an insured person, from the 中間サーバー to the union; no Individual Number travels. */
export const マイナ保険証利用登録状況 = layout({
  name: 'マイナ保険証利用登録状況',
  edition: '2026-07',
  id: 'insurance-cards',
  description:
    '中間サーバーが保険者に渡す、マイナ保険証の利用登録と電子証明書の状況。1人につき1行。全件の一覧か、前の一覧から変わった人だけの差分。どの行も同じ基準の時刻の状況。',
  source: '独自',
  unverified: true,
  key: ['被保険者番号'],
  hashTotals: ['被保険者番号'],
  format: csvUtf8,
  columns: {
    一覧区分: {
      type: 'X',
      length: 1,
      codes: { '1': '全件', '2': '差分' },
      required: true,
      text: '全件の一覧か差分か。1つのファイルでは同じ。',
    },
    基準年月日: {
      type: 'DATE',
      day: '登録した日',
      required: true,
      notFuture: true,
      text: 'この日の基準時刻に登録されていた状況。1つのファイルでは同じ。',
    },
    基準時刻: {
      type: 'X',
      length: 6,
      exact: true,
      digits: true,
      required: true,
      text: '基準の時刻。日本時間の時分秒6桁。1つのファイルでは同じ。',
      samples: ['000000', '053000', '235959'],
    },
    被保険者番号: c.insuredNumber,
    利用登録状況: {
      type: 'X',
      length: 1,
      codes: { '0': '利用登録なし', '1': '利用登録あり', '2': '利用登録を解除した' },
      required: true,
      text: 'マイナ保険証の利用登録の状況。電子証明書の失効では変わらない。',
    },
    利用登録年月日: {
      type: 'DATE',
      day: '初日',
      required: { column: '利用登録状況', in: ['1', '2'] },
      notFuture: true,
      text: '最後に利用登録をした日。利用登録をしたことがなければ空。',
    },
    利用登録解除年月日: {
      type: 'DATE',
      day: '終わった日',
      required: { column: '利用登録状況', in: ['2'] },
      notFuture: true,
      notBefore: '利用登録年月日',
      text: '利用登録を解除した日。その日から利用登録がない。解除していなければ空。',
    },
    電子証明書有効期限: {
      type: 'DATE',
      day: '最後の日',
      required: { column: '利用登録状況', in: ['1'] },
      text: '利用者証明用電子証明書を使える最後の日。',
    },
    電子証明書失効年月日: {
      type: 'DATE',
      day: '終わった日',
      notFuture: true,
      text: '有効期限より前に電子証明書が失効した日。その日から使えない。失効していなければ空。',
    },
  },
})
export type マイナ保険証利用登録状況 = RowOf<typeof マイナ保険証利用登録状況>
