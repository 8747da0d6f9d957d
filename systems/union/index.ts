export type * from './api/partners.ts'
export type * from './api.ts'
export { watchTheDay } from './daily.ts'
export { type IntakeArgs, type UnionJobs, type UnionWork, unionJobs } from './jobs.ts'
export { httpLine, type PartnerLine } from './reconcileFiles.ts'
export {
  type AccessLine,
  type StartUnionService,
  startUnionService,
  type UnionService,
} from './service.ts'
export {
  type Desk,
  inventedResident,
  type ListedCard,
  type Medium,
  settleTown,
  type TestUnion,
  testUnion,
} from './testing.ts'
