import {
  deliverCertificates,
  deliverProvisions,
  importInsuranceCards,
  issueDocuments,
} from '@koiki/certificates'
import { judgeShares } from '@koiki/copay'
import {
  decideEntitlements,
  deliverInsured,
  importResidents,
  RefusedFile,
  reconcileFilings,
} from '@koiki/eligibility'
import {
  type ExchangePlace,
  type Figures,
  findAdmission,
  findTransmission,
  HeldForChecking,
  judgeFigures,
  KeysMissing,
  type LayoutPolicy,
  NotYetItsTurn,
  type OpenedTransmission,
  openTransmission,
  type PartyKeys,
  policyOf,
  type QuarantinedRow,
  recordApplied,
  recordFindings,
  recordHeld,
  recordRefused,
  recordWaiting,
  type TransmissionFinding,
  TransmissionRefused,
} from '@koiki/exchange'
import {
  type FileFinding,
  type RecordBatch,
  UnwritableRow,
  マイナ保険証利用登録状況,
  住民基本台帳情報,
  住登外登録情報,
  所得課税情報,
} from '@koiki/layouts'
import {
  assessYear,
  deliverPremiums,
  importIncome,
  incomeFigures,
  incomeSources,
} from '@koiki/premium'
import {
  defineJob,
  enqueue,
  type Job,
  JobFailure,
  type JobRun,
  type Json,
  plainly,
  type Scope,
  StoreError,
  type StoreErrorKind,
  type Transaction,
} from '@koiki/store'
import { type Vault, VaultError } from '@koiki/vault'
import { deliverForms } from './forms/deliverForms.ts'
import { type PartnerLine, reconcileFiles } from './reconcileFiles.ts'

/** 広域連合の仕事が使うもの */
export type UnionWork = {
  readonly vault: Vault
  readonly keys: PartyKeys
  /** Where sealed files rest. */
  readonly filesFolder: string
  /** 全件照合の道 — how a signed question reaches a municipality's system; none where no line is laid. */
  readonly line?: PartnerLine
}

/** The id without hyphens: a group of twelve digits would be taken for an Individual Number. */
export type IntakeArgs = { readonly transmission: string }

export type UnionJobs = {
  readonly applyTransmission: Job<IntakeArgs>
  readonly decideEntitlements: typeof decideEntitlements
  readonly judgeShares: typeof judgeShares
  readonly deliverInsured: ReturnType<typeof deliverInsured>
  readonly issueDocuments: typeof issueDocuments
  readonly deliverCertificates: ReturnType<typeof deliverCertificates>
  readonly deliverProvisions: ReturnType<typeof deliverProvisions>
  readonly assessYear: typeof assessYear
  readonly deliverPremiums: ReturnType<typeof deliverPremiums>
  readonly reconcileFiles: ReturnType<typeof reconcileFiles>
  readonly deliverForms: ReturnType<typeof deliverForms>
  readonly all: readonly Job<never>[]
}

/** 広域連合の仕事 — what a worker of the standard system knows how to do. */
export function unionJobs(work: UnionWork): UnionJobs {
  const place = (union: string): ExchangePlace => ({
    self: `union:${union}`,
    keys: work.keys,
    folder: work.filesFolder,
  })
  const insured = deliverInsured(place)
  const certificates = deliverCertificates(place)
  const provisions = deliverProvisions(place)
  const premiums = deliverPremiums(place)
  const reconciling = reconcileFiles(place, work.line)
  const forms = deliverForms(place)
  const applyTransmission = defineJob<IntakeArgs>({
    ...intake,
    steps: [
      {
        name: '検査と取込み',
        run: (run) => apply(work, place(run.scope.union), run).catch(refused),
      },
    ],
  })
  return {
    applyTransmission,
    decideEntitlements,
    judgeShares,
    deliverInsured: insured,
    issueDocuments,
    deliverCertificates: certificates,
    deliverProvisions: provisions,
    assessYear,
    deliverPremiums: premiums,
    reconcileFiles: reconciling,
    deliverForms: forms,
    all: [
      applyTransmission,
      decideEntitlements,
      judgeShares,
      insured,
      issueDocuments,
      certificates,
      provisions,
      assessYear,
      premiums,
      reconciling,
      forms,
    ] as unknown as readonly Job<never>[],
  }
}

/** Residents are taken in and decided one after another: both change who is the same person. */
const intake = {
  kind: 'union.applyTransmission',
  title: '届いた送信の取込み(2-4、4-4)',
  queue: (_: IntakeArgs, scope: Scope) => `eligibility:${scope.union}`,
} as const

/**
 * 取込みを頼む — for transmissions whose turn has come, in order; one that is asked for already gives the same job. It sees
 * the whole union, because a person may be known in another municipality than the sender.
 */
export async function enqueueIntake(
  tx: Transaction,
  transmissionIds: readonly string[],
  requestedBy: string,
): Promise<readonly number[]> {
  const asked: number[] = []
  const job = defineJob<IntakeArgs>({ ...intake, steps: [{ name: '検査と取込み', run: never }] })
  for (const id of transmissionIds) {
    const transmission = keyOf(id)
    const { jobId } = await enqueue(
      tx,
      job,
      { transmission },
      {
        requestedBy,
        scope: { union: tx.scope!.union, municipality: '*' },
        dedupeKey: await openKey(tx, transmission),
      },
    )
    asked.push(jobId)
  }
  return asked
}

/** A job that ended, or is ending, by waiting or being held takes nothing in any more: the next one does. */
async function openKey(tx: Transaction, transmission: string): Promise<string> {
  for (let time = 1; ; time += 1) {
    const key = time === 1 ? transmission : `${transmission} ${time}`
    const ended = await tx.maybe<{ ended: boolean }>(
      `select state in ('running', 'done') as ended from work.job
        where kind = $1::text and dedupe_key = $2::text`,
      [intake.kind, key],
    )
    if (ended?.ended !== true) return key
  }
}

const never = async (): Promise<void> => {
  throw new JobFailure('この仕事は、働き手の中でだけ動きます。')
}

/** 取込みの鍵 — under which the job of a transmission is found. */
export const intakeKey = {
  kind: intake.kind,
  of: (transmissionId: string) => keyOf(transmissionId),
}

const keyOf = (transmissionId: string): string => transmissionId.replaceAll('-', '')

const idOf = (key: string): string =>
  key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** 取込みの結果 — counts of one file, under the words of its chapter. */
type Outcome = {
  readonly counts: Record<string, number>
  readonly applied: number
  readonly findings: readonly TransmissionFinding[]
  readonly quarantined: readonly QuarantinedRow[]
}

type Handler = (
  tx: Transaction,
  opened: OpenedTransmission,
  run: JobRun<IntakeArgs>,
  work: UnionWork,
  policy: Judged,
) => Promise<Outcome>

/** 取込みの取決め — as it stands; a file that a clerk has let in is not judged again. */
type Judged = LayoutPolicy & { readonly judge: ((figures: Figures) => void) | null }

/** 章の窓口 — who takes in which layout. */
const handlers: Readonly<Record<string, Handler>> = {
  [住民基本台帳情報.name]: residents,
  [住登外登録情報.name]: residents,
  [所得課税情報.name]: incomes,
  [マイナ保険証利用登録状況.name]: insuranceCards,
}

async function apply(
  work: UnionWork,
  place: ExchangePlace,
  run: JobRun<IntakeArgs>,
): Promise<void> {
  const id = idOf(run.args.transmission)
  // After a crash between the commit and the end of the job, everything is done but the report.
  const done = run.checkpoint<Record<string, Json>>()
  if (done !== null) return run.result(done)
  const before = await run.read((tx) => findTransmission(tx, id))
  // Asked for while the job before this one was ending, and that one took it in.
  if (before?.state === 'applied' || before?.state === 'refused') return
  try {
    await run.commit(async (tx) => {
      const opened = await openTransmission(tx, place, id)
      const handler = handlers[opened.layout.name]
      if (handler === undefined) throw new TransmissionRefused([noHandler(opened.layout.name)])
      const policy = await judged(tx, place, opened, id)
      const { counts, applied, findings, quarantined } = await handler(
        tx,
        opened,
        run,
        work,
        policy,
      )
      await recordFindings(tx, id, findings)
      const { next } = await recordApplied(tx, place, id, applied, quarantined)
      if (next !== null) await enqueueIntake(tx, [next], run.requestedBy)
      run.result(counts)
      return counts
    })
  } catch (error) {
    if (error instanceof NotYetItsTurn) {
      let waits: string | null = null
      await run.commit(async (tx) => {
        waits = await recordWaiting(tx, id)
        if (waits === null) return undefined
        run.result({ waits })
        return { waits }
      })
      // Let go on in the meantime, by somebody who found this job already asked for.
      if (waits === null) await apply(work, place, run)
      return
    }
    if (error instanceof HeldForChecking) {
      await run.commit(async (tx) => {
        await recordHeld(tx, id, error.figures, error.doubts)
        const held = { held: 1, doubts: error.doubts.length }
        run.result(held)
        return held
      })
      return
    }
    const findings = findingsOf(error)
    if (findings === null) throw error
    await run.commit(async (tx) => {
      await recordRefused(tx, place, id, findings)
      const refused = { refused: 1, errors: errorsOf(error, findings) }
      run.result(refused)
      return refused
    })
  }
}

async function judged(
  tx: Transaction,
  place: ExchangePlace,
  { manifest, layout }: OpenedTransmission,
  id: string,
): Promise<Judged> {
  const policy = await policyOf(tx, place.self, layout.name)
  const admitted = (await findAdmission(tx, id)) !== null
  // Rows that were mended are few of the file that they mend: their shares say nothing.
  if (admitted || manifest.corrects !== null) return { ...policy, judge: null }
  return {
    ...policy,
    judge: (figures) => {
      const doubts = judgeFigures(figures, policy.plausibility)
      if (doubts.length > 0) throw new HeldForChecking(figures, doubts)
    },
  }
}

async function residents(
  tx: Transaction,
  opened: OpenedTransmission,
  run: JobRun<IntakeArgs>,
  work: UnionWork,
  policy: Judged,
): Promise<Outcome> {
  const { manifest, layout } = opened
  const file = {
    layout,
    municipality: manifest.municipality,
    transmissionId: manifest.transmissionId,
    batches: opened.batches(),
  }
  const { acceptance, judge } = policy
  const { findings, quarantined, ...counts } = await importResidents(tx, file, {
    vault: work.vault,
    jobId: String(run.jobId),
    progress: (records) => watch(run, opened, records),
    acceptance,
    ...(judge === null ? {} : { plausible: { from: policy.plausibility.judgedFrom, judge } }),
  })
  // 1-6: what counters entered is compared as soon as the register has told its own.
  const { matched, differing } = await reconcileFilings(tx, file.municipality, file.transmissionId)
  return {
    counts: {
      ...counts,
      ...(quarantined.length > 0 && { quarantined: quarantined.length }),
      ...(matched > 0 && { matched }),
      ...(differing > 0 && { differing }),
    },
    applied: counts.records - quarantined.length,
    findings,
    quarantined,
  }
}

async function incomes(
  tx: Transaction,
  opened: OpenedTransmission,
  run: JobRun<IntakeArgs>,
  _: UnionWork,
  policy: Judged,
): Promise<Outcome> {
  const { manifest, layout } = opened
  const kept: FileFinding[] = []
  const partly = policy.acceptance === 'soundRows'
  const faulty = new Set<number>()
  const batches = soundRows(opened, { partly, kept, faulty }, (records) =>
    watch(run, opened, records),
  )
  const file = {
    transmissionId: manifest.transmissionId,
    municipality: manifest.municipality,
    layout,
    batches,
  }
  const { applied, findings } = await importIncome(tx, file, String(run.jobId))
  const { received, added, corrected, unchanged, unknownLines } = applied
  if (policy.judge !== null && received >= policy.plausibility.judgedFrom)
    policy.judge({
      ...nothingElse,
      rows: received,
      added,
      changed: corrected,
      income: await incomeFigures(tx, manifest.transmissionId),
      sources: await incomeSources(tx, file, { rows: received, unknown: unknownLines.length }),
    })
  if (partly) for (const line of unknownLines) faulty.add(line)
  return {
    counts: {
      received: received + (partly ? faulty.size - unknownLines.length : 0),
      added,
      corrected,
      unchanged,
      unknown: unknownLines.length,
      ...(faulty.size > 0 && { quarantined: faulty.size }),
    },
    applied: received - unknownLines.length,
    findings: [...kept, ...findings],
    quarantined: [...faulty].sort((a, b) => a - b).map((line) => ({ line, because: 'row' })),
  }
}

async function insuranceCards(
  tx: Transaction,
  opened: OpenedTransmission,
  run: JobRun<IntakeArgs>,
  _: UnionWork,
  policy: Judged,
): Promise<Outcome> {
  const { manifest, layout } = opened
  const kept: FileFinding[] = []
  const partly = policy.acceptance === 'soundRows'
  const faulty = new Set<number>()
  const batches = soundRows(opened, { partly, kept, faulty }, (records) =>
    watch(run, opened, records),
  )
  const { transmissionId, corrects } = manifest
  const file = { transmissionId, corrects, layout, batches }
  const { list, added, unknownLines, findings, figures } = await importInsuranceCards(
    tx,
    file,
    String(run.jobId),
  )
  policy.judge?.(figures)
  for (const line of unknownLines) faulty.add(line)
  const rows = list?.rows ?? 0
  return {
    counts: {
      received: rows + faulty.size - unknownLines.length,
      added,
      changed: (list?.changed ?? 0) - added,
      unchanged: list?.unchanged ?? 0,
      ...(faulty.size > 0 && { quarantined: faulty.size }),
    },
    applied: rows - unknownLines.length,
    findings: [...kept, ...findings],
    quarantined: [...faulty].sort((a, b) => a - b).map((line) => ({ line, because: 'row' })),
  }
}

/** Of an income there is nothing to compare but incomes. */
const nothingElse = {
  rowsBefore: null,
  known: 0,
  removed: 0,
  withoutNumber: 0,
  overAge: 0,
  insured: 0,
  insuredMissing: 0,
} as const

const findingsMax = 1000

/** Passes the sound rows on. Unless they may be taken in alone, an error anywhere refuses the whole in the end. */
async function* soundRows(
  opened: OpenedTransmission,
  found: { readonly partly: boolean; readonly kept: FileFinding[]; readonly faulty: Set<number> },
  progress: (records: number) => void,
): AsyncGenerator<RecordBatch> {
  const errors: FileFinding[] = []
  const warnings: FileFinding[] = []
  let records = 0
  let sound = 0
  for await (const batch of opened.batches()) {
    for (const finding of batch.findings) {
      const list = finding.severity === 'error' ? errors : warnings
      if (list.length < findingsMax) list.push(finding)
      if (finding.severity !== 'error') continue
      found.faulty.add(finding.line)
    }
    records += batch.recordCount
    progress(records)
    sound += batch.records.length
    if (errors.length === 0 || found.partly) yield batch
  }
  // Of two rows of one key the first has gone on already: nobody knows which of them is right.
  const contradict = errors.some(({ facts }) => facts.元の行 !== undefined)
  if (errors.length > 0 && (!found.partly || sound === 0 || contradict))
    throw new TransmissionRefused([...errors, ...warnings])
  found.kept.push(...errors, ...warnings)
}

function watch(run: JobRun<IntakeArgs>, opened: OpenedTransmission, records: number): void {
  const { layout, recordCount } = opened.manifest
  const sentence =
    records < recordCount
      ? `${layout}を${records.toLocaleString('ja-JP')}件まで検査しました。`
      : `${layout}${recordCount.toLocaleString('ja-JP')}件を更新しています。`
  run.progress(records, recordCount, sentence)
}

function errorsOf(error: unknown, findings: readonly TransmissionFinding[]): number {
  return error instanceof RefusedFile ? error.errors : findings.length
}

/** What the tables do not take lies in the rows: a refusal lets the sender correct it under its number. */
const byContent: readonly StoreErrorKind[] = ['check', 'exclusion', 'unique', 'notNull', 'badValue']

/** Null for an error that says nothing about the file. */
function findingsOf(error: unknown): readonly TransmissionFinding[] | null {
  if (error instanceof RefusedFile || error instanceof TransmissionRefused) return error.findings
  if (!(error instanceof StoreError && byContent.includes(error.kind))) return null
  return [
    {
      code: 'E4900',
      sentence: `値の組合せが台帳の決まりに合わない行があります。${error.message}1件も取り込みません。どの行かまでは言えないので、この文を運用に伝えて、いっしょに確かめてください。`,
    },
  ]
}

function noHandler(layout: string) {
  return {
    code: 'E3004',
    sentence: `「${layout}」は、市区町村から広域連合へ送る情報ではありません。`,
  } as const
}

/** Refusals of the ground whose sentences are meant for the person who asked. */
const refused = plainly(UnwritableRow, VaultError, KeysMissing)
