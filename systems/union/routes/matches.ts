import { may } from '@koiki/access'
import {
  decidePersonLink,
  filingStates,
  findPersonRecord,
  findPersons,
  getPerson,
  kindOf,
  matchExplained,
  type Person,
} from '@koiki/eligibility'
import { formatWareki } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import { JudgeMatch, type MatchedRecord, PersonMatches, PersonRecord } from '../api/matches.ts'
import { nothing } from '../failure.ts'
import { filingReference } from '../filingsShown.ts'
import { leaveLook } from '../look.ts'
import { municipalityName } from '../places.ts'
import { type Call, route } from '../route.ts'

type AnyCall = Call<never, never> | Call

const candidatesMax = 10

export const matchRoutes = [
  route({
    method: 'GET',
    path: '/people/:person/record',
    summary: '本人の届書と、届書が語ったこと(障害認定・住所地特例・送付先)',
    realms: ['counter', 'union'],
    needs: 'filing.read',
    ofPerson: true,
    answer: PersonRecord,
    handle: (call) =>
      call.transaction(async (tx) => {
        const person = await personAt(tx, call as AnyCall)
        await leaveLook(tx, call, 'filing.queue', [person.subjectKey])
        const record = await findPersonRecord(tx, residentsOf(person))
        return {
          checkedAt: tx.now,
          filings: record.filings.map(({ filingId, kind, state, ...one }) => ({
            ...one,
            filing: filingReference(call as AnyCall, filingId),
            kindName: kindOf(kind).name,
            state,
            stateName: filingStates[state],
          })),
          told: record.told.filter(
            ({ kind }) => !person.underSupportMeasure || kind === '障害認定',
          ),
          reckonings: record.reckonings.map(({ filingId, ...one }) => ({
            ...one,
            items: [...one.items],
            filing: filingId === null ? null : filingReference(call as AnyCall, filingId),
          })),
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/people/:person/matches',
    summary: '同じ人かもしれない記録と、項目ごとの突合',
    realms: ['union'],
    needs: 'eligibility.decide',
    ofPerson: true,
    answer: PersonMatches,
    handle: (call) =>
      call.transaction(async (tx) => {
        const person = await personAt(tx, call as AnyCall)
        return matchesShown(tx, call as AnyCall, person)
      }),
  }),
  route({
    method: 'POST',
    path: '/people/:person/matches',
    summary: '同じ人・別の人と判断する(結合・分離)。被保険者番号は失われない。',
    realms: ['union'],
    needs: 'eligibility.decide',
    ofPerson: true,
    body: JudgeMatch,
    answer: PersonMatches,
    handle: (call) =>
      call.transaction(async (tx) => {
        const any = call as AnyCall
        const person = await personAt(tx, any)
        const { record, judgement, reason } = call.body
        const residentKey = call.references.read('resident', record)
        if (residentKey === null) throw nothing()
        const { id, name } = call.session.actor
        await decidePersonLink(tx, {
          residentA: person.residentKey,
          residentB: Number(residentKey),
          judgement,
          reason,
          account: { id, name },
        })
        await leaveLook(tx, call, 'match.judge', [person.subjectKey])
        return matchesShown(tx, any, (await getPerson(tx, person.subjectKey)) ?? person)
      }),
  }),
]

async function personAt(tx: Transaction, call: AnyCall): Promise<Person> {
  const person = await getPerson(tx, Number(call.at('person')))
  if (person === null) throw nothing()
  return person
}

const residentsOf = (person: Person): number[] => [
  ...new Set([person.residentKey, ...person.links.map(({ residentKey }) => residentKey)]),
]

/** Records that are one person already, and insured persons who bear the same name; each held against this one. */
async function matchesShown(
  tx: Transaction,
  call: AnyCall,
  person: Person,
): Promise<z.infer<typeof PersonMatches>> {
  const others = new Map<number, { person: Person; together: boolean }>()
  for (const { residentKey } of person.links)
    if (residentKey !== person.residentKey) others.set(residentKey, { person, together: true })
  const words = [person.name, person.nameKana].filter((text) => text !== null)
  for (const text of words)
    for (const { subjectKey } of (await findPersons(tx, text, candidatesMax)).people) {
      if (subjectKey === person.subjectKey) continue
      const other = await getPerson(tx, subjectKey)
      if (other !== null && !others.has(other.residentKey))
        others.set(other.residentKey, { person: other, together: false })
    }
  const matches: z.infer<typeof MatchedRecord>[] = []
  for (const [residentKey, { person: other, together }] of others) {
    const { fields, decided } = await matchExplained(tx, person.residentKey, residentKey)
    const careful = person.underSupportMeasure || other.underSupportMeasure
    const link = person.links.find((one) => one.residentKey === residentKey)
    matches.push({
      record: call.references.write('resident', BigInt(residentKey)),
      person: together ? null : call.references.write('person', BigInt(other.subjectKey)),
      name: together ? (nameIn(fields) ?? other.name) : other.name,
      birth: together
        ? (birthIn(fields) ?? '')
        : (other.birthDateText ?? formatWareki(other.birthDate)),
      municipality: municipalityName(together ? (link?.municipality ?? '') : other.municipality),
      insuredNumber: together ? null : other.insuredNumber,
      // Two who both had a number keep both; that they are one is then what a clerk decided.
      together: decided === null ? together : decided.same,
      handleWithCare: careful,
      // Where somebody moved from or to would tell where a person under a measure lives.
      fields: fields.map((one) =>
        careful && (one.field === '転入・転出' || one.field === '住所')
          ? { ...one, one: null, other: null }
          : one.field === '性別'
            ? { ...one, one: sexText(one.one), other: sexText(one.other) }
            : { ...one },
      ),
      decided,
    })
  }
  const keys = [...others.values()].map(({ person: { subjectKey } }) => subjectKey)
  await leaveLook(tx, call, 'match.read', [...new Set([person.subjectKey, ...keys])])
  return {
    checkedAt: tx.now,
    person: call.references.write('person', BigInt(person.subjectKey)),
    matches,
    may: may(call.session, 'eligibility.decide') ? ['judge'] : [],
  }
}

const sexes = 住民基本台帳情報.columns.性別.codes as Readonly<Record<string, string>>
const sexText = (code: string | null): string | null =>
  code === null ? null : (sexes[code] ?? code)

type Fields = readonly { readonly field: string; readonly other: string | null }[]

const nameIn = (fields: Fields) => fields.find(({ field }) => field === '氏名')?.other ?? null
const birthIn = (fields: Fields) => fields.find(({ field }) => field === '生年月日')?.other ?? null
