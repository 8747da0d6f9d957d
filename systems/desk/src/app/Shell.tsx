import { useCallback, useEffect, useState } from 'react'
import { Screen } from '../screens/Screen.tsx'
import { endSearch } from '../screens/Search.tsx'
import { Invented } from '../screens/SignIn.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { Button, Dialog } from '../ui/parts.tsx'
import { timeText } from '../ui/text.ts'
import { CitizenViewProvider } from './CitizenView.tsx'
import { Curtain, useIdle } from './Curtain.tsx'
import { encounterName } from './EncounterDialogs.tsx'
import { EncountersProvider, useEncounters } from './Encounters.tsx'
import { onEncounterEnded } from './encounter.ts'
import { Help } from './Help.tsx'
import { type Key, useKeys, useKeysNow } from './keyboard.tsx'
import { Palette } from './Palette.tsx'
import { Preparation } from './Preparation.tsx'
import { PersonAtHand, usePersonAtHand } from './personAtHand.tsx'
import { type Place, realmWords } from './places.ts'
import { Link, useRealm, useRouter } from './router.tsx'
import { ask, onWire, words } from './server.ts'
import { purposeWords, useSession } from './session.tsx'
import { useStatus } from './status.tsx'

type RailPlace = {
  word: string
  icon: IconName
  place: Place
  screens: readonly string[]
  /** The acts without any of which the place has nothing to show. */
  act: string | readonly string[] | null
}

const places: readonly RailPlace[] = [
  { word: 'きょう', icon: 'today', place: { screen: 'today' }, screens: ['today'], act: null },
  {
    word: '受付',
    icon: 'filings',
    place: { screen: 'filings' },
    screens: ['filings', 'newFiling', 'intake', 'filing', 'filingForms'],
    act: 'filing.read',
  },
  {
    word: 'さがす',
    icon: 'search',
    place: { screen: 'search' },
    screens: ['search', 'person', 'why'],
    act: 'person.search',
  },
  {
    word: '文書',
    icon: 'certificates',
    place: { screen: 'certificates' },
    screens: ['certificates', 'printRuns', 'printRun'],
    act: ['certificate.issue', 'certificate.specialAnswer'],
  },
  {
    word: '突合',
    icon: 'differences',
    place: { screen: 'differences' },
    screens: ['differences'],
    act: 'difference.read',
  },
  {
    word: 'ファイル',
    icon: 'files',
    place: { screen: 'files', direction: 'in' },
    screens: ['files', 'file', 'send', 'formDeliveries'],
    act: 'file.read',
  },
  {
    word: '連携先',
    icon: 'partners',
    place: { screen: 'partners' },
    screens: ['partners', 'reconciliation'],
    act: 'file.read',
  },
  {
    word: '実行',
    icon: 'jobs',
    place: { screen: 'jobs' },
    screens: ['jobs', 'job', 'start'],
    act: 'job.read',
  },
  {
    word: '利用者',
    icon: 'accounts',
    place: { screen: 'accounts' },
    screens: ['accounts'],
    act: 'account.read',
  },
]

type Layer = 'none' | 'help' | 'palette' | 'next'

/** 枠 — head, rail, content, keys: the four things that never move. */
export function Shell({ leave }: { leave: () => Promise<void> }) {
  return (
    <PersonAtHand>
      <CitizenViewProvider>
        <EncountersProvider>
          <Frame leave={leave} />
        </EncountersProvider>
      </CitizenViewProvider>
    </PersonAtHand>
  )
}

function Frame({ leave }: { leave: () => Promise<void> }) {
  const session = useSession()
  const realm = useRealm()
  const router = useRouter()
  const { say } = useStatus()
  const { person } = usePersonAtHand()
  const { standing, end, readBack } = useEncounters()
  const [layer, setLayer] = useState<Layer>('none')
  const [curtain, setCurtain] = useState(false)
  const maySearch = session.may.includes('person.search')
  const screen = router.address?.place.screen ?? 'unknown'
  const rail = places.filter(
    ({ act }) => act === null || [act].flat().some((one) => session.may.includes(one)),
  )

  // At a counter the person at hand is the one of the 応対, whatever page lies open; elsewhere, that of the page.
  const atHand =
    standing.state === 'here'
      ? encounterName(standing.encounter)
      : person === null
        ? null
        : `${person}さん`
  const goSearch = useCallback(async () => {
    setLayer('none')
    if (!(await end())) return
    endSearch()
    router.go({ screen: 'search' })
  }, [router, end])
  const next = useCallback(() => {
    if (!maySearch) say('この役割では、人をさがしません。')
    else if (atHand === null) void goSearch()
    else setLayer('next')
  }, [atHand, goSearch, maySearch, say])
  const finish = useCallback(async () => {
    if (standing.state !== 'here') say('この窓に、開いている応対はありません。')
    else if (await end()) router.go({ screen: 'today' })
  }, [standing, end, router, say])
  useEffect(() => onEncounterEnded(endSearch), [])
  const draw = useCallback(() => setCurtain(true), [])
  useIdle(draw)

  const railKeys = rail.map<Key>(({ word, place }, index) => ({
    key: `Alt+${index + 1}`,
    word,
    silent: true,
    run: () => router.go(place),
  }))
  useKeys([
    { key: 'F1', word: '説明と鍵', run: () => setLayer('help') },
    { key: 'F2', word: '次の人', run: next, silent: !maySearch },
    { key: 'F6', word: '区画', run: () => moveRegion(1) },
    { key: 'Shift+F6', word: '前の区画', silent: true, run: () => moveRegion(-1) },
    { key: 'F9', word: '伏せる', run: draw },
    { key: 'Ctrl+K', word: '命令', run: () => setLayer('palette') },
    { key: 'Ctrl+P', word: '印刷', silent: true, run: () => say(words.noPrint) },
    ...railKeys,
  ])

  const encountering = standing.state === 'here'
  const place =
    session.municipality === null
      ? session.union.name
      : encountering
        ? session.municipality.name
        : `${session.municipality.name} ${session.union.name}の窓口`

  return (
    <>
      <a className="skip button" href="#main">
        本文へ
      </a>
      <div className="desk">
        <header className="head" data-region="見出し" tabIndex={-1}>
          <span className="realm">{realmWords[realm]}</span>
          <span className="place">{place}</span>
          <EncounterLine finish={() => void finish()} />
          {session.invented ? <Invented today={session.today} /> : <span className="spring" />}
          <div className="head-keys">
            {maySearch && (
              <button type="button" className="plain" onClick={next}>
                <kbd>F2</kbd> 次の人
              </button>
            )}
            <button type="button" className="plain optional" onClick={() => setLayer('palette')}>
              <kbd>Ctrl+K</kbd> 命令
            </button>
            {!encountering && (
              <span className="nowrap">
                {session.role} {session.name}
              </span>
            )}
            <Button look="plain" run={() => void leave()}>
              席を離れる
            </Button>
          </div>
        </header>
        <Wire />
        <nav className="rail" aria-label="場所" data-region="場所" tabIndex={-1}>
          <ul>
            {rail.map(({ word, icon, place: to, screens }, index) => (
              <li key={word}>
                <Link
                  to={to}
                  aria-current={screens.includes(screen) ? 'page' : undefined}
                  aria-keyshortcuts={`Alt+${index + 1}`}
                >
                  <Icon name={icon} />
                  {word}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <main className="content" id="main">
          <Screen />
        </main>
        <KeyBar />
      </div>
      {layer === 'help' && <Help close={() => setLayer('none')} />}
      {layer === 'palette' && (
        <Palette
          close={() => setLayer('none')}
          act={(run) => {
            setLayer('none')
            run()
          }}
          leave={() => void leave()}
          draw={draw}
          next={() => void goSearch()}
          finish={() => void finish()}
          readBack={() => void readBack()}
        />
      )}
      {layer === 'next' && atHand !== null && (
        <NextPerson name={atHand} close={() => setLayer('none')} end={() => void goSearch()} />
      )}
      {curtain && <Curtain lifted={() => setCurtain(false)} leave={() => void leave()} />}
    </>
  )
}

/** 応対 — its number, purpose, clerk and since when, at the top of every page; never the name of its person. */
function EncounterLine({ finish }: { finish: () => void }) {
  const { standing } = useEncounters()
  if (standing.state !== 'here') return null
  const { number, purpose, by, beganAt } = standing.encounter
  return (
    <span className="encounter">
      <span>
        応対 <strong className="number">{number}</strong> {purposeWords[purpose]}・{by}・
        {timeText(beganAt)}から
      </span>
      <Button look="small" run={finish}>
        終える
      </Button>
    </span>
  )
}

/** 別の窓 — this one looks on; the clerk learns it before a press is in vain. */
function ElsewhereLine() {
  const { standing } = useEncounters()
  if (standing.state !== 'elsewhere') return null
  return (
    <div className="banner watch" role="status" data-state="elsewhere">
      <span className="word">別の窓</span>
      <p>
        別の窓で応対中です(応対{standing.encounter.number})。この窓では見るだけです。
        その窓を閉じるか、その応対を終えると、この窓でもできます。
      </p>
    </div>
  )
}

/** 次の人 — the 応対 of one person ends before the next begins. */
function NextPerson({ name, close, end }: { name: string; close: () => void; end: () => void }) {
  useKeys([{ key: 'Esc', word: '続ける', run: close }], true)
  return (
    <Dialog title="次の人" close={close}>
      <p>{name}の応対を終えて、次の人をさがしますか。</p>
      <div className="bar">
        <button data-first type="button" className="button main" onClick={end}>
          終えてさがす <kbd>Enter</kbd>
        </button>
        <Button run={close}>
          続ける <kbd>Esc</kbd>
        </Button>
      </div>
    </Dialog>
  )
}

function moveRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null || region.getClientRects().length > 0,
  )
  const now = regions.findLastIndex((region) => region.contains(document.activeElement))
  const to = regions[(now + step + regions.length) % regions.length]
  to?.focus()
  to?.scrollIntoView({ block: 'nearest' })
}

/** 通信のしらせ — one sentence when the wire is lost, one when it is back. */
function Wire() {
  const { invented } = useSession()
  const realm = useRealm()
  const { say } = useStatus()
  const [lost, setLost] = useState(false)
  useEffect(
    () =>
      onWire((isOnline) => {
        setLost(!isOnline)
        if (isOnline) say(words.back)
      }),
    [say],
  )
  useEffect(() => {
    if (!lost) return
    const tick = setInterval(() => void ask(realm, 'session').catch(() => {}), 3000)
    return () => clearInterval(tick)
  }, [lost, realm])
  return (
    <div className="banners">
      {lost && (
        <div className="banner bad" role="alert" data-state="offline">
          <span className="word">通信</span>
          <p>{words.offline}</p>
        </div>
      )}
      {invented && <Preparation realm={realm} />}
      <ElsewhereLine />
    </div>
  )
}

/** 鍵の列 — the keys that work now, in words that can be pressed; at the right what just happened. */
function KeyBar() {
  const keys = useKeysNow()
  const { said } = useStatus()
  const [online, setOnline] = useState(true)
  useEffect(() => onWire(setOnline), [])
  const last = said[0]
  return (
    <footer className="keys" data-region="鍵" tabIndex={-1}>
      <ul aria-label="いま使える鍵">
        {keys.map((key) => (
          <li key={key.key}>
            <button type="button" className="plain" onClick={key.run}>
              <kbd>{key.key}</kbd> {key.word}
            </button>
          </li>
        ))}
      </ul>
      <div className="status">
        <span className="status-text" role="status" title={last?.text}>
          {last === undefined ? '' : `${last.at} ${last.text}`}
        </span>
        <span className="wire">{online ? '通信あり' : '通信なし'}</span>
      </div>
    </footer>
  )
}
