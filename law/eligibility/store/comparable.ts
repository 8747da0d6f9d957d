import {
  byLine,
  type Comparable,
  compareKept,
  compareTold,
  listQuarantined,
  toldKey,
  undone,
} from '@koiki/exchange'
import { type Layout, 住民基本台帳情報, 住登外登録情報, 被保険者情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { insuredRows, placeInsuredRows } from './insuredRows.ts'
import { storedDigests } from './reconciledRows.ts'
import { recordDigest } from './staging.ts'

/** 住民の記録の突合せ — every row that was taken in left its digest; versions are appended and never changed. */
const comparableResident = (layout: Layout): Comparable => ({
  layout: layout.name,
  direction: 'received',
  async compare(tx, reopened) {
    const { transmissionId, municipality } = reopened.manifest
    const quarantined = await listQuarantined(tx, transmissionId)
    const addresseeAt = reopened.layout.names.indexOf('宛名番号')
    const known = await knownAddressees(tx, municipality)
    const stored = await storedDigests(tx, transmissionId)
    return await compareKept(reopened, {
      held: new Map([...stored].map(([line, digest]) => [String(line), digest])),
      nameOf: byLine,
      quarantined: new Set(quarantined.map(({ line }) => line)),
      notTaken: new Set(),
      digest: (record) => recordDigest(reopened.layout, record),
      wasKnown: (record) => known.has(record[addresseeAt] as string),
    })
  },
})

async function knownAddressees(tx: Transaction, municipality: string): Promise<Set<string>> {
  const rows = await tx.query<{ addressee_number: string }>(
    'select addressee_number from eligibility.resident where municipality_code = $1::text',
    [municipality],
  )
  return new Set(rows.map(({ addressee_number }) => addressee_number))
}

export const comparableResidents: readonly Comparable[] = [
  comparableResident(住民基本台帳情報),
  comparableResident(住登外登録情報),
]

/**
 * 被保険者情報の突合せ — what was told last by the transmission is asked for as if it had never been told, which writes
 * it again from what stands; the question is undone.
 */
export const comparableInsured: Comparable = {
  layout: 被保険者情報.name,
  direction: 'sent',
  async compare(tx, reopened) {
    const { transmissionId, municipality } = reopened.manifest
    return await undone(tx, async () => {
      await placeAsTold(tx, municipality, transmissionId)
      return await compareTold(tx, reopened, 被保険者情報, {
        key: ['被保険者番号', '資格取得年月日'],
        // 異動区分 says what the municipality had been told before.
        aside: ['異動区分', '操作年月日'],
        toldIn: (at) => toldIn(at, municipality),
        standing: (at) => insuredRows(at, municipality),
      })
    })
  },
}

async function placeAsTold(
  tx: Transaction,
  municipality: string,
  transmissionId: string,
): Promise<void> {
  await tx.run(
    `create temporary table as_told on commit drop as
     select subject_key, acquired_on, digest from eligibility.insured_delivery
      where municipality_code = $1::text and transmission_id = $2::uuid`,
    [municipality, transmissionId],
  )
  await tx.run(
    `update eligibility.insured_delivery set digest = decode(repeat('00', 32), 'hex')
      where municipality_code = $1::text and transmission_id = $2::uuid`,
    [municipality, transmissionId],
  )
  await placeInsuredRows(tx, municipality)
  await tx.run(
    `delete from told t
      where not exists (
        select from as_told a
         where a.subject_key = t.subject_key and a.acquired_on = t.acquired_on
           and a.digest = t.digest)`,
  )
}

async function toldIn(tx: Transaction, municipality: string): Promise<Map<string, string>> {
  const rows = await tx.query<{ number: string; acquired_on: string; transmission_id: string }>(
    `select p.insured_number as number, d.acquired_on, d.transmission_id
       from eligibility.insured_delivery d
       join eligibility.insured_person p on p.subject_key = d.subject_key
      where d.municipality_code = $1::text`,
    [municipality],
  )
  return new Map(
    rows.map(({ number, acquired_on, transmission_id }) => [
      toldKey([number, acquired_on]),
      transmission_id,
    ]),
  )
}
