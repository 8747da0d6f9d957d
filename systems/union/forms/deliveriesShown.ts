import { daysBetween, type PlainDate } from '@koiki/kernel'
import {
  type FormDelivery,
  findFormDelivery,
  listFormDeliveries,
  listUnfetchedForms,
} from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import type { FormDeliveries, FormDelivery as FormDeliveryShown } from '../api.ts'
import { nothing } from '../failure.ts'
import { dayInJapan } from '../instants.ts'
import { municipalityName } from '../places.ts'
import { packUuid, unpackUuid } from '../reference.ts'
import type { Call } from '../route.ts'
import { type ListKind, listKinds } from './catalogue.ts'

type AnyCall = Call<never, never> | Call

/** 受け取りを待つ日数 — after these days a form that nobody confirmed is an alarm on both sides; our own reading. */
export const formTermDays = 3

const waitingDays = (one: FormDelivery, today: PlainDate): number | null =>
  one.receivedAt === null ? daysBetween(dayInJapan(one.madeAt) as PlainDate, today) : null

export const isOverdue = (one: FormDelivery, today: PlainDate): boolean =>
  (waitingDays(one, today) ?? 0) >= formTermDays

export function deliveryShown(
  tx: Transaction,
  call: AnyCall,
  one: FormDelivery,
): z.infer<typeof FormDeliveryShown> {
  return {
    delivery: call.references.write('formDelivery', packUuid(one.deliveryId)),
    municipality: { code: one.municipality, name: municipalityName(one.municipality) },
    number: one.number,
    formNumber: listKinds[one.form as ListKind].number,
    title: one.title,
    people: one.people,
    pages: one.pages,
    bytes: one.bytes,
    sha256: one.sha256,
    madeAt: one.madeAt,
    madeBy: one.madeBy,
    state: one.receivedAt !== null ? 'received' : one.fetchedAt !== null ? 'fetched' : 'ready',
    fetchedAt: one.fetchedAt,
    fetchedBy: one.fetchedBy,
    receivedAt: one.receivedAt,
    receivedBy: one.receivedBy,
    waitingDays: waitingDays(one, tx.today),
    overdue: isOverdue(one, tx.today),
  }
}

const pageLength = 300

/** 配信した帳票の頁 — the newest first, and where to ask for those before; the alarm counts what is on no page too. */
export async function deliveriesShown(
  tx: Transaction,
  call: AnyCall,
  older: string | null,
): Promise<z.infer<typeof FormDeliveries>> {
  const id = older === null ? null : call.references.read('formDelivery', older)
  const after = id === null ? null : await findFormDelivery(tx, unpackUuid(id))
  if (older !== null && after === null) throw nothing()
  const found = await listFormDeliveries(tx, pageLength + 1, after)
  const page = found.slice(0, pageLength).map((one) => deliveryShown(tx, call, one))
  const overdue = (await listUnfetchedForms(tx)).filter((one) => isOverdue(one, tx.today))
  return {
    checkedAt: tx.now,
    termDays: formTermDays,
    overdue: {
      forms: overdue.length,
      municipalities: [
        ...new Set(overdue.map(({ municipality }) => municipalityName(municipality))),
      ],
    },
    deliveries: page,
    older: found.length > pageLength ? (page.at(-1)?.delivery ?? null) : null,
  }
}

/** 受け取られていない帳票の文 — for the page of the day; null where none waits. */
export async function waitingForms(
  tx: Transaction,
  realm: 'counter' | 'union',
): Promise<{ readonly sentence: string; readonly count: number } | null> {
  const waiting = await listUnfetchedForms(tx)
  const overdue = waiting.filter((one) => isOverdue(one, tx.today))
  if (realm === 'counter')
    return waiting.length === 0
      ? null
      : {
          sentence: `広域連合から届いた帳票を、受け取っていません${overdue.length > 0 ? `(${overdue.length}件は${formTermDays}日を過ぎました)` : ''}`,
          count: waiting.length,
        }
  const [first] = overdue
  if (first === undefined) return null
  const others = new Set(overdue.map(({ municipality }) => municipality)).size - 1
  return {
    sentence: `${municipalityName(first.municipality)}${others > 0 ? `ほか${others}市区町村` : ''}が、配信した帳票を${formTermDays}日たっても受け取っていません`,
    count: overdue.length,
  }
}
