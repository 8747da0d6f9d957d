import { may } from '@koiki/access'
import { judgeSharesAround } from '@koiki/copay'
import {
  answerInsurer,
  assignFiling,
  type Clerk,
  cancelFiling,
  checkFiling,
  countOpenDifferences,
  enterSecond,
  type FilingContent,
  type FilingTarget,
  filingStates,
  findInquiries,
  findQueueRow,
  firstEntrant,
  isOpen,
  kindOf,
  listQueue,
  type MovedFiling,
  numberInText,
  numberInTextSentence,
  type OpenedFiling,
  openFiling,
  previewFiling,
  type QueueRow,
  settleFiling,
  supplementFiling,
  takeFiling,
  whyNotSecond,
  withdrawFiling,
} from '@koiki/eligibility'
import type { PlainDate } from '@koiki/kernel'
import { StoreError, type Transaction } from '@koiki/store'
import type { z } from 'zod'
import {
  AnswerFormerInsurer,
  AssignFiling,
  CancelFiling,
  CancelledFiling,
  CheckFiling,
  DecideFiling,
  type FiledContent,
  FiledContent as FiledContentSchema,
  Filing,
  FilingKinds,
  FilingPreview,
  FilingQueue,
  FilingQueueQuery,
  FilingQueueSearch,
  FilingReceipt,
  NewFiling,
  SecondEntry,
  SupplementFiling,
  WithdrawFiling,
} from '../api/filings.ts'
import { findAssignees } from '../assignees.ts'
import { joinFiling } from '../encounters/join.ts'
import { changedBefore, misfit, nothing, refused, stopped, usedBefore } from '../failure.ts'
import {
  actName,
  answerShown,
  comparedShown,
  contentShown,
  eventShown,
  filingReference,
  inquiryShown,
  kindsShown,
  rowShown,
  timelineShown,
} from '../filingsShown.ts'
import { liveStream } from '../liveStream.ts'
import { leaveLook, purposeText } from '../look.ts'
import { municipalitiesOf, municipalityName } from '../places.ts'
import { packUuid, unpackUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'
import { forecastShares, judgeSharesOfFiling, withShares } from '../sharesOfFiling.ts'

type AnyCall = Call<never, never> | Call

const both = ['counter', 'union'] as const

/** 窓口の担当者 — as the session names them; the audit row says for what. */
export const clerkOf = (call: AnyCall): Clerk => ({
  account: { id: call.session.actor.id, name: call.session.actor.name },
  municipality: call.scope.municipality,
  terminal: call.session.terminal,
  address: call.session.address,
  purpose: purposeText(call, call.purpose ?? 'application'),
})

/**
 * 全域の取引 — a decision looks at the whole union, because the person may be known in another municipality. What
 * the clerk may touch is asked of the clerk's own office by the chapter; nothing else of it comes back.
 */
export async function unionWide<T>(
  call: AnyCall,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const attempt = (): Promise<T> =>
    call.transactionIn({ union: call.scope.union, municipality: '*' }, work)
  return attempt().catch((error: unknown) => {
    // Two offices that decide on one person at one moment may wait for each other; the one that was undone, whole,
    // comes second.
    if (error instanceof StoreError && error.kind === 'conflict' && error.retryable)
      return attempt()
    throw error
  })
}

const filingId = (call: AnyCall): string => unpackUuid(call.at('filing'))

export const filingRoutes = [
  route({
    method: 'GET',
    path: '/filings/kinds',
    summary: '届書の種類: 条文、期限、出せる人、項目、書類、決まると動くもの',
    realms: both,
    needs: 'filing.read',
    answer: FilingKinds,
    handle: (call) =>
      call.transaction(async (tx) =>
        kindsShown(tx.today, call.realm === 'union' ? municipalitiesOf(call.scope.union) : []),
      ),
  }),
  route({
    method: 'POST',
    path: '/filings/preview',
    summary: '届書の決定の下見。何も残さず、だれが見たかだけを残す。',
    realms: both,
    needs: 'filing.receive',
    body: FiledContentSchema,
    answer: FilingPreview,
    handle: (call) =>
      unionWide(call, async (tx) => {
        let shares: readonly string[] | null = null
        const taking = { ...addressed(call, call.body), clerk: clerkOf(call) }
        const shown = await previewFiling(
          tx,
          call.parts.vault,
          taking,
          async (carriedOut, residentKey) => {
            shares = await forecastShares(carriedOut, residentKey, call.scope.municipality)
          },
        )
        if (shown.kind === 'nobody') throw nothing()
        if (shown.kind === 'stopped')
          return {
            answer: null,
            title: `直すところが${shown.faults.length}か所あります`,
            faults: shown.faults,
            ...emptyPreview,
          }
        const { answer } = shown
        return {
          ...emptyPreview,
          ...answerShown(answer),
          moves: withShares(answer.moves, shares),
          faults: [],
          timelineBefore: timelineShown(call as AnyCall, answer.before),
          timelineAfter: timelineShown(call as AnyCall, answer.after),
          dueOn: shown.dueOn,
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/filings',
    summary: '届書を受け付け、審査し、決定する(1-1〜1-4)。同じ filingId は一件になる。',
    realms: both,
    needs: 'filing.receive',
    body: NewFiling,
    answer: FilingReceipt,
    handle: async (call) => {
      const taken = await unionWide(call, async (tx) => {
        const answered = await takeFiling(tx, call.parts.vault, {
          filingId: call.body.filingId,
          ...addressed(call, call.body),
          clerk: clerkOf(call),
        })
        if (answered.kind !== 'taken') return answered
        const { residentKey } = answered.answer
        const { receiptNumber } = answered.filing
        if (answered.state === 'granted' && residentKey !== null)
          await judgeSharesAround(tx, [residentKey], { receiptNumber })
        await joinFiling(tx, call.encounter, answered.filing.filingId, answered.answer.subjectKey)
        return answered
      })
      if (taken.kind === 'nobody') throw nothing()
      if (taken.kind === 'stopped') throw stopped([...taken.faults] as never)
      if (taken.kind === 'conflict') {
        const own = [taken.filing.municipality, '*'].includes(call.scope.municipality)
        throw own ? usedBefore(taken.filing.receiptNumber) : nothing()
      }
      const { filing, answer } = taken
      call.reply.status(201)
      return {
        filing: filingReference(call, filing.filingId),
        receiptNumber: filing.receiptNumber,
        person:
          answer.subjectKey === null
            ? null
            : call.references.write('person', BigInt(answer.subjectKey)),
        insuredNumber: answer.insuredNumber,
        state: taken.state,
        stateName: filingStates[taken.state],
        version: taken.version,
        ...answerShown(answer),
        dueOn: taken.dueOn,
      }
    },
  }),
  route({
    method: 'GET',
    path: '/filings',
    summary: '仕事の列。期限の順。',
    realms: both,
    needs: 'filing.read',
    query: FilingQueueQuery,
    answer: FilingQueue,
    handle: (call) => queueAnswered(call, call.query),
  }),
  route({
    method: 'POST',
    path: '/filings/search',
    summary: '仕事の列の中をさがす。ことばは所在に出ない。',
    realms: both,
    needs: 'filing.read',
    body: FilingQueueSearch,
    answer: FilingQueue,
    handle: (call) => queueAnswered(call, call.body),
  }),
  route({
    method: 'GET',
    path: '/filings/events',
    summary:
      '届書の動き(サーバーからの便り)。出来事の名は filing(参照と版)と presence(同じものを見に来た人がいる)。',
    realms: both,
    needs: 'filing.read',
    answer: { file: 'text/event-stream' },
    raw: true,
    handle: async (call) => events(call as AnyCall),
  }),
  route({
    method: 'GET',
    path: '/filings/:filing',
    summary: '届書の1件: 中身、答え、足りないもの、いきさつ',
    realms: both,
    needs: 'filing.read',
    answer: Filing,
    handle: (call) =>
      call.transaction(async (tx) => {
        const shown = await filingShown(tx, call, filingId(call as AnyCall))
        if (shown === null) throw nothing()
        return shown
      }),
  }),
  move('assign', '担当を決める', 'filing.receive', AssignFiling, async (tx, at, { to }, call) =>
    assignFiling(tx, { ...at, to: await assigneeOf(call, at.clerk, to) }),
  ),
  move(
    'supplement',
    '足りないものを補う。補ったところで、もう一度審査する。',
    'filing.receive',
    SupplementFiling,
    (tx, at, { version: _, ...supplement }, call) =>
      supplementFiling(tx, call.parts.vault, { ...at, supplement: supplement as never }),
  ),
  move(
    'decide',
    '審査の決定。書類を審査するものは答えと理由を、ほかは規則にもう一度たずねる。',
    'filing.decide',
    DecideFiling,
    (tx, at, { answer, reason }) =>
      settleFiling(tx, {
        ...at,
        examined:
          answer === undefined ? null : { answer, reason: reason ?? '広域連合が審査しました。' },
      }),
  ),
  move('check', '送付先を2人目として確かめる', 'filing.check', CheckFiling, (tx, at, body) =>
    checkFiling(tx, { ...at, agree: body.agree, note: body.note ?? null }),
  ),
  move(
    'second',
    '2人目として、1人目の入力を見ずに、書類から入れる。同じなら効き、ちがえば何も直さない。',
    'filing.check',
    SecondEntry,
    (tx, at, { fields }) => enterSecond(tx, { ...at, fields: fields as FilingContent['fields'] }),
  ),
  move('withdraw', '取り下げる', 'filing.receive', WithdrawFiling, (tx, at, { reason }) =>
    withdrawFiling(tx, { ...at, reason }),
  ),
  move(
    'former-insurer',
    '前の保険者の答えを、出どころとともに入れる(※1)',
    'filing.receive',
    AnswerFormerInsurer,
    (tx, at, { version: _, ...answer }) =>
      answerInsurer(tx, {
        ...at,
        answer: { ...answer, lostOn: answer.lostOn as PlainDate | null },
      }),
  ),
  route({
    method: 'POST',
    path: '/filings/:filing/cancel',
    summary: '誤った届書を取り消す。confirm が false なら、動くものを見せるだけ。',
    realms: both,
    needs: 'filing.cancel',
    body: CancelFiling,
    answer: CancelledFiling,
    handle: (call) =>
      unionWide(call, async (tx) => {
        const id = filingId(call as AnyCall)
        const { confirm, reason, version } = call.body
        noNumberIn(call.body)
        const done = await cancelFiling(tx, {
          filingId: id,
          version,
          reason,
          confirm,
          clerk: clerkOf(call),
        })
        if (done.refusal !== null) refuse(done.refusal)
        if (confirm) await judgeSharesOfFiling(tx, id)
        const answer = done.shown
        return {
          confirmed: confirm,
          preview: {
            ...emptyPreview,
            ...(answer === null ? {} : answerShown(answer)),
            title: answer?.title ?? '取消',
            answer: answer?.answer ?? null,
            faults: [],
            timelineBefore: timelineShown(call as AnyCall, answer?.before ?? []),
            timelineAfter: timelineShown(call as AnyCall, answer?.after ?? []),
            dueOn: null,
          },
          filing: confirm ? await filingShown(tx, call, id) : null,
        }
      }),
  }),
]

const emptyPreview = {
  reasons: [],
  missing: [],
  warnings: [],
  decisions: [],
  timelineBefore: [],
  timelineAfter: [],
  moves: [],
  dueOn: null,
  appeal: null,
}

type At = { readonly filingId: string; readonly version: number; readonly clerk: Clerk }

/** One way of moving a filing on: the version seen, the move, and the filing as it then stands. */
function move<B extends z.ZodType<{ version: number }>>(
  verb: string,
  summary: string,
  needs: 'filing.receive' | 'filing.decide' | 'filing.check',
  body: B,
  work: (tx: Transaction, at: At, body: z.infer<B>, call: AnyCall) => Promise<MovedFiling>,
) {
  return route({
    method: 'POST',
    path: `/filings/:filing/${verb}`,
    summary,
    realms: both,
    needs,
    body,
    answer: Filing,
    handle: async (call) => {
      const id = filingId(call as AnyCall)
      const given = call.body as z.infer<B>
      noNumberIn(given)
      const outcome = await unionWide(call, async (tx) => {
        const at = {
          filingId: id,
          version: given.version,
          clerk: clerkOf(call as AnyCall),
        }
        const moved = await work(tx, at, given, call as AnyCall)
        if (moved.kind === 'moved' && moved.state === 'granted') await judgeSharesOfFiling(tx, id)
        return moved
      })
      if (outcome.kind !== 'moved') refuse(outcome)
      return call.transaction(async (tx) => {
        const shown = await filingShown(tx, call as AnyCall, id)
        if (shown === null) throw nothing()
        return shown
      })
    },
  })
}

/** Notes and reasons are kept as they are typed: a number has no place in them. */
export function noNumberIn(body: object): void {
  const { individualNumber: _, ...texts } = body as { readonly individualNumber?: unknown }
  const at = numberInText(texts)
  if (at !== null)
    throw stopped([{ at, code: 'numberInText', sentence: numberInTextSentence, next: [] }])
}

function refuse(outcome: MovedFiling): never {
  switch (outcome.kind) {
    case 'changed':
      throw changedBefore({
        version: outcome.last.version,
        at: outcome.last.at,
        by: outcome.last.accountName,
        what: actName(outcome.last.act),
      })
    case 'refused':
      throw refused(outcome.sentence)
    case 'stopped':
      throw stopped([...outcome.faults] as never)
    default:
      throw nothing()
  }
}

/** What the desk sent, in the words of the chapter; references are read, never trusted. */
function addressed(call: AnyCall, body: FiledContent & { readonly filingId?: string }) {
  const { filingId: _, person, addresseeNumber, individualNumber, municipality, ...paper } = body
  let target: FilingTarget
  if (person !== null) target = { subjectKey: subjectOf(call, person) }
  else if (addresseeNumber !== null) target = { addresseeNumber }
  else throw misfit('person')
  const place = municipality ?? null
  if (call.realm === 'union' && person === null) {
    const own = place?.startsWith(call.scope.union) === true && municipalityName(place) !== place
    if (!own) throw misfit('municipality')
  }
  const content = {
    ...paper,
    addresseeNumber: person === null ? addresseeNumber : null,
  } as unknown as FilingContent
  return { target, municipality: place, content, individualNumber }
}

type Filter = z.infer<typeof FilingQueueQuery> & {
  readonly words?: string
  readonly again?: boolean | undefined
}

async function queueAnswered(call: AnyCall, filter: Filter) {
  const { answer, keys } = await call.transaction((tx) => queueShown(tx, call, filter))
  // Only after the row about it is kept.
  call.parts.liveFilings.shown(call.token, keys, filter.again !== true)
  return answer
}

async function queueShown(tx: Transaction, call: AnyCall, filter: Filter) {
  const { state, assigned, older, kind, words, limit, person, reconciliation, again } = filter
  const queue = await listQueue(tx, {
    account: call.session.actor.id,
    limit: limit ?? 200,
    ...(state === undefined ? {} : { state }),
    ...(assigned === undefined ? {} : { assigned }),
    ...(older === undefined ? {} : { older: older as PlainDate }),
    ...(kind === undefined ? {} : { kind }),
    ...(reconciliation === undefined ? {} : { reconciliation }),
    ...(person === undefined ? {} : { subjectKey: subjectOf(call, person) }),
    ...(words === undefined ? {} : { words }),
  })
  const keys = [...new Set(queue.rows.map(keyOf).filter((key) => key !== null))]
  // A list that is open all day is asked again whenever a filing moves anywhere. A row for each of these would say
  // nothing of who looked at whom, and bury what does: one look when somebody opens the list or asks for
  // another part of it, and then one for each person who comes to be seen. What was seen is known here,
  // not told by the desk.
  const { liveFilings } = call.parts
  const looked = again === true ? liveFilings.unseen(call.token, keys) : keys
  if (looked.length > 0) await leaveLook(tx, call, 'filing.queue', looked, 'application')
  const answer = {
    checkedAt: tx.now,
    on: tx.today,
    total: queue.total,
    overdue: queue.overdue,
    mine: queue.mine,
    rows: queue.rows.map((row) => rowShown(tx, call, row)),
    assignees: await assigneesShown(tx, call),
  }
  return { answer, keys }
}

/** Only somebody of the seat's own office can be handed a filing. */
async function assigneeOf(call: AnyCall, { account }: Clerk, to: string) {
  if (to === 'me') return account
  if (to === 'nobody') return null
  const value = call.references.read('account', to)
  const id = value === null ? null : unpackUuid(value)
  const found = (await call.transaction(findAssignees)).find((one) => one.account === id)
  if (found === undefined) throw nothing()
  return { id: found.account, name: found.name }
}

function subjectOf(call: AnyCall, person: string): number {
  const value = call.references.read('person', person)
  if (value === null) throw nothing()
  return Number(value)
}

const keyOf = (row: QueueRow): number | null => row.subjectKey ?? row.residentKey

async function filingShown(
  tx: Transaction,
  call: AnyCall,
  id: string,
): Promise<z.infer<typeof Filing> | null> {
  const row = await findQueueRow(tx, id)
  const opened =
    row === null ? null : await openFiling(tx, { filingId: id, clerk: clerkOf(call) }, 'look')
  if (row === null || opened === null) return null
  const key = keyOf(row)
  await leaveLook(tx, call, 'filing.read', key === null ? [] : [key], call.purpose ?? 'application')
  const { content, answer, events: all, token } = opened
  const inquiries = await findInquiries(tx, id)
  const me = call.session.actor.id
  const hidden = isHidden(opened, me)
  const shown = hidden
    ? { ...answer, reasons: [], warnings: [], decisions: [], moves: [], compared: [] }
    : answer
  return {
    checkedAt: tx.now,
    row: rowShown(tx, call, row),
    content: contentShown(
      hidden ? { ...content, fields: {} } : content,
      row,
      token !== null || row.numberHeld,
    ),
    ...answerShown(shown),
    compared: comparedShown(row.kind, shown.compared ?? []),
    blind: kindOf(row.kind).blind,
    hidden,
    whyNotSecond:
      kindOf(row.kind).blind && row.state === 'awaitingCheck' ? whyNotSecond(opened, me) : null,
    inquiries: inquiries.map((one) => inquiryShown(one, row)),
    differences: await countOpenDifferences(tx, id),
    events: all.map((event) => eventShown(call, event, hidden)),
    may: actsOf(
      call,
      row,
      opened,
      inquiries.some(({ answer: a }) => a === null),
    ),
    assignees: await assigneesShown(tx, call),
  }
}

/**
 * 1人目の入力を隠すか — until two have typed, nobody but who typed first sees the entry: neither the second, nor whoever
 * could tell it. What two typed differently, these two see.
 */
function isHidden(opened: OpenedFiling, me: string): boolean {
  const { filing, standing, answer, events } = opened
  if (!kindOf(filing.kind).blind || !isOpen(standing.state)) return false
  if (firstEntrant(opened) === me) return false
  const second = events.findLast(({ act }) => act === 'checked')
  return answer.compared === undefined || second?.account !== me
}

const assigneesShown = async (tx: Transaction, call: AnyCall) =>
  (await findAssignees(tx)).map(({ account, name }) => ({
    account: call.references.write('account', packUuid(account)),
    name,
    me: account === call.session.actor.id,
  }))

/** What this seat may do with it now; what cannot be done has no button. */
function actsOf(
  call: AnyCall,
  row: QueueRow,
  opened: OpenedFiling,
  insurerAsked: boolean,
): z.infer<typeof Filing>['may'] {
  const open = isOpen(row.state)
  const receives = may(call.session, 'filing.receive')
  return [
    ...(receives ? (['assign'] as const) : []),
    ...(receives && open && row.state !== 'awaitingCheck' ? (['supplement'] as const) : []),
    ...(may(call.session, 'filing.decide') && open && row.state !== 'awaitingCheck'
      ? (['decide'] as const)
      : []),
    ...(may(call.session, 'filing.check') && row.state === 'awaitingCheck'
      ? secondOf(opened, call.session.actor.id)
      : []),
    ...(receives && open ? (['withdraw'] as const) : []),
    ...(may(call.session, 'filing.cancel') && row.state === 'granted' ? (['cancel'] as const) : []),
    ...(receives && open && insurerAsked ? (['answerInsurer'] as const) : []),
  ]
}

/** 2人目 — never who took it in, or typed it. */
function secondOf(opened: OpenedFiling, me: string): z.infer<typeof Filing>['may'] {
  if (kindOf(opened.filing.kind).blind) return whyNotSecond(opened, me) === null ? ['second'] : []
  return opened.filing.receivedBy === me ? [] : ['check']
}

/** The live stream: a row of the queue when a filing moves, a thing when somebody comes to it. */
function events(call: AnyCall): void {
  const { liveFilings } = call.parts
  liveStream(call, (say) => [
    liveFilings.watch(call.scope, ({ filingId: id, version }) => {
      say('filing', { filing: filingReference(call, id), version })
    }),
    liveFilings.watchPlaces(call.session.actor.id, (thing) => {
      const [kind, key] = thing.split(' ') as ['filing' | 'person' | 'difference', string]
      say('presence', { of: kind, thing: call.references.write(kind, BigInt(key)) })
    }),
  ])
}
