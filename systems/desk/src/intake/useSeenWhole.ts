import { useCallback, useEffect, useRef, useState } from 'react'

/** 終わりまで見たか — a check page is confirmed only after its end has been on the screen. */
export function useSeenWhole() {
  const end = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const mark = end.current
    if (mark === null) return
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true)
    })
    watcher.observe(mark)
    return () => watcher.disconnect()
  }, [])
  const showEnd = useCallback(() => end.current?.scrollIntoView({ block: 'end' }), [])
  return { end, seen, showEnd }
}
