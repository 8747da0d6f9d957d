import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { Decision } from './store/decisions.ts'

/** 台帳の行の種類 — what a decision did to the amount that is owed. */
export type LedgerKind = 'initial' | 'increase' | 'decrease' | 'unchanged' | 'changed' | 'cancelled'

/** 台帳の行の種類の名 — as the ledger calls them. */
export const ledgerKindNames: Readonly<Record<LedgerKind, string>> = {
  initial: '当初決定',
  increase: '増額更正',
  decrease: '減額更正',
  unchanged: '更正(額は同じ)',
  changed: '更正',
  cancelled: '取消(全額)',
}

/** 台帳の行 — one decision, and what it moved; whole yen. */
export type LedgerRow = {
  readonly decision: Decision
  readonly kind: LedgerKind
  /** In words: what differs from the decision before; several at once. */
  readonly causes: readonly string[]
  /** Null where the decision before is another municipality's and is not shown here. */
  readonly difference: {
    readonly medical: number
    readonly childSupport: number
    readonly annual: number
  } | null
  /** 調定額 after this decision. */
  readonly assessed: number
}

/** 台帳の年度 — every decision of one fiscal year, the oldest first, and what is owed now. */
export type LedgerYear = {
  readonly fiscalYear: number
  readonly rows: readonly LedgerRow[]
  readonly assessed: number
  /** Decisions before the first row that this seat does not see. */
  readonly hiddenBefore: number
}

/**
 * 保険料台帳 — the decisions of one person as a ledger of 調定, the newest fiscal year first. A year whose first decisions
 * are another municipality's begins with what is seen, and says how many are not.
 */
export function premiumLedger(decisions: readonly Decision[]): readonly LedgerYear[] {
  const years = new Map<number, Decision[]>()
  for (const decision of decisions)
    years.set(decision.fiscalYear, [...(years.get(decision.fiscalYear) ?? []), decision])
  return [...years]
    .sort(([a], [b]) => b - a)
    .map(([fiscalYear, ofYear]) => {
      const rows = rowsOf([...ofYear].sort((a, b) => a.revision - b.revision))
      return {
        fiscalYear,
        rows,
        assessed: rows.at(-1)?.assessed ?? 0,
        hiddenBefore: (rows[0]?.decision.revision ?? 1) - 1,
      }
    })
}

function rowsOf(decisions: readonly Decision[]): LedgerRow[] {
  return decisions.map((decision, index) => {
    const before = decisions[index - 1]
    // A gap in the numbers is a decision that is not seen: nothing may be said of what changed over it.
    const known = before?.revision === decision.revision - 1 ? before : undefined
    if (decision.revision === 1)
      return {
        decision,
        kind: 'initial',
        causes: firstCauses(decision),
        difference: changeOf(null, decision),
        assessed: decision.annual,
      }
    if (known === undefined)
      return {
        decision,
        kind: decision.months === 0 ? 'cancelled' : 'changed',
        causes: [
          '前の決定は、別の市区町村で決まったものです。ちがいは、広域連合の賦課担当に確かめてください',
        ],
        difference: null,
        assessed: decision.annual,
      }
    return {
      decision,
      kind: kindOf(known, decision),
      causes: causesOf(known, decision),
      difference: changeOf(known, decision),
      assessed: decision.annual,
    }
  })
}

const childOf = ({ childSupport }: Decision): number => childSupport?.annual ?? 0

const changeOf = (before: Decision | null, now: Decision) => ({
  medical: now.medical.annual - (before?.medical.annual ?? 0),
  childSupport: childOf(now) - (before === null ? 0 : childOf(before)),
  annual: now.annual - (before?.annual ?? 0),
})

function kindOf(before: Decision, now: Decision): LedgerKind {
  if (now.months === 0 && before.months > 0) return 'cancelled'
  if (now.annual > before.annual) return 'increase'
  return now.annual < before.annual ? 'decrease' : 'unchanged'
}

const yen = (amount: number): string => `${amount.toLocaleString('ja-JP')}円`
const tenths = (value: number): string => (value === 0 ? 'なし' : `${value}割`)

function firstCauses(decision: Decision): readonly string[] {
  if (decision.months === 0) return ['年度の中に資格のある月がない']
  const first =
    decision.months === 12 ? '年度の当初の賦課' : `資格のある${decision.months}か月分の賦課`
  return [
    first,
    ...(decision.incomeKnown ? [] : ['所得が届いていない人がいるので、軽減していない']),
  ]
}

/** What a clerk reads to the citizen: each fact that moved, from what to what. */
function causesOf(before: Decision, now: Decision): readonly string[] {
  const causes: string[] = []
  const moved = (name: string, from: string, to: string): void => {
    if (from !== to) causes.push(`${name}が${from}から${to}になった`)
  }
  if (now.municipalityCode !== before.municipalityCode) causes.push('徴収する市区町村が変わった')
  moved('資格月数', `${before.months}か月`, `${now.months}か月`)
  if (now.months === 0) return causes
  if (now.incomeKnown && !before.incomeKnown) causes.push('届いていなかった所得が届いた')
  if (!now.incomeKnown && before.incomeKnown) causes.push('届いていない所得がある')
  moved('賦課のもととなる所得', yen(before.base), yen(now.base))
  moved('軽減', tenths(before.reductionTenths), tenths(now.reductionTenths))
  moved('軽減判定所得', yen(before.judgedIncome), yen(now.judgedIncome))
  moved('判定した被保険者', `${before.judgedInsured}人`, `${now.judgedInsured}人`)
  if (now.formerDependent !== before.formerDependent)
    causes.push(now.formerDependent ? '元被扶養者の軽減が始まった' : '元被扶養者の軽減がなくなった')
  moved('限度超過額', yen(overCapOf(before)), yen(overCapOf(now)))
  if (causes.length === 0 && now.lawEdition !== before.lawEdition)
    causes.push('法令表の版が変わった')
  return causes.length > 0 ? causes : ['額にあらわれない事実が変わった']
}

/** 限度超過額 — of both levies. */
export const overCapOf = ({ medical, childSupport }: Decision): number =>
  medical.overCap + (childSupport?.overCap ?? 0)

/** 台帳の紙 — what the copy of one fiscal year says, in the order of the screen. */
export type LedgerTable = {
  readonly title: string
  readonly columns: readonly {
    readonly name: string
    readonly figure?: true
    readonly share: number
  }[]
  readonly rows: readonly (readonly string[])[]
  /** In place of rows, where there are none. */
  readonly empty?: string
}

const signed = (amount: number): string =>
  amount < 0 ? `▲${Math.abs(amount).toLocaleString('ja-JP')}` : amount.toLocaleString('ja-JP')

/** 収納の欄 — the next chapter's; nothing is drawn that nobody has told. */
export const collectionNotArrived =
  '収納の情報(収入・還付未済・不納欠損・収入未済)は、まだ届いていません。0円という意味ではありません。納めた額は、市区町村の収納の担当に確かめてください。'

/** 保険料台帳(写し) — the tables of one fiscal year for paper; ▲ is a minus there. */
export function ledgerTables(year: LedgerYear): readonly LedgerTable[] {
  const now = year.rows.at(-1)?.decision
  return [
    {
      title: '調定',
      columns: [
        { name: '決定の日', share: 2.3 },
        { name: '事由', share: 1.2 },
        { name: '変わったこと', share: 2.4 },
        { name: '月数', figure: true, share: 0.7 },
        { name: '医療分(円)', figure: true, share: 1.2 },
        { name: '子ども分(円)', figure: true, share: 1.4 },
        { name: '増減(円)', figure: true, share: 1.4 },
        { name: '調定額(円)', figure: true, share: 1.3 },
      ],
      rows: year.rows.map(({ decision, kind, causes, difference, assessed }) => [
        formatWareki(decision.decidedOn as PlainDate),
        ledgerKindNames[kind],
        causes.join('、'),
        String(decision.months),
        signed(decision.medical.annual),
        decision.childSupport === null ? '' : signed(decision.childSupport.annual),
        difference === null ? '不明' : signed(difference.annual),
        signed(assessed),
      ]),
    },
    ...(now === undefined || now.months === 0 ? [] : [basisTable(now)]),
    {
      title: '収納',
      columns: [
        { name: '収入', figure: true, share: 1 },
        { name: '還付未済', figure: true, share: 1 },
        { name: '不納欠損', figure: true, share: 1 },
        { name: '収入未済', figure: true, share: 1 },
      ],
      rows: [],
      empty: collectionNotArrived,
    },
  ]
}

function basisTable(now: Decision): LedgerTable {
  return {
    title: '計算のもと(いまの決定)',
    columns: [
      { name: '事項', share: 2 },
      { name: '医療分', figure: true, share: 1.5 },
      { name: '子ども分', figure: true, share: 1.5 },
    ],
    rows: ledgerLevies(now).map(({ name, medical, childSupport }) => [
      name,
      medical,
      childSupport ?? '',
    ]),
  }
}

/** 計算のもと — how each levy of a decision came about, step by step; of a year without 子ども分 there is none. */
export function ledgerLevies(now: Decision): readonly {
  readonly name: string
  readonly medical: string
  readonly childSupport: string | null
}[] {
  const step = (name: string, of: (levy: Decision['medical']) => string) => ({
    name,
    medical: of(now.medical),
    childSupport: now.childSupport === null ? null : of(now.childSupport),
  })
  return [
    step('均等割額(軽減前)', ({ perCapitaFull }) => yen(perCapitaFull)),
    step(`均等割額(軽減 ${tenths(now.reductionTenths)})`, ({ perCapita }) => yen(perCapita)),
    step('所得割率', ({ rate }) => `${Number(rate)}％`),
    step('所得割額', ({ incomeBased }) => yen(incomeBased)),
    step('賦課限度額', ({ cap }) => yen(cap)),
    step('限度超過額', ({ overCap }) => yen(overCap)),
    step(`年額(${now.months}か月／12か月)`, ({ annual }) => yen(annual)),
  ]
}

/** 計算のもと — facts of the person and the household, each with its value; other members only as one sum. */
export function ledgerBasis(
  now: Decision,
): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: '賦課のもととなる所得', value: yen(now.base) },
    { name: '軽減判定所得(世帯の合計)', value: yen(now.judgedIncome) },
    { name: '軽減の線', value: yen(now.threshold) },
    { name: '判定した被保険者', value: `${now.judgedInsured}人` },
    { name: '給与所得者等', value: `${now.judgedEarners}人` },
    { name: '元被扶養者', value: now.formerDependent ? '該当する' : '該当しない' },
    {
      name: '所得',
      value: now.incomeKnown ? '全員の分が届いている' : '届いていない人がいる(軽減していない)',
    },
  ]
}
