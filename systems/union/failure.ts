import type { Failure } from './api.ts'

/** 断り — a refusal with its sentence; what is thrown here is what the desk shows. */
export class Refusal extends Error {
  readonly status: number
  readonly failure: Failure

  constructor(
    status: number,
    code: string,
    message: string,
    at?: string,
    more: Pick<Failure, 'faults' | 'changed' | 'encounter'> = {},
  ) {
    super(code)
    this.status = status
    this.failure = { code, message, ...(at === undefined ? {} : { at }), ...more }
  }
}

/**
 * ない・見せられない・できない — one answer in the same words for what does not exist, what belongs to
 * another municipality and what another role may do: a refusal must not tell which it was.
 */
export const nothing = (): Refusal =>
  new Refusal(404, 'NOT_FOUND', 'お調べしましたが、お伝えできる情報はありません。')

export const signedOut = (sentence = 'サインインしてください。'): Refusal =>
  new Refusal(401, 'SIGNED_OUT', sentence)

/** 入れない — a wrong name or password, or a shut-out; the sentence is the entrance's own. */
export const notLetIn = (sentence: string): Refusal => new Refusal(403, 'NOT_LET_IN', sentence)

/** できない — an act that the house refuses for a reason; the sentence is the room's own. */
export const refused = (sentence: string): Refusal => new Refusal(422, 'REFUSED', sentence)

export const notFromDesk = (): Refusal =>
  new Refusal(
    403,
    'NOT_FROM_DESK',
    'この操作は、別のところから送られたものなので受け付けていません。何も変わっていません。この端末の画面を開き直して、もう一度してください。',
  )

export const needsPurpose = (): Refusal =>
  new Refusal(
    400,
    'PURPOSE_MISSING',
    '用件が選ばれていないので、お見せできません。用件を選んでから、もう一度してください。',
    'koiki-purpose',
  )

/** 読めない頼み — says which item does not fit; never its value, which could be anything. */
export function misfit(at: string): Refusal {
  return new Refusal(
    400,
    'MISFIT',
    `送られた項目のうち「${at}」の形がちがうので、何もしていません。画面を最新にして(F5)、もう一度してください。`,
    at,
  )
}

export const tooLarge = (limit: string): Refusal =>
  new Refusal(
    413,
    'TOO_LARGE',
    `送られたものが${limit}を超えているので、受け取っていません。分けて送るか、運用に確かめてください。`,
  )

/** 置き場に書けない — `why` in a sentence; nothing of the file was kept, and sending it again does no harm. */
export const noRoom = (why: string): Refusal =>
  new Refusal(
    507,
    'NO_ROOM',
    `広域連合の${why}何も受け取らず、何も変わっていません。広域連合の運用に伝え、空いてから同じファイルをもう一度送ってください。二重に取り込むことはありません。`,
  )

/** いまはできない — the database is away for a moment, or busy; nothing was changed. */
export const notNow = (): Refusal =>
  new Refusal(
    503,
    'NOT_NOW',
    'データベースがいま応えないので、できませんでした。何も変わっていません。打った字は残っています。少し待って、もう一度してください。続くときは、運用に伝えてください。',
  )

/** 直すところ — everything that stops a filing, at once; what was sent is not repeated. */
export function stopped(faults: NonNullable<Failure['faults']>): Refusal {
  const first = faults[0]
  const rest = faults.length - 1
  const message = `${first?.sentence ?? '直すところがあります。'}${rest > 0 ? ` ほかに${rest}か所あります。` : ''}`
  return new Refusal(422, 'STOPPED', message, first?.at, { faults })
}

/** 先に変わった — somebody else moved it; who, when and what, so that nobody's work is lost. */
export const changedBefore = (changed: NonNullable<Failure['changed']>): Refusal =>
  new Refusal(
    409,
    'CHANGED',
    `${changed.by}さんが先に変えたので、変えていません(${changed.what})。打った字は残っています。最新にして(F5)、ちがいを見てから、もう一度してください。`,
    undefined,
    { changed },
  )

/** 同じ番号で別の内容 — the desk's number was used for something else before. */
export const usedBefore = (receiptNumber: string): Refusal =>
  new Refusal(
    409,
    'USED_BEFORE',
    `この届書は、受付番号 ${receiptNumber} として、別の内容で受け付けてあります。もう一度は受け付けていません。受付を見て確かめ、ちがうなら新しい届書として受け付けてください。`,
  )

/** 途中で切れた — an upload that ended before its end. */
export const cutOff = (): Refusal =>
  new Refusal(
    400,
    'CUT_OFF',
    'ファイルが途中で切れて届いたので、受け取っていません。何も変わっていません。媒体を確かめて、もう一度送ってください。',
  )

/** わたしたちの誤り — tells nothing but a number to be found again in our own log. */
export const ourFault = (number: string): Refusal =>
  new Refusal(
    500,
    number,
    `できませんでした。何も変わっていません。打った字は残っています。もう一度ためすか、運用に「${number}」と伝えてください。`,
  )
