import { may } from '@koiki/access'
import { cancelJob, getJob, type JobRecord, listJobs, retryJob } from '@koiki/store'
import { z } from 'zod'
import { PartnerAlarms } from '../api/partners.ts'
import { Job, JobDetail, JobList, StartRun } from '../api.ts'
import { countsOf, countsText } from '../counts.ts'
import { nothing } from '../failure.ts'
import { intakeKey } from '../jobs.ts'
import { liveStream } from '../liveStream.ts'
import type { References } from '../reference.ts'
import { type Call, route } from '../route.ts'
import { runsFor, startRun, stepsOf } from '../runs.ts'

export const jobRoutes = [
  route({
    method: 'GET',
    path: '/jobs',
    summary: '実行の一覧と、この席で始められる実行',
    realms: ['union'],
    needs: 'job.read',
    answer: JobList,
    handle: (call) =>
      call.transaction(async (tx) => ({
        checkedAt: tx.now,
        jobs: (await listJobs(tx, { union: call.scope.union, limit: 1000 }))
          .filter(isNews)
          .slice(0, 100)
          .map((job) => shown(call, job)),
        runs: await runsFor(tx, call.session, call.parts),
      })),
  }),
  route({
    method: 'GET',
    path: '/jobs/events',
    summary:
      '実行の進みと相手の便り(サーバーからの便り)。job の中身は実行の1件、partners の中身は便りのしらせ。',
    realms: ['union'],
    needs: 'job.read',
    answer: { file: 'text/event-stream' },
    raw: true,
    handle: async (call) => {
      const { live, news } = call.parts
      liveStream(call, (say) => [
        live.watch(call.scope.union, (job) => say('job', Job.parse(shown(call, job)))),
        news.watch(call.scope.union, (alarms) => say('partners', PartnerAlarms.parse(alarms))),
      ])
    },
  }),
  route({
    method: 'POST',
    path: '/jobs',
    summary: '実行を始める',
    realms: ['union'],
    needs: 'job.control',
    body: StartRun,
    answer: Job,
    handle: (call) =>
      call.transaction(async (tx) => {
        const jobId = await startRun(tx, call.session, call.body, call.parts)
        if (jobId === null) throw nothing()
        return shown(call, await getJob(tx, jobId))
      }),
  }),
  route({
    method: 'GET',
    path: '/jobs/:job',
    summary: '実行の1件: 段、進み、結果',
    realms: ['union'],
    needs: 'job.read',
    answer: JobDetail,
    handle: (call) =>
      call.transaction(async (tx) => {
        const job = foundIn(call, await getOrNothing(tx, call))
        return {
          checkedAt: tx.now,
          job: shown(call, job),
          steps: stepsOf(job),
          results: countsOf(job.result),
        }
      }),
  }),
  ...(['cancel', 'retry'] as const).map((act) =>
    route({
      method: 'POST',
      path: `/jobs/:job/${act}`,
      summary: act === 'cancel' ? '実行を次の区切りで止める' : '止まった実行を続きから始める',
      realms: ['union'],
      needs: 'job.control',
      body: z.object({}),
      answer: Job,
      handle: (call) =>
        call.transaction(async (tx) => {
          const job = foundIn(call, await getOrNothing(tx, call))
          const moved = await (act === 'cancel' ? cancelJob : retryJob)(tx, job.jobId)
          return shown(call, moved)
        }),
    }),
  ),
]

type AnyCall = Call<never, never> | Call

/** An intake that went well is told by its file; one that waits, runs or stopped is told here. */
function isNews({ kind, state }: JobRecord): boolean {
  return kind !== intakeKey.kind || state !== 'done'
}

async function getOrNothing(
  tx: Parameters<typeof getJob>[0],
  call: AnyCall,
): Promise<JobRecord | null> {
  const jobId = Number(call.at('job'))
  const [job] = await listJobs(tx, { union: call.scope.union, before: jobId + 1, limit: 1 })
  return job?.jobId === jobId ? job : null
}

function foundIn(call: AnyCall, job: JobRecord | null): JobRecord {
  if (job === null || job.scope.union !== call.scope.union) throw nothing()
  return job
}

export function shown(call: AnyCall, job: JobRecord): z.infer<typeof Job> {
  const control = may(call.session, 'job.control')
  const { state, cancelRequested } = job
  return {
    job: jobReference(call.references, job.jobId),
    kind: job.kind,
    name: job.title,
    state: state === 'running' && cancelRequested ? 'cancelling' : state,
    done: job.done,
    total: job.total,
    sentence:
      job.failure ??
      (waitsFor(job) || (state === 'done' && countsText(job.result)) || job.sentence),
    queuedAt: job.requestedAt,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    by: askedBy(job, call.session.account.id),
    mayCancel: control && (state === 'waiting' || (state === 'running' && !cancelRequested)),
    mayRetry: control && (state === 'failed' || state === 'cancelled'),
  }
}

/** 順番を待つ取込み — it has ended; its file waits, and asks for another when its turn comes. */
function waitsFor({ result }: JobRecord): string | null {
  const waits = (result as { waits?: unknown } | null)?.waits
  return typeof waits === 'string' ? waits : null
}

const account = /^[0-9a-f]{8}-[0-9a-f]{4}-/

function askedBy({ requestedBy }: JobRecord, own: string): string | null {
  if (requestedBy === own) return 'あなた'
  return account.test(requestedBy) ? 'ほかの職員' : requestedBy
}

export function jobReference(references: References, jobId: number): string {
  return references.write('job', BigInt(jobId))
}
