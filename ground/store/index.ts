export {
  advanceWorld,
  type Clock,
  fixedClock,
  type Moment,
  momentOf,
  setWorld,
  systemClock,
  worldClock,
} from './clock.ts'
export {
  type Database,
  type OpenDatabase,
  openDatabase,
  type Row,
  type Scope,
  type Transaction,
} from './database.ts'
export { dumpSchema } from './dump.ts'
export { misuse, StoreError, type StoreErrorKind } from './errors.ts'
export { makeFolder } from './folder.ts'
export { checkGivenServer } from './givenServer.ts'
export {
  type DefineJob,
  defineJob,
  type Job,
  JobFailure,
  type JobRun,
  type JobStep,
  type Json,
  plainly,
} from './jobs/job.ts'
export {
  cancelJob,
  type EnqueueOptions,
  enqueue,
  getJob,
  type JobFilter,
  type JobRecord,
  type JobState,
  listJobs,
  retryJob,
  watchJobs,
} from './jobs/queue.ts'
export { runDueJobs, type StartWorker, startWorker, type Worker } from './jobs/worker.ts'
export {
  type DatabaseRole,
  databaseUrl,
  type Migrated,
  type MigrateOptions,
  migrate,
  type Party,
  type PartyRole,
  roleName,
  rolesOf,
  type StandInRole,
} from './migrate.ts'
export { municipalities, unionBodies } from './reference/municipalities.ts'
export { type Server, type StartServer, startServer } from './server.ts'
export { emptyDatabase, prepareTemplates, type TestDatabase, testDatabase } from './testing.ts'
export { startThrowawayServer } from './throwaway.ts'
export { type DateRange, type Instant, writeDateRange } from './values.ts'
