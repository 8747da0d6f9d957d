import type { Address } from '../places.ts'
import { insuredHere, type Oddity } from './oddity.ts'

/** 住所の一部を替える — for the whole household. */
function address(
  id: string,
  title: string,
  per100k: number,
  change: (address: Address) => Partial<Address>,
  shows: (address: Address) => boolean,
): Oddity {
  return {
    id,
    title,
    per100k,
    touches: ['address'],
    suits: (household, person) => insuredHere(household, person) && household.living !== 'facility',
    address: (now) => ({ ...now, ...change(now) }),
    shows: ({ resident }) => resident !== null && shows(resident),
  }
}

const longBuilding =
  'サービス付き高齢者向け住宅こもれびとせせらぎと四季の花咲く丘の里ゆずりは別館ひなげし棟２０３号室'

/** 住所の珍しい場合 */
export const placeOddities: readonly Oddity[] = [
  {
    ...address(
      'town-hard-letter',
      '難しい字の町字（鯰）',
      0,
      () => ({ postalCode: '8613101', town: '大字鯰' }),
      ({ town }) => town === '大字鯰',
    ),
    exists: (_setting, union) => union === '43',
    suits: (household, person, { municipality }) =>
      insuredHere(household, person) && municipality === '嘉島町',
  },
  {
    ...address(
      'town-long',
      '長い町字（城南町さんさん二丁目）',
      0,
      () => ({ postalCode: null, municipalityName: '熊本市南区', town: '城南町さんさん二丁目' }),
      ({ town }) => town === '城南町さんさん二丁目',
    ),
    exists: (_setting, union) => union === '43',
    suits: (household, person, { municipality }) =>
      insuredHere(household, person) &&
      municipality === '熊本市' &&
      household.living !== 'facility',
  },
  address(
    'address-long',
    '60字をこえる住所（方書と部屋番号つき）',
    50,
    () => ({ building: longBuilding }),
    (one) => lengthOf(one) >= 60,
  ),
  address(
    'lot-none',
    '無番地',
    20,
    () => ({ lot: '無番地' }),
    ({ lot }) => lot === '無番地',
  ),
  address(
    'lot-outside',
    '番外地',
    5,
    () => ({ lot: '番外地' }),
    ({ lot }) => lot === '番外地',
  ),
  address(
    'lot-lettered',
    '甲乙丙のつく番地',
    40,
    () => ({ lot: '甲１２３４番地' }),
    ({ lot }) => lot === '甲１２３４番地',
  ),
  address(
    'care-of',
    '方書が「様方」',
    300,
    () => ({ building: '緒方様方' }),
    ({ building }) => building === '緒方様方',
  ),
  address(
    'estate',
    '団地の棟と号',
    0,
    () => ({ building: '県営ひばり団地３棟４０５号' }),
    ({ building }) => building === '県営ひばり団地３棟４０５号',
  ),
  address(
    'temporary-house',
    '災害後の仮設住宅',
    20,
    () => ({ building: '応急仮設住宅あおぞら団地１２号' }),
    ({ building }) => building === '応急仮設住宅あおぞら団地１２号',
  ),
  address(
    'postal-code-missing',
    '郵便番号が空',
    20,
    () => ({ postalCode: null }),
    ({ postalCode }) => postalCode === null,
  ),
]

function lengthOf(one: Address): number {
  const parts = [one.prefectureName, one.municipalityName, one.town, one.lot, one.building]
  return [...parts.join('')].length
}
