import { misuse, type Transaction } from '@koiki/store'
import { getTransmission, insertEvent, unionOf } from './journal.ts'
import type { LayoutPolicy } from './policy.ts'
import { lockSequence } from './sequence.ts'

/** もっともらしさの数 — counted by the chapter before anything of a file is applied; counts only. */
export type Figures = {
  readonly rows: number
  /** Rows of the file before, of the same layout and partner; null for the first. */
  readonly rowsBefore: number | null
  /** Records of this municipality known before; 0 for the first file. */
  readonly known: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly withoutNumber: number
  readonly overAge: number
  /** Insured persons held, and those of them whom a file that holds everyone lacks. */
  readonly insured: number
  readonly insuredMissing: number
  /** 所得: this file's year and the year before, of the persons in both. */
  readonly income?: {
    readonly persons: number
    readonly total: number
    readonly totalBefore: number
    readonly undeclared: number
    readonly undeclaredBefore: number
  }
  /** 前の年と1日あたり: who lives there by this file and lived there a year ago, and how many leave the register. */
  readonly lastYear?: {
    readonly living: number
    readonly livedBefore: number
    /** Days since the file before. */
    readonly days: number
    readonly left: number
    readonly leftInYear: number
  }
  /** 所得と、ほかの情報: the rows of people whom no resident file named, and the insured who have no income of the year. */
  readonly sources?: {
    readonly rows: number
    readonly unknown: number
    readonly personsBefore: number
    readonly personsNow: number
    readonly insured: number
    readonly insuredWithoutIncome: number
  }
  /** マイナ保険証: those who had one before, and those of them who have none by this file. */
  readonly cards?: { readonly held: number; readonly lost: number }
}

/** 疑い — which figure is outside which bound; a sentence for the clerk. */
export type Doubt = { readonly item: string; readonly sentence: string }

/** 確認待ち — thrown by a chapter's judgement: roll back, then `recordHeld` with these figures. */
export class HeldForChecking extends Error {
  override readonly name = 'HeldForChecking'
  readonly figures: Figures
  readonly doubts: readonly Doubt[]

  constructor(figures: Figures, doubts: readonly Doubt[]) {
    super('ふだんと違うところがあるので、確認を待っています。')
    this.figures = figures
    this.doubts = doubts
  }
}

const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)}％`

/** A file that holds most of those known is meant to hold everyone. */
const wholeFrom = 0.8

/** A file of incomes with such a share of all is the yearly one. */
const bulkFrom = 0.5

/**
 * もっともらしさの判定 — every figure that is outside its bound, against the file before and across sources. A file
 * of few rows says nothing by its shares; a first file has nothing before it.
 */
export function judgeFigures(figures: Figures, bounds: LayoutPolicy['plausibility']): Doubt[] {
  const { rows, known } = figures
  const doubts: Doubt[] = []
  if (rows < bounds.judgedFrom) return doubts
  const share = (item: string, part: number, whole: number, bound: number, what: string): void => {
    if (whole > 0 && part / whole > bound)
      doubts.push({
        item,
        sentence: `${what}が${part}件（${percent(part, whole)}）あります。境は${percent(bound, 1)}です。`,
      })
  }
  share('個人番号のない人', figures.withoutNumber, rows, bounds.withoutNumber, '個人番号のない行')
  share('年齢', figures.overAge, rows, bounds.overAge, '110歳以上の人')
  if (known >= bounds.judgedFrom) {
    share('新しい人', figures.added, known, bounds.added, '前にいなかった人')
    share('変わった人', figures.changed, known, bounds.changed, '内容が変わった人')
    share('消除された人', figures.removed, known, bounds.removed, '新しく消除された人')
    if (rows >= known * wholeFrom) {
      share('件数', Math.abs(rows - known), known, bounds.countChange, '知っている人数との差')
      const missing = figures.insuredMissing
      share('被保険者', missing, figures.insured, bounds.insuredMissing, 'ファイルにいない被保険者')
    }
  }
  const { cards } = figures
  if (cards !== undefined && cards.held >= bounds.judgedFrom)
    share('マイナ保険証', cards.lost, cards.held, bounds.cardsLost, 'マイナ保険証がなくなった人')
  const { income } = figures
  if (income !== undefined && income.persons >= bounds.judgedFrom) {
    const { persons, total, totalBefore, undeclared, undeclaredBefore } = income
    const moved = Math.abs(total - totalBefore)
    if (totalBefore > 0 && moved / totalBefore > bounds.incomeChange)
      doubts.push({
        item: '所得の合計',
        sentence: `両方の年にいる${persons}人の収入と所得の合計が、前の年の${percent(total, totalBefore)}になっています。境は前の年から${percent(bounds.incomeChange, 1)}の増減です。単位や項目の取り違えがないか確かめてください。`,
      })
    const more = undeclared - undeclaredBefore
    share(
      '未申告の人',
      Math.max(0, more),
      persons,
      bounds.undeclared,
      '前の年より増えた未申告・調査中',
    )
  }
  doubts.push(...againstLastYear(figures, bounds), ...acrossSources(figures, bounds))
  return doubts
}

/** A pace is judged from so many: fewer leave by chance. */
const leavingFrom = 20

/** Against the year before: how many live there, and how many leave a day. */
function* againstLastYear(
  { lastYear, rows, known }: Figures,
  bounds: LayoutPolicy['plausibility'],
): Generator<Doubt> {
  if (lastYear === undefined) return
  const { living, livedBefore, days, left, leftInYear } = lastYear
  const moved = Math.abs(living - livedBefore)
  if (
    livedBefore >= bounds.judgedFrom &&
    rows >= known * wholeFrom &&
    moved / livedBefore > bounds.yearChange
  )
    yield {
      item: '前の年の人数',
      sentence: `このファイルで現存する人は${living}人で、1年前の${livedBefore}人との差が${moved}人（${percent(moved, livedBefore)}）あります。境は${percent(bounds.yearChange, 1)}です。市区町村の取り違えや、抜けがないか確かめてください。`,
    }
  const usual = (leftInYear / 365) * days
  if (left >= leavingFrom && leftInYear > 0 && left > usual * bounds.leavingTimes)
    yield {
      item: '死亡・転出の速さ',
      sentence: `前のファイルから${days}日で、死亡や転出などの消除が${left}件あります。この1年は${leftInYear}件で、同じ日数なら約${usual.toFixed(1)}件です。境は${bounds.leavingTimes}倍です。`,
    }
}

/** 所得 against the residents and the insured that other files told. */
function* acrossSources(
  { sources }: Figures,
  bounds: LayoutPolicy['plausibility'],
): Generator<Doubt> {
  if (sources === undefined) return
  const { rows, unknown, personsBefore, personsNow, insured, insuredWithoutIncome } = sources
  if (rows >= bounds.judgedFrom && unknown / rows > bounds.incomeUnknown)
    yield {
      item: '住民のいない所得',
      sentence: `住民の情報が届いていない人の所得が${rows}件のうち${unknown}件（${percent(unknown, rows)}）あります。境は${percent(bounds.incomeUnknown, 1)}です。先に住民基本台帳情報を送ってもらうか、市区町村の取り違えを確かめてください。`,
    }
  // A file of a few corrections says nothing of everybody.
  if (rows < Math.max(personsBefore, insured) * bulkFrom) return
  const moved = Math.abs(personsNow - personsBefore)
  if (personsBefore >= bounds.judgedFrom && moved / personsBefore > bounds.countChange)
    yield {
      item: '所得のある人数',
      sentence: `この年度の所得のある人は${personsNow}人で、前の年度の${personsBefore}人との差が${moved}人（${percent(moved, personsBefore)}）あります。境は${percent(bounds.countChange, 1)}です。`,
    }
  if (insured >= bounds.judgedFrom && insuredWithoutIncome / insured > bounds.insuredWithoutIncome)
    yield {
      item: '所得のない被保険者',
      sentence: `被保険者${insured}人のうち${insuredWithoutIncome}人（${percent(insuredWithoutIncome, insured)}）の所得が届いていません。境は${percent(bounds.insuredWithoutIncome, 1)}です。抜けた人がいないか、送り手に確かめてください。`,
    }
}

/** 確認待ちにする — a suspicious file waits with its figures; those after it wait for it. */
export async function recordHeld(
  tx: Transaction,
  transmissionId: string,
  figures: Figures,
  doubts: readonly Doubt[],
): Promise<void> {
  const transmission = await getTransmission(tx, transmissionId)
  await lockSequence(tx, transmission)
  if (transmission.state !== 'arrived')
    throw misuse('確認待ちにできるのは、届いてまだ済んでいない送信だけです。')
  await tx.run(
    `insert into exchange.plausibility
       (union_code, transmission_id, municipality_code, figures, doubts, recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::jsonb, $5::jsonb, $6::timestamptz)
     on conflict do nothing`,
    [
      unionOf(tx),
      transmissionId,
      transmission.municipality,
      JSON.stringify(figures),
      JSON.stringify(doubts),
      tx.now,
    ],
  )
  const sentence = `ふだんと違うところがあるので、1件も取り込まずに確認を待っています。${doubts.map((one) => one.sentence).join('')}`
  await insertEvent(tx, transmissionId, 'held', sentence)
}

/** もっともらしさの記録 — null where the transmission was never held. */
export async function findPlausibility(
  tx: Transaction,
  transmissionId: string,
): Promise<{ figures: Figures; doubts: readonly Doubt[] } | null> {
  return await tx.maybe(
    `select figures, doubts from exchange.plausibility
      where union_code = $1::smallint and transmission_id = $2::uuid`,
    [unionOf(tx), transmissionId],
  )
}

export type Admission = {
  readonly decision: 'letIn' | 'refused'
  readonly reason: string
  readonly account: string
}

/** 通したか断ったか — null while nobody has decided. */
export async function findAdmission(
  tx: Transaction,
  transmissionId: string,
): Promise<Admission | null> {
  return await tx.maybe<Admission>(
    `select decision, reason, account from exchange.admission
      where union_code = $1::smallint and transmission_id = $2::uuid`,
    [unionOf(tx), transmissionId],
  )
}

/**
 * 通す・断る — a clerk's decision on a held transmission, with its reason. Let in, it has arrived again and may be
 * opened; refusing it is for `recordRefused` afterwards. False where it is not held.
 */
export async function letIn(
  tx: Transaction,
  transmissionId: string,
  { decision, reason, account }: Admission,
): Promise<boolean> {
  const transmission = await getTransmission(tx, transmissionId)
  await lockSequence(tx, transmission)
  const { state } = await getTransmission(tx, transmissionId)
  if (state !== 'held') return false
  await tx.run(
    `insert into exchange.admission
       (union_code, transmission_id, municipality_code, decision, reason, account, recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::timestamptz)`,
    [unionOf(tx), transmissionId, transmission.municipality, decision, reason, account, tx.now],
  )
  if (decision === 'letIn')
    await insertEvent(tx, transmissionId, 'arrived', `確かめて、取り込むことにしました。${reason}`)
  return true
}
