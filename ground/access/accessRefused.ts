/** 断り — a Japanese sentence for the one who asked; it never holds a password, a code or a token. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused'
}
