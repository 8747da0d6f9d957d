import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useRouter } from '../app/router.tsx'
import { words } from '../app/server.ts'
import { FilingForms } from '../forms/FilingForms.tsx'
import { FormDeliveries } from '../forms/FormDeliveries.tsx'
import { Accounts } from './Accounts.tsx'
import { Certificates } from './Certificates.tsx'
import { Differences } from './Differences.tsx'
import { FileDetail } from './FileDetail.tsx'
import { Files } from './Files.tsx'
import { FilingPage } from './FilingPage.tsx'
import { Filings } from './Filings.tsx'
import { Intake } from './Intake.tsx'
import { JobPage } from './JobPage.tsx'
import { Jobs } from './Jobs.tsx'
import { NewFiling } from './NewFiling.tsx'
import { Partners } from './Partners.tsx'
import { PersonPage } from './PersonPage.tsx'
import { PrintRunPage } from './PrintRunPage.tsx'
import { PrintRuns } from './PrintRuns.tsx'
import { Reconciliation } from './Reconciliation.tsx'
import { SearchPage } from './Search.tsx'
import { Send } from './Send.tsx'
import { StartRun } from './StartRun.tsx'
import { TodayPage } from './Today.tsx'

/** 本文 — the screen of the place; a person's subtree is made anew for every person. */
export function Screen(): ReactNode {
  const place = useRouter().address?.place
  switch (place?.screen) {
    case 'today':
      return <TodayPage />
    case 'search':
      return <SearchPage />
    case 'person':
      return <PersonPage key={place.person} person={place.person} tab={place.tab} decision={null} />
    case 'why':
      return (
        <PersonPage
          key={place.person}
          person={place.person}
          tab="timeline"
          decision={place.decision}
        />
      )
    case 'files':
      return <Files key={place.direction} direction={place.direction} />
    case 'file':
      return (
        <FileDetail
          key={place.transmission}
          direction={place.direction}
          transmission={place.transmission}
        />
      )
    case 'send':
      return <Send />
    case 'formDeliveries':
      return <FormDeliveries />
    case 'jobs':
      return <Jobs />
    case 'job':
      return <JobPage key={place.job} job={place.job} />
    case 'start':
      return <StartRun key={place.run} run={place.run} />
    case 'accounts':
      return <Accounts />
    case 'filings':
      return <Filings />
    case 'newFiling':
      return <NewFiling key={place.person} person={place.person} />
    case 'intake':
      return <Intake key={place.draft} draft={place.draft} />
    case 'filing':
      return <FilingPage key={place.filing} filing={place.filing} />
    case 'filingForms':
      return <FilingForms key={place.filing} filing={place.filing} />
    case 'differences':
      return <Differences />
    case 'certificates':
      return <Certificates />
    case 'printRuns':
      return <PrintRuns />
    case 'printRun':
      return <PrintRunPage key={place.run} run={place.run} />
    case 'partners':
      return <Partners />
    case 'reconciliation':
      return <Reconciliation key={place.reconciliation} reconciliation={place.reconciliation} />
    default:
      return (
        <Page title="見つかりません">
          <p>{words.none}</p>
          <p>
            <Link to={{ screen: 'today' }}>きょうへ戻る</Link>
          </p>
        </Page>
      )
  }
}

/** ほかの係の仕事 — says who does it, instead of a page that does nothing. */
export function NotYours({ title, who, what }: { title: string; who: string; what: string }) {
  return (
    <Page title={title}>
      <div className="stack" data-state="not-yours">
        <p>
          この席では、{what}をしません。{what}は{who}の人ができます。
        </p>
        <p>
          <Link to={{ screen: 'today' }}>きょうへ戻る</Link>
        </p>
      </div>
    </Page>
  )
}

/** 頁 — one heading, which takes the focus when the screen changes. */
export function Page({
  title,
  beside,
  strip,
  children,
}: {
  title: string
  /** Said quietly beside the heading. */
  beside?: ReactNode
  /** Whom the page is about; stays at the top however far it is scrolled. */
  strip?: ReactNode
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null)
      heading.current?.focus()
  }, [])
  return (
    <section className="screen" data-region="一覧" tabIndex={-1} aria-label={title}>
      <div className="screen-inner stack">
        <h1 ref={heading} tabIndex={-1}>
          {title}
          {beside !== undefined && <span className="quiet small"> {beside}</span>}
        </h1>
        {strip != null && <div className="strip-line">{strip}</div>}
        {children}
      </div>
    </section>
  )
}
