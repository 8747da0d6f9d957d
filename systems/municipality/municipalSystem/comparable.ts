import {
  byLine,
  type Comparable,
  compareKept,
  compareTold,
  type ReopenedTransmission,
  toldKey,
  undone,
} from '@koiki/exchange'
import type { Layout, RowOf } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { contentDigest, selectList } from '../columns.ts'
import { type Exportable, exportables } from './exportToUnion.ts'
import {
  arrivingColumns,
  arrivingReader,
  prepareArriving,
  type Receivable,
  receivables,
} from './received.ts'

/** 移出した情報の突合せ — what stands as it was exported is written again, but for the Individual Number, which rests sealed. */
const comparableExport = (of: Exportable): Comparable => {
  const ofYear = of.step === '4-2'
  const key = ofYear ? (['宛名番号', '課税年度'] as const) : (['宛名番号'] as const)
  return {
    layout: of.layout.name,
    direction: 'sent',
    async compare(tx, reopened) {
      const { transmissionId, municipality } = reopened.manifest
      return await compareTold<Layout>(tx, reopened, of.layout, {
        key,
        aside: ['個人番号', '操作年月日'],
        async toldIn(at) {
          const rows = await at.query<{ addressee: string; year: number; transmission: string }>(
            `select r.addressee_number as addressee, r.fiscal_year as year,
                    x.transmission_id as transmission
               from municipal_system.exported_record r
               join municipal_system.export x using (municipality_code, export_id)
              where r.municipality_code = $1 and r.layout = $2`,
            [municipality, of.layout.name],
          )
          return new Map(
            rows.map(({ addressee, year, transmission }) => [
              toldKey(ofYear ? [addressee, String(year)] : [addressee]),
              transmission,
            ]),
          )
        },
        standing: (at) => standingRows(at, of, municipality, transmissionId),
      })
    },
  }
}

async function* standingRows(
  tx: Transaction,
  of: Exportable,
  municipality: string,
  transmissionId: string,
): AsyncGenerator<RowOf<Layout>> {
  const columns = of.columns.filter(([field]) => field !== 'numberToken')
  const own = of.columns.map(([, column]) => column)
  const batches = tx.batches<Record<string, unknown>>(
    `select ${selectList(columns)}
       from (select t.${own.join(', t.')}
               from municipal_system.${of.table} t
               join municipal_system.exported_record r
                 on r.municipality_code = t.municipality_code
                and r.addressee_number = t.addressee_number
                and r.fiscal_year = ${of.step === '4-2' ? 't.fiscal_year' : '0'}
               join municipal_system.export x
                 on x.municipality_code = r.municipality_code and x.export_id = r.export_id
              where t.municipality_code = $1 and r.layout = $2 and x.transmission_id = $3
                and r.content_sha256 = t.content_sha256) as standing`,
    [municipality, of.layout.name, transmissionId],
    5_000,
  )
  for await (const batch of batches)
    for (const stored of batch) {
      const row: Record<string, unknown> = {}
      for (const [field, , item] of columns) row[item] = stored[field]
      yield row as RowOf<Layout>
    }
}

/** 移入した情報の突合せ — the file is staged once more, and each row's digest compared with the one that it left. */
const comparableImport = (of: Receivable): Comparable => ({
  layout: of.layout.name,
  direction: 'received',
  compare: (tx, reopened) => undone(tx, () => compareImported(tx, of, reopened)),
})

async function compareImported(tx: Transaction, of: Receivable, reopened: ReopenedTransmission) {
  const { transmissionId, municipality, union } = reopened.manifest
  await prepareArriving(tx, of)
  const valuesOf = arrivingReader(of, reopened.layout, union)
  async function* rows() {
    for await (const { records, lines } of reopened.batches())
      for (const [index, record] of records.entries())
        yield valuesOf(record, lines[index] as number)
  }
  await tx.copyRows(`arriving (${arrivingColumns(of)})`, rows())
  // As when it came: what its edition leaves open is settled before it is compared.
  for (const statement of of.settle ?? []) await tx.run(statement)
  const staged = await tx.query<{ line: number; digest: string }>(
    `select line, encode(${contentDigest(of.columns)}, 'hex') as digest from arriving`,
  )
  const kept = await tx.query<{ line: number; digest: string }>(
    `select line_number as line, encode(content_sha256, 'hex') as digest
       from municipal_system.received_record
      where municipality_code = $1 and transmission_id = $2`,
    [municipality, transmissionId],
  )
  const came = new Map(staged.map(({ line, digest }) => [String(line), digest]))
  return await compareKept(reopened, {
    held: new Map(kept.map((one) => [String(one.line), one.digest])),
    nameOf: byLine,
    quarantined: new Set(),
    notTaken: new Set(),
    digest: (_, line) => came.get(String(line)) ?? '',
    wasKnown: () => false,
  })
}

/** 突き合わせる情報 — everything that this system gives to the union and takes from it. */
export const municipalComparables: readonly Comparable[] = [
  ...exportables.map(comparableExport),
  ...receivables.map(comparableImport),
]
