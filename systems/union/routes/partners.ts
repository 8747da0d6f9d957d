import { Readable } from 'node:stream'
import { recordAccess } from '@koiki/audit'
import {
  CustodyRefused,
  decideStop,
  findAdmission,
  findPlausibility,
  findTransmission,
  letIn,
  listCustody,
  listDifferences,
  listPartnerNews,
  listQuarantined,
  listReconciliations,
  policyChange,
  policyOf,
  quarantineOf,
  recordCustody,
  recordRefused,
  recordStopNotice,
  returnedRows,
  setPolicy,
  skipNumber,
} from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { findLayout, layouts } from '@koiki/layouts'
import { printCustodySheet } from '@koiki/notices'
import {
  AdmitFile,
  BroughtStopNotice,
  CustodyLog,
  DecidedStop,
  DecideStop,
  type DestinationStop,
  FilePolicies,
  Partners,
  PlausibilityDetail,
  QuarantineDetail,
  ReconciliationDifferences,
  RecordCustody,
  SetFilePolicy,
  SkipNumber,
  SkippedNumber,
  ToldStopNotice,
} from '../api/partners.ts'
import { Transmission } from '../api.ts'
import { misfit, nothing, Refusal } from '../failure.ts'
import { enqueueIntake } from '../jobs.ts'
import { partnersOf, stopsOf, waitingOf } from '../partners.ts'
import { inDeskWords, municipalitiesOf, municipalityName, partnerOf, unionName } from '../places.ts'
import { packUuid, unpackUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'
import { foundIn, placeOf, shown } from './files.ts'

type AnyCall = Call<never, never> | Call

export const partnerRoutes = [
  route({
    method: 'GET',
    path: '/partners',
    summary: '相手ごとの便り(平常・遅れ・無音・欠番・断り続き)、届かない媒体、鍵、全件照合',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: Partners,
    handle: (call) =>
      call.transaction((tx) => partnersOf(tx, placeOf(call as AnyCall), call.references)),
  }),
  route({
    method: 'POST',
    path: '/partners/gaps',
    summary: '届かない通し番号を、わけを書いて欠番とする。後の番号は進む。',
    realms: ['union'],
    needs: 'file.admit',
    body: SkipNumber,
    answer: SkippedNumber,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { self } = placeOf(call as AnyCall)
        const { municipality, layout, number, reason } = call.body
        const partners = [{ partner: partnerOf(municipality), municipality }]
        const news = await listPartnerNews(tx, self, partners, [])
        const gap = news.find((one) => one.layout === layout)?.missing ?? []
        if (!gap.includes(number))
          throw new Refusal(
            409,
            'NO_GAP',
            'その通し番号は欠けていません。もう届いたか、まだ先の番号です。画面を新しくして確かめてください。',
          )
        const sequence = { sender: partnerOf(municipality), receiver: self, layout }
        const released = await skipNumber(tx, sequence, number, municipality, reason)
        await enqueueIntake(tx, released, call.session.account.id)
        return { released: released.length }
      }),
  }),
  route({
    method: 'POST',
    path: '/partners/stops',
    summary: '市区町村へ渡すのを、わけを書いて止める、または再び始める',
    realms: ['union'],
    needs: 'file.admit',
    body: DecideStop,
    answer: DecidedStop,
    handle: (call) =>
      call.transaction(async (tx) => {
        const place = placeOf(call as AnyCall)
        const { municipality, kind } = call.body
        if (!municipalitiesOf(call.scope.union).some(({ code }) => code === municipality))
          throw nothing()
        const { account } = call.session
        const partner = partnerOf(municipality)
        const decided = await decideStop(tx, place.self, partner, call.body, account.id)
        const stops = await stopsOf(tx, place, [municipality], await waitingOf(tx))
        if (!decided) throw standsAlready(municipalityName(municipality), kind, stops)
        return { stops }
      }),
  }),
  route({
    method: 'POST',
    path: '/partners/notices',
    summary: '市区町村システムが署名した、受け取りの停止・解除の知らせを取り込む',
    realms: ['counter'],
    needs: 'file.fetch',
    body: BroughtStopNotice,
    answer: ToldStopNotice,
    handle: (call) =>
      call.transaction(async (tx) => {
        const told = await recordStopNotice(tx, placeOf(call as AnyCall), call.body.notice)
        const sentence = inDeskWords(told.sentence)
        if (!told.believed) throw new Refusal(422, 'NOTICE', sentence, 'notice')
        return { sentence }
      }),
  }),
  route({
    method: 'GET',
    path: '/reconciliations/:reconciliation/differences',
    summary: '全件照合で違った宛名番号と、違う項目',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: ReconciliationDifferences,
    handle: (call) =>
      call.transaction(async (tx) => {
        const reconciliationId = unpackUuid(call.at('reconciliation'))
        const found = await listDifferences(tx, reconciliationId)
        const about = (await listReconciliations(tx)).find(
          (one) => one.reconciliationId === reconciliationId,
        )
        return {
          about:
            about === undefined
              ? null
              : {
                  municipality: {
                    code: about.municipality,
                    name: municipalityName(about.municipality),
                  },
                  ...{ layout: about.layout, day: about.day, sentence: about.sentence },
                },
          differences: found.map((one) => ({ ...one, kindName: kindNames[one.kind] })),
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/quarantine',
    summary: '隔離した行と、直したものが届いたか',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: QuarantineDetail,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { transmissionId } = await foundIn(tx, call as AnyCall)
        const quarantine = await quarantineOf(tx, transmissionId)
        if (quarantine === null) return { rows: 0, atFault: 0, mendedBy: null, lines: [] }
        const { mendedBy } = quarantine
        return {
          ...quarantine,
          mendedBy: mendedBy && call.references.write('transmission', packUuid(mendedBy)),
          lines: (await listQuarantined(tx, transmissionId)).slice(0, 1000),
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/quarantine.age',
    summary: '隔離した行のファイル(送り手だけが開ける封をしたもの)',
    realms: ['counter'],
    needs: 'file.fetch',
    answer: { file: 'application/octet-stream' },
    raw: true,
    handle: async (call) => {
      const any = call as AnyCall
      const parts = await call.transaction(async (tx) => {
        const { transmissionId, direction } = await foundIn(tx, any)
        const quarantine = await quarantineOf(tx, transmissionId)
        if (direction !== 'received' || quarantine === null) throw nothing()
        const bytes: Buffer[] = []
        for await (const part of returnedRows(tx, placeOf(any), transmissionId)) bytes.push(part)
        // Whose rows they are may be the very thing that is at fault: their number is all that is known.
        await recordAccess(tx, {
          channel: 'screen',
          actor: call.session.actor,
          party: placeOf(any).self,
          terminal: call.session.terminal,
          address: call.session.address,
          purpose: '隔離した行を送り手に戻すため',
          act: 'file.return',
          effect: 'read',
          persons: [],
          count: quarantine.rows,
        })
        return bytes
      })
      return call.reply.type('application/octet-stream').send(Readable.from(parts))
    },
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/plausibility',
    summary: 'もっともらしさの数と、ふだんと違うところ',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: PlausibilityDetail,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { transmissionId } = await foundIn(tx, call as AnyCall)
        const found = await findPlausibility(tx, transmissionId)
        if (found === null) throw nothing()
        const admission = await findAdmission(tx, transmissionId)
        return {
          figures: figureRows(found.figures),
          doubts: [...found.doubts],
          decision: admission?.decision ?? null,
          reason: admission?.reason ?? null,
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/transmissions/:transmission/admission',
    summary: '確認待ちの送信を、わけを書いて通すか断る',
    realms: ['union'],
    needs: 'file.admit',
    body: AdmitFile,
    answer: Transmission,
    handle: (call) =>
      call.transaction(async (tx) => {
        const any = call as AnyCall
        const { transmissionId } = await foundIn(tx, any)
        const { decision, reason } = call.body
        const account = call.session.account.id
        if (!(await letIn(tx, transmissionId, { decision, reason, account })))
          throw new Refusal(
            409,
            'NOT_HELD',
            'この送信は確認を待っていません。ほかの職員がもう決めたか、取り込みが済んでいます。画面を新しくして確かめてください。',
          )
        if (decision === 'letIn') await enqueueIntake(tx, [transmissionId], account)
        else
          await recordRefused(tx, placeOf(any), transmissionId, [
            { code: 'E4910', sentence: `確かめて、取り込まないことにしました。${reason}` },
          ])
        const one = await findTransmission(tx, transmissionId)
        if (one === null) throw nothing()
        return shown(call.references, one)
      }),
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/custody',
    summary: '媒体の受渡し記録',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: CustodyLog,
    handle: (call) =>
      call.transaction(async (tx) => ({
        log: await listCustody(tx, (await foundIn(tx, call as AnyCall)).transmissionId),
      })),
  }),
  route({
    method: 'POST',
    path: '/transmissions/:transmission/custody',
    summary: '媒体の封入・受渡し・開封・破棄を記録する',
    realms: ['counter', 'union'],
    needs: 'file.custody',
    body: RecordCustody,
    answer: CustodyLog,
    handle: async (call) => {
      const { on, from = null, to = null, note = '', ...event } = call.body
      try {
        return await call.transaction(async (tx) => {
          const { transmissionId } = await foundIn(tx, call as AnyCall)
          const log = await recordCustody(
            tx,
            transmissionId,
            { ...event, from, to, note, on: plainDate(on) },
            call.session.account.id,
          )
          return { log }
        })
      } catch (error) {
        if (error instanceof CustodyRefused) throw new Refusal(422, 'CUSTODY', error.message)
        throw error
      }
    },
  }),
  route({
    method: 'GET',
    path: '/transmissions/:transmission/custody.pdf',
    summary: '媒体の受渡し票(印刷用)',
    realms: ['counter', 'union'],
    needs: 'file.read',
    answer: { file: 'application/pdf' },
    raw: true,
    handle: async (call) => {
      const pdf = await call.transaction(async (tx) => {
        const one = await foundIn(tx, call as AnyCall)
        const log = await listCustody(tx, one.transmissionId)
        if (log.length === 0) throw nothing()
        return printCustodySheet(
          {
            transmissionId: one.transmissionId,
            layout: one.layout,
            sequenceNumber: one.sequenceNumber,
            recordCount: one.recordCount,
            sealedSha256: one.sealedSha256,
            from: partyName(one.sender),
            to: partyName(one.receiver),
            rows: log.map(({ recordedAt: _, ...row }) => row),
          },
          {
            issuer: unionName(call.scope.union),
            mock: call.parts.invented,
            printedAt: Math.floor(Date.parse(tx.now) / 1000),
          },
        )
      })
      return call.reply.type('application/pdf').send(pdf)
    },
  }),
  route({
    method: 'GET',
    path: '/partners/policies',
    summary: 'レイアウトごとの取決め',
    realms: ['union'],
    needs: 'session',
    answer: FilePolicies,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { self } = placeOf(call as AnyCall)
        const policies = []
        for (const layout of layouts)
          policies.push({ layout: layout.name, ...(await policyOf(tx, self, layout.name)) })
        return { policies }
      }),
  }),
  route({
    method: 'POST',
    path: '/partners/policies',
    summary: 'レイアウトの取決めを、わけを書いて変える',
    realms: ['union'],
    needs: 'exchange.arrange',
    body: SetFilePolicy,
    answer: FilePolicies,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { layout, reason } = call.body
        if (findLayout(layout) === null) throw misfit('layout')
        const change = policyChange.safeParse(call.body.change)
        if (!change.success) throw misfit(`change.${change.error.issues[0]?.path.join('.') ?? ''}`)
        const { self } = placeOf(call as AnyCall)
        const by = { account: call.session.account.id, reason }
        const policy = await setPolicy(tx, self, layout, change.data, by)
        return { policies: [{ layout, ...policy }] }
      }),
  }),
]

/** すでにそうなっている — says who came first, so that nobody decides against a colleague unawares. */
function standsAlready(
  name: string,
  kind: 'stopped' | 'lifted',
  stops: readonly DestinationStop[],
): Refusal {
  const own = stops.find(({ toldBy }) => toldBy === '自分')
  const sentence =
    kind === 'stopped'
      ? `${name}へ渡すのは、${own?.by ?? 'ほかの職員'}さんがもう止めています（${own?.reason ?? ''}）。`
      : stops.length === 0
        ? `${name}は止まっていません。ほかの職員がもう停止を解きました。`
        : `${name}を止めているのは広域連合ではありません。${stops.map(({ action }) => action).join('')}`
  return new Refusal(
    409,
    kind === 'stopped' ? 'STOPPED_ALREADY' : 'NOT_STOPPED',
    `${sentence}何も変えていません。画面を最新にして（F5）確かめてください。`,
  )
}

const kindNames = {
  onlyUnion: '広域連合だけにある',
  onlyMunicipality: '市区町村だけにある',
  content: '内容が違う',
  pending: '移出・配信を待っている',
  inTransit: '取込みを待っている',
} as const

const figureNames = {
  rows: 'このファイルの件数',
  rowsBefore: '前のファイルの件数',
  known: '知っている人数',
  added: '前にいなかった人',
  changed: '内容が変わった人',
  removed: '新しく消除された人',
  withoutNumber: '個人番号のない行',
  overAge: '110歳以上の人',
  insured: '被保険者',
  insuredMissing: 'ファイルにいない被保険者',
} as const

/** What only a file of residents can show. */
const personNames: ReadonlySet<string> = new Set([
  figureNames.removed,
  figureNames.withoutNumber,
  figureNames.overAge,
])

const incomeNames = {
  persons: '両方の年にいる人',
  total: '今年の合計(円)',
  totalBefore: '前の年の合計(円)',
  undeclared: '今年の未申告・調査中',
  undeclaredBefore: '前の年の未申告・調査中',
} as const

type Figures = NonNullable<Awaited<ReturnType<typeof findPlausibility>>>['figures']

function figureRows(figures: Figures): { name: string; value: number | null }[] {
  const { income, cards } = figures
  const rows = Object.entries(figureNames).map(([key, name]) => ({
    name,
    value: figures[key as keyof typeof figureNames],
  }))
  if (cards !== undefined)
    return [
      ...rows.filter(({ name }) => !personNames.has(name)),
      { name: 'マイナ保険証のあった人', value: cards.held },
      { name: 'マイナ保険証がなくなった人', value: cards.lost },
    ]
  if (income === undefined) return [...rows, ...named(lastYearNames, figures.lastYear)]
  return [
    ...rows.slice(0, 1),
    ...Object.entries(incomeNames).map(([key, name]) => ({
      name,
      value: income[key as keyof typeof incomeNames],
    })),
    ...named(sourceNames, figures.sources),
  ]
}

const lastYearNames = {
  living: 'このファイルで現存する人',
  livedBefore: '1年前に現存した人',
  days: '前のファイルからの日数',
  leftInYear: 'この1年に消除された人',
} as const

const sourceNames = {
  unknown: '住民の情報が届いていない人の所得',
  personsNow: 'この年度の所得のある人',
  personsBefore: '前の年度に所得のあった人',
  insured: '被保険者',
  insuredWithoutIncome: '所得が届いていない被保険者',
} as const

/** Held before these were counted: nothing is shown of them. */
const named = (
  names: Readonly<Record<string, string>>,
  of: Readonly<Record<string, number>> | undefined,
): { name: string; value: number | null }[] =>
  of === undefined
    ? []
    : Object.entries(names).map(([key, name]) => ({ name, value: of[key] ?? null }))

function partyName(party: string): string {
  const [kind, code = ''] = party.split(':')
  if (kind === 'intermediary') return '中間サーバー'
  return kind === 'union' ? unionName(code) : municipalityName(code)
}
