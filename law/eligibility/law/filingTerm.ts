import { dated, plainDate } from '@koiki/kernel'

/** 届出の期限 — days within which a notification is made, counted from the day after the event. */
export const filingTerm = dated('届出の期限', [
  {
    from: plainDate('2008-04-01'),
    value: 14,
    source:
      '高齢者の医療の確保に関する法律施行規則10条〜12条・22条〜26条 (14日以内)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
