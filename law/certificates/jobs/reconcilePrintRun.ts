import { randomUUID } from 'node:crypto'
import type { Transaction } from '@koiki/store'
import { isTakenAlready } from '../store/issues.ts'
import {
  advancePrintRun,
  findPrintRuns,
  findSheetsByCode,
  insertPrintRun,
  type PrintRun,
  type RunSheet,
  settleSheets,
} from '../store/printRuns.ts'
import { findSpoiledSheets, nextCopies } from '../store/reprints.ts'
import { CertificateRefused, type Clerk, refuse } from './clerk.ts'

/** 読んだ符号 — what became of the sheets of a bundle. */
export type ReadCodes = {
  readonly printed: readonly string[]
  readonly spoiled: readonly string[]
  readonly notPrinted: readonly string[]
}

/** 照合の答え — codes that are no sheet of the bundle, and codes that contradict what is known; nothing is applied then. */
export type Reconciled = {
  readonly run: PrintRun
  readonly strangers: readonly string[]
  readonly twice: readonly string[]
}

const states = ['printed', 'spoiled', 'notPrinted'] as const

/**
 * 束の照合 (J7) — every sheet by its own code. A code of another bundle, or one that was read in two ways, stops all of
 * the reading: whose paper it is must be known first. The same reading again changes nothing.
 */
export async function reconcilePrintRun(
  tx: Transaction,
  runId: string,
  version: number,
  codes: ReadCodes,
  clerk: Clerk,
): Promise<Reconciled> {
  const run = await openRun(tx, runId, version)
  const read = states.flatMap((state) =>
    codes[state].map((code) => ({ code: plainCode(code), state })),
  )
  const sheets = new Map<string, RunSheet>()
  for (const sheet of await findSheetsByCode(
    tx,
    runId,
    read.map(({ code }) => code),
  ))
    sheets.set(sheet.code, sheet)
  const first = new Map<string, string>()
  const twice = new Set<string>()
  for (const { code, state } of read) {
    const known = sheets.get(code)?.state
    if ((first.get(code) ?? state) !== state) twice.add(code)
    if (known !== undefined && known !== 'instructed' && known !== state) twice.add(code)
    first.set(code, state)
  }
  const strangers = [...first.keys()].filter((code) => !sheets.has(code))
  if (strangers.length > 0 || twice.size > 0) return { run, strangers, twice: [...twice] }
  for (const state of states) {
    const mine = [...sheets.values()].filter(
      (sheet) => sheet.state === 'instructed' && first.get(sheet.code) === state,
    )
    await settleSheets(tx, mine, state, clerk)
  }
  await advance(tx, runId, version)
  return { run: await readRun(tx, runId), strangers: [], twice: [] }
}

/** 束を閉じる — only when it is known of every sheet what became of it. */
export async function closePrintRun(
  tx: Transaction,
  runId: string,
  version: number,
  clerk: Clerk,
): Promise<PrintRun> {
  const run = await openRun(tx, runId, version)
  if (run.left > 0)
    throw refuse(
      `どうなったか分からない紙が${run.left}枚あるので、束を閉じていません。残りの紙の符号を読むか、出なかった紙として入れてください。`,
    )
  await advance(tx, runId, version, clerk)
  return readRun(tx, runId)
}

/** 刷り直す — a new bundle for the sheets of this one that were spoiled or did not come out. */
export async function reprintPrintRun(
  tx: Transaction,
  runId: string,
  version: number,
): Promise<PrintRun> {
  const run = await readRun(tx, runId)
  if (run.version !== version) throw changed(run)
  const spoiled = await findSpoiledSheets(tx, runId)
  if (spoiled.length === 0)
    throw refuse(
      '刷り直す紙がないので、新しい束を作っていません。よごれた紙の符号を先に読んでください。',
    )
  const next = randomUUID()
  await insertPrintRun(tx, {
    runId: next,
    municipality: run.municipality,
    title: `${run.title}(刷り直し)`,
    jobId: spoiled[0]!.jobId,
  })
  await nextCopies(tx, next, spoiled).catch((error: unknown) => {
    if (!isTakenAlready(error)) throw error
    throw refuse(
      'ほかの人が同じときに刷り直しの束を作ったので、こちらは作っていません。画面を最新にして(F5)、その束を使ってください。',
    )
  })
  return readRun(tx, next)
}

/** Readers add the bars' own asterisks; people add spaces. */
const plainCode = (code: string): string => code.replace(/[\s*]/g, '')

export async function readRun(tx: Transaction, runId: string): Promise<PrintRun> {
  const [run] = await findPrintRuns(tx, runId)
  if (run === undefined)
    throw new CertificateRefused('nothing', 'お調べしましたが、お伝えできる情報はありません。')
  return run
}

async function openRun(tx: Transaction, runId: string, version: number): Promise<PrintRun> {
  const run = await readRun(tx, runId)
  if (run.closedAt !== null)
    throw refuse(`この束は${run.closedBy}さんが閉じてあるので、変えていません。`)
  if (run.version !== version) throw changed(run)
  return run
}

async function advance(
  tx: Transaction,
  runId: string,
  version: number,
  closed: Clerk | null = null,
): Promise<void> {
  if (!(await advancePrintRun(tx, runId, version, closed))) throw changed(await readRun(tx, runId))
}

const changed = (run: PrintRun): CertificateRefused =>
  new CertificateRefused('changed', '先に変わっていたので、何もしていません。', {
    version: run.version,
    at: run.closedAt ?? '',
    by: run.closedBy ?? 'ほかの人',
    what: run.closedAt === null ? '束の照合をした' : '束を閉じた',
  })
