/** 符号の列を読む — one code a line as a reader of codes types them; blanks fall away, order stays. */
export function readCodes(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/[\s,、]+/)
    .map((code) => code.replace(/^\*|\*$/g, ''))
    .filter((code) => code !== '')
}
