/** 通知書・証 — forms as Typst templates, print runs, glyph coverage. */

export { fontFiles, lettersWithoutGlyph } from './coverage.ts'
export { type CustodySheet, printCustodySheet } from './custodySheet.ts'
export {
  codeTail,
  type FormSheet,
  FormStopped,
  type FormTable,
  formCode,
  type PrintedForm,
  printForm,
} from './formSheet.ts'
export { type Office, premiumNoticeSheet, type Recipient } from './premiumNotice.ts'
export {
  type DocumentRow,
  type EligibilityDocumentSheet,
  type ExplanationPart,
  type LevyFigures,
  type PremiumNoticeSheet,
  type PrintedRun,
  printEligibilityDocuments,
  printPremiumNotices,
  type StoppedSheet,
} from './print.ts'
export { readPages } from './readPages.ts'
export {
  coveredUntil,
  deliveredTitles,
  type FormDelivery,
  findFormDelivery,
  insertFormDelivery,
  listFormDeliveries,
  listUnfetchedForms,
  type NewFormDelivery,
  nextFormNumber,
  recordFormDelivery,
  sealedFormsOf,
} from './store/formDeliveries.ts'
export {
  type FormClerk,
  findPrintedForm,
  findPrintedForms,
  insertPrintedForm,
  isTakenAlready,
  type NewPrintedForm,
  type PrintAct,
  type PrintedFormRecord,
  settlePrintedForm,
  sheetDigest,
} from './store/printedForms.ts'
