import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { counterAccounts, demoAccounts } from '@koiki/access'
import { readOperatorTokens } from '@koiki/municipality'
import { municipalities } from '@koiki/store'
import { MunicipalOperator, Seat } from '../../systems/koiki/clients.ts'
import { Witness } from '../../systems/koiki/evidence.ts'
import type { Cast, Stage, Town } from '../../systems/koiki/flows.ts'
import type { Running } from '../../systems/koiki/running.ts'

const root = path.resolve(import.meta.dirname, '../..')
const program = path.join(root, 'systems/koiki/main.ts')

type Test = { after(clean: () => Promise<void>, options?: { timeout: number }): void }

/** A process of this machine, as `ps` shows it. */
export type Process = { readonly id: number; readonly parent: number; readonly command: string }

/** 動いている世界 — what a person has who typed `npm start`: addresses, what was said, and the means to end it. */
export type RunningWorld = Running & {
  /** All that the command and its parties wrote to stdout and stderr so far. */
  output(): string
  process(party: 'union' | 'municipality' | 'postgres' | 'supervisor'): Process
  /** Every process of the world, the database's workers included. */
  processes(): readonly Process[]
  /** Ctrl-C in a terminal, and the end that it leads to: the exit code, or the signal's name. */
  stop(): Promise<number | string>
  /** kill -9 of one process by its number, and the wait until it is gone. */
  kill(id: number): Promise<void>
  /** The exit code or signal, once the command has ended by itself. */
  ended(): Promise<number | string>
}

/** 小さな世界 — a data folder for tests, in which a world can be started, killed and started again. */
export type SmallWorld = {
  readonly folder: string
  readonly keysFolder: string
  readonly municipalityFolder: string
  start(options?: StartWorld): Promise<RunningWorld>
  /** Runs a `koiki` command to its end, with this world's data folder. */
  run(command: string, ...words: string[]): Promise<Ended>
}

export type Ended = { readonly code: number | string; readonly output: string }

export type StartWorld = {
  /** Waits for this sentence; the one that everything runs, if not given. */
  readonly until?: string
  /** 1 if not given; a folder that has a world keeps its own. */
  readonly seed?: number
  readonly environment?: Readonly<Record<string, string>>
  /** Further words of the command line. */
  readonly words?: readonly string[]
}

export type MakeWorld = {
  /** A world that does not run when this one first starts, and all of which it begins with. */
  readonly from?: SmallWorld
  /** False leaves the flows to the test: the registers are full, nothing has been sent. */
  readonly flows: boolean
}

/** What `koiki start` says when the flows are over and it waits for Ctrl-C. */
export const everythingRuns = 'koiki は動いています'

/**
 * 小さな世界をつくる — for tests: `koiki start` with 300 persons as a process of its own in a folder of its own.
 * Whatever still runs from the folder at the end of `t` is ended, by its number, and the folder removed.
 */
export function smallWorld(t: Test, { from, flows }: MakeWorld): SmallWorld {
  const folder = mkdtempSync(path.join(tmpdir(), 'koiki-world-'))
  // As root the database runs under another account, which has to pass through this folder.
  chmodSync(folder, 0o711)
  let prepared = false
  const prepare = (): void => {
    if (prepared) return
    prepared = true
    // Owners and times are kept: PostgreSQL serves nobody else's files.
    if (from !== undefined) execFileSync('cp', ['-a', `${from.folder}/.`, folder])
    // The command drives the flows only until they have come to their end once.
    const note = path.join(folder, 'flows-done')
    if (flows) rmSync(note, { force: true })
    else writeFileSync(note, '')
  }
  t.after(async () => {
    for (let left = processesOf(folder); left.length > 0; left = processesOf(folder)) {
      for (const { id } of left) signal(id, 'SIGKILL')
      await wait(50)
    }
    const elsewhere = placeElsewhere(folder)
    if (elsewhere !== null) rmSync(elsewhere, removing)
    rmSync(folder, removing)
  })
  return {
    folder,
    keysFolder: path.join(folder, 'keys'),
    municipalityFolder: path.join(folder, 'files', 'municipality'),
    start: (options = {}) => {
      prepare()
      return start(folder, options)
    },
    run: (command, ...words) => {
      const { ended, output } = launch([command, ...words, '--data', folder], {})
      return ended.then((code) => ({ code, output: output() }))
    },
  }
}

/** Where the database's files lie if the folder was closed to its user. */
function placeElsewhere(folder: string): string | null {
  const note = path.join(folder, 'postgres', 'postgres.place')
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : null
}

const removing = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const

function launch(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const { DATABASE_URL: _, KOIKI_DATA: __, NODE_TEST_CONTEXT: ___, ...inherited } = process.env
  const child = spawn(process.execPath, [program, ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...environment },
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (some: Buffer) => said.push(some))
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, by) => resolve(code ?? by ?? 'unknown')),
  )
  return { child, ended, output: () => Buffer.concat(said).toString('utf8') }
}

async function start(
  folder: string,
  { until = everythingRuns, environment = {}, seed = 1, words = [] }: StartWorld,
): Promise<RunningWorld> {
  const held = ['world.json', 'world.begun.json'].some((name) =>
    existsSync(path.join(folder, name)),
  )
  const made = held ? [] : ['--persons', '300', '--seed', String(seed)]
  const order = ['--data', folder, '--port', '0', ...made, ...words]
  const { child, ended, output } = launch(['start', ...order], environment)
  await heard(child, output, until)
  const note = path.join(folder, 'running.json')
  const running = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Running) : nowhere
  return {
    ...running,
    processId: child.pid as number,
    output,
    ended: () => ended,
    processes: () => processesOf(folder),
    process(party) {
      const found = processesOf(folder).find(({ id, command }) =>
        party === 'supervisor'
          ? id === child.pid
          : command.includes(party === 'postgres' ? '/bin/postgres -D' : `serve ${party} --data`),
      )
      if (found === undefined) throw new Error(`「${party}」の過程が見つかりません。`)
      return found
    },
    async stop() {
      // The database has a group of its own; everything else hears the terminal's Ctrl-C.
      for (const { id, command } of processesOf(folder))
        if (command.includes(program)) signal(id, 'SIGINT')
      return ended
    },
    async kill(id) {
      signal(id, 'SIGKILL')
      while (isThere(id)) await wait(10)
    },
  }
}

const nowhere: Running = { processId: 0, serverUrl: '', unionUrl: '', municipalityUrl: '' }

async function heard(child: ChildProcess, output: () => string, sentence: string): Promise<void> {
  while (!output().includes(sentence)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(
        `「${sentence}」と言う前に終わりました(${child.exitCode ?? child.signalCode})。\n${output()}`,
      )
    // It goes on serving for whoever sits at a screen; what is waited for never comes.
    if (output().includes('準備が止まりました'))
      throw new Error(`「${sentence}」と言う前に止まりました。\n${output()}`)
    await wait(20)
  }
}

function signal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A dead process that nobody has buried yet no longer counts. */
const isThere = (id: number): boolean => everyProcess().some((one) => one.id === id)

function everyProcess(): Process[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return lines.split('\n').flatMap((line) => {
    const [, id, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    if (id === undefined || state?.startsWith('Z')) return []
    return [{ id: Number(id), parent: Number(parent), command: command as string }]
  })
}

/** Our own programs that serve the folder, and all their offspring; nobody else who may name it. */
function processesOf(folder: string): Process[] {
  const all = everyProcess()
  const data = placeElsewhere(folder) ?? path.join(folder, 'postgres', 'postgres')
  const ours = (command: string): boolean =>
    command.startsWith(`${process.execPath} ${program} `)
      ? `${command} `.includes(` --data ${folder} `)
      : /^\S+\/bin\/postgres -D /.test(command) && command.includes(` -D ${data} `)
  const found = new Set(all.filter(({ command }) => ours(command)))
  for (let before = -1; found.size > before; ) {
    before = found.size
    const parents = new Set([...found].map(({ id }) => id))
    for (const one of all) if (parents.has(one.parent)) found.add(one)
  }
  return [...found]
}

/** 待つ — until the answer is something; the caller's own test limit ends what never comes. */
export async function until<T>(
  ask: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    await wait(25)
  }
}

/** The stage on which the flows of `systems/koiki/flows.ts` play. */
export const stageOf = (
  world: SmallWorld,
  running: RunningWorld,
  stopping?: AbortSignal,
): Stage => ({
  unionUrl: running.unionUrl,
  municipalityUrl: running.municipalityUrl,
  municipalityFolder: world.municipalityFolder,
  tell: () => {},
  ...(stopping === undefined ? {} : { stopping }),
})

/** A person at a desk, by the sample account of this name. */
export async function seat(
  running: Running,
  loginName: string,
  stopping?: AbortSignal,
): Promise<Seat> {
  const account = [...demoAccounts, ...counterAccounts].find((one) => one.loginName === loginName)
  if (account === undefined) throw new Error(`見本の利用者に「${loginName}」はいません。`)
  const realm = account.roles.includes('counterClerk') ? 'counter' : 'union'
  const at = new Seat(running.unionUrl, realm, stopping)
  await at.signIn(loginName, account.password)
  return at
}

/** One municipality's operator and the seat at its counter. */
export async function townOf(
  world: SmallWorld,
  running: RunningWorld,
  code: string,
  stopping?: AbortSignal,
): Promise<Town> {
  const tokens = await readOperatorTokens(world.municipalityFolder)
  return {
    code,
    name: municipalities.find(([known]) => known === code)?.[1] ?? code,
    operator: new MunicipalOperator(running.municipalityUrl, code, tokens[code] ?? '', stopping),
    counter: await seat(running, `madoguchi-${code}`, stopping),
  }
}

/** 少ない顔ぶれ — a few towns and the union of 熊本県: enough for every step, and quick. */
export async function smallCast(
  world: SmallWorld,
  running: RunningWorld,
  codes: readonly string[],
  stopping?: AbortSignal,
): Promise<Cast> {
  const towns: Town[] = []
  for (const code of codes) towns.push(await townOf(world, running, code, stopping))
  const seats = [await seat(running, 'shikaku', stopping), await seat(running, 'fuka', stopping)]
  return { towns, unions: new Map([['43', seats]]) }
}

/** 当事者の証人 — reads both parties' databases as the server's administrator; cannot write. */
export async function witnesses(running: Running): Promise<{
  readonly union: Witness
  readonly municipality: Witness
  close(): Promise<void>
}> {
  const union = await Witness.of('union', running.serverUrl)
  const municipality = await Witness.of('municipality', running.serverUrl)
  const close = async (): Promise<void> => {
    await union.close()
    await municipality.close()
  }
  return { union, municipality, close }
}
