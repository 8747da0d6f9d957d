/** 断り — why a command does not go on: what is the matter and what to do, in sentences for who asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
