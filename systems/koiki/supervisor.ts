import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { Refusal } from './refusal.ts'

/** 当事者の過程 — one party's service in a process of its own, with its own database user. */
export interface PartyProcess {
  readonly party: string
  readonly url: string
  /** Tells it how things stand; a process that is started again is told the last word again. */
  tell(word: PartyWord): void
  stop(): Promise<void>
}

/** 準備のようす — what an invented world still waits for, in one sentence; null once all of it is there. */
export interface PartyWord {
  readonly preparation: string | null
}

export interface StartParty {
  readonly party: 'union' | 'municipality'
  readonly port: number
  readonly folder: string
  /** Handed over by environment, so that no password stands in the list of processes. */
  readonly environment: Readonly<Record<string, string>>
  readonly tell: (sentence: string) => void
}

const program = path.join(import.meta.dirname, 'main.ts')
const partyNames = { union: '広域連合', municipality: '市区町村' } as const

/** The same party may fall over once in a while; one that cannot stand is told, not restarted for ever. */
const restartsAtMost = 5

/** Whoever stood so long can stand: the falls before it no longer count. */
const stoodMs = 10 * 60_000

function launch(options: StartParty): { child: ChildProcess; ready: Promise<string> } {
  const child = spawn(
    process.execPath,
    [program, 'serve', options.party, '--data', options.folder, '--port', String(options.port)],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...options.environment },
    },
  )
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message: { ready?: string }) => {
      if (message.ready !== undefined) resolve(message.ready)
    })
    child.once('exit', (code) =>
      reject(
        new Refusal(
          `${partyNames[options.party]}のサービスを始められませんでした(終了 ${code ?? '信号'})。上の文を確かめてください。`,
        ),
      ),
    )
  })
  return { child, ready }
}

/**
 * 当事者を始める — starts the party's process and waits until it serves. A process that dies by itself is
 * started again on the same port; one that is asked to stop puts its work away first.
 */
export async function startParty(options: StartParty): Promise<PartyProcess> {
  let { child, ready } = launch(options)
  const url = await ready
  const port = Number(new URL(url).port)
  let stopping = false
  let restarts = 0
  let since = performance.now()
  let lastWord: PartyWord | null = null
  const tell = (): void => {
    // Who is just falling is told when it has been started again.
    if (lastWord !== null && child.connected) child.send(lastWord, () => {})
  }

  const watch = (): void => {
    child.once('exit', startAgain)
    tell()
  }
  const startAgain = (): void => {
    if (stopping) return
    restarts = performance.now() - since > stoodMs ? 1 : restarts + 1
    since = performance.now()
    const name = partyNames[options.party]
    if (restarts > restartsAtMost) {
      options.tell(
        `${name}のサービスが何度も止まりました。もう始めません。一度すべてを止めて、始め直してください。`,
      )
      return
    }
    options.tell(`${name}のサービスが止まったので、始め直します(${restarts}回目)。`)
    ;({ child, ready } = launch({ ...options, port }))
    // One that fell before it served is gone already; there is nothing left to watch.
    ready.then(watch, startAgain)
  }
  watch()

  return {
    party: options.party,
    url,
    tell(word) {
      lastWord = word
      tell()
    },
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      if (child.connected) child.disconnect()
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await gone
      clearTimeout(late)
    },
  }
}

/** The last word that the supervisor told this process. */
export function hearSupervisor(): () => PartyWord {
  let heard: PartyWord = { preparation: null }
  process.on('message', (word: PartyWord) => {
    heard = word
  })
  return () => heard
}

/** Serves until the supervisor lets go, by a stop or by its own death: nobody is left behind. */
export async function serveUntilReleased(url: string, close: () => Promise<void>): Promise<void> {
  // Ctrl-C reaches every process of the terminal; the supervisor says in which order they stop.
  if (process.connected) process.on('SIGINT', () => {})
  const released = new Promise<void>((resolve) => {
    if (process.connected) process.once('disconnect', resolve)
    else process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  process.send?.({ ready: url })
  await released
  await close()
}
