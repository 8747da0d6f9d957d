import { z } from 'zod'
import {
  instant,
  municipalityCode,
  Purpose,
  plainDate,
  reference,
  searchWords,
  yen,
} from './api/fields.ts'
import { FilingFault } from './api/filings.ts'

export * from './api/certificates.ts'
export * from './api/copay.ts'
export * from './api/encounters.ts'
export { Purpose } from './api/fields.ts'
export * from './api/filings.ts'
export * from './api/forms.ts'
export * from './api/ledger.ts'
export * from './api/matches.ts'
export * from './api/partners.ts'
export * from './api/past.ts'

/**
 * 画面との約束 — every message between the union's service and a desk, written once. The service checks
 * with these schemas, the desk takes the types by `import type`, and /api/openapi.json is made from them.
 * An Individual Number has no field here; a person is named by a reference that says nothing.
 */

/** 用件 — why a person is looked at; leaves with every read in the audit rows. */
export const purposes = {
  eligibility: '資格の相談',
  premium: '保険料の相談',
  application: '届出・申請の受付',
  notice: '通知・文書の問い合わせ',
  verification: '内容の確認(事務)',
} as const

/** 領域 — a desk's realm: its own door, its own cookie, its own references. */
export const Realm = z.enum(['counter', 'union'])
export type Realm = z.infer<typeof Realm>

export const Failure = z.object({
  code: z.string(),
  message: z.string().describe('起きたこと → 仕事への意味 → すること'),
  at: z.string().optional(),
  faults: z.array(FilingFault).optional().describe('直すところの全部(届書)'),
  changed: z
    .object({ version: z.int(), at: z.string(), by: z.string(), what: z.string() })
    .optional()
    .describe('先に変えた人と、変えたこと(409)'),
  encounter: z
    .object({ person: reference.nullable() })
    .optional()
    .describe('応対が要る人(409)。まだ記録のない人なら null'),
})
export type Failure = z.infer<typeof Failure>

const Municipality = z.object({ code: municipalityCode, name: z.string() })
export type Municipality = z.infer<typeof Municipality>

export const Door = z.object({
  realm: Realm,
  invented: z.boolean().describe('模擬の世界か'),
  today: plainDate.nullable(),
  preparation: z
    .string()
    .nullable()
    .describe('模擬の世界の準備が、どこまで進んだか。すべてそろえば無い。'),
  accounts: z
    .array(
      z.object({ account: z.string(), password: z.string(), name: z.string(), place: z.string() }),
    )
    .describe('見本の利用者。模擬の世界のほかでは、いつも空。'),
})
export type Door = z.infer<typeof Door>

export const SignIn = z.object({
  account: z.string().min(1).max(100),
  password: z.string().min(1).max(1024),
})
export type SignIn = z.infer<typeof SignIn>

export const Session = z.object({
  realm: Realm,
  account: z.string(),
  name: z.string(),
  role: z.string().describe('役割の名'),
  union: z.object({ code: z.string(), name: z.string() }),
  municipality: Municipality.nullable().describe('窓口の市区町村。広域連合では無い。'),
  invented: z.boolean(),
  today: plainDate,
  draftKey: z
    .string()
    .describe(
      '届いていない下書きを端末に残すときの暗号の鍵(32バイト、base64)。画面の記憶だけに持つ。',
    ),
  may: z.array(z.string()).describe('権限の表にある行いの名'),
})
export type Session = z.infer<typeof Session>

/** 最初の管理者 — enrols with the code that the program printed on its own machine. */
export const Enrolment = z.object({
  code: z.string().min(1).max(100),
  account: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(1024),
})
export type Enrolment = z.infer<typeof Enrolment>

export const PasswordChange = z.object({
  current: z.string().min(1).max(1024),
  next: z.string().min(1).max(1024),
})

/** 役割 that an administrator gives out; the operator's is not a union's to give. */
export const GivenRole = z.enum([
  'eligibilityClerk',
  'premiumClerk',
  'benefitsClerk',
  'administrator',
  'counterClerk',
])
export type GivenRole = z.infer<typeof GivenRole>

export const StaffAccount = z.object({
  id: reference,
  account: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  place: z.string(),
  disabled: z.boolean(),
  self: z.boolean(),
})
export type StaffAccount = z.infer<typeof StaffAccount>

export const StaffAccounts = z.object({
  checkedAt: instant,
  accounts: z.array(StaffAccount),
  municipalities: z.array(Municipality),
})
export type StaffAccounts = z.infer<typeof StaffAccounts>

export const NewStaffAccount = z.object({
  account: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  role: GivenRole,
  municipality: municipalityCode.nullable(),
  password: z.string().min(1).max(1024),
})
export type NewStaffAccount = z.infer<typeof NewStaffAccount>

export const Confirm = z.object({ password: z.string().min(1).max(1024) })

// ── さがす ───────────────────────────────────────────────────────────────────

export const Search = z.object({ words: searchWords, purpose: Purpose })
export type Search = z.infer<typeof Search>

const Standing = z.object({
  state: z.enum(['active', 'lost', 'notYet', 'none']),
  from: plainDate.nullable(),
  until: plainDate.nullable(),
})
export type Standing = z.infer<typeof Standing>

export const FoundPerson = z.object({
  person: reference,
  name: z.string(),
  kana: z.string().nullable(),
  birth: z.string().describe('生年月日。不詳なら届いた表記のまま。'),
  birthDate: plainDate.nullable(),
  age: z.int().nullable(),
  sex: z.string(),
  insuredNumber: z.string().nullable(),
  municipality: z.string(),
  town: z.string().nullable().describe('町名まで。取扱注意なら無い。'),
  handleWithCare: z.boolean(),
  standing: Standing,
  sameName: z.int().describe('この答えの中で同じ氏名の人の数(自分を含む)'),
  differs: z.array(z.enum(['kana', 'birth', 'sex', 'town'])).describe('同じ名前の人とちがう欄'),
})
export type FoundPerson = z.infer<typeof FoundPerson>

export const Found = z.object({
  readAs: z
    .array(z.object({ kind: z.enum(['name', 'kana', 'birth', 'insuredNumber']), text: z.string() }))
    .describe('打った字をどう読んだか'),
  total: z.int(),
  people: z.array(FoundPerson).max(20),
  checkedAt: instant,
  sentence: z.string().nullable(),
})
export type Found = z.infer<typeof Found>

// ── 本人 ─────────────────────────────────────────────────────────────────────

const Received = z
  .object({ on: plainDate, from: z.string() })
  .describe('いつ、どこから届いた事実か')
export type Received = z.infer<typeof Received>

export const EligibilityPeriod = z.object({
  from: plainDate,
  until: plainDate.nullable().describe('この日からは資格がない(喪失の日)'),
  acquired: z.string().describe('取得の事由'),
  lost: z.string().nullable().describe('喪失の事由'),
  municipality: z.string(),
  decidedOn: plainDate.nullable(),
})

export const HouseholdMember = z.object({
  person: reference.nullable().describe('この席から開ける人だけ'),
  name: z.string(),
  kana: z.string().nullable(),
  birth: z.string(),
  age: z.int().nullable(),
  sex: z.string(),
  relation: z.string(),
  head: z.boolean(),
  insured: z.boolean(),
  self: z.boolean(),
})
export type HouseholdMember = z.infer<typeof HouseholdMember>

export const HouseholdPeriod = z.object({
  from: plainDate,
  until: plainDate.nullable(),
  persons: z.int(),
  head: z.boolean().describe('本人が世帯主か'),
})

export const IncomeFact = z.object({
  fiscalYear: z.int(),
  incomeYear: z.int(),
  declared: z.enum(['declared', 'undeclared', 'underInquiry']),
  items: z.array(z.object({ name: z.string(), yen })),
  received: Received.nullable(),
})
export type IncomeFact = z.infer<typeof IncomeFact>

export const PremiumDecision = z.object({
  decision: reference,
  fiscalYear: z.int(),
  revision: z.int(),
  decidedOn: plainDate,
  reason: z.string(),
  months: z.int(),
  reductionTenths: z.int(),
  medicalYen: yen,
  childSupportYen: yen.nullable(),
  annualYen: yen,
  current: z.boolean(),
})
export type PremiumDecision = z.infer<typeof PremiumDecision>

export const Notice = z.object({
  notice: reference,
  name: z.string(),
  number: z.string().nullable(),
  madeOn: plainDate,
  state: z.enum(['made', 'delivered', 'stopped']),
  reason: z.string().nullable(),
  pages: z.int().nullable(),
})
export type Notice = z.infer<typeof Notice>

export const Look = z.object({
  at: instant,
  on: plainDate,
  place: z.string(),
  name: z.string(),
  purpose: z.string(),
  act: z.string(),
  list: z.boolean().describe('本人の頁でなく、さがした一覧に出ただけ'),
  mine: z.boolean(),
})
export type Look = z.infer<typeof Look>

export const Delivery = z.object({
  on: plainDate,
  layout: z.string(),
  to: z.string(),
  number: z.int(),
})

export const Care = z.object({
  flags: z.array(z.string()),
  since: plainDate.nullable(),
  until: plainDate.nullable(),
})

export const Person = z.object({
  person: reference,
  name: z.string(),
  kana: z.string().nullable(),
  alias: z.string().nullable(),
  birth: z.string(),
  birthDate: plainDate.nullable(),
  age: z.int().nullable(),
  sex: z.string(),
  insuredNumber: z.string().nullable(),
  municipality: z.string(),
  town: z.string().nullable(),
  individualNumber: z
    .object({ held: z.boolean(), on: plainDate.nullable() })
    .describe('登録があるかだけ。番号は載らない。'),
  care: Care.nullable().describe('取扱注意。住所などは、はじめから載らない。'),
  selfProvisionDisabled: z.boolean().describe('支援措置の自己情報提供不可'),
  sameName: z.int(),
  standing: Standing,
  asOf: plainDate,
  received: Received.nullable(),
  eligibility: z.array(EligibilityPeriod),
  household: z.object({ members: z.array(HouseholdMember), periods: z.array(HouseholdPeriod) }),
  incomes: z.array(IncomeFact),
  decisions: z.array(PremiumDecision),
  notices: z.array(Notice),
  deliveries: z.array(Delivery).describe('市区町村へ返した情報'),
  looks: z.array(Look),
})
export type Person = z.infer<typeof Person>

// ── なぜ ─────────────────────────────────────────────────────────────────────

export const WorkingLine = z.object({
  step: z.string(),
  name: z.string(),
  formula: z.string(),
  value: z.string(),
  yen: yen.nullable(),
  law: z.string(),
})
export type WorkingLine = z.infer<typeof WorkingLine>

export const Why = z.object({
  decision: reference,
  fiscalYear: z.int(),
  revision: z.int(),
  decidedOn: plainDate,
  reason: z.string(),
  annualYen: yen,
  recomputed: z.object({ yen: yen.nullable(), agrees: z.boolean(), at: instant }),
  sentence: z.string().describe('ひとことで'),
  groups: z.array(z.object({ name: z.string(), yen: yen.nullable(), lines: z.array(WorkingLine) })),
  previous: z
    .object({ fiscalYear: z.int(), yen, parts: z.array(z.object({ name: z.string(), yen })) })
    .nullable(),
  facts: z.array(z.object({ name: z.string(), text: z.string(), received: Received.nullable() })),
  edition: z.object({ law: z.string(), from: plainDate.nullable() }),
})
export type Why = z.infer<typeof Why>

// ── ファイル ──────────────────────────────────────────────────────────────────

export const Direction = z.enum(['in', 'out'])
export type Direction = z.infer<typeof Direction>

export const Check = z.object({
  name: z.enum(['封と署名', '件数', '合計', '項目', 'もっともらしさ']),
  state: z.enum(['good', 'bad', 'notYet']),
  text: z.string(),
})
export type Check = z.infer<typeof Check>

export const Transmission = z.object({
  transmission: reference,
  direction: Direction,
  municipality: Municipality,
  layout: z.string(),
  number: z.int(),
  records: z.int(),
  bytes: z.int().nullable(),
  at: instant,
  state: z.enum([
    'arrived',
    'waiting',
    'checking',
    'held',
    'applied',
    'refused',
    'ready',
    'fetched',
    'received',
  ]),
  findings: z.int(),
  receiptAt: instant.nullable(),
})
export type Transmission = z.infer<typeof Transmission>

export const TransmissionList = z.object({
  checkedAt: instant,
  transmissions: z.array(Transmission),
  missing: z
    .array(z.object({ municipality: Municipality, layout: z.string(), number: z.int() }))
    .describe('順番のうち届いていない番号。どの頁でも、すべて'),
  total: z.int().describe('この向きの送信のすべての数'),
  older: reference.nullable().describe('この前のものがあれば、それをたずねる参照'),
})
export type TransmissionList = z.infer<typeof TransmissionList>

export const FindingRow = z.object({
  line: z.int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  sentence: z.string(),
  treatment: z.string(),
})
export type FindingRow = z.infer<typeof FindingRow>

const Counted = z.object({ name: z.string(), count: z.int(), unit: z.string() })

export const TransmissionDetail = z.object({
  transmission: Transmission,
  checkedAt: instant,
  chain: z.array(
    z.object({
      number: z.int(),
      state: z.enum(['done', 'missing', 'stopped', 'waiting']),
      transmission: reference.nullable(),
    }),
  ),
  checks: z.array(Check),
  causes: z.array(z.object({ code: z.string(), sentence: z.string(), lines: z.int() })),
  findings: z.array(FindingRow),
  findingsShown: z.int(),
  applied: z.array(Counted).nullable().describe('取り込んで変わったもの'),
  sentence: z.string(),
  job: reference.nullable(),
})
export type TransmissionDetail = z.infer<typeof TransmissionDetail>

/** 受領書 as the municipality's own system wrote it, brought by the counter. */
export const BroughtReceipt = z.object({ receipt: z.string().min(1).max(32_000) })

// ── 実行 ─────────────────────────────────────────────────────────────────────

export const JobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelling', 'cancelled'])
export type JobState = z.infer<typeof JobState>

export const Job = z.object({
  job: reference,
  kind: z.string(),
  name: z.string(),
  state: JobState,
  done: z.int(),
  total: z.int().nullable(),
  sentence: z.string(),
  queuedAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  by: z.string().nullable(),
  mayCancel: z.boolean(),
  mayRetry: z.boolean(),
})
export type Job = z.infer<typeof Job>

export const Run = z.object({
  run: z.string(),
  name: z.string(),
  explanation: z.string(),
  impossible: z.string().nullable().describe('いま始められないわけ'),
})
export type Run = z.infer<typeof Run>

export const JobList = z.object({ checkedAt: instant, jobs: z.array(Job), runs: z.array(Run) })
export type JobList = z.infer<typeof JobList>

export const JobDetail = z.object({
  checkedAt: instant,
  job: Job,
  steps: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['done', 'running', 'waiting', 'failed']),
      sentence: z.string(),
    }),
  ),
  results: z.array(Counted),
})
export type JobDetail = z.infer<typeof JobDetail>

export const StartRun = z.object({ run: z.string().max(60), fiscalYear: z.int().optional() })
export type StartRun = z.infer<typeof StartRun>

// ── きょう ────────────────────────────────────────────────────────────────────

export const TodayItem = z.object({
  at: instant.nullable(),
  kind: z.enum(['file', 'job', 'decision', 'notice', 'look', 'encounter', 'document']),
  sentence: z.string(),
  count: z.int().nullable(),
  link: z
    .object({
      to: z.enum([
        'files-in',
        'files-out',
        'transmission',
        'jobs',
        'job',
        'print-runs',
        'print-run',
      ]),
      id: reference.nullable(),
      direction: Direction.nullable(),
    })
    .nullable(),
})
export type TodayItem = z.infer<typeof TodayItem>

export const Today = z.object({
  on: plainDate,
  checkedAt: instant,
  waiting: z.array(TodayItem),
  due: z.array(TodayItem),
  news: z.array(TodayItem),
})
export type Today = z.infer<typeof Today>
