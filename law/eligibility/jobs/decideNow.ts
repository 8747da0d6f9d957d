import type { Transaction } from '@koiki/store'
import { type Moved, whatElseMoves } from '../rules/whatElseMoves.ts'
import type { Decider } from '../store/decider.ts'
import { findResidents } from '../store/dueResidents.ts'
import { type DecidedPerson, decidePersons } from './decideResidents.ts'

/**
 * その場の判定 — decides these residents and their kin now, in the caller's transaction, which needs the scope of
 * the whole union. Answers for each person what stood, what stands and why.
 */
export async function decideNow(
  tx: Transaction,
  residentKeys: readonly number[],
  by: Decider,
): Promise<readonly DecidedPerson[]> {
  const due = await findResidents(tx, residentKeys)
  return (await decidePersons(tx, due, by)).persons
}

/** 試しの判定の結果 — as decided, with what else would move. A number that would be issued is not told. */
export type PreviewedPerson = Omit<DecidedPerson, 'decisions'> & {
  readonly decisions: readonly (Omit<
    DecidedPerson['decisions'][number],
    'subjectKey' | 'insuredNumber'
  > & { readonly subjectKey: number | null; readonly insuredNumber: string | null })[]
  readonly moves: readonly Moved[]
}

/**
 * 試しの判定 — what would be decided if `change` were so, with nothing written: change and decision are made after
 * a savepoint and undone. `change` tells facts by the writers of this chapter and answers the keys of
 * residents that it made, if any. The caller leaves the audit entry of having looked.
 */
export async function previewDecision(
  tx: Transaction,
  residentKeys: readonly number[],
  change: (tx: Transaction) => Promise<readonly number[]>,
): Promise<readonly PreviewedPerson[]> {
  await tx.run('savepoint previewed')
  try {
    const made = await change(tx)
    const persons = await decideNow(tx, [...residentKeys, ...made], { jobId: '試しの判定' })
    return persons.map((person) => ({
      ...person,
      decisions: person.decisions.map((one) =>
        one.issued ? { ...one, subjectKey: null, insuredNumber: null } : one,
      ),
      moves: whatElseMoves(person.before, person.after, tx.today),
    }))
  } finally {
    await tx.run('rollback to savepoint previewed')
    await tx.run('release savepoint previewed')
  }
}
