import type { Instant, Transaction } from '@koiki/store'

/** 配信した帳票 — one numbered transmission of forms to a municipality. */
export type FormDelivery = {
  readonly deliveryId: string
  readonly municipality: string
  readonly number: number
  readonly form: string
  readonly title: string
  readonly coversFrom: Instant | null
  readonly coversUntil: Instant
  readonly people: number
  readonly pages: number
  readonly bytes: number
  readonly sha256: string
  readonly sealedName: string
  readonly madeAt: Instant
  readonly madeBy: string
  readonly fetchedAt: Instant | null
  readonly fetchedBy: string | null
  readonly receivedAt: Instant | null
  readonly receivedBy: string | null
}

const columns = `d.delivery_id::text as "deliveryId", d.municipality_code as municipality, d.number,
  d.form, d.title, d.covers_from as "coversFrom", d.covers_until as "coversUntil", d.people, d.pages,
  d.bytes, d.sha256, d.sealed_name as "sealedName", d.made_at as "madeAt", d.made_by as "madeBy",
  f.at as "fetchedAt", f.account_name as "fetchedBy",
  r.at as "receivedAt", r.account_name as "receivedBy"`

const first = (act: string, name: string): string => `left join lateral (
    select at, account_name from notices.form_delivery_event e
     where e.delivery_id = d.delivery_id and e.act = '${act}'
     order by sequence limit 1) ${name} on true`

const joins = `from notices.form_delivery d ${first('fetched', 'f')} ${first('received', 'r')}`

/** 配信した帳票の一覧 — the newest first, within the scope; those that come after one of them where it is named. */
export const listFormDeliveries = (
  tx: Transaction,
  limit: number,
  after: Pick<FormDelivery, 'madeAt' | 'municipality' | 'number'> | null = null,
): Promise<FormDelivery[]> =>
  tx.query<FormDelivery>(
    `select ${columns} ${joins}
      where $2::timestamptz is null or d.made_at < $2::timestamptz
         or d.made_at = $2::timestamptz
            and (d.municipality_code > $3 or d.municipality_code = $3 and d.number < $4::integer)
      order by d.made_at desc, d.municipality_code, d.number desc limit $1`,
    [limit, after?.madeAt ?? null, after?.municipality ?? null, after?.number ?? null],
  )

/** まだ受け取られていない帳票 — the oldest first; those are what an alarm speaks of. */
export const listUnfetchedForms = (tx: Transaction): Promise<FormDelivery[]> =>
  tx.query<FormDelivery>(
    `select ${columns} ${joins} where r.at is null order by d.made_at, d.municipality_code, d.number`,
  )

export const findFormDelivery = (
  tx: Transaction,
  deliveryId: string,
): Promise<FormDelivery | null> =>
  tx.maybe<FormDelivery>(`select ${columns} ${joins} where d.delivery_id = $1::uuid`, [deliveryId])

/** どこまで伝えたか — of each municipality the last moment of which a form of this kind spoke. */
export async function coveredUntil(
  tx: Transaction,
  form: string,
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await tx.query<{ municipality: string; until: Instant }>(
    `select municipality_code as municipality, max(covers_until) as until
       from notices.form_delivery where form = $1 group by 1`,
    [form],
  )
  return new Map(rows.map(({ municipality, until }) => [municipality, until]))
}

/** もう届けた題 — a list of a month is made by itself only once. */
export async function deliveredTitles(tx: Transaction, form: string): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }>(
    `select municipality_code || ' ' || title as key from notices.form_delivery where form = $1`,
    [form],
  )
  return new Set(rows.map(({ key }) => key))
}

/** 仕事の封をしたファイル — the names of those that a job delivered. */
export async function sealedFormsOf(tx: Transaction, jobId: number): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ name: string }>(
    'select sealed_name as name from notices.form_delivery where job_id = $1::bigint',
    [jobId],
  )
  return new Set(rows.map(({ name }) => name))
}

export type NewFormDelivery = Omit<
  FormDelivery,
  'number' | 'madeAt' | 'fetchedAt' | 'fetchedBy' | 'receivedAt' | 'receivedBy'
> & { readonly jobId: number }

/** 次の番号 — of the municipality, without a gap: whoever asks meanwhile waits for the end of this transaction. */
export async function nextFormNumber(tx: Transaction, municipality: string): Promise<number> {
  await tx.run('select pg_advisory_xact_lock(hashtext($1))', [
    `notices.form_delivery ${municipality}`,
  ])
  const { last } = await tx.one<{ last: number }>(
    'select coalesce(max(number), 0)::integer as last from notices.form_delivery where municipality_code = $1',
    [municipality],
  )
  return last + 1
}

export async function insertFormDelivery(
  tx: Transaction,
  number: number,
  one: NewFormDelivery,
): Promise<void> {
  await tx.run(
    `insert into notices.form_delivery
       (delivery_id, municipality_code, union_code, number, form, title, covers_from, covers_until,
        people, pages, bytes, sha256, sealed_name, made_at, made_by, job_id)
     values ($1::uuid, $2, $3::smallint, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9, $10, $11,
             $12, $13, $14::timestamptz, $15, $16::bigint)`,
    [
      one.deliveryId,
      one.municipality,
      tx.scope!.union,
      number,
      one.form,
      one.title,
      one.coversFrom,
      one.coversUntil,
      one.people,
      one.pages,
      one.bytes,
      one.sha256,
      one.sealedName,
      tx.now,
      one.madeBy,
      one.jobId,
    ],
  )
}

/** 受け取りのいきさつを足す */
export async function recordFormDelivery(
  tx: Transaction,
  one: Pick<FormDelivery, 'deliveryId' | 'municipality'>,
  act: 'fetched' | 'received',
  clerk: { readonly account: string; readonly name: string },
): Promise<void> {
  await tx.run(
    `insert into notices.form_delivery_event
       (delivery_id, sequence, municipality_code, union_code, act, at, account, account_name)
     select $1::uuid, coalesce(max(sequence), 0) + 1, $2, $3::smallint, $4, $5::timestamptz,
            $6::uuid, $7
       from notices.form_delivery_event where delivery_id = $1::uuid`,
    [one.deliveryId, one.municipality, tx.scope!.union, act, tx.now, clerk.account, clerk.name],
  )
}
