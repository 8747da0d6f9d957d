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

/** 文字の大きさ — of this terminal; everything is measured in letters, so that the whole screen follows. */
export type LetterSize = 'ordinary' | 'large' | 'largest'

const sizeShelf = 'koiki.letters'

export const sizeWords: Record<LetterSize, string> = {
  ordinary: 'ふつうの字',
  large: '大きな字',
  largest: 'とても大きな字',
}

export function heldSize(): LetterSize {
  const held = localStorage.getItem(sizeShelf)
  return held === 'large' || held === 'largest' ? held : 'ordinary'
}

export function keepSize(size: LetterSize): void {
  if (size === 'ordinary') localStorage.removeItem(sizeShelf)
  else localStorage.setItem(sizeShelf, size)
  wearSize()
}

export function wearSize(): void {
  const size = heldSize()
  if (size === 'ordinary') delete document.documentElement.dataset.letters
  else document.documentElement.dataset.letters = size
}
