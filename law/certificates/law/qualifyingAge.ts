import { dated, plainDate } from '@koiki/kernel'

/** 被保険者となる年齢 — from it on, a right rests on age and no evidence of a disability limits a document. */
export const qualifyingAge = dated<number>('被保険者となる年齢 (文書の有効期限)', [
  {
    from: plainDate('2008-04-01'),
    value: 75,
    source: '高齢者の医療の確保に関する法律50条1号',
    lastChecked: plainDate('2026-11-21'),
  },
])
