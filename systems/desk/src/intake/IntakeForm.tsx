import type {
  FilingFault,
  FilingKind,
  FilingKinds,
  FoundPerson,
  NumberState,
  Person,
} from '@koiki/union'
import type { RefObject } from 'react'
import { enterAsNext } from '../app/keyboard.tsx'
import { useSession } from '../app/session.tsx'
import { ChooseOne, ChooseSome } from '../ui/Choices.tsx'
import { DayField } from '../ui/DayField.tsx'
import { IndividualNumberField } from '../ui/IndividualNumberField.tsx'
import { Button, Field, Name } from '../ui/parts.tsx'
import { TextField } from '../ui/TextField.tsx'
import { askedFields, type IntakeContent, isNeeded, isRepresented } from './content.ts'
import { FormFields } from './FormFields.tsx'
import { PersonPick } from './PersonPick.tsx'

export type FormProps = {
  kind: FilingKind
  kinds: FilingKinds
  content: IntakeContent
  change: (given: Partial<IntakeContent>) => void
  person: Person | null
  choose: (person: FoundPerson, words: string) => void
  faults: readonly FilingFault[]
  hold: RefObject<string | null>
  numberHeld: boolean
  settleNumber: (held: boolean) => void
}

/** 届書の紙 — one page in the order of the paper: citizens hand over papers in their own order, so no step waits for another. */
export function IntakeForm(props: FormProps) {
  const { kind, kinds, content, change, faults } = props
  const session = useSession()
  const errorAt = (at: string): string | null =>
    faults.find((fault) => fault.at === at || fault.at.startsWith(`${at}.`))?.sentence ?? null
  const fields = askedFields(kind, content.newcomer)
  let item = 0
  const next = () => {
    item += 1
    return item
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter goes to the next field in the order of the paper.
    <div className="paper" onKeyDown={enterAsNext}>
      <Item number={next()} title="だれのこと" at="person">
        <Whose {...props} error={errorAt('person')} wrongPlace={errorAt('municipality')} />
      </Item>
      <Item number={next()} title="来た人" at="filer">
        <ChooseOne
          legend="届け出る人"
          need
          error={errorAt('filer')}
          choices={kind.filers}
          value={content.filer}
          choose={(filer) => change({ filer })}
        />
        {isRepresented(content.filer) && (
          <div data-at="proxy" className="stack">
            <TextField
              label="代理人の氏名"
              need
              size="middle"
              error={errorAt('proxy')}
              text={content.proxyName}
              change={(proxyName) => change({ proxyName })}
            />
            <TextField
              label="本人との関係"
              size="short"
              text={content.proxyRelation}
              change={(proxyRelation) => change({ proxyRelation })}
            />
            <ChooseSome
              legend="代理権の書類"
              support="見せてもらったもの。種類だけを残します。"
              choices={kinds.proxyDocuments}
              values={content.proxyDocuments}
              choose={(proxyDocuments) => change({ proxyDocuments })}
            />
          </div>
        )}
      </Item>
      <Item number={next()} title="日" at="days">
        <div data-at="filedOn">
          <DayField
            label="届出年月日"
            need
            error={errorAt('filedOn')}
            text={content.filedOn}
            change={(filedOn) => change({ filedOn })}
          />
        </div>
        {kind.occurred !== null && (
          <div data-at="occurredOn">
            <DayField
              label={kind.occurred}
              need
              error={errorAt('occurredOn')}
              text={content.occurredOn}
              change={(occurredOn) => change({ occurredOn })}
            />
          </div>
        )}
      </Item>
      {fields.length > 0 && (
        <Item number={next()} title="届け出ること" at="fields">
          <FormFields
            fields={fields}
            values={content.fields}
            isNeeded={(field) => isNeeded(field, content)}
            errorAt={errorAt}
            today={session.today}
            variants={kinds.letterVariants}
            change={(given) => change({ fields: { ...content.fields, ...given } })}
          />
        </Item>
      )}
      {kind.asksNumber && (
        <Item number={next()} title="個人番号" at="number">
          <NumberPart {...props} errorAt={errorAt} />
        </Item>
      )}
      <Item number={next()} title="身元の確認" at="identityCheck">
        <IdentityPart {...props} error={errorAt('identityCheck')} />
      </Item>
      {kind.documents.length > 0 && (
        <Item number={next()} title="見せてもらった書類" at="documents">
          <ChooseSome
            legend="書類"
            support="足りなくても受け付けられます。あとから補います。"
            error={errorAt('documents')}
            choices={kind.documents.map(({ code, name, required }) => ({
              value: code,
              label: required ? `${name} ※必ず要る` : name,
            }))}
            values={content.documents}
            choose={(documents) => change({ documents })}
          />
        </Item>
      )}
    </div>
  )
}

function Item({
  number,
  title,
  at,
  children,
}: {
  number: number
  title: string
  at: string
  children: React.ReactNode
}) {
  return (
    <section className="paper-item" data-at={at} aria-label={title}>
      <h2>
        <span className="quiet">({number})</span> {title}
      </h2>
      <div className="stack">{children}</div>
    </section>
  )
}

function Whose({
  kind,
  kinds,
  content,
  change,
  person,
  choose,
  error,
  wrongPlace,
}: FormProps & { error: string | null; wrongPlace: string | null }) {
  return (
    <>
      {kind.newcomers && (
        <ChooseOne
          legend="記録"
          choices={[
            { value: 'known', label: '記録のある人' },
            { value: 'newcomer', label: '記録のない人(宛名番号で受け付ける)' },
          ]}
          value={content.newcomer ? 'newcomer' : 'known'}
          choose={(value) => change({ newcomer: value === 'newcomer', person: null })}
        />
      )}
      {content.newcomer && kinds.municipalities.length > 0 && (
        <div data-at="municipality">
          <Field
            label="市区町村"
            need
            support="住所のある市区町村。宛名番号は、この市区町村のものです。"
            error={wrongPlace}
          >
            {(props) => (
              <select
                {...props}
                className="input middle"
                value={content.municipality ?? ''}
                onChange={(event) => change({ municipality: event.target.value })}
              >
                <option value="">選んでください</option>
                {kinds.municipalities.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
      {content.newcomer ? (
        <TextField
          label="宛名番号"
          need
          size="middle"
          support="この市区町村の宛名番号。15けたまでの数字で、前の0は打たなくてよい。"
          error={error}
          text={content.addresseeNumber}
          change={(addresseeNumber) => change({ addresseeNumber })}
        />
      ) : content.person === null ? (
        <PersonPick choose={choose} error={error} />
      ) : (
        <div className="bar">
          {person === null ? (
            <span className="quiet">本人の記録を読み込んでいます。</span>
          ) : (
            <span>
              <Name name={person.name} /> さんのことです。ちがうときは、ここで選び直します。
            </span>
          )}
          <Button look="small" run={() => change({ person: null })}>
            別の人にする
          </Button>
          {error !== null && <span className="error">{error}</span>}
        </div>
      )}
    </>
  )
}

function NumberPart({
  kinds,
  content,
  change,
  hold,
  numberHeld,
  settleNumber,
  person,
  errorAt,
}: FormProps & { errorAt: (at: string) => string | null }) {
  return (
    <>
      {person?.individualNumber.held === true && (
        <p className="small quiet">
          番号は登録してあります。入れた番号は、登録と同じかどうかだけを確かめます。
        </p>
      )}
      <ChooseOne
        legend="届書の個人番号欄"
        support="記載がなくても受け付けます。"
        choices={kinds.numberStates}
        value={content.numberState}
        choose={(value) => {
          if (value !== 'written') {
            hold.current = null
            settleNumber(false)
          }
          change({ numberState: value as NumberState })
        }}
      />
      {content.numberState === 'written' ? (
        <>
          <div data-at="individualNumber">
            <IndividualNumberField
              hold={hold}
              held={numberHeld}
              settle={settleNumber}
              error={errorAt('individualNumber')}
            />
          </div>
          <div data-at="numberCheck">
            <ChooseOne
              legend="番号を確かめたもの"
              need
              error={errorAt('numberCheck')}
              choices={kinds.numberDocuments}
              value={content.numberCheck}
              choose={(numberCheck) => change({ numberCheck })}
            />
          </div>
        </>
      ) : (
        <div data-at="numberReason">
          <TextField
            label="記載のないわけ"
            need
            size="middle"
            support="あとで住民基本台帳などから取得します。"
            error={errorAt('numberReason')}
            text={content.numberReason}
            change={(numberReason) => change({ numberReason })}
          />
        </div>
      )}
    </>
  )
}

/** One paper with a photograph is enough, of those without it takes two; only the kind is kept, never its number. */
function IdentityPart({ kinds, content, change, error }: FormProps & { error: string | null }) {
  const [first = '', second = ''] = content.identityCheck
  const enough = kinds.identityDocuments.some(
    ({ value, photograph }) => photograph && value === first,
  )
  const put = (one: string, other: string) =>
    change({ identityCheck: [one, other].filter((value) => value !== '') })
  const choices = (except: string) =>
    [true, false].map((photograph) => (
      <optgroup key={String(photograph)} label={photograph ? '写真つき(1点で足りる)' : '写真なし'}>
        {kinds.identityDocuments
          .filter((one) => one.photograph === photograph && one.value !== except)
          .map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
      </optgroup>
    ))
  return (
    <div className="pair">
      <Field
        label="1点目"
        need
        support="写真つきなら1点、写真なしなら2点。種類だけを残します。"
        error={error}
      >
        {(props) => (
          <select
            {...props}
            className="input middle"
            value={first}
            onChange={(event) =>
              put(event.target.value, second === event.target.value ? '' : second)
            }
          >
            <option value="">選んでください</option>
            {choices('')}
          </select>
        )}
      </Field>
      {first !== '' && !enough && (
        <Field label="2点目" need support="写真なしなので、もう1点見ます。">
          {(props) => (
            <select
              {...props}
              className="input middle"
              value={second}
              onChange={(event) => put(first, event.target.value)}
            >
              <option value="">選んでください</option>
              {choices(first)}
            </select>
          )}
        </Field>
      )}
    </div>
  )
}
