import { listOverdueMedia, listPartnerNews, wholeUnion } from '@koiki/exchange'
import { マイナ保険証利用登録状況, 住民基本台帳情報 } from '@koiki/layouts'
import { type Database, municipalities, type Transaction } from '@koiki/store'
import type { z } from 'zod'
import type { PartnerAlarms } from './api/partners.ts'
import { municipalityName, partnerOf } from './places.ts'

type Alarms = z.infer<typeof PartnerAlarms>
type Watcher = { readonly union: string; readonly heard: (alarms: Alarms) => void }

/** 便りの見守り — one look for all desks of a union, as long as one watches; each hears when something changed. */
export type LiveNews = {
  watch(union: string, heard: (alarms: Alarms) => void): () => void
  close(): void
}

export function openLiveNews(db: Database, everyMilliseconds = 3_000): LiveNews {
  const watchers = new Set<Watcher>()
  const told = new Map<string, { text: string; alarms: Alarms }>()
  let looking = false
  const look = async (): Promise<void> => {
    if (looking) return
    looking = true
    try {
      for (const union of new Set([...watchers].map((one) => one.union))) {
        const alarms = await db.transaction({ union, municipality: '*' }, alarmsOf)
        const text = JSON.stringify(alarms)
        if (told.get(union)?.text === text) continue
        told.set(union, { text, alarms })
        for (const watcher of watchers) if (watcher.union === union) watcher.heard(alarms)
      }
    } catch {
      // The database is away for a moment; the next look tells all of it.
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), everyMilliseconds)
  timer.unref()
  return {
    watch(union, heard) {
      const watcher = { union, heard }
      watchers.add(watcher)
      const known = told.get(union)
      if (known === undefined) void look()
      else heard(known.alarms)
      return () => {
        watchers.delete(watcher)
        // What nobody hears is not looked at, so it may be old when the next one comes.
        if (![...watchers].some((one) => one.union === union)) told.delete(union)
      }
    },
    close: () => clearInterval(timer),
  }
}

/** 今のしらせ — what is not as it should be, worst first. */
export async function alarmsOf(tx: Transaction): Promise<Alarms> {
  const { union, municipality: own } = tx.scope as { union: string; municipality: string }
  const self = `union:${union}`
  const partners = municipalities
    .filter(([code]) => code.startsWith(union) && (own === '*' || own === code))
    .map(([code]) => ({ partner: `municipality:${code}`, municipality: code }))
  const beyond = own === '*' ? [wholeUnion(union)] : []
  const intermediary = beyond.map((code) => ({ partner: partnerOf(code), municipality: code }))
  const news = [
    ...(await listPartnerNews(tx, self, intermediary, [マイナ保険証利用登録状況.name])),
    ...(await listPartnerNews(tx, self, partners, [住民基本台帳情報.name])),
  ]
  const media = await listOverdueMedia(tx, self)
  return {
    on: tx.today,
    partners: news
      .filter(({ state }) => state !== '平常' && state !== '未開始')
      .map(({ municipality, layout, state, since, sentence }) => ({
        municipality: { code: municipality, name: municipalityName(municipality) },
        ...{ layout, state, since, sentence },
      })),
    overdueMedia: media.length,
  }
}
