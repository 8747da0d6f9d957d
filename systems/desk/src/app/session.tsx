import type { Purpose, Session } from '@koiki/union'
import { createContext, useContext, useSyncExternalStore } from 'react'

export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('サインインの外で使われています')
  return session
}

/** できるか — by the name of an act in the table of permissions; the server refuses all the same. */
export function useMay(act: string): boolean {
  return useSession().may.includes(act)
}

const changed = new EventTarget()
const shelf = 'koiki.purpose'

/** 用件の言葉 — the same words that stand in the audit rows. */
export const purposeWords: Record<Purpose, string> = {
  eligibility: '資格の相談',
  premium: '保険料の相談',
  application: '届出・申請の受付',
  notice: '通知・文書の問い合わせ',
  verification: '内容の確認(事務)',
}

export const purposeOrder = Object.keys(purposeWords) as readonly Purpose[]

// A purpose is one of five words and names nobody, so it may outlive a reload; nothing else may.
function heldPurpose(): Purpose | null {
  const held = sessionStorage.getItem(shelf)
  return purposeOrder.find((purpose) => purpose === held) ?? null
}

/** 用件 — why the people of this 応対 are looked at; asked once, kept until sign-out. */
export function usePurpose(): [Purpose | null, (purpose: Purpose | null) => void] {
  const purpose = useSyncExternalStore((heard) => {
    changed.addEventListener('changed', heard)
    return () => changed.removeEventListener('changed', heard)
  }, heldPurpose)
  return [purpose, keepPurpose]
}

export function keepPurpose(purpose: Purpose | null): void {
  if (purpose === null) sessionStorage.removeItem(shelf)
  else sessionStorage.setItem(shelf, purpose)
  changed.dispatchEvent(new Event('changed'))
}
