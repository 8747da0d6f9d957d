import { fromNumericDay, numericDay, type PlainDate } from '@koiki/kernel'
import { judgementYearOf } from '../rules/judgementYear.ts'
import type { LivingJudgement, SharePeriod } from '../share.ts'
import type { Right } from './judgementDays.ts'

type Judged = Pick<LivingJudgement, 'effectiveOn' | 'tenths' | 'limitCategory' | 'sequence'>

const earlier = (one: PlainDate, other: PlainDate | null): PlainDate =>
  other === null || one < other ? one : other

/**
 * 割合の期間 — laid out from living judgements over the rights: each holds until the next one or the end of its
 * judgement year, never outside the right in which it was made; cut where the municipality changes.
 */
export function sharePeriods(
  subjectKey: number,
  rights: readonly Right[],
  judgements: readonly Judged[],
): readonly SharePeriod[] {
  const periods: SharePeriod[] = []
  for (const { acquiredOn, until: lostOn, pieces } of rights) {
    const own = judgements.filter(
      ({ effectiveOn }) => effectiveOn >= acquiredOn && (lostOn === null || effectiveOn < lostOn),
    )
    own.forEach((judgement, index) => {
      const next = own[index + 1]?.effectiveOn ?? null
      const year = fromNumericDay(judgementYearOf(numericDay(judgement.effectiveOn)).until)
      const end = earlier(earlier(year, next), lostOn)
      for (const piece of pieces) {
        const from = piece.from > judgement.effectiveOn ? piece.from : judgement.effectiveOn
        const until = earlier(end, piece.until)
        if (from >= until) continue
        const { tenths, limitCategory, sequence, effectiveOn } = judgement
        const last = periods.at(-1)
        const unbroken = last !== undefined && last.until === from
        periods.push({
          subjectKey,
          municipality: piece.municipality,
          from,
          until,
          tenths,
          limitCategory,
          shareSince: unbroken && last.tenths === tenths ? last.shareSince : from,
          limitSince: unbroken && last.limitCategory === limitCategory ? last.limitSince : from,
          judgedOn: effectiveOn,
          sequence,
        })
      }
    })
  }
  return periods
}
