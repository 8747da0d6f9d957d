import {
  createContext,
  type KeyboardEvent as ReactKeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { nameOf } from './keys.ts'

/** 鍵 — what a key does now, in words. */
export type Key = {
  key: string
  word: string
  run: () => void
  /** Works, but does not stand in the key bar. */
  silent?: boolean
}

type Layer = { id: number; keys: readonly Key[]; closes: boolean }

type Board = {
  put(layer: Layer): void
  remove(id: number): void
}

const BoardContext = createContext<Board | null>(null)
const KeysContext = createContext<readonly Key[]>([])

const order = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'Ctrl+Enter', 'Ctrl+K', 'Esc']
const rank = (key: string): number => {
  const at = order.indexOf(key)
  return at < 0 ? order.length : at
}

/** 鍵盤 — one handler for the desk; the newest layer is asked first, a closing layer hides those below. */
export function KeyboardProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Key[]>([])
  // The layers are kept outside of the state: the next key must find them as they are, not as last drawn.
  const layers = useRef(new Map<number, Layer>())

  const board = useMemo<Board>(() => {
    const draw = () =>
      setShown(
        [...reachable(layers.current).values()]
          .filter((key) => key.silent !== true)
          .sort((a, b) => rank(a.key) - rank(b.key)),
      )
    return {
      put(layer) {
        layers.current.set(layer.id, layer)
        draw()
      },
      remove(id) {
        layers.current.delete(id)
        draw()
      },
    }
  }, [])

  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const name = nameOf(event)
      if (name === null) return
      const key = reachable(layers.current).get(name)
      if (key === undefined || event.defaultPrevented) return
      event.preventDefault()
      // A key that is held down is one press: a second Ctrl+Enter would confirm the page that the first one opened.
      if (!event.repeat) key.run()
    }
    window.addEventListener('keydown', heard)
    return () => window.removeEventListener('keydown', heard)
  }, [])

  return (
    <BoardContext value={board}>
      <KeysContext value={shown}>{children}</KeysContext>
    </BoardContext>
  )
}

function reachable(layers: ReadonlyMap<number, Layer>): ReadonlyMap<string, Key> {
  const ordered = [...layers.values()].sort((a, b) => a.id - b.id)
  const from = ordered.findLastIndex((layer) => layer.closes)
  const found = new Map<string, Key>()
  for (const layer of ordered.slice(Math.max(from, 0)))
    for (const key of layer.keys) found.set(key.key, key)
  return found
}

export function useKeysNow(): readonly Key[] {
  return useContext(KeysContext)
}

let layersMade = 0

/** 鍵を置く — while the component is shown. `closes` is for a layer that covers the page. */
export function useKeys(keys: readonly Key[], closes = false): void {
  const board = useContext(BoardContext)
  if (board === null) throw new Error('鍵盤の外で使われています')
  const { put, remove } = board
  const [id] = useState(() => {
    layersMade += 1
    return layersMade
  })
  const latest = useRef(keys)
  latest.current = keys
  const shape = keys.map((key) => `${key.key}=${key.word}${key.silent ? '~' : ''}`).join('|')

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` says when the layer differs.
  useLayoutEffect(() => {
    put({
      id,
      closes,
      keys: latest.current.map((key) => ({
        ...key,
        run: () => latest.current.find((now) => now.key === key.key)?.run(),
      })),
    })
  }, [id, closes, shape, put])
  useLayoutEffect(() => () => remove(id), [id, remove])
}

const stops =
  'input:not([type=hidden]), select, textarea, button:not([tabindex="-1"]), a[href]:not([tabindex="-1"])'

/** Enterで次へ — in the order of the paper; it never submits, and never acts while kanji are being made. */
export function enterAsNext(event: ReactKeyboardEvent<HTMLElement>): void {
  const native = event.nativeEvent
  if (event.key !== 'Enter' || native.isComposing || native.keyCode === 229) return
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const from = event.target as HTMLElement
  if (!(from instanceof HTMLInputElement || from instanceof HTMLSelectElement)) return
  if (from instanceof HTMLInputElement && from.type === 'file') return
  event.preventDefault()
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(stops)].filter(
    (stop) => stop === from || isWayIn(stop, from),
  )
  all[all.indexOf(from) + 1]?.focus()
}

/** A group of radio buttons is one stop: at what is chosen, or at its first. */
function isWayIn(stop: HTMLElement, from: HTMLElement): boolean {
  if (!(stop instanceof HTMLInputElement) || stop.type !== 'radio') return true
  if (from instanceof HTMLInputElement && from.type === 'radio' && from.name === stop.name)
    return false
  const group = [
    ...document.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(stop.name)}"]`),
  ]
  return stop === (group.find((one) => one.checked) ?? group[0])
}

/** 行の上下 — ↑ ↓ PageUp PageDown Home End move among the row links of a list, of which one is in the tab order. */
export function moveAmongRows(event: ReactKeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const now = links.indexOf(document.activeElement as HTMLElement)
  if (now < 0 || links.length === 0) return
  const steps: Record<string, number> = {
    ArrowDown: now + 1,
    ArrowUp: now - 1,
    PageDown: now + 10,
    PageUp: now - 10,
    Home: 0,
    End: links.length - 1,
  }
  const to = steps[event.key]
  if (to === undefined || event.ctrlKey || event.altKey || event.shiftKey) return
  event.preventDefault()
  const next = links[Math.min(Math.max(to, 0), links.length - 1)]
  for (const link of links) link.tabIndex = link === next ? 0 : -1
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
