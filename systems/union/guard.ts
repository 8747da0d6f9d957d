import type { FastifyInstance, FastifyRequest } from 'fastify'
import { notFromDesk } from './failure.ts'

/** 内容の決まり — scripts, styles and fonts of our own files, calls to our own service, and nothing else. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

/**
 * 門 — on every answer the headers that keep a page from being framed, cached or fed from outside; on
 * every request the name by which we are called (DNS rebinding), and on every call of the API the desk's
 * own header, which no other site can set without asking first, and an Origin that is ours.
 */
export function guard(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (!isOurs(request.headers.host)) throw notFromDesk()
    if (!/^\/(counter|union)\/api\//.test(request.url)) return
    const { origin } = request.headers
    if (origin !== undefined && hostOf(origin) !== request.headers.host) throw notFromDesk()
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') throw notFromDesk()
    if (request.method !== 'GET' && !isDesk(request)) throw notFromDesk()
  })
}

function isDesk(request: FastifyRequest): boolean {
  return request.headers['koiki-desk'] === '1'
}

function isOurs(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/.test(host)
}

function hostOf(origin: string): string | undefined {
  return /^http:\/\/([^/]+)$/.exec(origin)?.[1]
}
