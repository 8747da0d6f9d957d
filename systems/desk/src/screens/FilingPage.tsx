import type { CancelledFiling, Filing, FilingFault, FilingKinds, FilingPreview } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Others, useOthers } from '../app/Others.tsx'
import { useHold } from '../app/personAtHand.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { AskError, ask, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { useLive } from '../app/useLive.ts'
import {
  CancelForm,
  CheckForm,
  DecideForm,
  InsurerForm,
  SecondForm,
  type Send,
  SupplementForm,
  WithdrawForm,
} from '../filing/ActionForms.tsx'
import { compareFilings } from '../filing/compareFilings.ts'
import { DueDay, FilingStateWord } from '../filing/FilingState.tsx'
import { HandOver } from '../filing/HandOver.tsx'
import { AnswerView } from '../intake/AnswerView.tsx'
import { CompareTable } from '../ui/CompareTable.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Button, Chip, Name } from '../ui/parts.tsx'
import { Refused, Shown } from '../ui/states.tsx'
import { dayText, momentText, timeWords } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 届書のようす — the answer first, all its reasons, and the one next step; whoever else is here is told. */
export function FilingPage({ filing }: { filing: string }) {
  const realm = useRealm()
  const mayRead = useMay('filing.read')
  const answer = useAnswer<Filing>(realm, mayRead ? `filings/${filing}` : null, 'application')
  const { again } = answer
  const heading = useRef<HTMLHeadingElement>(null)
  const ready = answer.state === 'ready'
  const care = ready && answer.value.row.handleWithCare
  useHold(ready && !care ? answer.value.row.name : null)
  useKeys([{ key: 'F5', word: '最新にする', run: again }])
  useEffect(() => {
    if (ready) heading.current?.focus()
  }, [ready])
  if (!mayRead)
    return <NotYours title="届書のようす" who="窓口担当と資格担当" what="届書の受付と審査" />
  if (answer.state !== 'ready')
    return (
      <Page title="届書のようす">
        <Shown answer={answer} name="届書を読み込んでいます。">
          {() => null}
        </Shown>
      </Page>
    )
  return (
    <section className="screen" data-region="一覧" tabIndex={-1} aria-label="届書のようす">
      <div className="screen-inner stack">
        <h1 ref={heading} tabIndex={-1}>
          {answer.value.title}
          <span className="quiet small"> 受付 {answer.value.row.receiptNumber}</span>
        </h1>
        <Shown answer={answer} name="">
          {(found) => <Told filing={found} again={again} />}
        </Shown>
      </div>
    </section>
  )
}

type Open = 'supplement' | 'decide' | 'check' | 'second' | 'withdraw' | 'cancel' | 'answerInsurer'

const openWords: Record<Open, string> = {
  supplement: '補う',
  decide: '審査して決める',
  check: '2人目として確かめる',
  second: '2人目として入れる',
  answerInsurer: '前の保険者の答えを入れる',
  withdraw: '取り下げる',
  cancel: '取り消す',
}

function Told({ filing, again }: { filing: Filing; again: () => void }) {
  const realm = useRealm()
  const { say } = useStatus()
  const { row } = filing
  const others = useOthers('filing', row.filing)
  const kinds = useAnswer<FilingKinds>(realm, 'filings/kinds')
  const [open, setOpen] = useState<Open | null>(null)
  const [faults, setFaults] = useState<readonly FilingFault[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const [changed, setChanged] = useState<{ sentence: string; seen: Filing } | null>(null)
  const [moved, setMoved] = useState(false)
  const act = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (open !== null) act.current?.focus()
  }, [open])
  useLive<{ filing: string; version: number }>('filings/events', 'filing', (told) => {
    if (told.filing === row.filing && told.version > row.version) setMoved(true)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is what clears the word of a newer one.
  useEffect(() => setMoved(false), [row.version])

  const kind =
    kinds.state === 'ready' ? kinds.value.kinds.find((one) => one.kind === row.kind) : undefined
  const refuse = (error: unknown) => {
    if (!(error instanceof AskError)) throw error
    const { faults: wrong, changed: by } = error.failure
    if (by !== undefined && error.status === 409) {
      setChanged({
        sentence: `${timeWords(by.at)}に${by.by}さんがこの届書を変えました(${by.what})。あなたの入力は残っています。`,
        seen: filing,
      })
      again()
    } else if (wrong !== undefined && wrong.length > 0) setFaults(wrong)
    else setFailure(error.failure.message)
  }
  const send: Send = async (verb, body, told) => {
    setFailure(null)
    setFaults([])
    try {
      await ask(realm, `filings/${row.filing}/${verb}`, {
        method: 'POST',
        body: { version: row.version, ...body },
        purpose: 'application',
      })
      setChanged(null)
      setOpen(null)
      say(told)
      again()
      return true
    } catch (error) {
      refuse(error)
      return false
    }
  }
  const look = async (reason: string): Promise<FilingPreview | null> => {
    setFailure(null)
    try {
      const shown = await ask<CancelledFiling>(realm, `filings/${row.filing}/cancel`, {
        method: 'POST',
        body: { version: row.version, reason, confirm: false },
        purpose: 'application',
      })
      return shown.preview
    } catch (error) {
      refuse(error)
      return null
    }
  }
  const close = () => {
    setOpen(null)
    setFaults([])
  }
  const form = { filing, send, faults, close }
  const acts = (Object.keys(openWords) as Open[]).filter((act) => filing.may.includes(act))
  const [first] = acts

  return (
    <>
      {moved && changed === null && (
        <div className="banner watch" role="status" data-state="moved">
          <span className="word">変わりました</span>
          <p>いま、ほかの人がこの届書を変えました。</p>
          <Button look="small" run={again}>
            最新にする <kbd>F5</kbd>
          </Button>
        </div>
      )}
      {changed !== null && (
        <Conflict
          sentence={changed.sentence}
          seen={changed.seen}
          now={filing}
          close={() => setChanged(null)}
        />
      )}
      <ErrorSummary faults={faults} />
      <Refused sentence={failure} />
      <div
        className={
          row.handleWithCare ? 'person-strip with-care strip-line' : 'person-strip strip-line'
        }
      >
        <strong>
          {row.person === null ? (
            <Name name={row.name} />
          ) : (
            <Link to={{ screen: 'person', person: row.person, tab: 'timeline' }}>
              <Name name={row.name} />
            </Link>
          )}
        </strong>{' '}
        {row.birth !== null && <span className="nowrap">{dayText(row.birth)}生</span>}{' '}
        <span>{row.municipality}</span> {row.handleWithCare && <Chip>取扱注意</Chip>}{' '}
        <FilingStateWord state={row.state} stateName={row.stateName} />{' '}
        <span>
          <span className="quiet">期限</span>{' '}
          <DueDay row={row} on={filing.checkedAt.slice(0, 10)} />
        </span>{' '}
        <span>
          <span className="quiet">担当</span>{' '}
          {row.assignee === null ? 'まだいない' : row.assignee.me ? 'わたし' : row.assignee.name}
        </span>{' '}
        <Link to={{ screen: 'filingForms', filing: row.filing }}>帳票</Link>{' '}
        <Others others={others} />
      </div>
      <AnswerView {...filing} decisions={lastDecisions(filing)} />
      <NextSteps
        filing={filing}
        acts={acts}
        first={open === null ? first : undefined}
        open={setOpen}
        assign={(to, name) =>
          void send(
            'assign',
            { to },
            to === 'me'
              ? '担当になりました。'
              : to === 'nobody'
                ? '担当を外しました。'
                : `${name ?? ''}さんに回しました。`,
          )
        }
      />
      {open !== null && (
        <section className="act" aria-labelledby="act">
          <h2 id="act" tabIndex={-1} ref={act}>
            {openWords[open]}
          </h2>
          {open === 'supplement' &&
            (kind === undefined || kinds.state !== 'ready' ? null : (
              <SupplementForm {...form} kind={kind} kinds={kinds.value} />
            ))}
          {open === 'decide' && <DecideForm {...form} />}
          {open === 'check' && <CheckForm {...form} />}
          {open === 'second' && kind !== undefined && kinds.state === 'ready' && (
            <SecondForm {...form} kind={kind} kinds={kinds.value} />
          )}
          {open === 'withdraw' && <WithdrawForm {...form} />}
          {open === 'cancel' && <CancelForm {...form} look={look} />}
          {open === 'answerInsurer' && <InsurerForm {...form} />}
        </section>
      )}
      <TwoEntries filing={filing} />
      <Inquiries filing={filing} />
      <div className="pair wide-pair">
        <Content filing={filing} />
        <History filing={filing} />
      </div>
    </>
  )
}

const lastDecisions = (filing: Filing) =>
  [...filing.events].sort((a, b) => b.version - a.version)[0]?.decisions ?? []

function NextSteps({
  filing,
  acts,
  first,
  open,
  assign,
}: {
  filing: Filing
  acts: readonly Open[]
  first: Open | undefined
  open: (act: Open) => void
  assign: (to: string, name?: string) => void
}) {
  const { row } = filing
  const granted = row.state === 'granted'
  return (
    <div className="bar">
      {granted && row.person !== null && (
        <Link
          className="button main"
          to={{ screen: 'person', person: row.person, tab: 'certificates' }}
        >
          {row.handleWithCare ? '' : `${row.name}さんの`}資格確認書等へ
        </Link>
      )}
      {acts.map((act) => (
        <Button
          key={act}
          look={act === first && !granted ? 'main' : undefined}
          run={() => open(act)}
        >
          {openWords[act]}
        </Button>
      ))}
      {filing.may.includes('assign') &&
        (row.assignee?.me === true ? (
          <Button run={() => assign('nobody')}>担当を外れる</Button>
        ) : (
          <Button run={() => assign('me')}>わたしが持つ</Button>
        ))}
      {filing.may.includes('assign') && <HandOver assignees={filing.assignees} hand={assign} />}
      {filing.differences > 0 && (
        <Link className="button" to={{ screen: 'differences' }}>
          突合のちがい {filing.differences}件
        </Link>
      )}
      {filing.may.length === 0 && (
        <p className="quiet small">この届書に、この席でできることは残っていません。</p>
      )}
    </div>
  )
}

/** 先に変えた人がいる — who and when, what was seen against what stands now, and one's own input kept. */
function Conflict({
  sentence,
  seen,
  now,
  close,
}: {
  sentence: string
  seen: Filing
  now: Filing
  close: () => void
}) {
  const [shown, setShown] = useState(false)
  const rows = compareFilings(seen, now)
  return (
    <div className="stack" data-state="conflict">
      <div className="banner watch" role="alert">
        <span className="word">先に変わりました</span>
        <p>{sentence}</p>
        <span className="bar">
          <Button look="small" run={() => setShown(!shown)}>
            {shown ? 'ちがいを閉じる' : 'ちがいを見る'}
          </Button>
          <Button look="small" run={close}>
            いまの記録で続ける
          </Button>
        </span>
      </div>
      {shown &&
        (rows.length === 0 ? (
          <p className="quiet">担当や書き添えのほかに、ちがいはありません。</p>
        ) : (
          <CompareTable
            caption="あなたが見ていたものと、いまの記録"
            left="あなたが見ていたもの"
            right="いまの記録"
            rows={rows}
          />
        ))}
    </div>
  )
}

/** 2人の入力 — side by side where they were not the same; for whoever is neither of the two, that it is not told. */
function TwoEntries({ filing }: { filing: Filing }) {
  if (filing.hidden)
    return (
      <p className="quiet" data-state="hidden">
        1人目の入力は出していません。{' '}
        {filing.whyNotSecond ?? '2人目は、届書と書類だけを見て入れます。'}
      </p>
    )
  if (filing.compared.length === 0) return null
  return (
    <section aria-labelledby="two-entries">
      <h2 id="two-entries">2人の入力</h2>
      <CompareTable
        caption="1人目と2人目の入力"
        left="1人目"
        right="2人目"
        rows={filing.compared.map(({ label, first, second, differs }) => ({
          item: label,
          left: first ?? '(空)',
          right: second ?? '(空)',
          differs,
        }))}
      />
    </section>
  )
}

const insurerWords = {
  lost: '資格は終わっている',
  notLost: 'まだ資格がある',
  unknown: '分からない',
}

function Inquiries({ filing }: { filing: Filing }) {
  if (filing.inquiries.length === 0) return null
  return (
    <section aria-labelledby="inquiries">
      <h2 id="inquiries">前の保険者への照会</h2>
      <ul className="ruled">
        {filing.inquiries.map((one) => (
          <li key={`${one.insurer}${one.askedOn}`}>
            <span className="quiet small">{dayText(one.askedOn)}</span>
            <span>
              {one.insurer} に、資格を失ったかをたずねています。
              {one.answer === null ? (
                <>
                  {' '}
                  <Chip look="watch">返事待ち</Chip>{' '}
                  連携ができるまでは、電話や文書の答えを手で入れます。
                </>
              ) : (
                ` ${insurerWords[one.answer]}${one.lostOn === null ? '' : `(${dayText(one.lostOn)})`}。${one.source ?? ''} ${one.answeredBy ?? ''}`
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Content({ filing }: { filing: Filing }) {
  const { content } = filing
  return (
    <section aria-labelledby="content">
      <h2 id="content">届書の中身</h2>
      <dl className="facts">
        <dt>届出年月日</dt>
        <dd>{dayText(content.filedOn)}</dd>
        {content.occurredOn !== null && (
          <>
            <dt>事由発生日</dt>
            <dd>{dayText(content.occurredOn)}</dd>
          </>
        )}
        {content.proxy !== null && (
          <>
            <dt>代理人</dt>
            <dd>
              {content.proxy.name} {content.proxy.relation}
            </dd>
          </>
        )}
        {content.fields.map((field) => (
          <div key={field.name} className="facts-row">
            <dt>{field.label}</dt>
            <dd>
              {field.withheld ? (
                <span className="quiet">取扱注意のため出していません</span>
              ) : (
                field.text
              )}
            </dd>
          </div>
        ))}
        <dt>個人番号</dt>
        <dd>
          {content.numberHeld ? '登録あり' : '登録なし'}
          {content.numberReason !== null && ` (${content.numberReason})`}
        </dd>
        <dt>書類</dt>
        <dd>
          {content.documents.length === 0
            ? '要りません'
            : content.documents
                .map(({ name, shown }) => `${name}: ${shown ? '見た' : 'まだ'}`)
                .join('、')}
        </dd>
      </dl>
    </section>
  )
}

function History({ filing }: { filing: Filing }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history">いきさつ</h2>
      <ol className="ruled history">
        {[...filing.events].reverse().map((event) => (
          <li key={event.version}>
            <span className="at quiet">{momentText(event.at)}</span>
            <span>
              {event.actName} <strong>{event.stateName}</strong>
              {event.note !== null && ` ${event.note}`}{' '}
              <span className="quiet">
                {event.by}
                {event.mine && ' ← あなた'}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
