import type { FilingKind, FilingKinds, FilingPreview, Person } from '@koiki/union'
import { useEffect, useRef } from 'react'
import { useCitizenView } from '../app/CitizenView.tsx'
import { useKeys } from '../app/keyboard.tsx'
import { useSession } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { PieceLanes, PieceWords } from '../ui/PieceLanes.tsx'
import { Button } from '../ui/parts.tsx'
import { readDay } from '../ui/readDay.ts'
import { Loading } from '../ui/states.tsx'
import { dayText } from '../ui/text.ts'
import { AnswerView } from './AnswerView.tsx'
import { askedFields, fieldText, type IntakeContent, isRepresented } from './content.ts'
import { PersonStrip } from './PersonStrip.tsx'
import { useSeenWhole } from './useSeenWhole.ts'

const answerWords = {
  granted: '認められます',
  refused: '認められません',
  incomplete: '足りないものがあります',
} as const

type Props = {
  kind: FilingKind
  kinds: FilingKinds
  content: IntakeContent
  person: Person | null
  preview: FilingPreview
  numberHeld: boolean
  state: 'check' | 'sending' | 'unknown'
  back: (at?: string) => void
  confirm: () => void
}

/** 確かめる — the answer before it is one: all reasons, the right before and after, what else moves, what was entered. */
export function IntakeCheck(props: Props) {
  const { kind, preview, person, state, back, confirm } = props
  const session = useSession()
  const { say } = useStatus()
  const show = useCitizenView()
  const heading = useRef<HTMLHeadingElement>(null)
  const { end, seen, showEnd } = useSeenWhole()
  useEffect(() => heading.current?.focus(), [])
  const go = () => {
    if (state !== 'check') return
    if (seen) confirm()
    else {
      showEnd()
      say('終わりまで出しました。確かめてから、もう一度 Ctrl+Enter を押してください。')
    }
  }
  useKeys([
    { key: 'Ctrl+Enter', word: '受け付ける', run: go },
    { key: 'Esc', word: '直しにもどる', run: () => back() },
  ])
  const whose = person === null ? '記録のない人' : `${person.name}さん`
  const changes = JSON.stringify(preview.timelineBefore) !== JSON.stringify(preview.timelineAfter)
  return (
    <section className="screen" data-region="一覧" tabIndex={-1} aria-label="確かめる">
      <div className="screen-inner stack">
        <h1 ref={heading} tabIndex={-1}>
          {preview.answer === null ? '確かめる' : answerWords[preview.answer]}
          <span className="quiet small"> {kind.name} まだ受け付けていません</span>
        </h1>
        {person !== null && (
          <div className="strip-line">
            <PersonStrip person={person} />
          </div>
        )}
        <AnswerView
          reasons={preview.reasons}
          missing={preview.missing}
          warnings={preview.warnings}
          decisions={preview.decisions}
          moves={preview.moves}
          appeal={preview.appeal}
        />
        <section aria-labelledby="pieces">
          <h2 id="pieces">
            資格の期間{!changes && <span className="quiet small"> 変わりません</span>}
          </h2>
          {changes && (
            <>
              <PieceLanes
                before={preview.timelineBefore}
                after={preview.timelineAfter}
                today={session.today}
              />
              <div className="pair">
                <div>
                  <h3>いま</h3>
                  <PieceWords pieces={preview.timelineBefore} />
                </div>
                <div>
                  <h3>決まったあと</h3>
                  <PieceWords pieces={preview.timelineAfter} />
                </div>
              </div>
            </>
          )}
        </section>
        <Entered {...props} />
        {state === 'unknown' && (
          <div className="banner watch" role="alert" data-state="unknown">
            <span className="word">確かめています</span>
            <p>
              できたかどうかを確かめています。同じ操作をくり返しても、二重にはなりません。分かりしだい、ここに出します。
            </p>
          </div>
        )}
        <div className="bar">
          <Button
            look="main"
            run={go}
            label={`${whose}の${kind.name}を受け付ける`}
            whyNot={state === 'sending' ? '受け付けています。' : null}
          >
            {person === null ? '' : `${whose}の`}
            {kind.name}を受け付ける
            {preview.answer === 'incomplete' && '(足りないものを待つ)'} <kbd>Ctrl+Enter</kbd>
          </Button>
          <Button run={() => back()}>
            直しにもどる <kbd>Esc</kbd>
          </Button>
          {person?.care == null && (
            <Button
              run={() =>
                show({
                  lines: [
                    `${person === null ? '' : `${person.name} 様 `}${kind.name}`,
                    ...entriesOf(props)
                      .filter(([at]) => at === 'occurredOn' || at.startsWith('fields.'))
                      .map(([, name, text]) => `${name} ${text}`),
                  ],
                  question: 'これで合っていますか。',
                  answered: (yes) =>
                    say(
                      yes
                        ? '本人が画面で確認しました。'
                        : '本人が「ちがう」と答えました。どこがちがうかを聞いてください。',
                    ),
                })
              }
            >
              本人に見せる
            </Button>
          )}
          {preview.dueOn !== null && <span className="quiet">期限 {dayText(preview.dueOn)}</span>}
        </div>
        {state === 'sending' && <Loading name="受け付けています。" />}
        <div ref={end} />
      </div>
    </section>
  )
}

type Entry = readonly [at: string, name: string, text: string]

/** 入れたこと — row by row as the paper has it; the number itself is never among them. */
function entriesOf({ kind, kinds, content, numberHeld }: Props): readonly Entry[] {
  const nameIn = (list: readonly { value: string; label: string }[], value: string) =>
    list.find((one) => one.value === value)?.label ?? value
  const day = (text: string) => {
    const { day: read } = readDay(text)
    return read === null ? text : dayText(read)
  }
  return [
    [
      'filer',
      '来た人',
      `${nameIn(kind.filers, content.filer)}${isRepresented(content.filer) ? ` ${content.proxyName} ${content.proxyRelation}` : ''}`,
    ],
    ['filedOn', '届出年月日', day(content.filedOn)],
    ...(kind.occurred === null
      ? []
      : [['occurredOn', kind.occurred, day(content.occurredOn)] as const]),
    ...(content.newcomer && (content.municipality ?? '') !== ''
      ? [
          [
            'municipality',
            '市区町村',
            kinds.municipalities.find(({ code }) => code === content.municipality)?.name ?? '',
          ] as const,
        ]
      : []),
    ...(content.newcomer ? [['person', '宛名番号', content.addresseeNumber] as const] : []),
    ...askedFields(kind, content.newcomer).map(
      (field) =>
        [
          `fields.${field.name}`,
          field.label,
          field.type === 'date'
            ? day(fieldText(field, content.fields[field.name]))
            : fieldText(field, content.fields[field.name]),
        ] as const,
    ),
    ...(kind.asksNumber
      ? [
          [
            'number',
            '個人番号',
            content.numberState === 'written'
              ? `${numberHeld ? '入れた(番号は出しません)' : '入れていない'} ${content.numberCheck === '' ? '' : `確認: ${nameIn(kinds.numberDocuments, content.numberCheck)}`}`
              : `${nameIn(kinds.numberStates, content.numberState)} ${content.numberReason}`,
          ] as const,
        ]
      : []),
    [
      'identityCheck',
      '身元の確認',
      content.identityCheck.map((one) => nameIn(kinds.identityDocuments, one)).join('、') ||
        '(まだ)',
    ],
    ...(kind.documents.length === 0
      ? []
      : [
          [
            'documents',
            '見た書類',
            kind.documents
              .filter(({ code }) => content.documents.includes(code))
              .map(({ name }) => name)
              .join('、') || '(なし)',
          ] as const,
        ]),
  ]
}

function Entered(props: Props) {
  const { back } = props
  return (
    <section aria-labelledby="entered">
      <h2 id="entered">入れたこと</h2>
      <ul className="ruled entered">
        {entriesOf(props).map(([at, name, text]) => (
          <li key={at}>
            <span className="quiet">{name}</span>
            <span>{text}</span>
            <Button look="plain" label={`${name}を直す`} run={() => back(at)}>
              直す
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
