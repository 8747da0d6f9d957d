import type { Entitlement, EntitlementDecision } from '../entitlement.ts'
import { acquisitionGrounds, lossGrounds } from '../law/grounds.ts'

/**
 * 決定 — what must be decided to go from the rights that stood before to those that the facts now give: 取得,
 * 変更 (the municipality, and with it the 保険者番号), 喪失, 取消. Empty when nothing changes. In the order of
 * their days, 取消 first.
 */
export function decisionsBetween(
  before: readonly Entitlement[],
  after: readonly Entitlement[],
): readonly EntitlementDecision[] {
  const decisions: EntitlementDecision[] = []
  for (const old of before) {
    if (after.some(({ acquiredOn }) => acquiredOn === old.acquiredOn)) continue
    decisions.push({
      kind: '取消',
      effectiveOn: old.acquiredOn,
      ground: '資格取得の取消',
      municipality: old.pieces.at(-1)!.municipality,
    })
  }
  for (const now of after) {
    const old = before.find(({ acquiredOn }) => acquiredOn === now.acquiredOn)
    decisions.push(...(old === undefined ? begun(now) : changed(old, now)), ...ended(old, now))
  }
  return decisions
}

function begun(now: Entitlement): readonly EntitlementDecision[] {
  const [first, ...rest] = now.pieces
  const named = acquisitionGrounds.rows.at(-1)!.value[now.groundAcquired]
  return [
    {
      kind: '取得',
      effectiveOn: now.acquiredOn,
      ground: named.name,
      municipality: first!.municipality,
    },
    ...rest.map(({ from, municipality }) => moved(from, municipality)),
  ]
}

function changed(old: Entitlement, now: Entitlement): readonly EntitlementDecision[] {
  const decisions: EntitlementDecision[] = []
  if (old.groundAcquired !== now.groundAcquired) {
    decisions.push({
      kind: '変更',
      effectiveOn: now.acquiredOn,
      ground: '資格取得事由の訂正',
      municipality: now.pieces[0]!.municipality,
    })
  }
  for (const { from, municipality, residentKey } of now.pieces) {
    const same = old.pieces.some(
      (piece) =>
        piece.from === from &&
        piece.municipality === municipality &&
        piece.residentKey === residentKey,
    )
    if (!same) decisions.push(moved(from, municipality))
  }
  for (const { from, municipality } of old.pieces) {
    if (now.pieces.some((piece) => piece.from === from)) continue
    decisions.push({
      kind: '取消',
      effectiveOn: from,
      ground: '市区町村の変更の取消',
      municipality,
    })
  }
  return decisions
}

function ended(old: Entitlement | undefined, now: Entitlement): readonly EntitlementDecision[] {
  const municipality = now.pieces.at(-1)!.municipality
  if (old !== undefined && old.lostOn === now.lostOn && old.groundLost === now.groundLost) return []
  const decisions: EntitlementDecision[] = []
  if (old !== undefined && old.lostOn !== null)
    decisions.push({
      kind: '取消',
      effectiveOn: old.lostOn,
      ground: '資格喪失の取消',
      municipality,
    })
  if (now.lostOn !== null && now.groundLost !== null) {
    const { name } = lossGrounds.rows.at(-1)!.value[now.groundLost]
    decisions.push({ kind: '喪失', effectiveOn: now.lostOn, ground: name, municipality })
  }
  return decisions
}

function moved(effectiveOn: EntitlementDecision['effectiveOn'], municipality: string) {
  return { kind: '変更', effectiveOn, ground: '市区町村の変更', municipality } as const
}
