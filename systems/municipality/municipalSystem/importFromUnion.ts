import { type Actor, recordAccess } from '@koiki/audit'
import {
  type ExchangePlace,
  findTransmission,
  NotYetItsTurn,
  openTransmission,
  type Receipt,
  recordApplied,
  recordFindings,
  recordRefused,
  type TransmissionFinding,
  TransmissionRefused,
} from '@koiki/exchange'
import type { FileFinding } from '@koiki/layouts'
import {
  JobFailure,
  type Scope,
  StoreError,
  type StoreErrorKind,
  type Transaction,
} from '@koiki/store'
import type { Stores } from '../stores.ts'
import {
  type Applied,
  applyStaged,
  arrivingColumns,
  arrivingReader,
  personsArriving,
  prepareArriving,
  type Receivable,
  ReceivedFileRefused,
  receivables,
} from './received.ts'

/** What became of one transmission from the union. */
export interface Imported {
  readonly state: 'applied' | 'refused' | 'settled' | 'waiting'
  readonly layout: string
  readonly rowCount: number
  readonly changedCount: number
  readonly findings: number
  readonly sentence: string
  /** A transmission that arrived after this one and may be opened now. */
  readonly next: string | null
}

const findingsKept = 1_000

/**
 * 移入と更新 (3-5, 3-6, 4-8, 4-9) — opens a transmission that arrived and applies all of it, or nothing and
 * says why; either way the union gets a signed receipt. Asking again for one that is settled changes
 * nothing.
 */
export async function importFromUnion(
  stores: Stores,
  place: ExchangePlace,
  scope: Scope,
  transmissionId: string,
  actor: Actor,
  told: (rows: number) => void = () => {},
): Promise<Imported> {
  const store = stores.municipalSystem
  const before = await store.transaction(scope, (tx) => findTransmission(tx, transmissionId))
  if (before === null) {
    throw new JobFailure(
      'この送信はやりとりの記録にないか、担当の範囲の外です。もう一度受け取ってください。',
    )
  }
  const settled = before.state === 'applied' || before.state === 'refused'
  const nothing = { layout: before.layout, rowCount: 0, changedCount: 0, findings: 0, next: null }
  if (settled) return { ...nothing, state: 'settled', sentence: before.sentence }
  try {
    return await store.transaction(scope, (tx) => applyOne(tx, place, transmissionId, actor, told))
  } catch (error) {
    if (error instanceof NotYetItsTurn) {
      return { ...nothing, state: 'waiting', sentence: error.message }
    }
    const findings = findingsOf(error)
    if (findings === null) throw error
    const receipt = await store.transaction(scope, (tx) =>
      recordRefused(tx, place, transmissionId, findings),
    )
    return {
      ...nothing,
      state: 'refused',
      rowCount: before.recordCount,
      findings: findings.length,
      sentence: receipt.sentence,
    }
  }
}

async function applyOne(
  tx: Transaction,
  place: ExchangePlace,
  transmissionId: string,
  actor: Actor,
  told: (rows: number) => void,
): Promise<Imported> {
  const opened = await openTransmission(tx, place, transmissionId)
  const { manifest, layout } = opened
  // Whichever edition it is of: what an older one does not say is settled when it is applied.
  const of = receivables.find((one) => one.layout.name === layout.name)
  if (of === undefined) {
    throw new TransmissionRefused([])
  }
  await prepareArriving(tx, of)
  const valuesOf = arrivingReader(of, layout, manifest.union)
  const errors: FileFinding[] = []
  const warnings: FileFinding[] = []
  async function* rows(): AsyncGenerator<(string | number | null)[]> {
    let done = 0
    for await (const batch of opened.batches()) {
      for (const finding of batch.findings) {
        const list = finding.severity === 'error' ? errors : warnings
        if (list.length < findingsKept) list.push(finding)
      }
      if (errors.length > 0) continue
      for (const [index, record] of batch.records.entries()) {
        yield valuesOf(record, batch.lines[index] as number)
      }
      done += batch.records.length
      told(done)
    }
  }
  await tx.copyRows(`arriving (${arrivingColumns(of)})`, rows())
  if (errors.length > 0) throw new TransmissionRefused([...errors, ...warnings])
  await tx.run('analyze arriving')
  const applied: Applied = await applyStaged(tx, of, manifest)
  if (warnings.length > 0) await recordFindings(tx, transmissionId, warnings)
  const { receipt, next } = await recordApplied(tx, place, transmissionId, applied.rowCount)
  await auditImport(tx, of, manifest.municipality, actor)
  return {
    state: 'applied',
    layout: layout.name,
    ...applied,
    findings: warnings.length,
    sentence: sentenceOf(receipt),
    next,
  }
}

const sentenceOf = (receipt: Receipt): string => receipt.sentence

async function auditImport(
  tx: Transaction,
  of: Receivable,
  municipality: string,
  actor: Actor,
): Promise<void> {
  await recordAccess(tx, {
    channel: 'job',
    actor,
    party: `municipality:${municipality}`,
    purpose: `${of.layout.name}の移入と更新`,
    act: of.act,
    effect: 'write',
    persons: await personsArriving(tx, of),
  })
}

/** What the tables do not take lies in the rows: a refusal lets the union correct it under its number. */
const byContent: readonly StoreErrorKind[] = ['check', 'exclusion', 'unique', 'notNull', 'badValue']

/** Null for an error that says nothing about the file: it may be tried again. */
function findingsOf(error: unknown): readonly TransmissionFinding[] | null {
  if (error instanceof TransmissionRefused) {
    return error.findings.length > 0
      ? error.findings
      : [
          {
            code: 'E4001',
            sentence:
              'この市区町村システムが受け入れるレイアウトではありません。送り先を確かめてください。',
          },
        ]
  }
  if (error instanceof ReceivedFileRefused) {
    const { lines, count, message } = error
    const more = count > lines.length ? `(同じ所見がほかに${count - lines.length}行あります)` : ''
    return lines.map((line, index) => ({
      code: 'E4002',
      line,
      column: '宛名番号',
      sentence: index === 0 ? `${message}${more}` : message,
    }))
  }
  if (error instanceof StoreError && byContent.includes(error.kind)) {
    return [
      {
        code: 'E4900',
        sentence: `値の組合せが台帳の決まりに合わない行があります。${error.message}1件も取り込みません。どの行かまでは言えないので、この文を運用に伝えて、いっしょに確かめてください。`,
      },
    ]
  }
  return null
}
