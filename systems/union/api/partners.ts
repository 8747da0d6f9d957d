import { z } from 'zod'
import { instant, municipalityCode, plainDate, reference } from './fields.ts'

/**
 * 相手との約束 — messages about how files go between the union and its municipalities: silence and gaps, full
 * reconciliation, quarantine, plausibility, custody of media, keys. Nobody's name is in them; where two sides differ, a
 * 宛名番号 is.
 */

const Place = z.object({ code: municipalityCode, name: z.string() })

export const DestinationStop = z.object({
  municipality: Place,
  toldBy: z.enum(['相手', '自分', '鍵']).describe('だれが、または何が止めているか'),
  since: plainDate.nullable(),
  at: instant.nullable().describe('止めると決めた、または知らせた時。鍵では無い。'),
  reason: z.string().nullable().describe('鍵では無い'),
  by: z
    .string()
    .nullable()
    .describe('止めた広域連合の職員の名前。相手と鍵では無く、窓口には出ない。'),
  waiting: z.int().describe('渡さずに待っている送信の数'),
  sentence: z.string(),
  action: z.string(),
})
export type DestinationStop = z.infer<typeof DestinationStop>

export const BroughtStopNotice = z.object({ notice: z.string().min(1).max(8192) })
export const ToldStopNotice = z.object({ sentence: z.string() })

export const DecideStop = z.object({
  municipality: municipalityCode,
  kind: z.enum(['stopped', 'lifted']),
  reason: z.string().trim().min(1).max(200),
})
export const DecidedStop = z.object({ stops: z.array(DestinationStop) })
export type DecidedStop = z.infer<typeof DecidedStop>

export const NewsState = z.enum(['平常', '未開始', '遅れ', '無音', '欠番', '断り続き'])
export type NewsState = z.infer<typeof NewsState>

export const PartnerNews = z.object({
  municipality: Place,
  layout: z.string(),
  state: NewsState,
  since: plainDate.nullable(),
  lastNewsOn: plainDate.nullable(),
  cadenceDays: z.int().nullable().describe('便りの間隔(開庁日)。決まりがなければ無い。'),
  missing: z.array(z.int()).describe('届いていない通し番号'),
  sentence: z.string(),
  action: z.string().describe('すること。なければ空。'),
})
export type PartnerNews = z.infer<typeof PartnerNews>

/** 便りのしらせ — the event `partners` of the live stream: what is not as it should be. */
export const PartnerAlarms = z.object({
  on: plainDate,
  partners: z.array(
    PartnerNews.pick({
      municipality: true,
      layout: true,
      state: true,
      since: true,
      sentence: true,
    }),
  ),
  overdueMedia: z.int(),
})
export type PartnerAlarms = z.infer<typeof PartnerAlarms>

export const OverdueMedium = z.object({
  transmission: reference,
  municipality: Place,
  layout: z.string(),
  number: z.int(),
  leftOn: plainDate,
  dueOn: plainDate,
  sentence: z.string(),
})
export type OverdueMedium = z.infer<typeof OverdueMedium>

export const PartnerKey = z.object({
  municipality: Place.nullable().describe('広域連合自身の鍵では無い'),
  keyId: z.string(),
  validUntil: plainDate.nullable().describe('認証局のない据付けでは無い'),
  state: z.enum(['sound', 'expiring', 'fault']),
  sentence: z.string(),
})
export type PartnerKey = z.infer<typeof PartnerKey>

export const FullReconciliation = z.object({
  reconciliation: reference,
  municipality: Place,
  layout: z.string(),
  day: plainDate,
  at: instant,
  ownCount: z.int(),
  otherCount: z.int(),
  differences: z.int(),
  pending: z.int().describe('これから届くファイルで合う件数'),
  messages: z.int(),
  messageBytes: z.int(),
  sentence: z.string(),
})
export type FullReconciliation = z.infer<typeof FullReconciliation>

export const Destination = z.object({
  municipality: Place,
  waiting: z.int().describe('作ってあって、まだ渡していない送信の数'),
})
export type Destination = z.infer<typeof Destination>

export const Partners = z.object({
  on: plainDate,
  checkedAt: instant,
  alarms: z.int().describe('平常・未開始でないもの、届かない媒体、使えない鍵、違いのある照合の数'),
  stops: z.array(DestinationStop),
  destinations: z.array(Destination).describe('広域連合が渡すのを止めていない宛先'),
  partners: z.array(PartnerNews),
  overdueMedia: z.array(OverdueMedium),
  keys: z.array(PartnerKey),
  reconciliations: z.array(FullReconciliation),
})
export type Partners = z.infer<typeof Partners>

export const ReconciliationDifferences = z.object({
  about: FullReconciliation.pick({
    ...{ municipality: true, layout: true, day: true, sentence: true },
  })
    .nullable()
    .describe('どの照合か。新しい照合があとにあれば無い。'),
  differences: z.array(
    z.object({
      addresseeNumber: z.string(),
      recordKey: z.string(),
      kind: z.enum(['onlyUnion', 'onlyMunicipality', 'content', 'pending', 'inTransit']),
      kindName: z.string(),
      columns: z.array(z.string()).describe('違う項目の名前。値は無い。'),
    }),
  ),
})
export type ReconciliationDifferences = z.infer<typeof ReconciliationDifferences>

export const QuarantineDetail = z.object({
  rows: z.int(),
  atFault: z.int(),
  mendedBy: reference.nullable(),
  lines: z.array(z.object({ line: z.int(), because: z.enum(['row', 'household']) })),
})
export type QuarantineDetail = z.infer<typeof QuarantineDetail>

export const PlausibilityDetail = z.object({
  figures: z.array(z.object({ name: z.string(), value: z.int().nullable() })),
  doubts: z.array(z.object({ item: z.string(), sentence: z.string() })),
  decision: z.enum(['letIn', 'refused']).nullable(),
  reason: z.string().nullable(),
})
export type PlausibilityDetail = z.infer<typeof PlausibilityDetail>

export const AdmitFile = z.object({
  decision: z.enum(['letIn', 'refused']),
  reason: z.string().trim().min(1).max(200),
})
export type AdmitFile = z.infer<typeof AdmitFile>

/** 欠番とする — a number that will never come, with the reason. */
export const SkipNumber = z.object({
  municipality: z.string().regex(/^\d{6}$/),
  layout: z.string().min(1).max(100),
  number: z.int().min(1),
  reason: z.string().trim().min(1).max(200),
})
export type SkipNumber = z.infer<typeof SkipNumber>

export const SkippedNumber = z.object({ released: z.int().describe('取り込めるようになった通数') })
export type SkippedNumber = z.infer<typeof SkippedNumber>

export const CustodyKind = z.enum(['封入', '受渡し', '開封', '破棄'])
export type CustodyKind = z.infer<typeof CustodyKind>

export const CustodyLog = z.object({
  log: z.array(
    z.object({
      number: z.int(),
      kind: CustodyKind,
      carrier: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      mediaCount: z.int(),
      on: plainDate,
      note: z.string(),
      recordedAt: instant,
    }),
  ),
})
export type CustodyLog = z.infer<typeof CustodyLog>

export const RecordCustody = z.object({
  kind: CustodyKind,
  carrier: z.string().max(200),
  from: z.string().max(200).nullable().optional(),
  to: z.string().max(200).nullable().optional(),
  mediaCount: z.int(),
  on: z.iso.date(),
  note: z.string().max(200).optional(),
})
export type RecordCustody = z.infer<typeof RecordCustody>

export const FilePolicies = z.object({
  policies: z.array(
    z.object({
      layout: z.string(),
      cadenceDays: z.int().nullable(),
      silentIntervals: z.int(),
      refusalsInARow: z.int(),
      mediumDays: z.int(),
      acceptance: z.enum(['whole', 'soundRows']),
      plausibility: z.record(z.string(), z.number()),
    }),
  ),
})
export type FilePolicies = z.infer<typeof FilePolicies>

export const SetFilePolicy = z.object({
  layout: z.string().min(1).max(100),
  reason: z.string().trim().min(1).max(200),
  change: z.record(z.string(), z.unknown()),
})
export type SetFilePolicy = z.infer<typeof SetFilePolicy>
