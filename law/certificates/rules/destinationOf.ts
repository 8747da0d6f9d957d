import type { PlainDate } from '@koiki/kernel'

/** 宛先の事実 — what is known of where one person's mail may go. */
export type DestinationFacts = {
  readonly name: string
  /** 支援措置の不開示該当 */
  readonly underSupportMeasure: boolean
  /** 支援措置の始まり — null where no measure is on, or where its first day is not known here. */
  readonly supportSince: PlainDate | null
  /** 住民票の住所 — null under 支援措置, and where nothing usable came. */
  readonly address: { readonly postalCode: string; readonly lines: readonly string[] } | null
  /** 送付先 — in force: checked by a second person. */
  readonly registered: {
    readonly since: PlainDate
    readonly recipient: string
    readonly postalCode: string
    readonly lines: readonly string[]
  } | null
  /** 2人目の確かめを待つ送付先 */
  readonly unchecked: boolean
  /** 同じ住所の別の世帯 */
  readonly sharedAddress: boolean
  /** Somebody confirmed this very address for this person. */
  readonly confirmed: boolean
}

/** 郵送を止めるわけ */
export type DestinationStop =
  | 'destinationUnchecked'
  | 'supportMeasure'
  | 'noAddress'
  | 'addressShared'

/** 宛先の答え — where the mail goes, or everything that stops it. */
export type DestinationAnswer =
  | {
      readonly kind: 'address' | 'registered'
      readonly postalCode: string
      readonly lines: readonly string[]
      readonly recipient: string
    }
  | { readonly kind: 'stopped'; readonly stops: readonly DestinationStop[] }

/**
 * 宛先 — 送付先 that a second person has checked, else the address of the register. Under 支援措置 only a 送付先 that was
 * registered after the measure began is used: an older one may be known to the person who must not know.
 */
export function destinationOf(facts: DestinationFacts): DestinationAnswer {
  const { registered, address } = facts
  if (facts.unchecked) return stopped('destinationUnchecked')
  if (facts.underSupportMeasure) {
    const safe =
      registered !== null && facts.supportSince !== null && registered.since > facts.supportSince
    return safe ? { kind: 'registered', ...placeOf(registered) } : stopped('supportMeasure')
  }
  if (registered !== null) return { kind: 'registered', ...placeOf(registered) }
  if (address === null) return stopped('noAddress')
  if (facts.sharedAddress && !facts.confirmed) return stopped('addressShared')
  return { kind: 'address', ...address, recipient: facts.name }
}

const stopped = (stop: DestinationStop): DestinationAnswer => ({ kind: 'stopped', stops: [stop] })

const placeOf = ({
  postalCode,
  lines,
  recipient,
}: NonNullable<DestinationFacts['registered']>) => ({ postalCode, lines, recipient })
