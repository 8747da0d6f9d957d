import type { Database, Scope } from '@koiki/store'
import { type ColumnMap, contentDigest } from './columns.ts'
import { incomeColumns } from './income.ts'
import { residentColumns } from './resident.ts'
import type { Stores } from './stores.ts'

/** 件数と要約値 — two stores hold the same exactly when both agree. */
export interface Held {
  readonly count: number
  readonly digest: string
}

/**
 * 状態の要約 — what each system of one municipality holds, as counts and SHA-256 digests only: enough to
 * compare two sides, too little to learn of anybody. Digests of 被保険者 and 保険料 are over lines that the
 * union can write as well; README.md says how.
 */
export interface StateDigest {
  readonly residentRegister: Held & {
    /** 住民票に記載した被保険者情報; `current` periods run today. */
    readonly insuredEntries: Held & { readonly current: number }
  }
  readonly localTax: Held
  readonly municipalSystem: {
    readonly residents: Held
    readonly incomes: Held
    readonly nonRegistered: Held
    readonly exported: Readonly<Record<string, Held>>
    readonly insuredPersons: Held & { readonly current: number; readonly linked: number }
    /** 住所地特例者; `current` ones apply today, cancelled ones are nobody's. */
    readonly residenceProvisions: Held & { readonly current: number }
    readonly premiums: Readonly<Record<string, Held & { readonly totalYen: number }>>
    readonly documents: Readonly<
      Record<
        string,
        { readonly printed: number; readonly stopped: number; readonly handedOver: number }
      >
    >
  }
}

/** SHA-256 over lines in the order of their bytes, each ended by a line feed but the last. */
const digestOfLines = (line: string): string =>
  `encode(sha256(convert_to(coalesce(string_agg(${line}, e'\\n' order by (${line}) collate "C"), ''), 'UTF8')), 'hex')`

const rowDigest = (map: ColumnMap): string => digestOfLines(`encode(${contentDigest(map)}, 'hex')`)

export async function stateDigest(stores: Stores, scope: Scope): Promise<StateDigest> {
  return {
    residentRegister: {
      ...(await held(
        stores.residentRegister,
        scope,
        'resident_register.resident',
        rowDigest(residentColumns),
      )),
      insuredEntries: await insuredEntries(stores.residentRegister, scope),
    },
    localTax: await held(stores.localTax, scope, 'local_tax.income', rowDigest(incomeColumns)),
    municipalSystem: {
      residents: await held(
        stores.municipalSystem,
        scope,
        'municipal_system.resident',
        rowDigest(residentColumns),
      ),
      incomes: await held(
        stores.municipalSystem,
        scope,
        'municipal_system.income',
        rowDigest(incomeColumns),
      ),
      nonRegistered: await held(
        stores.municipalSystem,
        scope,
        'municipal_system.non_registered_person',
        digestOfLines('addressee_number'),
      ),
      exported: await exported(stores.municipalSystem, scope),
      insuredPersons: await insuredPersons(stores.municipalSystem, scope),
      residenceProvisions: await residenceProvisions(stores.municipalSystem, scope),
      premiums: await premiums(stores.municipalSystem, scope),
      documents: await documents(stores.municipalSystem, scope),
    },
  }
}

const held = (store: Database, scope: Scope, table: string, digest: string): Promise<Held> =>
  store.transaction(scope, (tx) =>
    tx.one<Held>(
      `select count(*) as count, ${digest} as digest from ${table} where municipality_code = $1`,
      [scope.municipality],
    ),
  )

const insuredEntries = (store: Database, scope: Scope): Promise<Held & { current: number }> =>
  store.transaction(scope, (tx) =>
    tx.one(
      `select count(*) as count,
              count(*) filter (where acquired_on <= $2::date
                                 and (lost_on is null or lost_on > $2::date)) as current,
              ${digestOfLines(
                `concat_ws(',', addressee_number, acquired_on::text, coalesce(lost_on::text, ''))`,
              )} as digest
         from resident_register.insured_entry
        where municipality_code = $1`,
      [scope.municipality, tx.today],
    ),
  )

async function exported(store: Database, scope: Scope): Promise<Record<string, Held>> {
  const rows = await store.transaction(scope, (tx) =>
    tx.query<Held & { layout: string }>(
      `select layout, count(*) as count, ${digestOfLines('addressee_number')} as digest
         from municipal_system.exported_record
        where municipality_code = $1
        group by layout
        order by layout`,
      [scope.municipality],
    ),
  )
  return Object.fromEntries(rows.map(({ layout, ...one }) => [layout, one]))
}

const insuredPersons = (
  store: Database,
  scope: Scope,
): Promise<StateDigest['municipalSystem']['insuredPersons']> =>
  store.transaction(scope, (tx) =>
    tx.one(
      `select count(*) as count,
              count(*) filter (where lost_on is null or lost_on > $2::date) as current,
              count(number_token) as linked,
              ${digestOfLines(
                `concat_ws(',', insured_number, addressee_number, acquired_on::text, coalesce(lost_on::text, ''))`,
              )} as digest
         from municipal_system.insured_person
        where municipality_code = $1`,
      [scope.municipality, tx.today],
    ),
  )

const residenceProvisions = (
  store: Database,
  scope: Scope,
): Promise<StateDigest['municipalSystem']['residenceProvisions']> =>
  store.transaction(scope, (tx) =>
    tx.one(
      `select count(*) as count,
              count(*) filter (where began_on <= $2::date
                                 and (ended_on is null or ended_on > $2::date)) as current,
              ${digestOfLines(
                `concat_ws(',', addressee_number, began_on::text, coalesce(ended_on::text, ''))`,
              )} as digest
         from municipal_system.residence_provision
        where municipality_code = $1 and change_kind <> '4'`,
      [scope.municipality, tx.today],
    ),
  )

async function premiums(
  store: Database,
  scope: Scope,
): Promise<Record<string, Held & { totalYen: number }>> {
  const line = `concat_ws(',', insured_number, fiscal_year::text, revision::text, premium_yen::text)`
  const rows = await store.transaction(scope, (tx) =>
    tx.query<Held & { year: number; totalYen: number }>(
      `select fiscal_year as year, count(*) as count, sum(premium_yen)::bigint as "totalYen",
              ${digestOfLines(line)} as digest
         from municipal_system.premium
        where municipality_code = $1
        group by fiscal_year
        order by fiscal_year`,
      [scope.municipality],
    ),
  )
  return Object.fromEntries(rows.map(({ year, ...one }) => [String(year), one]))
}

async function documents(
  store: Database,
  scope: Scope,
): Promise<Record<string, { printed: number; stopped: number; handedOver: number }>> {
  const rows = await store.transaction(scope, (tx) =>
    tx.query<{ kind: string; printed: number; stopped: number; handedOver: number }>(
      `select d.document_kind as kind, count(d.bundle_id) as printed,
              count(d.stopped_because) as stopped, count(h.method) as "handedOver"
         from municipal_system.document as d
         left join municipal_system.hand_over as h
           using (subject_key, municipality_code, document_kind, sheet_number)
        where d.municipality_code = $1
        group by d.document_kind
        order by d.document_kind`,
      [scope.municipality],
    ),
  )
  return Object.fromEntries(rows.map(({ kind, ...one }) => [kind, one]))
}
