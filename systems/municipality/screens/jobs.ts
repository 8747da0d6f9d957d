import { enqueue, getJob, type Job, type Json, listJobs } from '@koiki/store'
import { type Html, html } from './html.ts'
import { table } from './page.ts'
import type { Asked } from './screens.ts'

/** So long a clerk is made to wait for the end of a run before the page says that it goes on. */
const patienceMs = 8_000

/** 実行を頼み、短ければ終わるまで待つ — what became of it, in a sentence. */
export async function runAndWait<A extends Json>(
  { service, session }: Asked,
  job: Job<A>,
  ask: A,
): Promise<string> {
  const { scope, actor } = session.operator
  const { work } = service.stores
  const { jobId } = await work.transaction(scope, (tx) =>
    enqueue(tx, job, ask, { requestedBy: actor.id }),
  )
  return ended({ service, session }, jobId)
}

/** A run that was asked for already. */
export async function ended(
  { service, session }: Pick<Asked, 'service' | 'session'>,
  jobId: number,
): Promise<string> {
  const { scope } = session.operator
  for (let waited = 0; waited < patienceMs; waited += 50) {
    const one = await service.stores.work.transaction(scope, (tx) => getJob(tx, jobId))
    if (one.state === 'done') return `${one.title}が終わりました。`
    if (one.state === 'failed' || one.state === 'cancelled')
      return `${one.title}ができませんでした: ${one.failure ?? one.sentence}`
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return '実行を続けています。下の「実行」で進み具合を見てください。'
}

/** 実行の表 — the latest runs. */
export async function jobTable({ service, session }: Asked): Promise<Html> {
  const { scope, municipality } = session.operator
  const jobs = await service.stores.work.transaction(scope, (tx) =>
    listJobs(tx, { municipality, limit: 20 }),
  )
  return html`<h2>実行</h2>${table(
    '最近の実行（20件まで）',
    ['番号', '実行', '状態', '様子'],
    jobs.map(
      (one) =>
        html`<tr><td class="number">${one.jobId}</td><td>${one.title}</td><td class="word">${states[one.state] ?? one.state}</td><td>${one.failure ?? one.sentence}</td></tr>`,
    ),
  )}`
}

const states: Readonly<Record<string, string>> = {
  queued: '待ち',
  waiting: '待ち',
  running: '実行中',
  done: '終わり',
  failed: '失敗',
  cancelled: '取りやめ',
}
