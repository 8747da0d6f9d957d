import { misuse, type Transaction } from '@koiki/store'
import type { ReconciledRow } from './reconcilable.ts'

/** 照合する項目の文 — the SQL of a record's compared columns as one text; the separator stands in no value of a layout. */
export const comparedText = (columns: readonly string[]): string =>
  `concat_ws(e'\\x1f', ${columns.map((column) => `coalesce((${column})::text, '')`).join(', ')})`

/**
 * 照合する件を読む — of a query that gives key, 宛名番号, 件を定める値, text and state in this order, `$1` standing for the
 * municipality. By COPY: rows that become objects of a driver take several times as long to read (2026-11-22).
 */
export async function* readReconciled(
  tx: Transaction,
  query: string,
  municipality: string,
  only?: readonly string[],
): AsyncGenerator<readonly ReconciledRow[]> {
  // COPY takes no parameters, so what stands in their place may be nothing but codes, numbers and days.
  if (!/^[0-9]{6}$/.test(municipality)) throw misuse('照合するのは、1つの市区町村の件だけです。')
  const whole = query.replaceAll('$1', `'${municipality}'`)
  const given =
    only === undefined || only.some((key) => !/^[0-9A-Za-z -]+$/.test(key))
      ? whole
      : `select * from (${whole}) of_all where key in (${only.map((one) => `'${one}'`).join(', ')})`
  // Row-level security hides from the planner how many rows there are; loops over tables would not end.
  await tx.run('set local enable_nestloop = off')
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of tx.copyOut(`copy (${given}) to stdout`)) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
    rest = lines.pop() as string
    yield lines.map(rowOf)
  }
  await tx.run('set local enable_nestloop = on')
}

function rowOf(line: string): ReconciledRow {
  const values = line.split('\t')
  const [key, addresseeNumber, recordKey, text, state] = (
    line.includes('\\') ? values.map(unescaped) : values
  ) as [string, string, string, string, ReconciledRow['state']]
  return { key, addresseeNumber, recordKey, text, state }
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
  value.replace(/\\(.)/gs, (_, letter: string) => letters[letter] ?? letter)
