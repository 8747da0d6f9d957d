import type { Instant, Transaction } from '@koiki/store'

/** 下書き — what an account has typed and not yet sent. */
export type Draft = {
  readonly draftId: string
  readonly version: number
  readonly title: string
  readonly savedAt: Instant
  readonly content: Readonly<Record<string, unknown>>
}

const columns = `draft_id::text as "draftId", version, title, saved_at as "savedAt", content`

/** 下書きを残す — null when somebody (the same account elsewhere) has saved a later version. */
export async function saveDraft(
  tx: Transaction,
  account: string,
  draft: Omit<Draft, 'savedAt'>,
): Promise<Draft | null> {
  const { union, municipality } = tx.scope!
  return tx.maybe<Draft>(
    `insert into eligibility.draft
       (draft_id, union_code, municipality_code, account_id, version, title, content, saved_at)
     select $1::uuid, $2::smallint, $3::text, $4::uuid, 1, $6::text, $7::jsonb, $8::timestamptz
      where $5::integer = 0
         or exists (select from eligibility.draft where draft_id = $1::uuid)
     on conflict (draft_id) do update
        set version = draft.version + 1, title = excluded.title, content = excluded.content,
            saved_at = excluded.saved_at
      where draft.account_id = $4::uuid and draft.version = $5::integer
     returning ${columns}`,
    [
      draft.draftId,
      union,
      municipality,
      account,
      draft.version,
      draft.title,
      JSON.stringify(draft.content),
      tx.now,
    ],
  )
}

export async function listDrafts(tx: Transaction, account: string): Promise<readonly Draft[]> {
  return tx.query<Draft>(
    `select ${columns} from eligibility.draft
      where account_id = $1::uuid
      order by saved_at desc, draft_id`,
    [account],
  )
}

export async function findDraft(
  tx: Transaction,
  account: string,
  draftId: string,
): Promise<Draft | null> {
  return tx.maybe<Draft>(
    `select ${columns} from eligibility.draft
      where draft_id = $1::uuid and account_id = $2::uuid`,
    [draftId, account],
  )
}

export async function deleteDraft(
  tx: Transaction,
  account: string,
  draftId: string,
): Promise<boolean> {
  const gone = await tx.run(
    'delete from eligibility.draft where draft_id = $1::uuid and account_id = $2::uuid',
    [draftId, account],
  )
  return gone > 0
}
