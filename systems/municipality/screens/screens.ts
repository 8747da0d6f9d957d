import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import { StoreError } from '@koiki/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { municipalityNamed } from '../municipalityNamed.ts'
import { isOperator } from '../operatorTokens.ts'
import { Refusal } from '../refusal.ts'
import { Answered, operatorNamed, type Service } from '../route.ts'
import { documentPages } from './documentPages.ts'
import { eventPages } from './eventPages.ts'
import { exchangePages } from './exchangePages.ts'
import { fieldOf } from './fields.ts'
import { html } from './html.ts'
import { linkPages } from './linkPages.ts'
import { nonRegisteredPages } from './nonRegisteredPages.ts'
import { document, type Page } from './page.ts'
import { residenceProvisionPages } from './residenceProvisionPages.ts'
import { residentPages } from './residentPages.ts'
import { type Session, Sessions } from './session.ts'
import { style } from './style.ts'

/** 頼み — what a page is made from. */
export interface Asked {
  readonly service: Service
  readonly session: Session
  readonly request: FastifyRequest
  readonly form: URLSearchParams
}

/** 答え — a page, another place to go to, or a file. */
export type Answer =
  | Page
  | { readonly to: string; readonly told?: readonly string[] }
  | { readonly file: Readable; readonly type: string; readonly name?: string }

type Handler = (asked: Asked) => Promise<Answer>

/** 仕事の部屋 — the pages of one entry of the menu. */
export interface Room {
  readonly place: NonNullable<Parameters<typeof document>[2]['place']>
  readonly get: Readonly<Record<string, Handler>>
  readonly post: Readonly<Record<string, Handler>>
}

const rooms: readonly Room[] = [
  residentPages,
  eventPages,
  nonRegisteredPages,
  residenceProvisionPages,
  exchangePages,
  documentPages,
  linkPages,
]

/** The letters of names, which not every machine has. */
const letters = [
  ['regular', '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'],
  ['bold', '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf'],
] as const

/** An uploaded file is sealed and streamed; the manifest beside it is small. */
const uploadMax = 2 * 1024 ** 3

/**
 * 担当者の画面 — pages of this service itself, in HTML alone: no script, nothing fetched from elsewhere. Signed in
 * with the operator's token; no page shows an Individual Number, no address names a person.
 */
export function screens(app: FastifyInstance, service: Service): void {
  const sessions = new Sessions()
  app.get('/', async (_request, reply) => reply.redirect('/screens/residents', 303))
  app.register(
    async (own) => {
      own.register(multipart, { limits: { fileSize: uploadMax, files: 1, fields: 10 } })
      own.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string', bodyLimit: 256 * 1024 },
        (_request, text, done) => done(null, new URLSearchParams(text as string)),
      )
      own.addHook('onRequest', async (_request, reply) => {
        reply.headers({
          'content-security-policy':
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
          'referrer-policy': 'no-referrer',
        })
      })
      own.setNotFoundHandler((request, reply) =>
        told(reply, 404, missing, sessions.find(request), service),
      )
      own.setErrorHandler((error, request, reply) =>
        told(reply, ...faultOf(error), sessions.find(request), service),
      )
      own.get('/style.css', async (_request, reply) => reply.type('text/css').send(style))
      for (const [name, file] of letters) {
        own.get(`/letters/${name}.ttf`, async (_request, reply) =>
          reply
            .header('cache-control', 'private, max-age=86400')
            .type('font/ttf')
            .send(createReadStream(new URL(import.meta.resolve(file)))),
        )
      }
      own.get('/', async (_request, reply) => reply.redirect('/screens/residents', 303))
      signing(own, service, sessions)
      for (const { place, get, post: posts } of rooms) {
        for (const [path, handler] of Object.entries(get)) {
          own.get(`/${place}${path}`, (request, reply) =>
            answer(service, sessions, place, handler, request, reply),
          )
        }
        for (const [path, handler] of Object.entries(posts)) {
          own.post(`/${place}${path}`, (request, reply) =>
            answer(service, sessions, place, handler, request, reply),
          )
        }
      }
    },
    { prefix: '/screens' },
  )
}

async function answer(
  service: Service,
  sessions: Sessions,
  place: Room['place'],
  handler: Handler,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const session = sessions.find(request)
  if (session === null) return reply.redirect('/screens/sign-in', 303)
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  if (request.method === 'POST' && !request.isMultipart()) requireKey(session, form.get('formKey'))
  const given = await handler({ service, session, request, form })
  if ('to' in given) {
    session.told = given.told ?? []
    return reply.redirect(given.to, 303)
  }
  if ('file' in given) {
    if (given.name !== undefined)
      reply.header('content-disposition', `attachment; filename="${given.name}"`)
    return reply.type(given.type).send(given.file)
  }
  const wrong = given.faults !== undefined && given.faults.length > 0
  return page(reply, wrong ? 422 : 200, given, session, place, service)
}

/** A form that no page of ours made for this session is not answered. */
export function requireKey(session: Session, given: string | null): void {
  if (given !== session.formKey) {
    throw new Refusal(['画面が古くなっています。もう一度画面を開いて、書き直してください。'])
  }
}

function signing(app: FastifyInstance, service: Service, sessions: Sessions): void {
  app.get('/sign-in', (_request, reply) =>
    page(reply, 200, signIn(service, '', false), null, null, service),
  )
  app.post('/sign-in', async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const municipality = form.get('municipality') ?? ''
    const token = (form.get('token') ?? '').trim()
    if (!service.played.has(municipality) || !isOperator(service.tokens, municipality, token)) {
      return page(reply, 401, signIn(service, municipality, true), null, null, service)
    }
    sessions.begin(reply, operatorNamed(municipality))
    return reply.redirect('/screens/residents', 303)
  })
  app.post('/sign-out', async (request, reply) => {
    const session = sessions.find(request)
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    if (session !== null) requireKey(session, form.get('formKey'))
    sessions.end(request, reply)
    return reply.redirect('/screens/sign-in', 303)
  })
}

function signIn(service: Service, municipality: string, wrong: boolean): Page {
  const faults = wrong
    ? [
        {
          sentence:
            '市区町村か合言葉がちがいます。合言葉は、空白や改行を入れずに貼り付けてください。',
          field: 'token',
        },
      ]
    : []
  const towns = [...service.played].map((code) => [code, municipalityNamed(code).name] as const)
  return {
    title: 'サインイン',
    faults,
    body: html`<form method="post" action="/screens/sign-in" autocomplete="off">
${fieldOf({ name: 'municipality', label: '市区町村', type: 'choice', choices: towns, required: true }, { municipality }, [])}
<div class="field"><label for="f-token">担当者の合言葉</label>
<span class="help" id="f-token-help">データ置き場の operator-tokens.json にあります。</span>
<input type="password" id="f-token" name="token" class="long" aria-describedby="f-token-help" autocomplete="off"></div>
<p><button class="main">サインインする</button></p>
</form>`,
  }
}

function page(
  reply: FastifyReply,
  status: number,
  given: Page,
  session: Session | null,
  place: Room['place'] | null,
  { inventedWorld }: Service,
): FastifyReply {
  const text = document(given, session, { place, invented: inventedWorld })
  return reply.code(status).type('text/html; charset=utf-8').send(text)
}

const missing: readonly string[] = ['お探しの画面はありません。上の仕事から選び直してください。']

function faultOf(error: unknown): [number, readonly string[]] {
  if (error instanceof Refusal) return [422, error.reasons]
  if (error instanceof Answered) return [error.status, [error.message]]
  if (error instanceof StoreError) return [error.retryable ? 503 : 500, [error.message]]
  const { statusCode } = error as { statusCode?: number }
  if (statusCode !== undefined && statusCode < 500)
    return [statusCode, ['送られたものを読めません。形と大きさを確かめてください。']]
  // The error itself may quote what was sent; only its class is told.
  const name = error instanceof Error ? error.name : '不明'
  return [500, [`プログラムの予期しない誤りです(${name})。もう一度ためしてください。`]]
}

const told = (
  reply: FastifyReply,
  status: number,
  sentences: readonly string[],
  session: Session | null,
  service: Service,
): FastifyReply =>
  page(
    reply,
    status,
    {
      title: 'できませんでした',
      faults: sentences.map((sentence) => ({ sentence })),
      body: html`<p><a href="/screens/residents">はじめの画面へ</a></p>`,
    },
    session,
    null,
    service,
  )
