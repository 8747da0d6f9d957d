import { type FiscalYear, formatWareki, type PlainDate, plainDate } from '@koiki/kernel'
import type { 保険料情報 } from '@koiki/layouts'
import type { ExplanationPart, LevyFigures, PremiumNoticeSheet } from './print.ts'

/** 宛先 — whose sheet it is and where it goes; names as they are held. */
export interface Recipient {
  readonly name: string
  readonly birthDate: PlainDate
  readonly postalCode: string
  readonly address: readonly string[]
}

/** 発行者 — the office that issues the sheet. */
export interface Office {
  readonly issuer: string
  readonly contact: string
}

const yen = (amount: number): string => `${amount.toLocaleString('ja-JP')}円`
/** 「11.060」 as the layout carries it becomes 「11.06％」. */
const percentText = (text: string): string => `${text.replace(/0+$/, '').replace(/\.$/, '')}％`

function tenthsTaken(full: number, reduced: number): string {
  if (full === reduced) return 'なし'
  const taken = Math.round(((full - reduced) / full) * 100) / 10
  return `${taken}割`
}

function levies(row: 保険料情報): LevyFigures[] {
  const medical: LevyFigures = {
    name: '医療分',
    perCapitaBefore: row.医療分均等割額軽減前,
    reduction: tenthsTaken(row.医療分均等割額軽減前, row.医療分均等割額軽減後),
    perCapita: row.医療分均等割額軽減後,
    rate: percentText(row.医療分所得割率),
    incomeBased: row.医療分所得割額,
    cap: row.医療分限度額,
    overCap: row.医療分限度超過額,
    annual: row.医療分年額,
  }
  if (row.子ども分年額 === null) return [medical]
  const full = row.子ども分均等割額軽減前 ?? 0
  const reduced = row.子ども分均等割額軽減後 ?? 0
  const child: LevyFigures = {
    name: '子ども分',
    perCapitaBefore: full,
    reduction: tenthsTaken(full, reduced),
    perCapita: reduced,
    rate: percentText(row.子ども分所得割率 ?? '0'),
    incomeBased: row.子ども分所得割額 ?? 0,
    cap: row.子ども分限度額 ?? 0,
    overCap: row.子ども分限度超過額 ?? 0,
    annual: row.子ども分年額,
  }
  return [medical, child]
}

function levyPart(number: number, levy: LevyFigures, row: 保険料情報): ExplanationPart {
  const people =
    levy.reduction === 'なし'
      ? `みなさんが同じように負担する分が ${yen(levy.perCapita)}。`
      : `みなさんが同じように負担する分は ${yen(levy.perCapitaBefore)}。あなたの世帯は ${levy.reduction} 引いて ${yen(levy.perCapita)}。`
  const income =
    levy.incomeBased === 0
      ? 'もうけや年金の額で変わる分は 0円。'
      : `もうけや年金の額で変わる分は、${yen(row.賦課のもととなる所得)} の ${levy.rate} で ${yen(levy.incomeBased)}。`
  const lines = [people, income]
  if (levy.overCap > 0)
    lines.push(`1年の上限 ${yen(levy.cap)} を超えた ${yen(levy.overCap)} は、かかりません。`)
  if (row.資格月数 < 12) lines.push(`今年度は ${row.資格月数}か月分です（12か月のうち）。`)
  lines.push('足した額のはしたは切り捨てます。')
  const title = `${number}　${levy.name}${levy.name === '子ども分' ? '（子ども・子育て支援。令和8年度から）' : ''}`
  return { title, lines, sum: yen(levy.annual) }
}

function reductionPart(row: 保険料情報): ExplanationPart {
  const counted = `世帯主と、世帯の被保険者 ${row.軽減判定被保険者数}人の所得を足すと ${yen(row.軽減判定所得)} でした。`
  if (row.元被扶養者区分 === '1' && row.軽減区分 === '5') {
    return {
      title: '1　割引き（軽減）',
      lines: ['職場の健康保険の扶養から移った方なので、2年間は5割引きです。'],
    }
  }
  const lines =
    row.軽減区分 === '0'
      ? [
          counted,
          `割引きのある線（${yen(row.軽減判定基準額)}）より多いか、申告がまだの方がいるため、割引きはありません。`,
        ]
      : [
          counted,
          `${row.軽減区分}割引きの線 ${yen(row.軽減判定基準額)} 以下なので、割引きになります。`,
        ]
  return { title: '1　割引き（軽減）', lines }
}

/**
 * 保険料額決定通知書 — one person's sheet from one row of 保険料情報: the decision on the first page, the same
 * figures in plain Japanese on the second. Other members' incomes appear only as the household's sum.
 */
export function premiumNoticeSheet(
  row: 保険料情報,
  recipient: Recipient,
  office: Office,
  sheet: { readonly number: string; readonly issuedOn: PlainDate },
): PremiumNoticeSheet {
  const parts = levies(row)
  const year = row.賦課年度 as FiscalYear
  const explanation: ExplanationPart[] = [
    reductionPart(row),
    ...parts.map((levy, index) => levyPart(index + 2, levy, row)),
    {
      title: `${parts.length + 2}　1年の保険料`,
      lines:
        parts.length > 1
          ? [`${parts.map((levy) => yen(levy.annual)).join(' と ')} を足します。`]
          : [],
      sum: yen(row.保険料額),
    },
  ]
  const fiscalYear = formatWareki(plainDate(`${year}-04-01`), 'long').replace(/年.*$/, '年度')
  return {
    sheetNumber: sheet.number,
    code: `${row.市区町村コード}-${String(year).slice(2)}-${sheet.number}`,
    documentNumber: `決定番号 ${row.決定番号}`,
    postalCode: recipient.postalCode,
    address: recipient.address,
    name: recipient.name,
    birthDate: formatWareki(recipient.birthDate, 'long'),
    insuredNumber: row.被保険者番号,
    issuedOn: formatWareki(sheet.issuedOn, 'long'),
    issuer: office.issuer,
    contact: office.contact,
    fiscalYear,
    period: `${fiscalYear}のうち ${row.資格月数}か月`,
    months: row.資格月数,
    base: row.賦課のもととなる所得,
    annual: row.保険料額,
    levies: parts,
    explanation,
    basis: `根拠　高齢者の医療の確保に関する法律第104条、同法施行令第18条、広域連合の条例。決定 ${formatWareki(row.決定年月日, 'long')}。法令表の版 ${row.法令表の版}。`,
    appeal:
      'この決定に不服があるときは、この通知を受け取った日の翌日から起算して3か月以内に、後期高齢者医療審査会に審査請求ができます。',
  }
}
