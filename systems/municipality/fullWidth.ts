/**
 * 全角 — as the register's layouts (Ｎ) want every text: half-width letters, digits, signs and spaces become
 * their full-width forms, as in the Roman names of foreign residents. Nothing else is touched: no letter
 * is normalised, because a name is what the register says it is.
 */
export function fullWidth(text: string): string {
  return text.replace(/[ -~]/g, (letter) =>
    letter === ' ' ? '\u3000' : String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
  )
}
