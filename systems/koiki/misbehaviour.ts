import { Refused } from './clients.ts'
import { type Cast, exportAgain, type Stage, sendFiles, type Town } from './flows.ts'

/** 行儀 — how the stand-in can be told to hand its media over; one town for each. */
const manners = ['late', 'twice', 'outOfOrder', 'wrongTotals', 'oldLayout', 'silent'] as const

/** The first of the towns, one for each manner; with fewer towns, fewer manners. */
const rude = ({ towns }: Cast): readonly (readonly [Town, (typeof manners)[number]])[] =>
  towns.slice(0, manners.length).map((town, index) => [town, manners[index]!] as const)

/** 行儀をわるくする — before the towns write their media. */
export async function misbehave(cast: Cast): Promise<void> {
  for (const [{ operator }, conduct] of rude(cast)) await operator.put('/conduct', { conduct })
}

/**
 * わるい媒体を送り、なおさせて送り直す — what a counter terminal meets, and the way out of it: the union refuses
 * or waits, says why, and takes in the same numbers once they come well.
 */
export async function sendInSpite(cast: Cast, stage: Stage): Promise<readonly string[]> {
  const refusals: string[] = []
  for (const [town, conduct] of rude(cast)) {
    try {
      await sendFiles({ ...cast, towns: [town] }, stage, '2-3')
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refusals.push(`${conduct} ${error.message}`)
    }
    await town.operator.put('/conduct', { conduct: 'off' })
    await town.operator.post('/conduct/release', {})
    await exportAgain(town, '2-2')
  }
  await sendFiles(cast, stage, '2-3')
  return refusals
}
