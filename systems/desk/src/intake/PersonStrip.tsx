import type { Person } from '@koiki/union'
import { standingText } from '../person/Identity.tsx'
import { Chip, InsuredNumber, Name } from '../ui/parts.tsx'
import { dayText } from '../ui/text.ts'

/** だれのことか — name with kana, era birth date and number, at the top of every page that writes about somebody. */
export function PersonStrip({ person }: { person: Person }) {
  return (
    <div className={person.care === null ? 'person-strip' : 'person-strip with-care'}>
      <strong>
        <Name name={person.name} />
      </strong>{' '}
      <span className="quiet">{person.kana}</span>{' '}
      <span className="nowrap">
        {person.birthDate === null ? person.birth : dayText(person.birthDate)}生
        {person.age !== null && ` ${person.age}歳`} {person.sex}
      </span>{' '}
      {person.insuredNumber !== null && <InsuredNumber number={person.insuredNumber} />}{' '}
      <span>
        <span className="quiet">資格</span> {standingText(person.standing)}
      </span>{' '}
      {person.care !== null && <Chip>取扱注意</Chip>}
      {person.sameName > 1 && <Chip look="watch">同じ名前 {person.sameName}人</Chip>}
    </div>
  )
}
