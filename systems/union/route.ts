import type { Act, Session } from '@koiki/access'
import type { Scope, Transaction } from '@koiki/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Purpose, Realm } from './api.ts'
import type { Encounter } from './encounters/store.ts'
import type { ReferenceKind, References } from './reference.ts'
import type { Parts } from './service.ts'

/** 問い — what a handler is given; everything in it has been read and checked. */
export type Call<B = unknown, Q = unknown> = {
  readonly parts: Parts
  readonly realm: Realm
  readonly session: Session
  readonly token: string
  /** The scope of the session: whose persons are visible at all. */
  readonly scope: Scope
  readonly references: References
  readonly purpose: Purpose | null
  /** 応対 — at a counter, the open one that the request names. */
  readonly encounter: Encounter | null
  readonly body: B
  readonly query: Q
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** A reference in the path, read as its kind; what cannot be read is answered like what is not there. */
  at(kind: ReferenceKind, name?: string): bigint
  /** One transaction in the scope of the session. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** One transaction in another scope; as in `transaction`, the first that a write makes holds its 応対 open. */
  transactionIn<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T>
}

/** 道 — one route, written once: the service, the OpenAPI document and the table of access are made of these. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly realms: readonly Realm[]
  /** Who may: anyone at the door, anyone signed in, or those of a role that may do the act. */
  readonly needs: 'nothing' | 'session' | Act
  /** A person is looked at: the purpose must be named, and a row of the audit is left. */
  readonly ofPerson?: true
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly answer: z.ZodType | { readonly file: string }
  /** Takes its body as a stream, or answers by itself. */
  readonly raw?: true
  readonly handle: (call: Call<never, never>) => Promise<unknown>
}

/** Binds the types of the schemas to those of the handler. */
export function route<B extends z.ZodType, Q extends z.ZodType>(
  definition: Omit<Route, 'body' | 'query' | 'handle'> & {
    readonly body?: B
    readonly query?: Q
    readonly handle: (call: Call<z.infer<B>, z.infer<Q>>) => Promise<unknown>
  },
): Route {
  return definition as unknown as Route
}
