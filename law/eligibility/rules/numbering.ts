import type { Entitlement } from '../entitlement.ts'

/**
 * 被保険者番号の付け方 — which rights go under one number. One who left the area and came back gets a new
 * number, in principle; 適用除外 and moves within the union keep it.
 */
export function underOneNumber(
  rights: readonly Entitlement[],
): readonly (readonly Entitlement[])[] {
  const groups: Entitlement[][] = []
  let left = true
  for (const right of rights) {
    if (left) groups.push([])
    groups.at(-1)!.push(right)
    left = right.groundLost !== null && right.groundLost !== '03'
  }
  return groups
}
