import type { Destination, DestinationStop } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { useRealm } from '../app/router.tsx'
import { AskError, ask, sentenceOf } from '../app/server.ts'
import { useSession } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { useSeenWhole } from '../intake/useSeenWhole.ts'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Button, Field, FilePick } from '../ui/parts.tsx'
import { Refused } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { countText, dayOf, dayText, timeText } from '../ui/text.ts'

/** 決めること — which destination, and whether it is stopped or the stop lifted. */
export type StopAct = { kind: 'stopped'; code: string } | { kind: 'lifted'; code: string }

const momentWords = (at: string) => `${dayText(dayOf(at))} ${timeText(at)}`

/** 停止のしらせ — who stopped it, when and why; the union's own stop is lifted from here by whoever may. */
export function StopBanner({ one, lift }: { one: DestinationStop; lift: (() => void) | null }) {
  const { name } = one.municipality
  const realm = useRealm()
  return (
    <div className="banner bad">
      <span className="word">停止</span>
      <div>
        {one.at === null ? (
          <p>
            {name}: {one.sentence}
          </p>
        ) : (
          <>
            <p>
              <strong>
                {one.toldBy === '自分'
                  ? `${name}へ渡すのを、広域連合が止めています。`
                  : `${name}が、受け取りを止めています。`}
              </strong>{' '}
              わけ: {one.reason}
            </p>
            <p className="quiet">
              {momentWords(one.at)}{' '}
              {one.toldBy === '自分'
                ? `${one.by}さんが止めました。`
                : `${name}の署名のある知らせ。`}
            </p>
          </>
        )}
        <p>
          {one.waiting === 0
            ? '渡さずに待っている送信はありません。'
            : `渡さずに待っている送信 ${countText(one.waiting)}件。`}{' '}
          {one.toldBy !== '自分'
            ? one.action
            : realm === 'union'
              ? 'わけがなくなったら、停止を解いてください。待っている番号から順に渡せます。'
              : 'いつ解けるかは、広域連合の資格担当に聞いてください。解けると、続きから受け取れます。'}
        </p>
      </div>
      {lift !== null && (
        <Button look="small" label={`${name}の停止を解く`} run={lift}>
          停止を解く
        </Button>
      )}
    </div>
  )
}

type Props = {
  act: StopAct
  stops: readonly DestinationStop[]
  destinations: readonly Destination[]
  close: () => void
  /** What was decided, in a sentence that stays. */
  done: (told: string) => void
  /** Somebody else was first: what is shown is old. */
  changed: () => void
}

/** 宛先を止める・停止を解く — the reason first, then what will move, then the act. */
export function DecideStop(props: Props) {
  const { act, stops, destinations, close, done, changed } = props
  const realm = useRealm()
  const { say } = useStatus()
  const [code, setCode] = useState(act.code)
  const [reason, setReason] = useState('')
  const [step, setStep] = useState<'write' | 'check'>('write')
  const [failure, setFailure] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  // Held from the first sight: a colleague's decision must not take the name off the page.
  const [places] = useState(() => [
    ...destinations,
    ...stops.map(({ municipality, waiting }) => ({ municipality, waiting })),
  ])
  const place = places.find(({ municipality }) => municipality.code === code)
  const send = async () => {
    if (place === undefined || sending) return
    setSending(true)
    try {
      const body = { municipality: code, kind: act.kind, reason: reason.trim() }
      await ask(realm, 'partners/stops', { method: 'POST', body })
      const { name } = place.municipality
      const told =
        act.kind === 'stopped' ? `${name}へ渡すのを止めました。` : `${name}の停止を解きました。`
      say(told)
      done(told)
    } catch (error) {
      setFailure(sentenceOf(error))
      setSending(false)
      if (error instanceof AskError && error.status === 409) changed()
    }
  }
  return step === 'write' || place === undefined ? (
    <Write
      kind={act.kind}
      fixed={act.kind === 'lifted' ? (place?.municipality.name ?? '') : null}
      destinations={destinations}
      code={code}
      setCode={setCode}
      reason={reason}
      setReason={setReason}
      next={() => setStep('check')}
      close={close}
    />
  ) : (
    <Check
      kind={act.kind}
      place={place}
      reason={reason.trim()}
      failure={failure}
      sending={sending}
      back={() => {
        setFailure(null)
        setStep('write')
      }}
      confirm={() => void send()}
    />
  )
}

/** The heading takes the focus, so that the step is heard. */
function useHeading() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return heading
}

function Write({
  kind,
  fixed,
  destinations,
  code,
  setCode,
  reason,
  setReason,
  next,
  close,
}: {
  kind: StopAct['kind']
  fixed: string | null
  destinations: readonly Destination[]
  code: string
  setCode: (code: string) => void
  reason: string
  setReason: (reason: string) => void
  next: () => void
  close: () => void
}) {
  const heading = useHeading()
  const [faults, setFaults] = useState<readonly { at: string; sentence: string }[]>([])
  // A colleague may have stopped the one that was chosen.
  const chosen =
    fixed !== null || destinations.some(({ municipality }) => municipality.code === code)
      ? code
      : ''
  const go = () => {
    const found = [
      ...(chosen === '' ? [{ at: 'municipality', sentence: '止める宛先を選んでください。' }] : []),
      ...(reason.trim() === ''
        ? [
            {
              at: 'reason',
              sentence:
                kind === 'stopped'
                  ? '止めるわけを書いてください。窓口にも、この言葉で出ます。'
                  : '解くわけを書いてください。あとで見る人に残ります。',
            },
          ]
        : []),
    ]
    setFaults(found)
    if (found.length === 0) next()
  }
  useKeys([
    { key: 'Ctrl+Enter', word: '確かめる', run: go },
    { key: 'Esc', word: 'やめる', run: close },
  ])
  const fault = (at: string) => faults.find((one) => one.at === at)?.sentence ?? null
  return (
    <section className="act" aria-labelledby="decide-stop" onKeyDown={enterAsNext}>
      <h2 id="decide-stop" ref={heading} tabIndex={-1}>
        {kind === 'stopped' ? 'この宛先を止める' : `${fixed}の停止を解く`}
      </h2>
      <ErrorSummary faults={faults} />
      {kind === 'stopped' && (
        <div data-at="municipality">
          <Field label="宛先" need error={fault('municipality')}>
            {(field) => (
              <select
                {...field}
                className="input middle"
                value={chosen}
                onChange={(event) => setCode(event.target.value)}
              >
                <option value="">選んでください</option>
                {destinations.map(({ municipality }) => (
                  <option key={municipality.code} value={municipality.code}>
                    {municipality.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
      <div data-at="reason">
        <TextField
          label="わけ"
          need
          support="人の名前や番号は書きません。"
          text={reason}
          change={(text) => setReason(text.slice(0, 200))}
          error={fault('reason')}
        />
      </div>
      <div className="bar">
        <Button look="main" run={go}>
          確かめる <kbd>Ctrl+Enter</kbd>
        </Button>
        <Button run={close}>
          やめる <kbd>Esc</kbd>
        </Button>
      </div>
    </section>
  )
}

function Check({
  kind,
  place,
  reason,
  failure,
  sending,
  back,
  confirm,
}: {
  kind: StopAct['kind']
  place: Destination
  reason: string
  failure: string | null
  sending: boolean
  back: () => void
  confirm: () => void
}) {
  const { name: by } = useSession()
  const { say } = useStatus()
  const heading = useHeading()
  const { end, seen, showEnd } = useSeenWhole()
  const { name } = place.municipality
  const title = kind === 'stopped' ? `${name}へ渡すのを止める` : `${name}の停止を解く`
  const go = () => {
    if (seen) confirm()
    else {
      showEnd()
      say('終わりまで出しました。確かめてから、もう一度 Ctrl+Enter を押してください。')
    }
  }
  useKeys([
    {
      key: 'Ctrl+Enter',
      word: kind === 'stopped' ? '止める' : '停止を解く',
      run: go,
    },
    { key: 'Esc', word: '直しにもどる', run: back },
  ])
  const waiting = countText(place.waiting)
  const rows: readonly (readonly [string, string])[] = [
    ['宛先', name],
    ['わけ', reason],
    ['決める人', `${by}さん`],
    ...(kind === 'stopped'
      ? ([
          [
            '動くもの',
            `${
              place.waiting === 0
                ? '渡していない送信は、いまはありません。'
                : `作ってある送信${waiting}件は、渡さずに待ちます。`
            }これからの配信は、番号を作らずに待ちます。`,
          ],
          ['動かないもの', `${name}から届くファイルは、これまでどおり取り込みます。`],
        ] as const)
      : ([
          [
            '動くもの',
            place.waiting === 0
              ? '待っている送信はありません。次の配信から渡せます。'
              : `待っている送信${waiting}件を、番号の順に渡せます。`,
          ],
        ] as const)),
  ]
  return (
    <section className="act" aria-labelledby="decide-stop">
      <h2 id="decide-stop" ref={heading} tabIndex={-1}>
        {title} <span className="quiet small">まだ決めていません</span>
      </h2>
      <Refused sentence={failure} />
      <ul className="ruled doubts">
        {rows.map(([item, text]) => (
          <li key={text}>
            <span className="quiet">{item}</span> <span>{text}</span>
          </li>
        ))}
      </ul>
      <div className="bar">
        <Button look="main" run={go} whyNot={sending ? '決めています。' : null}>
          {title} <kbd>Ctrl+Enter</kbd>
        </Button>
        <Button run={back}>
          直しにもどる <kbd>Esc</kbd>
        </Button>
      </div>
      <div ref={end} />
    </section>
  )
}

/** 停止の知らせの持込み — what the municipality's own system has signed is brought by its counter. */
export function BringStopNotice({ again }: { again: () => void }) {
  const realm = useRealm()
  const { say } = useStatus()
  const [told, setTold] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const bring = async (file: File) => {
    try {
      const { sentence } = await ask<{ sentence: string }>(realm, 'partners/notices', {
        method: 'POST',
        body: { notice: await file.text() },
      })
      setFault(null)
      setTold(sentence)
      say(sentence)
      again()
    } catch (error) {
      setTold(null)
      setFault(sentenceOf(error))
    }
  }
  return (
    <section aria-labelledby="notice" className="stack">
      <h2 id="notice">受け取りの停止・解除の知らせ</h2>
      <FilePick
        label="市区町村システムの知らせ"
        support="市区町村システムが受け取りを止めた、または再び始めたときに出す .json のファイル。"
        accept=".json,application/json"
        file={null}
        error={fault}
        pick={(file) => {
          if (file !== null) void bring(file)
        }}
      />
      {told !== null && <p>{told}</p>}
    </section>
  )
}
