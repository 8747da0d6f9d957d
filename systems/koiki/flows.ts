import { setTimeout as wait } from 'node:timers/promises'
import { counterAccounts, demoAccounts } from '@koiki/access'
import { readOperatorTokens } from '@koiki/municipality'
import { readPages } from '@koiki/notices'
import { municipalities } from '@koiki/store'
import { MunicipalOperator, Refused, Seat } from './clients.ts'
import type { Intermediary } from './intermediary.ts'

/** 流れの場 — the services as they are seen from outside: addresses, seats, operators. Files pass by hand. */
export interface Stage {
  readonly unionUrl: string
  readonly municipalityUrl: string
  /** Where the stand-in keeps its operators' tokens, as each operator was given one. */
  readonly municipalityFolder: string
  readonly tell: (sentence: string) => void
  /** Ends the flows in the middle; asked again, they go on from there. */
  readonly stopping?: AbortSignal
}

/** 一つの市区町村 — its operator, and the seat at its counter terminal. */
export interface Town {
  readonly code: string
  readonly name: string
  readonly operator: MunicipalOperator
  readonly counter: Seat
}

export interface Cast {
  readonly towns: readonly Town[]
  /** One seat for each union with the right to start its runs. */
  readonly unions: ReadonlyMap<string, readonly Seat[]>
}

async function seatOf(
  { unionUrl, stopping }: Stage,
  realm: 'counter' | 'union',
  account: { loginName: string; password: string },
): Promise<Seat> {
  const seat = new Seat(unionUrl, realm, stopping)
  await seat.signIn(account.loginName, account.password)
  return seat
}

/** Signs everybody in who takes part in the flows. */
export async function gather(stage: Stage): Promise<Cast> {
  const tokens = await readOperatorTokens(stage.municipalityFolder)
  const towns: Town[] = []
  for (const [code, name] of municipalities) {
    const account = counterAccounts.find(({ loginName }) => loginName === `madoguchi-${code}`)!
    towns.push({
      code,
      name,
      operator: new MunicipalOperator(
        stage.municipalityUrl,
        code,
        tokens[code] ?? '',
        stage.stopping,
      ),
      counter: await seatOf(stage, 'counter', account),
    })
  }
  const unions = new Map<string, Seat[]>()
  for (const account of demoAccounts) {
    const { scope, roles } = account
    if (scope === null || scope.municipality !== '*' || roles.includes('administrator')) continue
    const seats = unions.get(scope.union) ?? []
    seats.push(await seatOf(stage, 'union', account))
    unions.set(scope.union, seats)
  }
  return { towns, unions }
}

/** 市区町村の手順 — what one municipality's people do in a step; done already, it changes nothing. */
type TownStep = (town: Town, cast: Cast) => Promise<void>

/**
 * Some at a time: each town waits for its own jobs, and two cores serve them all. Of several steps each town does one
 * after the other, whatever its neighbours do: while one exports, the union takes in what another has sent.
 */
async function forEachTown(
  cast: Cast,
  stage: Stage,
  what: string,
  ...steps: readonly TownStep[]
): Promise<void> {
  const waiting = [...cast.towns]
  let done = 0
  const lane = async (): Promise<void> => {
    for (let town = waiting.shift(); town !== undefined; town = waiting.shift()) {
      try {
        for (const step of steps) await step(town, cast)
      } catch (error) {
        if (error instanceof Refused)
          throw new Refused(error.status, `${town.name}: ${error.message}`)
        throw error
      }
      done += 1
      if (done === 1 || done % 5 === 0 || done === cast.towns.length)
        stage.tell(`${what} ${done}／${cast.towns.length}市区町村`)
    }
  }
  await Promise.all([lane(), lane(), lane(), lane()])
}

const transferring =
  (step: '2-1' | '3-6' | '4-1'): TownStep =>
  ({ operator }) =>
    operator.work('/transfers', { step })

/** 2-1, 4-1 移転 — from register and tax to the municipal system; 3-6 what the 住民票 says of the right, back. */
export const transfer = (cast: Cast, stage: Stage, step: '2-1' | '3-6' | '4-1'): Promise<void> =>
  forEachTown(cast, stage, `移転(${step})`, transferring(step))

const exporting =
  (step: '2-2' | '4-2'): TownStep =>
  ({ operator }) =>
    operator.work('/exports', { step })

/** 2-2, 4-2 移出 — sealed files onto the medium. */
export const exportFiles = (cast: Cast, stage: Stage, step: '2-2' | '4-2'): Promise<void> =>
  forEachTown(cast, stage, `移出(${step})`, exporting(step))

interface Listed {
  readonly transmission: string
  readonly layout: string
  readonly number: number
  readonly state: string
}

async function listed(counter: Seat, direction: 'in' | 'out'): Promise<readonly Listed[]> {
  const all: Listed[] = []
  let older = ''
  for (;;) {
    const page = await counter.get<{ transmissions: Listed[]; older: string | null }>(
      `/transmissions?direction=${direction}${older}`,
    )
    all.push(...page.transmissions)
    if (page.older === null) return all
    older = `&older=${page.older}`
  }
}

const place = (layout: string, number: number): string => `${layout} ${number}`

/** What holds each number at the union: of a number that was corrected, the correction. */
async function living(counter: Seat): Promise<ReadonlyMap<string, Listed>> {
  const holders = new Map<string, Listed>()
  for (const one of await listed(counter, 'in')) {
    const known = holders.get(place(one.layout, one.number))
    if (known === undefined || known.state === 'refused')
      holders.set(place(one.layout, one.number), one)
  }
  return holders
}

/** What counts is the receiver's list: a file may have left the medium and got lost on the way. */
const sending: TownStep = async ({ operator, counter }) => {
  const media = await operator.media()
  const arrived = await living(counter)
  for (const one of media.toSorted((a, b) => a.sequenceNumber - b.sequenceNumber)) {
    const holder = arrived.get(place(one.layout, one.sequenceNumber))
    const corrects = holder?.state === 'refused' && one.state !== 'refused'
    if (holder === undefined || corrects) await counter.send(await operator.take(one.name))
  }
}

const untilTakenIn: TownStep = async ({ name, counter }, cast) => {
  for (let looks = 1; ; looks += 1) {
    const holders = [...(await living(counter)).values()]
    const refused = holders.find(({ state }) => state === 'refused')
    if (refused !== undefined)
      throw new Refused(409, `${name}の${refused.layout}(第${refused.number}号)が断られました。`)
    if (holders.every(({ state }) => state === 'applied')) return
    if (looks % 20 === 0) await refuseFailedIntake(cast)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/**
 * 2-3, 4-3 送信 — the counter terminal reads the medium and sends what the union does not have; its jobs take it
 * in.
 */
export const sendFiles = (cast: Cast, stage: Stage, step: '2-3' | '4-3'): Promise<void> =>
  forEachTown(cast, stage, `送信(${step})`, sending, untilTakenIn)

/** A file whose job has failed never becomes applied; only the union's own seats see that. */
async function refuseFailedIntake(cast: Cast): Promise<void> {
  for (const [seat] of cast.unions.values()) {
    const { jobs } = (await seat?.get<{ jobs: SeenJob[] }>('/jobs')) ?? { jobs: [] }
    const failed = jobs.find(
      ({ kind, state }) => kind === 'union.applyTransmission' && state === 'failed',
    )
    if (failed !== undefined)
      throw new Refused(
        500,
        `${failed.name}に失敗しています。実行の画面で、もう一度行ってください。`,
      )
  }
}

interface SeenJob {
  readonly kind: string
  readonly name: string
  readonly state: string
}

/**
 * 断られたものを作り直す — the counter takes the receipts of refusal back to the town, whose next export makes
 * the same numbers again, as corrections.
 */
export async function exportAgain({ operator, counter }: Town, step: '2-2' | '4-2'): Promise<void> {
  let holders: readonly Listed[]
  do {
    await new Promise((resolve) => setTimeout(resolve, 100))
    holders = [...(await living(counter)).values()]
    // What is still being read may be refused a moment later.
  } while (holders.some(({ state }) => state === 'arrived'))
  const refused = holders.filter(({ state }) => state === 'refused')
  for (const { transmission } of refused) {
    const receipt = await counter.text(`/transmissions/${transmission}/receipt`)
    await operator.post('/receipts', { receipt })
  }
  if (refused.length > 0) await operator.work('/exports', { step })
}

/** A run of the union, by whichever of its seats may start it. */
export async function unionRun(cast: Cast, stage: Stage, run: string): Promise<void> {
  for (const [union, seats] of cast.unions) {
    const able: Seat[] = []
    for (const seat of seats) {
      const { runs } = await seat.get<{ runs: { run: string }[] }>('/jobs')
      if (runs.some((offered) => offered.run === run)) able.push(seat)
    }
    const [seat] = able
    if (seat === undefined)
      throw new Refused(403, `広域連合 ${union} に「${run}」を始められる席がありません。`)
    await seat.run(run, (sentence) => stage.tell(`　${sentence}`))
  }
}

const bringing =
  (...layouts: readonly string[]): TownStep =>
  async ({ operator, counter }) => {
    const brought = new Set(
      (await operator.imports()).map((one) => place(one.layout, one.sequenceNumber)),
    )
    const waiting = (await listed(counter, 'out'))
      .filter((one) => layouts.includes(one.layout) && !brought.has(place(one.layout, one.number)))
      .toSorted((a, b) => a.number - b.number)
    for (const { transmission } of waiting) await operator.bring(await counter.fetch(transmission))
  }

/** 3-5, 3-6, 4-8, 4-9 — what was delivered to each counter goes by medium into the municipal system. */
export const bringBack = (cast: Cast, stage: Stage, ...layouts: readonly string[]): Promise<void> =>
  forEachTown(cast, stage, `${layouts.join('、')}の移入`, bringing(...layouts))

interface Bundle {
  readonly bundleId: string
  readonly kind: string
  readonly sheetCount: number
  readonly confirmedOn: string | null
  readonly printed: number
  readonly handedOver: number
}

const bundlesOf = async ({ operator }: Town, kind: string): Promise<readonly Bundle[]> =>
  (await operator.get<{ bundles: Bundle[] }>('/bundles')).bundles.filter((one) => one.kind === kind)

const certificateKinds = ['資格確認書', '資格情報のお知らせ'] as const

type IssuedKind = (typeof certificateKinds)[number] | '保険料額決定通知書'

const issuing =
  (kind: IssuedKind): TownStep =>
  async (town) => {
    const { operator } = town
    await operator.work('/documents', { kind })
    for (const { bundleId, sheetCount, confirmedOn } of await bundlesOf(town, kind))
      if (confirmedOn === null)
        await operator.post(`/bundles/${bundleId}/confirm`, { counted: sheetCount })
    for (const { bundleId, printed, handedOver } of await bundlesOf(town, kind))
      if (handedOver < printed)
        await operator.post(`/bundles/${bundleId}/hand-over`, { method: '郵送' })
  }

/** 3-7, 4-10 発行, the count of the sheets, and 3-7, 4-11 交付. */
export const issue = (cast: Cast, stage: Stage, kind: IssuedKind): Promise<void> =>
  forEachTown(cast, stage, `${kind}の発行`, issuing(kind))

const reconcilingPaper: TownStep = async (town) => {
  const read = await Promise.all(certificateKinds.map((kind) => codesOnPaper(town, kind)))
  await reconcileSheets(town, new Set(read.flat()))
}

/**
 * 3-7 — the union issues, and delivers what was issued; each town prints from what was delivered, counts the sheets and
 * hands them over; and a clerk at its counter tells the union the codes that stand on the paper.
 */
export async function issueCertificates(cast: Cast, stage: Stage): Promise<void> {
  await unionRun(cast, stage, 'issue-certificates')
  await unionRun(cast, stage, 'deliver-certificates')
  await forEachTown(
    cast,
    stage,
    '資格確認書等の発行と紙の照合',
    bringing('被保険者証等発行用情報'),
    ...certificateKinds.map(issuing),
    reconcilingPaper,
  )
}

/** 紙の右下の符号 — of every sheet of a kind that a town has printed, read from its pages. */
async function codesOnPaper(town: Town, kind: string): Promise<readonly string[]> {
  const codes: string[] = []
  for (const { bundleId } of await bundlesOf(town, kind))
    for (const page of await readPages(await town.operator.bytes(`/bundles/${bundleId}/pdf`)))
      codes.push(...sheetCodesOn(page))
  return codes
}

/** 符号 — 被保険者番号, number of the document and the copy, and four digits that only the paper tells. */
export const sheetCodesOn = (page: string): readonly string[] =>
  page.match(/\d{8}-\d{4,5}-\d{4}/g) ?? []

interface SeenRun {
  readonly run: string
  readonly state: 'open' | 'closed'
  readonly version: number
  readonly left: number
}

/** 紙の照合 — of every open bundle of the union, those of its sheets whose codes were read; a stranger would stop all. */
async function reconcileSheets({ counter }: Town, onPaper: ReadonlySet<string>): Promise<void> {
  if (onPaper.size === 0) return
  const { runs } = await counter.get<{ runs: SeenRun[] }>('/print-runs')
  for (const { run, state } of runs) {
    if (state === 'closed') continue
    for (;;) {
      const { run: seen, sheets } = await counter.get<{
        run: SeenRun
        sheets: { code: string; state: string }[]
      }>(`/print-runs/${run}`)
      const { version, left } = seen
      if (left === 0) {
        await counter.post(`/print-runs/${run}/close`, { version })
        break
      }
      const printed = sheets
        .filter((sheet) => sheet.state === 'instructed' && onPaper.has(sheet.code))
        .map(({ code }) => code)
      if (printed.length === 0) break
      await counter.post(`/print-runs/${run}/reconcile`, {
        version,
        printed,
        spoiled: [],
        notPrinted: [],
      })
    }
  }
}

/** So long the union may take until it has looked by itself, and judged. */
const judgedWithinMs = 120_000

/** 割合の判定の終わり — nobody asks for it: the union judges by itself when the towns' incomes are there. */
export async function sharesJudged(cast: Cast, { stopping }: Stage): Promise<void> {
  for (const [union, seats] of cast.unions) {
    const [seat] = seats
    if (seat === undefined || !cast.towns.some(({ code }) => code.startsWith(union))) continue
    for (let waited = 0; ; waited += lookAgainMs) {
      const { jobs } = await seat.get<{ jobs: SeenJob[] }>('/jobs')
      // Newest first.
      const judging = jobs.find(({ kind }) => kind === 'copay.judgeShares')
      if (judging?.state === 'done') break
      if (judging?.state === 'failed')
        throw new Refused(
          500,
          `${judging.name}に失敗しました。実行の画面で、もう一度行ってください。`,
        )
      if (waited > judgedWithinMs)
        throw new Refused(
          504,
          `広域連合 ${union} の一部負担金の割合の判定が始まりません。実行の画面で、所得の届いていない市区町村を確かめてください。`,
        )
      await wait(lookAgainMs, undefined, stopping === undefined ? {} : { signal: stopping })
    }
  }
}

const lookAgainMs = 200

/**
 * 中間サーバーの一覧 — each union's clerk takes it out at the 統合専用端末 and carries it in; the answer goes back the same way.
 * Cut off, the same lists are carried in again and change nothing.
 */
export async function carryCardLists(
  cast: Cast,
  stage: Stage,
  standInOf: (union: string, towns: readonly Town[]) => Intermediary,
): Promise<void> {
  for (const [union, seats] of cast.unions) {
    const standIn = standInOf(union, cast.towns)
    const seat = await clerkOf(seats)
    if (standIn.state.media.length === 0) await standIn.make('auto')
    for (const medium of await standIn.media()) {
      const { transmission } = await seat.carryIn(await standIn.take(medium))
      await ended(cast, seat, transmission)
      standIn.receive(await seat.text(`/transmissions/${transmission}/receipt`))
      stage.tell(`　広域連合 ${union}: ${medium.records}件`)
    }
  }
}

/** The seat that may carry files in. */
async function clerkOf(seats: readonly Seat[]): Promise<Seat> {
  for (const seat of seats) {
    const { may } = await seat.get<{ may: string[] }>('/session')
    if (may.includes('file.carryIn')) return seat
  }
  throw new Refused(403, '中間サーバーのファイルを持ち込める席がありません。')
}

async function ended(cast: Cast, seat: Seat, transmission: string): Promise<void> {
  for (let looks = 1; ; looks += 1) {
    const found = await seat.get<{ transmission: Listed; sentence: string }>(
      `/transmissions/${transmission}`,
    )
    if (found.transmission.state === 'applied') return
    if (found.transmission.state === 'refused') throw new Refused(409, found.sentence)
    if (looks % 20 === 0) await refuseFailedIntake(cast)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** 流れ — one of those of the seeds, from outside. */
export interface Flow {
  readonly name: string
  readonly drive: (cast: Cast, stage: Stage) => Promise<void>
}

/** 流れ 2, 3, 4 — from the registers of the municipalities to the notices in the hands of the insured. */
export const flows: readonly Flow[] = [
  {
    name: '流れ2 住民基本台帳情報等の取得',
    drive: (cast, stage) =>
      forEachTown(
        cast,
        stage,
        '住民基本台帳情報等の移転、移出、送信',
        transferring('2-1'),
        exporting('2-2'),
        sending,
        untilTakenIn,
      ),
  },
  {
    name: '流れ3 被保険者資格の異動',
    async drive(cast, stage) {
      await unionRun(cast, stage, 'decide-eligibility')
      await unionRun(cast, stage, 'deliver-insured')
      await unionRun(cast, stage, 'deliver-provisions')
      await forEachTown(
        cast,
        stage,
        '被保険者情報、住所地特例者情報の移入、移転',
        bringing('被保険者情報', '住所地特例者情報'),
        transferring('3-6'),
      )
    },
  },
  {
    name: '流れ4 保険料賦課',
    async drive(cast, stage) {
      await forEachTown(
        cast,
        stage,
        '所得・課税情報の移転、移出、送信',
        transferring('4-1'),
        exporting('4-2'),
        sending,
        untilTakenIn,
      )
      await unionRun(cast, stage, 'assess-premiums')
      await unionRun(cast, stage, 'deliver-premiums')
      await forEachTown(
        cast,
        stage,
        '保険料情報の移入、通知書の発行',
        bringing('保険料情報'),
        issuing('保険料額決定通知書'),
      )
      await sharesJudged(cast, stage)
    },
  },
  { name: '資格確認書等の作成と交付', drive: issueCertificates },
]

/** 流れを動かす — all of them, in their order. */
export async function driveFlows(cast: Cast, stage: Stage): Promise<void> {
  for (const { name, drive } of flows) {
    stage.tell(name)
    await drive(cast, stage)
  }
}
