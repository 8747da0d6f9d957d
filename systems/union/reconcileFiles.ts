import { reconciledInsured, reconciledResidents } from '@koiki/eligibility'
import {
  askReconciliation,
  type ExchangePlace,
  KeysMissing,
  ReconciliationRefused,
  recordReconciliation,
  wholeUnion,
} from '@koiki/exchange'
import { defineJob, JobFailure, type JobRun, type Transaction } from '@koiki/store'

/** 全件照合の道 — carries a signed message to a municipality's system and brings the answer; throws where nobody answers. */
export type PartnerLine = (municipality: string, message: string) => Promise<string>

const reconciled = [reconciledResidents, reconciledInsured]

const silentMax = 3

type Progress = {
  /** Municipality and layout that were done last. */
  readonly last: string
  readonly reconciled: number
  readonly differences: number
  readonly unanswered: number
}

/**
 * 全件照合 — every night, one municipality and layout after another, a unit each: a crash goes on with the next. A
 * partner that does not answer is counted and left to its alarm of silence; the others are not kept waiting.
 */
export const reconcileFiles = (
  place: (union: string) => ExchangePlace,
  line: PartnerLine | undefined,
) =>
  defineJob<Record<string, never>>({
    kind: 'union.reconcileFiles',
    title: '全件照合',
    queue: (_, scope) => `eligibility:${scope.union}`,
    steps: [{ name: '両方の記録を突き合わせる', run: (run) => reconcileAll(place, line, run) }],
  })

async function reconcileAll(
  place: (union: string) => ExchangePlace,
  line: PartnerLine | undefined,
  run: JobRun<Record<string, never>>,
): Promise<void> {
  if (line === undefined)
    throw new JobFailure(
      '市区町村システムへの道が決まっていないので、全件照合できません。据付けの設定を確かめてください。',
    )
  const units = (await run.read(partnersWithFiles)).flatMap((municipality) =>
    reconciled.map((of) => ({ municipality, of, name: `${municipality} ${of.layout}` })),
  )
  let done: Progress = run.checkpoint<Progress>() ?? {
    ...{ last: '', reconciled: 0, differences: 0, unanswered: 0 },
  }
  const from = units.findIndex(({ name }) => name === done.last) + 1
  const silent = new Set<string>()
  for (const [index, { municipality, of, name }] of units.entries()) {
    if (index < from) continue
    const self = place(run.scope.union)
    try {
      // Where several in a row are away it is the line, and each would be waited for in vain.
      if (silent.has(municipality) || silent.size >= silentMax)
        throw new PartnerSilent('市区町村システムから答えがありません。')
      const result = await askReconciliation({
        place: self,
        answerer: `municipality:${municipality}`,
        municipality,
        of,
        read: (work) => run.read(work),
        ask: (message) => line(municipality, message),
      })
      silent.clear()
      await run.commit(async (tx) => {
        await recordReconciliation(tx, self.self, result)
        done = {
          last: name,
          reconciled: done.reconciled + 1,
          differences: done.differences + result.differences,
          unanswered: done.unanswered,
        }
        return done
      })
    } catch (error) {
      if (error instanceof KeysMissing) throw new JobFailure(error.message)
      if (error instanceof PartnerSilent) silent.add(municipality)
      else if (!(error instanceof ReconciliationRefused)) throw error
      await run.commit(async () => {
        done = { ...done, last: name, unanswered: done.unanswered + 1 }
        return done
      })
    }
    run.progress(index + 1, units.length, `${done.reconciled}組を照合しました。`)
  }
  const { reconciled: pairs, differences, unanswered } = done
  run.result({ reconciled: pairs, differences, unanswered })
}

/** Municipalities from whom, or to whom, anything ever went; what is of the whole union came from nobody who keeps its records. */
async function partnersWithFiles(tx: Transaction): Promise<string[]> {
  const { union } = tx.scope!
  const rows = await tx.query<{ municipality_code: string }>(
    `select distinct municipality_code from exchange.transmission
      where union_code = $1::smallint and municipality_code <> $2 order by municipality_code`,
    [union, wholeUnion(union)],
  )
  return rows.map(({ municipality_code }) => municipality_code)
}

/** 相手が答えない — no line, no answer, or one that is no message. */
export class PartnerSilent extends Error {
  override readonly name = 'PartnerSilent'
}

const patience = 60_000

/** 市区町村システムへの道 — by HTTP, at the address that `base` says now; null while nobody is there. */
export function httpLine(base: () => string | null): PartnerLine {
  return async (municipality, message) => {
    const at = base()
    if (at === null) throw new PartnerSilent('市区町村システムの場所がわかりません。')
    let answer: Response
    try {
      answer = await fetch(`${at}/municipalities/${municipality}/reconciliation`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message }),
        signal: AbortSignal.timeout(patience),
      })
    } catch {
      throw new PartnerSilent('市区町村システムから答えがありません。')
    }
    const body = (await answer.json().catch(() => null)) as { message?: unknown } | null
    if (!answer.ok || typeof body?.message !== 'string')
      throw new PartnerSilent('市区町村システムが全件照合に答えませんでした。')
    return body.message
  }
}
