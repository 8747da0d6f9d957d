import {
  byLine,
  type Comparable,
  compareKept,
  compareTold,
  listFindings,
  listQuarantined,
  toldKey,
} from '@koiki/exchange'
import { 保険料情報, 所得課税情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { deliveredRows } from './decisions.ts'
import { incomeDigest } from './income.ts'

/** 所得・課税情報の突合せ — every row that was taken in left its digest; incomes are appended and never changed. */
export const comparableIncomes: Comparable = {
  layout: 所得課税情報.name,
  direction: 'received',
  async compare(tx, reopened) {
    const { transmissionId, municipality } = reopened.manifest
    const held = new Map<string, string>()
    const known = new Set<string>()
    const batches = tx.batches<{
      addressee: string
      year: number
      digest: string
      line: number
      own: boolean
    }>(
      `select n.addressee_number as addressee, i.fiscal_year as year,
              encode(i.digest, 'hex') as digest, i.line, i.transmission_id = $2::uuid as own
         from premium.income i
         join eligibility.addressee_number n
           on n.resident_key = i.resident_key and n.municipality_code = $1::text
        where i.municipality_code = $1::text`,
      [municipality, transmissionId],
      5_000,
    )
    for await (const batch of batches)
      for (const { addressee, year, digest, line, own } of batch) {
        if (own) held.set(String(line), digest)
        else known.add(toldKey([addressee, String(year), digest]))
      }
    const findings = await listFindings(tx, transmissionId, 1_000_000)
    const quarantined = await listQuarantined(tx, transmissionId)
    const digestOf = incomeDigest(reopened.layout)
    const [addresseeAt, yearAt] = ['宛名番号', '課税年度'].map((name) =>
      reopened.layout.names.indexOf(name),
    ) as [number, number]
    return await compareKept(reopened, {
      held,
      nameOf: byLine,
      quarantined: new Set(quarantined.map(({ line }) => line)),
      notTaken: new Set(
        findings.flatMap(({ code, line }) => (code === 'E4001' ? [line ?? 0] : [])),
      ),
      digest: (record) => digestOf(record).toString('hex'),
      wasKnown: (record, digest) =>
        known.has(toldKey([record[addresseeAt], record[yearAt], digest])),
    })
  },
}

/** 保険料情報の突合せ — decisions are appended: each is written again and compared column by column. */
export const comparablePremiums: Comparable = {
  layout: 保険料情報.name,
  direction: 'sent',
  async compare(tx, reopened) {
    const { transmissionId, municipality } = reopened.manifest
    return await compareTold(tx, reopened, 保険料情報, {
      key: ['被保険者番号', '賦課年度', '決定番号'],
      aside: ['操作年月日'],
      toldIn: (at) => deliveredIn(at, municipality),
      async *standing(at) {
        yield* deliveredRows(at, transmissionId)
      },
    })
  },
}

async function deliveredIn(tx: Transaction, municipality: string): Promise<Map<string, string>> {
  const rows = await tx.query<{
    subject_key: number
    fiscal_year: number
    revision: number
    transmission_id: string
  }>(
    `select subject_key, fiscal_year, revision, transmission_id from premium.delivery
      where municipality_code = $1::text`,
    [municipality],
  )
  return new Map(
    rows.map(({ subject_key, fiscal_year, revision, transmission_id }) => [
      toldKey([
        String(subject_key % 100_000_000).padStart(8, '0'),
        String(fiscal_year),
        String(revision),
      ]),
      transmission_id,
    ]),
  )
}
