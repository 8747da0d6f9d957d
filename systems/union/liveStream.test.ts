import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import fastify from 'fastify'
import { liveStream } from './liveStream.ts'

for (const [when, leavesBefore] of [
  ['聞き始めてから', false],
  ['席を調べている間に', true],
] as const)
  test(`生の便り: ${when}離れた席を、聞き続けない`, async (t) => {
    const app = fastify()
    t.after(() => app.close())
    let hearing = 0
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    app.get('/', async (request, reply) => {
      asked.resolve()
      if (leavesBefore) await once(request.raw.socket, 'close')
      liveStream({ reply: reply as never }, (say) => {
        hearing += 1
        say('job', {})
        return [
          () => {
            hearing -= 1
          },
        ]
      })
      answered.resolve()
    })
    await app.listen({ port: 0 })
    const { port } = app.server.address() as AddressInfo
    const desk = connect(port, 'localhost')
    desk.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await asked.promise
    if (leavesBefore) desk.destroy()
    else {
      await answered.promise
      await once(desk, 'data')
      assert.equal(hearing, 1)
      desk.destroy()
      while (hearing > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await answered.promise
    assert.equal(hearing, 0)
  })
