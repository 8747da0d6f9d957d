import { dated, plainDate } from '@koiki/kernel'
import type { DocumentKind } from '../certificate.ts'

/** 特別療養費の人の文書 — what takes the place of the ordinary document (法82条). */
export const specialDocuments = dated<DocumentKind>('特別療養費の人の文書', [
  {
    from: plainDate('2008-04-01'),
    value: 'formerSpecialCertificate',
    source: '高齢者の医療の確保に関する法律54条4項〜7項・82条 (令和6年12月2日前)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
  {
    from: plainDate('2024-12-02'),
    value: 'specialEligibilityCertificate',
    source: '高齢者の医療の確保に関する法律82条 (令和6年12月2日から)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
