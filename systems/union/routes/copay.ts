import {
  causeNames,
  copayEdition,
  type DecidedJudgement,
  findJudgements,
  findPendings,
  groundWords,
  limitNames,
  type Missing,
  missingSentence,
  noteSentence,
  rejudge,
  type SharePeriod,
  type StoredMember,
  shareSentence,
  sharesOf,
  type Working,
} from '@koiki/copay'
import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import {
  type CopayJudgement,
  type CopayLine,
  type CopayMember,
  type CopayMissing,
  type CopayPeriod,
  PersonCopay,
} from '../api.ts'
import { nothing } from '../failure.ts'
import { leaveLook } from '../look.ts'
import { route } from '../route.ts'

export const copayRoutes = [
  route({
    method: 'GET',
    path: '/people/:person/copay',
    summary: '一部負担金の割合: 期間、なぜその割合か、何が変われば変わるか、判定できないわけ',
    realms: ['counter', 'union'],
    needs: 'copay.read',
    ofPerson: true,
    answer: PersonCopay,
    handle: (call) =>
      call.transaction(async (tx) => {
        const subjectKey = Number(call.at('person'))
        const self = await tx.maybe<{ withheld: boolean }>(
          `select under_support_measure as withheld
             from eligibility.person where subject_key = $1`,
          [subjectKey],
        )
        if (self === null) throw nothing()
        await leaveLook(tx, call, 'copay.explain', [subjectKey])
        return personCopay(tx, subjectKey, self.withheld)
      }),
  }),
]

async function personCopay(
  tx: Transaction,
  subjectKey: number,
  withheld: boolean,
): Promise<PersonCopay> {
  const pieces = await sharesOf(tx, subjectKey)
  const found = await findJudgements(tx, subjectKey)
  const judgements = withheld ? found.map(withoutIssuer) : found
  const pendings = await findPendings(tx, subjectKey)
  const people = await peopleOf(tx, subjectKey, [
    ...judgements.flatMap(({ facts }) => [...facts.members, ...facts.household]),
    ...pendings.flatMap(({ reasons }) =>
      reasons.flatMap(({ id }) => (id === null ? [] : [{ id }])),
    ),
  ])
  const periods = merged(pieces, tx.today)
  const now = periods.find(({ current }) => current) ?? null
  const next = periods.find(({ from, tenths }) => from > tx.today && tenths !== now?.tenths) ?? null
  const hidden = pieces.some(
    ({ judgedOn, sequence }) =>
      !judgements.some((one) => one.effectiveOn === judgedOn && one.sequence === sequence),
  )
  const sentence = shareSentence(now?.tenths ?? null, (now?.shareSince ?? null) as PlainDate | null)
  return {
    on: tx.today,
    checkedAt: tx.now,
    now: now === null ? null : { tenths: now.tenths, from: now.shareSince },
    next: next === null ? null : { tenths: next.tenths, from: next.from },
    sentence: hidden
      ? `${sentence}前の市区町村の世帯で判定した分のわけは、この席からは開けません。`
      : sentence,
    periods,
    judgements: judgements.map((one) => judgementShown(one, people, tx.now)),
    pending: pendings.map(({ effectiveOn, judgementYear, since, reasons }) => ({
      effectiveOn,
      judgementYear,
      since,
      missing: reasons.map((one) => missingShown(one, people)),
    })),
    moves: movesOf(periods, tx.today),
  }
}

/** 割合の期間 — neighbours that say the same are one. */
function merged(pieces: readonly SharePeriod[], today: PlainDate): CopayPeriod[] {
  const periods: CopayPeriod[] = []
  for (const one of pieces) {
    const last = periods.at(-1)
    if (
      last !== undefined &&
      last.until === one.from &&
      last.tenths === one.tenths &&
      last.limitCategory === one.limitCategory
    )
      last.until = one.until
    else
      periods.push({
        from: one.from,
        until: one.until,
        tenths: one.tenths,
        limitCategory: one.limitCategory,
        limitName: one.limitCategory === null ? null : limitNames[one.limitCategory],
        shareSince: one.shareSince,
        limitSince: one.limitSince,
        current: false,
      })
  }
  for (const one of periods)
    one.current = one.from <= today && (one.until === null || today < one.until)
  return periods
}

/** ほかに動くもの — a document says the share: where it changes from today on, the document is made again. */
function movesOf(periods: readonly CopayPeriod[], today: PlainDate): PersonCopay['moves'] {
  return periods.flatMap((one, index) => {
    const before = periods[index - 1]
    const changes =
      before !== undefined && before.until === one.from && before.tenths !== one.tenths
    if (!changes || one.from < today) return []
    return [
      {
        what: 'certificate' as const,
        from: one.from,
        sentence: `${before.tenths}割から${one.tenths}割になるので、資格確認書等を作り直します。`,
      },
    ]
  })
}

type People = {
  readonly self: string
  readonly names: ReadonlyMap<string, string>
}

/** Who issued 負担区分等証明書 tells where a person under 不開示該当 lived: no sentence of the judgement names it. */
function withoutIssuer(one: DecidedJudgement): DecidedJudgement {
  const told = one.facts.notes.find(({ code }) => code === 'byCertificate')
  if (told === undefined) return one
  const { issuer, ...rest } = told
  if (issuer === undefined || issuer === '') return one
  return {
    ...one,
    facts: {
      ...one.facts,
      notes: one.facts.notes.map((note) => (note === told ? rest : note)),
    },
    workings: {
      ...one.workings,
      share: one.workings.share.map((line) => ({
        ...line,
        formula: line.formula.replaceAll(issuer, '転入前の広域連合'),
      })),
    },
  }
}

/** By name where this desk may see the person; a resident's key never leaves. */
async function peopleOf(
  tx: Transaction,
  subjectKey: number,
  members: readonly { readonly id: string }[],
): Promise<People> {
  const rows = await tx.query<{ resident_key: number; subject_key: number; name: string }>(
    `select n.resident_key, p.subject_key, p.name
       from eligibility.addressee_number n
       join eligibility.person p on p.subject_key = n.subject_key
      where n.resident_key = any ($1::bigint[]) or n.subject_key = $2`,
    [[...new Set(members.map(({ id }) => Number(id)))], subjectKey],
  )
  const own = rows.filter(({ subject_key }) => subject_key === subjectKey)
  const judged = members.find(({ id }) => own.some((row) => String(row.resident_key) === id))
  return {
    self: judged?.id ?? String(own[0]?.resident_key ?? ''),
    names: new Map(rows.map((row) => [String(row.resident_key), row.name])),
  }
}

const nameOf = ({ names }: People, id: string): string => names.get(id) ?? '世帯の人'

const missingShown = (missing: Missing, people: People): CopayMissing => ({
  code: missing.code,
  who: missing.id === null ? '法令表' : nameOf(people, missing.id),
  sentence: missingSentence(missing),
})

function judgementShown(one: DecidedJudgement, people: People, at: string): CopayJudgement {
  const { facts, workings } = one
  const again = rejudge(facts)
  const answer = workings.share.findIndex(({ step }) => step === '一部負担金の割合（割）')
  const share = workings.share.slice(0, answer + 1)
  const changes = workings.share.slice(answer + 1)
  return {
    effectiveOn: one.effectiveOn,
    judgementYear: one.judgementYear,
    incomeYear: facts.incomeYear,
    cause: one.cause,
    causeName: causeNames[one.cause],
    tenths: one.tenths,
    sentence: groundWords(one.ground),
    limitCategory: one.limitCategory,
    limitName: one.limitCategory === null ? null : limitNames[one.limitCategory],
    groups: [
      { name: '一部負担金の割合', lines: share.map(lineOf) },
      { name: '限度区分', lines: workings.limit.map(lineOf) },
    ].filter(({ lines }) => lines.length > 0),
    whatWouldChange: changes.map(lineOf),
    members: facts.members.map((member) => memberShown(member, one, people)),
    notes: facts.notes.map((note) =>
      note.code === 'undeclaredAsZero' || note.code === 'revenueUnknown'
        ? `${nameOf(people, note.id)}: ${noteSentence(note)}`
        : noteSentence(note),
    ),
    missing: facts.limitMissing.map((missing) => missingShown(missing, people)),
    recomputed: {
      tenths: again?.tenths ?? null,
      agrees: again?.tenths === one.tenths && again.limitCategory === one.limitCategory,
      at,
    },
    edition: one.edition === copayEdition.name ? one.edition : `${one.edition}(前の版)`,
    decidedOn: one.decidedOn,
    receiptNumber: one.receiptNumber,
    superseded: !one.living,
  }
}

const yesNo = /(、|（)はい1、いいえ0）/

function lineOf({ step, value, formula, law }: Working): CopayLine {
  const test = yesNo.test(step)
  const unit = /数(（|$)/.test(step) ? '人' : /（割）$/.test(step) ? '割' : '円'
  return {
    step: step.replace(/、はい1、いいえ0）/, '）').replace(/（はい1、いいえ0）/, ''),
    formula,
    value: test ? (value === 1 ? 'はい' : 'いいえ') : `${value.toLocaleString('ja-JP')}${unit}`,
    test,
    holds: test ? value === 1 : null,
    law,
  }
}

function memberShown(
  member: StoredMember,
  { facts }: DecidedJudgement,
  people: People,
): CopayMember {
  const noted = (code: string) =>
    facts.notes.some((note) => note.code === code && note.id === member.id)
  const declared = !noted('undeclaredAsZero')
  const item = (name: string, yen: number, known: boolean) => ({
    name,
    yen: known ? yen : null,
    known,
  })
  const revenue = item('収入', member.revenue, declared && !noted('revenueUnknown'))
  return {
    name: nameOf(people, member.id),
    self: member.id === people.self,
    insured: member.insured,
    seventies: !member.insured,
    items: member.insured
      ? [
          item('課税所得', member.taxableIncome, true),
          item('旧ただし書所得', member.base, declared),
          revenue,
          item('年金収入', member.pensionRevenue, declared),
          item('その他の合計所得金額', member.otherIncome, declared),
        ]
      : [revenue],
  }
}
