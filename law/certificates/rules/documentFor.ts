import { ageOn, type PlainDate } from '@koiki/kernel'
import type { DocumentAnswer, DocumentFacts, DocumentKind, Ground } from '../certificate.ts'
import { certificateAge } from '../law/certificateAge.ts'
import { documentPeriods } from '../law/documentPeriods.ts'
import { specialDocuments } from '../law/specialDocuments.ts'
import { documentYearOf } from './documentYear.ts'

/**
 * 交付する文書 — which document an insured person gets on a day, with every ground for and against
 * (高確法54条3項、則。暫定運用は令和8年7月31日まで). Who insures, and whether at all, is not asked here.
 *
 * Where nobody has told マイナ保険証 yet, the answer is 資格確認書: nobody may be left without a paper that works
 * (our reading). 特別療養費 takes the place of 資格確認書 only; one who has マイナ保険証 is told on 資格情報のお知らせ
 * that it applies (our reading).
 */
export function documentFor(facts: DocumentFacts, on: PlainDate): DocumentAnswer {
  const period = documentPeriods.on(on).value
  const grounds: readonly Ground[] = [
    { code: `period.${period}`, met: 'met', facts: { from: documentPeriods.on(on).from } },
    ...(period === 'byCard' ? groundsByCard(facts, on) : []),
    special(facts),
  ]
  const isSpecial = facts.specialTreatment !== null
  return { document: choose(), grounds }

  function choose(): DocumentKind {
    const needsPaper = grounds.some(
      ({ code, met }) => code.startsWith('certificate.') && met !== 'unmet',
    )
    if (period === 'byCard' && !needsPaper) return 'eligibilityInformationNotice'
    if (isSpecial) return specialDocuments.on(on).value
    return period === 'card' ? 'insuranceCard' : 'eligibilityCertificate'
  }
}

/** 資格確認書になる理由 — each is enough by itself, and each is told. */
function groundsByCard(facts: DocumentFacts, on: PlainDate): readonly Ground[] {
  const { begins } = documentYearOf(on)
  const age = ageOn(facts.birthDate, begins)
  const line = certificateAge.on(on).value
  const { insuranceCard: card } = facts
  const cancelled = card?.state === 'deregistered' ? card : facts.deregistration
  // A registration after the application to end it counts: the person has taken the card up again.
  const again =
    facts.deregistration !== null &&
    card?.state === 'registered' &&
    card.since > facts.deregistration.since
  return [
    {
      code: 'certificate.age',
      met: age >= line ? 'met' : 'unmet',
      facts: { age, line, on: begins },
    },
    {
      code: 'certificate.noInsuranceCard',
      met: card === null ? 'unknown' : card.state === 'notRegistered' ? 'met' : 'unmet',
      facts: card === null ? {} : { since: card.since, source: card.source },
    },
    {
      code: 'certificate.expiredInsuranceCard',
      met: card?.state === 'expired' ? 'met' : 'unmet',
      facts: card?.state === 'expired' ? { since: card.since, source: card.source } : {},
    },
    told('certificate.deregistration', again ? null : cancelled),
    told('certificate.application', facts.application),
    told('certificate.personNeedingCare', facts.personNeedingCare),
    {
      code: 'certificate.supportMeasure',
      met: facts.underSupportMeasure ? 'met' : 'unmet',
      facts: {},
    },
  ]
}

const told = (code: string, fact: { readonly since: PlainDate } | null): Ground => ({
  code,
  met: fact === null ? 'unmet' : 'met',
  facts: fact === null ? {} : { since: fact.since },
})

const special = ({ specialTreatment }: DocumentFacts): Ground => ({
  code: 'specialTreatment',
  met: specialTreatment === null ? 'unmet' : 'met',
  facts:
    specialTreatment === null
      ? {}
      : { since: specialTreatment.since, notifiedOn: specialTreatment.notifiedOn },
})
