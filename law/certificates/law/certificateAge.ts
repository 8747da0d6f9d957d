import { dated, plainDate } from '@koiki/kernel'

/** 資格確認書を必ず交付する年齢 — reached on 1 August of the year of the document. */
export const certificateAge = dated<number>('資格確認書を必ず交付する年齢', [
  {
    from: plainDate('2026-08-01'),
    value: 85,
    source: '令和8年8月1日からの資格確認書の運用。実務者の確認による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
