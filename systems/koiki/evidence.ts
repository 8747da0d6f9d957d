import { createHash } from 'node:crypto'
import { type Database, openDatabase } from '@koiki/store'

/** 証拠 — what the receiving side holds after a step: who was asked, how, how much, and its digest. */
export interface Evidence {
  readonly party: 'union' | 'municipality'
  readonly query: string
  readonly rows: number
  /** SHA-256 over the lines that the query gave, in the order of their bytes. */
  readonly digest: string
}

/** 手順の結果 — `ok` when the receiver holds exactly what the sender had to give, and something at all. */
export interface StepResult {
  readonly id: string
  readonly ok: boolean
  readonly evidence: Evidence
  readonly ms: number
  /** Where the two sides differ: how many lines each has that the other lacks; never the lines. */
  readonly difference?: { readonly missing: number; readonly surplus: number }
}

/** Reads a party's database without any part of its program; refuses to write. */
export class Witness {
  readonly party: Evidence['party']
  readonly #db: Database

  private constructor(party: Evidence['party'], db: Database) {
    this.party = party
    this.#db = db
  }

  static async of(party: Evidence['party'], serverUrl: string): Promise<Witness> {
    const url = new URL(serverUrl)
    url.pathname = `/koiki_${party}`
    url.searchParams.set('options', '-c default_transaction_read_only=on')
    return new Witness(
      party,
      await openDatabase({ url: url.href, applicationName: 'koiki 手順の確かめ' }),
    )
  }

  /** `query` gives one text column, `line`. */
  async lines(query: string): Promise<string[]> {
    const rows = await this.#db.unscoped((tx) => tx.query<{ line: string }>(query))
    return rows.map(({ line }) => line)
  }

  close(): Promise<void> {
    return this.#db.close()
  }
}

export function digestOf(lines: readonly string[]): string {
  const sorted = lines.map((line) => Buffer.from(line)).toSorted(Buffer.compare)
  const digest = createHash('sha256')
  for (const line of sorted) digest.update(line).update('\n')
  return digest.digest('hex')
}

/** 突き合わせ — the receiver's lines beside those that must be there. */
export function compare(
  id: string,
  party: Evidence['party'],
  query: string,
  held: readonly string[],
  wanted: readonly string[],
  ms: number,
): StepResult {
  const count = (lines: readonly string[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
    return counts
  }
  const [has, needs] = [count(held), count(wanted)]
  const lacking = (one: Map<string, number>, other: Map<string, number>): number =>
    [...one].reduce((sum, [line, times]) => sum + Math.max(0, times - (other.get(line) ?? 0)), 0)
  const [missing, surplus] = [lacking(needs, has), lacking(has, needs)]
  const ok = missing === 0 && surplus === 0 && held.length > 0
  const evidence = {
    party,
    query: query.replace(/\s+/g, ' ').trim(),
    rows: held.length,
    digest: digestOf(held),
  }
  return { id, ok, evidence, ms, ...(ok ? {} : { difference: { missing, surplus } }) }
}
