import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import {
  findTransmission,
  keepArriving,
  listFindings,
  listTransmissions,
  NoRoomForFiles,
  noRoom,
  ownDoorShut,
  ProtocolFault,
  readManifest,
  receiptOf,
  recordArrival,
} from '@koiki/exchange'
import { enqueue } from '@koiki/store'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { importArguments, placeOf } from '../jobs.ts'
import { Refusal } from '../refusal.ts'
import { base, notThere, type Operator, operatorOf, read, type Service } from '../route.ts'
import { receiptsKeptBack, receiptTold } from './conduct.ts'

const ManifestText = z.strictObject({ manifest: z.string().max(100_000) })
const Identified = z.object({ transmission: z.uuid() })

/** 移入 (3-5, 4-8): the manifest first, then the sealed file; a job opens and applies it. */
export function importRoutes(app: FastifyInstance, service: Service): void {
  // Sealed files are streamed to disk, whatever their size.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
    done(null, payload),
  )

  app.post(`${base}/imports`, async (request, reply) => {
    const operator = operatorOf(service, request)
    const { manifest } = read(ManifestText, request.body)
    const transmissionId = await noteManifest(service, operator, manifest)
    return reply.code(201).send({ transmission: transmissionId })
  })

  app.put(`${base}/imports/:transmission/file`, async (request, reply) => {
    const operator = operatorOf(service, request)
    const { transmission } = read(Identified, request.params)
    const came = await takeSealed(service, operator, transmission, request.body as Readable)
    return reply.code(202).send(came)
  })

  app.get(`${base}/imports`, async (request) => ({
    imports: await importsOf(service, operatorOf(service, request)),
  }))

  app.get(`${base}/imports/:transmission`, async (request) => {
    const operator = operatorOf(service, request)
    return importOf(service, operator, read(Identified, request.params).transmission)
  })

  app.get(`${base}/imports/:transmission/receipt`, async (request, reply) => {
    const operator = operatorOf(service, request)
    const { transmission } = read(Identified, request.params)
    const text = await receiptFor(service, operator, transmission)
    if (text === null) throw notThere()
    return reply.type('application/json').send(text)
  })
}

/** 送り状を移入する — kept until its sealed file comes. */
export async function noteManifest(
  service: Service,
  { municipality }: Operator,
  manifest: string,
): Promise<string> {
  const { transmissionId } = understood(manifest)
  const note = manifestFile(service, municipality, transmissionId)
  await mkdir(incoming(service, municipality), { recursive: true, mode: 0o700 })
    .then(() => writeFile(note, manifest, { mode: 0o600 }))
    .catch(toldNoRoom)
  return transmissionId
}

/** 封じたファイルを移入する — recorded and answered at once; a job opens it. */
export async function takeSealed(
  service: Service,
  operator: Operator,
  transmission: string,
  file: Readable,
) {
  const { scope, municipality } = operator
  const { municipalSystem } = service.stores
  const note = manifestFile(service, municipality, transmission)
  const manifest = await readFile(note, 'utf8').catch(() => null)
  if (manifest === null) {
    throw new Refusal(['先に送り状を移入してください。この送信の送り状がまだありません。'])
  }
  const place = placeOf(service, municipality)
  const union = `union:${scope.union}`
  const shut = await municipalSystem.transaction(scope, (tx) => ownDoorShut(tx, place, union))
  if (shut !== null) throw new Refusal([shut])
  const came = await keepArriving(place, { manifest, file }, (work) =>
    municipalSystem.transaction(scope, work),
  ).catch(toldNoRoom)
  if ('finding' in came) {
    await rm(note, { force: true })
    throw new Refusal([came.finding.sentence])
  }
  const { kept } = came
  const arrival = await municipalSystem.transaction(scope, (tx) =>
    recordArrival(tx, place, { manifest, kept }),
  )
  await rm(note, { force: true })
  if (arrival.kind === 'refused') throw new Refusal([arrival.sentence])
  const job = await enqueueImport(service, operator, arrival.transmissionId)
  const silent = await receiptsKeptBack(service, operator)
  const receipt =
    arrival.receipt === null || silent
      ? null
      : await receiptTold(service, operator, JSON.stringify(arrival.receipt))
  return {
    kind: arrival.kind,
    transmission: arrival.transmissionId,
    sentence: arrival.sentence,
    receipt,
    job,
  }
}

/** A place that cannot be written is for whoever keeps the machine: nothing came, and the sender may be told to wait. */
function toldNoRoom(error: unknown): never {
  const found = noRoom(error)
  if (!(found instanceof NoRoomForFiles)) throw found
  throw new Refusal([
    `${found.message}何も受け取っていません。書けるようになるまで、受け取りの停止を広域連合に知らせてください。`,
  ])
}

/** 移入したもの — newest first. */
export async function importsOf({ stores }: Service, { scope, municipality }: Operator) {
  const received = await stores.municipalSystem.transaction(scope, (tx) =>
    listTransmissions(tx, { direction: 'received', municipality }),
  )
  return received.map((one) => ({
    transmission: one.transmissionId,
    layout: one.layout,
    sequenceNumber: one.sequenceNumber,
    records: one.recordCount,
    state: one.state,
    sentence: one.sentence,
    errors: one.errorCount,
    warnings: one.warningCount,
    at: one.stateAt,
  }))
}

/** 移入したもの一つ — with its findings. */
export async function importOf({ stores }: Service, { scope }: Operator, transmission: string) {
  return stores.municipalSystem.transaction(scope, async (tx) => {
    const known = await findTransmission(tx, transmission)
    if (known?.direction !== 'received') throw notThere()
    return {
      transmission,
      layout: known.layout,
      sequenceNumber: known.sequenceNumber,
      records: known.recordCount,
      state: known.state,
      sentence: known.sentence,
      findings: await listFindings(tx, transmission),
    }
  })
}

/** 受領書 — null while there is none, or none that anybody gets. */
export async function receiptFor(
  service: Service,
  operator: Operator,
  transmission: string,
): Promise<string | null> {
  if (await receiptsKeptBack(service, operator)) return null
  const found = await service.stores.municipalSystem.transaction(operator.scope, (tx) =>
    receiptOf(tx, transmission),
  )
  return found === null ? null : receiptTold(service, operator, found.text)
}

function understood(manifest: string) {
  try {
    return readManifest(manifest)
  } catch (error) {
    if (error instanceof ProtocolFault)
      throw new Refusal([
        `送り状を読めません（${error.message}）。送り状のファイルを確かめて、もう一度移入してください。`,
      ])
    throw error
  }
}

const incoming = (service: Service, municipality: string): string =>
  path.join(service.dataFolder, 'incoming', municipality)

const manifestFile = (service: Service, municipality: string, transmissionId: string): string =>
  path.join(incoming(service, municipality), `${transmissionId}.manifest.json`)

/** A job for every transmission that arrived and has not been opened: the one just received, or all. */
async function enqueueImport(
  service: Service,
  { scope, municipality }: Pick<Operator, 'scope' | 'municipality'>,
  only: string | null,
): Promise<number | null> {
  const arrived = await service.stores.municipalSystem.transaction(scope, (tx) =>
    listTransmissions(tx, {
      direction: 'received',
      municipality,
      states: ['arrived'],
      limit: 1000,
    }),
  )
  let asked: number | null = null
  for (const { transmissionId } of arrived.reverse()) {
    const { jobId } = await service.stores.work.transaction(scope, (tx) =>
      enqueue(tx, service.jobs.importFile, ...importArguments(transmissionId)),
    )
    if (transmissionId === only) asked = jobId
  }
  return asked
}

/** 届いたままの送信 — asks again for the import of whatever a crash left between arrival and job. */
export async function enqueueArrived(service: Service): Promise<void> {
  for (const municipality of service.played) {
    const scope = { union: municipality.slice(0, 2), municipality }
    await enqueueImport(service, { scope, municipality }, null)
  }
}
