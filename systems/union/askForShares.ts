import { judgeShares } from '@koiki/copay'
import { decideEntitlements } from '@koiki/eligibility'
import { 住民基本台帳情報, 所得課税情報 } from '@koiki/layouts'
import { type Database, enqueue, type Scope } from '@koiki/store'
import { intakeKey } from './jobs.ts'

/** 所得の到着 — who asks for the shares to be judged when what they rest on has come. */
export const arrivalRequester = '所得の到着'

type SharesLook = {
  readonly last_job: number | null
  readonly news: boolean
  readonly busy: boolean
  readonly ready: boolean
}

/**
 * 割合の判定を頼む — when incomes were taken in, or rights decided, since the last judgement began, and nothing more
 * waits to be taken in: a union's towns send one after another, and one run looks at what all of them sent. The
 * first time it waits until every town whose residents are known has sent its incomes; a town that stays silent
 * holds nobody up longer than to the next day's run. Answers whether anything was asked for.
 */
export async function askForShares(db: Database, union: string): Promise<boolean> {
  const scope: Scope = { union, municipality: '*' }
  return await db.transaction(scope, async (tx) => {
    const look = await tx.one<SharesLook>(
      `with judged as (
         select max(job_id) as last_job, max(coalesce(started_at, requested_at)) as began
           from work.job where scope_union = $1 and kind = $2
       ),
       applied as not materialized (
         select t.municipality_code, t.layout, e.recorded_at
           from exchange.transmission t
           join exchange.transmission_event e using (union_code, transmission_id)
          where t.direction = 'received' and e.state = 'applied' and t.layout in ($4, $5)
       )
       select last_job,
              exists (select from applied
                       where layout = $4 and (began is null or recorded_at > began))
                or exists (select from work.job
                            where scope_union = $1 and kind = $6 and state = 'done'
                              and ended_at > began) as news,
              exists (select from work.job
                       where scope_union = $1 and kind in ($2, $3, $6)
                         and state in ('waiting', 'running')) as busy,
              exists (select from copay.run)
                or exists (select from eligibility.entitlement)
                   and not exists (select from applied town
                                    where town.layout = $5
                                      and not exists (select from applied income
                                                       where income.layout = $4
                                                         and income.municipality_code = town.municipality_code))
                as ready
         from judged`,
      [
        union,
        judgeShares.kind,
        intakeKey.kind,
        所得課税情報.name,
        住民基本台帳情報.name,
        decideEntitlements.kind,
      ],
    )
    if (!look.news || look.busy || !look.ready) return false
    const { existing } = await enqueue(
      tx,
      judgeShares,
      { year: null },
      { requestedBy: arrivalRequester, dedupeKey: `${union} 判定${look.last_job ?? 0}の後` },
    )
    return !existing
  })
}
