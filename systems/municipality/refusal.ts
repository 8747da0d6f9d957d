/**
 * 断り — a request that is understood and cannot be carried out: every reason at once, in sentences a
 * clerk can act on. Never holds a name or a number of a person other than the 宛名番号 that was sent.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'))
    this.reasons = reasons
  }
}
