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

/**
 * 戻された行の送信 — the transmission that was taken in but for rows that came back and have not been sent again; null
 * where there is none. The next export corrects it.
 */
export async function findReturnedFrom(
  tx: Transaction,
  layout: string,
  municipality: string,
): Promise<string | null> {
  const row = await tx.maybe<{ transmission_id: string }>(
    `select x.transmission_id
       from municipal_system.export x
      where x.municipality_code = $1::text and x.layout = $2::text
        and exists (
          select from municipal_system.exported_record e
           where e.municipality_code = x.municipality_code and e.export_id = x.export_id
             and e.layout = x.layout and e.content_sha256 = sha256(''::bytea))
        and (select state from exchange.transmission_event v
              where v.transmission_id = x.transmission_id
              order by event_number desc limit 1) = 'applied'
      order by x.prepared_at
      limit 1`,
    [municipality, layout],
  )
  return row?.transmission_id ?? null
}
