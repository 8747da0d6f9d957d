import {
  type CopayTenths,
  findPendings,
  judgeSharesAround,
  missingSentence,
  type SharePeriod,
} from '@koiki/copay'
import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'

/**
 * 届書による割合の再判定 — of everybody in the households of whom the filing speaks, in the transaction that
 * decided it or took it back: the counter sees the new share at once. Nothing where no share was ever
 * judged.
 */
export async function judgeSharesOfFiling(tx: Transaction, filingId: string): Promise<void> {
  const told = await tx.query<{ resident_key: number; receipt_number: string }>(
    'select resident_key, receipt_number from eligibility.filing_person where filing_id = $1::uuid',
    [filingId],
  )
  const [first] = told
  if (first === undefined) return
  await judgeSharesAround(
    tx,
    told.map(({ resident_key }) => resident_key),
    { receiptNumber: first.receipt_number },
  )
}

const shareWord = '一部負担金の割合'

/**
 * 割合の見込み — of a filing that is carried out only to be looked at: from which day whose share would be another, and
 * from which day it could not be told, and why. An office reads of its own people only.
 */
export async function forecastShares(
  tx: Transaction,
  residentKey: number,
  office: string,
): Promise<readonly string[]> {
  const judged = await judgeSharesAround(tx, [residentKey], { receiptNumber: '届書の下見' })
  const people = await peopleOf(
    tx,
    residentKey,
    (judged ?? []).map(({ subjectKey }) => subjectKey),
  )
  if (judged === null)
    return people.some(({ own }) => own)
      ? [
          `${shareWord} 見込みを出せません。この広域連合の年次の判定がまだです。所得・課税情報がそろえば判定します。`,
        ]
      : []
  const lines: string[] = []
  for (const { subjectKey, before, after } of judged) {
    const person = people.find((one) => one.subjectKey === subjectKey)
    if (person === undefined || (office !== '*' && person.municipality !== office)) continue
    const whose = person.own ? '' : `(${person.name})`
    for (const { from, stood, stands } of changesOf(before, after))
      lines.push(
        `${shareWord}${whose} ${formatWareki(from)}から ${words(stood)} → ${words(stands)}`,
      )
    if (person.own) lines.push(...(await unknownOf(tx, subjectKey, residentKey, after)))
  }
  return lines
}

/** 動くものの中の割合 — the forecast takes the place of the line that only says that something moves. */
export function withShares(moves: readonly string[], shares: readonly string[] | null): string[] {
  if (shares === null) return [...moves]
  const at = moves.findIndex((line) => line.startsWith(shareWord))
  const others = moves.filter((line) => !line.startsWith(shareWord))
  if (at < 0) return [...others, ...shares]
  const told = shares.length > 0 ? shares : [`${shareWord} 変わりません`]
  return [...others.slice(0, at), ...told, ...others.slice(at)]
}

type Around = {
  readonly subjectKey: number
  readonly name: string
  readonly municipality: string
  readonly own: boolean
}

async function peopleOf(
  tx: Transaction,
  residentKey: number,
  subjectKeys: readonly number[],
): Promise<readonly Around[]> {
  return tx.query<Around>(
    `select p.subject_key as "subjectKey", p.name, p.municipality_code as municipality,
            coalesce(p.subject_key = n.subject_key, false) as own
       from eligibility.person p
       left join eligibility.addressee_number n on n.resident_key = $1::bigint
      where p.subject_key = any ($2::bigint[]) or p.subject_key = n.subject_key`,
    [residentKey, subjectKeys],
  )
}

type Change = {
  readonly from: PlainDate
  readonly stood: CopayTenths | null
  readonly stands: CopayTenths | null
}

/** 割合の変わる日 — each day from which what stood and what stands differ in another way than the day before. */
export function changesOf(
  before: readonly SharePeriod[],
  after: readonly SharePeriod[],
): readonly Change[] {
  const edges = [...before, ...after].flatMap(({ from, until }) => [from, until])
  const changes: Change[] = []
  let last = ''
  for (const from of [...new Set(edges)].sort()) {
    const stood = shareOn(before, from)
    const stands = shareOn(after, from)
    const pair = stood === stands ? '' : `${stood} ${stands}`
    if (pair !== '' && pair !== last) changes.push({ from, stood, stands })
    last = pair
  }
  return changes
}

const shareOn = (periods: readonly SharePeriod[], day: PlainDate): CopayTenths | null =>
  periods.find(({ from, until }) => from <= day && day < until)?.tenths ?? null

const words = (tenths: CopayTenths | null): string => (tenths === null ? 'なし' : `${tenths}割`)

/** 決まらない日 — where nothing stands, and what has to come. */
async function unknownOf(
  tx: Transaction,
  subjectKey: number,
  residentKey: number,
  after: readonly SharePeriod[],
): Promise<readonly string[]> {
  const pendings = await findPendings(tx, subjectKey)
  return pendings
    .filter(({ effectiveOn }) => shareOn(after, effectiveOn) === null)
    .map(({ effectiveOn, reasons }) => {
      const why = reasons.map((one) =>
        one.id === null || one.id === String(residentKey)
          ? missingSentence(one)
          : `同じ世帯の人の${missingSentence(one)}`,
      )
      return `${shareWord} ${formatWareki(effectiveOn)}からは判定できません。${[...new Set(why)].join('')}`
    })
}
