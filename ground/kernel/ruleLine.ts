import { type NumericDay, parseNumericDay } from './plainDate.ts'

/**
 * 規則への問いの1行 — what the questions of all rules share: JSON read by hand, the first fault thrown with its code,
 * its place and a Japanese sentence. Places are put together only once something is wrong: batches ask millions.
 */

/** 問いの誤り — a code, the place as a path, and a Japanese sentence; never a value of the line. */
export class LineFault extends Error {
  readonly code: string
  readonly at: string
  constructor(code: string, at: string, message: string) {
    super(message)
    this.code = code
    this.at = at
  }
}

export type LineRow = { readonly [key: string]: unknown }

/** 1行の回答 — the text to write, without a line end, and whether the line was answered. */
export type LineAnswer = { readonly text: string; readonly answered: boolean }

/** No amount of a question is above it: sums of all that a household may hold stay whole numbers. */
export const amountMax = 999_999_999_999
export const membersMax = 1_000

/** 1行の読取り — a JSON object. The message never repeats the line. Throws LineFault. */
export function readLine(line: string, lineNumber: number): LineRow {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // Only a line that cannot be read is looked at twice: a blank one is no JSON either.
    if (line.trim() === '') {
      const message = `${lineNumber}行目が空です。1行に1つのJSONを書いてください。`
      throw new LineFault('blankLine', '', message)
    }
    throw new LineFault('malformedJson', '', `${lineNumber}行目をJSONとして読めません。`)
  }
  if (!isLineRow(value)) {
    const message = `${lineNumber}行目はJSONのオブジェクト { … } ではありません。`
    throw new LineFault('notAnObject', '', message)
  }
  return value
}

/**
 * 1行に答える — what `answer` makes of the line, or the fault that it throws, under the id of the line where that can be
 * read. `faultOf` names the faults of the rule itself; what it does not know is thrown on.
 */
export function answerLine(
  line: string,
  lineNumber: number,
  answer: (row: LineRow) => string,
  faultOf: (error: unknown) => { code: string; at: string; message: string } | null,
): LineAnswer {
  let id: string | null = null
  try {
    const row = readLine(line, lineNumber)
    id = typeof row.id === 'string' ? row.id : null
    return { text: answer(row), answered: true }
  } catch (error) {
    const fault =
      error instanceof LineFault
        ? { code: error.code, at: error.at, message: error.message }
        : faultOf(error)
    if (fault === null) throw error
    return { text: JSON.stringify({ id, error: fault }), answered: false }
  }
}

/** 世帯員の読取り — one after the other; `check` looks at each once it is known that its id is its own. */
export function readMembers<M extends { readonly id: string }>(
  rows: unknown,
  read: (row: unknown, index: number) => M,
  check: (member: M, index: number) => void = passed,
): M[] {
  if (rows === undefined) refuseMissing('members')
  if (!Array.isArray(rows)) refuseType('members', '配列')
  if (rows.length > membersMax) {
    throw new LineFault('tooManyMembers', 'members', `世帯員は${membersMax}人までです。`)
  }
  const members: M[] = []
  for (let index = 0; index < rows.length; index += 1) {
    const member = read(rows[index], index)
    for (let other = 0; other < index && rows.length <= fewMembers; other += 1) {
      if (members[other]!.id === member.id) refuseTwin(index)
    }
    check(member, index)
    members.push(member)
  }
  if (rows.length > fewMembers) refuseTwins(members)
  return members
}

const passed = (): void => {}

// Up to so many, comparing pairs costs less than a set.
const fewMembers = 8

function refuseTwins(members: readonly { readonly id: string }[]): void {
  const seen = new Set<string>()
  for (const [index, { id }] of members.entries()) {
    if (seen.has(id)) refuseTwin(index)
    seen.add(id)
  }
}

function refuseTwin(index: number): never {
  throw new LineFault('duplicateMember', `members[${index}].id`, '同じidの世帯員が2人います。')
}

export const isLineRow = (value: unknown): value is LineRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** 文字の読取り — at least one letter. */
export function readText(value: unknown, at: string): string {
  if (typeof value === 'string' && value !== '') return value
  if (value === undefined) refuseMissing(at)
  if (typeof value !== 'string') refuseType(at, '文字')
  throw new LineFault('wrongValue', at, '空の文字です。1文字以上で書いてください。')
}

/** 日の読取り — of a place in the question itself; for a member's, `parseNumericDay` first and `refuseDay` after. */
export function readDay(value: unknown, at: string): NumericDay {
  const day = typeof value === 'string' ? parseNumericDay(value) : null
  return day ?? refuseDay(value, at)
}

export function refuseDay(value: unknown, at: string): never {
  if (value === undefined) refuseMissing(at)
  if (typeof value !== 'string') refuseType(at, '文字（YYYY-MM-DD）')
  throw new LineFault('wrongDate', at, '暦にある日をYYYY-MM-DDで書いてください。')
}

/** 金額か — whole yen from 0 to `amountMax`. */
export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= amountMax && value % 1 === 0

/** Says why what is there is not an amount. */
export function refuseAmount(value: unknown, at: string): never {
  if (typeof value !== 'number') refuseType(at, '円の整数')
  if (value < 0) {
    const message = '金額が0より小さくなっています。0以上の円で書いてください。'
    throw new LineFault('negativeAmount', at, message)
  }
  if (value > amountMax) {
    throw new LineFault('amountTooLarge', at, '金額は999,999,999,999円までです。')
  }
  const message = '金額に1円未満の端数があります。円の整数で書いてください。'
  throw new LineFault('notWholeYen', at, message)
}

export function refuseKey(at: string): never {
  throw new LineFault('unknownKey', at, 'この名前の項目はありません。つづりを確かめてください。')
}

export function refuseMissing(at: string): never {
  throw new LineFault('missingKey', at, 'この項目がありません。')
}

export function refuseType(at: string, wanted: string): never {
  throw new LineFault('wrongType', at, `${wanted}で書いてください。`)
}
