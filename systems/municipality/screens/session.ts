import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Operator } from '../route.ts'

/** 席 — one signed-in browser of one municipality's operator. */
export interface Session {
  readonly operator: Operator
  /** Stands in every form; a page elsewhere cannot know it. */
  readonly formKey: string
  /** What was done last, told once on the next page. */
  told: readonly string[]
  used: number
}

const cookieName = 'koiki_town'
const idleMs = 60 * 60 * 1000

/** 席の台帳 — in memory only: a restart signs everybody out. */
export class Sessions {
  readonly #open = new Map<string, Session>()

  begin(reply: FastifyReply, operator: Operator): void {
    const key = randomBytes(32).toString('base64url')
    const formKey = randomBytes(32).toString('base64url')
    this.#open.set(key, { operator, formKey, told: [], used: performance.now() })
    reply.header('set-cookie', `${cookieName}=${key}; Path=/screens; HttpOnly; SameSite=Strict`)
  }

  find(request: FastifyRequest): Session | null {
    const key = keyOf(request)
    const session = this.#open.get(key)
    if (session === undefined) return null
    if (performance.now() - session.used > idleMs) {
      this.#open.delete(key)
      return null
    }
    session.used = performance.now()
    return session
  }

  end(request: FastifyRequest, reply: FastifyReply): void {
    this.#open.delete(keyOf(request))
    reply.header(
      'set-cookie',
      `${cookieName}=; Path=/screens; HttpOnly; SameSite=Strict; Max-Age=0`,
    )
  }
}

const keyOf = (request: FastifyRequest): string =>
  new RegExp(`(?:^|; )${cookieName}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? ''
