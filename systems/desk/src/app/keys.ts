/** 鍵の名 — `F2`, `Ctrl+K`, `Alt+1`, `Shift+F6`; null while an IME is at work. */
export function nameOf(event: {
  key: string
  code?: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
  isComposing?: boolean
  keyCode?: number
}): string | null {
  if (event.isComposing || event.keyCode === 229) return null
  const digit = event.altKey ? /^(?:Digit|Numpad)([1-8])$/.exec(event.code ?? '')?.[1] : undefined
  const key = digit ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key)
  const held = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && key.length > 1 && 'Shift',
  ].filter((name) => name !== false)
  return [...held, key === 'Escape' ? 'Esc' : key].join('+')
}
