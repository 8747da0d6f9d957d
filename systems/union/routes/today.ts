import { may } from '@koiki/access'
import { findUnhandedRuns } from '@koiki/certificates'
import { listTransmissions, type Transmission } from '@koiki/exchange'
import { type JobRecord, listJobs, type Transaction } from '@koiki/store'
import type { z } from 'zod'
import { Today, type TodayItem } from '../api.ts'
import { countsText } from '../counts.ts'
import { encounterNumber, findClosedOn } from '../encounters/store.ts'
import { waitingForms } from '../forms/deliveriesShown.ts'
import { dayInJapan } from '../instants.ts'
import { intakeKey } from '../jobs.ts'
import { alarmsOf } from '../liveNews.ts'
import { municipalityName, placeName } from '../places.ts'
import { packUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'
import { jobReference } from './jobs.ts'

type Item = z.infer<typeof TodayItem>
type AnyCall = Call<never, never> | Call

/** More lines than these say less than one line with a count. */
const linesMax = 12

export const todayRoutes = [
  route({
    method: 'GET',
    path: '/today',
    summary: 'きょう: 待っている・今日中に・しらせ',
    realms: ['counter', 'union'],
    needs: 'session',
    answer: Today,
    handle: (call) =>
      call.transaction(async (tx) => {
        const files = may(call.session, 'file.read')
          ? await listTransmissions(tx, { limit: 5000 })
          : []
        const jobs = may(call.session, 'job.read')
          ? await listJobs(tx, { union: call.scope.union, limit: 200 })
          : []
        return {
          on: tx.today,
          checkedAt: tx.now,
          waiting: [
            ...waitingFiles(call, files),
            ...(await silentPartners(tx, call)),
            ...(await formsToReceive(tx, call)),
            ...(await unhandedBundles(tx, call)),
            ...stoppedJobs(call, jobs),
          ],
          due: dueFiles(call, files),
          news: [...(await closedEncounters(tx, call)), ...newsOf(tx, call, files, jobs)],
        }
      }),
  }),
]

const numberText = (one: Transmission): string =>
  `${municipalityName(one.municipality)} ${one.layout} 第${String(one.sequenceNumber).padStart(4, '0')}号`

function fileItem(call: AnyCall, one: Transmission, sentence: string, count: number | null): Item {
  return {
    at: one.stateAt,
    kind: 'file',
    sentence,
    count,
    link: {
      to: 'transmission',
      id: call.references.write('transmission', packUuid(one.transmissionId)),
      direction: one.direction === 'received' ? 'in' : 'out',
    },
  }
}

/** 閉じた応対 — told to whoever leads the seats, at the counter and at the union; it names no person. */
async function closedEncounters(tx: Transaction, call: AnyCall): Promise<Item[]> {
  if (!may(call.session, 'person.read')) return []
  const closed = await findClosedOn(tx, tx.today)
  return closed.map(({ municipality, number, accountName, at }) => ({
    at,
    kind: 'encounter',
    sentence: `${placeName(municipality)}の応対${encounterNumber(number)}(${accountName}さん)を、読み合わせが3回合わなかったので閉じました。責任者が、席の人に様子を聞いてください`,
    count: null,
    link: null,
  }))
}

/** Refused ones wait until their number has come again; those before a gap wait for the gap. */
function waitingFiles(call: AnyCall, files: readonly Transmission[]): Item[] {
  const inbound = files.filter(({ direction }) => direction === 'received')
  return inbound
    .filter(
      (one) =>
        one.state === 'waiting' ||
        one.state === 'held' ||
        (one.state === 'refused' &&
          !inbound.some(
            (other) =>
              other.state !== 'refused' &&
              other.municipality === one.municipality &&
              other.layout === one.layout &&
              other.sequenceNumber === one.sequenceNumber,
          )),
    )
    .slice(0, linesMax)
    .map((one) =>
      one.state === 'held'
        ? fileItem(
            call,
            one,
            `${numberText(one)}がふだんと違うので、確認を待っています`,
            one.recordCount,
          )
        : one.state === 'waiting'
          ? fileItem(
              call,
              one,
              `${numberText(one)}が、前の番号を待っています。${one.sentence}`,
              one.recordCount,
            )
          : fileItem(call, one, `${numberText(one)}を差し戻しました`, one.errorCount),
    )
}

/** One line for all: who they are stands on the page of files. */
async function silentPartners(tx: Transaction, call: AnyCall): Promise<Item[]> {
  if (!may(call.session, 'file.read')) return []
  const { partners } = await alarmsOf(tx)
  const [first] = partners
  if (first === undefined) return []
  const others = new Set(partners.map(({ municipality }) => municipality.code)).size - 1
  const who = `${first.municipality.name}${others > 0 ? `ほか${others}市区町村` : ''}`
  return [
    {
      at: null,
      kind: 'file',
      sentence: `${who}の便りが、いつもどおりではありません（${first.layout}: ${first.state}）`,
      count: partners.length,
      link: { to: 'files-in', id: null, direction: 'in' },
    },
  ]
}

/** 帳票の配信 — at the counter what is to be fetched, at the union who does not fetch. */
async function formsToReceive(tx: Transaction, call: AnyCall): Promise<Item[]> {
  if (!may(call.session, 'file.read')) return []
  const waiting = await waitingForms(tx, call.realm)
  if (waiting === null) return []
  return [
    {
      at: null,
      kind: 'file',
      ...waiting,
      link: { to: 'files-out', id: null, direction: 'out' },
    },
  ]
}

/** 渡していない束 — a line each at the counter whose they are, one for all at the union. */
async function unhandedBundles(tx: Transaction, call: AnyCall): Promise<Item[]> {
  if (!may(call.session, 'certificate.issue')) return []
  const bundles = await findUnhandedRuns(tx)
  if (call.realm === 'counter')
    return bundles.slice(0, linesMax).map(({ runId, title, madeAt, papers, unseen }) => ({
      at: madeAt,
      kind: 'document',
      sentence: `渡していない束: ${title}${unseen > 0 ? `（${unseen.toLocaleString('ja-JP')}枚は、まだ紙を確かめていません）` : ''}`,
      count: papers,
      link: {
        to: 'print-run',
        id: call.references.write('printRun', packUuid(runId)),
        direction: null,
      },
    }))
  const [first] = bundles
  if (first === undefined) return []
  const others = new Set(bundles.map(({ municipality }) => municipality)).size - 1
  return [
    {
      at: null,
      kind: 'document',
      sentence: `${municipalityName(first.municipality)}${others > 0 ? `ほか${others}市区町村` : ''}に、渡していない束があります`,
      count: bundles.length,
      link: { to: 'print-runs', id: null, direction: null },
    },
  ]
}

function stoppedJobs(call: AnyCall, jobs: readonly JobRecord[]): Item[] {
  return jobs
    .filter(({ state }) => state === 'failed')
    .slice(0, linesMax)
    .map((job) => ({
      at: job.endedAt,
      kind: 'job',
      sentence: `「${job.title}」が止まりました`,
      count: null,
      link: { to: 'job', id: jobReference(call.references, job.jobId), direction: null },
    }))
}

function dueFiles(call: AnyCall, files: readonly Transmission[]): Item[] {
  const ready = files.filter((one) => one.direction === 'sent' && one.state === 'prepared')
  if (call.realm === 'counter')
    return ready
      .slice(0, linesMax)
      .map((one) => fileItem(call, one, `${numberText(one)}を媒体に移す`, one.recordCount))
  const places = new Set(ready.map(({ municipality }) => municipality))
  if (places.size === 0) return []
  return [
    {
      at: null,
      kind: 'file',
      sentence: `${places.size}市区町村が、配信したファイルをまだ媒体に移していません`,
      count: ready.length,
      link: { to: 'files-out', id: null, direction: 'out' },
    },
  ]
}

function newsOf(
  tx: Transaction,
  call: AnyCall,
  files: readonly Transmission[],
  jobs: readonly JobRecord[],
): Item[] {
  const today = (at: string | null) => at !== null && dayInJapan(at) === tx.today
  const arrived = files.filter((one) => one.direction === 'received' && today(one.recordedAt))
  const delivered = files.filter((one) => one.direction === 'sent' && today(one.recordedAt))
  return [
    ...folded(call, arrived, 'in'),
    ...folded(call, delivered, 'out'),
    ...jobs
      .filter((job) => job.state === 'done' && today(job.endedAt) && !isIntake(job))
      .slice(0, linesMax)
      .map<Item>((job) => ({
        at: job.endedAt,
        kind: 'job',
        sentence: ended(job),
        count: null,
        link: { to: 'job', id: jobReference(call.references, job.jobId), direction: null },
      })),
  ].sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1))
}

function ended(job: JobRecord): string {
  const counts = countsText(job.result)
  return `「${job.title}」が終わりました${counts === '' ? '' : `(${counts})`}`
}

/** The intake of a file is told by the file itself. */
function isIntake({ kind }: JobRecord): boolean {
  return kind === intakeKey.kind
}

/** One line a file while they are few; one line a kind of file when they are many. */
function folded(call: AnyCall, files: readonly Transmission[], direction: 'in' | 'out'): Item[] {
  const verb = direction === 'in' ? 'が届きました' : 'を配信しました'
  if (files.length <= linesMax)
    return files.map((one) => ({
      ...fileItem(
        call,
        one,
        `${numberText(one)}${verb}${direction === 'in' ? `。${one.sentence}` : ''}`,
        one.recordCount,
      ),
      at: one.recordedAt,
    }))
  const layouts = new Map<string, Transmission[]>()
  for (const one of files) layouts.set(one.layout, [...(layouts.get(one.layout) ?? []), one])
  return [...layouts].map(([layout, some]) => ({
    at:
      some
        .map(({ recordedAt }) => recordedAt)
        .sort()
        .at(-1) ?? null,
    kind: 'file',
    sentence: `${layout}${verb}。${new Set(some.map(({ municipality }) => municipality)).size}市区町村、${some.length}通`,
    count: some.reduce((sum, one) => sum + one.recordCount, 0),
    link: { to: direction === 'in' ? 'files-in' : 'files-out', id: null, direction },
  }))
}
