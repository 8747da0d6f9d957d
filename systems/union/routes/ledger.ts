import type { FiscalYear } from '@koiki/kernel'
import {
  collectionNotArrived,
  type Decision,
  findDecisions,
  ledgerBasis,
  ledgerKindNames,
  ledgerLevies,
  overCapOf,
  premiumLedger,
} from '@koiki/premium'
import type { z } from 'zod'
import { type LedgerYear, PersonLedger } from '../api/ledger.ts'
import { nothing } from '../failure.ts'
import { leaveLook } from '../look.ts'
import { packDecision, type References } from '../reference.ts'
import { route } from '../route.ts'

export const ledgerRoutes = [
  route({
    method: 'GET',
    path: '/people/:person/ledger',
    summary: '保険料台帳: 年度ごとの決定、変わったこと、調定額。収納は届くまで額がない。',
    realms: ['counter', 'union'],
    needs: 'premium.read',
    ofPerson: true,
    answer: PersonLedger,
    handle: (call) =>
      call.transaction(async (tx) => {
        const subjectKey = Number(call.at('person'))
        const known = await tx.maybe<{ subject_key: number }>(
          'select subject_key from eligibility.person where subject_key = $1::bigint',
          [subjectKey],
        )
        if (known === null) throw nothing()
        await leaveLook(tx, call, 'ledger.read', [subjectKey])
        const years = premiumLedger(await findDecisions(tx, subjectKey))
        return {
          checkedAt: tx.now,
          on: tx.today,
          person: call.references.write('person', BigInt(subjectKey)),
          years: years.map((year) => yearShown(call.references, year)),
          collection: { arrived: false as const, sentence: collectionNotArrived },
        }
      }),
  }),
]

function yearShown(
  references: References,
  year: ReturnType<typeof premiumLedger>[number],
): z.infer<typeof LedgerYear> {
  const now = year.rows.at(-1)!.decision
  return {
    fiscalYear: year.fiscalYear as FiscalYear,
    assessedYen: year.assessed,
    hiddenBefore: year.hiddenBefore,
    rows: year.rows.map(({ decision, kind, causes, difference, assessed }) => ({
      decision: references.write('decision', packDecision(decision)),
      revision: decision.revision,
      decidedOn: decision.decidedOn,
      kind,
      kindName: ledgerKindNames[kind],
      causes: [...causes],
      lawEdition: decision.lawEdition,
      months: decision.months,
      reductionTenths: decision.reductionTenths,
      overCapYen: overCapOf(decision),
      medicalYen: decision.medical.annual,
      childSupportYen: decision.childSupport?.annual ?? null,
      annualYen: decision.annual,
      differenceYen: difference?.annual ?? null,
      assessedYen: assessed,
    })),
    levies: now.months === 0 ? [] : leviesShown(now),
    basis: [...ledgerBasis(now)],
  }
}

function leviesShown(now: Decision): z.infer<typeof LedgerYear>['levies'] {
  const steps = ledgerLevies(now)
  const medical = steps.map(({ name, medical: value }) => ({ name, value }))
  const childSupport = steps.flatMap(({ name, childSupport: value }) =>
    value === null ? [] : [{ name, value }],
  )
  return [
    { name: '医療分', items: medical },
    ...(childSupport.length === 0 ? [] : [{ name: '子ども分', items: childSupport }]),
  ]
}
