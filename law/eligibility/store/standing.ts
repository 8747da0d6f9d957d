import type { PlainDate } from '@koiki/kernel'

/** 資格の今 — whether the right is held today; from acquisition until loss. */
export type Standing = {
  readonly state: 'active' | 'lost' | 'notYet' | 'none'
  readonly from: PlainDate | null
  readonly until: PlainDate | null
}

export function standingOf(
  from: PlainDate | null,
  until: PlainDate | null,
  today: PlainDate,
): Standing {
  if (from === null) return { state: 'none', from, until }
  if (from > today) return { state: 'notYet', from, until }
  return { state: until !== null && until <= today ? 'lost' : 'active', from, until }
}
