import type { Door, Realm } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { ask } from './server.ts'
import { useStatus } from './status.tsx'

const lookAgainMs = 3000

/**
 * 準備のようす — an invented world fills while people look at it: how far it has come, until all of it is there. Told
 * quietly: a voice that read each step aloud would let nobody work.
 */
export function Preparation({ realm }: { realm: Realm }) {
  const { say } = useStatus()
  const [told, setTold] = useState<string | null>(null)
  const ready = useRef(() => {})
  ready.current = () => {
    if (told !== null) say('模擬の県の準備が終わりました。F5で最新になります。')
  }
  useEffect(() => {
    let left = false
    let again: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      const door = await ask<Door>(realm, 'door').catch(() => null)
      if (left) return
      if (door?.preparation === null) ready.current()
      if (door !== null) setTold(door.preparation ?? null)
      if (door?.preparation !== null) again = setTimeout(() => void look(), lookAgainMs)
    }
    void look()
    return () => {
      left = true
      clearTimeout(again)
    }
  }, [realm])
  if (told === null) return null
  return (
    <section className="banner watch" aria-label="準備のようす" data-state="preparing">
      <span className="word">準備</span>
      <p>{told}</p>
    </section>
  )
}
