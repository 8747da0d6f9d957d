import { misuse, type Transaction } from '@koiki/store'
import { z } from 'zod'
import { unionOf } from './journal.ts'
import type { Party } from './protocol.ts'

const share = z.number().min(0).max(10)

const form = z.strictObject({
  /** 便りの間隔 — 開庁日; null where no news is expected by the calendar. */
  cadenceDays: z.int().min(1).max(366).nullable(),
  /** 無音 — so many intervals without news. */
  silentIntervals: z.int().min(2).max(100),
  /** 断り続き — so many refusals of one number in a row. */
  refusalsInARow: z.int().min(1).max(100),
  /** 媒体が届くまでの日数 — after which a medium that left is looked for. */
  mediumDays: z.int().min(1).max(100),
  /** 取込みのしかた — the whole file or nothing, or the sound rows while faulty ones rest in quarantine. */
  acceptance: z.enum(['whole', 'soundRows']),
  plausibility: z.strictObject({
    /** Shares of fewer rows say nothing. */
    judgedFrom: z.int().min(1),
    /** Rows of a whole file against the persons known before: one minus, and one plus, this share. */
    countChange: share,
    added: share,
    changed: share,
    removed: share,
    withoutNumber: share,
    /** Persons of 110 years and more. */
    overAge: share,
    /** Insured persons of the municipality who are not in a file that otherwise holds everyone. */
    insuredMissing: share,
    /** 所得: totals and persons without a declaration against the year before. */
    incomeChange: share,
    undeclared: share,
    /** Who lives there against a year ago. */
    yearChange: share,
    /** 消除 against the pace of the last year: so many times as many. */
    leavingTimes: z.number().min(1).max(1000),
    /** 所得 of people whom no resident file named, and insured persons without one in a yearly file. */
    incomeUnknown: share,
    insuredWithoutIncome: share,
    /** マイナ保険証: of those who had one, those who have none any more. */
    cardsLost: share,
  }),
})

/** レイアウトごとの取決め — configuration of one party for one layout; what is not set has its first value. */
export type LayoutPolicy = Readonly<z.infer<typeof form>>

const partial = form
  .partial()
  .extend({ plausibility: form.shape.plausibility.partial().optional() })

/** 取決めの変更 — only what shall differ. */
export const policyChange = partial
export type PolicyChange = z.infer<typeof partial>

const firstPolicy: LayoutPolicy = {
  cadenceDays: null,
  silentIntervals: 3,
  refusalsInARow: 2,
  mediumDays: 3,
  acceptance: 'whole',
  plausibility: {
    judgedFrom: 100,
    countChange: 0.2,
    added: 0.3,
    changed: 0.3,
    removed: 0.05,
    withoutNumber: 0.3,
    overAge: 0.01,
    insuredMissing: 0.02,
    incomeChange: 0.3,
    undeclared: 0.5,
    yearChange: 0.2,
    leavingTimes: 10,
    incomeUnknown: 0.05,
    insuredWithoutIncome: 0.1,
    cardsLost: 0.05,
  },
}

/** Nothing public says how often a partner sends: daily is our reading (unverified). */
const cadences: Readonly<Record<string, number>> = {
  住民基本台帳情報: 1,
  被保険者情報: 1,
  マイナ保険証利用登録状況: 1,
}

/** Of these a row stands alone, so one that nobody knows keeps no other back. */
const rowByRow: ReadonlySet<string> = new Set(['マイナ保険証利用登録状況'])

/** 初めの取決め — of a layout for which nobody has set anything. */
export function defaultPolicy(layout: string): LayoutPolicy {
  return {
    ...firstPolicy,
    cadenceDays: cadences[layout] ?? null,
    acceptance: rowByRow.has(layout) ? 'soundRows' : firstPolicy.acceptance,
  }
}

/** 取決め — of one party for one layout, as set last. */
export async function policyOf(
  tx: Transaction,
  party: Party,
  layout: string,
): Promise<LayoutPolicy> {
  const row = await tx.maybe<{ policy: unknown }>(
    `select policy from exchange.layout_policy
      where union_code = $1::smallint and party = $2::text and layout = $3::text
      order by version desc
      limit 1`,
    [unionOf(tx), party, layout],
  )
  const first = defaultPolicy(layout)
  if (row === null) return first
  const set = policyChange.parse(row.policy)
  return {
    ...first,
    ...defined(set),
    plausibility: { ...first.plausibility, ...defined(set.plausibility ?? {}) },
  } as LayoutPolicy
}

const defined = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/** 取決めを変える — a new version beside the old ones; gives it as it now stands. */
export async function setPolicy(
  tx: Transaction,
  party: Party,
  layout: string,
  change: PolicyChange,
  by: { readonly account: string; readonly reason: string },
): Promise<LayoutPolicy> {
  const parsed = policyChange.safeParse(change)
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') || '全体'
    throw misuse(`取決めの「${place}」の値が決まりに合いません。変えていません。`)
  }
  const before = await tx.maybe<{ policy: PolicyChange }>(
    `select policy from exchange.layout_policy
      where union_code = $1::smallint and party = $2::text and layout = $3::text
      order by version desc
      limit 1`,
    [unionOf(tx), party, layout],
  )
  const whole = {
    ...before?.policy,
    ...defined(parsed.data),
    plausibility: { ...before?.policy.plausibility, ...defined(parsed.data.plausibility ?? {}) },
  }
  await tx.run(
    `insert into exchange.layout_policy
       (union_code, party, layout, version, policy, reason, set_by, recorded_at)
     select $1::smallint, $2::text, $3::text, 1 + coalesce(max(version), 0), $4::jsonb, $5::text,
            $6::text, $7::timestamptz
       from exchange.layout_policy
      where union_code = $1::smallint and party = $2::text and layout = $3::text`,
    [unionOf(tx), party, layout, JSON.stringify(whole), by.reason, by.account, tx.now],
  )
  return await policyOf(tx, party, layout)
}
