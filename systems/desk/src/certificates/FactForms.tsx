import type { Certificate, InsuranceCardState, PersonCertificates } from '@koiki/union'
import { Fragment, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { useSession } from '../app/session.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { DayField } from '../ui/DayField.tsx'
import { Button } from '../ui/parts.tsx'
import { readDay } from '../ui/readDay.ts'
import { Refused } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { dayText } from '../ui/text.ts'
import type { Act } from './CertificatesTab.tsx'

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

/** マイナ保険証の状況 — by hand with its source, where the 中間サーバー's list does not say or says wrongly. */
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
      <ChooseOne
        legend="状況"
        need
        choices={
          held.insuranceCard?.from === 'hand'
            ? [...cardStates, { value: 'followsList', label: '手の入力をやめて、一覧に従う' }]
            : cardStates
        }
        value={state}
        choose={setState}
      />
      <DayField label="いつから" need text={on} change={setOn} />
      <TextField
        label="出どころ"
        need
        size="middle"
        support="一覧と違うことを、何で見たか。一覧が次に変わるまで、手の入力を使います。"
        text={source}
        change={setSource}
      />
      <Foot word="入れる" run={() => void run()} close={close} />
    </div>
  )
}

/** 宛先を確かめた — 同じ住所・別の世帯: somebody looked at 方書 and name, and says what was seen; or takes it back. */
export function DestinationForm({
  held,
  act,
  close,
  undo = false,
}: FactProps & { undo?: boolean }) {
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const run = async () => {
    if (note.trim() === '') {
      setFailure(undo ? '取り消すわけを書いてください。' : '何を見て確かめたかを書いてください。')
      return
    }
    const outcome = await act(
      `people/${held.person}/destination-confirmation${undo ? '/withdraw' : ''}`,
      { version: held.version, note: note.trim() },
      undo
        ? '住所の確かめを取り消しました。同じ住所の別の世帯は、もう一度止まります。'
        : '宛先を確かめたと記録しました。郵送できます。この住所では、もう止まりません。',
    )
    if (outcome.done) close()
    else setFailure(outcome.sentence)
  }
  return (
    <div className="act">
      <h3>{undo ? '住所の確かめを取り消す' : '宛先を確かめた'}</h3>
      <Refused sentence={failure} />
      <TextField
        label={undo ? '取り消すわけ' : '何を見たか'}
        need
        size="middle"
        text={note}
        change={setNote}
      />
      <Foot word={undo ? '取り消す' : '宛先を確かめた'} run={() => void run()} close={close} />
    </div>
  )
}

/** 特別療養費の案 — the eligibility side of 法82条: what the arrears procedure decided, for a second person to agree to. */
export function SpecialForm({ held, act, close }: FactProps) {
  const session = useSession()
  const begins = held.specialTreatment === null
  const grounds = held.specialTreatmentGrounds.filter(
    (one) => one.act === (begins ? 'begin' : 'lift'),
  )
  const [ground, setGround] = useState('')
  const [notified, setNotified] = useState('')
  const [until, setUntil] = useState('')
  const [hearing, setHearing] = useState('')
  const [decided, setDecided] = useState('')
  const [on, setOn] = useState(dayText(session.today))
  const [source, setSource] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const run = async () => {
    const [day, notice, limit, decision] = [on, notified, until, decided].map(
      (text) => readDay(text).day,
    )
    const procedure = [notice, limit].every((one) => one !== null) && hearing !== ''
    if (
      day === null ||
      decision === null ||
      ground === '' ||
      source.trim() === '' ||
      (begins && !procedure)
    ) {
      setFailure(
        begins
          ? '根拠、事前通知の日、弁明の機会の期限と弁明、決定日、変わる日、決定の文書番号を入れてください。'
          : '根拠、決定日、終わる日、決定の文書番号を入れてください。',
      )
      return
    }
    const outcome = await act(
      `people/${held.person}/special-treatment`,
      {
        version: held.version,
        act: begins ? 'begin' : 'lift',
        effectiveOn: day,
        ground,
        notifiedOn: begins ? notice : null,
        hearingUntil: begins ? limit : null,
        hearing: begins ? hearing : null,
        decidedOn: decision,
        source: source.trim(),
      },
      '案を入れました。ほかの職員が確かめると効きます。',
    )
    if (outcome.done) close()
    else setFailure(outcome.sentence)
  }
  return (
    <div className="act">
      <h3>{begins ? '特別療養費への変更の案(法82条)' : '特別療養費を解く案'}</h3>
      <Refused sentence={failure} />
      <ChooseOne legend="根拠" need choices={grounds} value={ground} choose={setGround} />
      {begins && (
        <>
          <DayField label="事前通知の日" need text={notified} change={setNotified} />
          <DayField label="弁明の機会の期限" need text={until} change={setUntil} />
          <ChooseOne
            legend="弁明"
            need
            choices={[
              { value: 'heard', label: 'あった' },
              { value: 'silent', label: 'なかった' },
            ]}
            value={hearing}
            choose={setHearing}
          />
        </>
      )}
      <DayField label="決定日" need text={decided} change={setDecided} />
      <DayField label={begins ? '変わる日' : '終わる日'} need text={on} change={setOn} />
      <TextField label="決定の文書番号" need size="middle" text={source} change={setSource} />
      <Foot word="案を入れる" run={() => void run()} close={close} />
    </div>
  )
}

type Proposal = NonNullable<PersonCertificates['specialTreatmentProposal']>

/** 2人目の確かめ — with the paper of the decision at hand; whoever made the proposal only sees it. */
export function ProposalForm({
  held,
  proposal,
  act,
}: Pick<FactProps, 'held' | 'act'> & { proposal: Proposal }) {
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const mayAnswer = held.may.includes('answerSpecialTreatment') && !proposal.mine
  const answer = async (said: 'agreed' | 'rejected') => {
    if (said === 'rejected' && reason.trim() === '') {
      setFailure('差し戻すわけを書いてください。')
      return
    }
    const outcome = await act(
      `people/${held.person}/special-treatment/answer`,
      {
        version: held.version,
        proposal: proposal.number,
        answer: said,
        reason: reason.trim() === '' ? null : reason.trim(),
      },
      said === 'agreed' ? '確かめました。案のとおり効きます。' : '案を差し戻しました。',
    )
    if (!outcome.done) setFailure(outcome.sentence)
  }
  return (
    <div className="act">
      <h3>{proposal.actName}の案</h3>
      <Refused sentence={failure} />
      <dl className="facts">
        <dt>効く日</dt>
        <dd>{dayText(proposal.effectiveOn)}</dd>
        {proposal.procedure.map((one) => (
          <Fragment key={one.label}>
            <dt>{one.label}</dt>
            <dd>{one.value}</dd>
          </Fragment>
        ))}
        <dt>入れた人</dt>
        <dd>{proposal.by}</dd>
      </dl>
      {mayAnswer ? (
        <>
          <TextField
            label="差し戻すわけ"
            size="middle"
            support="差し戻すときだけ書きます。"
            text={reason}
            change={setReason}
          />
          <div className="bar">
            <Button look="main" run={() => void answer('agreed')}>
              決定の文書と合っている
            </Button>
            <Button run={() => void answer('rejected')}>差し戻す</Button>
          </div>
        </>
      ) : (
        <p className="quiet">
          {proposal.mine
            ? 'あなたの入れた案なので、ほかの職員が確かめます。まだ何も変わっていません。'
            : '広域連合のほかの職員が確かめます。まだ何も変わっていません。'}
        </p>
      )}
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
