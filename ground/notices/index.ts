/** 通知書・証 — forms as Typst templates, print runs, glyph coverage. */

export { fontFiles, lettersWithoutGlyph } from './coverage.ts'
export { type CustodySheet, printCustodySheet } from './custodySheet.ts'
export { type Office, premiumNoticeSheet, type Recipient } from './premiumNotice.ts'
export {
  type CertificateSheet,
  type DocumentRow,
  type EligibilityDocumentSheet,
  type ExplanationPart,
  type LevyFigures,
  type PremiumNoticeSheet,
  type PrintedRun,
  printCertificates,
  printEligibilityDocuments,
  printPremiumNotices,
  type StoppedSheet,
} from './print.ts'
