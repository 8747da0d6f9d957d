import { cancelJob, getJob, listJobs, retryJob } from '@koiki/store'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { base, notThere, type Operator, operatorOf, read, type Service } from '../route.ts'

const Identified = z.object({ job: z.coerce.number().int().positive() })

type JobRecord = Awaited<ReturnType<typeof getJob>>

const shown = (job: JobRecord) => ({
  job: job.jobId,
  kind: job.kind,
  title: job.title,
  state: job.state,
  step: job.stepName,
  done: job.done,
  total: job.total,
  sentence: job.failure ?? job.sentence,
  result: job.result,
  requestedAt: job.requestedAt,
  endedAt: job.endedAt,
})

/** 実行の進み具合 */
export function jobRoutes(app: FastifyInstance, service: Service): void {
  const { work } = service.stores

  const own = (
    { scope, municipality }: Operator,
    jobId: number,
    act: (tx: Parameters<typeof getJob>[0]) => Promise<JobRecord>,
  ) =>
    work.transaction(scope, async (tx) => {
      const [job] = await listJobs(tx, { municipality, before: jobId + 1, limit: 1 })
      if (job?.jobId !== jobId) throw notThere()
      return shown(await act(tx))
    })

  app.get(`${base}/jobs`, async (request) => {
    const { scope, municipality } = operatorOf(service, request)
    const jobs = await work.transaction(scope, (tx) => listJobs(tx, { municipality }))
    return { jobs: jobs.map(shown) }
  })

  app.get(`${base}/jobs/:job`, async (request) => {
    const { job } = read(Identified, request.params)
    return own(operatorOf(service, request), job, (tx) => getJob(tx, job))
  })

  app.post(`${base}/jobs/:job/cancel`, async (request) => {
    const { job } = read(Identified, request.params)
    return own(operatorOf(service, request), job, (tx) => cancelJob(tx, job))
  })

  app.post(`${base}/jobs/:job/retry`, async (request) => {
    const { job } = read(Identified, request.params)
    return own(operatorOf(service, request), job, (tx) => retryJob(tx, job))
  })
}
