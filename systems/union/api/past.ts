import { z } from 'zod'
import { plainDate } from './fields.ts'
import { TimelinePiece } from './filings.ts'

export const PastQuery = z.object({
  asOf: plainDate.describe('時点: どの日の姿か'),
  knownOn: plainDate.describe('知った日: その日の終わりまでに決まっていたこと'),
})

export const PersonPast = z
  .object({
    asOf: plainDate,
    knownOn: plainDate,
    sentence: z.string().describe('どの見え方か'),
    standing: z.string().describe('その時点の資格'),
    timeline: z.array(TimelinePiece),
    now: z.array(TimelinePiece).describe('いま知っていること'),
    decided: z
      .object({ on: plainDate, edition: z.string() })
      .nullable()
      .describe('もとになった決定。まだ無ければ null'),
  })
  .describe('過去の見え方: 時点と知った日を選んで見る資格')
export type PersonPast = z.infer<typeof PersonPast>
