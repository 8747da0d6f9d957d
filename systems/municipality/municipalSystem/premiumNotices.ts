import type { PlainDate } from '@koiki/kernel'
import type { 保険料情報 } from '@koiki/layouts'
import { premiumNoticeSheet, printPremiumNotices } from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import { selectList } from '../columns.ts'
import { contactOf } from './certificates.ts'
import { type DestinationRow, destinationColumns, destinationOf } from './destination.ts'
import type { Due, PrintableKind } from './printDocuments.ts'
import { premiums } from './received.ts'

interface NoticeDue extends Due {
  readonly row: 保険料情報
}

type Row = Record<string, unknown> &
  DestinationRow & {
    readonly subjectKey: number
    readonly fiscalYear: number
    readonly revision: number
    readonly source: Buffer
  }

const own = selectList(premiums.columns.map(([field, column]) => [field, `p.${column}`, '']))

/** 保険料額決定通知書 (4-10) — due for the newest decision of each person and year that has none yet. */
export const premiumNotices: PrintableKind<NoticeDue> = {
  kind: '保険料額決定通知書',
  step: '4-10',

  async findDue(
    tx: Transaction,
    municipality: string,
    after: number,
    limit: number,
  ): Promise<NoticeDue[]> {
    const rows = await tx.query<Row>(
      `select p.subject_key as "subjectKey", ${own}, p.content_sha256 as source,
              ${destinationColumns('i')}
         from municipal_system.premium as p
         join lateral (
           select name, birth_date, addressee_number
             from municipal_system.insured_person
            where subject_key = p.subject_key and municipality_code = p.municipality_code
            order by acquired_on desc
            limit 1) as i on true
         left join municipal_system.destination as r
           on r.municipality_code = p.municipality_code
          and r.addressee_number = p.addressee_number
        where p.municipality_code = $1
          and p.subject_key > $3
          and not exists (
            select from municipal_system.premium as later
             where later.subject_key = p.subject_key
               and later.municipality_code = p.municipality_code
               and later.fiscal_year = p.fiscal_year
               and later.revision > p.revision)
          and not exists (
            select from municipal_system.document as d
             where d.subject_key = p.subject_key
               and d.municipality_code = p.municipality_code
               and d.document_kind = '保険料額決定通知書'
               and d.fiscal_year = p.fiscal_year
               and d.revision = p.revision
               and d.source_sha256 = p.content_sha256)
        order by p.subject_key, p.fiscal_year
        limit $2`,
      [municipality, limit, after],
    )
    return rows.map((row) => ({
      subjectKey: row.subjectKey,
      sourceSha256: row.source,
      destination: destinationOf(row),
      acquiredOn: null,
      expiresOn: null,
      fiscalYear: row.fiscalYear,
      revision: row.revision,
      row: Object.fromEntries(
        premiums.columns.map(([field, , item]) => [item, row[field]]),
      ) as unknown as 保険料情報,
    }))
  },

  print(due, { municipality, today }, options) {
    const office = { issuer: municipality.union, contact: contactOf(municipality.name) }
    const sheets = due.map((one) =>
      premiumNoticeSheet(one.row, one.destination, office, {
        number: one.sheetNumber,
        issuedOn: today as PlainDate,
      }),
    )
    return printPremiumNotices(sheets, options)
  },
}
