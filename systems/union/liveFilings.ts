import type { Database, Scope } from '@koiki/store'

/** 届書が動いたという便り — which one, at which version; what is in it, whoever may asks for. */
export type FilingNews = {
  readonly union: string
  readonly municipality: string
  readonly filingId: string
  readonly version: number
}

/** そこにいる人 — one seat at one thing, as last heard. */
export type Seat = {
  readonly account: string
  readonly name: string
  readonly municipality: string
  readonly since: string
}

/** 届書の見守り — one ear on the database for all desks, and who is at which thing just now. */
export type LiveFilings = {
  watch(scope: Scope, heard: (news: FilingNews) => void): () => void
  /** Hears when somebody comes to a thing at which this account is too. */
  watchPlaces(account: string, heard: (thing: string) => void): () => void
  /** Says that a seat is at a thing, and answers who else is. */
  here(thing: string, place: Place): readonly Seat[]
  /** 閲覧に残す人 — of those on a list, whom this seat has not been shown since it last opened the list. */
  unseen(seat: string, persons: readonly number[]): readonly number[]
  /** Remembers whom a seat has been shown; `anew` when somebody opened the list. */
  shown(seat: string, persons: readonly number[], anew: boolean): void
  close(): Promise<void>
}

export type Place = {
  readonly scope: Scope
  readonly account: string
  readonly name: string
  readonly at: string
}

/** A seat that has not been heard of for so long is not there any more. */
const patienceMilliseconds = 30_000

/** Seats whose lists are remembered; one that is forgotten leaves one look more, never one less. */
const seatsRemembered = 500

export async function openLiveFilings(db: Database): Promise<LiveFilings> {
  const watchers = new Set<{ scope: Scope; heard: (news: FilingNews) => void }>()
  const placeWatchers = new Set<{ account: string; heard: (thing: string) => void }>()
  const seats = new Map<string, Map<string, Seat & { union: string; heardAt: number }>>()
  const lists = new Map<string, Set<number>>()
  const stop = await db.listen('koiki_filing', (payload) => {
    const [union = '', municipality = '', filingId = '', version = ''] = payload.split(' ')
    const news = { union, municipality, filingId, version: Number(version) }
    for (const { scope, heard } of watchers)
      if (scope.union === union && sees(scope.municipality, municipality)) heard(news)
  })
  return {
    watch(scope, heard) {
      const watcher = { scope, heard }
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    watchPlaces(account, heard) {
      const watcher = { account, heard }
      placeWatchers.add(watcher)
      return () => placeWatchers.delete(watcher)
    },
    here(thing, { scope, account, name, at }) {
      const now = Date.now()
      const key = `${scope.union} ${thing}`
      const present = seats.get(key) ?? new Map()
      for (const [id, seat] of present)
        if (now - seat.heardAt > patienceMilliseconds) present.delete(id)
      const fresh = !present.has(account)
      const since = present.get(account)?.since ?? at
      present.set(account, {
        account,
        name,
        municipality: scope.municipality,
        since,
        union: scope.union,
        heardAt: now,
      })
      seats.set(key, present)
      if (fresh)
        for (const watcher of placeWatchers)
          if (watcher.account !== account && present.has(watcher.account)) watcher.heard(thing)
      return [...present.values()].filter((seat) => seat.account !== account)
    },
    unseen(seat, persons) {
      const known = lists.get(seat)
      return known === undefined ? persons : persons.filter((one) => !known.has(one))
    },
    shown(seat, persons, anew) {
      const known = anew ? undefined : lists.get(seat)
      lists.delete(seat)
      lists.set(seat, new Set([...(known ?? []), ...persons]))
      for (const [oldest] of lists) {
        if (lists.size <= seatsRemembered) break
        lists.delete(oldest)
      }
    },
    close: stop,
  }
}

const sees = (office: string, municipality: string): boolean =>
  office === '*' || office === municipality
