import { birthday, formatWareki, MissingLaw, numericDay, plainDateOf } from '@koiki/kernel'
import { type IncomeParts, incomeParts, lawOf } from '@koiki/premium'
import type { Household, Member, Working } from '../copay.ts'
import { type CopayLaw, copayLawOn } from '../law/copayLaw.ts'
import { certifiedGround, certifiedGrounds } from '../law/grounds.ts'
import {
  lowIncomeEmploymentDeduction,
  minorAge,
  oldAgeWelfarePensionBornUntil,
} from '../law/householdLines.ts'
import { limitLawOn } from '../law/limitLaw.ts'
import { explainCopay } from '../rules/explainCopay.ts'
import { explainLimitCategory } from '../rules/explainLimitCategory.ts'
import { judgeCopayWith } from '../rules/judgeCopay.ts'
import { judgementYearOf } from '../rules/judgementYear.ts'
import { type LimitQuestion, limitCategoryWith } from '../rules/limitCategory.ts'
import { inSeventies } from '../rules/seventies.ts'
import type {
  BurdenCertificate,
  KnownFacts,
  Missing,
  Note,
  Outcome,
  StoredFacts,
  StoredMember,
  StoredPerson,
  StoredWorkings,
  TaxFact,
} from '../share.ts'
import { applicationOf, certificateOf, type Present, type Situation, taxOf } from './situationOn.ts'

type Known = {
  readonly present: Present
  readonly id: string
  readonly tax: TaxFact | null
  readonly parts: IncomeParts | null
}

/**
 * その日の判定 — of one insured person by the household as it stands: 一部負担金の割合, and 限度区分 where all that
 * it asks is known. What is missing for the share makes the answer `pending`; nothing is guessed.
 */
export function judgeOn(facts: KnownFacts, situation: Situation, union: string): Outcome {
  const day = numericDay(situation.on)
  try {
    const { incomeYear } = judgementYearOf(day)
    const fiscalYear = incomeYear + 1
    const premiumLaw = lawOf(union, fiscalYear as Parameters<typeof lawOf>[1])
    const household = situation.present.map((present): Known => {
      const tax = taxOf(facts, present.residentKey, fiscalYear)
      const parts =
        tax === null ? null : incomeParts(tax.income, numericDay(present.birthDate), premiumLaw)
      return { present, id: String(present.residentKey), tax, parts }
    })
    const missing = household.flatMap((one) => missingOf(one, fiscalYear))
    if (missing.length > 0) {
      const certificate = certificateOf(facts, situation)
      return certificate === null
        ? { kind: 'pending', missing }
        : certified(certificate, situation, incomeYear)
    }
    return judged(facts, situation, household, incomeYear)
  } catch (error) {
    if (!(error instanceof MissingLaw)) throw error
    return { kind: 'pending', missing: [lawMissing(error)] }
  }
}

/** 証明書による割合 — while somebody's incomes are missing; nothing of the household is asked. */
function certified(
  { tenths, limitCategory, receiptNumber, issuer, appliedFrom }: BurdenCertificate,
  { piece, on }: Situation,
  incomeYear: number,
): Outcome {
  const id = String(piece.residentKey)
  const lacks: Missing = {
    code: 'categoryNotCertified',
    id,
    fiscalYear: incomeYear + 1,
    table: null,
  }
  return {
    kind: 'judged',
    tenths,
    ground: certifiedGround[tenths],
    limitCategory,
    facts: {
      date: on,
      incomeYear,
      members: [],
      revenueConfirmed: true,
      appliedOn: null,
      household: [],
      oldAgeWelfarePension: false,
      limitMissing: limitCategory === null ? [lacks] : [],
      notes: [{ code: 'byCertificate', id, receiptNumber, issuer, appliedFrom }],
      certified: { tenths, limitCategory },
    },
  }
}

const lawMissing = (error: MissingLaw): Missing => ({
  code: 'lawMissing',
  id: null,
  fiscalYear: null,
  table: error.table,
})

/** Of everybody insured, what the share cannot be judged without. */
function missingOf({ present, id, tax }: Known, fiscalYear: number): readonly Missing[] {
  if (!present.insured) return []
  const lacks = (code: Missing['code']): readonly Missing[] => [
    { code, id, fiscalYear, table: null },
  ]
  if (tax === null) return lacks('incomeNotReceived')
  if (tax.declaration === 'inquiring') return lacks('incomeInquired')
  if (tax.declaration === 'declared' && taxableIncomeOf(tax) === null)
    return lacks('taxResultNotCarried')
  return []
}

/** 課税所得 — nobody whom no resident tax is put on has any, and where nothing is declared none was assessed. */
function taxableIncomeOf(tax: TaxFact): number | null {
  if (tax.declaration === 'undeclared' || tax.residentTax === 'untaxed') return 0
  if (tax.taxableIncome === null || tax.residentTax === null) return null
  return Math.max(0, tax.taxableIncome - (tax.headAdjustment ?? 0))
}

/** 収入 — as records show it; where they do not, what of it is known, and `known` false. */
function revenueOf(tax: TaxFact | null): { readonly amount: number; readonly known: boolean } {
  if (tax === null || tax.declaration !== 'declared') return { amount: 0, known: false }
  if (tax.revenue !== null) return { amount: tax.revenue, known: true }
  const { income } = tax
  const more =
    income.business +
    income.capitalGains +
    income.capitalGainsSpecialDeduction +
    Math.max(income.other, 0)
  const known = more === 0 && income.businessLoss === 0
  return { amount: income.publicPension + income.salary + more, known }
}

function judged(
  facts: KnownFacts,
  situation: Situation,
  household: readonly Known[],
  incomeYear: number,
): Outcome {
  const day = numericDay(situation.on)
  const law = copayLawOn(day)
  const counted = household.filter(
    ({ present }) => present.insured || inSeventies(countable(present), day, law),
  )
  const application = applicationOf(facts, situation, incomeYear)
  const inForce = application !== null && application.from <= situation.on ? application : null
  const stated = statedRevenues(counted, inForce)
  const members = counted.map((one): StoredMember => {
    const { insured } = one.present
    const counts = insured && one.tax !== null && one.parts !== null
    return {
      id: one.id,
      birthDate: one.present.birthDate,
      insured,
      taxableIncome: counts ? (taxableIncomeOf(one.tax!) ?? 0) : 0,
      base: counts ? one.parts!.base : 0,
      revenue: stated.get(one.id) ?? revenueOf(one.tax).amount,
      pensionRevenue: counts ? one.tax!.income.publicPension : 0,
      otherIncome: counts ? Math.max(0, one.parts!.whole - one.parts!.pension) : 0,
    }
  })
  const revenueConfirmed = isConfirmed(counted, law)
  const asked = questionOf({
    date: situation.on,
    members,
    revenueConfirmed,
    appliedOn: application?.filedOn ?? null,
  })
  const { tenths, ground, totals } = judgeCopayWith(law, asked)
  const notes = notesOf(situation, counted, {
    stated,
    receipt: inForce?.receiptNumber ?? null,
    // Below the line of 3割 nobody asks for the revenue.
    asksRevenue: totals.taxableIncome >= law.activeTaxableIncome,
  })
  const found = {
    date: situation.on,
    incomeYear,
    members,
    revenueConfirmed,
    appliedOn: application?.filedOn ?? null,
    household: household.map((one) => personOf(one, situation, incomeYear + 1)),
    oldAgeWelfarePension: false,
    notes,
  }
  const { limitCategory, limitMissing } = limitOf(found, situation, household, tenths)
  return {
    kind: 'judged',
    tenths,
    ground,
    limitCategory,
    facts: { ...found, limitMissing },
  }
}

/** As the rules of 70 to 74 look at a person. */
const countable = (present: Present): Member => ({
  id: '',
  birthDate: numericDay(present.birthDate),
  insured: present.insured,
  taxableIncome: 0,
  base: 0,
  revenue: 0,
  pensionRevenue: 0,
  otherIncome: 0,
})

/** 届け出られた収入 — the applicant's, and one sum each for the others insured and for those of 70 to 74. */
function statedRevenues(
  counted: readonly Known[],
  application: ReturnType<typeof applicationOf>,
): ReadonlyMap<string, number> {
  const stated = new Map<string, number>()
  if (application === null) return stated
  const applicant = String(application.residentKey)
  stated.set(applicant, application.own)
  const others = counted.filter(({ id, present }) => present.insured && id !== applicant)
  others.forEach(({ id }, index) => {
    stated.set(id, index === 0 ? application.others : 0)
  })
  if (application.seventies === null) return stated
  counted
    .filter(({ present }) => !present.insured)
    .forEach(({ id }, index) => {
      stated.set(id, index === 0 ? (application.seventies ?? 0) : 0)
    })
  return stated
}

/** 公簿等で収入を確認できるか — of everybody whose revenue the case asks for. */
function isConfirmed(counted: readonly Known[], law: CopayLaw): boolean {
  const revenues = (insured: boolean) =>
    counted.filter(({ present }) => present.insured === insured).map(({ tax }) => revenueOf(tax))
  const own = revenues(true)
  if (!own.every(({ known }) => known)) return false
  const sum = own.reduce((total, { amount }) => total + amount, 0)
  if (own.length > 1 || sum < law.revenueAlone) return true
  return revenues(false).every(({ known }) => known)
}

function notesOf(
  situation: Situation,
  counted: readonly Known[],
  told: {
    readonly stated: ReadonlyMap<string, number>
    readonly receipt: string | null
    readonly asksRevenue: boolean
  },
): readonly Note[] {
  const notes: Note[] = []
  const self = String(situation.piece.residentKey)
  if (!situation.recorded) notes.push({ code: 'aloneWithoutRecord', id: self })
  for (const { id, present, tax } of counted) {
    if (present.insured && tax?.declaration === 'undeclared')
      notes.push({ code: 'undeclaredAsZero', id })
    if (told.asksRevenue && !told.stated.has(id) && !revenueOf(tax).known)
      notes.push({ code: 'revenueUnknown', id })
  }
  if (told.receipt !== null)
    notes.push({ code: 'byApplication', id: self, receiptNumber: told.receipt })
  return notes
}

/** 限度区分で見る一人 — nobody who is under age and has no record is taxed. */
function personOf(
  { present, id, tax, parts }: Known,
  situation: Situation,
  fiscalYear: number,
): StoredPerson {
  if (tax === null || parts === null || tax.declaration !== 'declared') {
    const minor =
      tax === null &&
      birthday(present.birthDate, minorAge.on(plainDateOf(fiscalYear, 4, 1)).value) >
        plainDateOf(fiscalYear, 1, 1)
    return { id, taxed: minor ? false : null, pensionRevenue: 0, otherIncome: 0 }
  }
  const { income } = tax
  const deduction = lowIncomeEmploymentDeduction.on(situation.on).value
  return {
    id,
    taxed: tax.residentTax === null ? null : tax.residentTax !== 'untaxed',
    pensionRevenue: income.publicPension,
    otherIncome:
      Math.max(0, parts.employment - deduction) +
      income.business +
      income.capitalGains +
      Math.max(0, income.other),
  }
}

function limitOf(
  found: Omit<StoredFacts, 'limitMissing'>,
  situation: Situation,
  household: readonly Known[],
  tenths: 1 | 2 | 3,
): Pick<Extract<Outcome, { kind: 'judged' }>, 'limitCategory'> & Pick<StoredFacts, 'limitMissing'> {
  const fiscalYear = found.incomeYear + 1
  const nobodyTaxed = found.household.every(({ taxed }) => taxed !== true)
  const unknown = household.filter((_, index) => found.household[index]!.taxed === null)
  const lacking = (code: Missing['code'], id: string): Missing => ({
    code,
    id,
    fiscalYear,
    table: null,
  })
  if (tenths === 1 && nobodyTaxed && unknown.length > 0) {
    const limitMissing = unknown.map(({ id, tax }) => lacking(whyUnknown(tax), id))
    return { limitCategory: null, limitMissing }
  }
  const bornUntil = oldAgeWelfarePensionBornUntil.on(situation.on).value
  if (tenths === 1 && nobodyTaxed && situation.piece.birthDate <= bornUntil) {
    const self = String(situation.piece.residentKey)
    return { limitCategory: null, limitMissing: [lacking('oldAgeWelfarePension', self)] }
  }
  try {
    const law = limitLawOn(numericDay(found.date))
    return {
      limitCategory: limitCategoryWith(law, limitQuestionOf(found, tenths)),
      limitMissing: [],
    }
  } catch (error) {
    if (!(error instanceof MissingLaw)) throw error
    return { limitCategory: null, limitMissing: [lawMissing(error)] }
  }
}

function whyUnknown(tax: TaxFact | null): Missing['code'] {
  if (tax === null) return 'incomeNotReceived'
  if (tax.declaration === 'inquiring') return 'incomeInquired'
  return tax.declaration === 'undeclared' ? 'undeclared' : 'taxResultNotCarried'
}

/** 割合の問い — of stored facts, as the rules ask it. */
export function questionOf(
  facts: Pick<StoredFacts, 'date' | 'members' | 'revenueConfirmed' | 'appliedOn'>,
): Household {
  return {
    date: numericDay(facts.date),
    members: facts.members.map((one) => ({ ...one, birthDate: numericDay(one.birthDate) })),
    revenueConfirmed: facts.revenueConfirmed,
    appliedOn: facts.appliedOn === null ? null : numericDay(facts.appliedOn),
  }
}

/** 限度区分の問い — of stored facts. Whoever is not known does not decide where this is asked. */
export function limitQuestionOf(
  facts: Pick<StoredFacts, 'date' | 'members' | 'household' | 'oldAgeWelfarePension'>,
  tenths: 1 | 2 | 3,
): LimitQuestion {
  return {
    date: numericDay(facts.date),
    tenths,
    taxableIncomes: facts.members
      .filter(({ insured }) => insured)
      .map(({ taxableIncome }) => taxableIncome),
    household: facts.household.map((one) => ({ ...one, taxed: one.taxed === true })),
    oldAgeWelfarePension: facts.oldAgeWelfarePension,
  }
}

/** 計算の過程 — of a judgement, from its facts alone. */
export function workingsOf(outcome: Extract<Outcome, { kind: 'judged' }>): StoredWorkings {
  const { facts, tenths, limitCategory } = outcome
  if (facts.certified !== undefined) return certifiedWorkings(facts, tenths)
  const asked = questionOf(facts)
  const law = copayLawOn(asked.date)
  const share = explainCopay(law, asked, judgeCopayWith(law, asked))
  let limit: readonly Working[] = []
  if (limitCategory !== null) {
    const question = limitQuestionOf(facts, tenths)
    limit = explainLimitCategory(limitLawOn(asked.date), question, limitCategory)
  }
  return { share, limit }
}

/** The one step is what the paper says; whoever wants to know more asks the union that issued it. */
function certifiedWorkings({ notes }: StoredFacts, tenths: 1 | 2 | 3): StoredWorkings {
  const [{ issuer = '', appliedFrom } = { issuer: '' }] = notes
  const since = appliedFrom === undefined ? '' : `、${formatWareki(appliedFrom, 'long')}から`
  return {
    share: [
      {
        step: '一部負担金の割合（割）',
        value: tenths,
        formula: `負担区分等証明書（${issuer}${since}）`,
        law: certifiedGrounds[certifiedGround[tenths]].law,
      },
    ],
    limit: [],
  }
}
