export { answerPremiumLine } from './answerPremiumLine.ts'
export {
  type AssessedLevy,
  type AssessedPremium,
  amountMax,
  type Household,
  type Income,
  type Insured,
  type Judgement,
  type Member,
  membersMax,
  noIncome,
  type Working,
} from './assessment.ts'
export { type Edition, premiumEdition } from './edition.ts'
export { assessYear } from './jobs/assessYear.ts'
export { deliverPremiums } from './jobs/deliverPremiums.ts'
export { type IncomeFile, importIncome, type UnknownAddressee } from './jobs/importIncome.ts'
export { lawOf, type PremiumLaw } from './law/lawOf.ts'
export { unionNames } from './law/unionNames.ts'
export {
  collectionNotArrived,
  type LedgerKind,
  type LedgerRow,
  type LedgerTable,
  type LedgerYear,
  ledgerBasis,
  ledgerKindNames,
  ledgerLevies,
  ledgerTables,
  overCapOf,
  premiumLedger,
} from './ledger.ts'
export { premiumInformation } from './premiumInformation.ts'
export { assessHousehold, assessWith } from './rules/assessHousehold.ts'
export { explainPremium } from './rules/explainPremium.ts'
export { type IncomeParts, incomeParts } from './rules/incomeParts.ts'
export { reductionLine } from './rules/judgement.ts'
export { type AssessedUnion, assessUnion } from './store/assess.ts'
export { comparableIncomes, comparablePremiums } from './store/comparable.ts'
export {
  type DecidedLevy,
  type Decision,
  type ExplainedDecision,
  findDecisions,
  getExplainedDecision,
  reasonNames,
  recompute,
} from './store/decisions.ts'
export { type AppliedIncome, applyIncome, findIncomes, type IncomeFact } from './store/income.ts'
export { incomeFigures, incomeSources } from './store/incomeFigures.ts'
