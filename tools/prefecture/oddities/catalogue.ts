import { birthOddities } from './birthOddities.ts'
import { foreignOddities } from './foreignOddities.ts'
import { letterOddities } from './letterOddities.ts'
import { moneyOddities } from './moneyOddities.ts'
import { nameOddities, twins } from './nameOddities.ts'
import type { Oddity } from './oddity.ts'
import { placeOddities } from './placeOddities.ts'
import { registerOddities } from './registerOddities.ts'
import { statusOddities } from './statusOddities.ts'

/**
 * 珍しい場合の目録 — what is planted, the choosiest first: whoever can be found in few households only must not find
 * them taken. Every id is unique.
 */
export const catalogue: readonly Oddity[] = [
  twins,
  ...registerOddities,
  ...statusOddities,
  ...birthOddities,
  ...moneyOddities,
  ...foreignOddities,
  ...nameOddities,
  ...placeOddities,
  ...letterOddities,
]
