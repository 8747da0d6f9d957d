import { recordAccess } from '@koiki/audit'
import { type Figures, TransmissionRefused } from '@koiki/exchange'
import { dayAfter, formatWareki } from '@koiki/kernel'
import {
  type Layout,
  type RecordBatch,
  rowBuilder,
  type マイナ保険証利用登録状況,
} from '@koiki/layouts'
import type { Instant, Transaction } from '@koiki/store'
import type { InsuranceCardState } from '../certificate.ts'
import {
  countListed,
  findInsuredKeys,
  findLastList,
  findLastListed,
  findMunicipalityOf,
  type InsuranceCardList,
  insertList,
  insertListed,
  type LastListed,
  type ListedCard,
} from '../store/insuranceCards.ts'

/** 受け入れた一覧 — its records as they come, already verified and checked. */
export type InsuranceCardFile = {
  readonly transmissionId: string
  /** The file whose quarantined rows this one brings mended. */
  readonly corrects: string | null
  readonly layout: Layout
  readonly batches: AsyncIterable<RecordBatch>
}

/** 所見 of a row or of the list, that the layout could not see. */
export type InsuranceCardFinding = {
  readonly code: 'E4301' | 'E4302' | 'E4303' | 'E4304' | 'E4305'
  readonly severity: 'error' | 'warning'
  readonly line: number
  readonly column: string | null
  readonly sentence: string
}

export type ImportedInsuranceCards = {
  readonly list: Omit<InsuranceCardList, 'transmissionId'> | null
  readonly added: number
  readonly unknownLines: readonly number[]
  readonly findings: readonly InsuranceCardFinding[]
  readonly figures: Figures
}

type Row = マイナ保険証利用登録状況
type Head = { readonly kind: 'full' | 'difference'; readonly asOf: Instant }

/**
 * マイナ保険証利用登録状況の取込み — applies a list in the transaction given: what differs from the last list of a person is
 * added as a fact, what repeats it changes nothing. Numbers that nobody has here are named and kept out. A list that
 * speaks of an earlier instant than the last one is refused: it would put old states over new ones.
 */
export async function importInsuranceCards(
  tx: Transaction,
  file: InsuranceCardFile,
  jobId: string,
): Promise<ImportedInsuranceCards> {
  const before = await countListed(tx)
  const last = await findLastList(tx)
  const build = rowBuilder(file.layout) as (record: readonly string[]) => Row
  let head: Head | null = null
  const seen = new Set<number>()
  const changedKeys: number[] = []
  const unknownLines: number[] = []
  const counts = { rows: 0, added: 0, changed: 0, unchanged: 0, lost: 0 }
  for await (const { records, lines } of file.batches) {
    const cards: ListedCard[] = []
    const lineOf = new Map<number, number>()
    for (const [index, record] of records.entries()) {
      const line = lines[index] ?? 0
      const row = build(record)
      head = sameHead(head, row, line)
      const card = cardOf(tx, row)
      lineOf.set(card.subjectKey, line)
      cards.push(card)
    }
    if (head === null) continue
    refuseOlder(head, last, file)
    const keys = cards.map(({ subjectKey }) => subjectKey)
    const places = await findMunicipalityOf(tx, keys)
    const listed = await findLastListed(tx, keys)
    const news: (ListedCard & { municipality: string })[] = []
    for (const card of cards) {
      const municipality = places.get(card.subjectKey)
      if (municipality === undefined) {
        unknownLines.push(lineOf.get(card.subjectKey) as number)
        continue
      }
      seen.add(card.subjectKey)
      const known = listed.get(card.subjectKey)
      if (known !== undefined && (known.asOf > head.asOf || isSame(known, card))) {
        counts.unchanged += 1
        continue
      }
      if (known === undefined) counts.added += 1
      else counts.changed += 1
      if (known?.state === 'registered' && card.state !== 'registered') counts.lost += 1
      news.push({ ...card, municipality })
      changedKeys.push(card.subjectKey)
    }
    counts.rows += records.length
    await insertListed(tx, news, {
      transmissionId: file.transmissionId,
      asOf: head.asOf,
      source: `中間サーバーの一覧 ${asOfText(head.asOf)}`,
    })
  }
  const insured = await findInsuredKeys(tx)
  const missing = head?.kind === 'full' ? insured.filter((key) => !seen.has(key)).length : 0
  const list =
    head === null
      ? null
      : {
          ...head,
          rows: counts.rows,
          changed: counts.added + counts.changed,
          unchanged: counts.unchanged,
          unknown: unknownLines.length,
          missing,
        }
  if (list !== null) await insertList(tx, { ...list, transmissionId: file.transmissionId })
  await recordAccess(tx, {
    channel: 'job',
    actor: { kind: 'job', id: jobId, name: 'マイナ保険証利用登録状況の取込み' },
    party: `union:${tx.scope?.union}`,
    purpose: '交付する文書を決めるためのマイナ保険証の状況の更新',
    act: 'insuranceCard.import',
    effect: 'write',
    persons: changedKeys,
  })
  return {
    list,
    added: counts.added,
    unknownLines,
    findings: [
      ...unknownLines.map(unknownFinding),
      ...(missing > 0 ? [missingFinding(missing)] : []),
    ],
    figures: {
      rows: counts.rows,
      rowsBefore: last?.rows ?? null,
      known: before.known,
      added: counts.added,
      changed: counts.changed,
      removed: 0,
      withoutNumber: 0,
      overAge: 0,
      insured: insured.length,
      insuredMissing: missing,
      cards: { held: before.held, lost: counts.lost },
    },
  }
}

function sameHead(head: Head | null, row: Row, line: number): Head {
  const time = row.基準時刻.match(/^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/)
  if (time === null)
    throw new TransmissionRefused([
      finding(
        'E4304',
        line,
        '基準時刻',
        '基準時刻が時分秒ではありません。1件も取り込みません。中間サーバーで作り直してもらってください。',
      ),
    ])
  const asOf = new Date(
    `${row.基準年月日}T${time[1]}:${time[2]}:${time[3]}+09:00`,
  ).toISOString() as Instant
  const own: Head = { kind: row.一覧区分 === '1' ? 'full' : 'difference', asOf }
  if (head !== null && (head.kind !== own.kind || head.asOf !== own.asOf))
    throw new TransmissionRefused([
      finding(
        'E4302',
        line,
        null,
        'この行の一覧区分か基準の時刻が、前の行と違います。1つのファイルは1つの時刻の一覧なので、1件も取り込みません。中間サーバーで作り直してもらってください。',
      ),
    ])
  return head ?? own
}

/** Mended rows of an earlier list are let in: each is weighed against what is known of its person. */
function refuseOlder(head: Head, last: InsuranceCardList | null, file: InsuranceCardFile): void {
  if (last === null || head.asOf >= last.asOf || file.corrects !== null) return
  throw new TransmissionRefused([
    finding(
      'E4303',
      0,
      null,
      `この一覧は${asOfText(head.asOf)}の状況で、もう取り込んだ${asOfText(last.asOf)}の一覧より古いものです。新しい状況を古い状況で消さないように、1件も取り込みません。いちばん新しい一覧を持ち込んでください。`,
    ),
  ])
}

function cardOf(tx: Transaction, row: Row): ListedCard {
  const until = row.電子証明書有効期限
  const revokedOn = row.電子証明書失効年月日
  const facts = {
    subjectKey: Number(tx.scope!.union) * 100_000_000 + Number(row.被保険者番号),
    registeredOn: row.利用登録年月日,
    deregisteredOn: row.利用登録解除年月日,
    electronicCertificateUntil: until,
    electronicCertificateRevokedOn: revokedOn,
  }
  const is = (state: InsuranceCardState, effectiveOn: ListedCard['effectiveOn']): ListedCard => ({
    ...facts,
    state,
    effectiveOn,
  })
  // The layout has seen to it that the days that a state needs are there.
  if (row.利用登録状況 === '0') return is('notRegistered', row.基準年月日)
  if (row.利用登録状況 === '2') return is('deregistered', facts.deregisteredOn!)
  if (revokedOn !== null) return is('expired', revokedOn)
  if (until !== null && until < row.基準年月日) return is('expired', dayAfter(until))
  return is('registered', facts.registeredOn!)
}

/** A day without registration says only that there was none by then: a later one is no change. */
const isSame = (known: LastListed, card: ListedCard): boolean =>
  known.state === card.state &&
  (card.state === 'notRegistered' || known.effectiveOn === card.effectiveOn) &&
  known.registeredOn === card.registeredOn &&
  known.deregisteredOn === card.deregisteredOn &&
  known.electronicCertificateUntil === card.electronicCertificateUntil &&
  known.electronicCertificateRevokedOn === card.electronicCertificateRevokedOn

/** 基準の時刻の言葉 — the day and the minute in Japan. */
export function asOfText(asOf: Instant): string {
  const japan = new Date(Date.parse(asOf) + 9 * 3_600_000).toISOString()
  const day = formatWareki(japan.slice(0, 10) as Parameters<typeof formatWareki>[0], 'long')
  return `${day}${japan.slice(11, 16)}時点`
}

const finding = (
  code: InsuranceCardFinding['code'],
  line: number,
  column: string | null,
  sentence: string,
  severity: InsuranceCardFinding['severity'] = 'error',
): InsuranceCardFinding => ({ code, severity, line, column, sentence })

const unknownFinding = (line: number): InsuranceCardFinding =>
  finding(
    'E4301',
    line,
    '被保険者番号',
    'この行の被保険者番号は、この広域連合が付けた番号ではありません。この行は隔離しました。番号の誤りなら直した行を、これから資格を得る人なら次の一覧を待ってください。',
    'warning',
  )

const missingFinding = (missing: number): InsuranceCardFinding =>
  finding(
    'E4305',
    0,
    '被保険者番号',
    `全件の一覧に、きょうの被保険者のうち${missing}人がいません。その人の状況は変えていません。資格を得たばかりの人のほかにいれば、中間サーバーに確かめてください。`,
    'warning',
  )
