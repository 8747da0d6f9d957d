import { type ReactNode, useEffect, useState } from 'react'
import type { Answer, AskError } from '../app/server.ts'
import { words } from '../app/server.ts'
import { Button } from './parts.tsx'

/** 待つあいだ — nothing for a second, then a word, then what is happening to the typing. */
export function Loading({ name }: { name: string }) {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const first = setTimeout(() => setSeconds(1), 1000)
    const fifth = setTimeout(() => setSeconds(5), 5000)
    return () => {
      clearTimeout(first)
      clearTimeout(fifth)
    }
  }, [])
  return (
    <div className="empty" aria-busy="true" data-state="loading">
      <span className="unseen">{name}</span>
      {seconds >= 1 && <p role="status">{seconds >= 5 ? words.slow : words.loading}</p>}
    </div>
  )
}

/** できなかったとき — the sentence of the refusal, and the way on. */
export function Failed({ failure, again }: { failure: AskError; again: () => void }) {
  const none = failure.status === 404 || failure.status === 403
  return (
    <div className="stack" data-state={failure.offline ? 'offline' : none ? 'none' : 'error'}>
      <div className={none ? 'banner' : 'banner bad'} role="alert">
        <span className="word">
          {failure.offline ? '通信' : none ? 'お知らせ' : 'できませんでした'}
        </span>
        <p>{failure.failure.message}</p>
      </div>
      <div className="bar">
        <Button run={again}>
          もう一度たしかめる <kbd>F5</kbd>
        </Button>
      </div>
    </div>
  )
}

/** できなかったわけ — the sentence of a refusal, above what it was refused for. */
export function Refused({
  sentence,
  word = 'できませんでした',
}: {
  sentence: string | null
  word?: string
}) {
  if (sentence === null) return null
  return (
    <div className="banner bad" role="alert" data-state="error">
      <span className="word">{word}</span>
      <p>{sentence}</p>
    </div>
  )
}

/** 答えの4つのようす — loading, failed, ready, and ready but old; a screen writes only the third. */
export function Shown<T>({
  answer,
  name,
  children,
}: {
  answer: Answer<T>
  name: string
  children: (value: T) => ReactNode
}) {
  if (answer.state === 'loading') return <Loading name={name} />
  if (answer.state === 'failed') return <Failed failure={answer.failure} again={answer.again} />
  return (
    <>
      <Stale at={answer.at} failed={answer.failure} again={answer.again} />
      {children(answer.value)}
    </>
  )
}

const staleAfter = 10 * 60 * 1000

function Stale({ at, failed, again }: { at: number; failed: AskError | null; again: () => void }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(tick)
  }, [])
  const minutes = Math.floor((now - at) / 60_000)
  if (failed === null && now - at < staleAfter) return null
  return (
    <div className="banner watch" data-state="stale">
      <span className="word">古い内容</span>
      <p>
        {minutes < 1 ? '少し前' : `${minutes}分前`}の内容です。
        {failed !== null && !failed.offline && ` ${failed.failure.message}`}
      </p>
      <Button run={again} look="small">
        最新にする <kbd>F5</kbd>
      </Button>
    </div>
  )
}

/** ないとき — an empty list says what it means that it is empty. */
export function Empty({ children }: { children: ReactNode }) {
  return (
    <div className="empty" data-state="empty">
      {children}
    </div>
  )
}
