import { formatWareki, type PlainDate } from '@koiki/kernel'
import { type CertificateSheet, printCertificates } from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import { certificateExpiry } from './certificateExpiry.ts'
import { type DestinationRow, destinationColumns, destinationOf } from './destination.ts'
import type { Due, PrintableKind } from './printDocuments.ts'

interface CertificateDue extends Due {
  readonly insuredNumber: string
  readonly insurerNumber: string
  readonly nameKana: string | null
}

type Row = DestinationRow & {
  readonly subjectKey: number
  readonly insuredNumber: string
  readonly insurerNumber: string
  readonly nameKana: string | null
  readonly acquiredOn: PlainDate
  readonly source: Buffer
}

/**
 * 資格確認書 (3-7) — due to everyone insured today who holds none that says the same and still runs. Until
 * 2026-07-31 everyone gets one; from 2026-08-01 those of 84 and younger may get 資格情報のお知らせ instead,
 * but only where マイナ保険証 is known to be held, which this system is not told yet: nobody is left
 * without a paper to show.
 */
export const certificates: PrintableKind<CertificateDue> = {
  kind: '資格確認書',
  step: '3-7',

  async findDue(
    tx: Transaction,
    municipality: string,
    after: number,
    limit: number,
  ): Promise<CertificateDue[]> {
    const expiresOn = certificateExpiry(tx.today)
    const rows = await tx.query<Row>(
      `with due as (
         select i.subject_key as "subjectKey", i.insured_number as "insuredNumber",
                i.insurer_number as "insurerNumber", i.name_kana as "nameKana",
                i.acquired_on as "acquiredOn", ${destinationColumns('i')},
                sha256(convert_to(row(i.insured_number, i.insurer_number, i.name, i.name_kana,
                  i.birth_date, i.acquired_on, r.postal_code, r.prefecture_name,
                  r.municipality_name, r.town_name, r.house_number, r.building,
                  $2::date)::text, 'UTF8')) as source
           from municipal_system.insured_person as i
           left join municipal_system.destination as r
             on r.municipality_code = i.municipality_code
            and r.addressee_number = i.addressee_number
          where i.municipality_code = $1
            and i.subject_key > $5
            and i.acquired_on <= $3::date
            and (i.lost_on is null or i.lost_on > $3::date)
       )
       select * from due
        where not exists (
          select from municipal_system.document as d
           where d.subject_key = due."subjectKey"
             and d.municipality_code = $1
             and d.document_kind = '資格確認書'
             and d.source_sha256 = due.source)
        order by "subjectKey"
        limit $4`,
      [municipality, expiresOn, tx.today, limit, after],
    )
    return rows.map((row) => ({
      subjectKey: row.subjectKey,
      sourceSha256: row.source,
      destination: destinationOf(row),
      acquiredOn: row.acquiredOn,
      expiresOn,
      fiscalYear: null,
      revision: null,
      insuredNumber: row.insuredNumber,
      insurerNumber: row.insurerNumber,
      nameKana: row.nameKana,
    }))
  },

  print(due, { municipality, today }, options) {
    const sheets: CertificateSheet[] = due.map((one) => ({
      sheetNumber: one.sheetNumber,
      code: `${municipality.code}-10-${one.sheetNumber}`,
      postalCode: one.destination.postalCode,
      address: one.destination.address,
      name: one.destination.name,
      kana: one.nameKana ?? '',
      birthDate: formatWareki(one.destination.birthDate),
      insuredNumber: one.insuredNumber,
      residence: one.destination.address.join(' '),
      acquiredOn: formatWareki(one.acquiredOn as PlainDate),
      issuedOn: formatWareki(today),
      expiresOn: formatWareki(one.expiresOn as PlainDate),
      insurerNumber: one.insurerNumber,
      insurerName: municipality.union,
      issuer: municipality.union,
      contact: contactOf(municipality.name),
    }))
    return printCertificates(sheets, options)
  },
}

/** 問い合わせ先 — an invented municipality has a window and no telephone. */
export const contactOf = (municipality: string): string =>
  `${municipality}${municipality.endsWith('市') ? '役所' : '役場'} 後期高齢者医療の窓口`
