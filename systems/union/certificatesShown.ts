import { may } from '@koiki/access'
import {
  actNames,
  asOfText,
  type Contents,
  type Due,
  documentNames,
  documentSheet,
  formOf,
  groundSentence,
  type Issue,
  type IssuingOffice,
  insuranceCardStates,
  type MailingAddress,
  missingSentence,
  type PersonDocuments,
  type PrintRun,
  possibleActs,
  possibleReasons,
  reasonNames,
  rowsOf,
  type SpecialTreatmentContent,
  type SpecialTreatmentGround,
  specialTreatmentGrounds,
  stopSentence,
  tailOf,
} from '@koiki/certificates'
import { formatWareki, type PlainDate } from '@koiki/kernel'
import { printEligibilityDocuments } from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import type {
  Certificate,
  CertificateDue,
  PersonCertificates,
  PrintRun as PrintRunShown,
} from './api/certificates.ts'
import { Refusal } from './failure.ts'
import { municipalityName, unionName } from './places.ts'
import { packCertificate, packUuid } from './reference.ts'
import type { Call } from './route.ts'

type AnyCall = Call<never, never> | Call
type Item = { readonly label: string; readonly value: string }

/** 発行する広域連合 — as the paper of one municipality's people names it. */
export const officeOf = (union: string, municipality: string): IssuingOffice => ({
  insurerName: unionName(union),
  contact: `${municipalityName(municipality)}の後期高齢者医療の窓口`,
})

/** 記載 — the lines of the paper, as they are printed. */
const contentsShown = (contents: Contents, union: string): Item[] =>
  rowsOf(contents, unionName(union)).map(({ label, value, note }) => ({
    label,
    value: note === undefined ? value : `${value}(${note})`,
  }))

/** ちがうところ — line by line, as the two papers say it. */
function changesShown(
  before: Contents,
  after: Contents,
  union: string,
): z.infer<typeof CertificateDue>['changes'] {
  const old = new Map(contentsShown(before, union).map(({ label, value }) => [label, value]))
  const now = new Map(contentsShown(after, union).map(({ label, value }) => [label, value]))
  const kinds =
    before.document === after.document
      ? []
      : [
          {
            label: '文書',
            before: documentNames[before.document],
            after: documentNames[after.document],
          },
        ]
  return [
    ...kinds,
    ...[...new Set([...old.keys(), ...now.keys()])]
      .filter((label) => old.get(label) !== now.get(label))
      .map((label) => ({
        label,
        before: old.get(label) ?? 'なし',
        after: now.get(label) ?? 'なし',
      })),
  ]
}

const titles: Readonly<Record<Due['kind'], string>> = {
  due: '出すべき文書があります',
  held: '出すべき文書はそろっています',
  waiting: '足りないものがあるので、文書を作れません',
}

function dueShown(documents: PersonDocuments, union: string): z.infer<typeof CertificateDue> {
  const { due, examined } = documents
  if (due === null)
    return {
      state: 'none',
      title: 'きょうは被保険者ではないので、文書を出しません',
      reason: null,
      reasonName: null,
      document: null,
      documentName: null,
      grounds: [],
      missing: [],
      contents: [],
      changes: [],
    }
  const contents = due.kind === 'waiting' ? null : due.contents
  const held = examined?.held?.contents
  return {
    state: due.kind,
    title: titles[due.kind],
    reason: due.kind === 'due' ? due.reason : null,
    reasonName: due.kind === 'due' ? reasonNames[due.reason] : null,
    document: contents?.document ?? null,
    documentName: contents === null ? null : documentNames[contents.document],
    grounds: due.grounds.map((ground) => ({
      code: ground.code,
      met: ground.met,
      ...groundSentence(ground),
    })),
    missing:
      due.kind === 'waiting'
        ? due.missing.map((one) => ({ code: one.code, sentence: missingSentence(one) }))
        : [],
    contents: contents === null ? [] : contentsShown(contents, union),
    changes:
      contents === null || held === undefined || due.kind !== 'due'
        ? []
        : [
            ...changesShown(held, contents, union),
            ...(examined?.withheld === true && due.changes.includes('address')
              ? [{ label: '住所', before: '(取扱注意のため表示していません)', after: '記載の省略' }]
              : []),
          ],
  }
}

/** 特別療養費の行いの名 */
export const specialActNames = {
  begin: '特別療養費の支給への変更',
  lift: '特別療養費の支給の終了',
} as const

type Procedure = Omit<SpecialTreatmentContent, 'ground' | 'decidedOn'> & {
  readonly ground: SpecialTreatmentGround | null
  readonly decidedOn: PlainDate | null
}

/** 手続きの日と根拠 — in the order in which they happen. */
function procedureShown(one: Procedure): Item[] {
  const day = (label: string, on: PlainDate | null): Item[] =>
    on === null ? [] : [{ label, value: formatWareki(on, 'long') }]
  return [
    ...(one.ground === null
      ? []
      : [{ label: '根拠', value: specialTreatmentGrounds[one.ground].name }]),
    ...day('事前通知の日', one.notifiedOn),
    ...day('弁明の機会の期限', one.hearingUntil),
    ...(one.hearing === null
      ? []
      : [{ label: '弁明', value: one.hearing === 'heard' ? 'あった' : 'なかった' }]),
    ...day('決定日', one.decidedOn),
    { label: '決定の文書番号', value: one.source },
  ]
}

function proposalShown(
  { specialTreatmentProposal: proposal }: PersonDocuments,
  account: string,
): z.infer<typeof PersonCertificates>['specialTreatmentProposal'] {
  if (proposal === null) return null
  return {
    number: proposal.number,
    act: proposal.act,
    actName: specialActNames[proposal.act],
    effectiveOn: proposal.effectiveOn,
    procedure: procedureShown(proposal),
    by: proposal.by,
    at: proposal.proposedAt,
    mine: proposal.account === account,
  }
}

/** どちらを、なぜ使うか — of the two that spoke of the card. */
function cardReason({ insuranceCards, insuranceCardListAsOf }: PersonDocuments): string {
  const list =
    insuranceCardListAsOf === null ? '' : `(最後の一覧は${asOfText(insuranceCardListAsOf)})`
  switch (insuranceCards?.because) {
    case 'listAlone':
      return `中間サーバーの一覧を使っています${list}。手の入力はありません。`
    case 'listLater':
      return `手で入れたあとに一覧が変わったので、一覧を使っています${list}。`
    case 'followsList':
      return `手の入力をやめたので、一覧を使っています${list}。`
    case 'handLater':
      return `一覧のあとに手で入れたので、手の入力を使っています${list}。一覧が変われば、一覧を使います。`
    default:
      return `手の入力を使っています。この人のことは、一覧にまだありません${list}。`
  }
}

function toldShown(
  cards: PersonDocuments['insuranceCards'],
): z.infer<typeof PersonCertificates>['insuranceCardTold'] {
  if (cards === null) return []
  return (['list', 'hand'] as const).flatMap((from) => {
    const one = cards[from]
    if (one === null) return []
    const { state, since, source, knownAt, electronicCertificateUntil: until } = one
    const stateName =
      state === 'followsList' ? '手の入力をやめた(一覧に従う)' : insuranceCardStates[state]
    return [{ from, stateName, since, source, knownAt, until, used: cards.from === from }]
  })
}

const destinationNames = {
  address: '住民票の住所',
  registered: '登録した送付先',
  stopped: '郵送できない',
} as const

/** 一人の文書の見え方 — without any address: where the mail goes is said by its kind. */
export function personCertificatesShown(
  tx: Transaction,
  call: AnyCall,
  documents: PersonDocuments,
): z.infer<typeof PersonCertificates> {
  const { destination, insuranceCard, specialTreatment } = documents
  const { session, references } = call
  const union = call.scope.union
  const issues = may(session, 'certificate.issue') && documents.examined !== null
  return {
    checkedAt: tx.now,
    on: documents.on,
    person: references.write('person', BigInt(documents.subjectKey)),
    version: documents.version,
    handleWithCare: documents.examined?.withheld ?? false,
    due: dueShown(documents, union),
    reasons: possibleReasons(documents).map(({ reason, suggested, impossible }) => ({
      value: reason,
      label: reasonNames[reason],
      suggested,
      impossible,
    })),
    destination:
      destination === null
        ? null
        : {
            kind: destination.kind,
            kindName: destinationNames[destination.kind],
            stops:
              destination.kind === 'stopped'
                ? destination.stops.map((code) => ({ code, sentence: stopSentence(code) }))
                : [],
            confirmable:
              destination.kind === 'stopped' && destination.stops.includes('addressShared'),
            confirmedAddress:
              documents.confirmedAddress === null
                ? null
                : {
                    by: documents.confirmedAddress.by,
                    at: documents.confirmedAddress.at,
                    note: documents.confirmedAddress.note,
                  },
          },
    insuranceCard:
      insuranceCard === null
        ? null
        : {
            state: insuranceCard.state,
            stateName: insuranceCardStates[insuranceCard.state],
            since: insuranceCard.since,
            source: insuranceCard.source,
            knownAt: documents.insuranceCardKnownAt ?? tx.now,
            from: documents.insuranceCards?.from ?? 'hand',
            because: cardReason(documents),
          },
    insuranceCardTold: toldShown(documents.insuranceCards),
    insuranceCardListAsOf:
      documents.insuranceCardListAsOf === null ? null : asOfText(documents.insuranceCardListAsOf),
    specialTreatment,
    specialTreatmentProposal: proposalShown(documents, session.account.id),
    specialTreatmentEvents: documents.specialTreatmentEvents.map((event) => ({
      act: event.act,
      actName: specialActNames[event.act],
      effectiveOn: event.effectiveOn,
      procedure: procedureShown(event),
      by: event.proposedBy === null ? event.by : `${event.proposedBy}、${event.by}`,
      at: event.at,
    })),
    specialTreatmentGrounds: Object.entries(specialTreatmentGrounds).map(
      ([value, { act, name }]) => ({ value: value as SpecialTreatmentGround, label: name, act }),
    ),
    certificates: documents.issues.map((issue) => certificateShown(call, issue, documents.on)),
    may: [
      ...(issues ? (['issue', 'confirmDestination'] as const) : []),
      ...(may(session, 'certificate.record') ? (['recordCard'] as const) : []),
      ...(may(session, 'certificate.special') ? (['recordSpecialTreatment'] as const) : []),
      ...(may(session, 'certificate.specialAnswer') ? (['answerSpecialTreatment'] as const) : []),
    ],
  }
}

const stateNames: Readonly<Record<Issue['state'], string>> = {
  instructed: '印刷前',
  printed: '紙を確かめた',
  handedOver: '渡した',
  returned: '返戻',
  recollected: '回収した',
  lost: '紛失',
  cancelled: '発行を取りやめた',
}

export const sheetStateNames = {
  instructed: '頼んだ',
  printed: '印刷できた',
  spoiled: 'よごれ',
  notPrinted: '出なかった',
} as const

const voidNames: Readonly<Record<NonNullable<Issue['voidReason']>, string>> = {
  replaced: '新しい文書を交付した',
  lossOfEligibility: '資格を失った',
  moved: '別の市区町村に移った',
  lost: 'なくした',
  recollected: '回収した',
  cancelled: '発行を取りやめた',
}

/** 文書の見え方 */
export function certificateShown(
  call: AnyCall,
  issue: Issue,
  on: PlainDate,
): z.infer<typeof Certificate> {
  const { contents, voidOn } = issue
  const used = issue.state === 'handedOver' || issue.state === 'returned'
  return {
    certificate: call.references.write('certificate', packCertificate(issue)),
    number: issue.issueNumber,
    document: issue.document,
    documentName: documentNames[issue.document],
    reason: issue.reason,
    reasonName: reasonNames[issue.reason],
    again: issue.issueNumber > 1,
    manner: issue.manner,
    delivery: issue.delivery,
    effectiveFrom: contents.effectiveFrom,
    validUntil: contents.validUntil,
    issuedOn: issue.issuedOn,
    issuedBy: issue.issuedBy,
    state: issue.state,
    stateName: stateNames[issue.state],
    valid:
      used &&
      contents.effectiveFrom <= on &&
      contents.validUntil >= on &&
      (voidOn === null || voidOn > on),
    voidOn,
    voidReason: issue.voidReason === null ? null : voidNames[issue.voidReason],
    contents: contentsShown(contents, call.scope.union),
    sheets: issue.sheets.map((sheet) => ({
      copy: sheet.copy,
      // While a sheet waits to be looked at, only the paper itself tells its last digits.
      tail: sheet.state === 'instructed' ? '' : tailOf(sheet.code),
      state: sheet.state,
      stateName: sheetStateNames[sheet.state],
      instructedAt: sheet.instructedAt,
      settledAt: sheet.settledAt,
      settledBy: sheet.settledBy,
    })),
    events: [
      { at: issue.issuedAt, act: '発行した', by: issue.issuedBy, note: reasonNames[issue.reason] },
      ...issue.events.map(({ at, act, by, note }) => ({ at, act: actNames[act], by, note })),
    ],
    version: issue.version,
    may: may(call.session, 'certificate.issue') ? [...possibleActs(issue)] : [],
  }
}

/** 刷れる紙 */
type Printable = {
  readonly contents: Contents
  readonly issuedOn: PlainDate
  readonly code: string
  readonly mailing: MailingAddress | null
}

/**
 * 文書のPDF — of sheets of one form. The same sheets give the same bytes, whenever they are asked for: what was previewed is
 * what is printed. A sheet that cannot be printed stops the one that was asked for.
 */
export function documentsPdf(
  call: AnyCall,
  municipality: string,
  sheets: readonly Printable[],
): Buffer {
  const [first] = sheets
  if (first === undefined)
    throw new Refusal(
      409,
      'NOTHING_TO_PRINT',
      '印刷する紙がありません。束や文書の様子を確かめてください。',
    )
  const office = officeOf(call.scope.union, municipality)
  const { pdf, stopped } = printEligibilityDocuments(
    formOf(first.contents.document),
    sheets.map((sheet) => documentSheet(sheet, office)),
    {
      issuer: office.insurerName,
      mock: call.parts.invented,
      printedAt: Math.floor(Date.parse(`${first.issuedOn}T00:00:00+09:00`) / 1000),
    },
  )
  if (pdf === null || stopped.length > 0)
    throw new Refusal(409, 'SHEET_STOPPED', stopped[0]?.sentence ?? '印字できませんでした。')
  return pdf
}

/** 束の見え方 */
export const printRunShown = (call: AnyCall, run: PrintRun): z.infer<typeof PrintRunShown> => ({
  run: call.references.write('printRun', packUuid(run.runId)),
  municipality: municipalityName(run.municipality),
  title: run.title,
  madeOn: run.madeOn,
  state: run.closedAt === null ? 'open' : 'closed',
  closedAt: run.closedAt,
  closedBy: run.closedBy,
  sheets: run.sheets,
  printed: run.printed,
  spoiled: run.spoiled,
  notPrinted: run.notPrinted,
  left: run.left,
  version: run.version,
})
