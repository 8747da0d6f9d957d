import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Actor, recordAccess } from '@koiki/audit'
import type { PlainDate } from '@koiki/kernel'
import type { Database, Scope, Transaction } from '@koiki/store'
import type { ColumnMap } from '../columns.ts'
import { auditKey } from '../resident.ts'
import { laySlips, slipName, writeFileOf } from '../transferFile.ts'
import { 住民票記載用被保険者情報 } from '../transferLayouts.ts'

/** 住民票に記載するための被保険者情報 — one period of one person, as both systems name it. */
export interface InsuredEntry {
  readonly municipalityCode: string
  readonly addresseeNumber: string
  readonly acquiredOn: PlainDate
  readonly lostOn: PlainDate | null
  readonly operatedOn: PlainDate
}

export const insuredEntryTransfer = {
  step: '3-6',
  layout: 住民票記載用被保険者情報,
  columns: [
    ['municipalityCode', 'municipality_code', '市区町村コード'],
    ['addresseeNumber', 'addressee_number', '宛名番号'],
    ['acquiredOn', 'acquired_on', '資格取得年月日'],
    ['lostOn', 'lost_on', '資格喪失年月日'],
    ['operatedOn', 'operated_on', '操作年月日'],
  ],
} as const satisfies { step: string; layout: unknown; columns: ColumnMap }

const { step, layout, columns } = insuredEntryTransfer

/**
 * 被保険者情報を渡す — the periods of everyone on the register whose dates are not what was last handed over, all
 * of the person's: a corrected period takes the place of the wrong one. As 2-1 it writes a numbered file and
 * its slip; null when nothing changed.
 */
export async function handOverInsuredEntries(
  sender: Database,
  scope: Scope,
  folder: string,
  actor: Actor,
): Promise<{ transferNumber: number; rowCount: number } | null> {
  const { municipality } = scope
  const place = path.join(folder, step)
  await mkdir(place, { recursive: true, mode: 0o700 })
  const handed = await sender.transaction(scope, async (tx) => {
    const persons = await placeChanged(tx, municipality)
    if (persons.length === 0) return null
    const { last } = await tx.one<{ last: number }>(
      `select coalesce(max(transfer_number), 0) as last from municipal_system.insured_transfer
        where municipality_code = $1`,
      [municipality],
    )
    const transferNumber = last + 1
    const file = path.join(place, `${slipName(municipality, transferNumber)}.csv`)
    const written = await writeFileOf(file, layout, columns, changedEntries(tx, municipality))
    await tx.run(
      `insert into municipal_system.insured_transfer
         (municipality_code, transfer_number, union_code, row_count, content_sha256, handed_over_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [municipality, transferNumber, Number(scope.union), written.rowCount, written.sha256, tx.now],
    )
    await tx.run(
      `insert into municipal_system.insured_entry_given as held
         (municipality_code, addressee_number, union_code, content_sha256, transfer_number)
       select $1, addressee_number, $2, content_sha256, $3 from changed
       on conflict (municipality_code, addressee_number) do update
          set content_sha256 = excluded.content_sha256,
              transfer_number = excluded.transfer_number`,
      [municipality, Number(scope.union), transferNumber],
    )
    await recordAccess(tx, {
      channel: 'job',
      actor,
      party: `municipality:${municipality}`,
      purpose: `${layout.name}の移転(${step})`,
      act: 'insuredPerson.transfer',
      effect: 'read',
      persons: persons.map((running) => auditKey(municipality, running)),
    })
    return { transferNumber, rowCount: written.rowCount }
  })
  await laySlips(scope, step, place, (transferNumber) =>
    sender.transaction(scope, (tx) =>
      tx.maybe(
        `select row_count as "rowCount", encode(content_sha256, 'hex') as sha256
           from municipal_system.insured_transfer
          where municipality_code = $1 and transfer_number = $2`,
        [municipality, transferNumber],
      ),
    ),
  )
  return handed
}

/** Fills `changed`; who is 住登外 here has no 住民票 to write on. */
async function placeChanged(tx: Transaction, municipality: string): Promise<number[]> {
  await tx.run(
    `create temp table changed on commit drop as
     select addressee_number, running_number, now.content_sha256
       from (select addressee_number,
                    sha256(convert_to(string_agg(
                      concat_ws(',', acquired_on::text, coalesce(lost_on::text, '')), ';'
                      order by acquired_on, subject_key), 'UTF8')) as content_sha256
               from municipal_system.insured_person
              where municipality_code = $1
              group by addressee_number) as now
       join (select addressee_number, running_number from municipal_system.resident
              where municipality_code = $1) as resident using (addressee_number)
       left join (select addressee_number, content_sha256 from municipal_system.insured_entry_given
              where municipality_code = $1) as given using (addressee_number)
      where given.content_sha256 is distinct from now.content_sha256`,
    [municipality],
  )
  const rows = await tx.query<{ running: number }>(
    'select running_number as running from changed order by running_number',
  )
  return rows.map(({ running }) => running)
}

/** Two numbers of one person may tell the same day; the register writes it once, the longer one. */
const changedEntries = (tx: Transaction, municipality: string) =>
  tx.batches(
    `select distinct on (addressee_number, acquired_on)
            municipality_code as "municipalityCode", addressee_number as "addresseeNumber",
            acquired_on as "acquiredOn", lost_on as "lostOn", operated_on as "operatedOn"
       from municipal_system.insured_person
      where municipality_code = $1
        and addressee_number in (select addressee_number from changed)
      order by addressee_number, acquired_on, lost_on desc nulls first`,
    [municipality],
  )
