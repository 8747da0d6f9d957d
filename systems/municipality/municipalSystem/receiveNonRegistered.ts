import { createHash } from 'node:crypto'
import { type Actor, recordAccess } from '@koiki/audit'
import { parseIndividualNumber } from '@koiki/kernel'
import type { Scope } from '@koiki/store'
import { Refusal } from '../refusal.ts'
import { auditKey } from '../resident.ts'
import type { Stores } from '../stores.ts'
import { afterNonRegistered } from './nonRegisteredChange.ts'
import type { NonRegisteredEvent } from './nonRegisteredEvent.ts'
import {
  findByToken,
  findNonRegistered,
  findNonRegisteredEvent,
  insertNonRegisteredEvent,
  nextNumber,
  saveNonRegistered,
} from './nonRegisteredStore.ts'

interface AcceptedNonRegistered {
  readonly eventId: string
  readonly repeated: boolean
  readonly addresseeNumber: string
}

/**
 * 住登外の届出を受け付ける — judges it and writes it, so that the next export (2-2) carries it in
 * 住登外登録情報. The same event twice is written once. Throws Refusal with every reason.
 */
export async function receiveNonRegistered(
  stores: Stores,
  scope: Scope,
  event: NonRegisteredEvent,
  actor: Actor,
): Promise<AcceptedNonRegistered> {
  const { municipality } = scope
  const digest = digestOf(event)
  const given = numberGiven(event)
  return stores.municipalSystem.transaction(scope, async (tx) => {
    const fresh = event.kind === '住登外登録' ? await nextNumber(tx, municipality) : null
    const known = await findNonRegisteredEvent(tx, municipality, event.eventId)
    if (known !== null) {
      if (!known.digest.equals(digest)) {
        throw new Refusal([
          'この受付番号では、別の内容の届出を受け付けています。新しい受付番号を付けてください。',
        ])
      }
      const { addresseeNumber } = known
      return { eventId: event.eventId, repeated: true, addresseeNumber }
    }
    const named = event.kind === '住登外登録' ? null : event.addresseeNumber
    const before = named === null ? null : await findNonRegistered(tx, municipality, named)
    const [token = null] = given === null ? [null] : await stores.vault.tokensOf(tx, [given])
    const mergedInto = event.kind === '住登外変更' ? event.changes.mergedInto : null
    const after = afterNonRegistered(event, {
      today: tx.today,
      municipality,
      held: before,
      token,
      sameNumber: token === null ? null : await findByToken(tx, municipality, token, named),
      mergeTarget: mergedInto ? await findNonRegistered(tx, municipality, mergedInto) : null,
      newNumber: () => fresh as NonNullable<typeof fresh>,
    })
    await saveNonRegistered(tx, after)
    await insertNonRegisteredEvent(tx, municipality, event, digest, { before, after })
    await recordAccess(tx, {
      channel: 'api',
      actor,
      party: `municipality:${municipality}`,
      purpose: `住登外の受付(${event.kind})`,
      act: 'nonRegistered.change',
      effect: 'write',
      persons: [auditKey(municipality, after.runningNumber)],
    })
    return { eventId: event.eventId, repeated: false, addresseeNumber: after.addresseeNumber }
  })
}

function numberGiven(event: NonRegisteredEvent) {
  const text =
    event.kind === '住登外登録'
      ? event.person.individualNumber
      : event.kind === '住登外変更'
        ? (event.changes.individualNumber ?? null)
        : null
  if (text === null) return null
  const parsed = parseIndividualNumber(text)
  if (!parsed.ok) throw new Refusal([`個人番号: ${parsed.reason}`])
  return parsed.value
}

/** An Individual Number counts only as present or absent. */
const digestOf = (event: NonRegisteredEvent): Buffer =>
  createHash('sha256')
    .update(
      JSON.stringify(event, (name, value) =>
        name === 'individualNumber' ? value !== null : value,
      ),
    )
    .digest()
