import type { Call } from './route.ts'

/** Says one event to the desk that listens. */
export type SayLive = (event: string, data: unknown) => void

/**
 * 生の便り — an answer that stays open (`text/event-stream`). `listen` begins to hear and answers what ends each of
 * its hearings; they end when the desk leaves, even if it left while its session was still being looked up.
 */
export function liveStream(
  { reply }: Pick<Call, 'reply'>,
  listen: (say: SayLive) => readonly (() => void)[],
): void {
  const { raw } = reply
  reply.hijack()
  // Whoever has gone by now does not tell it again: 'close' is over.
  if (raw.socket === null || raw.socket.destroyed) return
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  })
  raw.write('retry: 2000\n\n')
  const stops = listen((event, data) => {
    raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  })
  // A silent line tells a proxy and the browser that somebody is still there.
  const beat = setInterval(() => raw.write(':\n\n'), 20_000)
  raw.once('close', () => {
    clearInterval(beat)
    for (const stop of stops) stop()
  })
}
