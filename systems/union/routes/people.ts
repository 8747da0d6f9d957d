import { whoLooked } from '@koiki/audit'
import {
  acquisitionGrounds,
  type FoundPerson as Candidate,
  findPersons,
  getPerson,
  type Person as Known,
  lossGrounds,
} from '@koiki/eligibility'
import { ageOn, formatWareki, type PlainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { findDecisions, findIncomes } from '@koiki/premium'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import { Found, type FoundPerson, Person, Search } from '../api.ts'
import { findDeliveries } from '../deliveries.ts'
import { nothing } from '../failure.ts'
import { dayInJapan } from '../instants.ts'
import { leaveLook, lookWords } from '../look.ts'
import { noticePdf, noticesOf } from '../notices.ts'
import { municipalityName, placeName } from '../places.ts'
import { unpackDecision } from '../reference.ts'
import { type Call, route } from '../route.ts'
import { decisionShown, incomeItems } from './why.ts'

type AnyCall = Call<never, never> | Call

const wiped = '個人番号では、ここからはさがせません。番号は残していません。'
const listMax = 20
const looksMax = 200

export const peopleRoutes = [
  route({
    method: 'POST',
    path: '/search',
    summary: '人をさがす。ことばは所在に出ない。',
    realms: ['counter', 'union'],
    needs: 'person.search',
    body: Search,
    answer: Found,
    handle: (call) =>
      call.transaction(async (tx) => {
        const found = await findPersons(tx, call.body.words, listMax)
        const keys = found.people.map(({ subjectKey }) => subjectKey)
        await leaveLook(tx, call, 'person.search', keys, call.body.purpose)
        return {
          readAs: found.readAs.map(({ kind, text }) => ({
            kind,
            text: kind === 'birth' ? formatWareki(text as PlainDate, 'long') : text,
          })),
          total: found.total,
          people: found.people.map((one) => candidateShown(tx, call, one, found.people)),
          checkedAt: tx.now,
          sentence: found.refused
            ? wiped
            : found.total > found.people.length
              ? `はじめの${found.people.length}人を出しています。生年月日を足してください。`
              : null,
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/people/:person',
    summary: '本人の頁: 資格・世帯・所得・賦課・連携・通知・閲覧',
    realms: ['counter', 'union'],
    needs: 'person.read',
    ofPerson: true,
    answer: Person,
    handle: (call) =>
      call.transaction(async (tx) => {
        const person = await getPerson(tx, Number(call.at('person')))
        if (person === null) throw nothing()
        await leaveLook(tx, call, 'person.read', [person.subjectKey])
        return personShown(tx, call, person)
      }),
  }),
  route({
    method: 'GET',
    path: '/people/:person/notices/:decision',
    summary: '通知書(PDF)',
    realms: ['counter', 'union'],
    needs: 'notice.read',
    ofPerson: true,
    answer: { file: 'application/pdf' },
    raw: true,
    handle: async (call) => {
      const pdf = await call.transaction(async (tx) => {
        const place = unpackDecision(call.at('decision'))
        const person = await getPerson(tx, Number(call.at('person')))
        const decision =
          place.subjectKey !== person?.subjectKey
            ? undefined
            : (await findDecisions(tx, place.subjectKey)).find(
                ({ fiscalYear, revision }) =>
                  fiscalYear === place.fiscalYear && revision === place.revision,
              )
        if (person === null || decision === undefined) throw nothing()
        await leaveLook(tx, call, 'notice.read', [person.subjectKey])
        return noticePdf(person, decision, call.parts.invented, tx.now)
      })
      return call.reply.type('application/pdf').send(pdf)
    },
  }),
]

const sexes = 住民基本台帳情報.columns.性別.codes as Readonly<Record<string, string>>
const sexText = (code: string): string => sexes[code] ?? code

type WithBirth = { readonly birthDate: PlainDate; readonly birthDateText: string | null }

/** A birth date that is not known has no age and is shown as it came. */
function birthShown(person: WithBirth, today: PlainDate) {
  const known = person.birthDateText === null
  return {
    birth: person.birthDateText ?? formatWareki(person.birthDate, 'long'),
    birthDate: known ? person.birthDate : null,
    age: known && person.birthDate <= today ? ageOn(person.birthDate, today) : null,
  }
}

function candidateShown(
  tx: Transaction,
  call: AnyCall,
  person: Candidate,
  all: readonly Candidate[],
): z.infer<typeof FoundPerson> {
  const same = all.filter(({ name }) => name === person.name)
  const differs = (of: (one: Candidate) => unknown) => same.some((one) => of(one) !== of(person))
  return {
    person: call.references.write('person', BigInt(person.subjectKey)),
    name: person.name,
    kana: person.nameKana,
    ...birthShown(person, tx.today),
    sex: sexText(person.sex),
    insuredNumber: person.insuredNumber,
    municipality: municipalityName(person.municipality),
    town: person.town,
    handleWithCare: person.underSupportMeasure,
    standing: person.standing,
    sameName: same.length,
    differs: [
      ...(differs(({ nameKana }) => nameKana) ? (['kana'] as const) : []),
      ...(differs(({ birthDate }) => birthDate) ? (['birth'] as const) : []),
      ...(differs(({ sex }) => sex) ? (['sex'] as const) : []),
      ...(differs(({ municipality, town }) => `${municipality}${town}`) ? (['town'] as const) : []),
    ],
  }
}

async function personShown(
  tx: Transaction,
  call: AnyCall,
  person: Known,
): Promise<z.infer<typeof Person>> {
  const { references } = call
  const decisions = await findDecisions(tx, person.subjectKey)
  const incomes = await findIncomes(tx, person.residentKey)
  const namesakes = await findPersons(tx, person.name, 100)
  const from = municipalityName(person.municipality)
  return {
    person: references.write('person', BigInt(person.subjectKey)),
    name: person.name,
    kana: person.nameKana,
    alias: person.alias,
    ...birthShown(person, tx.today),
    sex: sexText(person.sex),
    insuredNumber: person.insuredNumber,
    municipality: from,
    town: person.address?.town ?? null,
    individualNumber: { held: person.numberHeld, on: null },
    care: careOf(person),
    selfProvisionDisabled: person.selfProvisionDisabled,
    sameName: namesakes.people.filter(({ name }) => name === person.name).length,
    standing: person.standing,
    asOf: tx.today,
    received: { on: dayInJapan(person.received.at), from },
    eligibility: person.entitlements.map((one, index, all) => ({
      from: one.from,
      until: one.until,
      acquired: begunBy(one, all[index - 1]),
      lost:
        one.groundLost !== null && one.lostOn !== null && one.until === one.lostOn
          ? lossGrounds.on(one.lostOn).value[one.groundLost].name
          : null,
      municipality: municipalityName(one.municipality),
      decidedOn: null,
    })),
    household: {
      members: person.household.members.map((member) => ({
        person:
          member.subjectKey === null ? null : references.write('person', BigInt(member.subjectKey)),
        name: member.name,
        kana: member.nameKana,
        ...birthShown(member, tx.today),
        sex: sexText(member.sex),
        relation: member.relationship,
        head: member.isHead,
        insured: member.subjectKey !== null,
        self: member.residentKey === person.residentKey,
      })),
      periods: person.household.periods.map(({ held, persons, isHead }) => ({
        from: held.from ?? tx.today,
        until: held.until,
        persons,
        head: isHead,
      })),
    },
    incomes: incomes.map((income) => ({
      fiscalYear: income.fiscalYear,
      incomeYear: income.fiscalYear - 1,
      declared: income.declaration === 'inquiring' ? 'underInquiry' : income.declaration,
      items: incomeItems(income),
      received: {
        on: dayInJapan(income.recordedAt),
        from: municipalityName(income.municipalityCode),
      },
    })),
    decisions: decisions.map((decision) => decisionShown(references, decision)),
    notices: noticesOf(references, decisions, person.address !== null),
    deliveries: await findDeliveries(tx, person.subjectKey),
    looks: await looksOf(tx, call, person),
  }
}

/** Why a stretch begins: the ground of 取得, another municipality, or at 75 what rested on 障害認定. */
function begunBy(
  one: Known['entitlements'][number],
  before: Known['entitlements'][number] | undefined,
): string {
  if (one.from === one.acquiredOn)
    return acquisitionGrounds.on(one.acquiredOn).value[one.groundAcquired].name
  return before?.basis === '2' && one.basis === '1' && before.municipality === one.municipality
    ? '75歳到達（障害認定から）'
    : '住所の異動'
}

/** 取扱注意 — the flags and the days; nothing of where. */
function careOf(person: Known): z.infer<typeof Person>['care'] {
  if (!person.underSupportMeasure) return null
  const living = person.supportMeasures.filter(
    ({ held, nonDisclosure }) => held.until === null && nonDisclosure,
  )
  const last = living.at(-1) ?? person.supportMeasures.at(-1)
  return {
    flags: [
      '支援措置(不開示該当)',
      ...(person.selfProvisionDisabled ? ['支援措置(自己情報提供不可)'] : []),
    ],
    since: last?.held.from ?? null,
    until: last?.announcedUntil ?? null,
  }
}

async function looksOf(
  tx: Transaction,
  call: AnyCall,
  person: Known,
): Promise<z.infer<typeof Person>['looks']> {
  const keys = [person.subjectKey, ...person.links.map(({ residentKey }) => residentKey)]
  const looks = await whoLooked(tx, [...new Set(keys)], looksMax)
  return looks
    .filter(({ actor }) => actor.kind === 'account')
    .map((look) => ({
      at: look.at,
      on: dayInJapan(look.at),
      place: placeName(look.municipality),
      name: look.actor.name,
      purpose: look.purpose,
      act: (lookWords as Readonly<Record<string, string>>)[look.act] ?? look.act,
      list: look.act === 'person.search',
      mine: look.actor.id === call.session.actor.id,
    }))
}
