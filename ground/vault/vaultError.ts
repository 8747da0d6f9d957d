/** 金庫の拒否 — a Japanese sentence that may be shown and logged: it never holds a number or a key. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
}
