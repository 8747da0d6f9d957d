import { addDays, daysBetween, formatWareki, type PlainDate } from '@koiki/kernel'
import { filingTerm } from '../../law/filingTerm.ts'
import type { FilingContent, Warning } from '../filing.ts'
import { kindOf } from '../kinds.ts'

/** 届出の期限の日 — for a notification 14 days from the event; an application is given as many days to be finished. */
export function dueDay({ kind, filedOn, occurredOn }: FilingContent): PlainDate {
  const from = kindOf(kind).term && occurredOn !== null ? occurredOn : filedOn
  return addDays(from, filingTerm.on(filedOn).value)
}

/** 届出の遅れ — a warning, never a stop: late notifications are taken. */
export function lateness(content: FilingContent): readonly Warning[] {
  if (!kindOf(content.kind).term || content.occurredOn === null) return []
  const due = dueDay(content)
  if (content.filedOn <= due) return []
  return [
    {
      code: 'late',
      sentence: `届出の期限(${formatWareki(due)})を${daysBetween(due, content.filedOn)}日過ぎています。受け付けられます。遅れたわけを聞いて、覚えに残してください。`,
    },
  ]
}
