import type { Job, JobList } from '@koiki/union'
import { useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { ask, sentenceOf, useAnswer } from '../app/server.ts'
import { useSession } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { Button } from '../ui/parts.tsx'
import { Refused, Shown } from '../ui/states.tsx'
import { dayText } from '../ui/text.ts'
import { Page } from './Screen.tsx'

/** 実行を始める — the check page: what will move, as of which day, and a button that says so. */
export function StartRun({ run }: { run: string }) {
  const realm = useRealm()
  const router = useRouter()
  const session = useSession()
  const { say } = useStatus()
  const answer = useAnswer<JobList>(realm, 'jobs')
  const [failure, setFailure] = useState<string | null>(null)
  const wanted =
    answer.state === 'ready' ? answer.value.runs.find((one) => one.run === run) : undefined

  const possible = wanted !== undefined && wanted.impossible === null
  const start = async () => {
    if (!possible) return
    try {
      const job = await ask<Job>(realm, 'jobs', { method: 'POST', body: { run } })
      say(`${wanted.name}を始めました。`)
      router.replace({ screen: 'job', job: job.job })
    } catch (error) {
      setFailure(sentenceOf(error))
    }
  }
  useKeys(possible ? [{ key: 'Ctrl+Enter', word: '始める', run: () => void start() }] : [])

  return (
    <Page title={wanted === undefined ? '実行を始める' : `${wanted.name}を始めますか`}>
      <Shown answer={answer} name="確かめています。">
        {() =>
          wanted === undefined ? (
            <p>
              この実行は、ここからは始められません。
              <Link to={{ screen: 'jobs' }}>実行の一覧へ</Link>
            </p>
          ) : (
            <>
              <Refused sentence={failure} />
              <dl className="facts">
                <dt>すること</dt>
                <dd>{wanted.explanation}</dd>
                <dt>範囲</dt>
                <dd>{session.union.name}の全部の市区町村</dd>
                <dt>時点</dt>
                <dd>{dayText(session.today)}</dd>
                <dt>もう一度しても</dt>
                <dd>同じ決定は二重になりません。変わった人だけが、新しい決定になります。</dd>
              </dl>
              <div className="bar">
                <Button look="main" run={() => void start()} whyNot={wanted.impossible}>
                  {wanted.name}を始める <kbd>Ctrl+Enter</kbd>
                </Button>
                <Link to={{ screen: 'jobs' }}>やめて一覧に戻る</Link>
              </div>
            </>
          )
        }
      </Shown>
    </Page>
  )
}
