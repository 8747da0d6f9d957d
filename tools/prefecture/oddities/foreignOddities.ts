import type { Label } from '../label.ts'
import type { HouseholdModel, Person } from '../people.ts'
import { insuredHere, type Oddity } from './oddity.ts'

const alone = (household: HouseholdModel, person: Person): boolean =>
  insuredHere(household, person) && household.persons.length === 1

type Foreign = {
  readonly whole: string
  readonly kana: string | null
  readonly alias?: string
}

/** 外国人住民 — the whole name as the residence card has it; two in three are permanent residents. */
function foreign(
  id: string,
  title: string,
  per100k: number,
  people: readonly Foreign[],
  stayYears: number | null = null,
): Oddity {
  return {
    id,
    title,
    per100k,
    touches: ['surname', 'given', 'kana'],
    suits: alone,
    label: (labels, _household, slot, turn, { today }) => {
      const person = people[turn % people.length]!
      const label = labels[slot] as Label
      label.whole = person.whole
      label.kana = person.kana
      label.alias = person.alias ?? null
      label.residentKind = '2'
      label.stayExpiresOn = stayYears === null ? null : today + Math.floor(stayYears * 365.25)
    },
    shows: ({ resident }) =>
      resident?.residentKind === '2' &&
      people.some(({ whole }) => whole === resident.name) &&
      (stayYears === null) === (resident.stayExpiresOn === null),
  }
}

/** 外国人の氏名の珍しい場合 — invented names, in the shapes that registers know. */
export const foreignOddities: readonly Oddity[] = [
  foreign('foreign-alias', '外国人住民の通称', 55, [
    { whole: 'KANG SOON JA', kana: 'カン　スンジャ', alias: '神田　順子' },
    { whole: 'PAK YONG IL', kana: 'パク　ヨンイル', alias: '新井　永一' },
    { whole: 'RYU CHUN HWA', kana: null, alias: '柳　春花' },
  ]),
  foreign('foreign-kanji-and-roman', '漢字とローマ字の併記名（括弧）', 25, [
    { whole: 'KIM YONGSU（金　永洙）', kana: 'キム　ヨンス' },
    { whole: 'LEE MYONGHWA（李　明花）', kana: 'イ　ミョンファ' },
  ]),
  foreign('foreign-korean-kana', '漢字の氏名にかなの読み', 12, [
    { whole: '朴　順愛', kana: 'パク　スネ' },
    { whole: '崔　基南', kana: 'チェ　ギナム' },
  ]),
  foreign('foreign-simplified', '簡体字の氏名', 6, [
    { whole: '刘　桂芳', kana: null },
    { whole: '张　玉兰', kana: null },
  ]),
  foreign('foreign-traditional', '繁体字の氏名', 6, [
    { whole: '陳　麗華', kana: 'チェン　リーホァ' },
    { whole: '張　德明', kana: null },
    { whole: '劉　淑貞', kana: 'リュウ　シュクテイ' },
  ]),
  foreign(
    'foreign-roman',
    'ローマ字の氏名（氏・名・ミドルネーム、在留期間あり）',
    6,
    [
      { whole: 'DELA ROSA MARIA CORAZON', kana: 'デラロサ　マリアコラソン' },
      { whole: 'NGUYEN THI HOA', kana: null },
    ],
    2,
  ),
  foreign(
    'foreign-roman-long',
    '40字をこえるローマ字の氏名',
    4,
    [
      {
        whole: 'WIJAYASUNDARA MUDIYANSELAGE CHANDRASEKARA BANDARANAYAKE DISSANAYAKE',
        kana: null,
      },
    ],
    1,
  ),
  foreign('foreign-suffix', 'ローマ字の氏名にハイフン・アポストロフィ・JR', 3, [
    { whole: "O'REILLY-BROWN PATRICK JOHN JR", kana: 'オライリーブラウン　パトリックジョン' },
  ]),
  foreign('foreign-no-surname', '氏のない氏名（区切りがない）', 1, [
    { whole: 'SUKARNIWATI', kana: 'スカルニワティ' },
  ]),
  foreign(
    'foreign-stay-ends',
    '在留期間がもうすぐ終わる',
    1,
    [{ whole: 'SANTOS ELENA', kana: 'サントス　エレナ' }],
    0.3,
  ),
]
