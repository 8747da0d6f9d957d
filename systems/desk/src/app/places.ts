import type { Direction, Realm } from '@koiki/union'

/**
 * 画面の所在 — every place of the desk, read from a path and written as one. A place holds references
 * and enumerated words only: no name, number or search word can reach an address bar.
 */
export type Place =
  | { screen: 'today' }
  | { screen: 'search' }
  | { screen: 'person'; person: string; tab: PersonTab }
  | { screen: 'why'; person: string; decision: string }
  | { screen: 'files'; direction: Direction }
  | { screen: 'file'; direction: Direction; transmission: string }
  | { screen: 'send' }
  | { screen: 'jobs' }
  | { screen: 'job'; job: string }
  | { screen: 'start'; run: string }
  | { screen: 'accounts' }
  | { screen: 'unknown' }

export type Address = { realm: Realm; place: Place }

export const personTabs = ['timeline', 'household', 'premium', 'notices', 'looks'] as const
export type PersonTab = (typeof personTabs)[number]

const reference = /^[0-9a-z]{26}$/
const word = /^[a-z-]{1,40}$/

/** 所在を読む — null where no realm is named; what does not fit is `unknown`, never guessed. */
export function readAddress(path: string): Address | null {
  const [, realm, ...parts] = path.replace(/\/+$/, '').split('/')
  if (realm !== 'counter' && realm !== 'union') return null
  return { realm, place: placeOf(parts) ?? { screen: 'unknown' } }
}

function placeOf(parts: string[]): Place | null {
  const [first, second, third, fourth, ...rest] = parts
  if (rest.length > 0) return null
  if (first === undefined) return { screen: 'today' }
  if (first === 'search' && second === undefined) return { screen: 'search' }
  if (first === 'people' && second !== undefined && reference.test(second)) {
    if (third === 'why' && fourth !== undefined && reference.test(fourth))
      return { screen: 'why', person: second, decision: fourth }
    const tab = third ?? 'timeline'
    if (fourth === undefined && isTab(tab)) return { screen: 'person', person: second, tab }
    return null
  }
  if (first === 'accounts' && second === undefined) return { screen: 'accounts' }
  if (first === 'files') {
    if (second === 'send' && third === undefined) return { screen: 'send' }
    const direction = second ?? 'in'
    if ((direction !== 'in' && direction !== 'out') || fourth !== undefined) return null
    if (third === undefined) return { screen: 'files', direction }
    return reference.test(third) ? { screen: 'file', direction, transmission: third } : null
  }
  if (first === 'jobs') {
    if (second === undefined) return { screen: 'jobs' }
    if (second === 'start' && third !== undefined && fourth === undefined && word.test(third))
      return { screen: 'start', run: third }
    return third === undefined && reference.test(second) ? { screen: 'job', job: second } : null
  }
  return null
}

function isTab(text: string): text is PersonTab {
  return (personTabs as readonly string[]).includes(text)
}

/** 所在を書く — the path of a place in a realm. */
export function pathOf(realm: Realm, place: Place): string {
  return `/${realm}${tail(place)}`
}

function tail(place: Place): string {
  switch (place.screen) {
    case 'today':
      return ''
    case 'search':
      return '/search'
    case 'person': {
      const tab = place.tab === 'timeline' ? '' : `/${place.tab}`
      return `/people/${place.person}${tab}`
    }
    case 'why':
      return `/people/${place.person}/why/${place.decision}`
    case 'files':
      return `/files/${place.direction}`
    case 'file':
      return `/files/${place.direction}/${place.transmission}`
    case 'send':
      return '/files/send'
    case 'jobs':
      return '/jobs'
    case 'job':
      return `/jobs/${place.job}`
    case 'start':
      return `/jobs/start/${place.run}`
    case 'accounts':
      return '/accounts'
    case 'unknown':
      return '/unknown'
  }
}

export const realmWords: Record<Realm, string> = { counter: '窓口', union: '広域' }

/** 題名 — the word of a screen and of the realm; it reaches history and taskbar, so no person is in it. */
export function titleOf(realm: Realm, place: Place): string {
  return `${screenWords[place.screen]} — ${realmWords[realm]}`
}

const screenWords: Record<Place['screen'], string> = {
  today: 'きょう',
  search: 'さがす',
  person: '本人',
  why: 'なぜ',
  files: 'ファイル',
  file: 'ファイルの検査',
  send: '媒体から送る',
  jobs: '実行',
  job: '実行のようす',
  start: '実行を始める',
  accounts: '利用者',
  unknown: '見つかりません',
}
