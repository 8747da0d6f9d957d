import type { Job, JobList } from '@koiki/union'
import { useEffect, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Chip } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, momentText, timeWords } from '../ui/text.ts'
import { Page } from './Screen.tsx'

/** 実行の便り — jobs as they move, pushed by the server; the newest word of each. */
export function useLiveJobs(): ReadonlyMap<string, Job> {
  const realm = useRealm()
  const [jobs, setJobs] = useState<ReadonlyMap<string, Job>>(new Map())
  useEffect(() => {
    const source = new EventSource(`/${realm}/api/jobs/events`)
    source.addEventListener('job', (event) => {
      const job = JSON.parse((event as MessageEvent<string>).data) as Job
      setJobs((before) => new Map(before).set(job.job, job))
    })
    return () => source.close()
  }, [realm])
  return jobs
}

export function JobStateWord({ job }: { job: Job }) {
  switch (job.state) {
    case 'waiting':
      return <Chip look="watch">待っている</Chip>
    case 'running':
      return <Chip look="live">実行中</Chip>
    case 'cancelling':
      return <Chip look="watch">止めています</Chip>
    case 'done':
      return <>済</>
    case 'failed':
      return <Chip look="bad">止まった</Chip>
    case 'cancelled':
      return <Chip look="watch">中止した</Chip>
  }
}

export function Progress({ job }: { job: Job }) {
  const text =
    job.total === null
      ? `${countText(job.done)}件`
      : `${countText(job.done)} / ${countText(job.total)}`
  if (job.state !== 'running' && job.state !== 'cancelling') return <>{job.done > 0 ? text : ''}</>
  return (
    <div className="job-progress">
      <progress
        aria-label={`${job.name}の進み具合`}
        {...(job.total === null ? {} : { max: Math.max(job.total, 1), value: job.done })}
      />
      <span className="small">{text}</span>
    </div>
  )
}

/** 実行 — what runs, what waits, what stopped; and the runs that this desk may start. */
export function Jobs() {
  const answer = useAnswer<JobList>(useRealm(), 'jobs')
  const live = useLiveJobs()
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  return (
    <Page title="実行">
      <Shown answer={answer} name="実行の一覧を読み込んでいます。">
        {(list) => {
          // New jobs wait until F5, so that no row moves under the cursor; known ones show how they stand.
          const known = new Set(list.jobs.map((job) => job.job))
          const fresh = [...live.values()].filter(
            (job) => !known.has(job.job) && job.state !== 'done',
          ).length
          return (
            <div className="stack wide">
              {list.runs.length > 0 && (
                <section aria-labelledby="runs">
                  <h2 id="runs">始められる実行</h2>
                  <ul className="runs">
                    {list.runs.map((run) => (
                      <li key={run.run}>
                        <Link to={{ screen: 'start', run: run.run }}>{run.name}</Link>
                        <span className="quiet small">{run.impossible ?? run.explanation}</span>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              <section aria-labelledby="jobs" className="stack">
                <div className="bar">
                  <h2 id="jobs">実行のようす</h2>
                  {fresh > 0 && (
                    <button type="button" className="button small end" onClick={answer.again}>
                      新着 {fresh}件を見せる <kbd>F5</kbd>
                    </button>
                  )}
                </div>
                <p className="quiet small">
                  ファイルの取込みは、待っているもの・止まったものだけをここに出します。済んだものは
                  <Link to={{ screen: 'files', direction: 'in' }}>ファイル</Link>にあります。
                </p>
                {list.jobs.length === 0 ? (
                  <Empty>
                    まだ1つも実行していません。({timeWords(list.checkedAt)}に確かめました)
                  </Empty>
                ) : (
                  <Table jobs={list.jobs.map((job) => live.get(job.job) ?? job)} />
                )}
              </section>
            </div>
          )
        }}
      </Shown>
    </Page>
  )
}

function Moment({ at }: { at: string | null }) {
  return <span className="nowrap">{at === null ? '' : momentText(at)}</span>
}

function Table({ jobs }: { jobs: readonly Job[] }) {
  return (
    <DataTable
      caption="実行の一覧"
      rows={jobs}
      rowKey={(job) => job.job}
      head={{
        name: '実行',
        cell: (job, tabIndex) => (
          <Link
            className="job-name"
            to={{ screen: 'job', job: job.job }}
            data-row
            tabIndex={tabIndex}
          >
            {job.name}
          </Link>
        ),
      }}
      columns={[
        { name: 'ようす', cell: (job) => <JobStateWord job={job} /> },
        { name: '進み', figure: true, cell: (job) => <Progress job={job} /> },
        { name: 'いま', cell: (job) => job.sentence },
        { name: '頼んだ人', cell: (job) => job.by ?? '' },
        {
          name: '始まり',
          cell: (job) => <Moment at={job.startedAt} />,
        },
        { name: '終わり', cell: (job) => <Moment at={job.endedAt} /> },
      ]}
    />
  )
}
