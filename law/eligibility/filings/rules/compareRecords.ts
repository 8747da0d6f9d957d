import { formatWareki, type PlainDate, parsePlainDate } from '@koiki/kernel'

/** 突合の項目 — as the difference names it. */
export type Item =
  | '氏名'
  | '氏名カナ'
  | '生年月日'
  | '性別'
  | '世帯番号'
  | '続柄'
  | '住所'
  | '住民となった日'
  | '住民状態'
  | '消除年月日'
  | '転入前市区町村コード'
  | '転出先市区町村コード'
  | '適用除外区分'
  | '適用除外開始日'
  | '適用除外終了日'
  | '個人番号'
  | '宛名番号'

/** 考えられる原因 */
export type Cause =
  | 'awaitingRegister'
  | 'anotherPerson'
  | 'glyph'
  | 'notation'
  | 'building'
  | 'swappedDay'
  | 'mistypedDay'
  | 'missing'
  | 'mistyped'

export const causeNames: Readonly<Record<Cause, string>> = {
  awaitingRegister: '住基の反映待ち',
  anotherPerson: '別の人',
  glyph: '氏名の字形の違い',
  notation: '書き方の違い',
  building: '方書もれ',
  swappedDay: '月日の入れちがい',
  mistypedDay: '日付の入力誤り',
  missing: '入力もれ',
  mistyped: '入力誤り',
}

/** 比べる値 — `before` is what was held before the filing. */
export type Compared = {
  readonly item: Item
  readonly counter: string | null
  readonly register: string | null
  readonly before: string | null
}

export type FoundDifference = Compared & { readonly cause: Cause }

/**
 * 窓口と住基の突き合わせ (1-6) — item by item; empty when all is equal. `fold` brings names to one form, so that
 * another glyph of the same name is told apart from another name.
 */
export function compareRecords(
  items: readonly Compared[],
  fold: (name: string) => string,
): readonly FoundDifference[] {
  const differing = items.filter(({ counter, register }) => (counter ?? '') !== (register ?? ''))
  const person = differing.filter(
    ({ item, counter, register }) =>
      item === '生年月日' ||
      item === '性別' ||
      (item === '氏名' && fold(counter ?? '') !== fold(register ?? '')),
  )
  const another = person.length >= 2
  return differing.map((one) => ({
    ...one,
    cause: another && person.includes(one) ? 'anotherPerson' : causeOf(one, fold),
  }))
}

function causeOf(
  { item, counter, register, before }: Compared,
  fold: (name: string) => string,
): Cause {
  if (before !== null && register === before) return 'awaitingRegister'
  if (item === '個人番号') return 'anotherPerson'
  if (item === '宛名番号') return 'mistyped'
  if (counter === null || register === null) return item === '住所' ? 'building' : 'missing'
  if (item === '氏名' || item === '氏名カナ')
    return fold(counter) === fold(register) ? 'glyph' : 'mistyped'
  const days = [parsePlainDate(counter), parsePlainDate(register)]
  if (days[0] !== null && days[1] !== null) return dayCause(counter, register)
  if (item === '住所') return addressCause(counter, register)
  return 'mistyped'
}

function dayCause(counter: string, register: string): Cause {
  const [year, month, day] = counter.split('-')
  return register === `${year}-${day}-${month}` ? 'swappedDay' : 'mistypedDay'
}

function addressCause(counter: string, register: string): Cause {
  const flat = (text: string): string =>
    text
      .normalize('NFKC')
      .replace(/[\s　]/g, '')
      .replace(/(丁目|番地の|番地|番|の|‐|−|ー|号)/g, '-')
      .replace(/-+/g, '-')
      .replace(/-$/, '')
  const [one, other] = [flat(counter), flat(register)]
  if (one === other) return 'notation'
  return one.startsWith(other) || other.startsWith(one) ? 'building' : 'mistyped'
}

/** 差異の値を読める形に — days in eras, everything else as it is. */
export function readable(item: string, value: string | null): string | null {
  if (value === null) return null
  const day = parsePlainDate(value)
  if (day !== null) return formatWareki(day as PlainDate)
  const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    性別: { '1': '男', '2': '女' },
    住民状態: { '1': '現存', '2': '消除' },
    適用除外区分: { '0': 'なし', '1': '生活保護', '2': '支援給付' },
  }
  return codes[item]?.[value] ?? value
}
