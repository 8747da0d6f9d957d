import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import {
  type Arrival,
  countTransmissions,
  DestinationStopped,
  type ExchangePlace,
  errorFile,
  findTransmission,
  handover,
  type Transmission as Journalled,
  keepArriving,
  listFindings,
  listGaps,
  listTransmissions,
  NoRoomForFiles,
  ProtocolFault,
  readManifest,
  receiptOf,
  recordArrival,
  recordHandedOver,
  recordReceipt,
  requireOpenDestination,
} from '@koiki/exchange'
import { type JobRecord, listJobs, type Transaction } from '@koiki/store'
import { z } from 'zod'
import { reference } from '../api/fields.ts'
import {
  BroughtReceipt,
  Direction,
  type FindingRow,
  Transmission,
  TransmissionDetail,
  TransmissionList,
} from '../api.ts'
import { countsOf } from '../counts.ts'
import { cutOff, misfit, noRoom, nothing, Refusal, tooLarge } from '../failure.ts'
import { enqueueIntake, intakeKey } from '../jobs.ts'
import { inDeskWords, municipalityName } from '../places.ts'
import { packUuid, type References, unpackUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'

const findingsShown = 200
const pageLength = 300

export const fileRoutes = [
  route({
    method: 'GET',
    path: '/transmissions',
    summary: '送受信の一覧と、順番の欠け',
    realms: ['counter', 'union'],
    needs: 'file.read',
    query: z.object({ direction: Direction, older: reference.optional() }),
    answer: TransmissionList,
    handle: (call) =>
      call.transaction(async (tx) => {
        const direction = call.query.direction === 'in' ? 'received' : 'sent'
        const { older } = call.query
        const id = older === undefined ? null : call.references.read('transmission', older)
        const after = id === null ? null : await findTransmission(tx, unpackUuid(id))
        if (older !== undefined && after?.direction !== direction) throw nothing()
        const found = await listTransmissions(tx, {
          direction,
          limit: pageLength + 1,
          ...(after === null ? {} : { after: after.transmissionId }),
        })
        const page = found.slice(0, pageLength).map((one) => shown(call.references, one))
        return {
          checkedAt: tx.now,
          transmissions: page,
          missing: direction === 'received' ? await missingNumbers(tx, placeOf(call)) : [],
          total: await countTransmissions(tx, direction),
          older: found.length > pageLength ? (page.at(-1)?.transmission ?? null) : null,
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/transmissions',
    summary: '媒体の送り状と封をしたファイルを送る。自分の市区町村のものだけ。',
    realms: ['counter'],
    needs: 'file.send',
    answer: Transmission,
    raw: true,
    handle: (call) => arrive(call),
  }),
  route({
    method: 'POST',
    path: '/carried-transmissions',
    summary: '統合専用端末から持ち込んだ、中間サーバーの送り状と封をしたファイルを入れる。',
    realms: ['union'],
    needs: 'file.carryIn',
    answer: Transmission,
    raw: true,
    handle: (call) => arrive(call, onlyFromIntermediary),
  }),
  route({
    method: 'POST',
    path: '/receipts',
    summary: '市区町村システムの受領書を取り込む。配信したファイルが済になる。',
    realms: ['counter'],
    needs: 'file.fetch',
    body: BroughtReceipt,
    answer: Transmission,
    handle: (call) =>
      call.transaction(async (tx) => {
        const answer = await recordReceipt(tx, placeOf(call), call.body.receipt)
        if (answer.kind === 'refused')
          throw new Refusal(422, answer.finding.code, answer.sentence, 'receipt')
        const one = await findTransmission(tx, answer.receipt.transmissionId)
        if (one === null) throw nothing()
        return shown(call.references, one)
      }),
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission',
    summary: '送受信の1件: 順番、検査、誤り、取り込みの結果',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: TransmissionDetail,
    handle: (call) => call.transaction(async (tx) => detail(tx, call, await foundIn(tx, call))),
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/findings.csv',
    summary: '誤りファイル(エラー情報)',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: { file: 'text/csv' },
    raw: true,
    handle: async (call) => {
      // The file is a list of places and sentences: it holds nobody's name, so memory is all it needs.
      const parts = await call.transaction(async (tx) => {
        const one = await foundIn(tx, call)
        const bytes: Buffer[] = []
        for await (const part of errorFile(tx, one.transmissionId, { forPeople: true }))
          bytes.push(part)
        return bytes
      })
      return call.reply.type('text/csv; charset=utf-8').send(Buffer.concat(parts))
    },
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/receipt',
    summary: '受領書(署名つき)',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: { file: 'application/json' },
    raw: true,
    handle: async (call) => {
      const receipt = await call.transaction(async (tx) =>
        receiptOf(tx, (await foundIn(tx, call)).transmissionId),
      )
      if (receipt === null) throw nothing()
      return call.reply.type('application/json; charset=utf-8').send(receipt.text)
    },
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/manifest',
    summary: '配信するファイルの送り状',
    realms: ['counter'],
    needs: 'file.fetch',
    answer: { file: 'application/json' },
    raw: true,
    handle: async (call) => {
      const { manifestText } = await outbound(call)
      return call.reply.type('application/json; charset=utf-8').send(manifestText)
    },
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/content',
    summary: '配信するファイル(封をしたまま)を媒体に移す',
    realms: ['counter'],
    needs: 'file.fetch',
    answer: { file: 'application/octet-stream' },
    raw: true,
    handle: async (call) => {
      const { sealedFile, transmissionId } = await outbound(call)
      // Handed over means that the last byte has left, not that somebody asked; and whoever has read to
      // the end finds it recorded. So no length is announced: the end is the end of the stream.
      async function* handedOver(): AsyncGenerator<Buffer> {
        for await (const part of createReadStream(sealedFile)) yield part as Buffer
        await call.transaction((tx) => recordHandedOver(tx, transmissionId))
      }
      return call.reply.type('application/octet-stream').send(Readable.from(handedOver()))
    },
  }),
]

export function placeOf(call: Call<never, never> | Call): ExchangePlace {
  return {
    self: `union:${call.scope.union}`,
    keys: call.parts.keys,
    folder: call.parts.filesFolder,
  }
}

type Admit = (manifest: string) => void

async function arrive(call: Call<never, never> | Call, admit: Admit = () => {}) {
  const { manifest, kept } = await received(call, admit)
  const arrival = await call.transaction(async (tx) => {
    const answer = await recordArrival(tx, placeOf(call), { manifest, kept })
    await enqueueIntake(tx, arrivedIn(answer), call.session.account.id)
    return answer
  })
  // A refusal that was recorded has a page of its own; what could not be believed has none.
  if (arrival.kind === 'refused' && arrival.transmissionId === null)
    throw new Refusal(422, arrival.finding.code, arrival.sentence)
  const id = arrival.transmissionId as string
  const one = await call.transaction((tx) => findTransmission(tx, id))
  if (one === null) throw nothing()
  if (arrival.kind === 'refused') throw new Refusal(409, arrival.finding.code, arrival.sentence)
  return call.reply.status(201).send(Transmission.parse(shown(call.references, one)))
}

/** What a municipality sends comes from its own counter; a text that is no manifest is refused where all are. */
function onlyFromIntermediary(text: string): void {
  try {
    if (readManifest(text).sender.startsWith('intermediary:')) return
  } catch (error) {
    if (error instanceof ProtocolFault) return
    throw error
  }
  throw new Refusal(
    422,
    'E3003',
    'これは市区町村のファイルです。広域連合の席から持ち込めるのは、中間サーバーのファイルだけです。その市区町村の窓口端末から送ってください。',
    'manifest',
  )
}

/** Half an upload is the line's fault or the sender's, not ours. */
async function received(call: Call<never, never> | Call, admit: Admit) {
  try {
    return await parts(call, admit)
  } catch (error) {
    if (error instanceof NoRoomForFiles) throw noRoom(error.message)
    const { code, message } = error as { code?: string; message: string }
    if (
      code === 'ERR_STREAM_PREMATURE_CLOSE' ||
      /^(Unexpected end of|Part terminated early|Multipart: )/.test(message)
    )
      throw cutOff()
    throw error
  }
}

/** The manifest comes first and is short; the sealed file is streamed to disk and never held in memory. */
async function parts(call: Call<never, never> | Call, admit: Admit) {
  if (!call.request.isMultipart()) throw misfit('manifest')
  let manifest: string | null = null
  for await (const part of call.request.parts()) {
    if (part.type === 'field' && part.fieldname === 'manifest') {
      if (part.valueTruncated) throw misfit('manifest')
      manifest = String(part.value)
    } else if (part.type === 'file' && part.fieldname === 'manifest')
      manifest = await textOf(part.file)
    else if (part.type === 'file' && part.fieldname === 'file') {
      if (manifest === null) throw misfit('manifest')
      admit(manifest)
      const arriving = { manifest, file: part.file }
      const came = await keepArriving(placeOf(call), arriving, (work) => call.transaction(work))
      if (part.file.truncated) throw tooLarge('ファイルの大きさの上限')
      if ('finding' in came) throw new Refusal(422, came.finding.code, came.finding.sentence)
      return { manifest, kept: came.kept }
    } else throw misfit(part.fieldname)
  }
  throw misfit('file')
}

const manifestMax = 64 * 1024

async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > manifestMax) throw misfit('manifest')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function arrivedIn(arrival: Arrival): readonly string[] {
  return arrival.kind === 'arrived' ? [arrival.transmissionId, ...arrival.released] : []
}

export async function foundIn(
  tx: Transaction,
  call: Call<never, never> | Call,
): Promise<Journalled> {
  const one = await findTransmission(tx, unpackUuid(call.at('transmission')))
  if (one === null) throw nothing()
  return one
}

async function outbound(call: Call<never, never> | Call) {
  try {
    return await openOutbound(call)
  } catch (error) {
    if (error instanceof DestinationStopped) {
      // Only the union lifts what the union stopped; this seat carries.
      const message =
        error.stop?.toldBy === '自分'
          ? `${error.stop.sentence}まだ渡せません。いつ解けるかは、広域連合に聞いてください。`
          : error.message
      throw new Refusal(409, 'STOPPED', inDeskWords(message))
    }
    throw error
  }
}

const openOutbound = (call: Call<never, never> | Call) =>
  call.transaction(async (tx) => {
    const one = await foundIn(tx, call)
    if (one.direction !== 'sent') throw nothing()
    await requireOpenDestination(tx, placeOf(call), one)
    return {
      ...(await handover(tx, placeOf(call), one.transmissionId)),
      transmissionId: one.transmissionId,
    }
  })

/** The job that takes a transmission in; null while it waits for another number. */
async function intakeJobOf(
  tx: Transaction,
  call: Call<never, never> | Call,
  one: Journalled,
): Promise<JobRecord | null> {
  if (one.direction !== 'received') return null
  const jobs = await listJobs(tx, {
    union: call.scope.union,
    kinds: [intakeKey.kind],
    limit: 5000,
  })
  const own = intakeKey.of(one.transmissionId)
  // The newest first: of a file that a clerk let in, the job that took it in.
  return jobs.find(({ dedupeKey }) => dedupeKey?.startsWith(own) === true) ?? null
}

export function shown(references: References, one: Journalled): z.infer<typeof Transmission> {
  return {
    transmission: references.write('transmission', packUuid(one.transmissionId)),
    direction: one.direction === 'received' ? 'in' : 'out',
    municipality: { code: one.municipality, name: municipalityName(one.municipality) },
    layout: one.layout,
    number: one.sequenceNumber,
    records: one.recordCount,
    bytes: one.sealedBytes,
    at: one.recordedAt,
    state: stateOf(one),
    findings: one.errorCount + one.warningCount,
    receiptAt: isAnswered(one) ? one.stateAt : null,
  }
}

function isAnswered({ state }: Journalled): boolean {
  return state === 'applied' || state === 'refused' || state === 'delivered'
}

function stateOf({ direction, state }: Journalled): z.infer<typeof Transmission>['state'] {
  if (direction === 'received') {
    if (state !== 'arrived' && state !== 'delivered' && state !== 'prepared' && state !== 'sent')
      return state
    return 'arrived'
  }
  switch (state) {
    case 'applied':
      return 'received'
    case 'refused':
      return 'refused'
    case 'sent':
    case 'delivered':
      return 'fetched'
    default:
      return 'ready'
  }
}

/** Numbers that nobody has sent although a later one is here; one that was closed is not missing. */
async function missingNumbers(tx: Transaction, { self }: ExchangePlace) {
  return (await listGaps(tx, self)).flatMap(({ municipality, layout, missing }) =>
    missing.map((number) => ({
      municipality: { code: municipality, name: municipalityName(municipality) },
      layout,
      number,
    })),
  )
}

async function detail(
  tx: Transaction,
  call: Call<never, never> | Call,
  one: Journalled,
): Promise<z.infer<typeof TransmissionDetail>> {
  const sequence = await listTransmissions(tx, {
    direction: one.direction,
    layout: one.layout,
    municipality: one.municipality,
    limit: 5000,
  })
  const findings = await listFindings(tx, one.transmissionId, 100_000)
  const job = await intakeJobOf(tx, call, one)
  return {
    transmission: {
      ...shown(call.references, one),
      ...(job !== null && job.state === 'running' ? { state: 'checking' as const } : {}),
    },
    checkedAt: tx.now,
    chain: chainOf(call.references, sequence, one),
    checks: one.direction === 'received' ? checksOf(one, findings) : [],
    causes: causesOf(findings),
    findings: findings.slice(0, findingsShown).map(findingRow),
    findingsShown: Math.min(findings.length, findingsShown),
    applied: job === null || one.state !== 'applied' ? null : countsOf(job.result),
    // What is said of a file that came quotes the file as it is written.
    sentence: one.direction === 'sent' ? inDeskWords(one.sentence) : one.sentence,
    job:
      job === null || call.realm === 'counter'
        ? null
        : call.references.write('job', BigInt(job.jobId)),
  }
}

/** Three numbers before and two after; the living transmission of a number, not one it replaced. */
function chainOf(references: References, sequence: readonly Journalled[], one: Journalled) {
  const last = Math.max(...sequence.map((other) => other.sequenceNumber))
  const from = Math.max(1, one.sequenceNumber - 3)
  const until = Math.min(last, one.sequenceNumber + 2)
  return Array.from({ length: until - from + 1 }, (_, index) => {
    const number = from + index
    const holders = sequence.filter((other) => other.sequenceNumber === number)
    const holder =
      number === one.sequenceNumber
        ? one
        : (holders.find((other) => other.state !== 'refused') ?? holders[0])
    if (holder === undefined) return { number, state: 'missing' as const, transmission: null }
    return {
      number,
      state:
        holder.state === 'applied'
          ? ('done' as const)
          : holder.state === 'refused'
            ? ('stopped' as const)
            : ('waiting' as const),
      transmission: references.write('transmission', packUuid(holder.transmissionId)),
    }
  })
}

type Finding = Awaited<ReturnType<typeof listFindings>>[number]

function findingRow(finding: Finding): z.infer<typeof FindingRow> {
  return {
    line: finding.line > 0 ? finding.line : null,
    column: finding.column,
    code: finding.code,
    sentence: finding.sentence,
    treatment: finding.severity === 'error' ? '直して送り直す' : '取り込んで確かめる',
  }
}

function causesOf(findings: readonly Finding[]) {
  const causes = new Map<string, { sentence: string; lines: number }>()
  for (const { code, sentence } of findings) {
    const cause = causes.get(code)
    if (cause === undefined) causes.set(code, { sentence, lines: 1 })
    else cause.lines += 1
  }
  return [...causes].map(([code, cause]) => ({ code, ...cause })).sort((a, b) => b.lines - a.lines)
}

/** The same five checks, always, in the order in which they are made; one that failed stops the later ones. */
function checksOf(one: Journalled, findings: readonly Finding[]) {
  const has = (...codes: string[]) => findings.some(({ code }) => codes.includes(code))
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const settled = one.state === 'applied' || one.state === 'refused'
  const sealBad = has('E3009', 'E3010')
  const countBad = has('E3011')
  const totalBad = has('E3012')
  const rowErrors = errors - (sealBad || countBad || totalBad ? 1 : 0)
  const notYet = { state: 'notYet' as const, text: '取り込むときに確かめます。' }
  const good = (text: string) => ({ state: 'good' as const, text })
  const bad = (text: string) => ({ state: 'bad' as const, text })
  const after = <T>(stopped: boolean, check: T) =>
    !settled
      ? notYet
      : stopped
        ? { state: 'notYet' as const, text: '前の検査で止まりました。' }
        : check
  return [
    {
      name: '封と署名' as const,
      ...(sealBad
        ? bad('封の中が送り状とちがいます。')
        : good(`${municipalityName(one.municipality)}の署名です。`)),
    },
    {
      name: '件数' as const,
      ...after(
        sealBad,
        countBad
          ? bad('送り状の件数とちがいます。')
          : good(`${one.recordCount.toLocaleString('ja-JP')}件`),
      ),
    },
    {
      name: '合計' as const,
      ...after(
        sealBad || countBad,
        totalBad ? bad('送り状の合計とちがいます。') : good('送り状と合っています。'),
      ),
    },
    {
      name: '項目' as const,
      ...after(
        sealBad || countBad || totalBad,
        rowErrors > 0
          ? bad(`${rowErrors.toLocaleString('ja-JP')}か所に誤り`)
          : good('誤りはありません。'),
      ),
    },
    {
      name: 'もっともらしさ' as const,
      // Where sound rows are taken in, the faulty ones stop nothing.
      ...(one.state === 'held'
        ? bad('ふだんと違うところがあります。')
        : after(
            errors > 0 && one.state !== 'applied',
            warnings > 0
              ? bad(`${warnings.toLocaleString('ja-JP')}か所を確かめてください。`)
              : good('気になるところはありません。'),
          )),
    },
  ]
}
