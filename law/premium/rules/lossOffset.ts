import type { Income } from '../assessment.ts'

/**
 * 損益通算 — a loss of the business comes off the other kinds of 総所得金額, down to 0; 分離譲渡所得 is not touched
 * (所得税法69条). What is left over is not carried to another year here.
 */
export function afterLoss(general: number, { businessLoss }: Income): number {
  return general > businessLoss ? general - businessLoss : 0
}
