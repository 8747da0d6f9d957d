import { useEffect, useRef } from 'react'
import { useRealm } from './router.tsx'

const patience = 5_000

/**
 * 便り — what the server pushes, word by word; `heard` is always the newest one given. `missed` is told when the
 * stream is back after a break: what was pushed meanwhile is not pushed again. A window that nobody sees lets its
 * stream go, because a browser has six connections for all windows of a terminal.
 */
export function useLive<T>(
  path: string | null,
  event: string,
  heard: (told: T) => void,
  missed?: () => void,
): void {
  const realm = useRealm()
  const latest = useRef({ heard, missed })
  latest.current = { heard, missed }
  useEffect(() => {
    if (path === null) return
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let broken = false
    const leave = () => {
      clearTimeout(timer)
      source?.close()
      source = null
    }
    const listen = () => {
      leave()
      if (document.hidden) return
      const stream = new EventSource(`/${realm}/api/${path}`)
      source = stream
      stream.addEventListener(event, (message) =>
        latest.current.heard(JSON.parse((message as MessageEvent<string>).data) as T),
      )
      stream.onopen = () => {
        if (broken) latest.current.missed?.()
        broken = false
      }
      stream.onerror = () => {
        broken = true
        // A cut wire is taken up again by the browser; what was refused is not.
        if (stream.readyState === EventSource.CLOSED) timer = setTimeout(listen, patience)
      }
    }
    const seen = () => {
      broken = true
      listen()
    }
    listen()
    document.addEventListener('visibilitychange', seen)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      leave()
    }
  }, [realm, path, event])
}
