import type { LossGround, Residence } from '../entitlement.ts'

/**
 * 資格喪失 — why a right was lost: 死亡, 転出, 適用除外 (法53条). Who still has an address in the area can only have
 * come under 適用除外. 職権消除 has no code of its own and is その他.
 */
export function loss(residence: Residence, addressedAfter: boolean): LossGround {
  if (addressedAfter) return '03'
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
