import type { Layout } from '@koiki/layouts'
import { type RowOf, recordOf } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import type { ReopenedTransmission } from './open.ts'

/** 行の突合せの結果 — counts, names of columns and of transmissions; never a value. */
export type RowComparison = {
  /** Rows of which the store keeps just what the file says. */
  readonly equal: number
  readonly different: number
  /** 違う項目 — of those that differ, where columns can be told apart. */
  readonly columns: readonly string[]
  /** Rows that said what was known before, and so added nothing. */
  readonly unchanged: number
  /** Rows that were not taken in, and were told as findings. */
  readonly notTaken: number
  readonly quarantined: number
  /** 後の送信に替わった — what the store keeps was told by a later transmission, and this row only by its file. */
  readonly superseded: ReadonlyMap<string, number>
  /** その後に変わった — the store has changed since, and nobody has been told of it yet. */
  readonly movedOn: number
  /** Kept under this transmission, but not in its file. */
  readonly strange: number
}

/** 突き合わせる情報 — how one side's store is held against a reopened file of one layout. Reads only. */
export type Comparable = {
  readonly layout: string
  readonly direction: 'sent' | 'received'
  compare(tx: Transaction, reopened: ReopenedTransmission): Promise<RowComparison>
}

/** 突合せの集計 — filled row by row. */
export class Comparison implements RowComparison {
  equal = 0
  different = 0
  unchanged = 0
  notTaken = 0
  quarantined = 0
  movedOn = 0
  strange = 0
  readonly superseded = new Map<string, number>()
  readonly #columns = new Set<string>()

  get columns(): readonly string[] {
    return [...this.#columns]
  }

  differs(columns: readonly string[]): void {
    if (columns.length === 0) this.equal += 1
    else this.different += 1
    for (const column of columns) this.#columns.add(column)
  }

  supersededBy(transmissionId: string): void {
    this.superseded.set(transmissionId, (this.superseded.get(transmissionId) ?? 0) + 1)
  }
}

/** 控え — what a store remembers of telling one partner the records of one layout. */
export type ToldRecords<L extends Layout> = {
  /** 項目 whose values together name a record. */
  readonly key: readonly (keyof L['columns'] & string)[]
  /** 項目 that speak of the telling, not of the record. */
  readonly aside: readonly (keyof L['columns'] & string)[]
  /** Of each record ever told, the transmission that told it last; the key as `toldKey` writes it. */
  toldIn(tx: Transaction): Promise<ReadonlyMap<string, string>>
  /** The rows as they would be written today, of those told last by the transmission and not changed since. */
  standing(tx: Transaction): AsyncIterable<RowOf<L>>
}

export const toldKey = (values: readonly (string | null | undefined)[]): string =>
  values.map((value) => value ?? '').join(' ')

/**
 * 送った行の突合せ — each row of a file that was sent: either the record stands as it was told, and every column is
 * compared; or a later transmission told it anew, which is named; or it has changed and is not told yet.
 */
export async function compareTold<L extends Layout>(
  tx: Transaction,
  reopened: ReopenedTransmission,
  layout: L,
  told: ToldRecords<L>,
): Promise<RowComparison> {
  const comparison = new Comparison()
  const toldIn = await told.toldIn(tx)
  const record = recordOf(layout)
  const at = told.key.map((name) => layout.names.indexOf(name))
  const standing = new Map<string, readonly string[]>()
  for await (const row of told.standing(tx)) {
    const written = record(row)
    standing.set(toldKey(at.map((place) => written[place])), written)
  }
  const own = reopened.manifest.transmissionId
  // An older edition has fewer columns: those that both have are compared.
  const { names } = reopened.layout
  const compared = names
    .map((name, place) => ({ name, place, today: layout.names.indexOf(name) }))
    .filter(({ name, today }) => today >= 0 && !(told.aside as readonly string[]).includes(name))
  const keyAt = told.key.map((name) => names.indexOf(name))
  const seen = new Set<string>()
  for await (const { records } of reopened.batches())
    for (const sent of records) {
      const key = toldKey(keyAt.map((place) => sent[place]))
      seen.add(key)
      const by = toldIn.get(key)
      const written = standing.get(key)
      if (by === undefined) comparison.differs(told.key)
      else if (by !== own) comparison.supersededBy(by)
      else if (written === undefined) comparison.movedOn += 1
      else
        comparison.differs(
          compared
            .filter(({ place, today }) => sent[place] !== written[today])
            .map(({ name }) => name),
        )
    }
  for (const [key, by] of toldIn) if (by === own && !seen.has(key)) comparison.strange += 1
  return comparison
}

/** 受けた行の控え — the digest of what each row left, under its line or whatever else names it in the store. */
export type KeptDigests = {
  readonly held: ReadonlyMap<string, string>
  /** Under what name the store keeps a row. */
  nameOf(record: readonly string[], line: number): string
  readonly quarantined: ReadonlySet<number>
  /** Lines that a finding kept out. */
  readonly notTaken: ReadonlySet<number>
  digest(record: readonly string[], line: number): string
  /** Whether a row that left nothing says what was known. */
  wasKnown(record: readonly string[], digest: string): boolean
}

export const byLine = (_record: readonly string[], line: number): string => String(line)

/** 受けた行の突合せ — each row of a file that was taken in, by the digest that it left, or the one it repeated. */
export async function compareKept(
  reopened: ReopenedTransmission,
  kept: KeptDigests,
): Promise<RowComparison> {
  const comparison = new Comparison()
  comparison.quarantined = kept.quarantined.size
  const seen = new Set<string>()
  for await (const { records, lines } of reopened.batches())
    for (const [index, record] of records.entries()) {
      const line = lines[index] as number
      const name = kept.nameOf(record, line)
      const held = kept.held.get(name)
      if (held !== undefined) seen.add(name)
      if (kept.quarantined.has(line)) continue
      const digest = kept.digest(record, line)
      if (held !== undefined) comparison.differs(held === digest ? [] : ['内容'])
      else if (kept.notTaken.has(line)) comparison.notTaken += 1
      else if (kept.wasKnown(record, digest)) comparison.unchanged += 1
      else comparison.differs(['台帳にない行'])
    }
  comparison.strange = kept.held.size - seen.size
  return comparison
}

/**
 * もしも — runs a question that has to write in order to read, and undoes what it wrote. Nobody else ever sees it.
 */
export async function undone<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.run('savepoint undone')
  try {
    return await work()
  } finally {
    await tx.run('rollback to savepoint undone')
    await tx.run('release savepoint undone')
  }
}
