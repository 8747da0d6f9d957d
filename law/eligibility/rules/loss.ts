import type { LossGround, Residence } from '../entitlement.ts'

/** 資格喪失の場面 — what stands on the day of 喪失. */
export type Ending = {
  readonly residence: Residence
  /** The person still has an address in the area. */
  readonly addressed: boolean
  readonly excluded: boolean
  /** Another union insures the person under 住所地特例. */
  readonly insuredElsewhere: boolean
}

/**
 * 資格喪失 — why a right was lost: 死亡, 転出, 適用除外, 障害認定の終わり (法53条). 職権消除, and being found to be
 * another union's, have no code of their own and are その他.
 */
export function loss({ residence, addressed, excluded, insuredElsewhere }: Ending): LossGround {
  if (addressed) {
    if (excluded) return '03'
    return insuredElsewhere ? '09' : '04'
  }
  switch (residence.ending) {
    case 'death':
      return '01'
    case 'movedOut':
    case 'provisionEnded':
      return '02'
    default:
      return '09'
  }
}
