import type { Entitlement, EntitlementDecision, EntitlementPiece } from '../entitlement.ts'
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
    ...rest.map((piece, index) => changedTo(piece, now.pieces[index]!)),
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
  for (const [index, piece] of now.pieces.entries()) {
    const stood = old.pieces.find(({ from }) => from === piece.from)
    if (stood !== undefined && sameBasis(stood, piece) && samePlace(stood, piece)) continue
    decisions.push(changedTo(piece, stood ?? now.pieces[index - 1]))
  }
  for (const [index, piece] of old.pieces.entries()) {
    if (now.pieces.some(({ from }) => from === piece.from)) continue
    const before = old.pieces[index - 1]
    const ofBasis = before !== undefined && samePlace(before, piece)
    decisions.push({
      kind: '取消',
      effectiveOn: piece.from,
      ground: ofBasis ? '資格のもとの変更の取消' : '市区町村の変更の取消',
      municipality: piece.municipality,
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

/** A new municipality, or in the same one a new basis: at 75, what rested on 障害認定 rests on age. */
function changedTo(
  piece: EntitlementPiece,
  before: EntitlementPiece | undefined,
): EntitlementDecision {
  const ofBasis = before !== undefined && samePlace(before, piece) && !sameBasis(before, piece)
  return {
    kind: '変更',
    effectiveOn: piece.from,
    ground: ofBasis ? '資格のもとの変更' : '市区町村の変更',
    municipality: piece.municipality,
  }
}

const sameBasis = (a: EntitlementPiece, b: EntitlementPiece): boolean => a.basis === b.basis

const samePlace = (a: EntitlementPiece, b: EntitlementPiece): boolean =>
  a.municipality === b.municipality && a.residentKey === b.residentKey
