import { DatabaseError } from 'pg'

/** What a refusal of the database means to the program that asked. */
export type StoreErrorKind =
  | 'unique'
  | 'foreignKey'
  | 'check'
  | 'notNull'
  | 'exclusion'
  | 'permission'
  | 'rowSecurity'
  | 'badValue'
  | 'conflict'
  | 'cancelled'
  | 'unavailable'
  /** Another program serves the same data. */
  | 'inUse'
  | 'resource'
  | 'program'
  | 'misuse'

/**
 * データベースの拒否 — an error that may be logged and shown: a Japanese sentence, the SQLSTATE and the
 * names of schema objects. DETAIL, CONTEXT, HINT, the statement and the driver's error are dropped,
 * because they quote rows, and rows are about people.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly kind: StoreErrorKind
  /** SQLSTATE, or null when the refusal is our own or the network's. */
  readonly sqlState: string | null
  readonly constraint: string | null
  readonly table: string | null
  readonly column: string | null
  /** The whole unit of work may be tried again: it was undone, and the reason may pass. */
  readonly retryable: boolean

  constructor(
    message: string,
    facts: {
      kind: StoreErrorKind
      sqlState?: string | null
      constraint?: string | null
      table?: string | null
      column?: string | null
      retryable?: boolean
    },
  ) {
    super(message)
    this.kind = facts.kind
    this.sqlState = facts.sqlState ?? null
    this.constraint = facts.constraint ?? null
    this.table = facts.table ?? null
    this.column = facts.column ?? null
    this.retryable = facts.retryable ?? false
  }
}

/** Our own refusal of a wrong call, in the same clothes as the database's. */
export const misuse = (message: string): StoreError => new StoreError(message, { kind: 'misuse' })

/** Turns whatever the driver threw into a StoreError; an error that is not the database's passes. */
export function storeError(thrown: unknown): unknown {
  if (thrown instanceof StoreError) return thrown
  if (thrown instanceof DatabaseError) return fromDatabase(thrown)
  if (thrown instanceof Error && thrown.message.startsWith('timeout exceeded when trying to')) {
    return new StoreError(
      'データベースの接続の空きを待ちましたが、空きませんでした。処理の混雑が過ぎてから、もう一度実行してください。',
      { kind: 'resource', retryable: true },
    )
  }
  if (thrown instanceof Error && neverConnected(thrown)) {
    return new StoreError(
      'データベースにつながりませんでした。処理は始まっていません。データベースの起動を確かめて、もう一度実行してください。',
      { kind: 'unavailable', retryable: true },
    )
  }
  if (thrown instanceof Error && isConnectionFault(thrown)) {
    return new StoreError(
      'データベースとの接続が切れました。処理は取り消されています。データベースの起動を確かめて、もう一度実行してください。',
      { kind: 'unavailable', retryable: true },
    )
  }
  return thrown
}

const unreachedCodes = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
])
const connectionCodes = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
const connectionPhrases = /Connection terminated|not queryable|Client was closed/

/** The network's refusal to make a connection, as against the loss of one. */
function neverConnected(error: Error & { code?: unknown; syscall?: unknown }): boolean {
  return (
    (typeof error.code === 'string' && unreachedCodes.has(error.code)) ||
    error.syscall === 'connect' ||
    error.message === 'timeout expired' ||
    error.message === 'Connection terminated due to connection timeout'
  )
}

function isConnectionFault(error: Error & { code?: unknown }): boolean {
  return (
    (typeof error.code === 'string' && connectionCodes.has(error.code)) ||
    connectionPhrases.test(error.message)
  )
}

function fromDatabase(error: DatabaseError): StoreError {
  const sqlState = error.code ?? 'XX000'
  // Citus names the constraint of a shard, not of the table (distribution.md §5, rule 15).
  const constraint = error.constraint?.replace(/_[0-9]+$/, '') ?? null
  const table = error.table ? `${error.schema ?? ''}.${error.table.replace(/_[0-9]+$/, '')}` : null
  const column = error.column ?? null
  const { kind, retryable, sentence } = reading(sqlState, error)
  const places = [
    table && `表 ${table}`,
    column && `列 ${column}`,
    constraint && `制約 ${constraint}`,
    `SQLSTATE ${sqlState}`,
  ].filter(Boolean)
  return new StoreError(`${sentence}（${places.join('、')}）`, {
    kind,
    sqlState,
    constraint,
    table,
    column,
    retryable,
  })
}

type Reading = { kind: StoreErrorKind; retryable: boolean; sentence: string }

const exact: Record<string, readonly [StoreErrorKind, boolean, string]> = {
  '23505': ['unique', false, '同じ鍵の行がすでにあります。'],
  '23503': ['foreignKey', false, '参照先の行がないか、参照されている行を消そうとしました。'],
  '23514': ['check', false, '値が表の決まりに合いません。'],
  '23502': ['notNull', false, '必須の値がありません。'],
  '23P01': ['exclusion', false, '期間がすでにある期間と重なります。'],
  '40001': ['conflict', true, '同時に行われた別の処理とぶつかりました。もう一度実行してください。'],
  '40P01': ['conflict', true, '別の処理と互いに待ち合いになりました。もう一度実行してください。'],
  '55P03': [
    'conflict',
    true,
    '別の処理がこの行を使っています。少し待って、もう一度実行してください。',
  ],
  '57014': ['cancelled', false, '処理が中止されました。'],
  '53100': [
    'resource',
    true,
    'ディスクの空きがありません。空きを作ってから、もう一度実行してください。',
  ],
  '53200': ['resource', true, 'データベースのメモリが足りません。'],
  '53300': ['resource', true, 'データベースの接続数が上限に達しています。'],
  '58030': ['unavailable', true, 'データベースがファイルを読み書きできませんでした。'],
  XX000: ['unavailable', true, 'データベースの内部の障害です。処理は取り消されています。'],
  '3D000': ['program', false, '指定されたデータベースがありません。'],
  '28P01': ['permission', false, 'データベースのパスワードが違います。'],
  '28000': ['permission', false, 'このデータベース利用者では接続できません。'],
}

function reading(sqlState: string, error: DatabaseError): Reading {
  if (sqlState === '42501') {
    return error.message.includes('row-level security')
      ? { kind: 'rowSecurity', retryable: false, sentence: '担当の範囲の外の行は扱えません。' }
      : {
          kind: 'permission',
          retryable: false,
          sentence: `この操作の権限がありません: ${error.message}`,
        }
  }
  const known = exact[sqlState]
  if (known) return { kind: known[0], retryable: known[1], sentence: known[2] }
  const family = sqlState.slice(0, 2)
  // Messages of class 42 quote the statement's own words, never a row.
  if (family === '42') {
    return {
      kind: 'program',
      retryable: false,
      sentence: `SQL文の誤りです: ${error.message}`,
    }
  }
  // The policies cast the scope's union to smallint; in a transaction without a scope it is empty.
  if (sqlState === '22P02' && error.message === 'invalid input syntax for type smallint: ""') {
    return {
      kind: 'misuse',
      retryable: false,
      sentence:
        '担当の範囲のない取引（unscoped）で、人に関する表を扱おうとしました。transaction に範囲を渡してください。',
    }
  }
  if (family === '22') {
    return { kind: 'badValue', retryable: false, sentence: '値の形が列に合いません。' }
  }
  if (family === '08' || family === '57') {
    return {
      kind: 'unavailable',
      retryable: true,
      sentence: 'データベースが停止したか、接続が切れました。処理は取り消されています。',
    }
  }
  if (family === '53') {
    return { kind: 'resource', retryable: true, sentence: 'データベースの資源が足りません。' }
  }
  return {
    kind: 'program',
    retryable: false,
    sentence: 'データベースが処理を受け付けませんでした。',
  }
}
