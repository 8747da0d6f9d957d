import type { Actor } from '@koiki/audit'
import { type Scope, StoreError } from '@koiki/store'
import { VaultError } from '@koiki/vault'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Municipalities, MunicipalityJobs } from './jobs.ts'
import { isOperator, type OperatorTokens } from './operatorTokens.ts'
import { Refusal } from './refusal.ts'

/** What every route has at hand. */
export interface Service extends Municipalities {
  readonly jobs: MunicipalityJobs
  readonly played: ReadonlySet<string>
  readonly tokens: OperatorTokens
}

/** 担当者 — the operator of one municipality, as the token proves. */
export interface Operator {
  readonly scope: Scope
  readonly municipality: string
  readonly actor: Actor
}

export const base = '/municipalities/:municipality'

/** An answer other than 200: its status, and a sentence for the person who asked. */
export class Answered extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, sentence: string) {
    super(sentence)
    this.status = status
    this.code = code
  }
}

export const notThere = (): Error =>
  new Answered(404, 'NOT_FOUND', 'お探しのものはありません。名前や番号を確かめてください。')

/** 担当者を確かめる — an unknown municipality and a wrong token get the same answer. */
export function operatorOf(service: Service, request: FastifyRequest): Operator {
  const { municipality } = request.params as { municipality: string }
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (!service.played.has(municipality) || !isOperator(service.tokens, municipality, token)) {
    throw new Answered(
      401,
      'SIGNED_OUT',
      'この市区町村の担当者と確かめられません。担当者の合言葉を確かめてください。',
    )
  }
  return operatorNamed(municipality)
}

/** The operator of a municipality, whose token has been seen. */
export const operatorNamed = (municipality: string): Operator => ({
  municipality,
  scope: { union: municipality.slice(0, 2), municipality },
  actor: { kind: 'account', id: `operator-${municipality}`, name: '市区町村の担当者' },
})

/** 頼みを読む — says which item does not fit, never its value. */
export function read<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  const places = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || '全体'))]
  throw new Answered(
    400,
    'MISFIT',
    `送られた項目のうち「${places.slice(0, 5).join('、')}」の形がちがいます。何もしていません。README の形に直して送ってください。`,
  )
}

/** Host names by which we may be called: nothing that a foreign page could point at us. */
const ours = /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/

export function serviceErrors(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    if (!ours.test(request.headers.host ?? '')) {
      throw new Answered(403, 'NOT_OURS', 'このサービスは、この計算機の中からだけ使えます。')
    }
  })
  app.setNotFoundHandler((_request, reply) => answer(reply, notThere()))
  app.setErrorHandler((error, _request, reply) => answer(reply, error))
}

function answer(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof Answered) {
    return reply.code(error.status).send({ code: error.code, message: error.message })
  }
  if (error instanceof Refusal) {
    return reply
      .code(422)
      .send({ code: 'REFUSED', message: error.reasons[0], reasons: error.reasons })
  }
  if (error instanceof VaultError) {
    return reply.code(503).send({ code: 'VAULT', message: error.message })
  }
  if (error instanceof StoreError) {
    const status = error.retryable ? 503 : 500
    return reply.code(status).send({ code: 'STORE', message: error.message })
  }
  const { statusCode } = error as { statusCode?: number }
  if (statusCode !== undefined && statusCode < 500) {
    return reply.code(statusCode).send({
      code: 'MISFIT',
      message: '送られたものを読めません。形と大きさを確かめてください。何もしていません。',
    })
  }
  // The error itself may quote what was sent; only its class is told.
  const name = error instanceof Error ? error.name : '不明'
  return reply.code(500).send({
    code: 'FAULT',
    message: `プログラムの予期しない誤りです(${name})。何も変わっていません。もう一度ためしてください。`,
  })
}
