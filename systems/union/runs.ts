import { type Act, may, type Session } from '@koiki/access'
import {
  deliverCertificates,
  deliverProvisions,
  issueDocuments,
  nextRenewalDay,
} from '@koiki/certificates'
import { judgeShares, yearToJudge } from '@koiki/copay'
import { decideEntitlements, deliverInsured } from '@koiki/eligibility'
import type { ExchangePlace, PartyKeys } from '@koiki/exchange'
import { fiscalYear, fiscalYearOf, formatWareki, type PlainDate, plainDate } from '@koiki/kernel'
import { assessYear, deliverPremiums, lawOf } from '@koiki/premium'
import { enqueue, type JobRecord, type Transaction } from '@koiki/store'
import type { z } from 'zod'
import type { JobDetail, Run, StartRun } from './api.ts'
import { type ListKind, listKinds, lists } from './forms/catalogue.ts'
import { deliverForms } from './forms/deliverForms.ts'
import { monthWords } from './forms/lists.ts'
import { type PartnerLine, reconcileFiles } from './reconcileFiles.ts'

type Definition = {
  readonly run: string
  readonly act: Act
  readonly name: (today: PlainDate) => string
  readonly explanation: string
  /** いま始められないわけ — a sentence, or null. */
  readonly impossible: (tx: Transaction, desk: RunDesk) => string | null
  readonly start: (
    tx: Transaction,
    asked: { requestedBy: string; by: string; year: number; desk: RunDesk },
  ) => Promise<{ jobId: number }>
}

/** Where the sealed files of a delivery are made. */
export type RunDesk = {
  readonly keys: PartyKeys
  readonly filesFolder: string
  /** 全件照合の道 — none where no line to the municipalities' systems is laid. */
  readonly line?: PartnerLine
}

export const placeOf =
  ({ keys, filesFolder }: RunDesk) =>
  (union: string): ExchangePlace => ({ self: `union:${union}`, keys, folder: filesFolder })

const yearText = (year: number): string =>
  formatWareki(plainDate(`${year}-05-01`), 'long').replace(/年.*$/, '年度')

/** 始められる実行 — each for the whole union of the seat, and each harmless when asked for twice. */
const definitions: readonly Definition[] = [
  {
    run: 'decide-eligibility',
    act: 'eligibility.decide',
    name: () => '資格の判定',
    explanation: '届いた記録と年齢到達から、取得・変更・喪失を決めて、被保険者番号を付けます。',
    impossible: () => null,
    start: (tx, { requestedBy }) => enqueue(tx, decideEntitlements, {}, { requestedBy }),
  },
  {
    run: 'assess-premiums',
    act: 'premium.assess',
    name: (today) => `${yearText(fiscalYearOf(today))}の保険料の賦課`,
    explanation:
      '全被保険者の保険料を、世帯と所得から決めます。変わった人だけが新しい決定になります。',
    impossible: (tx) => missingLaw(tx.scope?.union ?? '', fiscalYearOf(tx.today)),
    start: (tx, { requestedBy, year }) =>
      enqueue(tx, assessYear, { fiscalYear: year }, { requestedBy }),
  },
  {
    run: 'judge-copay',
    act: 'copay.judge',
    name: (today) =>
      `一部負担金の割合の判定(${formatWareki(plainDate(`${yearToJudge(today)}-08-01`), 'long')}から)`,
    explanation:
      '全被保険者の割合と限度区分を、世帯と所得から8月1日の分として判定します。変わった人だけが新しい判定になります。',
    impossible: () => null,
    start: (tx, { requestedBy, year }) =>
      enqueue(tx, judgeShares, { year: judgementYear(year, tx.today) }, { requestedBy }),
  },
  {
    run: 'rejudge-copay',
    act: 'copay.judge',
    name: () => '一部負担金の割合の再判定(変わった人だけ)',
    explanation:
      '前の判定の後に、資格・世帯・所得・基準収入額の申請が変わった人だけを判定し直します。',
    impossible: () => null,
    start: (tx, { requestedBy }) => enqueue(tx, judgeShares, { year: null }, { requestedBy }),
  },
  {
    run: 'deliver-insured',
    act: 'eligibility.decide',
    name: () => '被保険者情報の配信',
    explanation: '資格が変わった人を、市区町村ごとに1通にまとめて、封をして配信します。',
    impossible: () => null,
    start: (tx, { requestedBy, desk }) =>
      enqueue(tx, deliverInsured(placeOf(desk)), {}, { requestedBy }),
  },
  {
    run: 'issue-certificates',
    act: 'certificate.run',
    name: () => '資格確認書等の発行(きょうの分)',
    explanation:
      '新しい被保険者と、負担割合や記載の変わった人だけに文書を発行し、市区町村ごとの束にします。',
    impossible: () => null,
    start: (tx, { requestedBy }) => enqueue(tx, issueDocuments, { on: tx.today }, { requestedBy }),
  },
  {
    run: 'renew-certificates',
    act: 'certificate.run',
    name: (today) =>
      `資格確認書等の年次更新(${formatWareki(nextRenewalDay(today), 'long')}からの分)`,
    explanation:
      '次の8月1日の被保険者の全員に、その日からの文書を発行し、市区町村ごとの束にします。発行済みの人には出しません。',
    impossible: () => null,
    start: (tx, { requestedBy }) =>
      enqueue(tx, issueDocuments, { on: nextRenewalDay(tx.today) }, { requestedBy }),
  },
  {
    run: 'deliver-certificates',
    act: 'certificate.run',
    name: () => '被保険者証等発行用情報の配信',
    explanation:
      '発行した文書と、動きのあった文書を、市区町村ごとに1通にして、封をして配信します。',
    impossible: () => null,
    start: (tx, { requestedBy, desk }) =>
      enqueue(tx, deliverCertificates(placeOf(desk)), {}, { requestedBy }),
  },
  {
    run: 'deliver-provisions',
    act: 'certificate.run',
    name: () => '住所地特例者情報の配信',
    explanation: '住所地特例の適用・変更・終了を、市区町村ごとに1通にして、封をして配信します。',
    impossible: () => null,
    start: (tx, { requestedBy, desk }) =>
      enqueue(tx, deliverProvisions(placeOf(desk)), {}, { requestedBy }),
  },
  {
    run: 'deliver-premiums',
    act: 'premium.assess',
    name: () => '保険料情報の配信',
    explanation: '新しい保険料の決定を、市区町村ごとに1通にまとめて、封をして配信します。',
    impossible: () => null,
    start: (tx, { requestedBy, desk }) =>
      enqueue(tx, deliverPremiums(placeOf(desk)), {}, { requestedBy }),
  },
  ...lists.map(listRun),
  {
    run: 'reconcile-files',
    act: 'file.reconcile',
    name: () => '全件照合',
    explanation:
      '住民基本台帳情報と被保険者情報を、市区町村ごとに要約値で突き合わせ、違う宛名番号を挙げます。',
    impossible: (_, desk) =>
      desk.line === undefined ? '市区町村システムへの道が決まっていません。' : null,
    start: (tx, { requestedBy, desk }) =>
      enqueue(tx, reconcileFiles(placeOf(desk), desk.line), {}, { requestedBy }),
  },
]

/** 一覧の配信 */
function listRun(list: ListKind): Definition {
  const { run, name, tells, ...facts } = listKinds[list]
  return {
    run,
    act: 'form.deliver',
    name: (today) =>
      `${name}の配信${'month' in facts ? `(${monthWords(facts.month(today))}の分)` : ''}`,
    explanation: `${tells}を、市区町村ごとの帳票(PDF)にして、番号を付けて配信します。`,
    impossible: () => null,
    start: (tx, { requestedBy, by, desk }) =>
      enqueue(tx, deliverForms(placeOf(desk)), { list, once: false, by }, { requestedBy }),
  }
}

/** A year that nobody named is the one that is being judged; the fiscal year begins before it. */
const judgementYear = (year: number, today: PlainDate): number =>
  year === fiscalYearOf(today) ? yearToJudge(today) : year

function missingLaw(union: string, year: number): string | null {
  try {
    lawOf(union, fiscalYear(year))
    return null
  } catch (error) {
    return `法令表が足りません。${error instanceof Error ? error.message : ''}`
  }
}

/** この席で始められる実行 */
export async function runsFor(
  tx: Transaction,
  session: Session,
  desk: RunDesk,
): Promise<z.infer<typeof Run>[]> {
  return definitions
    .filter(({ act }) => may(session, act))
    .map(({ run, name, explanation, impossible }) => ({
      run,
      name: name(tx.today),
      explanation,
      impossible: impossible(tx, desk),
    }))
}

/** 実行を始める — null where this seat may not, or where there is no such run. */
export async function startRun(
  tx: Transaction,
  session: Session,
  wanted: z.infer<typeof StartRun>,
  desk: RunDesk,
): Promise<number | null> {
  const found = definitions.find(({ run }) => run === wanted.run)
  if (found === undefined || !may(session, found.act)) return null
  if (found.impossible(tx, desk) !== null) return null
  const { jobId } = await found.start(tx, {
    requestedBy: session.account.id,
    by: session.actor.name,
    year: wanted.fiscalYear ?? fiscalYearOf(tx.today),
    desk,
  })
  return jobId
}

/** 段の名 — of every kind of job that a desk may watch. */
const stepNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    decideEntitlements,
    judgeShares,
    assessYear,
    deliverInsured(placeNowhere),
    issueDocuments,
    deliverCertificates(placeNowhere),
    deliverProvisions(placeNowhere),
    deliverPremiums(placeNowhere),
    reconcileFiles(placeNowhere, undefined),
    deliverForms(placeNowhere),
  ].map(({ kind, steps }) => [kind, steps.map(({ name }) => name)]),
)

// Only the names of the steps are wanted here; nothing is made at this place.
function placeNowhere(): ExchangePlace {
  throw new Error('配信の場が決まっていません')
}

/** 段のようす — the steps of the job's kind, and how far it has come. */
export function stepsOf(job: JobRecord): z.infer<typeof JobDetail>['steps'] {
  return (stepNames[job.kind] ?? [job.stepName]).map((name, index) => ({
    name,
    state:
      job.state === 'done' || index < job.stepIndex
        ? 'done'
        : index > job.stepIndex || job.state === 'waiting'
          ? 'waiting'
          : job.state === 'running'
            ? 'running'
            : 'failed',
    sentence: index === job.stepIndex && job.state === 'running' ? job.sentence : '',
  }))
}
