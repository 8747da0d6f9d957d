import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { certifiedCategories, isCertifiedShare } from '../rules/certifiedShare.ts'
import type { BurdenCertificate } from '../share.ts'

/** What the filing of moving in keeps of the certificate. */
type CertificateFields = {
  readonly certifiedTenths?: unknown
  readonly certifiedCategory?: unknown
  readonly certifiedFrom?: unknown
  readonly certifiedIssuer?: unknown
}

/** 負担区分等証明書 — of the residents given, as granted filings of moving in tell it; a filing taken back tells nothing. */
export async function findCertificates(
  tx: Transaction,
  residents: readonly number[],
): Promise<readonly BurdenCertificate[]> {
  const rows = await tx.query<{
    resident_key: number
    began_on: PlainDate
    receipt_number: string
    fields: CertificateFields
  }>(
    `select resident_key, began_on, receipt_number, fields from eligibility.granted_filing
      where kind = 'acquisitionMoveIn' and resident_key = any ($1::bigint[])
      order by resident_key, began_on, granted_on, receipt_number`,
    [residents],
  )
  return rows.flatMap(({ resident_key: residentKey, began_on: movedInOn, fields, ...row }) => {
    const { certifiedFrom, certifiedIssuer } = fields
    const tenths = Number(fields.certifiedTenths)
    const category = String(fields.certifiedCategory ?? '')
    const share = {
      tenths,
      limitCategory: certifiedCategories.find((known) => known === category) ?? null,
    }
    if (!isCertifiedShare(share) || typeof certifiedFrom !== 'string') return []
    return [
      {
        residentKey,
        movedInOn,
        ...share,
        appliedFrom: certifiedFrom as PlainDate,
        issuer: String(certifiedIssuer ?? ''),
        receiptNumber: row.receipt_number,
      },
    ]
  })
}

/** 証明書を持って来た人 — of the insured persons given; and whoever has a share by one that may have been taken back. */
export async function findCertified(
  tx: Transaction,
  subjectKeys: readonly number[],
): Promise<readonly number[]> {
  const rows = await tx.query<{ subject_key: number }>(
    `select subject_key from eligibility.granted_filing
      where kind = 'acquisitionMoveIn' and subject_key = any ($1::bigint[])
        and fields ? 'certifiedTenths'
     union
     select subject_key from copay.share_period where subject_key = any ($1::bigint[])
      order by subject_key`,
    [subjectKeys],
  )
  return rows.map(({ subject_key }) => subject_key)
}
