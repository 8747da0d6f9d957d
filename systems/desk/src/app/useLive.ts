import { useEffect, useRef } from 'react'
import { useRealm } from './router.tsx'

/** 便り — what the server pushes, word by word; `heard` is always the newest one given. */
export function useLive<T>(path: string | null, event: string, heard: (told: T) => void): void {
  const realm = useRealm()
  const latest = useRef(heard)
  latest.current = heard
  useEffect(() => {
    if (path === null) return
    const source = new EventSource(`/${realm}/api/${path}`)
    source.addEventListener(event, (message) =>
      latest.current(JSON.parse((message as MessageEvent<string>).data) as T),
    )
    return () => source.close()
  }, [realm, path, event])
}
