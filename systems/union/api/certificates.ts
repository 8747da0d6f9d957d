import { z } from 'zod'
import { instant, plainDate, reference, version } from './fields.ts'

/**
 * 資格確認書等との約束 — messages about documents of eligibility: what a person holds, what is due and why, one
 * document at the counter, and bundles of many. A document is named by a reference; where its mail goes is told by its kind alone, and the address of one under
 * 支援措置 is in no answer.
 */

// ── いまの姿 ──────────────────────────────────────────────────────────────────

export const CertificateDocument = z.enum([
  'insuranceCard',
  'formerSpecialCertificate',
  'eligibilityCertificate',
  'eligibilityInformationNotice',
  'specialEligibilityCertificate',
])
export type CertificateDocument = z.infer<typeof CertificateDocument>

/** 発行事由 — why a document is made. */
export const CertificateReason = z.enum([
  'acquisition',
  'renewal',
  'copayShareChanged',
  'contentsChanged',
  'limitCategory',
  'reissue',
  'application',
  'documentChanged',
  'expiryChanged',
  'specialTreatmentBegan',
  'specialTreatmentLifted',
  'other',
])
export type CertificateReason = z.infer<typeof CertificateReason>

/** 紙のありか — instructed 印刷前, printed 紙を確かめた, handedOver 渡した, returned 返戻, recollected 回収, lost 紛失, cancelled 取りやめ. */
export const CertificateState = z.enum([
  'instructed',
  'printed',
  'handedOver',
  'returned',
  'recollected',
  'lost',
  'cancelled',
])
export type CertificateState = z.infer<typeof CertificateState>

export const CertificateGround = z.object({
  code: z.string(),
  name: z.string(),
  met: z.enum(['met', 'unmet', 'unknown']).describe('[当たる]・[当たらない]・[分からない]'),
  sentence: z.string(),
})
export type CertificateGround = z.infer<typeof CertificateGround>

export const CertificateMissing = z.object({
  code: z.string(),
  sentence: z.string().describe('何がそろえば発行できるか'),
})

const Item = z.object({ label: z.string(), value: z.string() })

export const CertificateDue = z.object({
  state: z
    .enum(['due', 'held', 'waiting', 'none'])
    .describe(
      'due 出すべき文書がある、held そろっている、waiting 足りないものを待っている、none 出さない',
    ),
  title: z.string(),
  reason: CertificateReason.nullable(),
  reasonName: z.string().nullable(),
  document: CertificateDocument.nullable(),
  documentName: z.string().nullable(),
  grounds: z
    .array(CertificateGround)
    .describe('どの文書になるかの理由。当たるものも当たらないものも全部。'),
  missing: z.array(CertificateMissing),
  contents: z.array(Item).describe('その文書に書かれること'),
  changes: z
    .array(z.object({ label: z.string(), before: z.string(), after: z.string() }))
    .describe('いま持っている文書とちがうところ'),
})
export type CertificateDue = z.infer<typeof CertificateDue>

export const CertificateDestination = z.object({
  kind: z.enum(['address', 'registered', 'stopped']),
  kindName: z.string().describe('住民票の住所・登録した送付先・送れない'),
  stops: z
    .array(z.object({ code: z.string(), sentence: z.string() }))
    .describe('郵送を止めるわけ。手渡しは止めない。'),
  confirmable: z.boolean().describe('「同じ住所・別の世帯」を、人が確かめて通せるか'),
  confirmedAddress: z
    .object({ by: z.string(), at: instant, note: z.string() })
    .nullable()
    .describe('この住所を確かめた人。住所のだれも止まらない。取り消せる。'),
})
export type CertificateDestination = z.infer<typeof CertificateDestination>

export const CertificateSheet = z.object({
  copy: z.int().describe('この文書の何枚目の紙か'),
  tail: z.string().describe('紙の符号の下4けた。確かめのときに、紙を見て打つ。'),
  state: z.enum(['instructed', 'printed', 'spoiled', 'notPrinted']),
  stateName: z.string(),
  instructedAt: instant,
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
})
export type CertificateSheet = z.infer<typeof CertificateSheet>

export const CertificateAct = z.enum([
  'confirm',
  'spoiled',
  'hand-over',
  'return',
  'lost',
  'recollect',
  'cancel',
])
export type CertificateAct = z.infer<typeof CertificateAct>

export const Certificate = z.object({
  certificate: reference,
  number: z.int().describe('この市区町村での、この人の何通目か'),
  document: CertificateDocument,
  documentName: z.string(),
  reason: CertificateReason,
  reasonName: z.string(),
  again: z.boolean().describe('2通目以後(前の通がある)か'),
  manner: z.enum(['counter', 'bulk']),
  delivery: z.enum(['handOver', 'mail']),
  effectiveFrom: plainDate,
  validUntil: plainDate,
  issuedOn: plainDate,
  issuedBy: z.string(),
  state: CertificateState,
  stateName: z.string(),
  valid: z.boolean().describe('きょう使える文書か'),
  voidOn: plainDate.nullable(),
  voidReason: z.string().nullable(),
  contents: z.array(Item),
  sheets: z.array(CertificateSheet),
  events: z.array(
    z.object({ at: instant, act: z.string(), by: z.string(), note: z.string().nullable() }),
  ),
  version,
  may: z.array(CertificateAct),
})
export type Certificate = z.infer<typeof Certificate>

export const InsuranceCardState = z
  .enum(['registered', 'notRegistered', 'deregistered', 'expired'])
  .describe('利用登録あり・なし・解除した・電子証明書の失効')
export type InsuranceCardState = z.infer<typeof InsuranceCardState>

export const SpecialTreatmentGround = z.enum([
  'arrears',
  'arrearsEarlier',
  'paid',
  'reduced',
  'circumstances',
  'publicMedical',
  'withdrawn',
])

export const PersonCertificates = z.object({
  checkedAt: instant,
  on: plainDate,
  person: reference,
  version,
  handleWithCare: z.boolean(),
  due: CertificateDue,
  reasons: z
    .array(
      z.object({
        value: CertificateReason,
        label: z.string(),
        suggested: z.boolean(),
        impossible: z.string().nullable().describe('いま選べないわけ'),
      }),
    )
    .describe('発行するときに選べる事由'),
  destination: CertificateDestination.nullable(),
  insuranceCard: z
    .object({
      state: InsuranceCardState,
      stateName: z.string(),
      since: plainDate,
      source: z.string(),
      knownAt: instant,
      from: z.enum(['hand', 'list']).describe('どちらを使っているか。hand 手の入力、list 一覧'),
      because: z.string().describe('どちらを、なぜ使っているか'),
    })
    .nullable()
    .describe('マイナ保険証の状況。だれも言っていなければ null。'),
  insuranceCardTold: z
    .array(
      z.object({
        from: z.enum(['hand', 'list']),
        stateName: z.string(),
        since: plainDate,
        source: z.string(),
        knownAt: instant,
        until: plainDate.nullable().describe('電子証明書を使える最後の日'),
        used: z.boolean(),
      }),
    )
    .describe('手の入力と、中間サーバーの一覧。どちらが使われているか。'),
  insuranceCardListAsOf: z.string().nullable().describe('最後に取り込んだ一覧は、いつの状況か'),
  specialTreatment: z
    .object({ since: plainDate, notifiedOn: plainDate, source: z.string() })
    .nullable()
    .describe('特別療養費の支給への変更(法82条)。'),
  specialTreatmentProposal: z
    .object({
      number: z.int(),
      act: z.enum(['begin', 'lift']),
      actName: z.string(),
      effectiveOn: plainDate,
      procedure: z.array(Item).describe('手続きの日と根拠'),
      by: z.string(),
      at: instant,
      mine: z.boolean().describe('自分の入れた案。自分では確かめられない。'),
    })
    .nullable()
    .describe('2人目の確かめを待つ案'),
  specialTreatmentEvents: z
    .array(
      z.object({
        act: z.enum(['begin', 'lift']),
        actName: z.string(),
        effectiveOn: plainDate,
        procedure: z.array(Item),
        by: z.string(),
        at: instant,
      }),
    )
    .describe('決まったこと。古いものから。'),
  specialTreatmentGrounds: z.array(
    z.object({ value: SpecialTreatmentGround, label: z.string(), act: z.enum(['begin', 'lift']) }),
  ),
  certificates: z.array(Certificate).describe('新しいものから'),
  may: z.array(
    z.enum([
      'issue',
      'recordCard',
      'recordSpecialTreatment',
      'answerSpecialTreatment',
      'confirmDestination',
    ]),
  ),
})
export type PersonCertificates = z.infer<typeof PersonCertificates>

// ── 1通の発行 ─────────────────────────────────────────────────────────────────

export const PreviewCertificate = z.object({
  reason: CertificateReason,
  delivery: z.enum(['handOver', 'mail']),
})

export const IssueCertificate = PreviewCertificate.extend({
  request: z.uuid().describe('画面が付ける番号。2度送っても1通になる。'),
  version,
  note: z.string().max(200).optional(),
})
export type IssueCertificate = z.infer<typeof IssueCertificate>

/** 紙を確かめた — the tail is typed from the paper: nobody confirms a sheet that nobody has seen. */
export const ConfirmCertificate = z.object({ version, tail: z.string().max(8) })
export const SpoilCertificate = z.object({
  version,
  cause: z.enum(['soiled', 'notPrinted']).describe('よごれ・出ない。次の紙が用意される。'),
})
export const HandOverCertificate = z.object({
  version,
  to: z.enum(['self', 'proxy', 'mail']),
  signed: z.boolean().describe('受け取りの印'),
  proxy: z.string().max(100).optional().describe('代理人の名。to が proxy のとき。'),
})
export const ReturnCertificate = z.object({
  version,
  on: plainDate,
  cause: z.enum(['unknownAddress', 'absent', 'refused', 'other']),
  note: z.string().max(200).optional(),
})
export const LoseCertificate = z.object({
  version,
  on: plainDate,
  note: z.string().max(200).optional(),
})
export const RecollectCertificate = z.object({
  version,
  on: plainDate,
  note: z.string().max(200).optional(),
})
export const CancelCertificate = z.object({ version, reason: z.string().min(1).max(200) })

// ── 事実を手で入れる ──────────────────────────────────────────────────────────

export const RecordInsuranceCard = z.object({
  version,
  state: z
    .union([InsuranceCardState, z.literal('followsList')])
    .describe('followsList は、手の入力をやめて一覧に従う'),
  effectiveOn: plainDate,
  source: z.string().min(1).max(100).describe('出どころ。一覧と違うことを、何で見たか。'),
})
export const RecordSpecialTreatment = z.object({
  version,
  act: z.enum(['begin', 'lift']),
  effectiveOn: plainDate,
  ground: SpecialTreatmentGround,
  notifiedOn: plainDate.nullable().describe('事前通知の日。begin では必ず要る。'),
  hearingUntil: plainDate.nullable().describe('弁明の機会の期限。begin では必ず要る。'),
  hearing: z.enum(['heard', 'silent']).nullable().describe('弁明があったか、なかったか'),
  decidedOn: plainDate.describe('決定日'),
  source: z.string().min(1).max(200).describe('決定の文書番号'),
})
/** 2人目の答え — agreed, the decision takes effect. */
export const AnswerSpecialTreatment = z.object({
  version,
  proposal: z.int().min(1),
  answer: z.enum(['agreed', 'rejected']),
  reason: z.string().max(200).nullable(),
})
/** 同じ住所・別の世帯 — somebody looked, and the destination is right. */
export const ConfirmDestination = z.object({ version, note: z.string().min(1).max(200) })

// ── 束 ───────────────────────────────────────────────────────────────────────

export const PrintRun = z.object({
  run: reference,
  municipality: z.string(),
  title: z.string(),
  madeOn: plainDate,
  state: z.enum(['open', 'closed']),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  sheets: z.int(),
  printed: z.int(),
  spoiled: z.int(),
  notPrinted: z.int(),
  left: z.int().describe('まだどうなったか分からない紙。0でなければ閉じられない。'),
  version,
})
export type PrintRun = z.infer<typeof PrintRun>

export const PrintRuns = z.object({ checkedAt: instant, runs: z.array(PrintRun) })
export type PrintRuns = z.infer<typeof PrintRuns>

export const PrintRunDetail = z.object({
  checkedAt: instant,
  run: PrintRun,
  parts: z.int().describe('PDFの数。1つに500枚まで。'),
  sheets: z
    .array(
      z.object({
        place: z.int(),
        code: z.string().describe('紙に刷った符号'),
        state: CertificateSheet.shape.state,
        stateName: z.string(),
      }),
    )
    .describe('印刷したと確かめた紙のほかの紙。はじめの500枚まで。'),
  may: z.array(z.enum(['reconcile', 'close', 'reprint'])),
})
export type PrintRunDetail = z.infer<typeof PrintRunDetail>

export const PrintRunPart = z.object({ part: z.coerce.number().int().min(1).optional() })

/** 紙の照合 — every code once; `rest` says what became of those that no list names. */
export const ReconcilePrintRun = z.object({
  version,
  printed: z.array(z.string().max(40)).max(100_000),
  spoiled: z.array(z.string().max(40)).max(10_000),
  notPrinted: z.array(z.string().max(40)).max(100_000),
})
export const ReconciledPrintRun = z.object({
  run: PrintRun,
  strangers: z.array(z.string()).describe('この束にない符号'),
  twice: z.array(z.string()).describe('2度読んだ、または前の照合とちがう符号'),
  sentence: z.string(),
})
export const ChangePrintRun = z.object({ version })
export type ReconciledPrintRun = z.infer<typeof ReconciledPrintRun>

/** 待っている人 — no document is made for them yet, and why. */
export const WaitingCertificates = z.object({
  checkedAt: instant,
  total: z.int(),
  reasons: z.array(z.object({ code: z.string(), sentence: z.string(), persons: z.int() })),
  rows: z.array(
    z.object({
      person: reference,
      name: z.string(),
      municipality: z.string(),
      since: plainDate,
      sentences: z.array(z.string()),
    }),
  ),
})
export type WaitingCertificates = z.infer<typeof WaitingCertificates>

/** 2人目を待つ特別療養費の案 */
export const SpecialTreatmentProposals = z.object({
  checkedAt: instant,
  rows: z.array(
    z.object({
      person: reference,
      name: z.string(),
      municipality: z.string(),
      actName: z.string(),
      effectiveOn: plainDate,
      by: z.string(),
      at: instant,
    }),
  ),
})
export type SpecialTreatmentProposals = z.infer<typeof SpecialTreatmentProposals>

/** マイナ保険証が変わった人 — whoever is left without a card that works, and the document that is due ex officio. */
export const CardChanges = z.object({
  checkedAt: instant,
  listAsOf: z.string().nullable(),
  more: z.boolean(),
  rows: z.array(
    z.object({
      person: reference,
      name: z.string(),
      municipality: z.string(),
      stateName: z.string(),
      since: plainDate.nullable(),
      source: z.string(),
      documentName: z.string(),
    }),
  ),
})
export type CardChanges = z.infer<typeof CardChanges>

/** 紙を確かめていない文書 — the day does not end well with one of these. */
export const UnconfirmedCertificates = z.object({
  checkedAt: instant,
  rows: z.array(
    z.object({
      certificate: reference,
      person: reference,
      name: z.string(),
      documentName: z.string(),
      state: CertificateState,
      stateName: z.string(),
      issuedAt: instant,
      issuedBy: z.string(),
    }),
  ),
})
export type UnconfirmedCertificates = z.infer<typeof UnconfirmedCertificates>
