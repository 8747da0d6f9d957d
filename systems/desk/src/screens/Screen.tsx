import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useRouter } from '../app/router.tsx'
import { words } from '../app/server.ts'
import { Accounts } from './Accounts.tsx'
import { FileDetail } from './FileDetail.tsx'
import { Files } from './Files.tsx'
import { JobPage } from './JobPage.tsx'
import { Jobs } from './Jobs.tsx'
import { PersonPage } from './PersonPage.tsx'
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
    case 'jobs':
      return <Jobs />
    case 'job':
      return <JobPage key={place.job} job={place.job} />
    case 'start':
      return <StartRun key={place.run} run={place.run} />
    case 'accounts':
      return <Accounts />
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

/** 頁 — one heading, which takes the focus when the screen changes. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
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
        </h1>
        {children}
      </div>
    </section>
  )
}
