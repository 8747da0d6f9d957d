import type { Entitlement } from '../entitlement.ts'

/**
 * 被保険者番号の付け方 — which rights go under one number. One who left the area and came back gets a new
 * number, in principle; 適用除外, the end of a 障害認定 and moves within the union keep it.
 */
export function underOneNumber(
  rights: readonly Entitlement[],
): readonly (readonly Entitlement[])[] {
  const groups: Entitlement[][] = []
  let left = true
  for (const right of rights) {
    if (left) groups.push([])
    groups.at(-1)!.push(right)
    left = right.groundLost !== null && !['03', '04'].includes(right.groundLost)
  }
  return groups
}
