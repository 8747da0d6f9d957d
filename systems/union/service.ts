import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import files from '@fastify/static'
import { type Access, AccessRefused, may, type Session } from '@koiki/access'
import type { PartyKeys } from '@koiki/exchange'
import { type Database, type Scope, StoreError, type Transaction } from '@koiki/store'
import type { Vault } from '@koiki/vault'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Purpose, type Realm } from './api.ts'
import {
  encounterAtGate,
  encounterHeader,
  holdEncounter,
  needsEncounter,
} from './encounters/gate.ts'
import { type Encounter, sessionDigestOf } from './encounters/store.ts'
import {
  misfit,
  needsPurpose,
  nothing,
  notNow,
  ourFault,
  Refusal,
  refused,
  signedOut,
  tooLarge,
} from './failure.ts'
import { guard } from './guard.ts'
import { type LiveJobs, openLiveJobs } from './live.ts'
import { type LiveFilings, openLiveFilings } from './liveFilings.ts'
import { type LiveNews, openLiveNews } from './liveNews.ts'
import { openApiOf } from './openapi.ts'
import type { PartnerLine } from './reconcileFiles.ts'
import { referencesOf } from './reference.ts'
import type { Call, Route } from './route.ts'
import { routes } from './routes/index.ts'
import { tokenOf } from './routes/session.ts'

/** 部品 — what the routes work with. */
export type Parts = {
  /** The app's own database user, bound by row-level security. */
  readonly db: Database
  readonly access: Access
  /** Nobody here is real: sample accounts are shown, and every screen says so. */
  readonly invented: boolean
  /** 準備のようす — what an invented world still waits for, in one sentence; null once all of it is there. */
  readonly preparation?: () => string | null
  /** Where sealed files rest; they are named by their digests. */
  readonly filesFolder: string
  /** The union's keys and its partners' public ones. */
  readonly keys: PartyKeys
  /** 全件照合の道 — none where no line to the municipalities' systems is laid. */
  readonly line?: PartnerLine
  readonly live: LiveJobs
  readonly liveFilings: LiveFilings
  /** Where Individual Numbers are sealed the moment they come in. */
  readonly vault: Vault
  readonly news: LiveNews
}

export type StartUnionService = Omit<Parts, 'live' | 'liveFilings' | 'news'> & {
  /** The screens, as `buildDesk` made them. */
  readonly deskFolder: string
  /** 32 secret bytes; references in addresses are made with them. */
  readonly referenceKey: Uint8Array
  /** 0 takes any free port. */
  readonly port: number
  /** Largest sealed file taken, in bytes; 4 GiB if not said. */
  readonly fileMax?: number
  /** One line a request: method, pattern of the route, status, milliseconds; nothing else is ever in it. */
  readonly log?: (line: AccessLine) => void
  /** Our own faults, with the number that the screen showed. */
  readonly fault?: (number: string, error: unknown) => void
}

export type AccessLine = {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly milliseconds: number
}

export type UnionService = { readonly url: string; close(): Promise<void> }

const realms: readonly Realm[] = ['counter', 'union']

/** 標準システムの入口 — screens and their API, on this machine's own address only. */
export async function startUnionService(options: StartUnionService): Promise<UnionService> {
  const app = fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    // A streamed file may be long on its way; what is not a file is short.
    requestTimeout: 0,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  })
  const live = await openLiveJobs(options.db)
  const news = openLiveNews(options.db)
  const liveFilings = await openLiveFilings(options.db)
  const parts: Parts = { ...options, live, liveFilings, news }
  watch(app, options)
  guard(app)
  await app.register(cookie)
  await app.register(multipart, {
    limits: {
      files: 2,
      fields: 1,
      parts: 2,
      fieldSize: 64 * 1024,
      fileSize: options.fileMax ?? 4 * 1024 ** 3,
    },
  })
  for (const realm of realms)
    for (const route of routes)
      if (route.realms.includes(realm)) mount(app, realm, route, parts, options.referenceKey)
  app.get('/api/openapi.json', () => openApiOf(routes))
  await screens(app, options.deskFolder)

  app.setNotFoundHandler(() => {
    throw nothing()
  })
  await app.listen({ host: '127.0.0.1', port: options.port })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    async close() {
      await app.close()
      news.close()
      await live.close()
      await liveFilings.close()
    },
  }
}

function mount(
  app: FastifyInstance,
  realm: Realm,
  route: Route,
  parts: Parts,
  referenceKey: Uint8Array,
): void {
  app.route({
    method: route.method,
    url: `/${realm}/api${route.path}`,
    handler: async (request, reply) => {
      const call = await callOf(realm, route, parts, referenceKey, request, reply)
      const answer = await route.handle(call as never)
      if (route.raw === true || answer === reply) return answer
      // What the schema does not name stays here, whatever a query may have brought.
      return 'parse' in route.answer ? route.answer.parse(answer) : answer
    },
  })
}

async function callOf(
  realm: Realm,
  route: Route,
  parts: Parts,
  referenceKey: Uint8Array,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Call> {
  const token = tokenOf(request, realm)
  const session = route.needs === 'nothing' ? null : await seatOf(parts.access, realm, token)
  if (session !== null && route.needs !== 'nothing' && route.needs !== 'session') {
    if (!may(session, route.needs)) throw nothing()
  }
  const scope = session?.scope ?? { union: '00', municipality: '000000' }
  const references = referencesOf(referenceKey, realm, scope.union)
  const purpose = Purpose.safeParse(request.headers['koiki-purpose']).data ?? null
  if (route.ofPerson === true && purpose === null) throw needsPurpose()
  const body = route.body === undefined ? undefined : read(route.body, request.body)
  let encounter: Encounter | null = null
  const header = request.headers[encounterHeader]
  if (realm === 'counter' && session !== null && typeof header === 'string')
    encounter = await parts.db.transaction(scope, (tx) =>
      encounterAtGate(tx, {
        route,
        header,
        sessionDigest: sessionDigestOf(token),
        references,
        params: request.params as Record<string, string>,
        body,
      }),
    )
  const transactionIn = holding(parts.db, needsEncounter(route) ? encounter : null, body)
  return {
    parts,
    realm,
    session: session as Session,
    token,
    scope,
    references,
    purpose,
    encounter,
    body,
    query: route.query === undefined ? undefined : read(route.query, request.query),
    request,
    reply,
    at(kind, name = kind) {
      const text = (request.params as Record<string, string>)[name] ?? ''
      const value = references.read(kind, text)
      if (value === null) throw nothing()
      return value
    },
    transaction: (work) => transactionIn(scope, work),
    transactionIn,
  }
}

/** 取引 — of one call. A write writes in its first; what it reads afterwards, to answer with, needs no 応対. */
function holding(db: Database, encounter: Encounter | null, body: unknown): Call['transactionIn'] {
  let isHeld = encounter === null
  return async <T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> => {
    if (isHeld || encounter === null) return db.transaction(scope, work)
    isHeld = true
    return db
      .transaction(scope, async (tx) => {
        await holdEncounter(tx, encounter, body)
        return work(tx)
      })
      .catch((error: unknown) => {
        isHeld = false
        throw error
      })
  }
}

async function seatOf(access: Access, realm: Realm, token: string): Promise<Session> {
  const answer = await access.sessionOf(token)
  // A cookie of one door opens no other, and a seat without a scope has no persons to look at here.
  if (!answer.ok || answer.session.realm !== realm || answer.session.scope === null)
    throw signedOut(answer.ok ? undefined : answer.sentence)
  return answer.session
}

function read<T>(schema: { safeParse(value: unknown): Parsed<T> }, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw misfit(parsed.error.issues[0]?.path.join('.') || '本文')
}

type Parsed<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: readonly { path: PropertyKey[] }[] } }

/** Screens are one page for every place; the page itself says nothing until somebody has signed in. */
async function screens(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(files, {
    root: path.join(folder, 'assets'),
    prefix: '/assets/',
    cacheControl: false,
    index: false,
    // Their names carry a digest of their content.
    setHeaders: (reply) => reply.setHeader('cache-control', 'public, max-age=31536000, immutable'),
  })
  const page = (_: FastifyRequest, reply: FastifyReply) => reply.sendFile('index.html', folder)
  for (const place of ['/', ...realms.flatMap((realm) => [`/${realm}`, `/${realm}/*`])])
    app.get(place, (request, reply) => {
      if (/^\/(counter|union)\/api(\/|$)/.test(request.url)) throw nothing()
      return page(request, reply)
    })
}

/** Logs patterns, never addresses; answers every error with a sentence and nothing of its inside. */
function watch(app: FastifyInstance, options: StartUnionService): void {
  app.addHook('onResponse', async (request, reply) => {
    options.log?.({
      method: request.method,
      route: request.routeOptions.url ?? '(なし)',
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    })
  })
  app.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error, options)
    return reply.status(refusal.status).header('cache-control', 'no-store').send(refusal.failure)
  })
}

function refusalOf(error: unknown, options: StartUnionService): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof AccessRefused) return refused(error.message)
  if (error instanceof StoreError && error.retryable) return notNow()
  const { statusCode } = error as { statusCode?: number }
  if (statusCode === 413) return tooLarge('受け取れる大きさ')
  if (statusCode !== undefined && statusCode < 500) return misfit('本文')
  const number = `A-${randomBytes(3).toString('hex').toUpperCase()}`
  options.fault?.(number, error)
  return ourFault(number)
}
