import { ChildProcess } from 'node:child_process'
import { Socket as DatagramSocket } from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'

/**
 * 閉じた網 — loaded before a program by `--import`: whatever would leave this machine throws, and is written
 * down in the file that KOIKI_TEST_NETWORK names, one JSON line each. So is every program that is started,
 * since another program would not be watched, and each watched process itself.
 */
export type Attempt = {
  readonly kind: 'watched' | 'program' | 'connect' | 'lookup' | 'datagram'
  readonly what: string
  readonly process: number
}

const note = process.env.KOIKI_TEST_NETWORK
if (note !== undefined) watch(note)

function watch(file: string): void {
  const write = (kind: Attempt['kind'], what: string): void =>
    appendFileSync(file, `${JSON.stringify({ kind, what, process: process.pid })}\n`)
  const refuse = (kind: Attempt['kind'], what: string): never => {
    write(kind, what)
    throw new Error(`閉じた網の外へ出ようとしました: ${what}`)
  }
  write('watched', process.argv.slice(2).join(' '))

  const connect = Socket.prototype.connect
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
    const host = hostOf(args)
    if (!isHere(host)) refuse('connect', host)
    return (connect as (...given: unknown[]) => Socket).apply(this, args)
  } as typeof connect

  for (const resolver of [
    dns,
    dns.promises,
    dns.Resolver.prototype,
    dns.promises.Resolver.prototype,
  ]) {
    const functions = resolver as unknown as Record<string, unknown>
    for (const name of Object.getOwnPropertyNames(functions)) {
      const asking = functions[name]
      if (!/^(lookup|resolve|reverse)/.test(name) || typeof asking !== 'function') continue
      functions[name] = function (this: unknown, host: string, ...rest: unknown[]) {
        if (!isHere(host)) refuse('lookup', host)
        return asking.call(this, host, ...rest)
      }
    }
  }
  for (const name of ['send', 'connect', 'bind'] as const) {
    const sending = DatagramSocket.prototype
    ;(sending as unknown as Record<string, unknown>)[name] = (): never => refuse('datagram', name)
  }
  const program = ChildProcess.prototype as unknown as {
    spawn(options: { file: string }): unknown
  }
  const { spawn } = program
  program.spawn = function (this: ChildProcess, options) {
    write('program', options.file)
    return spawn.call(this, options)
  }
  syncBuiltinESMExports()
}

function isHere(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1|)$/.test(host)
}

/** `connect(port, host)`, `connect({ host, port, path })`, or the row into which node has put them. */
function hostOf(args: readonly unknown[]): string {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]
  if (typeof first === 'object' && first !== null) {
    const { host, path } = first as { host?: string | null; path?: string }
    return path === undefined ? (host ?? '') : ''
  }
  return typeof args[1] === 'string' ? args[1] : ''
}
