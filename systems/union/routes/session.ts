import { demoAccounts, may, permissions, roles, type Session as Seat } from '@koiki/access'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Confirm, Door, type Realm, Session, SignIn } from '../api.ts'
import { notLetIn } from '../failure.ts'
import { municipalityName, unionName } from '../places.ts'
import { type Call, route } from '../route.ts'
import { endOpenEncounter } from './encounters.ts'

export const cookieName = (realm: Realm): string => `koiki_${realm}`

/** The secret of a session travels in a cookie of its realm alone; empty when there is none. */
export function tokenOf(request: FastifyRequest, realm: Realm): string {
  return request.cookies[cookieName(realm)] ?? ''
}

function keepCookie(reply: FastifyReply, realm: Realm, token: string): void {
  reply.setCookie(cookieName(realm), token, {
    path: `/${realm}`,
    httpOnly: true,
    sameSite: 'strict',
    // Over plain http on this machine's own address a Secure cookie would not come back everywhere.
    secure: false,
  })
}

async function sessionFor(call: Call, seat: Seat): Promise<z.infer<typeof Session>> {
  const { union, municipality } = seat.scope ?? { union: '', municipality: '*' }
  const { today } = await call.parts.db.unscoped(async (tx) => ({ today: tx.today }))
  return {
    realm: call.realm,
    account: seat.account.loginName,
    name: seat.name,
    role: seat.roles.map((role) => roles[role]).join('・'),
    union: { code: union, name: unionName(union) },
    municipality:
      municipality === '*' ? null : { code: municipality, name: municipalityName(municipality) },
    invented: call.parts.invented,
    today,
    draftKey: call.references.draftKey(seat.actor.id),
    may: (Object.keys(permissions) as (keyof typeof permissions)[]).filter((act) => may(seat, act)),
  }
}

export const sessionRoutes = [
  route({
    method: 'GET',
    path: '/door',
    summary: '入口のようす。見本の利用者は模擬の世界でだけ載る。',
    realms: ['counter', 'union'],
    needs: 'nothing',
    answer: Door,
    handle: async ({ parts, realm }) => ({
      realm,
      invented: parts.invented,
      today: parts.invented ? await parts.db.unscoped(async (tx) => tx.today) : null,
      preparation: parts.preparation?.() ?? null,
      accounts: parts.invented
        ? demoAccounts
            .filter((account) => account.scope !== null && realmOf(account.roles) === realm)
            .map(({ loginName, password, name, place }) => ({
              account: loginName,
              password,
              name,
              place,
            }))
        : [],
    }),
  }),
  route({
    method: 'GET',
    path: '/session',
    summary: 'いまの席',
    realms: ['counter', 'union'],
    needs: 'session',
    answer: Session,
    handle: (call) => sessionFor(call, call.session),
  }),
  route({
    method: 'POST',
    path: '/sign-in',
    summary: 'サインイン。クッキーは領域ごと。',
    realms: ['counter', 'union'],
    needs: 'nothing',
    body: SignIn,
    answer: Session,
    handle: async (call) => {
      const { parts, realm, body, request, reply } = call
      const answer = await parts.access.signIn({
        loginName: body.account,
        password: body.password,
        realm,
        terminal: null,
        address: request.ip,
      })
      if (!answer.ok) throw notLetIn(answer.sentence)
      keepCookie(reply, realm, answer.token)
      return sessionFor(call, answer.session)
    },
  }),
  route({
    method: 'POST',
    path: '/sign-out',
    summary: '席を離れる',
    realms: ['counter', 'union'],
    needs: 'nothing',
    body: z.object({}),
    answer: z.object({}),
    handle: async ({ parts, realm, token, reply }) => {
      if (token !== '') {
        const answer = await parts.access.sessionOf(token)
        if (answer.ok && answer.session.scope !== null && realm === 'counter')
          await parts.db.transaction(answer.session.scope, (tx) => endOpenEncounter(tx, token))
        await parts.access.signOut(token)
      }
      reply.clearCookie(cookieName(realm), { path: `/${realm}` })
      return {}
    },
  }),
  route({
    method: 'POST',
    path: '/confirm',
    summary: '伏せた画面をもどす前の確かめ',
    realms: ['counter', 'union'],
    needs: 'session',
    body: Confirm,
    answer: z.object({}),
    handle: async ({ parts, session, body }) => {
      const answer = await parts.access.confirmPassword(session, body.password)
      if (!answer.ok) throw notLetIn(answer.sentence)
      return {}
    },
  }),
]

const realmOf = (held: readonly string[]): Realm =>
  held.includes('counterClerk') ? 'counter' : 'union'
