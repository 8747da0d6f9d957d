import { createHash, randomUUID } from 'node:crypto'
import { installationKind } from '@koiki/access'
import { recordAccess } from '@koiki/audit'
import { type ExchangePlace, tellWhyNotMade } from '@koiki/exchange'
import {
  deliveredTitles,
  type FormSheet,
  FormStopped,
  insertFormDelivery,
  nextFormNumber,
  type PrintedForm,
  printForm,
} from '@koiki/notices'
import { defineJob, JobFailure, type JobRun, type Transaction } from '@koiki/store'
import { municipalityName } from '../places.ts'
import { firstOfNextMonth, type ListKind, listKinds } from './catalogue.ts'
import { comingOfAgeLists } from './comingOfAgeList.ts'
import { entitlementChangeList, municipalitiesWithChanges } from './entitlementChangeList.ts'
import { keepForm, sweepForms } from './formFiles.ts'
import { issuedDocumentList, municipalitiesWithIssues } from './issuedDocumentList.ts'
import {
  type ListVolume,
  listSheet,
  type MunicipalList,
  ofFirstVolume,
  volumesOf,
  volumeTitle,
} from './lists.ts'
import { residenceProvisionLists } from './residenceProvisionList.ts'

export type DeliverFormsArgs = {
  readonly list: ListKind
  /** Only where this month's list is not there yet: what the day asks for by itself. */
  readonly once: boolean
  /** Who asked, as the margin of the list says it. */
  readonly by: string
}

type Made = { readonly [municipality: string]: { readonly forms: number; readonly people: number } }

const kind = 'union.deliverForms'

/**
 * 帳票の配信 — one list as PDFs for each municipality that it concerns, numbered and sealed. A municipality is a unit: its
 * numbers, its rows, what was told and its audit are committed together, and a crash goes on with the next one.
 */
export const deliverForms = (place: (union: string) => ExchangePlace) =>
  defineJob<DeliverFormsArgs>({
    kind,
    title: ({ list }) => `${listKinds[list].name}の配信`,
    queue: (_, scope) => `eligibility:${scope.union}`,
    steps: [{ name: '一覧の作成', run: (run) => deliver(place, run) }],
  })

async function deliver(
  place: (union: string) => ExchangePlace,
  run: JobRun<DeliverFormsArgs>,
): Promise<void> {
  const self = place(run.scope.union)
  const { mock, units } = await run.read(async (tx) => {
    await sweepForms(tx, self, [run.jobId, ...(await fallenJobs(tx))])
    return {
      mock: (await installationKind(tx)) === 'invented',
      units: await unitsOf(tx, run.args),
    }
  })
  const before = run.checkpoint<Made>() ?? {}
  const made = new Map(Object.entries(before))
  const waiting = units.filter(({ municipality }) => !made.has(municipality))
  const total = made.size + waiting.length
  for (const { municipality, make } of waiting) {
    await run.commit(async (tx) => {
      const list = await make(tx)
      const volumes = list === null ? [] : volumesOf(list)
      for (const volume of volumes) await deliverVolume(tx, self, run, volume, mock)
      const people = new Set(list?.rows.map(({ person }) => person)).size
      if (volumes.length > 0) made.set(municipality, { forms: volumes.length, people })
      return Object.fromEntries(made)
    })
    const { name } = listKinds[run.args.list]
    run.progress(made.size, total, `${made.size}市区町村分の${name}を作りました。`)
  }
  const sum = (of: 'forms' | 'people'): number =>
    [...made.values()].reduce((all, one) => all + one[of], 0)
  run.result({ forms: sum('forms'), people: sum('people') })
}

/** 一冊を配信する — sealed before the row that names it, so that no row ever names what is not there. */
async function deliverVolume(
  tx: Transaction,
  self: ExchangePlace,
  { args: { list: form, by }, jobId, scope }: JobRun<DeliverFormsArgs>,
  volume: ListVolume,
  mock: boolean,
): Promise<void> {
  const { municipality, rows } = volume
  const deliveryId = randomUUID()
  const number = await nextFormNumber(tx, municipality)
  const sheet = listSheet(scope.union, form, volume, { number, at: tx.now, by })
  const { pdf, pages } = printed(sheet, mock, volume)
  const persons = [...new Set(rows.map(({ person }) => person))]
  await insertFormDelivery(tx, number, {
    deliveryId,
    municipality,
    form,
    title: volumeTitle(volume),
    coversFrom: volume.coversFrom,
    coversUntil: tx.now,
    people: persons.length,
    pages,
    bytes: pdf.length,
    sha256: createHash('sha256').update(pdf).digest('hex'),
    sealedName: await keepForm(self, jobId, pdf).catch(tellWhyNotMade),
    madeBy: by,
    jobId,
  })
  await volume.remember?.(tx, deliveryId, rows)
  await recordAccess(tx, {
    channel: 'job',
    actor: { kind: 'job', id: String(jobId), name: '帳票の配信' },
    party: self.self,
    purpose: '一覧を市区町村に届けるため',
    act: 'form.deliver',
    effect: 'read',
    persons,
  })
}

/** Jobs of this kind that ended in the middle: nobody may ever ask for them again. */
async function fallenJobs(tx: Transaction): Promise<readonly number[]> {
  const rows = await tx.query<{ jobId: number }>(
    `select job_id as "jobId" from work.job
      where kind = $1 and scope_union = $2 and state in ('failed', 'cancelled')`,
    [kind, tx.scope!.union],
  )
  return rows.map(({ jobId }) => jobId)
}

/** 一つの市区町村の分 — made in the transaction that also keeps it; null where nothing is left to tell. */
type Unit = {
  readonly municipality: string
  readonly make: (tx: Transaction) => Promise<MunicipalList | null>
}

/** Whom there is something to tell. */
async function unitsOf(
  tx: Transaction,
  { list, once }: DeliverFormsArgs,
): Promise<readonly Unit[]> {
  switch (list) {
    case 'entitlementChanges':
      return (await municipalitiesWithChanges(tx)).map((municipality) => ({
        municipality,
        make: (unit) => entitlementChangeList(unit, municipality),
      }))
    case 'issuedDocuments':
      return (await municipalitiesWithIssues(tx)).map((municipality) => ({
        municipality,
        make: (unit) => issuedDocumentList(unit, municipality),
      }))
    case 'comingOfAge':
      return ofMonth(tx, list, once, await comingOfAgeLists(tx, firstOfNextMonth(tx.today)))
    case 'residenceProvisions':
      return ofMonth(tx, list, once, await residenceProvisionLists(tx))
  }
}

async function ofMonth(
  tx: Transaction,
  kind: ListKind,
  once: boolean,
  found: readonly MunicipalList[],
): Promise<readonly Unit[]> {
  const there = once ? await deliveredTitles(tx, kind) : new Set<string>()
  return found
    .filter((list) => {
      const title = `${list.municipality} ${list.title}`
      return !there.has(title) && !there.has(ofFirstVolume(title))
    })
    .map((list) => ({ municipality: list.municipality, make: async () => list }))
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
