import { createHash } from 'node:crypto'
import { exclusionKinds } from './exclusionKinds.ts'
import { acquisitionGrounds, lossGrounds } from './grounds.ts'
import { lossDay } from './lossDay.ts'
import { qualifyingAge } from './qualifyingAge.ts'

const tables = [qualifyingAge, lossDay, acquisitionGrounds, lossGrounds, exclusionKinds]

/**
 * 法令表の版 — the day of the newest row and a digest of every row, so that a decision names exactly the
 * law that it was made with.
 */
export const eligibilityEdition: string = [
  tables
    .flatMap(({ rows }) => rows.map(({ from }) => from))
    .sort()
    .at(-1),
  createHash('sha256')
    .update(JSON.stringify(tables.map(({ name, rows }) => [name, rows])))
    .digest('hex')
    .slice(0, 12),
].join('-')
