import type { PlainDate } from '@koiki/kernel'
import { printEligibilityDocuments } from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import { selectList } from '../columns.ts'
import { certificateSheet, type DeliveredCertificate } from './certificateSheet.ts'
import { type DestinationRow, destinationColumns, destinationOf, hides } from './destination.ts'
import type { Due, PrintableKind } from './printDocuments.ts'
import { deliveredCertificates } from './received.ts'

interface CertificateDue extends Due {
  readonly row: Row
}

type Row = DeliveredCertificate &
  DestinationRow & {
    readonly subjectKey: number
    readonly issueNumber: number
    readonly copy: number
    readonly destinationKind: '0' | '1' | '2' | '9'
    readonly addressShown: '0' | '1'
    readonly sheetCode: string | null
    readonly source: Buffer
  }

const own = selectList(deliveredCertificates.columns.map(([field, column]) => [field, column, '']))

/**
 * 資格確認書・資格情報のお知らせ (3-7) — what the union issued in bulk and delivered, is still to be used, and has no sheet
 * yet that came out well. Nobody gets one of whom nothing was delivered (`listWithoutCertificate` tells why), and what
 * a counter terminal issued is printed there.
 */
const certificatesOf = (
  kind: '資格確認書' | '資格情報のお知らせ',
  codes: readonly string[],
): PrintableKind<CertificateDue> => ({
  kind,
  step: '3-7',

  async findDue(
    tx: Transaction,
    municipality: string,
    after: number,
    limit: number,
  ): Promise<CertificateDue[]> {
    const rows = await tx.query<Row>(
      `with due as (
         select c.*, ${destinationColumns('c')}, ${hides('c')} as hidden,
                1 + (select count(*) from municipal_system.document as d
                      where d.subject_key = c.subject_key
                        and d.municipality_code = c.municipality_code
                        and d.issue_number = c.issue_number and d.bundle_id is not null) as copy,
                sha256(convert_to(row(c.content_sha256, ${hides('c')}, r.postal_code,
                  r.prefecture_name, r.municipality_name, r.town_name, r.house_number, r.building,
                  r.status)::text, 'UTF8')) as source
           from municipal_system.certificate as c
           left join municipal_system.destination as r
             on r.municipality_code = c.municipality_code
            and r.addressee_number = c.addressee_number
          where c.municipality_code = $1
            and c.certificate_kind = any($5::text[])
            and c.subject_key > $4
            and c.issue_manner = '2' and c.delivery_state = '0'
            and (c.void_on is null or c.void_on > $2::date)
            and c.valid_until >= $2::date
       )
       select subject_key as "subjectKey", ${own}, "postalCode", "prefectureName",
              "municipalityName", "townName", "houseNumber", building, status, "changeReason",
              "birthDateText", hidden, copy, source
         from due
        where not exists (
          select from municipal_system.document as d
            left join municipal_system.sheet_outcome as o
              using (subject_key, municipality_code, document_kind, sheet_number)
           where d.subject_key = due.subject_key
             and d.municipality_code = $1
             and d.issue_number = due.issue_number
             and (d.bundle_id is not null and o.outcome is distinct from '書き損じ'
                  or d.bundle_id is null and d.source_sha256 = due.source))
        order by subject_key, issue_number
        limit $3`,
      [municipality, tx.today, limit, after, codes],
    )
    return rows.map((row) => ({
      subjectKey: row.subjectKey,
      sourceSha256: row.source,
      destination: destinationFor(row),
      acquiredOn: row.acquiredOn,
      expiresOn: row.validUntil,
      fiscalYear: null,
      revision: null,
      issueNumber: row.issueNumber,
      copy: row.copy,
      row,
    }))
  },

  print(due, { municipality }, options) {
    const office = { issuer: municipality.union, contact: contactOf(municipality.name) }
    const sheets = due.map(({ row, destination, sheetNumber }) =>
      certificateSheet(
        row,
        {
          residence: row.addressShown === '1' && !row.hidden ? destinationOf(row).address : null,
          postalCode: destination.postalCode,
          address: destination.address,
          birthDateText: row.birthDateText,
        },
        {
          number: sheetNumber,
          // An older delivery does not say the union's code: then the sheet has one of ours.
          code: row.sheetCode ?? `${municipality.code}-10-${sheetNumber}`,
        },
        office,
      ),
    )
    return printEligibilityDocuments(
      kind === '資格情報のお知らせ' ? 'information' : 'certificate',
      sheets,
      options,
    )
  },
})

export const certificates = certificatesOf('資格確認書', ['1', '2', '4', '5'])
export const informationNotices = certificatesOf('資格情報のお知らせ', ['3'])

/**
 * 届け先 — as the delivery says: to the address of our own register only where it says so, and never to that of a person
 * under 不開示該当, whoever told it. A sheet that is handed over names no address.
 */
function destinationFor(row: Row): Due['destination'] {
  const to = destinationOf(row)
  const nowhere = { ...to, postalCode: '', address: [] }
  switch (row.destinationKind) {
    case '2':
      return { ...nowhere, heldBecause: row.hidden ? null : to.heldBecause }
    case '1':
      return { ...nowhere, heldBecause: stops.registered }
    case '9':
      return { ...nowhere, heldBecause: row.hidden ? to.heldBecause : stops.undecided }
    case '0':
      return to
  }
}

const stops = {
  registered:
    '登録した送付先に届けます。送付先は市区町村システムに届かないので、窓口端末で宛先を確かめて、そこで印刷してください。',
  undecided: '届け先が決まっていません。広域連合に確かめてください。',
} as const

/** 発行用情報のない被保険者 */
export interface WithoutCertificate {
  readonly subjectKey: number
  readonly insuredNumber: string
  readonly acquiredOn: PlainDate
  readonly because: string
}

/** 文書のない人 (3-7) — insured today and without a delivered document that can still be used; nothing is printed for them. */
export async function listWithoutCertificate(
  tx: Transaction,
  municipality: string,
  limit: number,
): Promise<WithoutCertificate[]> {
  const rows = await tx.query<
    Omit<WithoutCertificate, 'because'> & { voided: boolean; expired: boolean }
  >(
    `select i.subject_key as "subjectKey", i.insured_number as "insuredNumber",
            i.acquired_on as "acquiredOn",
            coalesce(bool_or(c.void_on <= $2::date), false) as voided,
            coalesce(bool_or(c.valid_until < $2::date), false) as expired
       from municipal_system.insured_person as i
       left join municipal_system.certificate as c
         on c.subject_key = i.subject_key and c.municipality_code = i.municipality_code
      where i.municipality_code = $1 and i.acquired_on <= $2::date
        and (i.lost_on is null or i.lost_on > $2::date)
      group by i.subject_key, i.insured_number, i.acquired_on
     having not coalesce(bool_or((c.void_on is null or c.void_on > $2::date)
                                 and c.valid_until >= $2::date), false)
      order by i.insured_number
      limit $3`,
    [municipality, tx.today, limit],
  )
  return rows.map(({ voided, expired, ...one }) => ({
    ...one,
    because: voided
      ? '届いていた文書は使えなくなり、新しい発行用情報が届いていません。広域連合の発行と配信を待ってください。'
      : expired
        ? '届いていた文書は期限が過ぎ、新しい発行用情報が届いていません。広域連合の発行と配信を待ってください。'
        : '発行用情報が届いていません。負担割合と届け先が決まれば、広域連合が発行して配信します。',
  }))
}

/** 問い合わせ先 — an invented municipality has a window and no telephone. */
export const contactOf = (municipality: string): string =>
  `${municipality}${municipality.endsWith('市') ? '役所' : '役場'} 後期高齢者医療の窓口`
