import type { Person } from '@koiki/union'
import { useCallback, useEffect, useState } from 'react'
import { encounterName } from '../app/EncounterDialogs.tsx'
import { useEncounters } from '../app/Encounters.tsx'
import { useKeys } from '../app/keyboard.tsx'
import { useHold } from '../app/personAtHand.tsx'
import type { PersonTab } from '../app/places.ts'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { type AskError, useAnswer } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { CertificatesTab } from '../certificates/CertificatesTab.tsx'
import { FormsTab } from '../forms/FormsTab.tsx'
import { LedgerTab } from '../ledger/LedgerTab.tsx'
import { Care } from '../person/Care.tsx'
import { CopayTab } from '../person/CopayTab.tsx'
import { Identity } from '../person/Identity.tsx'
import { LinksTab } from '../person/LinksTab.tsx'
import { Now } from '../person/Now.tsx'
import { PastView } from '../person/PastView.tsx'
import { HouseholdTab, LooksTab, NoticesTab, PremiumTab } from '../person/Tabs.tsx'
import { Timeline } from '../person/Timeline.tsx'
import { WhyPanel } from '../person/WhyPanel.tsx'
import { PurposeChoice } from '../ui/PurposeChoice.tsx'
import { Button } from '../ui/parts.tsx'
import { Failed, Loading, Shown } from '../ui/states.tsx'
import { Page } from './Screen.tsx'

type Props = { person: string; tab: PersonTab; decision: string | null }

/** 本人 — one page, one timeline; the name never leaves the top. At a counter it opens inside an 応対. */
export function PersonPage(props: Props) {
  const { standing } = useEncounters()
  const [purpose] = usePurpose()
  if (standing.state === 'asking')
    return (
      <Page title="本人">
        <Loading name="応対を確かめています。" />
      </Page>
    )
  if (standing.state === 'none') return <Before person={props.person} />
  if (purpose === null)
    return (
      <Page title="本人">
        <PurposeChoice />
        <p>
          先に用件を選んでください。だれが、いつ、何のために見たかは、本人の閲覧の記録に残ります。
        </p>
      </Page>
    )
  // Another 応対, another page: nothing that was shown in the last one is there in this one.
  const encounter = standing.state === 'here' ? standing.encounter.encounter : ''
  return <Opened key={encounter} {...props} />
}

/** 応対の前 — nothing of the person is fetched before somebody has said what for. */
function Before({ person }: { person: string }) {
  const { begin } = useEncounters()
  const [purpose] = usePurpose()
  const [failure, setFailure] = useState<AskError | null>(null)
  const start = async () => {
    if (purpose === null) document.querySelector<HTMLInputElement>('input[name=purpose]')?.focus()
    else await begin({ person, purpose }, setFailure)
  }
  useKeys([{ key: 'Ctrl+Enter', word: '応対を始める', run: () => void start() }])
  return (
    <Page title="本人">
      <PurposeChoice />
      <p>
        用件を選んで、応対を始めてください。だれが、いつ、何のために見たかは、本人の閲覧の記録に残ります。
      </p>
      {failure !== null && <Failed failure={failure} again={() => void start()} />}
      <div className="bar">
        <Button
          look="main"
          run={() => void start()}
          whyNot={purpose === null ? '用件が選ばれていません。' : null}
        >
          応対を始める <kbd>Ctrl+Enter</kbd>
        </Button>
      </div>
    </Page>
  )
}

function Opened({ person, tab, decision }: Props) {
  const realm = useRealm()
  const { standing, refresh } = useEncounters()
  const newcomer = standing.state === 'here' && standing.encounter.person === null
  useEffect(() => {
    if (newcomer) void refresh()
  }, [newcomer, refresh])
  const [purpose] = usePurpose()
  const answer = useAnswer<Person>(realm, `people/${person}`, purpose)
  useHold(answer.state === 'ready' ? answer.value.name : null)
  if (answer.state !== 'ready')
    return (
      <Page title="本人">
        <Shown answer={answer} name="本人の頁を読み込んでいます。">
          {() => null}
        </Shown>
      </Page>
    )
  return (
    <div className="person">
      <Held
        person={answer.value}
        tab={tab}
        decision={decision}
        again={answer.again}
        answer={answer}
      />
    </div>
  )
}

const tabWords: readonly (readonly [PersonTab, string])[] = [
  ['timeline', '経過'],
  ['household', '世帯'],
  ['copay', '割合'],
  ['premium', '保険料'],
  ['ledger', '台帳'],
  ['certificates', '資格確認書等'],
  ['notices', '通知'],
  ['forms', '帳票'],
  ['links', '同じ人か'],
  ['looks', '見た人'],
]

function Held({
  person,
  tab,
  decision,
  again,
  answer,
}: {
  person: Person
  tab: PersonTab
  decision: string | null
  again: () => void
  answer: Parameters<typeof Shown<Person>>[0]['answer']
}) {
  const router = useRouter()
  const [care, setCare] = useState(false)
  const current = person.decisions
    .filter((one) => one.current)
    .sort((a, b) => b.fiscalYear - a.fiscalYear)[0]

  // F8 asks why of what has the focus; where nothing has, of this year's premium.
  const why = useCallback(() => {
    const at = document.activeElement?.closest<HTMLElement>('[data-why]')
    const wanted = at?.dataset.why ?? current?.decision
    if (at?.dataset.why === 'care' || (wanted === undefined && person.care !== null)) setCare(true)
    else if (wanted !== undefined)
      router.go({ screen: 'why', person: person.person, decision: wanted })
  }, [router, person, current])
  useKeys([
    { key: 'F5', word: '最新にする', run: again },
    { key: 'F8', word: 'なぜ', run: why },
  ])

  return (
    <>
      <Identity person={person} openCare={() => setCare(true)} />
      <OtherPerson person={person} />
      {care && person.care !== null && <Care care={person.care} close={() => setCare(false)} />}
      <div className="person-body">
        {decision === null ? (
          <>
            <section
              className="screen person-main"
              data-region="一覧"
              tabIndex={-1}
              aria-label="本人の記録"
            >
              <nav className="tabs" aria-label="本人の頁">
                {tabWords.map(([one, word]) => (
                  <Link
                    key={one}
                    to={{ screen: 'person', person: person.person, tab: one }}
                    aria-current={one === tab ? 'page' : undefined}
                  >
                    {word}
                  </Link>
                ))}
              </nav>
              <Shown answer={answer} name="">
                {() => <Tab person={person} tab={tab} />}
              </Shown>
            </section>
            <Now person={person} />
          </>
        ) : (
          <WhyPanel person={person} decision={decision} />
        )}
      </div>
    </>
  )
}

/** ほかの人の頁 — opened during the 応対 of somebody else: to look at, and said so. */
function OtherPerson({ person }: { person: Person }) {
  const { standing, begin } = useEncounters()
  if (standing.state !== 'here' || standing.encounter.person === person.person) return null
  const { number, purpose } = standing.encounter
  return (
    <div className="banner watch" role="status" data-state="other-person">
      <span className="word">見るだけ</span>
      <p>
        応対{number}は{encounterName(standing.encounter)}の応対です。
        {person.name}さんのことは、見るだけで、書けません。
      </p>
      <Button look="small" run={() => void begin({ person: person.person, purpose })}>
        {person.name}さんの応対を始める
      </Button>
    </div>
  )
}

function Tab({ person, tab }: { person: Person; tab: PersonTab }) {
  switch (tab) {
    case 'timeline':
      return (
        <div className="stack wide">
          <Timeline person={person} />
          <PastView person={person} />
        </div>
      )
    case 'household':
      return <HouseholdTab person={person} />
    case 'copay':
      return <CopayTab person={person.person} />
    case 'premium':
      return <PremiumTab person={person} />
    case 'ledger':
      return <LedgerTab person={person.person} />
    case 'forms':
      return <FormsTab person={person.person} />
    case 'certificates':
      return <CertificatesTab person={person.person} />
    case 'links':
      return <LinksTab person={person.person} />
    case 'notices':
      return <NoticesTab person={person} />
    case 'looks':
      return <LooksTab person={person} />
  }
}
