import { createHash, randomUUID } from 'node:crypto'
import { misuse, type Transaction } from '@koiki/store'
import { holdsNumber } from './holdsNumber.ts'

/** 経路 — a clerk's screen, a call from outside, or a job. */
export type Channel = 'screen' | 'api' | 'job'

/** 行った者 — an account by its id, or a job by its number; the name as it was at the time. */
export type Actor = {
  readonly kind: 'account' | 'job'
  readonly id: string
  readonly name: string
}

export type Effect = 'read' | 'write'

/** 監査の記録 — one act on one person, or one step of a job on many. */
export type AccessEntry = {
  readonly channel: Channel
  readonly actor: Actor
  /** Whose system it happened in: `union:43`, `municipality:431001`. */
  readonly party: string
  readonly terminal?: string | null
  readonly address?: string | null
  /** 用件 — a sentence or the name of the consultation; never a fact about the person. */
  readonly purpose: string
  /** 行い — thing, dot, verb: `person.read`, `income.import`. */
  readonly act: string
  readonly effect: Effect
  /** 被保険者の鍵 and 住民の鍵, in any order; may be empty when nobody was found. */
  readonly persons: readonly number[]
  /** How many persons, where the keys do not say it: a person may be named by two keys. */
  readonly count?: number
}

/** Above this, one row holds all keys; up to it, each person has a row of their own. */
const bulkFrom = 101

/**
 * 監査に残す — adds the entry in the transaction of the act itself, so that neither exists alone.
 * Returns the entry's id. Throws StoreError outside a scope, for a key of neither kind, and for a text
 * that looks like it holds an Individual Number.
 */
export async function recordAccess(tx: Transaction, entry: AccessEntry): Promise<string> {
  if (tx.scope === null) {
    throw misuse('監査の記録は、担当の範囲を決めた取引の中で残してください。')
  }
  checkTexts(entry)
  const keys = sortedKeys(entry.persons)
  const subjects = keys.filter((key) => kindOf(key) === 'subject')
  const residents = keys.filter((key) => kindOf(key) === 'resident')
  const bulk = keys.length >= bulkFrom
  const id = randomUUID()
  await tx.run(
    `with entry as (
       insert into audit.entry
         (entry_id, union_code, municipality_code, recorded_at, channel, actor_kind, actor_id,
          actor_name, party, terminal, address, act, effect, purpose, person_count, key_digest)
       values ($1::uuid, $2::smallint, $3::text, $4::timestamptz, $5::text, $6::text, $7::text,
               $8::text, $9::text, $10::text, $11::text, $12::text, $13::text, $14::text,
               $15::integer, $16::bytea)
     ),
     subject as (
       insert into audit.subject_entry (subject_key, entry_id, union_code, municipality_code)
       select key, $1::uuid, $2::smallint, $3::text
         from unnest($17::bigint[]) as given (key)
        where not $19::boolean
     ),
     resident as (
       insert into audit.resident_entry (resident_key, entry_id, union_code, municipality_code)
       select key, $1::uuid, $2::smallint, $3::text
         from unnest($18::bigint[]) as given (key)
        where not $19::boolean
     )
     insert into audit.bulk_keys
       (entry_id, key_kind, union_code, municipality_code, key_first, key_last, keys)
     select $1::uuid, kind, $2::smallint, $3::text, keys[1], keys[cardinality(keys)], keys
       from (values ('subject', $17::bigint[]), ('resident', $18::bigint[])) as given (kind, keys)
      where $19::boolean and cardinality(keys) > 0`,
    [
      id,
      tx.scope.union,
      tx.scope.municipality,
      tx.now,
      entry.channel,
      entry.actor.kind,
      entry.actor.id,
      entry.actor.name,
      entry.party,
      entry.terminal ?? null,
      entry.address ?? null,
      entry.act,
      entry.effect,
      entry.purpose,
      entry.count ?? keys.length,
      digestOfKeys(keys),
      subjects,
      residents,
      bulk,
    ],
  )
  return id
}

/** 鍵の並びの要約値 — SHA-256 over the distinct keys in rising order, each as 8 bytes, high byte first. */
export function digestOfKeys(persons: readonly number[]): Buffer {
  const keys = sortedKeys(persons)
  const bytes = Buffer.allocUnsafe(keys.length * 8)
  for (const [index, key] of keys.entries()) bytes.writeBigInt64BE(BigInt(key), index * 8)
  return createHash('sha256').update(bytes).digest()
}

const sortedKeys = (keys: readonly number[]): number[] =>
  [...new Set(keys)].sort((one, other) => one - other)

/** 鍵の種類 — told by size: union × 10^8 + 8 digits, or union × 10^10 + a running number. */
export function kindOf(key: number): 'subject' | 'resident' {
  if (Number.isSafeInteger(key)) {
    if (key >= 100_000_000 && key < 4_800_000_000) return 'subject'
    if (key > 10_000_000_000 && key < 480_000_000_000) return 'resident'
  }
  throw misuse('監査の記録に、被保険者の鍵でも住民の鍵でもない数があります。')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function checkTexts(entry: AccessEntry): void {
  const texts: readonly [string, string | null | undefined][] = [
    ['用件', entry.purpose],
    ['行った者の名前', entry.actor.name],
    ['行った者の番号', entry.actor.id],
    ['端末', entry.terminal],
    ['所在', entry.address],
    ['当事者', entry.party],
  ]
  for (const [name, text] of texts) {
    if (text === null || text === undefined) continue
    if (text.trim() === '' || text.length > 200) {
      throw misuse(`監査の記録の${name}は、1文字から200文字で書いてください。`)
    }
    // A key made by chance may hold twelve digits that look right, and says nothing of anybody.
    if (!uuid.test(text) && holdsNumber(text)) {
      throw misuse(
        `監査の記録の${name}に、個人番号らしき数字があります。番号を除いて、もう一度入力してください。`,
      )
    }
  }
}
