import type { Drafts, FilingKind, FilingKinds } from '@koiki/union'
import { useState } from 'react'
import { foldKana } from '../app/fold.ts'
import { moveAmongRows, useKeys } from '../app/keyboard.tsx'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay, useSession } from '../app/session.tsx'
import { blankContent } from '../intake/content.ts'
import { beginDraft } from '../intake/drafts.ts'
import { Chip } from '../ui/parts.tsx'
import { SearchWithin } from '../ui/SearchWithin.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { dayText, momentText } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 届書をえらぶ — every notification and application, with who may bring it and by when; and what was left half written. */
export function NewFiling({ person }: { person: string | null }) {
  const realm = useRealm()
  const mayReceive = useMay('filing.receive')
  const kinds = useAnswer<FilingKinds>(realm, mayReceive ? 'filings/kinds' : null)
  const drafts = useAnswer<Drafts>(realm, mayReceive ? 'drafts' : null)
  useKeys([
    {
      key: 'F5',
      word: '最新にする',
      run: () => {
        kinds.again()
        drafts.again()
      },
    },
  ])
  if (!mayReceive)
    return <NotYours title="届書をえらぶ" who="窓口担当と資格担当" what="届書の受付" />
  return (
    <Page title="届書をえらぶ">
      {drafts.state === 'ready' && drafts.value.drafts.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 id="drafts">書きかけ {drafts.value.drafts.length}件</h2>
          <ul className="ruled draft-list">
            {drafts.value.drafts.map((draft) => (
              <li key={draft.draft}>
                <Link to={{ screen: 'intake', draft: draft.draft }}>{draft.title}</Link>
                <span className="quiet small">{momentText(draft.savedAt)} 保存</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Shown answer={kinds} name="届書の種類を読み込んでいます。">
        {(all) => <Kinds kinds={all.kinds} person={person} />}
      </Shown>
    </Page>
  )
}

function Kinds({ kinds, person }: { kinds: readonly FilingKind[]; person: string | null }) {
  const router = useRouter()
  const session = useSession()
  const [words, setWords] = useState('')
  const wanted = foldKana(words)
  const shown = kinds.filter((kind) =>
    foldKana(`${kind.name} ${kind.article} ${kind.leadsTo.join(' ')}`).includes(wanted),
  )
  const begin = (kind: FilingKind) => {
    const draft = crypto.randomUUID()
    beginDraft(
      draft,
      kind.name,
      blankContent(kind, {
        filingId: crypto.randomUUID(),
        today: dayText(session.today),
        person,
      }),
    )
    router.go({ screen: 'intake', draft })
  }
  return (
    <section aria-labelledby="kinds" className="stack">
      <div className="bar">
        <h2 id="kinds">届出と申請 {shown.length}種</h2>
        <SearchWithin words={words} say={setWords} />
      </div>
      {shown.length === 0 ? (
        <Empty>
          この条件に合うものはありません。ことばを変えるか、消してください。届書の名・条・決まると動くものでさがせます。
        </Empty>
      ) : (
        <ul className="ruled kind-list" onKeyDown={moveAmongRows}>
          {shown.map((kind, index) => (
            <li key={kind.kind}>
              <button
                type="button"
                className="plain"
                data-row
                tabIndex={index === 0 ? 0 : -1}
                onClick={() => begin(kind)}
              >
                {kind.name}
              </button>
              <span className="small">
                <span className="quiet">→ {kind.leadsTo.join('、')}</span>
              </span>
              <span className="end small">
                {kind.termDays !== null && <Chip>{kind.termDays}日以内</Chip>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
