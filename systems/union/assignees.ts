import { permissions, type Role } from '@koiki/access'
import type { Transaction } from '@koiki/store'

/** 担当になれる人 — of the seat's own office, who may take filings in. */
export type Assignee = { readonly account: string; readonly name: string }

export async function findAssignees(tx: Transaction): Promise<readonly Assignee[]> {
  const roles: readonly Role[] = permissions['filing.receive'].roles
  return tx.query<Assignee>(
    `select account_id::text as account, display_name as name
       from access.account
      where disabled_at is null and roles && $1::text[] and scope_municipality = $2::text
      order by display_name, account_id`,
    [roles, tx.scope!.municipality],
  )
}
