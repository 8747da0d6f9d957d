import type { Layout } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'

/**
 * 戻された行 — rows that rest in quarantine at the union do not count as known there: once mended, the next difference
 * carries them again, with everybody of their households. How many rows came back, and how many were found.
 */
export async function markReturnedRows(
  tx: Transaction,
  layout: Layout,
  municipality: string,
  rows: AsyncIterable<readonly string[]>,
): Promise<{ readonly returned: number; readonly found: number }> {
  const at = layout.names.indexOf('宛名番号')
  const numbers: string[] = []
  for await (const row of rows) numbers.push(row[at] ?? '')
  const found = await tx.run(
    `update municipal_system.exported_record
        set content_sha256 = sha256(''::bytea)
      where municipality_code = $1::text and layout = $2::text
        and addressee_number = any ($3::text[])`,
    [municipality, layout.name, numbers],
  )
  return { returned: numbers.length, found }
}
