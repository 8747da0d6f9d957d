import type { PlainDate } from '@koiki/kernel'
import type { 保険料情報 } from '@koiki/layouts'
import { premiumNoticeSheet, printPremiumNotices } from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import { selectList } from '../columns.ts'
import { contactOf } from './certificates.ts'
import { type DestinationRow, destinationColumns, destinationOf, hides } from './destination.ts'
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
    readonly copy: number
    readonly source: Buffer
  }

const own = selectList(premiums.columns.map(([field, column]) => [field, `p.${column}`, '']))

const sameNotice = `d.subject_key = p.subject_key
  and d.municipality_code = p.municipality_code
  and d.document_kind = '保険料額決定通知書'
  and d.fiscal_year = p.fiscal_year and d.revision = p.revision`

/**
 * 保険料額決定通知書 (4-10) — due for the newest decision of each person and year that has no sheet yet that came out well. Of
 * a person under 不開示該当 none is printed: a notice has an address window.
 */
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
      `select p.subject_key as "subjectKey", ${own}, i.name, i.birth_date as "birthDate",
              case when ${hides('i')} then sha256(p.content_sha256) else p.content_sha256 end as source,
              ${hides('i')} as hidden, 1 + (select count(*) from municipal_system.document as d
                    where ${sameNotice} and d.bundle_id is not null) as copy,
              ${destinationColumns('i')}
         from municipal_system.premium as p
         join lateral (
           select subject_key, name, birth_date, addressee_number, non_disclosure
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
              left join municipal_system.sheet_outcome as o
                using (subject_key, municipality_code, document_kind, sheet_number)
             where ${sameNotice}
               and (d.bundle_id is not null and d.source_sha256 = p.content_sha256
                      and o.outcome is distinct from '書き損じ'
                    or d.bundle_id is null and d.source_sha256 = case when ${hides('i')}
                      then sha256(p.content_sha256) else p.content_sha256 end))
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
      issueNumber: null,
      copy: row.copy,
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
