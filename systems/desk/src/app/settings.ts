/** 見え方の設定 — belongs to the terminal, not to a person: light, dark, or as the terminal is set. */
export type Theme = 'auto' | 'light' | 'dark'

const shelf = 'koiki.theme'

export const themeWords: Record<Theme, string> = {
  auto: '端末に合わせる',
  light: '明るい画面',
  dark: '暗い画面',
}

export function heldTheme(): Theme {
  const held = localStorage.getItem(shelf)
  return held === 'light' || held === 'dark' ? held : 'auto'
}

export function keepTheme(theme: Theme): void {
  if (theme === 'auto') localStorage.removeItem(shelf)
  else localStorage.setItem(shelf, theme)
  wearTheme()
}

export function wearTheme(): void {
  const theme = heldTheme()
  if (theme === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
