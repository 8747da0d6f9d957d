import { addDays, type PlainDate } from '@koiki/kernel'
import { misuse, type Transaction } from '@koiki/store'
import { getTransmission, unionOf } from './journal.ts'
import { policyOf } from './policy.ts'
import type { Party } from './protocol.ts'

export const custodyKinds = ['封入', '受渡し', '開封', '破棄'] as const
export type CustodyKind = (typeof custodyKinds)[number]

/** 媒体の受渡し記録の1行 */
export type CustodyEvent = {
  readonly number: number
  readonly kind: CustodyKind
  /** 扱った職員 — office and name of who did it; of a 受渡し, of who carried it. */
  readonly carrier: string
  readonly from: string | null
  readonly to: string | null
  readonly mediaCount: number
  readonly on: PlainDate
  readonly note: string
  readonly recordedAt: string
}

export type NewCustodyEvent = {
  readonly kind: CustodyKind
  readonly carrier: string
  readonly from?: string | null
  readonly to?: string | null
  readonly mediaCount: number
  readonly on: PlainDate
  readonly note?: string
}

/** 受渡し記録にできない — what does not follow from the log, in a sentence. */
export class CustodyRefused extends Error {
  override readonly name = 'CustodyRefused'
}

/** 受渡し記録の一覧 — of one transmission, in order. */
export async function listCustody(
  tx: Transaction,
  transmissionId: string,
): Promise<CustodyEvent[]> {
  return await tx.query<CustodyEvent>(
    `select event_number as number, kind, carrier, from_place as "from", to_place as "to",
            media_count as "mediaCount", happened_on as "on", note, recorded_at as "recordedAt"
       from exchange.custody_event
      where union_code = $1::smallint and transmission_id = $2::uuid
      order by event_number`,
    [unionOf(tx), transmissionId],
  )
}

/**
 * 受渡しを記録する — appended; throws CustodyRefused where it cannot follow: opened before it was handed over, a
 * day before the last one or after today, another count of media than was sealed, anything after 破棄.
 */
export async function recordCustody(
  tx: Transaction,
  transmissionId: string,
  event: NewCustodyEvent,
  account: string,
): Promise<CustodyEvent[]> {
  const transmission = await getTransmission(tx, transmissionId)
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1::text, 1))', [transmissionId])
  const log = await listCustody(tx, transmissionId)
  const fault = faultOf(event, log, tx.today, transmission.direction)
  if (fault !== null) throw new CustodyRefused(fault)
  await tx.run(
    `insert into exchange.custody_event
       (union_code, transmission_id, event_number, municipality_code, kind, carrier, from_place,
        to_place, media_count, happened_on, note, account, recorded_at)
     values ($1::smallint, $2::uuid, $3::integer, $4::text, $5::text, $6::text, $7::text, $8::text,
             $9::integer, $10::date, $11::text, $12::text, $13::timestamptz)`,
    [
      unionOf(tx),
      transmissionId,
      log.length + 1,
      transmission.municipality,
      event.kind,
      event.carrier,
      event.from ?? null,
      event.to ?? null,
      event.mediaCount,
      event.on,
      event.note ?? '',
      account,
      tx.now,
    ],
  )
  return await listCustody(tx, transmissionId)
}

// Whoever writes a note may be tempted to name a person by a number.
const numberLike = /[0-9０-９]{8}/

/** The receiver's log begins with the hand-over: what was sealed is written at the sender. */
function faultOf(
  event: NewCustodyEvent,
  log: readonly CustodyEvent[],
  today: PlainDate,
  direction: 'sent' | 'received',
): string | null {
  const texts = [event.carrier, event.from ?? '', event.to ?? '', event.note ?? '']
  if (event.carrier.trim() === '') return '扱った職員の所属と氏名を書いてください。'
  if (texts.some((text) => numberLike.test(text)))
    return '受渡し記録に番号のようなものがあります。人や番号のことは書かないでください。'
  if (texts.some((text) => text.length > 200)) return '1つの欄は200字までです。'
  if (!Number.isInteger(event.mediaCount) || event.mediaCount < 1)
    return '媒体の数は1以上の整数です。'
  if ((event.kind === '受渡し') !== Boolean(event.from?.trim() && event.to?.trim()))
    return event.kind === '受渡し'
      ? '受渡しには、どこからどこへ運んだかを書いてください。'
      : 'どこからどこへは、受渡しのときだけ書きます。'
  if (event.on > today) return '今日より後の日は書けません。行ってから記録してください。'
  const last = log.at(-1)
  if (last !== undefined && event.on < last.on)
    return `前の記録（${last.on}の${last.kind}）より前の日です。日を確かめてください。`
  if (last?.kind === '破棄') return '破棄した媒体には、もう何も記録できません。'
  if (last !== undefined && event.mediaCount !== last.mediaCount)
    return `媒体の数が前の記録と違います（前 ${last.mediaCount}、今 ${event.mediaCount}）。数え直し、足りなければすぐに責任者へ知らせてください。`
  const kinds = log.map(({ kind }) => kind)
  if (event.kind === '封入') {
    if (direction === 'received') return '封入は、送り手の記録に書きます。'
    return kinds.length === 0 ? null : '封入の記録はもうあります。'
  }
  if (direction === 'sent' && !kinds.includes('封入')) return '先に封入を記録してください。'
  if (event.kind === '開封') {
    if (!kinds.includes('受渡し')) return '先に受渡しを記録してください。'
    if (kinds.includes('開封')) return '開封の記録はもうあります。'
  }
  if (event.kind === '受渡し' && kinds.includes('開封'))
    return '開封した媒体は、受け渡さずに破棄してください。'
  return null
}

/** 届かない媒体 — left and not received within the days that the layout's policy allows. */
export type OverdueMedium = {
  readonly transmissionId: string
  readonly municipality: string
  readonly receiver: Party
  readonly layout: string
  readonly sequenceNumber: number
  readonly leftOn: PlainDate
  readonly dueOn: PlainDate
  readonly to: string
  readonly sentence: string
}

/** 届かない媒体の一覧 — at the sender, by the clock's day. */
export async function listOverdueMedia(tx: Transaction, self: Party): Promise<OverdueMedium[]> {
  const left = await tx.query<Omit<OverdueMedium, 'dueOn' | 'sentence'>>(
    `select t.transmission_id as "transmissionId", t.municipality_code as municipality, t.receiver,
            t.layout, t.sequence_number as "sequenceNumber", c.happened_on as "leftOn",
            c.to_place as "to"
       from exchange.transmission t
       join lateral (
         select kind, happened_on, to_place from exchange.custody_event
          where union_code = t.union_code and transmission_id = t.transmission_id
          order by event_number desc limit 1
       ) c on c.kind = '受渡し'
      where t.union_code = $1::smallint and t.sender = $2::text
        and not exists (
          select from exchange.receipt
           where union_code = t.union_code and transmission_id = t.transmission_id)
      order by c.happened_on, t.transmission_id`,
    [unionOf(tx), self],
  )
  const overdue: OverdueMedium[] = []
  for (const one of left) {
    const { mediumDays } = await policyOf(tx, self, one.layout)
    const dueOn = addDays(one.leftOn, mediumDays)
    if (tx.today <= dueOn) continue
    const sentence = `${one.leftOn}に「${one.to}」へ出た媒体（${one.layout} 通し番号${one.sequenceNumber}）の受領書がまだ届きません。運んだ職員と届け先に、媒体のありかを今すぐ確かめてください。`
    overdue.push({ ...one, dueOn, sentence })
  }
  return overdue
}

/** 受渡し票の行 — what is printed; numbers of the file and of the log, nothing about people. */
export async function custodySheetOf(
  tx: Transaction,
  transmissionId: string,
): Promise<{ transmission: Awaited<ReturnType<typeof getTransmission>>; log: CustodyEvent[] }> {
  const log = await listCustody(tx, transmissionId)
  if (log.length === 0) throw misuse('受渡しの記録がまだないので、受渡し票はありません。')
  return { transmission: await getTransmission(tx, transmissionId), log }
}
