import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

type AtHand = { person: string | null; hold(name: string | null): void }

const AtHandContext = createContext<AtHand | null>(null)

/** ひと窓、ひとり — whose page lies open now; kept in memory only, for the question that F2 asks. */
export function PersonAtHand({ children }: { children: ReactNode }) {
  const [person, hold] = useState<string | null>(null)
  const atHand = useMemo(() => ({ person, hold }), [person])
  return <AtHandContext value={atHand}>{children}</AtHandContext>
}

export function usePersonAtHand(): AtHand {
  const atHand = useContext(AtHandContext)
  if (atHand === null) throw new Error('枠の外で使われています')
  return atHand
}

/** その人の頁があいているあいだ */
export function useHold(name: string | null): void {
  const { hold } = usePersonAtHand()
  useEffect(() => {
    hold(name)
    return () => hold(null)
  }, [name, hold])
}
