import type { PlainDate } from '@koiki/kernel'
import type { ContentFacts, Contents, DocumentKind } from '../certificate.ts'
import { limitNotation } from '../law/limitNotation.ts'
import { documentYearOf } from './documentYear.ts'

/**
 * 記載 — what a document made for `on` says. 発効期日 is the latest of 資格取得, the first day of the document's year, the
 * day from which 一部負担金の割合 holds, and the day on which 特別療養費 began (our reading).
 *
 * 限度区分 stands there only where somebody applied and it was judged; 低所得 and 現役並みⅠ・Ⅱ have one to show, and so
 * have the others whom the day's classes know.
 */
export function contentsOf(
  facts: ContentFacts,
  choice: { readonly document: DocumentKind; readonly validUntil: PlainDate },
  on: PlainDate,
): Contents {
  const { share, specialTreatment } = facts
  const shown = limitNotation.on(on).value && facts.limitApplication !== null
  const limitCategory = shown ? share.limitCategory : null
  const special = specialTreatment?.since ?? null
  return {
    document: choice.document,
    insuredNumber: facts.insuredNumber,
    insurerNumber: facts.insurerNumber,
    name: facts.name,
    nameKana: facts.nameKana,
    birthDate: facts.birthDate,
    birthDateText: facts.birthDateText,
    sex: facts.sex,
    address: facts.address,
    acquiredOn: facts.acquiredOn,
    effectiveFrom: latest([
      facts.acquiredOn,
      documentYearOf(on).begins,
      share.from,
      ...(special === null ? [] : [special]),
    ]),
    validUntil: choice.validUntil,
    tenths: share.tenths,
    limitCategory,
    limitFrom:
      limitCategory === null || facts.limitApplication === null
        ? null
        : latest([facts.limitApplication.since, share.limitFrom ?? facts.limitApplication.since]),
    longHospitalisationFrom: shown ? (facts.longHospitalisation?.since ?? null) : null,
    specifiedDiseases: facts.specifiedDiseases.toSorted((a, b) => (a.disease < b.disease ? -1 : 1)),
    specialTreatmentFrom: special,
  }
}

const latest = (days: readonly PlainDate[]): PlainDate => days.reduce((a, b) => (b > a ? b : a))
