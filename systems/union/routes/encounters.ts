import type { Transaction } from '@koiki/store'
import { z } from 'zod'
import {
  BeginEncounter,
  CurrentEncounter,
  Encounter,
  ReadBack,
  ReadBackAnswer,
  type ReadBackFact,
  readBackFacts,
} from '../api/encounters.ts'
import { elsewhere } from '../encounters/gate.ts'
import {
  agrees,
  askable,
  differencesMax,
  factsNeeded,
  factsOfSearch,
  isReadable,
} from '../encounters/readBack.ts'
import {
  addEvent,
  beginEncounter,
  encounterNumber,
  findEncounter,
  findOpenEncounter,
  findReadBackPerson,
  type Encounter as Held,
  lock,
  sessionDigestOf,
} from '../encounters/store.ts'
import { nothing, Refusal } from '../failure.ts'
import { type LookAct, leaveLook } from '../look.ts'
import { packUuid, unpackUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'

type AnyCall = Call<never, never> | Call

const counter = ['counter'] as const

export const encounterRoutes = [
  route({
    method: 'GET',
    path: '/encounters/current',
    summary: 'いまの席の応対。なければ null。',
    realms: counter,
    needs: 'person.read',
    answer: CurrentEncounter,
    handle: (call) =>
      call.transaction(async (tx) => {
        const open = await findOpenEncounter(tx, sessionDigestOf(call.token))
        return { encounter: open === null ? null : await shown(tx, call, open) }
      }),
  }),
  route({
    method: 'POST',
    path: '/encounters',
    summary:
      '応対を始める。席に1つだけ。同じ人の応対が開いていれば、それを返す。さがしたことばの事実は読み合わせに数える。',
    realms: counter,
    needs: 'person.read',
    body: BeginEncounter,
    answer: Encounter,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { person, purpose, words } = call.body
        const subjectKey = person === null ? null : subjectOf(call as AnyCall, person)
        const known = subjectKey === null ? null : await findReadBackPerson(tx, subjectKey)
        if (subjectKey !== null && known === null) throw nothing()
        const session = sessionDigestOf(call.token)
        await lock(tx, session)
        const open = await findOpenEncounter(tx, session)
        if (open !== null) {
          if (subjectKey === null || open.subjectKey !== subjectKey) throw elsewhere(open.number)
          return shown(tx, call as AnyCall, open)
        }
        const id = await beginEncounter(tx, {
          sessionDigest: session,
          account: call.session.actor,
          purpose,
          subjectKey,
          facts: known === null || words === undefined ? [] : factsOfSearch(known, words),
        })
        const begun = await read(tx, id)
        await leave(tx, call as AnyCall, begun, 'encounter.begin')
        return shown(tx, call as AnyCall, begun)
      }),
  }),
  route({
    method: 'POST',
    path: '/encounters/:encounter/read-back',
    summary:
      '読み合わせ: 聞いた事実を比べる。どの字がちがうかは言わず、打ったものは残さない。3回合わないと閉じる。',
    realms: counter,
    needs: 'person.read',
    body: ReadBack,
    answer: ReadBackAnswer,
    handle: (call) =>
      call.transaction(async (tx) => {
        const held = await own(tx, call as AnyCall)
        const known =
          held.subjectKey === null ? null : await findReadBackPerson(tx, held.subjectKey)
        if (known === null) throw nothing()
        const ask = askable(known)
        const facts = call.body.facts.filter(({ kind }) => ask.includes(kind))
        const unreadable = facts.filter(({ kind, text }) => !isReadable(kind, text))
        if (unreadable.length > 0 || facts.length === 0)
          return {
            outcome: 'unreadable',
            differs: unreadable.map(({ kind }) => kind),
            sentence: unreadable.map(({ kind }) => unreadableSentence[kind]).join('') || wantOne,
            encounter: await shown(tx, call as AnyCall, held),
          }
        const wrong = facts.filter(({ kind, text }) => !agrees(known, kind, text))
        const right = facts.filter((fact) => !wrong.includes(fact)).map(({ kind }) => kind)
        // A request that is sent again tells nothing new, and moves the hour of agreement no further.
        const news = right.filter((kind) => !held.facts.includes(kind))
        if (news.length > 0) await addEvent(tx, held, 'agreed', { facts: news })
        const version = held.version + (news.length > 0 ? 1 : 0)
        if (wrong.length === 0) {
          const now = await read(tx, held.encounterId)
          await leave(tx, call as AnyCall, now, 'encounter.readBack')
          const after = await shown(tx, call as AnyCall, now)
          const { need } = after.readBack
          return {
            outcome: need === 0 ? 'agreed' : 'more',
            differs: [],
            sentence:
              need === 0
                ? '読み合わせが済みました。'
                : `合いました。あと${need}つ、別のことを聞いてください。`,
            encounter: after,
          }
        }
        const kinds = wrong.map(({ kind }) => kind)
        await addEvent(tx, { ...held, version }, 'differed', { facts: kinds })
        await leave(tx, call as AnyCall, held, 'encounter.differ')
        const left = differencesMax - held.differences - 1
        const names = kinds.map((kind) => readBackFacts[kind]).join('と')
        if (left > 0)
          return {
            outcome: 'differs',
            differs: kinds,
            sentence: `${names}が、記録と合いません。もう一度聞いて、打ち直してください。あと${left}回合わないと、応対を閉じます。`,
            encounter: await shown(tx, call as AnyCall, await read(tx, held.encounterId)),
          }
        await addEvent(tx, { ...held, version: version + 1 }, 'closed')
        await leave(tx, call as AnyCall, held, 'encounter.close')
        return {
          outcome: 'closed',
          differs: kinds,
          sentence: `読み合わせが${differencesMax}回合わなかったので、応対${encounterNumber(held.number)}を閉じ、責任者に知らせました。何も書いていません。責任者と確かめてから、次の応対を始めてください。`,
          encounter: null,
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/encounters/:encounter/end',
    summary: '応対を終える。終わったものをもう一度終えても、同じこと。',
    realms: counter,
    needs: 'person.read',
    body: z.object({}),
    answer: CurrentEncounter,
    handle: (call) =>
      call.transaction(async (tx) => {
        await lock(tx, sessionDigestOf(call.token))
        const held = await findEncounter(tx, unpackUuid(call.at('encounter')))
        if (held?.sessionDigest !== sessionDigestOf(call.token)) throw nothing()
        if (held.state === 'open') {
          await addEvent(tx, held, 'ended')
          await leave(tx, call as AnyCall, held, 'encounter.end')
        }
        return { encounter: null }
      }),
  }),
]

/** 席を離れると終わる — whatever this sign-in had open. */
export async function endOpenEncounter(tx: Transaction, token: string): Promise<void> {
  const session = sessionDigestOf(token)
  await lock(tx, session)
  const open = await findOpenEncounter(tx, session)
  if (open !== null) await addEvent(tx, open, 'ended')
}

/** The open 応対 of this seat, with nobody else at it until the transaction ends. */
async function own(tx: Transaction, call: AnyCall): Promise<Held> {
  const session = sessionDigestOf(call.token)
  await lock(tx, session)
  const held = await findEncounter(tx, unpackUuid(call.at('encounter')))
  if (held === null || held.sessionDigest !== session) throw nothing()
  if (held.state !== 'open')
    throw new Refusal(
      409,
      'ENCOUNTER_ENDED',
      `応対${encounterNumber(held.number)}は終わっています。次の応対を始めてください。`,
    )
  return held
}

async function read(tx: Transaction, id: string): Promise<Held> {
  const held = await findEncounter(tx, id)
  if (held === null) throw nothing()
  return held
}

const leave = (tx: Transaction, call: AnyCall, held: Held, act: LookAct): Promise<void> =>
  leaveLook(
    tx,
    { ...call, encounter: held } as AnyCall,
    act,
    held.subjectKey === null ? [] : [held.subjectKey],
    held.purpose,
  )

function subjectOf(call: AnyCall, person: string): number {
  const value = call.references.read('person', person)
  if (value === null) throw nothing()
  return Number(value)
}

async function shown(
  tx: Transaction,
  call: AnyCall,
  held: Held,
): Promise<z.infer<typeof Encounter>> {
  const known = held.subjectKey === null ? null : await findReadBackPerson(tx, held.subjectKey)
  const byFiling = held.facts.includes('filing')
  const need = known === null || byFiling ? 0 : Math.max(factsNeeded - held.facts.length, 0)
  return {
    encounter: call.references.write('encounter', packUuid(held.encounterId)),
    number: encounterNumber(held.number),
    purpose: held.purpose,
    person:
      held.subjectKey === null ? null : call.references.write('person', BigInt(held.subjectKey)),
    name: known?.name ?? null,
    by: held.accountName,
    beganAt: held.beganAt,
    readBack: {
      at: known !== null && need === 0 ? held.agreedAt : null,
      heard: held.facts.map((fact) => (fact === 'filing' ? '届書' : readBackFacts[fact])),
      need,
      ask: known === null ? [] : askable(known).filter((fact) => !held.facts.includes(fact)),
      triesLeft: differencesMax - held.differences,
    },
  }
}

const wantOne = '聞いたことを、1つは打ってください。'

const unreadableSentence: Readonly<Record<ReadBackFact, string>> = {
  birthDate: '生年月日が、日として読めません。昭14.5.3、3140503 のように打ってください。',
  town: '町名を打ってください。',
  numberTail: '被保険者番号の下4けたは、数字4つで打ってください。',
  name: '氏名かカナを打ってください。',
}
