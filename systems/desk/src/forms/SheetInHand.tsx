import type { PrintedForm } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { useRealm } from '../app/router.tsx'
import { ask, openPdf, take } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { Button, Chip } from '../ui/parts.tsx'
import { TextField } from '../ui/TextField.tsx'
import { timeText } from '../ui/text.ts'

/** 試み — one at a time; what is refused is said above. */
export type Asked = (work: () => Promise<void>) => Promise<void>

/** 手もとの紙 — printed means that somebody has seen it: four digits from the paper, or what went wrong. */
export function SheetInHand({
  one,
  keyed,
  attempt,
  again,
}: {
  one: PrintedForm
  /** One act at a time has the key. */
  keyed: boolean
  attempt: Asked
  again: () => void
}) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const { say } = useStatus()
  const [tail, setTail] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  const asking = { purpose: purpose ?? ('application' as const) }
  const name = one.about === '' ? one.name : `${one.name} ${one.about}`
  const print = () =>
    attempt(async () => {
      openPdf(await take(realm, `forms/${one.printed}/pdf`, asking))
      say('紙をひらきました。印刷してください。')
    })
  const settle = (act: 'printed' | 'spoiled' | 'notPrinted' | 'cancelled', told: string) =>
    attempt(async () => {
      await ask(realm, `forms/${one.printed}/settle`, {
        ...asking,
        method: 'POST',
        body: {
          version: one.version,
          act,
          ...(act === 'printed' ? { tail: tail.normalize('NFKC').trim() } : {}),
        },
      })
      say(told)
      again()
    })
  const confirm = () => {
    const typed = /^\d{4}$/.test(tail.normalize('NFKC').trim())
    setWrong(
      typed
        ? null
        : '紙の右下の符号の、下4けたを打ってください。紙を見ないと、確かめたことになりません。',
    )
    if (typed) void settle('printed', `${name}の紙を確かめました。`)
  }
  useKeys(keyed ? [{ key: 'Ctrl+Enter', word: '紙を確かめた', run: confirm }] : [])
  return (
    <section className="act" aria-labelledby={`sheet-${one.printed}`}>
      <h2 id={`sheet-${one.printed}`}>
        {name} {one.again && <Chip>再</Chip>}{' '}
        <span className="quiet small">
          {timeText(one.instructedAt)}に{one.instructedBy}さんが指示、{one.pages}枚
        </span>
      </h2>
      <div className="bar">
        <button ref={first} type="button" className="button main" onClick={() => void print()}>
          紙をひらいて印刷する
        </button>
      </div>
      <TextField
        label="紙の符号の下4けた"
        size="short"
        support="出てきた紙の右下にあります。紙を確かめるまで、刷ったことになりません。"
        text={tail}
        change={setTail}
        error={wrong}
      />
      <div className="bar">
        <Button run={confirm}>よい。紙を確かめた {keyed && <kbd>Ctrl+Enter</kbd>}</Button>
        <Button
          run={() =>
            void settle(
              'spoiled',
              'よごれた紙を無効にしました。見本から、もう一度指示してください。',
            )
          }
        >
          よごれた
        </Button>
        <Button
          run={() =>
            void settle(
              'notPrinted',
              '出なかった紙を無効にしました。見本から、もう一度指示してください。',
            )
          }
        >
          出ない
        </Button>
        <Button look="plain" run={() => void settle('cancelled', '印刷を取りやめました。')}>
          取りやめる
        </Button>
      </div>
    </section>
  )
}
