import type {
  FilingFault,
  FilingKind,
  FilingKinds,
  FilingPreview,
  FilingReceipt,
  FoundPerson,
  Person,
} from '@koiki/union'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useEncounters } from '../app/Encounters.tsx'
import { useKeys } from '../app/keyboard.tsx'
import { useHold } from '../app/personAtHand.tsx'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { AskError, ask, onWire, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import {
  blankContent,
  filedContent,
  type IntakeContent,
  lackingOf,
  unreadable,
} from '../intake/content.ts'
import { beginDraft, type DraftAtHand, type Saving, useDraft } from '../intake/drafts.ts'
import { IntakeCheck } from '../intake/IntakeCheck.tsx'
import { IntakeForm } from '../intake/IntakeForm.tsx'
import { PersonStrip } from '../intake/PersonStrip.tsx'
import { ErrorSummary, goToField } from '../ui/ErrorSummary.tsx'
import { Button } from '../ui/parts.tsx'
import { Failed, Loading, Refused, Shown } from '../ui/states.tsx'
import { timeWords } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 受付 — one paper from the first field to the answer; what is typed outlives a closed browser. */
export function Intake({ draft }: { draft: string }) {
  const realm = useRealm()
  const mayReceive = useMay('filing.receive')
  const kinds = useAnswer<FilingKinds>(realm, mayReceive ? 'filings/kinds' : null)
  const atHand = useDraft(realm, draft)
  if (!mayReceive) return <NotYours title="受付" who="窓口担当と資格担当" what="届書の受付" />
  if (atHand.state === 'failed')
    return (
      <Page title="受付">
        <Failed failure={atHand.failure} again={atHand.again} />
        <p>この下書きは、受け付けが済んだか、消されています。</p>
        <p>
          <Link to={{ screen: 'newFiling', person: null }}>届書をえらぶ</Link>
        </p>
      </Page>
    )
  if (atHand.state === 'loading' || kinds.state !== 'ready')
    return (
      <Page title="受付">
        {kinds.state === 'failed' ? (
          <Shown answer={kinds} name="">
            {() => null}
          </Shown>
        ) : (
          <Loading name="下書きを読み込んでいます。" />
        )}
      </Page>
    )
  const kind = kinds.value.kinds.find((one) => one.kind === atHand.content.kind)
  if (kind === undefined)
    return (
      <Page title="受付">
        <p>この届書は、いまの版にはありません。届書をえらび直してください。</p>
        <p>
          <Link to={{ screen: 'newFiling', person: null }}>届書をえらぶ</Link>
        </p>
      </Page>
    )
  return <Writing kind={kind} kinds={kinds.value} atHand={atHand} />
}

type Ready = Extract<DraftAtHand, { state: 'ready' }>
type Step =
  | { at: 'write' }
  | { at: 'asking' }
  | { at: 'check'; preview: FilingPreview }
  | { at: 'sending'; preview: FilingPreview }
  | { at: 'unknown'; preview: FilingPreview }

function Writing({ kind, kinds, atHand }: { kind: FilingKind; kinds: FilingKinds; atHand: Ready }) {
  const realm = useRealm()
  const router = useRouter()
  const { say } = useStatus()
  const { begin } = useEncounters()
  const { content } = atHand
  const hold = useRef<string | null>(null)
  const [numberHeld, setNumberHeld] = useState(false)
  const [faults, setFaults] = useState<readonly FilingFault[]>([])
  const { change: put } = atHand
  const change = useCallback(
    (given: Partial<IntakeContent>, title?: string) => {
      setFaults((held) => {
        const left = held.filter(({ at }) => !isMended(at, given, content))
        return left.length === held.length ? held : left
      })
      put(given, title)
    },
    [put, content],
  )
  const [failure, setFailure] = useState<string | null>(null)
  const [step, setStep] = useState<Step>({ at: 'write' })
  const found = useAnswer<Person>(
    realm,
    content.person === null ? null : `people/${content.person}`,
    'application',
  )
  const person = found.state === 'ready' ? found.value : null
  useHold(person?.name ?? null)

  // Whose paper it is stands in the list of drafts; of a person under a measure the list says no more than that.
  const title =
    person === null
      ? kind.name
      : `${kind.name} ${person.care === null ? person.name : '(取扱注意)'}`
  const titled = useRef('')
  useEffect(() => {
    if (person === null || titled.current === title) return
    titled.current = title
    change({}, title)
  }, [person, title, change])

  const lacking = lackingOf(content, kind, kinds, numberHeld)
  const forgetNumber = () => {
    hold.current = null
    setNumberHeld(false)
  }
  const show = (wrong: readonly FilingFault[]) => {
    setFaults([...wrong])
    setStep({ at: 'write' })
  }
  const refuse = (error: unknown) => {
    if (!(error instanceof AskError)) throw error
    if (error.failure.faults !== undefined && error.failure.faults.length > 0)
      show(error.failure.faults)
    else {
      setFailure(error.failure.message)
      setStep({ at: 'write' })
    }
  }
  const decide = async () => {
    if (step.at === 'asking') return
    setFailure(null)
    const wrong = unreadable(content, kind, kinds)
    if (wrong.length > 0) {
      show(wrong)
      return
    }
    setStep({ at: 'asking' })
    try {
      const preview = await ask<FilingPreview>(realm, 'filings/preview', {
        method: 'POST',
        body: filedContent(content, kind, hold.current),
        purpose: 'application',
      })
      if (preview.faults.length > 0) show(preview.faults)
      else {
        setFaults([])
        setStep({ at: 'check', preview })
      }
    } catch (error) {
      refuse(error)
    }
  }
  const send = async (preview: FilingPreview) => {
    setStep({ at: 'sending', preview })
    try {
      const receipt = await ask<FilingReceipt>(realm, 'filings', {
        method: 'POST',
        body: { ...filedContent(content, kind, hold.current), filingId: content.filingId },
        purpose: 'application',
      })
      forgetNumber()
      say(`受付 ${receipt.receiptNumber} を受け付けました。${receipt.title}。`)
      await atHand.discard()
      router.replace({ screen: 'filing', filing: receipt.filing })
    } catch (error) {
      if (error instanceof AskError && error.offline) setStep({ at: 'unknown', preview })
      else refuse(error)
    }
  }
  // Sent, and no answer came: the same paper goes once more, and is one paper all the same.
  useEffect(() => {
    if (step.at !== 'unknown') return
    return onWire((isOnline) => {
      if (isOnline) void send(step.preview)
    })
  })

  const choose = async (one: FoundPerson, words: string) => {
    if (!(await begin({ person: one.person, purpose: 'application', words }))) return
    change({ person: one.person }, `${kind.name} ${one.handleWithCare ? '(取扱注意)' : one.name}`)
  }
  const take = (code: string) => {
    setFaults([])
    switch (code) {
      case 'retype':
      case 'clear':
        forgetNumber()
        requestAnimationFrame(() => goToField('individualNumber'))
        break
      case 'anotherPerson':
        forgetNumber()
        change({ person: null })
        requestAnimationFrame(() => goToField('person'))
        break
      case 'numberChange': {
        const other = kinds.kinds.find((one) => one.kind === 'numberChange')
        if (other === undefined) break
        const draft = crypto.randomUUID()
        beginDraft(
          draft,
          other.name,
          blankContent(other, {
            filingId: crypto.randomUUID(),
            today: content.filedOn,
            person: content.person,
          }),
        )
        forgetNumber()
        router.go({ screen: 'intake', draft })
        break
      }
      case 'written':
      case 'blank':
        change({ numberState: code })
        break
      default:
        forgetNumber()
        change({ numberState: 'unknown' })
        say('個人番号は「分からない」にしました。広域連合の資格担当に確かめてもらってください。')
    }
  }

  if (step.at === 'check' || step.at === 'sending' || step.at === 'unknown')
    return (
      <IntakeCheck
        kind={kind}
        kinds={kinds}
        content={content}
        person={person}
        preview={step.preview}
        numberHeld={numberHeld}
        state={step.at}
        back={(at) => {
          setStep({ at: 'write' })
          if (at !== undefined) requestAnimationFrame(() => goToField(at))
        }}
        confirm={() => void send(step.preview)}
      />
    )
  return (
    <>
      <WriteKeys
        decide={() => void decide()}
        lacking={lacking}
        saving={atHand.saving}
        saveNow={atHand.saveNow}
      />
      <Page title={kind.name} strip={person === null ? null : <PersonStrip person={person} />}>
        <ErrorSummary faults={faults} take={take} />
        <Refused sentence={failure} />
        {atHand.saving.state === 'changed' && (
          <div className="banner watch" role="alert" data-state="conflict">
            <span className="word">下書き</span>
            <p>
              {atHand.saving.failure.failure.message}{' '}
              この窓で打ったものは残っています。どちらを使いますか。
            </p>
            <span className="bar">
              <Button look="small" run={() => atHand.settle('here')}>
                この窓のもの
              </Button>
              <Button look="small" run={() => atHand.settle('there')}>
                あとから保存されたもの
              </Button>
            </span>
          </div>
        )}
        <div className="intake">
          <IntakeForm
            kind={kind}
            kinds={kinds}
            content={content}
            change={change}
            person={person}
            choose={(one, words) => void choose(one, words)}
            faults={faults}
            hold={hold}
            numberHeld={numberHeld}
            settleNumber={setNumberHeld}
          />
          <section
            className="intake-side"
            data-region="横の欄"
            tabIndex={-1}
            aria-label="この届のようす"
          >
            <Side kind={kind} lacking={lacking} />
            <p className="saving small" role="status">
              <SavingWords saving={atHand.saving} />
            </p>
            <Button look="main" run={() => void decide()}>
              {step.at === 'asking' ? '審査しています' : '決定を求める'} <kbd>Ctrl+Enter</kbd>
            </Button>
            {step.at === 'asking' && <Loading name="審査しています。" />}
            <Button
              look="plain"
              run={() =>
                void atHand.discard().then(() => {
                  forgetNumber()
                  say('下書きを消しました。')
                  router.replace({ screen: 'filings' })
                })
              }
            >
              この下書きを消す
            </Button>
          </section>
        </div>
      </Page>
    </>
  )
}

/** 直された — the field of a fault has been changed since: its sentence would speak of what no longer stands there. */
function isMended(at: string, given: Partial<IntakeContent>, before: IntakeContent): boolean {
  const [part = '', field = ''] = at.split('.')
  if (part === 'fields')
    return given.fields !== undefined && given.fields[field] !== before.fields[field]
  if (given.numberState !== undefined && /^(individualNumber|number)/.test(part)) return true
  return Object.keys(given).some((key) => key === part || (part !== '' && key.startsWith(part)))
}

function WriteKeys({
  decide,
  lacking,
  saving,
  saveNow,
}: {
  decide: () => void
  lacking: readonly { at: string; label: string }[]
  saving: Saving
  saveNow: () => void
}) {
  const { say } = useStatus()
  const turn = useRef(0)
  useKeys([
    { key: 'Ctrl+Enter', word: '決定を求める', run: decide },
    {
      key: 'F7',
      word: '足りないもの',
      run: () => {
        const next = lacking[turn.current % Math.max(lacking.length, 1)]
        turn.current += 1
        if (next === undefined) say('足りないものはありません。')
        else goToField(next.at)
      },
    },
    {
      key: 'Ctrl+S',
      word: '保存',
      silent: true,
      run: () => {
        saveNow()
        say(savingText(saving))
      },
    },
  ])
  return null
}

function Side({
  kind,
  lacking,
}: {
  kind: FilingKind
  lacking: readonly { at: string; label: string }[]
}) {
  return (
    <>
      <section aria-labelledby="lacking">
        <h2 id="lacking">
          まだ足りないもの <span className="nowrap">{lacking.length}</span> <kbd>F7</kbd>
        </h2>
        {lacking.length === 0 ? (
          <p className="quiet small">そろいました。</p>
        ) : (
          <>
            <ul className="lacking">
              {lacking.map((one) => (
                <li key={`${one.at}${one.label}`}>
                  <button type="button" className="plain" onClick={() => goToField(one.at)}>
                    {one.label}
                  </button>
                </li>
              ))}
            </ul>
            <p className="quiet small">足りないままでも受け付けられます。あとから補えます。</p>
          </>
        )}
      </section>
      <section aria-labelledby="rules-of-it">
        <h2 id="rules-of-it">この届の決まり</h2>
        <dl className="facts small">
          <dt>期限</dt>
          <dd>
            {kind.termDays === null ? 'ありません(申請)' : `事由の日から${kind.termDays}日以内`}
          </dd>
          <dt>出せる人</dt>
          <dd>{kind.filers.map(({ label }) => label).join('・')}</dd>
          <dt>次に起こること</dt>
          <dd>{kind.leadsTo.join('、')}</dd>
          <dt>根拠</dt>
          <dd>
            {kind.article}
            {kind.unverified && '(条文は未確認)'}
          </dd>
        </dl>
      </section>
    </>
  )
}

function savingText(saving: Saving): string {
  switch (saving.state) {
    case 'saved':
      return saving.at === null
        ? 'まだ何も打っていません。'
        : `${timeWords(saving.at)}に保存しました。`
    case 'waiting':
      return '保存しています。'
    case 'local':
      return saving.sealed
        ? '本部に保存できません。この端末に、暗号にして残しています。閉じても消えません。つながると自動で送ります。'
        : '本部に保存できません。この画面には残っています。閉じると消えるので、つながるまで閉じないでください。つながると自動で送ります。'
    case 'refused':
      return saving.sentence
    case 'changed':
      return saving.failure.failure.message
  }
}

function SavingWords({ saving }: { saving: Saving }) {
  return (
    <span className={saving.state === 'local' || saving.state === 'refused' ? 'bad' : 'quiet'}>
      {savingText(saving)}
    </span>
  )
}
