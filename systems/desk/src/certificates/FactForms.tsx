import type { Certificate, InsuranceCardState, PersonCertificates } from '@koiki/union'
import { useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { useSession } from '../app/session.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { DayField } from '../ui/DayField.tsx'
import { Button } from '../ui/parts.tsx'
import { readDay } from '../ui/readDay.ts'
import { TextField } from '../ui/TextField.tsx'
import { dayText } from '../ui/text.ts'
import type { Act } from './CertificatesTab.tsx'

function Refused({ sentence }: { sentence: string | null }) {
  if (sentence === null) return null
  return (
    <div className="banner bad" role="alert" data-state="error">
      <span className="word">できませんでした</span>
      <p>{sentence}</p>
    </div>
  )
}

function Foot({ word, run, close }: { word: string; run: () => void; close: () => void }) {
  useKeys([
    { key: 'Ctrl+Enter', word, run },
    { key: 'Esc', word: 'やめる', run: close },
  ])
  return (
    <div className="bar">
      <Button look="main" run={run}>
        {word} <kbd>Ctrl+Enter</kbd>
      </Button>
      <Button run={close}>
        やめる <kbd>Esc</kbd>
      </Button>
    </div>
  )
}

type FactProps = { held: PersonCertificates; act: Act; close: () => void }

const cardStates: readonly { value: InsuranceCardState; label: string }[] = [
  { value: 'registered', label: '利用登録あり' },
  { value: 'notRegistered', label: '利用登録なし' },
  { value: 'deregistered', label: '利用登録を解除した' },
  { value: 'expired', label: '電子証明書が失効した' },
]

/** マイナ保険証の状況 — by hand with its source, until the 中間サーバー tells it. */
export function CardForm({ held, act, close }: FactProps) {
  const session = useSession()
  const [state, setState] = useState<string>('')
  const [on, setOn] = useState(dayText(session.today))
  const [source, setSource] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const run = async () => {
    const { day } = readDay(on)
    if (state === '' || day === null || source.trim() === '') {
      setFailure('状況と、いつからかと、出どころを入れてください。')
      return
    }
    const outcome = await act(
      `people/${held.person}/insurance-card`,
      { version: held.version, state, effectiveOn: day, source: source.trim() },
      'マイナ保険証の状況を入れました。',
    )
    if (outcome.done) close()
    else setFailure(outcome.sentence)
  }
  return (
    <div className="act">
      <h3>マイナ保険証の状況を入れる</h3>
      <Refused sentence={failure} />
      <ChooseOne legend="状況" need choices={cardStates} value={state} choose={setState} />
      <DayField label="いつから" need text={on} change={setOn} />
      <TextField
        label="出どころ"
        need
        size="middle"
        support="中間サーバーから届くまでは、窓口で見たものなどを書きます。"
        text={source}
        change={setSource}
      />
      <Foot word="入れる" run={() => void run()} close={close} />
    </div>
  )
}

/** 宛先を確かめた — 同じ住所・別の世帯: somebody looked at 方書 and name, and says what was seen. */
export function DestinationForm({ held, act, close }: FactProps) {
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const run = async () => {
    if (note.trim() === '') {
      setFailure('何を見て確かめたかを書いてください。')
      return
    }
    const outcome = await act(
      `people/${held.person}/destination-confirmation`,
      { version: held.version, note: note.trim() },
      '宛先を確かめたと記録しました。郵送できます。',
    )
    if (outcome.done) close()
    else setFailure(outcome.sentence)
  }
  return (
    <div className="act">
      <h3>宛先を確かめた</h3>
      <Refused sentence={failure} />
      <TextField label="何を見たか" need size="middle" text={note} change={setNote} />
      <Foot word="宛先を確かめた" run={() => void run()} close={close} />
    </div>
  )
}

/** 特別療養費への変更 — the eligibility side of 法82条: begun after the notice, lifted again. */
export function SpecialForm({ held, act, close }: FactProps) {
  const session = useSession()
  const begins = held.specialTreatment === null
  const [on, setOn] = useState(dayText(session.today))
  const [notified, setNotified] = useState('')
  const [source, setSource] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const run = async () => {
    const day = readDay(on).day
    const notice = readDay(notified).day
    if (day === null || source.trim() === '' || (begins && notice === null)) {
      setFailure('変わる日と、事前の通知の日と、決定の文書番号を入れてください。')
      return
    }
    const outcome = await act(
      `people/${held.person}/special-treatment`,
      {
        version: held.version,
        act: begins ? 'begin' : 'lift',
        effectiveOn: day,
        notifiedOn: begins ? notice : null,
        source: source.trim(),
      },
      begins ? '特別療養費に変えました。' : '特別療養費を解きました。',
    )
    if (outcome.done) close()
    else setFailure(outcome.sentence)
  }
  return (
    <div className="act">
      <h3>{begins ? '特別療養費に変える(法82条)' : '特別療養費を解く'}</h3>
      <Refused sentence={failure} />
      <DayField label="変わる日" need text={on} change={setOn} />
      {begins && <DayField label="事前の通知の日" need text={notified} change={setNotified} />}
      <TextField label="決定の文書番号" need size="middle" text={source} change={setSource} />
      <Foot word={begins ? '変える' : '解く'} run={() => void run()} close={close} />
    </div>
  )
}

const afterWords = {
  return: '郵便が戻った',
  lost: 'なくした',
  recollect: '回収した',
  cancel: '取りやめる',
} as const
type After = keyof typeof afterWords

/** 渡したあとの文書 — handed over late, returned by post, lost, taken back, called off. */
export function AfterForms({ one, act, close }: FactProps & { one: Certificate }) {
  const session = useSession()
  const acts = (Object.keys(afterWords) as After[]).filter((word) => one.may.includes(word))
  const [verb, setVerb] = useState<string>(acts[0] ?? '')
  const [on, setOn] = useState(dayText(session.today))
  const [cause, setCause] = useState('unknownAddress')
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const run = async () => {
    const { day } = readDay(on)
    if (verb === 'cancel' && note.trim() === '') {
      setFailure('取りやめるわけを書いてください。')
      return
    }
    if (day === null && verb !== 'cancel') {
      setFailure('いつのことかを入れてください。')
      return
    }
    const told = note.trim() === '' ? {} : { note: note.trim() }
    const body =
      verb === 'cancel'
        ? { reason: note.trim() }
        : verb === 'return'
          ? { on: day, cause, ...told }
          : { on: day, ...told }
    const outcome = await act(
      `certificates/${one.certificate}/${verb}`,
      { version: one.version, ...body },
      `${one.documentName} ${one.number}通目: ${afterWords[verb as After]}。`,
    )
    if (outcome.done) close()
    else setFailure(outcome.sentence)
  }
  return (
    <div className="act">
      <Refused sentence={failure} />
      <ChooseOne
        legend="その後"
        need
        choices={acts.map((value) => ({ value, label: afterWords[value] }))}
        value={verb}
        choose={setVerb}
      />
      {verb !== 'cancel' && <DayField label="いつ" need text={on} change={setOn} />}
      {verb === 'return' && (
        <ChooseOne
          legend="戻ったわけ"
          choices={[
            { value: 'unknownAddress', label: 'あて所に尋ねあたらない' },
            { value: 'absent', label: '留守・保管期間の経過' },
            { value: 'refused', label: '受取拒否' },
            { value: 'other', label: 'そのほか' },
          ]}
          value={cause}
          choose={setCause}
        />
      )}
      <TextField
        label={verb === 'cancel' ? 'わけ' : '書き添え'}
        size="middle"
        text={note}
        change={setNote}
      />
      <Foot word="記録する" run={() => void run()} close={close} />
    </div>
  )
}
