import {
  deleteDraft,
  findDraft,
  listDrafts,
  numberInText,
  numberInTextSentence,
  saveDraft,
} from '@koiki/eligibility'
import { z } from 'zod'
import { Draft, Drafts, SaveDraft } from '../api/filings.ts'
import { changedBefore, nothing, refused } from '../failure.ts'
import { type Call, route } from '../route.ts'

const both = ['counter', 'union'] as const

/** 下書きの番号 — made by the desk; what is no such number is answered like what is not there. */
function draftId(call: Call<never, never> | Call): string {
  const { draft } = call.request.params as { draft?: string }
  const parsed = z.uuid().safeParse(draft)
  if (!parsed.success) throw nothing()
  return parsed.data
}

export const draftRoutes = [
  route({
    method: 'GET',
    path: '/drafts',
    summary: '自分の下書き',
    realms: both,
    needs: 'filing.receive',
    answer: Drafts,
    handle: (call) =>
      call.transaction(async (tx) => ({
        checkedAt: tx.now,
        drafts: (await listDrafts(tx, call.session.actor.id)).map(shown),
      })),
  }),
  route({
    method: 'GET',
    path: '/drafts/:draft',
    summary: '下書きの1件',
    realms: both,
    needs: 'filing.receive',
    answer: Draft,
    handle: (call) =>
      call.transaction(async (tx) => {
        const draft = await findDraft(tx, call.session.actor.id, draftId(call))
        if (draft === null) throw nothing()
        return shown(draft)
      }),
  }),
  route({
    method: 'PUT',
    path: '/drafts/:draft',
    summary: '下書きを残す。個人番号を含むものは断る。',
    realms: both,
    needs: 'filing.receive',
    body: SaveDraft,
    answer: Draft,
    handle: (call) => {
      const id = draftId(call)
      const { title, content, version } = call.body
      if (keepsNumberField(content) || numberInText({ content, title }) !== null)
        throw refused(`下書きに${numberInTextSentence}`)
      return call.transaction(async (tx) => {
        const { id: account, name } = call.session.actor
        const saved = await saveDraft(tx, account, { draftId: id, version, title, content })
        if (saved !== null) return shown(saved)
        const held = await findDraft(tx, account, id)
        if (held === null) throw nothing()
        throw changedBefore({
          version: held.version,
          at: held.savedAt,
          by: name,
          what: '下書きを別の窓で残した',
        })
      })
    },
  }),
  route({
    method: 'DELETE',
    path: '/drafts/:draft',
    summary: '下書きを捨てる',
    realms: both,
    needs: 'filing.receive',
    answer: z.object({ gone: z.boolean() }),
    handle: (call) =>
      call.transaction(async (tx) => ({
        gone: await deleteDraft(tx, call.session.actor.id, draftId(call)),
      })),
  }),
]

type Held = NonNullable<Awaited<ReturnType<typeof findDraft>>>

const shown = ({ draftId: draft, ...rest }: Held) => ({
  draft,
  ...rest,
  content: { ...rest.content },
})

/** A field of the number itself, however deep; a draft keeps none, not even a part of it. */
function keepsNumberField(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, inner]) =>
      (key === 'individualNumber' && inner !== null && inner !== '') || keepsNumberField(inner),
  )
}
