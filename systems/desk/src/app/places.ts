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
  | { screen: 'formDeliveries' }
  | { screen: 'jobs' }
  | { screen: 'job'; job: string }
  | { screen: 'start'; run: string }
  | { screen: 'accounts' }
  | { screen: 'filings' }
  | { screen: 'newFiling'; person: string | null }
  | { screen: 'intake'; draft: string }
  | { screen: 'filing'; filing: string }
  | { screen: 'filingForms'; filing: string }
  | { screen: 'differences' }
  | { screen: 'certificates' }
  | { screen: 'printRuns' }
  | { screen: 'printRun'; run: string }
  | { screen: 'partners' }
  | { screen: 'reconciliation'; reconciliation: string }
  | { screen: 'unknown' }

export type Address = { realm: Realm; place: Place }

export const personTabs = [
  'timeline',
  'household',
  'copay',
  'premium',
  'ledger',
  'certificates',
  'notices',
  'forms',
  'links',
  'looks',
] as const
export type PersonTab = (typeof personTabs)[number]

const reference = /^[0-9a-z]{26}$/
const word = /^[a-z-]{1,40}$/
/** 下書きの番号 — drawn at random by the desk; it names a draft of one's own and nobody's person. */
const draftNumber = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

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
  if (first === 'filings') return filingPlace(second, third, fourth)
  if (first === 'differences' && second === undefined) return { screen: 'differences' }
  if (first === 'certificates' && fourth === undefined) {
    if (second === undefined) return { screen: 'certificates' }
    if (second !== 'runs') return null
    if (third === undefined) return { screen: 'printRuns' }
    return reference.test(third) ? { screen: 'printRun', run: third } : null
  }
  if (first === 'partners' && third === undefined) {
    if (second === undefined) return { screen: 'partners' }
    return reference.test(second) ? { screen: 'reconciliation', reconciliation: second } : null
  }
  if (first === 'accounts' && second === undefined) return { screen: 'accounts' }
  if (first === 'files') {
    if (second === 'send' && third === undefined) return { screen: 'send' }
    if (second === 'forms' && third === undefined) return { screen: 'formDeliveries' }
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

function filingPlace(second?: string, third?: string, fourth?: string): Place | null {
  if (second === undefined) return { screen: 'filings' }
  if (fourth !== undefined) return null
  if (second === 'new') {
    if (third === undefined) return { screen: 'newFiling', person: null }
    return reference.test(third) ? { screen: 'newFiling', person: third } : null
  }
  if (second === 'drafts')
    return third !== undefined && draftNumber.test(third)
      ? { screen: 'intake', draft: third }
      : null
  if (!reference.test(second)) return null
  if (third === 'forms') return { screen: 'filingForms', filing: second }
  return third === undefined ? { screen: 'filing', filing: second } : null
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
    case 'formDeliveries':
      return '/files/forms'
    case 'jobs':
      return '/jobs'
    case 'job':
      return `/jobs/${place.job}`
    case 'start':
      return `/jobs/start/${place.run}`
    case 'accounts':
      return '/accounts'
    case 'filings':
      return '/filings'
    case 'newFiling':
      return place.person === null ? '/filings/new' : `/filings/new/${place.person}`
    case 'intake':
      return `/filings/drafts/${place.draft}`
    case 'filing':
      return `/filings/${place.filing}`
    case 'filingForms':
      return `/filings/${place.filing}/forms`
    case 'differences':
      return '/differences'
    case 'certificates':
      return '/certificates'
    case 'printRuns':
      return '/certificates/runs'
    case 'printRun':
      return `/certificates/runs/${place.run}`
    case 'partners':
      return '/partners'
    case 'reconciliation':
      return `/partners/${place.reconciliation}`
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
  formDeliveries: '配信の帳票',
  jobs: '実行',
  job: '実行のようす',
  start: '実行を始める',
  accounts: '利用者',
  filings: '届書',
  newFiling: '届書をえらぶ',
  intake: '受付',
  filing: '届書のようす',
  filingForms: '届書の帳票',
  differences: '突合',
  certificates: '文書',
  printRuns: '一括の印刷',
  printRun: '紙の照合',
  partners: '連携先',
  reconciliation: '全件照合',
  unknown: '見つかりません',
}
