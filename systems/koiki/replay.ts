import {
  comparableCertificates,
  comparableInsuranceCards,
  comparableProvisions,
} from '@koiki/certificates'
import { comparableInsured, comparableResidents } from '@koiki/eligibility'
import {
  type Comparable,
  type ExchangePlace,
  findTransmission,
  listTransmissionsOfDay,
  type ReopenedTransmission,
  type RowComparison,
  reopenTransmission,
  TransmissionRefused,
} from '@koiki/exchange'
import type { PlainDate } from '@koiki/kernel'
import { municipalComparables } from '@koiki/municipality'
import { comparableIncomes, comparablePremiums } from '@koiki/premium'
import type { Database, Scope, Transaction } from '@koiki/store'

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
        const compared = await comparison(tx, place, one, reopened)
        const numbers = await numbersOf(tx, compared)
        return { ...told, ...judged(what, reopened, compared, numbers) }
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

/** 通し番号 of the transmissions that later took a row's place. */
async function numbersOf(
  tx: Transaction,
  compared: RowComparison | string,
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>()
  if (typeof compared === 'string') return numbers
  for (const transmissionId of compared.superseded.keys()) {
    const later = await findTransmission(tx, transmissionId)
    if (later !== null) numbers.set(transmissionId, later.sequenceNumber)
  }
  return numbers
}

/** 突き合わせるもの — both parties' stores, by the layouts that they send and receive. */
const comparables: readonly Comparable[] = [
  ...comparableResidents,
  comparableIncomes,
  comparableInsuranceCards,
  comparableInsured,
  comparablePremiums,
  comparableCertificates,
  comparableProvisions,
]

const comparableOf = (self: string, { layout, direction }: Journalled): Comparable | undefined =>
  (self.startsWith('union:') ? comparables : municipalComparables).find(
    (one) => one.layout === layout && one.direction === direction,
  )

/** What no store has taken in, or a store that keeps no rows of the layout, can only be read through. */
async function comparison(
  tx: Transaction,
  place: ExchangePlace,
  one: Journalled,
  reopened: ReopenedTransmission,
): Promise<RowComparison | string> {
  const of = comparableOf(place.self, one)
  const nothingKept =
    one.direction === 'received' && one.state !== 'applied'
      ? 'まだ取り込んでいないので、台帳の行とは比べません。'
      : one.direction === 'sent' && one.state === 'refused'
        ? '相手が断った送信なので、台帳の控えは、直して送ったものに替わっています。'
        : of === undefined
          ? 'この情報は、行の控えを持たないので、台帳の行とは比べません。'
          : null
  if (nothingKept !== null || of === undefined) {
    for await (const _ of reopened.batches());
    return nothingKept as string
  }
  return await of.compare(tx, reopened)
}

function judged(
  what: string,
  { direction }: ReopenedTransmission,
  compared: RowComparison | string,
  numbers: ReadonlyMap<string, number>,
): Pick<Replayed, 'outcome' | 'sentence'> {
  const file =
    direction === 'sent' ? '送った中身がバイトまで同じです。' : '届いた中身がバイトまで同じです。'
  if (typeof compared === 'string')
    return { outcome: 'same', sentence: `${what}: 同じ。${file}${compared}` }
  const { equal, different, columns, unchanged, notTaken, quarantined, movedOn, strange } = compared
  const later = [...compared.superseded].map(([transmissionId, count]) => {
    const number = numbers.get(transmissionId)
    return `後の送信${number === undefined ? '' : `（通し番号${number}）`}に替わったので比べない${count}件`
  })
  const some = (count: number, words: string) => (count > 0 ? [`${words}${count}件`] : [])
  const rows = [
    ...(equal > 0 || different + strange === 0 ? [`台帳の行と同じ${equal}件`] : []),
    ...some(unchanged, '前と同じなので足さなかった'),
    ...some(notTaken, '所見のとおり取り込まなかった'),
    ...some(quarantined, '隔離した'),
    ...later,
    ...some(movedOn, 'その後に台帳が変わり、まだ知らせていないので比べない'),
    ...some(different, `台帳の行と違う（${columns.join('、')}）`),
    ...some(strange, 'ファイルにない台帳の行'),
  ].join('、')
  return different + strange === 0
    ? { outcome: 'same', sentence: `${what}: 同じ。${file}${rows}。` }
    : { outcome: 'different', sentence: `${what}: 違う。${file}${rows}。` }
}
