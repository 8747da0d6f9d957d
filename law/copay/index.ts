export { answerCopayLine } from './answerCopayLine.ts'
export {
  amountMax,
  type CopayJudgement,
  type CopayTenths,
  type Household,
  type HouseholdTotals,
  type LimitCategory,
  type Member,
  membersMax,
  type RevenueCase,
  type Working,
} from './copay.ts'
export { copayEdition, type Edition } from './edition.ts'
export {
  type JudgedPerson,
  judgePersons,
} from './jobs/judgePersons.ts'
export {
  type JudgeSharesArgs,
  judgeShares,
  judgeSharesAround,
  judgeSharesNow,
  yearToJudge,
} from './jobs/judgeShares.ts'
export { type CopayLaw, copayLawOn } from './law/copayLaw.ts'
export { type CertifiedGround, type Ground, grounds, groundWords } from './law/grounds.ts'

export { type LimitLaw, limitLawOn } from './law/limitLaw.ts'
export { type CertifiedShare, certifiedPeriod, isCertifiedShare } from './rules/certifiedShare.ts'
export { effectiveFrom, type ReJudgement } from './rules/effectiveFrom.ts'
export { explainCopay } from './rules/explainCopay.ts'
export { explainLimitCategory } from './rules/explainLimitCategory.ts'
export { judgeCopay, judgeCopayWith } from './rules/judgeCopay.ts'
export {
  type JudgementYear,
  judgementYearOf,
  judgementYearOfIncome,
} from './rules/judgementYear.ts'
export {
  type HouseholdIncome,
  type LimitQuestion,
  limitCategory,
  limitCategoryWith,
} from './rules/limitCategory.ts'
export {
  causeNames,
  limitNames,
  missingSentence,
  noteSentence,
  shareSentence,
} from './sentences.ts'
export type {
  BurdenCertificate,
  CopayCause,
  Missing,
  Note,
  SharePeriod,
  StoredFacts,
  StoredMember,
  StoredWorkings,
} from './share.ts'
export type { CopayDecider } from './store/judgements.ts'
export {
  type CopayShare,
  copayOn,
  type DecidedJudgement,
  findJudgements,
  findPendings,
  type PendingJudgement,
  rejudge,
  sharesOf,
} from './store/shares.ts'
