import { Refusal } from '../refusal.ts'
import { changeReasons, type Resident, residentStatus } from '../resident.ts'

/** 異動の前後 — what one event did to one person; `before` is null where it put the person on the register. */
export interface Change {
  readonly addresseeNumber: string
  readonly before: Resident | null
  readonly after: Resident
}

/** Of these, a later event may have written its own. */
const traces: readonly (keyof Resident)[] = ['changedOn', 'changeReason', 'operatedOn']

/**
 * 異動の取消 — the register as it was before the event, as a new row: the wrong one and its cancellation both
 * stay. Who came with the event is removed on the day of coming, so that no day of residence is left, and an
 * exclusion that began with it becomes an empty period, for the union is told of ends and not of erasures
 * (our readings). Throws Refusal when something else has changed since.
 */
export function cancelled(
  changes: readonly Change[],
  known: ReadonlyMap<string, Resident>,
): Resident[] {
  const reasons: string[] = []
  const restored: Resident[] = []
  for (const { addresseeNumber, before, after } of changes) {
    const now = known.get(addresseeNumber)
    if (now === undefined || !sameContent(now, after)) {
      reasons.push(
        `宛名番号 ${addresseeNumber} には、この異動のあとに別の異動があります。新しい順に取り消してください。`,
      )
      continue
    }
    restored.push(before === null ? neverCame(now) : asBefore(now, before))
  }
  if (reasons.length > 0) throw new Refusal(reasons)
  return restored
}

const sameContent = (one: Resident, other: Resident): boolean =>
  (Object.keys(one) as (keyof Resident)[]).every(
    (field) => traces.includes(field) || one[field] === other[field],
  )

const neverCame = (now: Resident): Resident => ({
  ...now,
  status: residentStatus.removed,
  removedOn: now.residentFrom,
  changedOn: now.residentFrom,
  changeReason: changeReasons.removedExOfficio,
})

function asBefore(now: Resident, before: Resident): Resident {
  const recovered =
    now.status === residentStatus.removed && before.status === residentStatus.present
  const beganWrongly = now.exclusionKind !== '0' && before.exclusionKind === '0'
  return {
    ...before,
    ...(beganWrongly
      ? {
          exclusionKind: now.exclusionKind,
          exclusionFrom: now.exclusionFrom,
          exclusionUntil: now.exclusionFrom,
        }
      : {}),
    changedOn: now.changedOn,
    changeReason: recovered ? changeReasons.enteredExOfficio : changeReasons.correctedExOfficio,
  }
}
