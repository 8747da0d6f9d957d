import { rename } from '../label.ts'
import type { HouseholdModel, Person } from '../people.ts'
import { insuredHere, livesHere, type Oddity } from './oddity.ts'

const woman = (household: HouseholdModel, person: Person): boolean =>
  insuredHere(household, person) && person.sex === 2
const man = (household: HouseholdModel, person: Person): boolean =>
  insuredHere(household, person) && person.sex === 1
const hentaigana = String.fromCodePoint(0x1b09e, 0x1b07e)

/** 名だけを替える — given name and its reading. */
function given(
  id: string,
  title: string,
  per100k: number,
  names: string,
  suits: Oddity['suits'] = woman,
): Oddity {
  const choices = names.split(';').map((entry) => {
    const [text, kana] = entry.split(' ') as [string, string]
    return { text, kana }
  })
  return {
    id,
    title,
    per100k,
    touches: ['given', 'kana'],
    suits,
    label: (labels, _household, slot, turn) => {
      rename(labels[slot]!, { given: choices[turn % choices.length]! })
    },
    shows: ({ resident }) => choices.some(({ text }) => resident?.name.endsWith(`　${text}`)),
  }
}

/** 氏だけを替える — of the whole household. */
function surname(id: string, title: string, per100k: number, names: string): Oddity {
  const choices = names.split(';').map((entry) => {
    const [text, kana] = entry.split(' ') as [string, string]
    return { text, kana }
  })
  return {
    id,
    title,
    per100k,
    touches: ['surname'],
    suits: insuredHere,
    label: (labels, _household, _slot, turn) => {
      for (const label of labels) rename(label, { surname: choices[turn % choices.length]! })
    },
    shows: ({ resident }) => choices.some(({ text }) => resident?.name.startsWith(`${text}　`)),
  }
}

const namesakes: readonly [string, string, number][] = [
  ['和子 カズコ', '中村 ナカムラ', 3],
  ['幸子 サチコ', '田中 タナカ', 11],
  ['節子 セツコ', '松本 マツモト', 21],
]

/** 同姓同名で生年月日も同じ別人 — always in pairs; the two have nothing else in common. */
function namesake(id: string, title: string): Oddity {
  return {
    id,
    title,
    per100k: 3,
    touches: ['surname', 'given', 'kana', 'birth'],
    suits: (household, person, { today }) =>
      woman(household, person) &&
      today - person.birth > 79 * 366 &&
      today - person.birth < 88 * 365,
    household: (_household, person, turn, { today }) => {
      const year = Math.round((today - 83 * 365.2425) / 365.2425)
      const [, , day] = namesakes[turn % namesakes.length]!
      person.birth = Math.floor(year * 365.2425) + day
    },
    label: (labels, _household, slot, turn) => {
      const [first, last] = namesakes[turn % namesakes.length]!
      const [text, kana] = first.split(' ') as [string, string]
      const [family, familyKana] = last.split(' ') as [string, string]
      for (const label of labels) rename(label, { surname: { text: family, kana: familyKana } })
      rename(labels[slot]!, { given: { text, kana } })
    },
    shows: ({ resident }) =>
      namesakes.some(
        ([first, last]) => resident?.name === `${last.split(' ')[0]}　${first.split(' ')[0]}`,
      ),
  }
}

/** 双子 — few households have two of an age, so they are sought before anything else takes them. */
export const twins: Oddity = {
  id: 'twins',
  title: '同じ世帯の双子で、名が一画ちがい',
  per100k: 15,
  touches: ['surname', 'given', 'kana', 'birth', 'sex'],
  together: true,
  suits: (household, person) =>
    household.seat.kind === 'siblings' && person.role === 'core' && livesHere(person),
  household: (household, person) => {
    const other = household.persons.find(({ role }) => role === 'relative')!
    other.birth = person.birth
    other.sex = person.sex
    for (const stay of other.stays) stay.relation = person.sex === 1 ? '弟' : '妹'
  },
  label: (labels, household, slot) => {
    const men = household.persons[slot]!.sex === 1
    const pair = men
      ? (['未男 ミオ', '末男 スエオ'] as const)
      : (['日出子 ヒデコ', '目出子 メデコ'] as const)
    labels.forEach((label, at) => {
      const [text, kana] = pair[at === slot ? 0 : 1].split(' ') as [string, string]
      rename(label, { surname: labels[slot]!.name.surname, given: { text, kana } })
    })
  },
  shows: ({ resident, household: { residents } }) =>
    residents.filter(({ birthDate, status }) => status === '1' && birthDate === resident?.birthDate)
      .length === 2,
}

/** 氏名の珍しい場合 */
export const nameOddities: readonly Oddity[] = [
  {
    id: 'same-name-household',
    title: '同じ世帯の親子（養子）が同じ字の氏名',
    per100k: 2,
    touches: ['surname', 'given', 'kana', 'sex'],
    together: true,
    suits: (household, person) =>
      man(household, person) &&
      household.persons.some((one) => one.role === 'child' && one.sex === 1 && livesHere(one)),
    label: (labels, household, slot) => {
      const child = household.persons.find(({ role }) => role === 'child')!
      const own = labels[slot]!
      rename(own, { given: { text: '正', kana: 'タダシ' } })
      rename(labels[child.slot]!, {
        surname: own.name.surname,
        given: { text: '正', kana: 'マサシ' },
      })
    },
    shows: ({ resident, household: { residents } }) =>
      residents.filter(({ name }) => name === resident?.name).length === 2,
  },
  namesake('namesake-one', '同姓同名・同じ生年月日の別人（1人目）'),
  namesake('namesake-other', '同姓同名・同じ生年月日の別人（2人目）'),
  {
    id: 'kana-missing',
    title: '氏名の読みが記録されていない',
    per100k: 1500,
    touches: ['kana'],
    suits: insuredHere,
    label: (labels, _household, slot) => {
      labels[slot]!.kana = null
    },
    shows: ({ resident }) => resident?.nameKana === null,
  },
  given(
    'kana-old-letters',
    '読みにヂ・ヅ・ヲ・ヱ・ヰがある',
    300,
    'チヅ チヅ;スヱ スヱ;ヰネ ヰネ;ヲト ヲト;ハツヱ ハツヱ',
  ),
  given('kana-small-letters', '拗音の小さい字が大きく書かれた読み', 50, '京子 キヨウコ'),
  given('kana-unlikely', '漢字からは読めない読み', 50, '月子 ルナコ;七音 ドレミ'),
  surname(
    'surname-long',
    '漢字5字以上の氏',
    3,
    '勘解由小路 カデノコウジ;左衛門三郎 サエモンサブロウ',
  ),
  given('given-long', '8字以上の名', 2, '龍之介左衛門次郎丸 リュウノスケサエモンジロウマル', man),
  surname('surname-one-sound', '一字一音の氏', 120, '井 イ;紀 キ'),
  {
    id: 'surname-like-given',
    title: '氏と名の区別がつきにくい氏名',
    per100k: 30,
    touches: ['surname', 'given', 'kana'],
    suits: man,
    label: (labels, _household, slot, turn) => {
      const [family, familyKana, own, ownKana] = (
        turn % 2 === 0 ? ['森', 'モリ', '茂', 'シゲル'] : ['東', 'ヒガシ', '南', 'ミナミ']
      ) as [string, string, string, string]
      for (const label of labels) rename(label, { surname: { text: family, kana: familyKana } })
      rename(labels[slot]!, { given: { text: own, kana: ownKana } })
    },
    shows: ({ resident }) => ['森　茂', '東　南'].includes(resident?.name ?? ''),
  },
  given('hentaigana', '変体仮名の名', 25, `${hentaigana} ハナ`),
  given('iteration-marks', '名のゝ・ゞ・々', 450, 'いすゝ イスズ;みすゞ ミスズ;寿々子 スズコ'),
  surname('small-ke', '氏のヶ・ノ・々', 450, '龍ヶ江 リュウガエ;宇ノ木 ウノキ;佐々 サッサ'),
  given('given-hiragana', 'ひらがなの名', 0, 'さくら サクラ'),
  given('given-katakana', '片仮名の名', 0, 'ミツヱ ミツヱ'),
  {
    id: 'former-surname',
    title: '旧氏を併記する人',
    per100k: 25,
    touches: ['kana'],
    suits: woman,
    label: (labels, _household, slot) => {
      labels[slot]!.formerSurname = '古閑'
    },
    shows: ({ resident }) => resident?.formerSurname === '古閑',
  },
  {
    id: 'sex-unknown',
    title: '性別が不明（0）',
    per100k: 0.3,
    touches: ['sex'],
    suits: insuredHere,
    household: (_household, person) => {
      person.sex = 0
    },
    shows: ({ resident }) => resident?.sex === '0',
  },
  {
    id: 'sex-changed',
    title: '性別の記載が変わった人（名は元のまま）',
    per100k: 0.3,
    touches: ['sex', 'given', 'kana'],
    suits: (household, person) => woman(household, person) && household.living === 'alone',
    household: (_household, person) => {
      person.sex = 1
    },
    label: (labels, _household, slot) => {
      rename(labels[slot]!, { given: { text: '美代子', kana: 'ミヨコ' } })
    },
    shows: ({ resident }) => resident?.sex === '1' && resident.name.endsWith('　美代子'),
  },
]
