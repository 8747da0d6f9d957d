import type { Database, Scope, Transaction } from '../database.ts'
import { misuse } from '../errors.ts'

/** Values of a job's row: they are shown on screens and kept, so nothing about a person goes in. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json }

/**
 * 仕事 — long work in named steps. The same job does one and a million: it reads where it is from its
 * checkpoint, does a unit, and saves the next checkpoint in the unit's own transaction.
 */
export type Job<A extends Json = Json> = {
  readonly kind: string
  readonly title: (args: A) => string
  readonly steps: readonly JobStep<A>[]
  readonly attempts: number
  readonly queue: (args: A, scope: Scope) => string | null
}

export type JobStep<A extends Json> = {
  /** 段の名前 — Japanese, shown to the person who watches. */
  readonly name: string
  readonly run: (run: JobRun<A>) => Promise<void>
}

export type DefineJob<A extends Json> = {
  /** English, `chapter.verbThing`. */
  kind: string
  /** Japanese, shown in lists. */
  title: string | ((args: A) => string)
  steps: readonly JobStep<A>[]
  /** How often it is tried when the reason may pass (a lost connection, a killed process); 5. */
  attempts?: number
  /** Jobs with the same queue run one at a time in the order of asking; null for no queue. */
  queue?: (args: A, scope: Scope) => string | null
}

/** What a step is given. */
export type JobRun<A extends Json = Json> = {
  readonly jobId: number
  readonly args: A
  readonly scope: Scope
  readonly requestedBy: string
  readonly database: Database
  /** Aborted when the job is cancelled, lost to another worker, or the program is stopping. */
  readonly signal: AbortSignal
  /** What the last `commit` of this step returned; null at its beginning. */
  checkpoint<T extends Json>(): T | null
  /** Reads in the job's scope; saves nothing about the job. */
  read<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * One unit of work: its effect and the checkpoint that it returns are committed together, or neither.
   * Throws when the job was cancelled or stopped, so that the step ends there.
   */
  commit(work: (tx: Transaction) => Promise<Json | undefined>): Promise<void>
  /** 進み具合 — shown within a second; total null while unknown. */
  progress(done: number, total: number | null, sentence: string): void
  /** The summary kept with the finished job: counts, names of files, findings by code. */
  result(summary: Json): void
}

/** 仕事を定める */
export function defineJob<A extends Json>(definition: DefineJob<A>): Job<A> {
  const { kind, title, steps } = definition
  if (!/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(kind)) {
    throw misuse(`仕事の種類「${kind}」は chapter.verbThing の形にしてください。`)
  }
  if (steps.length === 0) throw misuse(`仕事 ${kind} に段がありません。`)
  return {
    kind,
    title: typeof title === 'string' ? () => title : title,
    steps,
    attempts: definition.attempts ?? 5,
    queue: definition.queue ?? (() => null),
  }
}

/** 仕事の失敗 — a final refusal with the sentence that the person who asked will read. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure'
}

type Refusal = abstract new (...given: never[]) => Error

/** そのまま告げる — refusals of these kinds are sentences for the person who asked: the job fails with them as they are. */
export const plainly =
  (...refusals: readonly Refusal[]) =>
  (error: unknown): never => {
    if (error instanceof Error && refusals.some((refusal) => error instanceof refusal))
      throw new JobFailure(error.message)
    throw error
  }

// An Individual Number has twelve digits; a digest in hexadecimal may contain as many in a row.
const individualNumberLike = /(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z])/

/** Last line of defence, not a licence: refuses what looks like an Individual Number. */
export function impersonal<T extends Json>(value: T, where: string): T {
  const text = JSON.stringify(value)
  if (individualNumberLike.test(text)) {
    throw misuse(
      `${where}に12桁の数字があります。個人番号や個人に関する値は仕事に持たせられません。`,
    )
  }
  return value
}
