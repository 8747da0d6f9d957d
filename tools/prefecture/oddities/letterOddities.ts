import { rename } from '../label.ts'
import { type Letter, letters } from '../letters.ts'
import { givenNamesWith, surnamesWith } from '../names.ts'
import { insuredHere, type Oddity } from './oddity.ts'

const why: Readonly<Record<Letter['kind'], string>> = {
  old: '旧字体（Shift_JISにある）',
  windows: 'Windows-31Jにあり、Shift_JISにない字',
  outside: 'Shift_JISにもWindows-31Jにもない字',
  compatibility: 'NFC正規化で別の字になる互換漢字',
  variation: '異体字セレクタ（IVS）でだけ区別できる字',
  private: '行政事務標準文字の追加文字（私用領域、書体にない）',
}

/** 扱いの難しい字を1つずつ — whatever the shares bring, each letter of the table is carried by somebody. */
export const letterOddities: readonly Oddity[] = oneOfEachClassFirst().map((letter) => ({
  id: `letter:${letter.codePoints.replace(' ', '+')}`,
  title: `${letter.part === 'surname' ? '氏' : '名'}の「${letter.text}」（${letter.codePoints}、通常は${letter.usual}）: ${why[letter.kind]}`,
  per100k: 0,
  touches: letter.part === 'surname' ? ['surname'] : ['given'],
  suits: (household, person) =>
    insuredHere(household, person) &&
    (letter.part === 'surname' || givenNamesWith(letter, person.sex).length > 0),
  label: (labels, household, slot) => {
    const [surname] = surnamesWith(letter)
    const [given] = givenNamesWith(letter, household.persons[slot]!.sex)
    if (letter.part === 'given' && given !== undefined) rename(labels[slot]!, { given })
    if (letter.part === 'surname' && surname !== undefined) {
      for (const label of labels) rename(label, { surname })
    }
  },
  shows: ({ resident }) => resident?.name.includes(letter.text) === true,
}))

/** Where persons run out, each class has had its turn. */
function oneOfEachClassFirst(): Letter[] {
  const seen = new Map<Letter['kind'], number>()
  return letters
    .map((letter) => {
      const rank = seen.get(letter.kind) ?? 0
      seen.set(letter.kind, rank + 1)
      return { letter, rank }
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ letter }) => letter)
}
