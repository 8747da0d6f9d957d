export { findLayout, layouts } from './catalogue.ts'
export { 被保険者証等発行用情報2026年4月版 } from './certificates/2026-04.ts'
export { 被保険者証等発行用情報 } from './certificates/2026-07.ts'
export { checkFile } from './checkFile.ts'
export { detectLayout } from './detectLayout.ts'
export { findingCodesDocument, layoutDocument } from './document.ts'
export { エラー情報 } from './errorList/2026-04.ts'
export { type FileFinding, type FindingCode, findingCodes, type Severity } from './findings.ts'
export { fixedPlaces } from './fixedLength.ts'
export { 所得課税情報2026年4月版 } from './incomeTax/2026-04.ts'
export { 所得課税情報 } from './incomeTax/2026-07.ts'
export { マイナ保険証利用登録状況 } from './insuranceCards/2026-07.ts'
export { 被保険者情報2026年4月版 } from './insuredPersons/2026-04.ts'
export { 被保険者情報 } from './insuredPersons/2026-07.ts'
export {
  type AmountMeaning,
  type Column,
  type Columns,
  type CsvFormat,
  csvUtf8,
  type DayMeaning,
  type FileFormat,
  type FixedLengthFormat,
  fixedLength,
  type Layout,
  layout,
  type RowOf,
} from './layout.ts'
export { ambiguousColumns } from './meaning.ts'
export { 住登外登録情報2026年4月版 } from './nonRegisteredPersons/2026-04.ts'
export { 住登外登録情報 } from './nonRegisteredPersons/2026-07.ts'
export { 保険料情報 } from './premiums/2026-04.ts'
export { readRecords, readRows, recordSizeMax, rowBuilder } from './reader.ts'
export { 住所地特例者情報 } from './residenceProvisions/2026-04.ts'
export { 住民基本台帳情報2026年4月版 } from './residentRegister/2026-04.ts'
export { 住民基本台帳情報 } from './residentRegister/2026-07.ts'
export { type SampleOptions, sampleRecords, sampleRows } from './sample.ts'
export type {
  ByteSource,
  FileSummary,
  ReadOptions,
  RecordBatch,
  RowItem,
  WriteOptions,
} from './stream.ts'
export { Totals } from './totals.ts'
export { recordOf, UnwritableRow, writeRecords, writeRows } from './writer.ts'
