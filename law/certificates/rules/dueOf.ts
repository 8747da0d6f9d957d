import type { PlainDate } from '@koiki/kernel'
import type {
  ContentFacts,
  Contents,
  DocumentFacts,
  DocumentKind,
  Due,
  ExpiryFacts,
  Held,
  IssueReason,
  Missing,
  Share,
} from '../certificate.ts'
import { contentsOf } from './contentsOf.ts'
import { documentFor } from './documentFor.ts'
import { expiryOf } from './expiryOf.ts'

/** 一人分の事実 — everything about one insured person on one day. */
export type PersonFacts = DocumentFacts &
  ExpiryFacts &
  Omit<ContentFacts, 'share'> & { readonly share: Share | null }

/**
 * 出すべき文書 — what an insured person should hold on `on`, compared with what is held. A document is due where
 * nothing valid is held, or where what it says has changed; a person without decided 一部負担金の割合, or whose
 * evidence has ended, waits, with everything that is missing told at once.
 */
export function dueOf(facts: PersonFacts, held: Held | null, on: PlainDate): Due {
  const { document, grounds } = documentFor(facts, on)
  const expiry = expiryOf(facts, on)
  const { share } = facts
  const missing: readonly Missing[] = [
    ...(share === null ? [{ code: 'shareUndecided', facts: { on } }] : []),
    ...(expiry.kind === 'incomplete' ? expiry.missing : []),
  ]
  if (share === null || expiry.kind === 'incomplete') return { kind: 'waiting', grounds, missing }
  const contents = contentsOf({ ...facts, share }, { document, validUntil: expiry.day }, on)
  const valid = held !== null && held.contents.validUntil >= on ? held : null
  if (valid === null) {
    const reason = held === null ? 'acquisition' : 'renewal'
    return { kind: 'due', reason, contents, grounds, changes: [] }
  }
  if (valid.lost) return { kind: 'due', reason: 'reissue', contents, grounds, changes: [] }
  const changes = changesOf(valid.contents, contents)
  const needed = changes.filter((name) => name !== 'document' || !suffices(valid.contents.document))
  if (needed.length > 0)
    return { kind: 'due', reason: reasonOf(valid.contents, needed), contents, grounds, changes }
  return { kind: 'held', contents: valid.contents, grounds }
}

/**
 * 使い続けられる文書 — a valid 被保険者証 or 資格確認書 is not taken back because the same person would get another document
 * today (cards stayed usable until 2025-07-31; for マイナ保険証 taken up within the year, our reading).
 */
const suffices = (document: DocumentKind): boolean =>
  document === 'insuranceCard' || document === 'eligibilityCertificate'

/**
 * 変わった記載 — names of what differs. 発効期日 alone is no change: it follows the others. Where the place of a
 * letter or an address was never shown, nothing is compared.
 */
export function changesOf(before: Contents, after: Contents): readonly (keyof Contents)[] {
  const names = Object.keys(after) as (keyof Contents)[]
  return names.filter(
    (name) =>
      name !== 'effectiveFrom' && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
}

/** 発行事由 — the weightiest of what changed. */
function reasonOf(before: Contents, changes: readonly (keyof Contents)[]): IssueReason {
  const changed = (name: keyof Contents): boolean => changes.includes(name)
  if (changed('specialTreatmentFrom'))
    return before.specialTreatmentFrom === null ? 'specialTreatmentBegan' : 'specialTreatmentLifted'
  if (changed('acquiredOn')) return 'acquisition'
  if (changed('document')) return 'documentChanged'
  if (changed('tenths')) return 'copayShareChanged'
  if (
    changed('limitCategory') ||
    changed('limitFrom') ||
    changed('longHospitalisationFrom') ||
    changed('specifiedDiseases')
  )
    return 'limitCategory'
  return changes.every((name) => name === 'validUntil') ? 'expiryChanged' : 'contentsChanged'
}
