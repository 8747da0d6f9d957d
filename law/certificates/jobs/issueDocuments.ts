import { createHash } from 'node:crypto'
import { dayAfter, formatWareki, type PlainDate, plainDate } from '@koiki/kernel'
import { defineJob, type JobRun, type Transaction } from '@koiki/store'
import { type Contents, type Due, documentNames, type Missing } from '../certificate.ts'
import { formOf, type MailingAddress } from '../documentSheet.ts'
import { destinationOf } from '../rules/destinationOf.ts'
import { documentYearOf } from '../rules/documentYear.ts'
import { dueOf } from '../rules/dueOf.ts'
import {
  dropWaiting,
  findInsured,
  findMunicipalities,
  voidStale,
  writeWaiting,
} from '../store/bulk.ts'
import {
  findDestinationFacts,
  findSharedAddresses,
  type SharedAddresses,
} from '../store/destinations.ts'
import { findLastNumbers, insertIssues, type NewIssue } from '../store/issues.ts'
import { type Examined, examine } from '../store/personFacts.ts'
import { insertPrintRun, lastPlace } from '../store/printRuns.ts'
import { carryToldFacts } from '../store/toldFacts.ts'
import { whyUnprintable } from './whyUnprintable.ts'

/** 一括発行の頼み — the day for which documents are made: today, or the first day of the coming year of documents. */
export type IssueDocumentsArgs = { readonly on: string }

type Counts = { issued: number; waiting: number; held: number }
type Progress = { municipality: string; after: number; counts: Counts }

const batchSize = 500
/** 一括発行の名 — who issued, on the record. */
const byRun = '一括発行'

/**
 * 資格確認書等の一括発行 (3-7, 年次更新) — for everyone insured on a day, the document that is due and none where what is held
 * says the same: the renewal of everyone for 1 August and the re-issue for the few who changed are the same run.
 * Deterministic, resumable after each batch; asked again it makes nothing twice.
 */
export const issueDocuments = defineJob<IssueDocumentsArgs>({
  kind: 'certificates.issueDocuments',
  title: ({ on }) => `資格確認書等の一括発行 (${formatWareki(plainDate(on), 'long')}の文書)`,
  queue: (_, scope) => `eligibility:${scope.union}`,
  steps: [
    {
      name: '使えなくなった文書',
      async run(run) {
        if (run.checkpoint<number>() !== null) return
        await run.commit(async (tx) => {
          await carryToldFacts(tx)
          await dropWaiting(tx, plainDate(run.args.on))
          return voidStale(tx, byRun)
        })
      },
    },
    { name: '文書の判定と発行', run: (run) => issueAll(run) },
  ],
})

async function issueAll(run: JobRun<IssueDocumentsArgs>): Promise<void> {
  const on = plainDate(run.args.on)
  const saved = run.checkpoint<Progress>()
  const counts: Counts = saved?.counts ?? { issued: 0, waiting: 0, held: 0 }
  const municipalities = await run.read(findMunicipalities)
  const shared = await run.read((tx) => findSharedAddresses(tx))
  for (const municipality of municipalities) {
    if (saved !== null && municipality < saved.municipality) continue
    const after = saved?.municipality === municipality ? saved.after : 0
    const keys = await run.read((tx) => findInsured(tx, municipality, on, after))
    for (let from = 0; from < keys.length; from += batchSize) {
      const batch = keys.slice(from, from + batchSize)
      await run.commit(async (tx) => {
        const made = await issueBatch(tx, { municipality, batch, on, shared, run })
        counts.issued += made.issued
        counts.waiting += made.waiting
        counts.held += made.held
        return { municipality, after: batch.at(-1)!, counts: { ...counts } }
      })
      run.progress(
        municipalities.indexOf(municipality),
        municipalities.length,
        `${counts.issued}通を発行し、${counts.waiting}人が待っています。`,
      )
    }
  }
  run.result({ documents: counts.issued, waiting: counts.waiting, upToDate: counts.held })
}

async function issueBatch(
  tx: Transaction,
  work: {
    readonly municipality: string
    readonly batch: readonly number[]
    readonly on: PlainDate
    readonly shared: SharedAddresses
    readonly run: JobRun<IssueDocumentsArgs>
  },
): Promise<Counts> {
  const { municipality, batch, on, run } = work
  const people = await examine(tx, batch, on)
  const judged = [...people.values()].map((one) => ({
    one,
    due: dueOf(one.facts, one.held, on),
  }))
  const due = judged.filter(isDue)
  const destinations = await findDestinationFacts(
    tx,
    due.map(({ one }) => one),
    on,
    work.shared,
  )
  const waiting: { subjectKey: number; missing: readonly Missing[] }[] = []
  for (const { one, due: answer } of judged)
    if (answer.kind === 'waiting')
      waiting.push({ subjectKey: one.subjectKey, missing: answer.missing })
  const ready: Ready[] = []
  for (const { one, due: answer } of due) {
    const to = destinationOf(destinations.get(one.subjectKey)!)
    if (to.kind === 'stopped') {
      const missing = to.stops.map((stop) => ({ code: stop, facts: {} }))
      waiting.push({ subjectKey: one.subjectKey, missing })
      continue
    }
    const { kind, ...mailing } = to
    const stopped = stopOf(answer.contents, mailing)
    if (stopped === null) ready.push({ one, due: answer, mailing, kind })
    else waiting.push({ subjectKey: one.subjectKey, missing: [stopped] })
  }
  await insertReady(tx, municipality, ready, { on, jobId: run.jobId })
  await writeWaiting(tx, municipality, batch, waiting, { on, jobId: run.jobId })
  return {
    issued: ready.length,
    waiting: waiting.length,
    held: people.size - ready.length - waiting.length,
  }
}

type Judged = { readonly one: Examined; readonly due: Due }
type Ready = {
  readonly one: Examined
  readonly due: Extract<Due, { kind: 'due' }>
  readonly mailing: MailingAddress
  readonly kind: 'address' | 'registered'
}

/** A paper that was lost is made again when somebody asks for it, not by a run. */
const isDue = (
  judged: Judged,
): judged is { readonly one: Examined; readonly due: Extract<Due, { kind: 'due' }> } =>
  judged.due.kind === 'due' && judged.due.reason !== 'reissue'

/** 刷れない紙 — held back before it is issued. */
function stopOf(contents: Contents, mailing: MailingAddress): Missing | null {
  const sentence = whyUnprintable(contents, mailing)
  return sentence === null ? null : { code: 'sheetStopped', facts: { sentence } }
}

async function insertReady(
  tx: Transaction,
  municipality: string,
  ready: readonly Ready[],
  { on, jobId }: { readonly on: PlainDate; readonly jobId: number },
): Promise<void> {
  const last = await findLastNumbers(
    tx,
    municipality,
    ready.map(({ one }) => one.subjectKey),
  )
  const issues: NewIssue[] = []
  for (const form of ['certificate', 'information'] as const) {
    const mine = ready.filter(({ due }) => formOf(due.contents.document) === form)
    if (mine.length === 0) continue
    const runId = runIdOf(jobId, municipality, form)
    await insertPrintRun(tx, { runId, municipality, jobId, title: titleOf(form, on) })
    let place = await lastPlace(tx, runId)
    for (const { one, due, mailing, kind } of mine) {
      place += 1
      issues.push({
        subjectKey: one.subjectKey,
        municipality,
        issueNumber: (last.get(one.subjectKey) ?? 0) + 1,
        residentKey: one.residentKey,
        contents: due.contents,
        reason: due.reason,
        grounds: due.grounds,
        mailing,
        mailingKind: kind,
        by: { manner: 'bulk', jobId, runId, place, name: byRun },
      })
    }
  }
  await insertIssues(tx, issues)
}

const titleOf = (form: 'certificate' | 'information', on: PlainDate): string =>
  `${form === 'certificate' ? documentNames.eligibilityCertificate : documentNames.eligibilityInformationNotice} ${formatWareki(on, 'long')}の分`

/** 束の番号 — the same job makes the same bundles, however often it begins again. */
function runIdOf(jobId: number, municipality: string, form: string): string {
  const hex = createHash('sha256')
    .update(`koiki run ${jobId} ${municipality} ${form}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** 次の年度の初日 — the day for which the yearly renewal makes documents. */
export const nextRenewalDay = (today: PlainDate): PlainDate =>
  dayAfter(documentYearOf(today).lastDay)
