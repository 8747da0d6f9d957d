import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openAsBlob, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  documentText,
  type ExchangePlace,
  keyFolder,
  makePartyKeys,
  ProtocolFault,
  packTransmission,
  readManifest,
  readReceipt,
  signed,
  wholeUnion,
} from '@koiki/exchange'
import { type PlainDate, plainDate } from '@koiki/kernel'
import { type RowOf, recordOf, マイナ保険証利用登録状況 } from '@koiki/layouts'
import { type CardHolder, insuranceCardStatus } from '@koiki/prefecture'
import { municipalities } from '@koiki/store'
import type { MunicipalOperator, OnMedium } from './clients.ts'
import { Refusal } from './refusal.ts'
import { writeWhole } from './wholeFile.ts'

/** 行儀 — how the stand-in gives its lists out; halved: half of the cards are gone in what it says. */
export const conducts = [
  'late',
  'twice',
  'outOfOrder',
  'wrongTotals',
  'halved',
  'silent',
  'off',
] as const
export type Conduct = (typeof conducts)[number]

/** 手で起こすこと — told of one person, on a day. */
export const cardEvents = { 登録: 'register', 解除: 'deregister', 失効: 'revoke' } as const
export type CardEvent = (typeof cardEvents)[keyof typeof cardEvents]

type Medium = {
  readonly name: string
  readonly number: number
  readonly mode: 'full' | 'difference'
  readonly records: number
  readonly sealedFile: string
  /** Null where it is given out well. */
  readonly conduct: Exclude<Conduct, 'off' | 'halved'> | null
  readonly heldUntil: string | null
  readonly overtaken: boolean
  /** made: nobody has answered yet. */
  readonly state: 'made' | 'applied' | 'refused'
}

type State = {
  readonly conduct: Conduct
  readonly heldUntil: string | null
  readonly media: readonly Medium[]
  readonly events: readonly { number: string; event: CardEvent; on: string }[]
}

/** 代役の世界 — where it rests, what its people were made from, and whose numbers there are. */
export type IntermediaryWorld = {
  readonly folder: string
  readonly seed: number
  /** 今日の日 and the insured of the union, as the towns of the same world know them. */
  readonly today: () => Promise<PlainDate>
  readonly insured: (union: string) => Promise<readonly CardHolder[]>
}

type Row = RowOf<typeof マイナ保険証利用登録状況>
const layout = マイナ保険証利用登録状況
const record = recordOf(layout)
/** The list is of five in the morning. */
const time = '050000'

/**
 * 中間サーバーの代役 — of one function only: it gives each union the list of cards in use, numbered, sealed and signed with a
 * key of its own. Who has a card is decided by the generator of the invented world. It keeps what it made in its own
 * folder, and knows a union's people by their numbers alone.
 */
export class Intermediary {
  readonly #world: IntermediaryWorld
  readonly #union: string
  readonly #folder: string

  constructor(world: IntermediaryWorld, union: string) {
    this.#world = world
    this.#union = union
    this.#folder = path.join(world.folder, 'files', 'intermediary', union)
    mkdirSync(path.join(this.#folder, 'media'), { recursive: true, mode: 0o700 })
  }

  get state(): State {
    const file = path.join(this.#folder, 'state.json')
    if (!existsSync(file)) return { conduct: 'off', heldUntil: null, media: [], events: [] }
    return JSON.parse(readFileSync(file, 'utf8')) as State
  }

  #keep(change: Partial<State>): void {
    this.#write('state.json', JSON.stringify({ ...this.state, ...change }))
  }

  #write(name: string, text: string): void {
    writeWhole(path.join(this.#folder, name), text)
  }

  misbehave(conduct: Conduct, heldUntil: PlainDate | null): void {
    this.#keep({ conduct, heldUntil })
  }

  /** 出していなかったものを出す — well, whatever it was made under; how many. */
  release(): number {
    const { media } = this.state
    const bad = media.filter(({ conduct, state }) => conduct !== null && state === 'made')
    this.#keep({
      conduct: 'off',
      heldUntil: null,
      media: media.map((one) => (bad.includes(one) ? { ...one, conduct: null } : one)),
    })
    return bad.length
  }

  async event(number: string, event: CardEvent, on: PlainDate | null): Promise<void> {
    const known = await this.#world.insured(this.#union)
    if (!known.some(({ insuredNumber }) => insuredNumber === number))
      throw new Refusal('その被保険者番号の人は、この広域連合のきょうの被保険者にいません。')
    const day = on ?? (await this.#world.today())
    this.#keep({ events: [...this.state.events, { number, event, on: day }] })
  }

  /** 受領書 — the union's answer: a refused number is made again by the next list. */
  receive(text: string): { readonly number: number; readonly kind: string } {
    const { sequenceNumber, kind, layout: name } = receiptIn(text)
    const { media } = this.state
    if (name !== layout.name || !media.some(({ number }) => number === sequenceNumber))
      throw new Refusal('この受領書に当たる一覧を、この代役は作っていません。')
    const state = kind === 'accepted' ? 'applied' : kind === 'refused' ? 'refused' : 'made'
    this.#keep({
      media: media.map((one) => (one.number === sequenceNumber ? { ...one, state } : one)),
    })
    return { number: sequenceNumber, kind }
  }

  /** 一覧を作る — full the first time and after a refusal, else what changed since the last one. */
  async make(wanted: 'auto' | 'full' | 'difference'): Promise<Medium | null> {
    const today = await this.#world.today()
    const state = this.state
    const refused = state.media.find((one) => one.state === 'refused')
    const last = this.#lastTold()
    const mode =
      wanted === 'auto'
        ? last.size === 0 || refused !== undefined
          ? 'full'
          : 'difference'
        : wanted
    const lines = await this.#lines(today, state)
    const told = [...lines].filter(([number, line]) => mode === 'full' || last.get(number) !== line)
    if (told.length === 0) return null
    const number = refused?.number ?? (state.media.at(-1)?.number ?? 0) + 1
    const self = `intermediary:${this.#union}`
    const keys = path.join(this.#world.folder, 'keys')
    await makePartyKeys(keys, self)
    const place: ExchangePlace = { self, keys: keyFolder(keys), folder: this.#folder }
    const head = {
      一覧区分: mode === 'full' ? '1' : '2',
      基準年月日: today,
      基準時刻: time,
    } as const
    const packed = await packTransmission(place, {
      layout,
      receiver: `union:${this.#union}`,
      union: this.#union,
      municipality: wholeUnion(this.#union),
      transmissionId: idOf(this.#union, number, today, mode, told),
      sequenceNumber: number,
      corrects: refused === undefined ? null : this.#manifest(refused).transmissionId,
      createdAt: new Date(`${today}T05:00:00+09:00`).toISOString(),
      today,
      records: told.map(([, line]) => record({ ...(JSON.parse(line) as Row), ...head })),
    })
    const { conduct, heldUntil } = state
    const kept = state.media.filter((one) => one !== refused)
    const waits = kept.some((one) => one.conduct === 'outOfOrder' && !one.overtaken)
    const medium: Medium = {
      name: `${layout.id}-${String(number).padStart(6, '0')}${refused === undefined ? '' : '-corrected'}`,
      number,
      mode,
      records: told.length,
      sealedFile: packed.sealedFile,
      // The one that overtakes is handed over well, and what is halved lies in its rows.
      conduct:
        conduct === 'off' || conduct === 'halved' || (conduct === 'outOfOrder' && waits)
          ? null
          : conduct,
      heldUntil,
      overtaken: false,
      state: 'made',
    }
    this.#write(path.join('media', `${medium.name}.manifest.json`), packed.manifestText)
    this.#keep({
      media: [
        ...kept.map((one) =>
          one.conduct === 'outOfOrder' && medium.conduct === null
            ? { ...one, overtaken: true }
            : one,
        ),
        medium,
      ].sort((a, b) => a.number - b.number),
    })
    // Last: cut off before it, the next list tells some people again; after it, a list without a medium told nobody.
    this.#write('told.json', JSON.stringify([...new Map([...last, ...told])]))
    return medium
  }

  /** 媒体 — what can be taken away today, in the order in which it is given out. */
  async media(): Promise<readonly Medium[]> {
    const today = await this.#world.today()
    const open = this.state.media.filter(({ state }) => state === 'made')
    const seen = open.filter(
      ({ conduct, heldUntil }) =>
        conduct !== 'silent' && !(conduct === 'late' && (heldUntil === null || heldUntil > today)),
    )
    const late = seen.filter(({ conduct }) => conduct === 'outOfOrder')
    const punctual = seen.filter(({ conduct }) => conduct !== 'outOfOrder')
    const twice = punctual.flatMap((one) =>
      one.conduct === 'twice' ? [one, { ...one, name: `${one.name}-again` }] : [one],
    )
    return [...twice, ...late.filter(({ overtaken }) => overtaken)]
  }

  async take(medium: Medium): Promise<OnMedium> {
    const text = documentText(this.#manifest(medium))
    const manifest = medium.conduct === 'wrongTotals' ? await this.#lying(text) : text
    return { manifest, sealed: await openAsBlob(medium.sealedFile) }
  }

  #manifest({ name }: Medium) {
    const file = `${name.replace(/-again$/, '')}.manifest.json`
    return readManifest(readFileSync(path.join(this.#folder, 'media', file), 'utf8'))
  }

  /** Signed like the truth: only the receiver's own counting finds it. */
  async #lying(text: string): Promise<string> {
    const { signature: _, ...honest } = readManifest(text)
    const [own] = await keyFolder(path.join(this.#world.folder, 'keys')).own(honest.sender)
    return documentText(signed('manifest', { ...honest, recordCount: honest.recordCount + 1 }, own))
  }

  #lastTold(): Map<string, string> {
    const file = path.join(this.#folder, 'told.json')
    return existsSync(file) ? new Map(JSON.parse(readFileSync(file, 'utf8'))) : new Map()
  }

  async #lines(today: PlainDate, { events, conduct }: State): Promise<Map<string, string>> {
    const people = await this.#world.insured(this.#union)
    const of = new Map<string, State['events'][number][]>()
    for (const one of events)
      if (one.on <= today) of.set(one.number, [...(of.get(one.number) ?? []), one])
    let cards = 0
    return new Map(
      people.map((person) => {
        let row = rowOf(this.#world.seed, this.#union, person, today)
        for (const { event, on } of of.get(person.insuredNumber) ?? [])
          row = after(row, event, plainDate(on))
        if (row.利用登録状況 === '1') cards += 1
        const gone = conduct === 'halved' && row.利用登録状況 === '1' && cards % 2 === 0
        return [person.insuredNumber, JSON.stringify(gone ? none(person.insuredNumber) : row)]
      }),
    )
  }
}

function receiptIn(text: string): ReturnType<typeof readReceipt> {
  try {
    return readReceipt(text)
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error
    throw new Refusal(
      `受領書を読めません（${error.message}）。広域連合の席で受け取った受領書のファイルを指定してください。`,
    )
  }
}

type Told = Omit<Row, '一覧区分' | '基準年月日' | '基準時刻'>

const none = (number: string): Told => ({
  被保険者番号: number,
  利用登録状況: '0',
  利用登録年月日: null,
  利用登録解除年月日: null,
  電子証明書有効期限: null,
  電子証明書失効年月日: null,
})

function rowOf(seed: number, union: string, person: CardHolder, today: PlainDate): Told {
  const status = insuranceCardStatus(seed, union, person, today)
  if (status.kind === 'none') return none(person.insuredNumber)
  return {
    被保険者番号: person.insuredNumber,
    利用登録状況: status.kind === 'registered' ? '1' : '2',
    利用登録年月日: status.registeredOn,
    利用登録解除年月日: status.deregisteredOn,
    電子証明書有効期限: status.certificateUntil,
    電子証明書失効年月日: status.certificateRevokedOn,
  }
}

const farAway = plainDate('2035-03-31')

function after(row: Told, event: CardEvent, on: PlainDate): Told {
  if (event === 'register')
    return {
      ...row,
      利用登録状況: '1',
      利用登録年月日: on,
      利用登録解除年月日: null,
      電子証明書有効期限: farAway,
      電子証明書失効年月日: null,
    }
  if (row.利用登録状況 !== '1') return row
  return event === 'deregister'
    ? { ...row, 利用登録状況: '2', 利用登録解除年月日: on }
    : { ...row, 電子証明書失効年月日: on }
}

/** The same list made again is the same transmission. */
function idOf(...parts: readonly unknown[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** 中間サーバーの代役を立てる — for one union of a world whose towns' operators can be asked. */
export function intermediaryOf(
  { folder, seed }: { readonly folder: string; readonly seed: number },
  union: string,
  operatorOf: (code: string) => MunicipalOperator,
): Intermediary {
  const someTown = municipalities.find(([code]) => code.startsWith(union))?.[0] ?? ''
  return new Intermediary(
    {
      folder,
      seed,
      today: async () => (await operatorOf(someTown).get<{ today: never }>('')).today,
      insured: (code) => insuredOf(code, operatorOf),
    },
    union,
  )
}

/** 代役の知る被保険者 — whom the towns of the same invented world were told of, each number once. */
async function insuredOf(
  union: string,
  operatorOf: (code: string) => MunicipalOperator,
): Promise<readonly CardHolder[]> {
  const found = new Map<string, CardHolder>()
  for (const [code] of municipalities.filter(([one]) => one.startsWith(union))) {
    const { insured } = await operatorOf(code).get<{ insured: CardHolder[] }>('/insured')
    for (const one of insured) found.set(one.insuredNumber, one)
  }
  return [...found.values()].sort((a, b) => (a.insuredNumber < b.insuredNumber ? -1 : 1))
}
