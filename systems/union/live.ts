import { type Database, getJob, type JobRecord, watchJobs } from '@koiki/store'

/** 実行の見守り — one ear on the database for all desks that watch; each hears the jobs of its own union. */
export type LiveJobs = {
  watch(union: string, heard: (job: JobRecord) => void): () => void
  close(): Promise<void>
}

export async function openLiveJobs(db: Database): Promise<LiveJobs> {
  const watchers = new Set<{ union: string; heard: (job: JobRecord) => void }>()
  const told = async (jobId: number): Promise<void> => {
    if (watchers.size === 0) return
    try {
      const job = await db.unscoped((tx) => getJob(tx, jobId))
      for (const { union, heard } of watchers) if (job.scope.union === union) heard(job)
    } catch {
      // The database is away for a moment; the next word of the job tells all of it again.
    }
  }
  const stop = await watchJobs(db, (jobId) => void told(jobId))
  return {
    watch(union, heard) {
      const watcher = { union, heard }
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    close: stop,
  }
}
