import { Link } from '../app/router.tsx'
import { FormsDesk } from './FormsDesk.tsx'

/** 一人の帳票 — forms of every chapter; those that have a page of their own are a link away. */
export function FormsTab({ person }: { person: string }) {
  return (
    <div className="stack">
      <p className="small">
        資格確認書・資格情報のお知らせは
        <Link to={{ screen: 'person', person, tab: 'certificates' }}>資格確認書等</Link>
        、保険料額決定通知書は
        <Link to={{ screen: 'person', person, tab: 'notices' }}>通知</Link>から刷ります。
      </p>
      <FormsDesk source={`people/${person}/forms`} />
    </div>
  )
}
