import { type ComingOfAge, listPredictedAge75 } from '@koiki/eligibility'
import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { listKinds } from './catalogue.ts'
import {
  addresseeText,
  grouped,
  type MunicipalList,
  monthWords,
  short,
  withheld,
  withheldMeans,
} from './lists.ts'

/** 年齢到達予定者一覧 — who reaches 75 in the month of `month`, by municipality; where nobody does, there is no list. */
export async function comingOfAgeLists(
  tx: Transaction,
  month: PlainDate,
): Promise<readonly MunicipalList[]> {
  const found = await listPredictedAge75(tx, month)
  const towns = await townsOf(tx, found)
  return [...grouped(found)].map(([municipality, people]) => ({
    municipality,
    title: `${listKinds.comingOfAge.name} ${monthWords(month)}`,
    coversFrom: null,
    heading: `${monthWords(month)}に75歳になる人 ${people.length.toLocaleString('ja-JP')}人`,
    columns: [
      { name: '75歳になる日', share: 1.7 },
      { name: '氏名', share: 1.8 },
      { name: '氏名カナ', share: 2 },
      { name: '生年月日', share: 1.7 },
      { name: '宛名番号', share: 1.5 },
      { name: '町', share: 1.5 },
      { name: '気をつけること', share: 2 },
    ],
    rows: people.map((one) => ({
      person: one.residentKey,
      cells: [
        short(one.reachedOn),
        one.name,
        one.nameKana ?? '',
        short(one.birthDate),
        addresseeText(one.addresseeNumber),
        one.underSupportMeasure ? withheld : (towns.get(one.residentKey) ?? withheld),
        notesOf(one),
      ],
    })),
    remarks: [
      '住民の記録に変わりがなければ、この日に資格を取得します。転出・死亡などがあれば、変わります。',
      withheldMeans('町'),
    ],
  }))
}

/** 町 — of those who may be named with it; of the others it is not even read. */
async function townsOf(
  tx: Transaction,
  people: readonly ComingOfAge[],
): Promise<ReadonlyMap<number, string>> {
  const open = people.filter(({ underSupportMeasure }) => !underSupportMeasure)
  const rows = await tx.query<{ residentKey: number; town: string | null }>(
    `select resident_key as "residentKey", town_name as town from eligibility.registered_residence
      where resident_key = any ($1::bigint[]) and not protected`,
    [open.map(({ residentKey }) => residentKey)],
  )
  return new Map(rows.map(({ residentKey, town }) => [residentKey, town ?? '']))
}

const notesOf = (one: ComingOfAge): string =>
  [
    one.exclusionKind === null ? null : '適用除外。取得しない見込み',
    one.insuredElsewhere ? 'ほかの広域連合の住所地特例' : null,
  ]
    .filter((note) => note !== null)
    .join('、')
