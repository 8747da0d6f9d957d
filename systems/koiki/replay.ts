import { recordDigest, storedDigests } from '@koiki/eligibility'
import {
  type ExchangePlace,
  listQuarantined,
  listTransmissionsOfDay,
  type ReopenedTransmission,
  reopenTransmission,
  TransmissionRefused,
} from '@koiki/exchange'
import type { PlainDate } from '@koiki/kernel'
import { 住民基本台帳情報, 住登外登録情報 } from '@koiki/layouts'
import type { Database, Scope } from '@koiki/store'

/** 再生の結果 — of one transmission of the day, in a sentence. */
export type Replayed = {
  readonly party: string
  readonly transmissionId: string
  readonly outcome: 'same' | 'different' | 'noCopy'
  readonly sentence: string
}

type Journalled = Awaited<ReturnType<typeof listTransmissionsOfDay>>[number]

/**
 * その日を再生する — opens every file of a party's day again, what came from its sealed original and what was sent from the
 * own copy, checks it as on that day, and compares its rows with what was stored of them. Changes nothing.
 */
export async function* replayDay(
  database: Database,
  scope: Scope,
  place: ExchangePlace,
  day: PlainDate,
): AsyncGenerator<Replayed> {
  const all = await database.transaction(scope, (tx) => listTransmissionsOfDay(tx, day))
  for (const one of all) {
    // Of two parties in one database each replays its own.
    if (one.sender !== place.self && one.receiver !== place.self) continue
    yield await database.transaction(scope, async (tx) => {
      const told = { party: place.self, transmissionId: one.transmissionId }
      const what = nameOf(one)
      try {
        const reopened = await reopenTransmission(tx, place, one.transmissionId)
        if (reopened === null)
          return {
            ...told,
            outcome: 'noCopy',
            sentence: `${what}: 控えがないので確かめられません。`,
          }
        const compared = comparedWith(reopened)
          ? await compareRows(
              reopened,
              await storedDigests(tx, one.transmissionId),
              new Set((await listQuarantined(tx, one.transmissionId)).map(({ line }) => line)),
              one.state === 'applied',
            )
          : await readThrough(reopened)
        return { ...told, ...judged(what, reopened, compared) }
      } catch (error) {
        const { code } = error as { code?: string }
        if (!(error instanceof TransmissionRefused) && code !== 'ENOENT') throw error
        // What was refused then is refused now, for the same reason.
        const expected = one.state === 'refused' && code !== 'ENOENT'
        const reason =
          code === 'ENOENT'
            ? '封じたファイルが置き場にありません。'
            : (error as Error).message.split('\n')[0]
        return {
          ...told,
          outcome: expected ? 'same' : 'different',
          sentence: `${what}: ${expected ? '同じ。その日も断ったファイルです。' : '違う。'}${reason}`,
        }
      }
    })
  }
}

function nameOf(one: Journalled): string {
  const way = one.direction === 'sent' ? `${one.receiver}へ` : `${one.sender}から`
  return `${way} ${one.layout} 通し番号${one.sequenceNumber}（${one.recordCount}件）`
}

/** Layouts of which every applied row left its digest. */
const comparedWith = ({ direction, layout }: ReopenedTransmission): boolean =>
  direction === 'received' &&
  (layout.name === 住民基本台帳情報.name || layout.name === 住登外登録情報.name)

type Compared = {
  readonly equal: number
  readonly different: number
  readonly unchanged: number
  readonly quarantined: number
  /** Stored under a line that the file does not have. */
  readonly strange: number
}

async function readThrough(reopened: ReopenedTransmission): Promise<null> {
  for await (const _ of reopened.batches());
  return null
}

async function compareRows(
  reopened: ReopenedTransmission,
  stored: ReadonlyMap<number, string>,
  quarantined: ReadonlySet<number>,
  applied: boolean,
): Promise<Compared | null> {
  let [equal, different, unchanged] = [0, 0, 0]
  const seen = new Set<number>()
  for await (const { records, lines } of reopened.batches())
    for (const [index, record] of records.entries()) {
      const line = lines[index] as number
      const held = stored.get(line)
      if (held === undefined) unchanged += quarantined.has(line) ? 0 : 1
      else {
        seen.add(line)
        if (held === recordDigest(reopened.layout, record)) equal += 1
        else different += 1
      }
    }
  // A file that waits or was refused left nothing to compare with.
  if (!applied && stored.size === 0) return null
  const strange = [...stored.keys()].filter((line) => !seen.has(line)).length
  return { equal, different, unchanged, quarantined: quarantined.size, strange }
}

function judged(
  what: string,
  { direction }: ReopenedTransmission,
  compared: Compared | null,
): Pick<Replayed, 'outcome' | 'sentence'> {
  const file =
    direction === 'sent' ? '送った中身がバイトまで同じです。' : '届いた中身がバイトまで同じです。'
  if (compared === null) return { outcome: 'same', sentence: `${what}: 同じ。${file}` }
  const { equal, different, unchanged, quarantined, strange } = compared
  const rows = [
    `台帳の行と同じ${equal}件`,
    ...(unchanged > 0 ? [`前と同じなので足さなかった${unchanged}件`] : []),
    ...(quarantined > 0 ? [`隔離した${quarantined}件`] : []),
    ...(different > 0 ? [`台帳の行と違う${different}件`] : []),
    ...(strange > 0 ? [`ファイルにない台帳の行${strange}件`] : []),
  ].join('、')
  return different + strange === 0
    ? { outcome: 'same', sentence: `${what}: 同じ。${file}${rows}。` }
    : { outcome: 'different', sentence: `${what}: 違う。${file}${rows}。` }
}
