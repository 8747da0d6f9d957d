import { createHash } from 'node:crypto'
import { certificationEnd } from './certificationEnd.ts'
import { disabilityAge } from './disabilityAge.ts'
import { exclusionKinds } from './exclusionKinds.ts'
import { facilityKinds } from './facilityKinds.ts'
import { acquisitionGrounds, lossGrounds } from './grounds.ts'
import { lossDay } from './lossDay.ts'
import { nationalHealthProvision } from './nationalHealthProvision.ts'
import { qualifyingAge } from './qualifyingAge.ts'
import { stayEnd } from './stayEnd.ts'

const tables = [
  qualifyingAge,
  disabilityAge,
  lossDay,
  certificationEnd,
  stayEnd,
  acquisitionGrounds,
  lossGrounds,
  exclusionKinds,
  facilityKinds,
  nationalHealthProvision,
]

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
