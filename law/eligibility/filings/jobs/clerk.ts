import { recordAccess } from '@koiki/audit'
import type { Transaction } from '@koiki/store'

/** 窓口の担当者 — who takes a filing in or moves it on; the audit names them and their own office. */
export type Clerk = {
  readonly account: { readonly id: string; readonly name: string }
  /** 担当の市区町村, or '*' at the union. */
  readonly municipality: string
  readonly terminal: string | null
  readonly address: string | null
  readonly purpose: string
}

/**
 * 監査に残す — under the clerk's own office, though the transaction sees the whole union: an office can later
 * tell what its own people did.
 */
export async function leaveTrace(
  tx: Transaction,
  clerk: Clerk,
  act: string,
  effect: 'read' | 'write',
  persons: readonly (number | null)[],
): Promise<void> {
  const office = { union: tx.scope!.union, municipality: clerk.municipality }
  await recordAccess(
    { ...tx, scope: office },
    {
      channel: 'screen',
      actor: { kind: 'account', id: clerk.account.id, name: clerk.account.name },
      party: `union:${office.union}`,
      terminal: clerk.terminal,
      address: clerk.address,
      purpose: clerk.purpose,
      act,
      effect,
      persons: persons.filter((key) => key !== null),
    },
  )
}

/** 届書が動いたことを知らせる — to every desk that watches; heard once the transaction is committed. */
export async function tellFiling(
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  version: number,
): Promise<void> {
  await tx.query(`select pg_notify('koiki_filing', $1::text)`, [
    [tx.scope!.union, filing.municipality, filing.filingId, version].join(' '),
  ])
}

/** だれが、いつ — as every act of a filing keeps it. */
export const by = (tx: Transaction, { account }: Clerk) => ({
  at: tx.now,
  account: account.id,
  accountName: account.name,
})
