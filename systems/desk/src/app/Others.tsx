import type { Presence } from '@koiki/union'
import { useEffect, useState } from 'react'
import { timeText } from '../ui/text.ts'
import { useRealm } from './router.tsx'
import { ask } from './server.ts'

type Thing = 'filing' | 'person' | 'difference'
type Other = Presence['others'][number]

const beat = 5_000

/** ほかに見ている人 — who else has this open now; a heartbeat says that this desk has. */
export function useOthers(of: Thing, thing: string | null): readonly Other[] {
  const realm = useRealm()
  const [others, setOthers] = useState<readonly Other[]>([])
  useEffect(() => {
    if (thing === null) return
    let left = false
    const tell = () =>
      ask<Presence>(realm, `presence/${thing}`, { method: 'PUT', body: { of } }).then(
        (presence) => {
          if (!left) setOthers(presence.others)
        },
        // Whether a colleague is here is a courtesy: the version keeps the record whole without it.
        () => {},
      )
    void tell()
    const timer = setInterval(() => void tell(), beat)
    return () => {
      left = true
      clearInterval(timer)
      setOthers([])
    }
  }, [realm, of, thing])
  return others
}

export function Others({ others }: { others: readonly Other[] }) {
  if (others.length === 0) return <span className="quiet small">ほかに見ている人 0</span>
  return (
    <span className="others" role="status">
      ほかに見ている人{' '}
      {others
        .map(({ name, place, since }) => `${name}さん(${place}、${timeText(since)}から)`)
        .join('、')}
    </span>
  )
}
