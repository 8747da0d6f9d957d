import { misuse, type Transaction } from '@koiki/store'
import type { Reconcilable, ReconciledRow } from './reconcilable.ts'

/**
 * 照合する件の読み方 — in SQL, `$1` standing for the municipality: what is compared, and what only those who look at a
 * difference need, which is read of the differing records alone.
 */
export type ComparedRecords = {
  /** Common table expressions, `with` included; nothing where there are none. */
  readonly given?: string
  /** From `from` to the end of `where`: everything of the municipality. */
  readonly from: string
  /** The same of a few keys, which stand for `$2`, where indexes lead to them; else these too are found by reading all. */
  readonly few?: string
  readonly key: string
  readonly addresseeNumber: string
  readonly recordKey: string
  readonly state: string
  readonly items: readonly (readonly [item: string, column: string])[]
}

/** 照合する情報をつくる — rows come by COPY: objects of a driver take several times as long (2026-11-22). */
export function reconcilableOf(layout: string, of: ComparedRecords): Reconcilable {
  const values = of.items.map(([, column]) => column).join(', ')
  const { given = '', key, addresseeNumber, recordKey, state } = of
  const named = `${given} select ${key} as key, ${addresseeNumber} as addressee, ${recordKey} as record,
                                 ${state} as state, ${values}`
  return {
    layout,
    columns: of.items.map(([item]) => item),
    lines: (tx, municipality) =>
      readingAll(tx, () =>
        copied(tx, `${given} select ${key}, ${values} ${of.from}`, municipality),
      ),
    rows(tx, municipality, only) {
      // What is no code, number or day does not go into a statement's text; then all is read.
      const keys = only?.every((one) => /^[0-9A-Za-z -]+$/.test(one))
        ? `(${only.map((one) => `'${one}'`).join(', ')})`
        : null
      if (keys !== null && of.few !== undefined)
        return rowsOf(copied(tx, `${named} ${of.few.replaceAll('$2', keys)}`, municipality))
      const all = `${named} ${of.from}`
      const query = keys === null ? all : `select * from (${all}) of_all where key in ${keys}`
      return readingAll(tx, () => rowsOf(copied(tx, query, municipality)))
    },
  }
}

/** Row-level security hides from the planner how many rows there are; loops over whole tables would not end. */
async function* readingAll<T>(tx: Transaction, read: () => AsyncIterable<T>): AsyncGenerator<T> {
  await tx.run('set local enable_nestloop = off')
  yield* read()
  await tx.run('set local enable_nestloop = on')
}

function copied(tx: Transaction, query: string, municipality: string): AsyncIterable<Buffer> {
  // COPY takes no parameters, so what stands in their place may be nothing but a code.
  if (!/^[0-9]{6}$/.test(municipality)) throw misuse('照合するのは、1つの市区町村の件だけです。')
  const whole = query.replaceAll('$1', `'${municipality}'`)
  return tx.copyOut(`copy (${whole}) to stdout (null '')`)
}

async function* rowsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly ReconciledRow[]> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() as string
    yield lines.map(rowOf)
  }
}

/** Key and values stay as COPY wrote them, as they were digested; what people read is read back. */
function rowOf(line: string): ReconciledRow {
  const [key, addresseeNumber, recordKey, state, ...values] = line.split('\t') as [
    string,
    string,
    string,
    ReconciledRow['state'],
    ...string[],
  ]
  return {
    ...{ key, state, values },
    addresseeNumber: unescaped(addresseeNumber),
    recordKey: unescaped(recordKey),
  }
}

const letters: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const unescaped = (value: string): string =>
  value.includes('\\')
    ? value.replace(/\\(.)/gs, (_, letter: string) => letters[letter] ?? letter)
    : value
