import { at, type Finding, type PlainDate, type Timeline } from '@koiki/kernel'
import type {
  Basis,
  Exclusion,
  PersonFacts,
  Residence,
  ResidenceProvision,
} from '../entitlement.ts'
import { firstPossibleDay } from './acquisition.ts'

/** 要件の連なり — day by day, what the requirements of the law ask for. */
export type Requirements = {
  readonly governing: Timeline<Residence>
  readonly qualified: Timeline<Basis>
  readonly excluded: Timeline<Exclusion>
  readonly elsewhere: Timeline<ResidenceProvision>
}

/**
 * 資格の要件 — what a person lacks on a day to be insured (法50条・51条・55条): age or 障害認定, an address in the
 * area, being outside 適用除外, not being another union's. All reasons, in the order of the law; empty when
 * all are met.
 */
export function unmetRequirements(
  person: PersonFacts,
  { governing, qualified, excluded, elsewhere }: Requirements,
  on: PlainDate,
): readonly Finding[] {
  const reasons: Finding[] = []
  if (at(qualified, on) === undefined) {
    const reachedOn = firstPossibleDay(person.birthDate)
    reasons.push({
      code: 'eligibility.underAge',
      at: '生年月日',
      facts: { birthDate: person.birthDate, reachedOn },
    })
    const ended = person.disabilities.findLast(({ until }) => until !== null && until <= on)
    if (ended !== undefined)
      reasons.push({
        code: 'eligibility.certificationEnded',
        at: '障害認定',
        facts: { certifiedOn: ended.certifiedOn, until: ended.until ?? '' },
      })
  }
  if (at(governing, on) === undefined) {
    const last = governing.findLast(({ from }) => from <= on)
    reasons.push({
      code: 'eligibility.noAddressInArea',
      at: '住民状態',
      facts: { since: last?.until ?? '', municipality: last?.value.municipality ?? '' },
    })
  }
  const exclusion = at(excluded, on)
  if (exclusion !== undefined) {
    reasons.push({
      code: 'eligibility.applicationExclusion',
      at: '適用除外区分',
      facts: { kind: exclusion.kind, from: exclusion.from },
    })
  }
  const provision = at(elsewhere, on)
  if (provision !== undefined) {
    reasons.push({
      code: 'eligibility.insuredByAnotherUnion',
      at: '住所地特例',
      facts: {
        kind: provision.kind,
        insurerUnion: provision.insurerUnion ?? '',
        from: provision.from,
      },
    })
  }
  return reasons
}
