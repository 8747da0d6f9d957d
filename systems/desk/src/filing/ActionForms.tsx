import type { Filing, FilingFault, FilingKind, FilingKinds, FilingPreview } from '@koiki/union'
import { useRef, useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { useSession } from '../app/session.tsx'
import { AnswerView } from '../intake/AnswerView.tsx'
import { fieldValue, isEmpty, type Typed } from '../intake/content.ts'
import { FormFields } from '../intake/FormFields.tsx'
import { ChooseOne, ChooseSome } from '../ui/Choices.tsx'
import { DayField } from '../ui/DayField.tsx'
import { IndividualNumberField } from '../ui/IndividualNumberField.tsx'
import { PieceLanes } from '../ui/PieceLanes.tsx'
import { Button } from '../ui/parts.tsx'
import { readDay } from '../ui/readDay.ts'
import { Refused } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'

export type Send = (verb: string, body: Record<string, unknown>, told: string) => Promise<boolean>

type FormProps = {
  filing: Filing
  send: Send
  faults: readonly FilingFault[]
  close: () => void
}

function Foot({
  main,
  word = main,
  run,
  close,
}: {
  main: string
  /** What the key bar says: never a name, however much the button says. */
  word?: string
  run: () => void
  close: () => void
}) {
  useKeys([
    { key: 'Ctrl+Enter', word, run },
    { key: 'Esc', word: '閉じる', run: close },
  ])
  return (
    <div className="bar">
      <Button look="main" run={run}>
        {main} <kbd>Ctrl+Enter</kbd>
      </Button>
      <Button run={close}>
        やめる <kbd>Esc</kbd>
      </Button>
    </div>
  )
}

/** 2人目の入力 — an empty form: what the first typed is not in this page. */
export function SecondForm({
  send,
  faults,
  close,
  kind,
  kinds,
}: FormProps & { kind: FilingKind; kinds: FilingKinds }) {
  const session = useSession()
  const [fields, setFields] = useState<Readonly<Record<string, Typed>>>({})
  const [fault, setFault] = useState<string | null>(null)
  const run = () => {
    const given = Object.fromEntries(
      kind.fields
        .filter((field) => !isEmpty(fields[field.name]))
        .map((field) => [field.name, fieldValue(field, fields[field.name] ?? '')]),
    )
    if (Object.keys(given).length === 0)
      setFault('書類を見て、直す項目を入れてください。直さない項目は空のままにします。')
    else void send('second', { fields: given }, '2人目の入力を突き合わせました。')
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter goes to the next field in the order of the paper.
    <div className="stack" onKeyDown={enterAsNext}>
      <p>
        届書と書類だけを見て、はじめから入れてください。1人目と同じなら、その場で効きます。ちがえば、2人の入力を並べて出し、何も直しません。
      </p>
      <Refused word="まだです" sentence={fault} />
      <FormFields
        fields={kind.fields}
        values={fields}
        errorAt={(at) => faults.find((fault) => fault.at === at)?.sentence ?? null}
        today={session.today}
        variants={kinds.letterVariants}
        change={(given) => {
          setFault(null)
          setFields({ ...fields, ...given })
        }}
      />
      <Foot main="2人目として入れる" run={run} close={close} />
    </div>
  )
}

/** A filing tells the papers that were seen by name; a form ticks them by code. */
const codesOf = (
  choices: readonly { value: string; label: string }[],
  names: readonly string[],
): readonly string[] =>
  choices.filter(({ label }) => names.includes(label)).map(({ value }) => value)

/** 補う — only what is new; everything else stays as it was, and it is examined again at once. */
export function SupplementForm({
  filing,
  send,
  faults,
  close,
  kind,
  kinds,
}: FormProps & { kind: FilingKind; kinds: FilingKinds }) {
  const session = useSession()
  const codes = new Set(filing.missing.map(({ code }) => code))
  const hold = useRef<string | null>(null)
  const [numberHeld, setNumberHeld] = useState(false)
  const twice = codes.has('secondEntry')
  const [wider, setWider] = useState(twice)
  // An entry that two compare is mended as a whole: half of it would be nobody's.
  const [fields, setFields] = useState<Readonly<Record<string, Typed>>>(
    twice
      ? Object.fromEntries(filing.content.fields.map(({ name, value }) => [name, String(value)]))
      : {},
  )
  const [documents, setDocuments] = useState<readonly string[]>(
    filing.content.documents.filter(({ shown }) => shown).map(({ code }) => code),
  )
  const [identity, setIdentity] = useState<readonly string[]>(
    codesOf(kinds.identityDocuments, filing.content.identityCheck),
  )
  const [proxy, setProxy] = useState<readonly string[]>(
    codesOf(kinds.proxyDocuments, filing.content.proxy?.documents ?? []),
  )
  const [numberCheck, setNumberCheck] = useState('')
  const [note, setNote] = useState('')
  const shown = kind.fields.filter((field) => wider || codes.has(`fields.${field.name}`))
  const errorAt = (at: string) =>
    faults.find((fault) => fault.at === at || fault.at.startsWith(`${at}.`))?.sentence ?? null
  const withNumber = wider || codes.has('numberCheck') || codes.has('individualNumber')
  const run = () => {
    const given = Object.fromEntries(
      kind.fields
        .filter(
          (field) => fields[field.name] !== undefined && !(twice && isEmpty(fields[field.name])),
        )
        .map((field) => [field.name, fieldValue(field, fields[field.name] ?? '')]),
    )
    const number = hold.current
    void send(
      'supplement',
      {
        ...(Object.keys(given).length === 0 ? {} : { fields: given }),
        documents,
        identityCheck: identity,
        ...(filing.content.proxy === null ? {} : { proxyDocuments: proxy }),
        ...(numberCheck === '' ? {} : { numberCheck }),
        ...(number === null ? {} : { individualNumber: number, numberState: 'written' }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      },
      '補いました。もう一度、審査しました。',
    ).then((done) => {
      if (!done) return
      hold.current = null
      setNumberHeld(false)
    })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter goes to the next field in the order of the paper.
    <div className="stack" onKeyDown={enterAsNext}>
      <FormFields
        fields={shown.map((field) => ({
          ...field,
          help: `${field.help} いま: ${filing.content.fields.find(({ name }) => name === field.name)?.text ?? '空'}`,
        }))}
        values={fields}
        errorAt={errorAt}
        today={session.today}
        variants={kinds.letterVariants}
        change={(given) => setFields({ ...fields, ...given })}
      />
      {kind.documents.length > 0 && (
        <div data-at="documents">
          <ChooseSome
            legend="見せてもらった書類"
            choices={kind.documents.map(({ code, name }) => ({ value: code, label: name }))}
            values={documents}
            choose={setDocuments}
          />
        </div>
      )}
      {(wider || codes.has('identity')) && (
        <div data-at="identityCheck">
          <ChooseSome
            legend="身元の確認"
            support="写真つき1点か、写真なし2点。"
            choices={kinds.identityDocuments}
            values={identity}
            choose={setIdentity}
          />
        </div>
      )}
      {filing.content.proxy !== null && (wider || codes.has('proxy')) && (
        <ChooseSome
          legend="代理権の書類"
          choices={kinds.proxyDocuments}
          values={proxy}
          choose={setProxy}
        />
      )}
      {kind.asksNumber && withNumber && (
        <>
          <div data-at="individualNumber">
            <IndividualNumberField
              hold={hold}
              held={numberHeld}
              settle={setNumberHeld}
              error={errorAt('individualNumber')}
            />
          </div>
          <ChooseOne
            legend="番号を確かめたもの"
            choices={kinds.numberDocuments}
            value={numberCheck}
            choose={setNumberCheck}
          />
        </>
      )}
      <TextField label="書き添え" size="middle" text={note} change={setNote} />
      {!wider && (
        <div>
          <Button look="plain" run={() => setWider(true)}>
            ほかの項目も直す
          </Button>
        </div>
      )}
      <Foot main="補って、もう一度審査する" run={run} close={close} />
    </div>
  )
}

/** 審査の決定 — where a person has to examine; a decision says why. */
export function DecideForm({ send, close }: FormProps) {
  const [answer, setAnswer] = useState('')
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const run = () => {
    if (answer === '') setFault('どう決めるかを選んでください。')
    else if (answer !== 'rule' && reason.trim() === '')
      setFault('決めたわけを書いてください。届いた人に、そのまま読まれます。')
    else
      void send(
        'decide',
        answer === 'rule' ? {} : { answer, reason: reason.trim() },
        '審査の決定をしました。',
      )
  }
  return (
    <div className="stack">
      <ChooseOne
        legend="審査の決定"
        need
        error={fault}
        choices={[
          { value: 'granted', label: '認める' },
          { value: 'refused', label: '認めない(却下)' },
          { value: 'rule', label: '規則にもう一度たずねる' },
        ]}
        value={answer}
        choose={setAnswer}
      />
      {answer !== 'rule' && (
        <TextField label="わけ" need lines={2} text={reason} change={setReason} />
      )}
      <Foot main="決める" run={run} close={close} />
    </div>
  )
}

/** 2人目の確かめ — by somebody else than who took it in. */
export function CheckForm({ send, close }: FormProps) {
  const [agree, setAgree] = useState('')
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  return (
    <div className="stack">
      <ChooseOne
        legend="届書と、入れた送付先は合っていますか"
        need
        error={fault}
        choices={[
          { value: 'yes', label: '合っている' },
          { value: 'no', label: '合っていない(受け付けた人に戻す)' },
        ]}
        value={agree}
        choose={setAgree}
      />
      <TextField label="書き添え" size="middle" text={note} change={setNote} />
      <Foot
        main="2人目として確かめる"
        run={() => {
          if (agree === '') setFault('合っているかどうかを選んでください。')
          else
            void send(
              'check',
              { agree: agree === 'yes', ...(note.trim() === '' ? {} : { note: note.trim() }) },
              '2人目として確かめました。',
            )
        }}
        close={close}
      />
    </div>
  )
}

/** 取下げ */
export function WithdrawForm({ send, close }: FormProps) {
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  return (
    <div className="stack">
      <p>取り下げると、審査をやめます。届書は記録に残ります。</p>
      <TextField label="取り下げるわけ" need text={reason} change={setReason} error={fault} />
      <Foot
        main="取り下げる"
        run={() => {
          if (reason.trim() === '') setFault('だれが、なぜ取り下げるかを書いてください。')
          else void send('withdraw', { reason: reason.trim() }, '取り下げました。')
        }}
        close={close}
      />
    </div>
  )
}

/** 取消 — what it would move is shown first; nothing is struck out, the opposite is added. */
export function CancelForm({
  filing,
  send,
  close,
  look,
}: FormProps & { look: (reason: string) => Promise<FilingPreview | null> }) {
  const session = useSession()
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [preview, setPreview] = useState<FilingPreview | null>(null)
  const run = async () => {
    if (reason.trim() === '') setFault('何がまちがいだったかを書いてください。')
    else if (preview === null) setPreview(await look(reason.trim()))
    else
      void send(
        'cancel',
        { reason: reason.trim(), confirm: true },
        `受付 ${filing.row.receiptNumber} を取り消しました。`,
      )
  }
  return (
    <div className="stack">
      <p>
        まちがえて受け付けた届書を取り消します。決定は消えず、反対の決定が足されます。はじめに、動くものを見ます。
      </p>
      <TextField
        label="何がまちがいだったか"
        need
        text={reason}
        change={(text) => {
          setReason(text)
          setPreview(null)
        }}
        error={fault}
      />
      {preview !== null && (
        <div className="stack preview" role="status">
          <h3>取り消すと動くもの</h3>
          <PieceLanes
            before={preview.timelineBefore}
            after={preview.timelineAfter}
            today={session.today}
          />
          <AnswerView {...preview} />
        </div>
      )}
      <Foot
        main={
          preview === null
            ? '動くものを見る'
            : `${filing.row.name}さんの${filing.row.kindName}を取り消す`
        }
        word={preview === null ? '動くものを見る' : '取り消す'}
        run={() => void run()}
        close={close}
      />
    </div>
  )
}

/** 前の保険者の答え — by hand with its source, until the linkage answers. */
export function InsurerForm({ send, close }: FormProps) {
  const [answer, setAnswer] = useState('')
  const [lostOn, setLostOn] = useState('')
  const [source, setSource] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const run = () => {
    const day = readDay(lostOn)
    if (answer === '') setFault('前の保険者の答えを選んでください。')
    else if (answer === 'lost' && day.day === null)
      setFault('資格を失った日を入れてください。分からなければ「分からない」を選びます。')
    else if (source.trim() === '')
      setFault('だれから、どう聞いたかを書いてください。例: 電話 10月2日 国保係')
    else
      void send(
        'former-insurer',
        { answer, lostOn: answer === 'lost' ? day.day : null, source: source.trim() },
        '前の保険者の答えを入れました。',
      )
  }
  return (
    <div className="stack">
      <ChooseOne
        legend="前の保険者の答え"
        need
        error={fault}
        choices={[
          { value: 'lost', label: '資格は終わっている' },
          { value: 'notLost', label: 'まだ資格がある' },
          { value: 'unknown', label: '分からない' },
        ]}
        value={answer}
        choose={setAnswer}
      />
      {answer === 'lost' && (
        <DayField label="資格を失った日" need text={lostOn} change={setLostOn} />
      )}
      <TextField label="出どころ" need size="middle" text={source} change={setSource} />
      <Foot main="答えを入れる" run={run} close={close} />
    </div>
  )
}
