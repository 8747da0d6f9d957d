import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { unionName } from '../places.ts'
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

type Provided = {
  readonly municipality: string
  readonly residentKey: number
  readonly kind: '当広域' | '他広域' | '国保'
  readonly insurerUnion: number
  readonly beganOn: PlainDate
  readonly addresseeNumber: string
  readonly insuredNumber: string | null
  readonly name: string
  readonly birthDate: PlainDate
  readonly hidden: boolean
  readonly facilityKind: string | null
  readonly facilityName: string | null
  readonly facilityAddress: string | null
}

/** Under a column that says 広域連合, the prefecture is enough. */
const unionOf = (code: number): string =>
  unionName(String(code).padStart(2, '0')).replace(/後期高齢者医療広域連合$/, '')

/** 住所地特例者一覧 — whoever is under 住所地特例 today, by municipality; where nobody is, there is no list. */
export async function residenceProvisionLists(tx: Transaction): Promise<readonly MunicipalList[]> {
  const found = await tx.query<Provided>(
    `select municipality_code as municipality, resident_key as "residentKey", kind,
            insurer_union as "insurerUnion", began_on as "beganOn",
            addressee_number as "addresseeNumber", insured_number as "insuredNumber", name,
            birth_date as "birthDate", protected as hidden,
            case when not protected then facility_kind end as "facilityKind",
            facility_name as "facilityName", facility_address as "facilityAddress"
       from eligibility.residence_provision_period
      where union_code = $1::smallint and began_on <= $2::date
        and (ended_on is null or ended_on > $2::date)
      order by municipality_code, addressee_number, began_on`,
    [tx.scope!.union, tx.today],
  )
  return [...grouped(found)].map(([municipality, people]) => ({
    municipality,
    title: `${listKinds.residenceProvisions.name} ${monthWords(tx.today)}`,
    coversFrom: null,
    heading: `住所地特例の人 ${people.length.toLocaleString('ja-JP')}人`,
    columns: [
      { name: '区分', share: 0.7 },
      { name: '広域連合', share: 0.9 },
      { name: '適用の始まり', share: 1.7 },
      { name: '宛名番号', share: 1.1 },
      { name: '被保険者番号', share: 1.2 },
      { name: '氏名', share: 1.6 },
      { name: '生年月日', share: 1.7 },
      { name: '施設', share: 2 },
      { name: '施設の所在地', share: 2 },
    ],
    rows: people.map((one) => ({
      person: one.residentKey,
      cells: [
        one.kind,
        unionOf(one.insurerUnion),
        short(one.beganOn),
        addresseeText(one.addresseeNumber),
        one.insuredNumber ?? '',
        one.name,
        short(one.birthDate),
        one.hidden
          ? withheld
          : [one.facilityKind, one.facilityName].filter((text) => text !== null).join(' '),
        one.hidden ? withheld : (one.facilityAddress ?? ''),
      ],
    })),
    remarks: [
      `${short(tx.today)}に適用している人です。この後の適用・変更・終了は、住所地特例者情報のファイルで届きます。`,
      withheldMeans('施設'),
    ],
  }))
}
