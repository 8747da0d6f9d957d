import { createHash } from 'node:crypto'
import { certificateAge } from './certificateAge.ts'
import { documentPeriods } from './documentPeriods.ts'
import { documentYearBegin } from './documentYear.ts'
import { limitNotation } from './limitNotation.ts'
import { qualifyingAge } from './qualifyingAge.ts'
import { specialDocuments } from './specialDocuments.ts'

const tables = [
  documentPeriods,
  certificateAge,
  documentYearBegin,
  specialDocuments,
  limitNotation,
  qualifyingAge,
]

/** 法令表の版 — the day of the newest row and a digest of every row; every issue records it. */
export const certificatesEdition: string = [
  tables
    .flatMap(({ rows }) => rows.map(({ from }) => from))
    .sort()
    .at(-1),
  createHash('sha256')
    .update(JSON.stringify(tables.map(({ name, rows }) => [name, rows])))
    .digest('hex')
    .slice(0, 12),
].join('-')
