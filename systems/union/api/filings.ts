import { z } from 'zod'
import { instant, plainDate, reference, searchWords, typedDate } from './fields.ts'

/**
 * 届書との約束 — messages about notifications and applications at the counter. The Individual Number goes
 * in once and comes back in no answer; a filing, a person, a difference and an account are named by references.
 */

const uuid = z.uuid()

// ── 届書の種類 ────────────────────────────────────────────────────────────────

export const FilingField = z.object({
  name: z.string(),
  label: z.string(),
  type: z
    .enum(['date', 'text', 'choice', 'boolean', 'address', 'amount', 'periods'])
    .describe(
      'amount は整数で、単位は unit。periods は {from, until, place} の並びで、両方の日を数える。',
    ),
  unit: z.enum(['円', '日']).nullable(),
  required: z.boolean(),
  requiredWhen: z
    .object({ field: z.string(), in: z.array(z.string()) })
    .nullable()
    .describe('ほかの項目がこの値のときだけ要る'),
  newcomerOnly: z.boolean().describe('記録のまだない人にだけ聞く'),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
  help: z.string(),
})
export type FilingField = z.infer<typeof FilingField>

const Choice = z.object({ value: z.string(), label: z.string() })

export const FilingKind = z.object({
  kind: z.string(),
  name: z.string(),
  article: z.string(),
  unverified: z.boolean().describe('条文をまだ確かめていない'),
  termDays: z.int().nullable().describe('届出の期限(日)。申請には無い。'),
  occurred: z.string().nullable().describe('事由発生日の欄の名。無ければ聞かない。'),
  newcomers: z.boolean().describe('記録のない人にも使える'),
  asksNumber: z.boolean().describe('個人番号欄があるか'),
  filers: z.array(Choice),
  fields: z.array(FilingField),
  documents: z.array(z.object({ code: z.string(), name: z.string(), required: z.boolean() })),
  leadsTo: z.array(z.string()),
})
export type FilingKind = z.infer<typeof FilingKind>

export const FilingKinds = z.object({
  kinds: z.array(FilingKind),
  numberDocuments: z.array(Choice).describe('番号確認の書類。1点で足りる。'),
  municipalities: z
    .array(z.object({ code: z.string(), name: z.string() }))
    .describe('広域の席が、記録のない人を受け付ける市区町村。窓口では空。'),
  identityDocuments: z
    .array(z.object({ value: z.string(), label: z.string(), photograph: z.boolean() }))
    .describe('身元確認の書類。写真つき1点か、写真なし2点。'),
  proxyDocuments: z.array(Choice),
  numberStates: z.array(Choice),
  letterVariants: z
    .array(z.string())
    .describe('氏名の字で、たがいに異体字とみるもの。1組が1つの文字列で、1字ずつが候補。'),
})
export type FilingKinds = z.infer<typeof FilingKinds>

// ── 受付 ─────────────────────────────────────────────────────────────────────

const Address = z.object({
  postalCode: z.string().max(8).nullable(),
  prefecture: z.string().max(10),
  municipalityName: z.string().max(50),
  town: z.string().max(120),
  houseNumber: z.string().max(100).nullable(),
  building: z.string().max(200).nullable(),
})

export const FilingFieldValue = z.union([
  z.string().max(500),
  z.number(),
  z.boolean(),
  Address,
  z
    .array(
      z.object({ from: z.string().max(10), until: z.string().max(10), place: z.string().max(100) }),
    )
    .max(60),
  z.null(),
])
export type FilingFieldValue = z.infer<typeof FilingFieldValue>

export const NumberState = z
  .enum(['written', 'blank', 'refused', 'unknown'])
  .describe('個人番号欄: 記載、空欄、記載を拒んだ、分からない。どれでも受け付ける。')
export type NumberState = z.infer<typeof NumberState>

export const FiledContent = z.object({
  kind: z.string().max(60),
  person: reference.nullable().describe('さがして見つけた人。記録のない人なら null。'),
  addresseeNumber: z
    .string()
    .max(15)
    .nullable()
    .describe('person が null のときの、この市区町村の宛名番号'),
  municipality: z
    .string()
    .regex(/^\d{6}$/)
    .nullable()
    .optional()
    .describe('広域の席が記録のない人を受け付けるときの市区町村'),
  filedOn: typedDate,
  occurredOn: typedDate.nullable(),
  filer: z.string().max(20),
  proxy: z
    .object({
      name: z.string().max(100),
      relation: z.string().max(50),
      documents: z.array(z.string().max(40)).max(10),
    })
    .nullable(),
  fields: z.record(z.string().max(40), FilingFieldValue),
  numberState: NumberState,
  numberReason: z.string().max(200).nullable().describe('記載のないわけ。written では null。'),
  individualNumber: z
    .string()
    .max(40)
    .nullable()
    .optional()
    .describe('一度だけ入り、金庫に封じられる。どの答えにも載らない。'),
  numberCheck: z.string().max(40).nullable(),
  identityCheck: z.array(z.string().max(40)).max(10),
  documents: z.array(z.string().max(40)).max(20),
})
export type FiledContent = z.infer<typeof FiledContent>

export const NewFiling = FiledContent.extend({
  filingId: uuid.describe('画面が付ける番号。2度送っても1件になる。'),
})
export type NewFiling = z.infer<typeof NewFiling>

export const FilingFault = z.object({
  at: z.string().describe('項目の名。fields.address、individualNumber など。'),
  code: z.string(),
  sentence: z.string(),
  next: z
    .array(z.object({ code: z.string(), label: z.string() }))
    .describe('考えられること。1つ1ボタン。'),
})
export type FilingFault = z.infer<typeof FilingFault>

export const FilingReason = z.object({
  code: z.string(),
  name: z.string(),
  met: z.enum(['met', 'unmet', 'unknown']).describe('[満たす]・[満たさない]・[分からない]'),
  sentence: z.string(),
  article: z.string(),
})
export type FilingReason = z.infer<typeof FilingReason>

export const FilingMissing = z.object({ code: z.string(), name: z.string(), sentence: z.string() })
export type FilingMissing = z.infer<typeof FilingMissing>

/** 資格の並び — one stretch of a right in one municipality. */
export const TimelinePiece = z.object({
  from: plainDate,
  until: plainDate.nullable(),
  municipality: z.string(),
  acquired: z.string(),
  lost: z.string().nullable(),
})
export type TimelinePiece = z.infer<typeof TimelinePiece>

export const FilingDecisionMade = z.object({
  kind: z.string().describe('取得・変更・喪失・取消'),
  effectiveOn: plainDate,
  ground: z.string(),
})

export const FilingAnswer = z.enum(['granted', 'refused', 'incomplete'])
export type FilingAnswer = z.infer<typeof FilingAnswer>

export const FilingPreview = z.object({
  answer: FilingAnswer.nullable().describe('直すところ(faults)があるうちは無い'),
  title: z.string().describe('答えの見出し'),
  faults: z.array(FilingFault),
  reasons: z.array(FilingReason),
  missing: z.array(FilingMissing),
  warnings: z.array(z.object({ code: z.string(), sentence: z.string() })),
  decisions: z.array(FilingDecisionMade),
  timelineBefore: z.array(TimelinePiece),
  timelineAfter: z.array(TimelinePiece),
  moves: z.array(z.string()).describe('決まると動くもの'),
  dueOn: plainDate.nullable(),
  appeal: z.string().nullable().describe('却下のときの教示(審査請求)'),
})
export type FilingPreview = z.infer<typeof FilingPreview>

export const FilingState = z.enum([
  'incomplete',
  'examining',
  'awaitingCheck',
  'granted',
  'refused',
  'withdrawn',
  'cancelled',
])
export type FilingState = z.infer<typeof FilingState>

/** 突合の様子 — 1-6: whether the register's record has come and says the same. */
export const ReconciliationState = z.enum(['none', 'awaiting', 'matched', 'differs', 'settled'])
export type ReconciliationState = z.infer<typeof ReconciliationState>

export const FilingRow = z.object({
  filing: reference,
  receiptNumber: z.string(),
  kind: z.string(),
  kindName: z.string(),
  person: reference.nullable().describe('この席から開ける人だけ'),
  name: z.string(),
  kana: z.string().nullable(),
  birth: z.string().nullable(),
  municipality: z.string(),
  handleWithCare: z.boolean(),
  state: FilingState,
  stateName: z.string(),
  reconciliation: ReconciliationState,
  filedOn: plainDate,
  receivedAt: instant,
  ageDays: z.int().describe('受け付けてからの日数'),
  dueOn: plainDate,
  overdue: z.boolean(),
  assignee: z.object({ account: reference, name: z.string(), me: z.boolean() }).nullable(),
  version: z.int(),
})
export type FilingRow = z.infer<typeof FilingRow>

export const FilingQueueQuery = z.object({
  state: z.enum(['open', 'all', ...FilingState.options]).optional(),
  assigned: z.enum(['me', 'none', 'any']).optional(),
  older: plainDate.optional().describe('この日までに受け付けたもの'),
  kind: z.string().max(60).optional(),
  person: reference.optional().describe('この人の届書だけ'),
  reconciliation: ReconciliationState.optional().describe('awaiting は、住基の記録を待つもの'),
  limit: z.coerce.number().int().min(1).max(500).optional(),
})

export const FilingQueue = z.object({
  checkedAt: instant,
  on: plainDate,
  total: z.int(),
  overdue: z.int(),
  mine: z.int(),
  rows: z.array(FilingRow),
  assignees: z
    .array(z.object({ account: reference, name: z.string(), me: z.boolean() }))
    .describe('担当になれる、この席の人たち'),
})
export type FilingQueue = z.infer<typeof FilingQueue>

/** 列の中をさがす — the words travel in a body, never in an address. */
export const FilingQueueSearch = FilingQueueQuery.extend({
  words: searchWords,
  again: z
    .boolean()
    .optional()
    .describe('便りを聞いてたずね直したとき。新しく目に入った人だけが閲覧に残る。'),
})

export const FilingEvent = z.object({
  version: z.int(),
  act: z.string(),
  actName: z.string(),
  state: FilingState,
  stateName: z.string(),
  at: instant,
  by: z.string(),
  mine: z.boolean(),
  note: z.string().nullable(),
  reasons: z.array(FilingReason),
  missing: z.array(FilingMissing),
  decisions: z.array(FilingDecisionMade),
})
export type FilingEvent = z.infer<typeof FilingEvent>

export const FormerInsurerInquiry = z.object({
  insurer: z.string(),
  askedOn: plainDate,
  askedBy: z.string(),
  answer: z.enum(['lost', 'notLost', 'unknown']).nullable(),
  lostOn: plainDate.nullable(),
  source: z.string().nullable(),
  answeredOn: plainDate.nullable(),
  answeredBy: z.string().nullable(),
})
export type FormerInsurerInquiry = z.infer<typeof FormerInsurerInquiry>

export const Filing = z.object({
  checkedAt: instant,
  row: FilingRow,
  content: z.object({
    filedOn: plainDate,
    occurredOn: plainDate.nullable(),
    filer: z.string(),
    proxy: z
      .object({ name: z.string(), relation: z.string(), documents: z.array(z.string()) })
      .nullable(),
    fields: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        value: FilingFieldValue,
        text: z.string().describe('読める形'),
        withheld: z.boolean().describe('取扱注意のため、値を載せていない'),
      }),
    ),
    numberState: NumberState,
    numberReason: z.string().nullable(),
    numberHeld: z.boolean().describe('登録があるかだけ。番号は載らない。'),
    numberCheck: z.string().nullable(),
    identityCheck: z.array(z.string()),
    documents: z.array(z.object({ code: z.string(), name: z.string(), shown: z.boolean() })),
  }),
  answer: FilingAnswer,
  title: z.string(),
  reasons: z.array(FilingReason),
  missing: z.array(FilingMissing),
  warnings: z.array(z.object({ code: z.string(), sentence: z.string() })),
  moves: z.array(z.string()),
  appeal: z.string().nullable(),
  compared: z
    .array(
      z.object({
        item: z.string(),
        label: z.string(),
        first: z.string().nullable(),
        second: z.string().nullable(),
        differs: z.boolean(),
      }),
    )
    .describe('2人の入力がちがったとき、2人にだけ見える'),
  blind: z.boolean().describe('2人目が同じ入力をして、はじめて効く'),
  hidden: z.boolean().describe('2人目の入力の前なので、1人目の入力を載せていない'),
  whyNotSecond: z.string().nullable().describe('2人目を待っているのに、自分はなれないわけ'),
  inquiries: z.array(FormerInsurerInquiry),
  differences: z.int().describe('まだ片づいていない差異'),
  events: z.array(FilingEvent),
  may: z.array(
    z.enum([
      'assign',
      'supplement',
      'decide',
      'check',
      'second',
      'withdraw',
      'cancel',
      'answerInsurer',
    ]),
  ),
  assignees: z
    .array(z.object({ account: reference, name: z.string(), me: z.boolean() }))
    .describe('担当になれる、この席の人たち'),
})
export type Filing = z.infer<typeof Filing>

/** 受け付けた答え — the same for the same filingId, however often it is sent. */
export const FilingReceipt = z.object({
  filing: reference,
  receiptNumber: z.string(),
  person: reference.nullable(),
  insuredNumber: z.string().nullable(),
  state: FilingState,
  stateName: z.string(),
  version: z.int(),
  answer: FilingAnswer,
  title: z.string(),
  reasons: z.array(FilingReason),
  missing: z.array(FilingMissing),
  warnings: z.array(z.object({ code: z.string(), sentence: z.string() })),
  decisions: z.array(FilingDecisionMade),
  moves: z.array(z.string()),
  dueOn: plainDate,
  appeal: z.string().nullable(),
})
export type FilingReceipt = z.infer<typeof FilingReceipt>

// ── 受け付けた後 ──────────────────────────────────────────────────────────────

const version = z.int().min(1).describe('見ていた版。だれかが先に変えていれば409。')

export const AssignFiling = z.object({
  version,
  to: z.union([z.enum(['me', 'nobody']), reference]).describe('自分、なし、または assignees の1人'),
})
/** 補正 — only what is new; everything else stays as it was. */
export const SupplementFiling = z.object({
  version,
  fields: z.record(z.string().max(40), FilingFieldValue).optional(),
  documents: z.array(z.string().max(40)).max(20).optional(),
  identityCheck: z.array(z.string().max(40)).max(10).optional(),
  proxyDocuments: z.array(z.string().max(40)).max(10).optional(),
  numberState: NumberState.optional(),
  numberReason: z.string().max(200).nullable().optional(),
  numberCheck: z.string().max(40).nullable().optional(),
  individualNumber: z.string().max(40).nullable().optional(),
  occurredOn: typedDate.optional(),
  note: z.string().max(500).optional(),
})
/** 審査の決定 — by the union, where a person has to examine; without `answer` the rule is asked again. */
export const DecideFiling = z.object({
  version,
  answer: z.enum(['granted', 'refused']).optional(),
  reason: z.string().max(500).optional(),
})
/** 2人目の確かめ — 送付先: by somebody else than who took it in. */
export const CheckFiling = z.object({
  version,
  agree: z.boolean(),
  note: z.string().max(500).optional(),
})
/** 2人目の入力 — the corrected items, typed afresh from the paper. */
export const SecondEntry = z.object({
  version,
  fields: z.record(z.string().max(40), FilingFieldValue),
})
export const WithdrawFiling = z.object({ version, reason: z.string().min(1).max(500) })
/** 取消 — with `confirm` false it only shows what it would move. */
export const CancelFiling = z.object({
  version,
  reason: z.string().min(1).max(500),
  confirm: z.boolean(),
})
/** 前の保険者の答え — entered by hand with its source, until the linkage exists. */
export const AnswerFormerInsurer = z.object({
  version,
  answer: z.enum(['lost', 'notLost', 'unknown']),
  lostOn: plainDate.nullable(),
  source: z.string().min(1).max(200),
})

export const CancelledFiling = z.object({
  confirmed: z.boolean(),
  preview: FilingPreview,
  filing: Filing.nullable(),
})
export type CancelledFiling = z.infer<typeof CancelledFiling>

// ── 下書き ────────────────────────────────────────────────────────────────────

export const SaveDraft = z.object({
  version: z.int().min(0).describe('見ていた版。はじめは0。'),
  title: z.string().max(100),
  content: z.record(z.string(), z.unknown()).describe('個人番号を含めば断る'),
})
export type SaveDraft = z.infer<typeof SaveDraft>

export const Draft = z.object({
  draft: uuid,
  version: z.int(),
  title: z.string(),
  savedAt: instant,
  content: z.record(z.string(), z.unknown()),
})
export type Draft = z.infer<typeof Draft>

export const Drafts = z.object({
  checkedAt: instant,
  drafts: z.array(Draft.omit({ content: true })),
})
export type Drafts = z.infer<typeof Drafts>

// ── 突合 ─────────────────────────────────────────────────────────────────────

export const Difference = z.object({
  difference: reference,
  filing: reference,
  receiptNumber: z.string(),
  kindName: z.string(),
  person: reference.nullable(),
  name: z.string(),
  municipality: z.string(),
  item: z.string(),
  counter: z.string().nullable().describe('窓口で入れた値。個人番号は「登録あり」だけ。'),
  register: z.string().nullable().describe('住民基本台帳情報の値'),
  codePoints: z
    .object({ counter: z.string(), register: z.string() })
    .nullable()
    .describe('字形のちがいの符号位置'),
  withheld: z.boolean().describe('取扱注意のため、値を載せていない'),
  cause: z.string(),
  causeCode: z.string(),
  foundAt: instant,
  twoPersons: z
    .object({
      chosen: z
        .array(
          z.object({
            by: z.string(),
            mine: z.boolean(),
            at: instant,
            take: z.enum(['register', 'counter', 'explained']).nullable(),
          }),
        )
        .describe(
          '選んだ人。どちらの側かは、2人が選び終わるまで、また、まだ選んでいない人には載せない。',
        ),
      waiting: z.boolean().describe('まだ選んでいない人を待っている'),
    })
    .nullable()
    .describe('氏名・生年月日・性別は、2人が同じ側を採って片づく'),
  resolution: z
    .object({
      take: z.enum(['register', 'counter', 'explained']),
      note: z.string(),
      by: z.string(),
      at: instant,
    })
    .nullable(),
})
export type Difference = z.infer<typeof Difference>

export const DifferenceQuery = z.object({ state: z.enum(['open', 'all']).optional() })

export const Differences = z.object({
  checkedAt: instant,
  total: z.int(),
  differences: z.array(Difference),
})
export type Differences = z.infer<typeof Differences>

export const ResolveDifference = z.object({
  take: z.enum(['register', 'counter', 'explained']),
  note: z.string().max(500),
})

/** 差異をまとめて直す — one act for all rows; with `confirm` false it only tells what would move. */
export const ResolveDifferences = z.object({
  choices: z
    .array(z.object({ difference: reference, take: z.enum(['register', 'counter', 'explained']) }))
    .min(1)
    .max(50),
  note: z.string().max(500),
  confirm: z.boolean(),
})

export const ResolvedDifferences = z.object({
  confirmed: z.boolean(),
  moves: z.array(z.string()).describe('直すと動くもの'),
  differences: z.array(Difference),
})
export type ResolvedDifferences = z.infer<typeof ResolvedDifferences>

// ── ほかに見ている人 ──────────────────────────────────────────────────────────

export const Here = z.object({ of: z.enum(['filing', 'person', 'difference']) })
export const Presence = z.object({
  others: z.array(z.object({ name: z.string(), place: z.string(), since: instant })),
})
export type Presence = z.infer<typeof Presence>
