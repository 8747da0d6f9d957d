import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

export type Said = { at: string; text: string }

type Line = { said: readonly Said[]; say(text: string): void }

const LineContext = createContext<Line | null>(null)

const clock = () =>
  new Intl.DateTimeFormat('ja-JP', {
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date())

/** いま起きたこと — the status line: stays until the next act; the last 50 can be read with F1. */
export function StatusProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<readonly Said[]>([])
  const line = useMemo<Line>(
    () => ({
      said,
      say: (text) => setSaid((before) => [{ at: clock(), text }, ...before].slice(0, 50)),
    }),
    [said],
  )
  return <LineContext value={line}>{children}</LineContext>
}

export function useStatus(): Line {
  const line = useContext(LineContext)
  if (line === null) throw new Error('いま起きたことの外で使われています')
  return line
}
