import type { FilingAnswer, FilingContent, Missing, Warning } from '../filing.ts'
import { type FilingKind, kindOf } from '../kinds.ts'
import { isEmpty } from './checkContent.ts'
import { lateness } from './dueDay.ts'
import { intakeMissing } from './intakeMissing.ts'
import { exclusionEnded, moveIn, otherAcquisition } from './judgeAcquisition.ts'
import {
  deregistration,
  destination,
  fromFiling,
  longHospitalisation,
  reissue,
  specifiedDisease,
  standardIncome,
} from './judgeApplication.ts'
import {
  addressChange,
  death,
  exclusionBegan,
  householdChange,
  identityCorrection,
  moveOut,
  nameChange,
  numberChange,
  provisionBegan,
  provisionChanged,
  provisionEnded,
} from './judgeChange.ts'
import {
  disabilityApplication,
  disabilityLost,
  disabilityRenewal,
  disabilityWithdrawal,
} from './judgeDisability.ts'
import type { Case, Judge, Judgement } from './judgement.ts'

/** 前の保険者の答え — as far as it has come. */
export type FormerAnswer = 'lost' | 'notLost' | 'unknown' | null

export type FilingJudgement = Judgement & { readonly answer: FilingAnswer }

const judges = (answered: FormerAnswer): Readonly<Record<FilingKind, Judge>> => ({
  acquisitionMoveIn: moveIn({ answered }),
  acquisitionExclusionEnded: exclusionEnded,
  acquisitionOther: otherAcquisition({ answered }),
  disabilityApplication: disabilityApplication({ answered }),
  disabilityRenewal,
  disabilityWithdrawal,
  disabilityLost,
  nameChange,
  identityCorrection,
  addressChange,
  householdChange,
  numberChange,
  lossMoveOut: moveOut,
  lossDeath: death,
  lossExclusion: exclusionBegan,
  provisionBegan,
  provisionChanged,
  provisionEnded,
  certificateApplication: fromFiling,
  certificateReissue: reissue,
  limitCategoryApplication: fromFiling,
  longHospitalisation,
  specifiedDisease,
  standardIncome,
  destinationRegister: destination('register'),
  destinationChange: destination('change'),
  destinationEnd: destination('end'),
  personNeedingCare: fromFiling,
  deregistration,
})

/**
 * 届書の審査 — granted, refused with every reason, or incomplete with everything that is missing. What cannot
 * be granted whatever is still brought is refused at once; nobody is sent for papers that would not help.
 */
export function judgeFiling(given: Case, answered: FormerAnswer = null): FilingJudgement {
  const one = { ...given, content: withoutEmpty(given.content) }
  const found = judges(answered)[one.content.kind](one)
  const missing: Missing[] = [...intakeMissing(one.content)]
  for (const other of found.missing)
    if (!missing.some(({ code }) => code === other.code)) missing.push(other)
  const warnings: Warning[] = [...lateness(one.content), ...numberLater(one), ...found.warnings]
  const against = found.reasons.some(({ met }) => met === 'unmet')
  const waiting =
    missing.length > 0 || (!found.examine && found.reasons.some(({ met }) => met === 'unknown'))
  return {
    ...found,
    missing,
    warnings,
    answer: against ? 'refused' : waiting || found.examine ? 'incomplete' : 'granted',
  }
}

/** An empty field is one that was not filled in, however the desk sent it. */
const withoutEmpty = (content: FilingContent): FilingContent => ({
  ...content,
  fields: Object.fromEntries(Object.entries(content.fields).filter(([, value]) => !isEmpty(value))),
})

/** 番号が書かれていない — no obstacle: it is obtained later. */
function numberLater({ content, known }: Case): readonly Warning[] {
  if (!kindOf(content.kind).number || content.numberState === 'written') return []
  if (known?.numberHeld === true) return []
  return [
    {
      code: 'numberLater',
      sentence:
        '個人番号の登録がありません。このまま受け付けられます。番号は、あとで住民基本台帳かJ-LISで補います。',
    },
  ]
}
