import type { PlainDate } from '@koiki/kernel'
import { type Instant, misuse, type Transaction } from '@koiki/store'
import { z } from 'zod'
import { usableKey } from './certificates.ts'
import { unionOf } from './journal.ts'
import type { ExchangePlace } from './prepare.ts'
import {
  documentText,
  isSignedBy,
  type Party,
  partyInWords,
  signed,
  signingKeyFault,
} from './protocol.ts'
import { findRefusedNumber } from './refusedNumbers.ts'

const noticeForm = z.strictObject({
  version: z.literal(1),
  notice: z.enum(['stopped', 'lifted']),
  from: z.string().max(40),
  to: z.string().max(40),
  reason: z.string().min(1).max(200),
  at: z.iso.datetime() as unknown as z.ZodType<Instant>,
  signature: z.strictObject({ keyId: z.string().max(40), value: z.string().max(200) }),
})

/** 宛先の停止 — why nothing is handed to a partner for now. */
export type DestinationStop = {
  readonly partner: Party
  readonly toldBy: '相手' | '自分' | '鍵'
  /** Null for a key: since when it may not be used stands in the sentence. */
  readonly since: PlainDate | null
  /** The moment and the words of a decision, ours or theirs; null for a key. */
  readonly at: Instant | null
  readonly reason: string | null
  /** Who of our own decided it. */
  readonly account: string | null
  readonly sentence: string
  readonly action: string
}

/** 渡せない — the destination is stopped, or a number before this one is not taken in yet. */
export class DestinationStopped extends Error {
  override readonly name = 'DestinationStopped'
  /** Null where it is an earlier number that holds this one up. */
  readonly stop: DestinationStop | null

  constructor(message: string, stop: DestinationStop | null = null) {
    super(message)
    this.stop = stop
  }
}

type Decided = {
  readonly municipality: string
  readonly kind: 'stopped' | 'lifted'
  readonly reason: string
}

/**
 * 停止の知らせ — signed by a receiver that cannot take files in for now, or can again: for its partner, and for nobody
 * else. Kept at the receiver as well, so that its own door stays shut until it is lifted.
 */
export async function tellStop(
  tx: Transaction,
  place: ExchangePlace,
  partner: Party,
  { municipality, kind, reason }: Decided,
  account: string,
): Promise<string> {
  const [own] = await place.keys.own(place.self)
  await insertStop(tx, place.self, partner, { municipality, kind, reason, account, at: tx.now })
  const notice = { version: 1, notice: kind, from: place.self, to: partner, reason, at: tx.now }
  return documentText(signed('stopNotice', notice, own))
}

/**
 * 停止の知らせを受ける — believed only with the certified signature of the partner that it stops; an older notice than the
 * last one changes nothing. Gives a sentence; a finding where it is not believed.
 */
export async function recordStopNotice(
  tx: Transaction,
  place: ExchangePlace,
  text: string,
): Promise<{ readonly believed: boolean; readonly sentence: string }> {
  const parsed = noticeForm.safeParse(jsonOf(text))
  if (!parsed.success) return refused('停止の知らせの形が違います。')
  const notice = parsed.data
  const municipality = municipalityOf(place.self, notice.from)
  const seat = tx.scope?.municipality
  if (notice.to !== place.self || (seat !== '*' && seat !== municipality))
    return refused('この停止の知らせは、こちらあてではありません。')
  if (!(await isSignedBy('stopNotice', notice, notice.from, place.keys).catch(() => false)))
    return refused(`停止の知らせの署名が${partyInWords(notice.from)}のものと確かめられません。`)
  const fault = await signingKeyFault(notice, notice.from, place.keys, tx.today)
  if (fault !== null) return refused(fault.sentence)
  const last = await lastStop(tx, place.self, notice.from, 'partner')
  if (last !== null && last.told_at >= notice.at)
    return { believed: true, sentence: 'もう受け取っている知らせです。何も変わりません。' }
  await insertStop(tx, place.self, notice.from, {
    municipality,
    kind: notice.notice,
    reason: notice.reason,
    notice: text,
    at: notice.at,
  })
  const sentence =
    notice.notice === 'stopped'
      ? `${partyInWords(notice.from)}が受け取りを止めました（${notice.reason}）。解除の知らせが来るまで、後の番号は渡さずに待ちます。`
      : `${partyInWords(notice.from)}が受け取りを再び始めました。待っていた番号から順に渡せます。`
  return { believed: true, sentence }
}

const refused = (why: string) => ({ believed: false, sentence: `${why}何も変えていません。` })

function jsonOf(text: string): unknown {
  try {
    return text.length > 8_192 ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** 停止の知らせか — whether a text that was brought in says that it is one; nothing is verified. */
export const isStopNotice = (text: string): boolean =>
  typeof (jsonOf(text) as { notice?: unknown } | null)?.notice === 'string'

/**
 * 渡すのを止める・再び始める — the own clerk's decision about a partner, with its reason; false, and nothing written, where
 * it stands so already.
 */
export async function decideStop(
  tx: Transaction,
  self: Party,
  partner: Party,
  decided: Decided,
  account: string,
): Promise<boolean> {
  // Two clerks may decide at the same moment: the second one learns of the first.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1::text, 4))', [
    `${self} ${partner}`,
  ])
  const last = await lastStop(tx, self, partner, 'party')
  if ((last?.kind ?? 'lifted') === decided.kind) return false
  await insertStop(tx, self, partner, { ...decided, account, at: tx.now })
  return true
}

/** 停止中か — of one partner, the first that holds: its own word, ours, or its key. Null where files may go. */
export async function findDestinationStop(
  tx: Transaction,
  place: ExchangePlace,
  partner: Party,
): Promise<DestinationStop | null> {
  return (await listDestinationStops(tx, place, partner))[0] ?? null
}

/** 停止のわけの一覧 — everything that stops one partner now: each has to end before files go again. */
export async function listDestinationStops(
  tx: Transaction,
  place: ExchangePlace,
  partner: Party,
): Promise<DestinationStop[]> {
  const who = partyInWords(partner)
  const found: DestinationStop[] = []
  const theirs = await lastStop(tx, place.self, partner, 'partner')
  if (theirs?.kind === 'stopped')
    found.push({
      ...{ partner, toldBy: '相手', since: theirs.since },
      ...{ at: theirs.told_at, reason: theirs.reason, account: null },
      sentence: `${who}が${theirs.since}から受け取りを止めています（${theirs.reason}）。後の番号は渡さずに待っています。`,
      action:
        '相手に、いつ受け取れるか確かめてください。解除の知らせを取り込むと、続きから渡せます。',
    })
  const ours = await lastStop(tx, place.self, partner, 'party')
  if (ours?.kind === 'stopped')
    found.push({
      ...{ partner, toldBy: '自分', since: ours.since },
      ...{ at: ours.told_at, reason: ours.reason, account: ours.account },
      sentence: `${who}へ渡すのを${ours.since}から止めています（${ours.reason}）。`,
      action: 'わけがなくなったら、停止を解いてください。待っている番号から順に渡せます。',
    })
  // A partner that has given no key yet has nothing to be stopped.
  const usable = await usableKey(place.keys, partner, tx.today).catch(() => null)
  if (usable !== null && 'fault' in usable)
    found.push({
      ...{ partner, toldBy: '鍵', since: null },
      ...{ at: null, reason: null, account: null },
      sentence: `${usable.fault.sentence}${who}への番号は作らずに待っています。`,
      action: '相手に新しい鍵と証明書を作ってもらってください。届けば、続きから渡せます。',
    })
  return found
}

/** 受け取りを止めているか — at the receiver itself: what it told its partner last; null while it takes files. */
export async function ownDoorShut(
  tx: Transaction,
  place: ExchangePlace,
  partner: Party,
): Promise<string | null> {
  const last = await lastStop(tx, place.self, partner, 'party')
  if (last?.kind !== 'stopped') return null
  return `${last.since}から受け取りを止めています（${last.reason}）。受け取りません。解除の知らせの後に、この番号から順に送ってください。`
}

/**
 * 渡してよいか — throws DestinationStopped where the destination is stopped, or where the receiver has refused an earlier
 * number of the same layout: what comes after it would only wait there.
 */
export async function requireOpenDestination(
  tx: Transaction,
  place: ExchangePlace,
  of: { readonly receiver: Party; readonly layout: string; readonly sequenceNumber: number },
): Promise<void> {
  const stop = await findDestinationStop(tx, place, of.receiver)
  if (stop !== null) throw new DestinationStopped(`${stop.sentence}${stop.action}`, stop)
  const { receiver, layout, sequenceNumber } = of
  const refused = await findRefusedNumber(tx, { sender: place.self, receiver, layout })
  if (refused !== null && refused.sequenceNumber < sequenceNumber)
    throw new DestinationStopped(
      `通し番号${refused.sequenceNumber}が断られたままなので、通し番号${sequenceNumber}はまだ渡せません。断られたわけを直してください。次に送るものを作るとき通し番号${refused.sequenceNumber}も作り直すので、それから順に渡してください。`,
    )
}

type LastStop = {
  readonly kind: 'stopped' | 'lifted'
  readonly reason: string
  readonly account: string | null
  readonly told_at: Instant
  readonly since: PlainDate
}

async function lastStop(
  tx: Transaction,
  self: Party,
  partner: Party,
  toldBy: 'party' | 'partner',
): Promise<LastStop | null> {
  return await tx.maybe<LastStop>(
    `select kind, reason, account, told_at, (told_at at time zone 'Asia/Tokyo')::date as since
       from exchange.destination_stop
      where union_code = $1::smallint and party = $2::text and partner = $3::text
        and told_by = $4::text
      order by event_number desc
      limit 1`,
    [unionOf(tx), self, partner, toldBy],
  )
}

async function insertStop(
  tx: Transaction,
  self: Party,
  partner: Party,
  one: Decided & { readonly at: Instant } & (
      | { readonly account: string }
      | { readonly notice: string }
    ),
): Promise<void> {
  const { municipality, kind, reason, at } = one
  if (reason.trim() === '') throw misuse('停止のわけを書いてください。')
  const account = 'account' in one ? one.account : null
  const notice = 'notice' in one ? one.notice : null
  await tx.run(
    `insert into exchange.destination_stop
       (union_code, party, partner, event_number, municipality_code, kind, told_by, reason, notice,
        account, told_at, recorded_at)
     select $1::smallint, $2::text, $3::text, 1 + coalesce(max(event_number), 0), $4::text,
            $5::text, $6::text, $7::text, $8::text, $9::text, $10::timestamptz, $11::timestamptz
       from exchange.destination_stop
      where union_code = $1::smallint and party = $2::text and partner = $3::text`,
    [
      ...[unionOf(tx), self, partner, municipality, kind],
      ...[notice === null ? 'party' : 'partner', reason, notice, account, at, tx.now],
    ],
  )
}

const municipalityOf = (self: Party, partner: Party): string =>
  (partner.startsWith('municipality:') ? partner : self).split(':')[1] as string
