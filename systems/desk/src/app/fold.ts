/** そろえた字 — for finding a command or a row: full width, small letters, and hiragana as katakana. */
export function foldKana(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .replace(/[\s\u3000]+/g, '')
}

/** 個人番号のようなもの — twelve digits in a row, however they were typed; they are wiped, not searched. */
export function looksLikeIndividualNumber(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\s\-‐‑–—−ー_.,/]/g, '')
  return /(?<!\d)\d{12}(?!\d)/.test(plain)
}
