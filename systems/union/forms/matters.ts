import { may } from '@koiki/access'
import { findPersonRecord, getPerson, kindOf, type Person } from '@koiki/eligibility'
import { findDecisions, premiumLedger } from '@koiki/premium'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import type { FormKind, FormTarget } from '../api.ts'
import { nothing, Refusal } from '../failure.ts'
import { packUuid, unpackUuid } from '../reference.ts'
import type { Call } from '../route.ts'
import { clerkOf as filingClerkOf } from '../routes/filings.ts'
import { formKinds, type SheetBody, yearLabel } from './catalogue.ts'
import { type FilingAtHand, filingAtHand, filingCopy, filingDecision } from './filingSheets.ts'
import {
  burdenCertificate,
  disabilityCertificate,
  eligibilityRecord,
  ledgerCopy,
} from './personSheets.ts'

type AnyCall = Call<never, never> | Call
type Target = z.infer<typeof FormTarget>

/** 帳票のもと — whose form it is, under which words it is counted, and how its sheet is made. */
export type Matter = {
  readonly form: FormKind
  readonly target: Target
  readonly about: string
  readonly label: string
  readonly municipality: string
  /** Who is looked at: the insured person, or a resident who is none yet. */
  readonly looked: readonly number[]
  readonly body: (tx: Transaction) => Promise<SheetBody> | SheetBody
}

const personBodies: Readonly<
  Record<
    'eligibilityRecord' | 'disabilityCertificate' | 'burdenCertificate',
    (tx: Transaction, person: Person) => Promise<SheetBody> | SheetBody
  >
> = {
  eligibilityRecord: (_, person) => eligibilityRecord(person),
  disabilityCertificate,
  burdenCertificate,
}

const personTarget = (call: AnyCall, person: Person): Omit<Target, 'form'> => ({
  person: call.references.write('person', BigInt(person.subjectKey)),
  filing: null,
  fiscalYear: null,
})

function personMatter(
  call: AnyCall,
  person: Person,
  form: FormKind,
  fiscalYear: number | null,
): Matter | null {
  const base = {
    form,
    municipality: person.municipality,
    looked: [person.subjectKey],
    target: { form, ...personTarget(call, person) },
    about: person.insuredNumber,
    label: '',
  }
  if (form === 'premiumLedger') {
    if (fiscalYear === null) return null
    return {
      ...base,
      target: { ...base.target, fiscalYear },
      about: `${person.insuredNumber}-${fiscalYear}`,
      label: yearLabel(fiscalYear),
      body: (tx) => ledgerCopy(tx, person, fiscalYear),
    }
  }
  if (fiscalYear !== null) return null
  const body = (
    personBodies as Partial<Record<FormKind, (typeof personBodies)['burdenCertificate']>>
  )[form]
  return body === undefined ? null : { ...base, body: (tx) => body(tx, person) }
}

function filingMatter(
  call: AnyCall,
  at: FilingAtHand,
  form: 'filingCopy' | 'filingDecision',
): Matter {
  const { opened, row } = at
  return {
    form,
    target: {
      form,
      person: null,
      filing: call.references.write('filing', packUuid(opened.filing.filingId)),
      fiscalYear: null,
    },
    about: opened.filing.receiptNumber,
    label: `${kindOf(opened.filing.kind).name} ${opened.filing.receiptNumber}`,
    municipality: opened.filing.municipality,
    looked: [row.subjectKey ?? row.residentKey].filter((key) => key !== null),
    body: () => (form === 'filingCopy' ? filingCopy(at) : filingDecision(at)),
  }
}

/** What was asked for, found within this seat's scope; anything else is answered like what is not there. */
export async function matterOf(tx: Transaction, call: AnyCall, target: Target): Promise<Matter> {
  const { of, needs } = formKinds[target.form]
  if (!may(call.session, needs)) throw nothing()
  if (of === 'filing') {
    const id = target.filing === null ? null : call.references.read('filing', target.filing)
    if (id === null || target.person !== null || target.fiscalYear !== null) throw nothing()
    const at = await filingAtHand(tx, unpackUuid(id), filingClerkOf(call))
    return filingMatter(call, at, target.form as 'filingCopy' | 'filingDecision')
  }
  const key = target.person === null ? null : call.references.read('person', target.person)
  const person = key === null || target.filing !== null ? null : await getPerson(tx, Number(key))
  const matter = person === null ? null : personMatter(call, person, target.form, target.fiscalYear)
  if (matter === null) throw nothing()
  return matter
}

/** 届書のもと */
export const mattersOfFiling = (call: AnyCall, at: FilingAtHand): Matter[] => [
  filingMatter(call, at, 'filingCopy'),
  filingMatter(call, at, 'filingDecision'),
]

/** The latest first; what another office took in is not this one's to print. */
async function filingsOf(tx: Transaction, call: AnyCall, person: Person): Promise<FilingAtHand[]> {
  const residents = [person.residentKey, ...person.links.map(({ residentKey }) => residentKey)]
  const { filings } = await findPersonRecord(tx, [...new Set(residents)])
  const found: FilingAtHand[] = []
  for (const { filingId } of filings.slice(-filingsMax).reverse()) {
    try {
      found.push(await filingAtHand(tx, filingId, filingClerkOf(call)))
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 404) throw error
    }
  }
  return found
}

const filingsMax = 20

/** 一人のもと — everything that may be printed of the person: of each fiscal year, of each filing this office took in. */
export async function mattersOfPerson(
  tx: Transaction,
  call: AnyCall,
  person: Person,
): Promise<readonly Matter[]> {
  const years = premiumLedger(await findDecisions(tx, person.subjectKey))
  const own = [
    ...(['eligibilityRecord', 'disabilityCertificate', 'burdenCertificate'] as const).map((form) =>
      personMatter(call, person, form, null),
    ),
    ...years.map(({ fiscalYear }) => personMatter(call, person, 'premiumLedger', fiscalYear)),
  ].filter((one) => one !== null)
  const filings = may(call.session, 'filing.read') ? await filingsOf(tx, call, person) : []
  return [...own, ...filings.flatMap((at) => mattersOfFiling(call, at))]
}
