import type { Person, Standing } from '@koiki/union'
import { useEffect, useRef } from 'react'
import { useEncounters } from '../app/Encounters.tsx'
import { Button, Chip, InsuredNumber, Name } from '../ui/parts.tsx'
import { dayText, timeText } from '../ui/text.ts'

/** 資格の言葉 */
export function standingText({ state, from, until }: Standing): string {
  switch (state) {
    case 'active':
      return from === null ? '有効' : `有効(${dayText(from)}から)`
    case 'lost':
      return until === null ? '喪失' : `喪失(${dayText(until)})`
    case 'notYet':
      return from === null ? 'これから' : `これから(${dayText(from)}から)`
    case 'none':
      return '資格なし'
  }
}

/** 本人のおび — who this is, always at the top. */
export function Identity({ person, openCare }: { person: Person; openCare: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section
      className={person.care === null ? 'identity' : 'identity with-care'}
      data-region="本人"
      tabIndex={-1}
      aria-label="本人"
    >
      <div className="identity-line">
        <h1 ref={heading} tabIndex={-1}>
          <Name name={person.name} />
          {person.kana !== null && <span className="kana">{person.kana}</span>}
        </h1>
        <span className="nowrap">
          {person.birthDate === null ? person.birth : dayText(person.birthDate)}生
          {person.age !== null && ` ${person.age}歳`} {person.sex}
        </span>
        {person.insuredNumber !== null && (
          <span className="nowrap">
            <span className="quiet">被保険者番号</span>{' '}
            <strong>
              <InsuredNumber number={person.insuredNumber} />
            </strong>
          </span>
        )}
      </div>
      <div className="identity-line second">
        {person.care === null ? (
          <span>
            {person.municipality}
            {person.town !== null && ` ${person.town}`}
          </span>
        ) : (
          <span className="care-line">
            <button
              type="button"
              className="plain care-word"
              data-why="care"
              onClick={openCare}
              aria-label="取扱注意、住所などは表示していません、くわしくはF8"
            >
              取扱注意 <kbd>F8</kbd>
            </button>{' '}
            住所・電話・送り先は表示していません
          </span>
        )}
        {person.selfProvisionDisabled && <Chip>自己情報提供不可</Chip>}
        <span>
          <span className="quiet">資格</span> {standingText(person.standing)}
        </span>
        {person.alias !== null && (
          <span>
            <span className="quiet">通称</span> {person.alias}
          </span>
        )}
        {person.sameName > 1 && <Chip look="watch">同じ名前 {person.sameName}人</Chip>}
        <ReadBackWord person={person.person} />
        <span>
          <span className="quiet">個人番号</span>{' '}
          {person.individualNumber.held
            ? `登録あり${person.individualNumber.on === null ? '' : `(${dayText(person.individualNumber.on)}確認)`}`
            : '登録なし'}
        </span>
      </div>
    </section>
  )
}

/** 読み合わせ — whether two facts were heard from the citizen; at a seat without 応対 there is none to hear. */
function ReadBackWord({ person }: { person: string }) {
  const { standing, readBack } = useEncounters()
  if (standing.state !== 'here' || standing.encounter.person !== person) return null
  const { at, need } = standing.encounter.readBack
  if (need === 0)
    return (
      <span className="nowrap">
        <span className="quiet">読み合わせ</span> 済{at !== null && ` ${timeText(at)}`}
      </span>
    )
  return (
    <span className="nowrap">
      <span className="quiet">読み合わせ</span> <Chip look="watch">まだ</Chip>{' '}
      <Button look="small" run={() => void readBack()}>
        読み合わせる
      </Button>
    </span>
  )
}
