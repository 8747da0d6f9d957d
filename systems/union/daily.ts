import { deliverCertificates, deliverProvisions } from '@koiki/certificates'
import { judgeShares } from '@koiki/copay'
import { decideEntitlements, deliverInsured } from '@koiki/eligibility'
import { type Database, enqueue, type Scope, type Transaction } from '@koiki/store'
import { askForShares } from './askForShares.ts'
import { lists } from './forms/catalogue.ts'
import { deliverForms } from './forms/deliverForms.ts'
import { reconcileFiles } from './reconcileFiles.ts'
import { placeOf, type RunDesk } from './runs.ts'

/** 日次の実行 — who asks for the runs that each new day brings by itself. */
export const dailyRequester = '日次の実行'

type DailyRun = (
  tx: Transaction,
  asked: { requestedBy: string; dedupeKey: string },
  desk: RunDesk,
) => Promise<unknown>

/** In this order; jobs of one queue run one after the other. */
const runs: readonly DailyRun[] = [
  (tx, asked) => enqueue(tx, decideEntitlements, {}, asked),
  (tx, asked) => enqueue(tx, judgeShares, { year: null }, asked),
  (tx, asked, desk) => enqueue(tx, deliverInsured(placeOf(desk)), {}, asked),
  // Documents are issued when a person asks: somebody has to stand at the printer. What became of them is told.
  (tx, asked, desk) => enqueue(tx, deliverCertificates(placeOf(desk)), {}, asked),
  (tx, asked, desk) => enqueue(tx, deliverProvisions(placeOf(desk)), {}, asked),
  // Lists on paper come last: they tell what the runs before them decided.
  ...lists.map(
    (list): DailyRun =>
      (tx, asked, desk) =>
        enqueue(
          tx,
          deliverForms(placeOf(desk)),
          { list, once: true, by: dailyRequester },
          { ...asked, dedupeKey: `${asked.dedupeKey} ${list}` },
        ),
  ),
  // What was just delivered is on its way and counts as such; where no line is laid nobody can be asked.
  async (tx, asked, desk) =>
    desk.line === undefined
      ? null
      : await enqueue(tx, reconcileFiles(placeOf(desk), desk.line), {}, asked),
]

/**
 * その日の実行を頼む — once for each union and day: 年齢到達 of the day is decided and delivered without anybody
 * asking. The day on which a union's work began has its first runs from a person, and a day that was
 * asked for already is left alone, however its jobs ended. Answers whether anything was asked for.
 */
export async function askForTheDay(db: Database, union: string, desk: RunDesk): Promise<boolean> {
  const scope: Scope = { union, municipality: '*' }
  return await db.transaction(scope, async (tx) => {
    const dedupeKey = `${union} ${tx.today}`
    const { due } = await tx.one<{ due: boolean }>(
      `select exists (select from work.job where scope_union = $1 and requested_at < $2)
              and not exists (select from work.job where requested_by = $3 and dedupe_key = $4) as due`,
      [union, `${tx.today}T00:00:00+09:00`, dailyRequester, dedupeKey],
    )
    if (!due) return false
    for (const run of runs) await run(tx, { requestedBy: dailyRequester, dedupeKey }, desk)
    return true
  })
}

/** 日次の番人 — looks at the clock now and then; a look that fails is told and the next one comes. */
export function watchTheDay(options: {
  readonly db: Database
  readonly unions: readonly string[]
  readonly desk: RunDesk
  readonly everyMilliseconds: number
  readonly fault: (error: unknown) => void
}): { stop(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    for (const union of options.unions) {
      await askForTheDay(options.db, union, options.desk)
      await askForShares(options.db, union)
    }
  }
  const timer = setInterval(() => {
    looking = looking.then(look).catch(options.fault)
  }, options.everyMilliseconds)
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
