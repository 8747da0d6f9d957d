import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { installationKind } from '@koiki/access'
import { recordAccess } from '@koiki/audit'
import { type ExchangePlace, keepSealed, seal, unseal } from '@koiki/exchange'
import {
  deliveredTitles,
  type FormDelivery,
  type FormSheet,
  FormStopped,
  insertFormDelivery,
  nextFormNumber,
  type PrintedForm,
  printForm,
} from '@koiki/notices'
import { defineJob, JobFailure, type JobRun, type Transaction } from '@koiki/store'
import { municipalityName } from '../places.ts'
import { type ListKind, listKinds } from './catalogue.ts'
import {
  comingOfAgeLists,
  entitlementChangeList,
  firstOfNextMonth,
  listSheet,
  type MunicipalList,
  municipalitiesWithChanges,
} from './lists.ts'

export type DeliverFormsArgs = {
  readonly list: ListKind
  /** Only where this month's list is not there yet: what the day asks for by itself. */
  readonly once: boolean
  /** Who asked, as the margin of the list says it. */
  readonly by: string
}

type Made = { readonly [municipality: string]: number }

/**
 * 帳票の配信 — one list as a PDF for each municipality that it concerns, numbered and sealed. A municipality is a unit: its
 * number, its row and its audit are committed together, and a crash goes on with the next one.
 */
export const deliverForms = (place: (union: string) => ExchangePlace) =>
  defineJob<DeliverFormsArgs>({
    kind: 'union.deliverForms',
    title: ({ list }) => `${listKinds[list].name}の配信`,
    queue: (_, scope) => `eligibility:${scope.union}`,
    steps: [{ name: '一覧の作成', run: (run) => deliver(place, run) }],
  })

async function deliver(
  place: (union: string) => ExchangePlace,
  run: JobRun<DeliverFormsArgs>,
): Promise<void> {
  const { list: kind, by } = run.args
  const self = place(run.scope.union)
  const made: Record<string, number> = { ...(run.checkpoint<Made>() ?? {}) }
  const { mock, units } = await run.read((tx) => unitsOf(tx, run.args))
  const waiting = units.filter(({ municipality }) => made[municipality] === undefined)
  const total = Object.keys(made).length + waiting.length
  for (const unit of waiting) {
    await run.commit(async (tx) => {
      const deliveryId = randomUUID()
      const list = await unit.make(tx, deliveryId)
      if (list === null) return { ...made }
      const number = await nextFormNumber(tx, list.municipality)
      const sheet = listSheet(run.scope.union, kind, list, { number, at: tx.now, by })
      const { pdf, pages } = printed(sheet, mock, list)
      const [own] = await self.keys.own(self.self)
      const kept = await keepSealed(self.folder, seal(own.recipient, [pdf]))
      await insertFormDelivery(tx, number, {
        deliveryId,
        municipality: list.municipality,
        form: kind,
        title: list.title,
        coversFrom: list.coversFrom,
        coversUntil: tx.now,
        people: list.people,
        pages,
        bytes: pdf.length,
        sha256: createHash('sha256').update(pdf).digest('hex'),
        sealedName: kept.name,
        madeBy: by,
        jobId: run.jobId,
      })
      await recordAccess(tx, {
        channel: 'job',
        actor: { kind: 'job', id: String(run.jobId), name: '帳票の配信' },
        party: self.self,
        purpose: '一覧を市区町村に届けるため',
        act: 'form.deliver',
        effect: 'read',
        persons: list.persons,
      })
      made[list.municipality] = list.people
      return { ...made }
    })
    const count = Object.keys(made).length
    run.progress(count, total, `${count}市区町村分の${listKinds[kind].name}を作りました。`)
  }
  run.result({
    forms: Object.keys(made).length,
    people: Object.values(made).reduce((sum, people) => sum + people, 0),
  })
}

/** 一つの市区町村の分 — made in the transaction that also keeps it. */
type Unit = {
  readonly municipality: string
  readonly make: (tx: Transaction, deliveryId: string) => Promise<MunicipalList | null>
}

/** Whom there is something to tell. */
async function unitsOf(
  tx: Transaction,
  { list, once }: DeliverFormsArgs,
): Promise<{ readonly mock: boolean; readonly units: readonly Unit[] }> {
  const mock = (await installationKind(tx)) === 'invented'
  if (list === 'entitlementChanges') {
    const municipalities = await municipalitiesWithChanges(tx)
    const units = municipalities.map(
      (municipality): Unit => ({
        municipality,
        make: (unit, deliveryId) => entitlementChangeList(unit, municipality, deliveryId),
      }),
    )
    return { mock, units }
  }
  const there = once ? await deliveredTitles(tx, list) : new Set<string>()
  const units = (await comingOfAgeLists(tx, firstOfNextMonth(tx.today)))
    .filter(({ municipality, title }) => !there.has(`${municipality} ${title}`))
    .map((one): Unit => ({ municipality: one.municipality, make: async () => one }))
  return { mock, units }
}

/** A name that cannot be printed stops its municipality's list and names nobody; the run says which one. */
function printed(sheet: FormSheet, mock: boolean, list: MunicipalList): PrintedForm {
  try {
    return printForm(sheet, { mock })
  } catch (error) {
    if (error instanceof FormStopped)
      throw new JobFailure(
        `${municipalityName(list.municipality)}の${list.title}: ${error.message}`,
      )
    throw error
  }
}

/** 配信した帳票を開く — the PDF, unsealed as it is read; it rests on disk only sealed. */
export async function* openForms(
  place: ExchangePlace,
  { sealedName }: Pick<FormDelivery, 'sealedName'>,
): AsyncGenerator<Buffer> {
  const own = await place.keys.own(place.self)
  const sealed = createReadStream(path.join(place.folder, sealedName))
  yield* unseal(
    own.map(({ identity }) => identity),
    sealed as AsyncIterable<Buffer>,
  )
}
