import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type {
  Due,
  InsuranceCardAnswer,
  InsuranceCardUse,
  IssueReason,
  SpecialTreatment,
} from '../certificate.ts'
import { type DestinationAnswer, destinationOf } from '../rules/destinationOf.ts'
import { dueOf } from '../rules/dueOf.ts'
import { type AddressStanding, findAddressStanding } from '../store/addressConfirmations.ts'
import { findDestinationFacts, findSharedAddresses } from '../store/destinations.ts'
import { findInsuranceCards, findLastList } from '../store/insuranceCards.ts'
import { findIssues, type Issue } from '../store/issues.ts'
import { type Examined, examine } from '../store/personFacts.ts'
import {
  findProposal,
  findSpecialTreatmentEvents,
  type SpecialTreatmentEvent,
  type SpecialTreatmentProposal,
} from '../store/specialTreatments.ts'
import type { ChangedBefore } from './clerk.ts'

/** 一人の文書 — everything that the counter sees of one person's documents. */
export type PersonDocuments = {
  readonly subjectKey: number
  readonly on: PlainDate
  /** Goes up with every act and every fact that was entered. */
  readonly version: number
  readonly last: ChangedBefore | null
  /** Null where the person is not insured on the day. */
  readonly examined: Examined | null
  readonly due: Due | null
  readonly destination: DestinationAnswer | null
  /** Somebody confirmed that several households live at the address. */
  readonly confirmedAddress: AddressStanding | null
  readonly insuranceCard: InsuranceCardUse | null
  readonly insuranceCardKnownAt: string | null
  /** Both that spoke of the card, and which of them counts; null where nobody did. */
  readonly insuranceCards: InsuranceCardAnswer | null
  /** The instant of the last list, whomever it named. */
  readonly insuranceCardListAsOf: string | null
  readonly specialTreatment: SpecialTreatment | null
  /** A decision that waits for its second person. */
  readonly specialTreatmentProposal: SpecialTreatmentProposal | null
  readonly specialTreatmentEvents: readonly SpecialTreatmentEvent[]
  readonly issues: readonly Issue[]
}

/** 一人の文書を読む — on a day; what is due is worked out anew each time. */
export async function readPersonDocuments(
  tx: Transaction,
  subjectKey: number,
  on: PlainDate = tx.today,
): Promise<PersonDocuments> {
  const examined = (await examine(tx, [subjectKey], on)).get(subjectKey) ?? null
  const issues = await findIssues(tx, subjectKey)
  const known = await tx.one<{ version: number; knownAt: string | null }>(
    `select (select count(*) from certificates.insurance_card_use where subject_key = $1::bigint)
              + (select count(*) from certificates.special_treatment_event where subject_key = $1::bigint)
              + (select count(*) from certificates.special_treatment_proposal where subject_key = $1::bigint)
              + (select count(*) from certificates.special_treatment_answer where subject_key = $1::bigint)
              + (select count(*) from certificates.destination_confirmation where subject_key = $1::bigint)
              as version,
            (select max(known_at) from certificates.insurance_card_use
              where subject_key = $1::bigint) as "knownAt"`,
    [subjectKey],
  )
  const insuranceCards = (await findInsuranceCards(tx, [subjectKey], on)).get(subjectKey) ?? null
  const lastList = await findLastList(tx)
  const destination =
    examined === null
      ? null
      : destinationOf(
          (
            await findDestinationFacts(
              tx,
              [examined],
              on,
              await findSharedAddresses(tx, [subjectKey]),
            )
          ).get(subjectKey)!,
        )
  const standing = examined === null ? null : await findAddressStanding(tx, examined.residentKey)
  const version =
    known.version + (standing?.count ?? 0) + issues.reduce((sum, issue) => sum + issue.version, 0)
  return {
    subjectKey,
    on,
    version,
    last: lastChange(issues, version),
    examined: examined === null ? null : withoutHiddenAddress(examined),
    due: examined === null ? null : dueOf(examined.facts, examined.held, on),
    destination,
    confirmedAddress: standing?.confirmed === true ? standing : null,
    insuranceCard: examined?.facts.insuranceCard ?? null,
    insuranceCardKnownAt: known.knownAt,
    insuranceCards,
    insuranceCardListAsOf: lastList?.asOf ?? null,
    specialTreatment: examined?.facts.specialTreatment ?? null,
    specialTreatmentProposal: await findProposal(tx, subjectKey),
    specialTreatmentEvents: await findSpecialTreatmentEvents(tx, subjectKey),
    issues,
  }
}

/** 行いの名 */
export const actNames: Readonly<Record<Issue['events'][number]['act'], string>> = {
  confirmed: '紙を確かめた',
  spoiled: '紙がよごれた',
  notPrinted: '紙が出なかった',
  handedOver: '手渡した',
  mailed: '郵送した',
  returned: '返戻を受けた',
  lost: '紛失を受けた',
  recollected: '回収した',
  cancelled: '発行を取りやめた',
  voided: '無効にした',
}

function lastChange(issues: readonly Issue[], version: number): ChangedBefore | null {
  const changes = issues.flatMap((issue) => [
    { at: issue.issuedAt, by: issue.issuedBy, what: '文書を発行した' },
    ...issue.events.map(({ at, by, act }) => ({ at, by, what: actNames[act] })),
  ])
  const last = changes.reduce<(typeof changes)[number] | null>(
    (newest, one) => (newest === null || one.at >= newest.at ? one : newest),
    null,
  )
  return last === null ? null : { version, ...last }
}

/** 選べる事由 — what a clerk may give as the reason, and why not. */
export function possibleReasons(documents: PersonDocuments): readonly {
  readonly reason: IssueReason
  readonly suggested: boolean
  readonly impossible: string | null
}[] {
  const { due, issues, on } = documents
  const dueReason = due?.kind === 'due' ? due.reason : null
  const valid = issues.find(
    ({ voidOn, contents }) => (voidOn === null || voidOn > on) && contents.validUntil >= on,
  )
  const always: readonly IssueReason[] = ['reissue', 'application', 'contentsChanged', 'other']
  const offered =
    dueReason === null ? always : [dueReason, ...always.filter((one) => one !== dueReason)]
  return offered.map((reason) => ({
    reason,
    suggested: reason === dueReason,
    impossible:
      due === null
        ? 'きょう被保険者ではないので、文書を出せません。'
        : due.kind === 'waiting'
          ? '足りないものがあるので、文書を作れません。'
          : reason === 'reissue' && valid === undefined && dueReason !== 'reissue'
            ? '使える文書がまだないので、再交付ではありません。'
            : null,
  }))
}

/** What is held may have been issued before the address was hidden; that it differs has been told by then. */
function withoutHiddenAddress(examined: Examined): Examined {
  const { held, withheld } = examined
  return held === null || !withheld
    ? examined
    : { ...examined, held: { ...held, contents: { ...held.contents, address: null } } }
}
