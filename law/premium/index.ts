export { answerPremiumLine, type LineAnswer } from './answerPremiumLine.ts'
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
export { lawOf, type PremiumLaw } from './law/lawOf.ts'
export { unionNames } from './law/unionNames.ts'
export { assessHousehold, assessWith } from './rules/assessHousehold.ts'
export { explainPremium } from './rules/explainPremium.ts'
export { reductionLine } from './rules/judgement.ts'
