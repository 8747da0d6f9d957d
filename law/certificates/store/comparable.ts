import {
  type Comparable,
  compareKept,
  compareTold,
  listFindings,
  listQuarantined,
  undone,
} from '@koiki/exchange'
import { マイナ保険証利用登録状況, 住所地特例者情報, 被保険者証等発行用情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import {
  certificateRows,
  placeCertificateRows,
  placeProvisionRows,
  provisionRows,
} from './deliveryRows.ts'

/**
 * 被保険者証等発行用情報の突合せ — what was told last by the transmission is asked for as if it had never been told, which
 * writes it again from what stands; the question is undone.
 */
export const comparableCertificates: Comparable = {
  layout: 被保険者証等発行用情報.name,
  direction: 'sent',
  async compare(tx, reopened) {
    const { transmissionId, municipality } = reopened.manifest
    return await undone(tx, async () => {
      await placeAsTold(tx, 'certificate_delivery', ['subject_key', 'issue_number'], {
        municipality,
        transmissionId,
        place: placeCertificateRows,
      })
      return await compareTold(tx, reopened, 被保険者証等発行用情報, {
        key: ['被保険者番号', '発行番号'],
        aside: ['操作年月日'],
        toldIn: (at) =>
          toldIn(
            at,
            `select i.contents ->> 'insuredNumber' || ' ' || d.issue_number as key,
                    d.transmission_id
               from certificates.certificate_delivery d
               join certificates.issue i using (subject_key, municipality_code, issue_number)
              where d.municipality_code = $1::text`,
            municipality,
          ),
        standing: (at) => certificateRows(at, municipality),
      })
    })
  },
}

/** 住所地特例者情報の突合せ — in the same way. */
export const comparableProvisions: Comparable = {
  layout: 住所地特例者情報.name,
  direction: 'sent',
  async compare(tx, reopened) {
    const { transmissionId, municipality } = reopened.manifest
    return await undone(tx, async () => {
      await placeAsTold(tx, 'provision_delivery', ['resident_key', 'began_on'], {
        municipality,
        transmissionId,
        place: placeProvisionRows,
      })
      return await compareTold(tx, reopened, 住所地特例者情報, {
        key: ['宛名番号', '適用開始年月日'],
        // 異動区分 says what the municipality had been told before.
        aside: ['異動区分', '操作年月日'],
        toldIn: (at) =>
          toldIn(
            at,
            `select a.addressee_number || ' ' || d.began_on as key, d.transmission_id
               from certificates.provision_delivery d
               join eligibility.registered_residence a on a.resident_key = d.resident_key
              where d.municipality_code = $1::text`,
            municipality,
          ),
        standing: (at) => provisionRows(at, municipality),
      })
    })
  },
}

const cardItems = [
  '利用登録状況',
  '利用登録年月日',
  '利用登録解除年月日',
  '電子証明書有効期限',
  '電子証明書失効年月日',
] as const

/** マイナ保険証利用登録状況の突合せ — by the state and the days that a list told of a person; facts are appended and never changed. */
export const comparableInsuranceCards: Comparable = {
  layout: マイナ保険証利用登録状況.name,
  direction: 'received',
  async compare(tx, reopened) {
    const { transmissionId } = reopened.manifest
    const rows = await tx.query<{ number: string; told: string; own: boolean }>(
      `select lpad((subject_key % 100000000)::text, 8, '0') as number,
              transmission_id = $1::uuid as own,
              concat_ws(' ', case state when 'notRegistered' then '0' when 'deregistered' then '2'
                               else '1' end,
                        coalesce(registered_on::text, '-'),
                        coalesce(deregistered_on::text, '-'),
                        coalesce(electronic_certificate_until::text, '-'),
                        coalesce(electronic_certificate_revoked_on::text, '-')) as told
         from certificates.insurance_card_use where told_by = 'list'`,
      [transmissionId],
    )
    const held = new Map(rows.filter(({ own }) => own).map(({ number, told }) => [number, told]))
    const known = new Set(rows.map(({ number, told }) => `${number} ${told}`))
    const findings = await listFindings(tx, transmissionId, 1_000_000)
    const quarantined = await listQuarantined(tx, transmissionId)
    const { names } = reopened.layout
    const numberAt = names.indexOf('被保険者番号')
    const itemsAt = cardItems.map((name) => names.indexOf(name))
    return await compareKept(reopened, {
      held,
      nameOf: (record) => record[numberAt] as string,
      quarantined: new Set(quarantined.map(({ line }) => line)),
      notTaken: new Set(findings.map(({ line }) => line ?? 0)),
      digest: (record) => itemsAt.map((at) => record[at] || '-').join(' '),
      wasKnown: (record, told) => known.has(`${record[numberAt]} ${told}`),
    })
  },
}

async function placeAsTold(
  tx: Transaction,
  table: 'certificate_delivery' | 'provision_delivery',
  key: readonly string[],
  told: {
    readonly municipality: string
    readonly transmissionId: string
    readonly place: (tx: Transaction, municipality: string) => Promise<number>
  },
): Promise<void> {
  const { municipality, transmissionId, place } = told
  await tx.run(
    `create temporary table as_told on commit drop as
     select ${key.join(', ')}, digest from certificates.${table}
      where municipality_code = $1::text and transmission_id = $2::uuid`,
    [municipality, transmissionId],
  )
  await tx.run(
    `update certificates.${table} set digest = decode(repeat('00', 32), 'hex')
      where municipality_code = $1::text and transmission_id = $2::uuid`,
    [municipality, transmissionId],
  )
  await place(tx, municipality)
  const same = [...key, 'digest'].map((column) => `a.${column} = t.${column}`).join(' and ')
  await tx.run(`delete from told t where not exists (select from as_told a where ${same})`)
}

async function toldIn(
  tx: Transaction,
  query: string,
  municipality: string,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ key: string; transmission_id: string }>(query, [municipality])
  return new Map(rows.map(({ key, transmission_id }) => [key, transmission_id]))
}
