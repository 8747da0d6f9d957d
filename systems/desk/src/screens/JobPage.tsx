import type { Job, JobDetail } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { ask, sentenceOf, useAnswer } from '../app/server.ts'
import { useStatus } from '../app/status.tsx'
import { Button } from '../ui/parts.tsx'
import { Refused, Shown } from '../ui/states.tsx'
import { countText, momentText } from '../ui/text.ts'
import { JobStateWord, Progress, useLiveJobs } from './Jobs.tsx'
import { Page } from './Screen.tsx'

const stepWords = { done: '済', running: 'いま', waiting: 'まだ', failed: '止まった' } as const

/** 実行のようす — step by step, with what is done of how much; closing the window changes nothing. */
export function JobPage({ job }: { job: string }) {
  const answer = useAnswer<JobDetail>(useRealm(), `jobs/${job}`)
  const live = useLiveJobs().get(job)
  const { again } = answer
  useKeys([{ key: 'F5', word: '最新にする', run: again }])

  // A new step or a new state changes the list of steps; the numbers alone come with the event.
  const turn = live === undefined ? '' : `${live.state}${live.sentence}`
  const before = useRef('')
  useEffect(() => {
    if (turn !== '' && turn !== before.current) again()
    before.current = turn
  }, [turn, again])

  return (
    <Page title="実行のようす">
      <p>
        <Link to={{ screen: 'jobs' }}>実行の一覧</Link>
      </p>
      <Shown answer={answer} name="実行のようすを読み込んでいます。">
        {(detail) => <Told detail={detail} job={live ?? detail.job} again={again} />}
      </Shown>
    </Page>
  )
}

function Told({ detail, job, again }: { detail: JobDetail; job: Job; again: () => void }) {
  const realm = useRealm()
  const { say } = useStatus()
  const [failure, setFailure] = useState<string | null>(null)
  const act = async (what: 'cancel' | 'retry', told: string) => {
    try {
      await ask(realm, `jobs/${job.job}/${what}`, { method: 'POST', body: {} })
      setFailure(null)
      say(told)
      again()
    } catch (error) {
      setFailure(sentenceOf(error))
    }
  }
  // Spoken at the start, at each tenth and at the end: a number that runs would never stop talking.
  const tenth =
    job.total === null || job.total === 0 ? null : Math.floor((job.done / job.total) * 10) * 10
  const at = detail.steps.findIndex((step) => step.state !== 'done')
  return (
    <div className="stack wide">
      <div className="stack">
        <h2>{job.name}</h2>
        <div className="bar">
          <JobStateWord job={job} />
          <span>{job.sentence}</span>
        </div>
        {(job.state === 'running' || job.state === 'cancelling') && (
          <div className="job-wide">
            <Progress job={job} />
          </div>
        )}
        <p className="unseen" role="status">
          {job.name}、
          {job.state === 'running' && tenth !== null ? `${tenth}パーセント` : job.sentence}
        </p>
        <Refused sentence={failure} />
      </div>
      <section aria-labelledby="steps">
        <h2 id="steps">
          段
          <span className="unseen">
            、全{detail.steps.length}段階のうち{at < 0 ? detail.steps.length : at + 1}段階目
          </span>
        </h2>
        <ol className="steps">
          {detail.steps.map((step, index) => (
            <li
              key={step.name}
              className={`step-${step.state}`}
              aria-current={step.state === 'running' ? 'step' : undefined}
            >
              <span>
                ({index + 1}) {step.name}
              </span>
              <strong>{stepWords[step.state]}</strong>
              {step.sentence !== '' && <span className="quiet">{step.sentence}</span>}
            </li>
          ))}
        </ol>
      </section>
      {detail.results.length > 0 && (
        <section aria-labelledby="results">
          <h2 id="results">結果</h2>
          <dl className="counts">
            {detail.results.map((one) => (
              <div key={one.name}>
                <dt>{one.name}</dt>
                <dd>
                  {countText(one.count)}
                  {one.unit}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <dl className="facts">
        <dt>頼んだ人</dt>
        <dd>{job.by ?? '機械'}</dd>
        <dt>頼んだ時刻</dt>
        <dd>{momentText(job.queuedAt)}</dd>
        <dt>始まり</dt>
        <dd>{job.startedAt === null ? 'まだ' : momentText(job.startedAt)}</dd>
        <dt>終わり</dt>
        <dd>{job.endedAt === null ? 'まだ' : momentText(job.endedAt)}</dd>
      </dl>
      <div className="bar">
        {job.mayCancel && (
          <Button run={() => void act('cancel', `${job.name}を、次の区切りで止めます。`)}>
            次の区切りで止める
          </Button>
        )}
        {job.mayRetry && (
          <Button look="main" run={() => void act('retry', `${job.name}を続きから始めます。`)}>
            続きから始める
          </Button>
        )}
      </div>
    </div>
  )
}
