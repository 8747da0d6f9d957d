import { type ComingOfAge, listPredictedAge75 } from '@koiki/eligibility'
import { formatWareki, type PlainDate } from '@koiki/kernel'
import { coveredUntil, type FormSheet, formCode, lettersWithoutGlyph } from '@koiki/notices'
import type { Instant, Transaction } from '@koiki/store'
import { dayInJapan } from '../instants.ts'
import { municipalityName, unionName } from '../places.ts'
import { type ListKind, listKinds, timeOf } from './catalogue.ts'

/** 一覧 — of one municipality's people; `persons` are who stand on it, for the audit. */
export type MunicipalList = {
  readonly municipality: string
  readonly title: string
  readonly coversFrom: Instant | null
  readonly people: number
  readonly persons: readonly number[]
  readonly table: FormSheet['tables'][number]
  readonly remarks: readonly string[]
}

/** In place of the town of a person under 支援措置. */
const withheld = '(省略)'

const short = (day: PlainDate): string => formatWareki(day)

/** 次の月の1日 */
export function firstOfNextMonth(today: PlainDate): PlainDate {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const next = month === 12 ? [year + 1, 1] : [year, month + 1]
  return `${next[0]}-${String(next[1]).padStart(2, '0')}-01` as PlainDate
}

const monthWords = (day: PlainDate): string => formatWareki(day, 'long').replace(/月.*$/, '月')

/** 年齢到達予定者一覧 — who reaches 75 in the month of `month`, by municipality; where nobody does, there is no list. */
export async function comingOfAgeLists(
  tx: Transaction,
  month: PlainDate,
): Promise<readonly MunicipalList[]> {
  const found = await listPredictedAge75(tx, month)
  const towns = await townsOf(
    tx,
    found.filter(({ underSupportMeasure }) => !underSupportMeasure),
  )
  return [...grouped(found)].map(([municipality, people]) => ({
    municipality,
    title: `${listKinds.comingOfAge.name} ${monthWords(month)}`,
    coversFrom: null,
    people: people.length,
    persons: people.map(({ residentKey }) => residentKey),
    table: {
      title: `${monthWords(month)}に75歳になる人 ${people.length}人`,
      columns: [
        { name: '75歳になる日', share: 1.7 },
        { name: '氏名', share: 1.8 },
        { name: '氏名カナ', share: 2 },
        { name: '生年月日', share: 1.7 },
        { name: '宛名番号', share: 1.5 },
        { name: '町', share: 1.5 },
        { name: '気をつけること', share: 2 },
      ],
      rows: people.map((one) => [
        short(one.reachedOn),
        one.name,
        one.nameKana ?? '',
        short(one.birthDate),
        addresseeText(one.addresseeNumber),
        one.underSupportMeasure ? withheld : (towns.get(one.residentKey) ?? ''),
        notesOf(one),
      ]),
    },
    remarks: [
      '住民の記録に変わりがなければ、この日に資格を取得します。転出・死亡などがあれば、変わります。',
      `町が${withheld}の人の住所と連絡先は、この一覧から探さないでください。支援の担当に確かめてください。`,
    ],
  }))
}

/** 町 — of those who may be named with it; of the others it is not even read. */
async function townsOf(
  tx: Transaction,
  people: readonly ComingOfAge[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.query<{ residentKey: number; town: string | null }>(
    `select r.resident_key as "residentKey", c.town_name as town
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where r.resident_key = any ($1::bigint[])`,
    [people.map(({ residentKey }) => residentKey)],
  )
  return new Map(rows.map(({ residentKey, town }) => [residentKey, town ?? '']))
}

/** Leading zeros make fifteen digits of it; grouped, it is no number of a person to any reader of the page. */
const addresseeText = (number: string): string => number.replace(/^0+(?=.)/, '')

function notesOf(one: ComingOfAge): string {
  return [
    one.exclusionKind === null ? null : '適用除外。取得しない見込み',
    one.insuredElsewhere ? 'ほかの広域連合の住所地特例' : null,
  ]
    .filter((note) => note !== null)
    .join('、')
}

function grouped<T extends { readonly municipality: string }>(
  rows: readonly T[],
): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows)
    groups.set(row.municipality, [...(groups.get(row.municipality) ?? []), row])
  return groups
}

/** 異動のあった市区町村 — with a decision on eligibility that no list has told yet. */
export async function municipalitiesWithChanges(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.query<{ municipality: string }>(
    `select distinct e.municipality_code as municipality
       from eligibility.entitlement_event e
      where e.union_code = $1::smallint
        and not exists (
          select from notices.listed_decision l
           where l.subject_key = e.subject_key and l.sequence = e.sequence)
      order by 1`,
    [tx.scope!.union],
  )
  return rows.map(({ municipality }) => municipality)
}

type Changed = {
  readonly subjectKey: number
  readonly kind: string
  readonly effectiveOn: PlainDate
  readonly ground: string
  readonly decidedOn: PlainDate
  readonly name: string
  readonly birthDate: PlainDate
  readonly insuredNumber: string
  readonly town: string | null
}

/** Beyond these a list is no list that anybody reads: the first day of a union decides on everybody. */
const rowsMax = 1000

/**
 * 資格異動者一覧 — of one municipality: every decision on eligibility that no list has told yet is marked as told by this
 * delivery, and what was marked is what stands on it. Null where nothing is left to tell.
 */
export async function entitlementChangeList(
  tx: Transaction,
  municipality: string,
  deliveryId: string,
): Promise<MunicipalList | null> {
  const before = (await coveredUntil(tx, 'entitlementChanges')).get(municipality)
  const total = await listDecisions(tx, municipality, deliveryId)
  if (total === 0) return null
  const changes = await tx.query<Changed>(
    `select e.subject_key as "subjectKey", e.kind, e.effective_on as "effectiveOn", e.ground,
            e.decided_on as "decidedOn", p.name, p.birth_date as "birthDate",
            p.insured_number as "insuredNumber",
            case when p.under_support_measure then $3 else c.town_name end as town
       from notices.listed_decision l
       join eligibility.entitlement_event e using (subject_key, sequence)
       join eligibility.insured_person p on p.subject_key = e.subject_key
       join eligibility.resident r on r.resident_key = p.resident_key
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where l.municipality_code = $1 and l.delivery_id = $2::uuid
      order by e.decided_at, e.subject_key, e.sequence
      limit $4`,
    [municipality, deliveryId, withheld, rowsMax],
  )
  const people = [...new Set(changes.map(({ subjectKey }) => subjectKey))]
  const over = total - changes.length
  return {
    municipality,
    title: `${listKinds.entitlementChanges.name} ${short(tx.today)}`,
    coversFrom: before ?? null,
    people: people.length,
    persons: people,
    table: {
      title: `決定 ${total.toLocaleString('ja-JP')}件`,
      columns: [
        { name: '決定の日', share: 1.7 },
        { name: '決定', share: 0.7 },
        { name: '効力の日', share: 1.7 },
        { name: '事由', share: 1.5 },
        { name: '被保険者番号', share: 1.1 },
        { name: '氏名', share: 1.8 },
        { name: '生年月日', share: 1.7 },
        { name: '町', share: 1.4 },
      ],
      rows: changes.map((one) => [
        short(one.decidedOn),
        one.kind,
        short(one.effectiveOn),
        one.ground,
        one.insuredNumber,
        one.name,
        short(one.birthDate),
        one.town ?? '',
      ]),
    },
    remarks: [
      ...(over > 0
        ? [
            `${rowsMax.toLocaleString('ja-JP')}件を超えるので、ほかの${over.toLocaleString('ja-JP')}件は載せていません。全員の分は、被保険者情報のファイルで届きます。`,
          ]
        : []),
      before === undefined
        ? 'この市区町村への初めての一覧です。'
        : `前の一覧(${momentWords(before)})に載らなかった決定です。`,
      `町が${withheld}の人の住所と連絡先は、この一覧から探さないでください。支援の担当に確かめてください。`,
    ],
  }
}

/** 載せる決定を記す — so that the next list holds the others; how many. */
const listDecisions = (
  tx: Transaction,
  municipality: string,
  deliveryId: string,
): Promise<number> =>
  tx.run(
    `insert into notices.listed_decision
       (subject_key, sequence, municipality_code, union_code, delivery_id)
     select e.subject_key, e.sequence, e.municipality_code, e.union_code, $2::uuid
       from eligibility.entitlement_event e
      where e.municipality_code = $1
        and not exists (
          select from notices.listed_decision l
           where l.subject_key = e.subject_key and l.sequence = e.sequence)`,
    [municipality, deliveryId],
  )

const momentWords = (at: Instant): string => `${short(dayInJapan(at) as PlainDate)} ${timeOf(at)}`

const getaMeans = '〓は、字形のない文字です。住民の記録で確かめてください。'
const letters = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** One name without shape does not keep the whole town waiting: 〓 stands for the letter, and is no lookalike. */
const printable = (text: string): string =>
  lettersWithoutGlyph(text).length === 0
    ? text
    : [...letters.segment(text)]
        .map(({ segment }) => (lettersWithoutGlyph(segment).length === 0 ? segment : '〓'))
        .join('')

/** 一覧の紙 — as one numbered delivery to the municipality; who asked, when and what for stand in the margin. */
export function listSheet(
  union: string,
  kind: ListKind,
  list: MunicipalList,
  given: { readonly number: number; readonly at: Instant; readonly by: string },
): FormSheet {
  const form = listKinds[kind].number
  const { number, at, by } = given
  const rows = list.table.rows.map((row) => row.map(printable))
  const hidden = JSON.stringify(rows) !== JSON.stringify(list.table.rows)
  return {
    kind: 'list',
    form,
    at,
    code: formCode(form, `${list.municipality}-${String(number).padStart(5, '0')}`, 1),
    again: false,
    title: list.title,
    subtitle: municipalityName(list.municipality),
    number: `帳票の配信 第${String(number).padStart(4, '0')}号`,
    to: null,
    issuedOn: formatWareki(dayInJapan(at) as PlainDate, 'long'),
    issuer: unionName(union),
    lead: [],
    about: [],
    tables: [{ ...list.table, rows }],
    remarks: hidden ? [...list.remarks, getaMeans] : list.remarks,
    contact: null,
    margin: [`作成 ${by}`, momentWords(at), '用件 資格の異動の事務'],
  }
}
