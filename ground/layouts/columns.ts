import type { DateColumn, FullWidthColumn, HalfWidthColumn } from './layout.ts'

/** 性別 — デジタル庁 データ要件 (0 不明, 1 男, 2 女). */
export const sex = {
  type: 'X',
  length: 1,
  codes: { '0': '不明', '1': '男', '2': '女' },
  required: true,
  text: '性別。',
} as const satisfies HalfWidthColumn

/** 市区町村コード — the municipality whose file it is. */
export const municipalityCode = {
  type: 'X',
  length: 6,
  exact: true,
  number: 'municipalityCode',
  required: true,
  text: 'ファイルを作った市区町村の全国地方公共団体コード。',
} as const satisfies HalfWidthColumn

/** 宛名番号 — leading zeros count. */
export const addresseeNumber = {
  type: 'X',
  length: 15,
  digits: true,
  required: true,
  text: '市区町村が付けた宛名番号。先頭の0も番号のうち。',
} as const satisfies HalfWidthColumn

/** 個人番号 */
export const individualNumber = {
  type: 'X',
  length: 12,
  exact: true,
  number: 'individualNumber',
  secret: true,
  text: '個人番号。暗号にして運び、受け取った側は保管庫にだけ置く。',
} as const satisfies HalfWidthColumn

/** 被保険者番号 */
export const insuredNumber = {
  type: 'X',
  length: 8,
  exact: true,
  number: 'insuredNumber',
  required: true,
  text: '広域連合が付けた被保険者番号。',
} as const satisfies HalfWidthColumn

/** 氏名 */
export const personName = {
  type: 'N',
  length: 100,
  required: true,
  text: '氏名。氏と名の間は全角空白1つ。',
  samples: [
    '見本　太郎',
    '見本　花子',
    '例示　𠮷次',
    '試験　髙子',
    '辻󠄀例　一郎',
    '仮名　ハル',
    '葛󠄀例　キヨ子',
    '外字　\u{10DE92}助',
  ],
} as const satisfies FullWidthColumn

/** 氏名カナ */
export const personKana = {
  type: 'N',
  length: 100,
  text: '氏名の読み。全角カタカナ。',
  samples: ['ミホン　タロウ', 'ミホン　ハナコ', 'レイジ　ヨシツグ', 'カナ　ハル'],
} as const satisfies FullWidthColumn

/** 生年月日 */
export const birthDate = {
  type: 'DATE',
  day: '起こった日',
  required: true,
  notFuture: true,
  text: '生年月日。不詳のときは、市区町村が事務の上で使っている日を入れる。',
} as const satisfies DateColumn

/** 生年月日不詳フラグ */
export const birthDateUnknown = {
  type: 'X',
  length: 1,
  codes: { '0': '不詳でない', '1': '不詳' },
  text: '生年月日の全部または一部が不詳か。空は「不詳でない」。',
} as const satisfies HalfWidthColumn

/** 生年月日不詳表記 */
export const birthDateWording = {
  type: 'N',
  length: 72,
  required: { column: '生年月日不詳フラグ', in: ['1'] },
  text: '不詳の生年月日の、住民票に書かれているままの表記（例: 昭和１０年頃）。',
  samples: ['昭和１０年頃', '昭和２１年月日不詳'],
} as const satisfies FullWidthColumn

/** 支援措置区分 */
export const supportMeasure = {
  type: 'X',
  length: 1,
  codes: { '0': 'なし', '1': '支援措置の対象' },
  required: true,
  text: '住民基本台帳事務における支援措置（DV等）の対象か。対象の人の住所は、画面でも帳票でも隠す。',
} as const satisfies HalfWidthColumn

/** 不開示該当フラグ — one of the two effects of a 支援措置; which of them apply is said since 2026-07. */
export const nonDisclosure = {
  type: 'X',
  length: 1,
  codes: { '0': '該当しない', '1': '該当する' },
  required: { column: '支援措置区分', in: ['1'] },
  text: '支援措置により住所・電話・送付先を隠すか。支援措置のない人は空か0。支援措置があって両方のフラグが0なら、両方に該当するとみる。',
} as const satisfies HalfWidthColumn

/** 自己情報提供不可フラグ */
export const selfProvisionDisabled = {
  type: 'X',
  length: 1,
  codes: { '0': '該当しない', '1': '該当する' },
  required: { column: '支援措置区分', in: ['1'] },
  text: '支援措置により本人からの自己情報の開示にも応じないか。支援措置のない人は空か0。',
} as const satisfies HalfWidthColumn

/** 支援措置開始日 */
export const supportMeasureFrom = {
  type: 'DATE',
  day: '初日',
  required: { column: '支援措置区分', in: ['1'] },
  text: '支援措置の開始日。',
} as const satisfies DateColumn

/**
 * 支援措置終了日 — the last day on which the measure holds. No public source says so (unverified): the register's
 * offices tell a period 「から…まで」, and of two readings this one protects a day longer.
 */
export const supportMeasureUntil = {
  type: 'DATE',
  day: '最後の日',
  openEnd: true,
  notBefore: '支援措置開始日',
  text: '支援措置の最後の日（この日までは支援措置がある）。定めがなければ空か 9999-12-31。',
} as const satisfies DateColumn

/** 操作年月日 */
export const recordedOn = {
  type: 'DATE',
  day: '登録した日',
  required: true,
  notFuture: true,
  text: 'この行の元になった登録を市区町村または広域連合が行った日。',
} as const satisfies DateColumn

/** 郵便番号 */
export const postalCode = {
  type: 'X',
  length: 7,
  exact: true,
  digits: true,
  text: '郵便番号7桁。ハイフンなし。',
} as const satisfies HalfWidthColumn

export const prefecture = {
  type: 'N',
  length: 4,
  text: '都道府県名。',
  samples: ['熊本県'],
} as const satisfies FullWidthColumn

export const cityAndCounty = {
  type: 'N',
  length: 12,
  text: '郡、市区町村名。',
  samples: ['見本市'],
} as const satisfies FullWidthColumn

export const town = {
  type: 'N',
  length: 120,
  text: '町字。',
  samples: ['見本町一丁目', '例示町', '大字試験'],
} as const satisfies FullWidthColumn

export const houseNumber = {
  type: 'N',
  length: 50,
  text: '番地号。全角。',
  samples: ['１番１号', '１２３４番地５', '甲２番地'],
} as const satisfies FullWidthColumn

export const building = {
  type: 'N',
  length: 300,
  text: '方書。全角。',
  samples: ['見本荘１０１号', '見本様方'],
} as const satisfies FullWidthColumn
