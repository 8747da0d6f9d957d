import { createHash } from 'node:crypto'
import type { Transaction } from '@koiki/store'
import { type Contents, documentNames, type IssueReason } from '../certificate.ts'
import type { MailingAddress } from '../documentSheet.ts'
import { contentsOf } from '../rules/contentsOf.ts'
import { documentFor } from '../rules/documentFor.ts'
import { expiryOf } from '../rules/expiryOf.ts'
import { missingSentence, stopSentence } from '../sentences.ts'
import { sheetCode } from '../sheetCode.ts'
import {
  findIssues,
  type Issue,
  insertIssues,
  isTakenAlready,
  type NewIssue,
} from '../store/issues.ts'
import { CertificateRefused, type Clerk, refuse } from './clerk.ts'
import { type PersonDocuments, possibleReasons, readPersonDocuments } from './personDocuments.ts'

/** 即時発行の頼み */
export type IssueRequest = {
  readonly subjectKey: number
  readonly reason: IssueReason
  readonly delivery: 'handOver' | 'mail'
}

/** 発行の下ごしらえ — the document exactly as it will be, and the code of its first sheet. */
export type PreparedIssue = {
  readonly issue: Omit<NewIssue, 'by'>
  readonly code: string
}

/**
 * 見本 — the document as it would be issued now: the same contents and the same code, so that the preview is the file
 * that is printed. Refused, with every reason at once, where no document may be made.
 */
export function prepareIssue(
  documents: PersonDocuments,
  request: IssueRequest,
  issueNumber: number,
): PreparedIssue {
  const { examined, due, on } = documents
  if (examined === null || due === null)
    throw refuse('きょう被保険者ではないので、文書を出せません。資格の期間を確かめてください。')
  if (due.kind === 'waiting') throw refuse(due.missing.map(missingSentence).join(' '))
  const offered = possibleReasons(documents).find(({ reason }) => reason === request.reason)
  if (offered === undefined || offered.impossible !== null)
    throw refuse(
      offered?.impossible ??
        'その事由では、いま発行できません。画面を最新にして、事由を選び直してください。',
    )
  const mailing = request.delivery === 'mail' ? mailingOf(documents) : null
  const contents = due.kind === 'due' ? due.contents : contentsNow(documents, request.reason)
  const place = {
    subjectKey: examined.subjectKey,
    municipality: examined.municipality,
    issueNumber,
  }
  return {
    issue: {
      ...place,
      residentKey: examined.residentKey,
      contents: request.reason === 'application' ? asCertificate(contents) : contents,
      reason: request.reason,
      grounds: documentFor(examined.facts, on).grounds,
      mailing: mailing?.address ?? null,
      mailingKind: mailing?.kind ?? null,
    },
    code: sheetCode(contents.insuredNumber, { ...place, copy: 1 }),
  }
}

/** 記載 — as of today, for one who holds a valid document and gets another. */
function contentsNow({ examined, on }: PersonDocuments, reason: IssueReason): Contents {
  const { facts } = examined!
  const expiry = expiryOf(facts, on)
  if (expiry.kind === 'incomplete' || facts.share === null)
    throw refuse('足りないものがあるので、文書を作れません。')
  const { document } = documentFor(facts, on)
  // A copy of a valid paper is the same kind of paper, whatever the person would get today.
  const again = reason === 'reissue' ? (examined!.held?.contents.document ?? document) : document
  return contentsOf(
    { ...facts, share: facts.share },
    { document: again, validUntil: expiry.day },
    on,
  )
}

/** 交付申請 — asks for 資格確認書 whatever the card; the application itself is a filing. */
const asCertificate = (contents: Contents): Contents =>
  contents.document === 'eligibilityInformationNotice'
    ? {
        ...contents,
        document:
          contents.specialTreatmentFrom === null
            ? 'eligibilityCertificate'
            : 'specialEligibilityCertificate',
      }
    : contents

function mailingOf(documents: PersonDocuments): {
  readonly kind: 'address' | 'registered'
  readonly address: MailingAddress
} {
  const { destination } = documents
  if (destination === null) throw refuse('宛先がないので、郵送できません。')
  if (destination.kind === 'stopped') throw refuse(destination.stops.map(stopSentence).join(' '))
  const { kind, ...address } = destination
  return { kind, address }
}

/** 見本をつくる */
export async function previewIssue(tx: Transaction, request: IssueRequest): Promise<PreparedIssue> {
  const documents = await readPersonDocuments(tx, request.subjectKey)
  return prepareIssue(documents, request, nextNumber(documents))
}

/** The number follows from what was read: two who read the same meet at the key, and one of them is told. */
function nextNumber({ examined, issues }: PersonDocuments): number {
  const numbers = issues
    .filter(({ municipality }) => municipality === examined?.municipality)
    .map(({ issueNumber }) => issueNumber)
  return Math.max(0, ...numbers) + 1
}

/**
 * 即時発行 (1-7, 1-8) — one document, once: the same request again answers with the same document, the same number with
 * another content is refused, and who looked at an older state is told who was there first.
 */
export async function issueCertificate(
  tx: Transaction,
  request: IssueRequest & {
    readonly request: string
    readonly version: number
    readonly note: string | null
  },
  clerk: Clerk,
): Promise<Issue> {
  const digest = createHash('sha256')
    .update(JSON.stringify([request.subjectKey, request.reason, request.delivery, request.note]))
    .digest()
  const documents = await readPersonDocuments(tx, request.subjectKey)
  const same = documents.issues.find(({ requestId }) => requestId === request.request)
  if (same !== undefined) {
    if (same.requestDigest?.equals(digest)) return same
    throw new CertificateRefused(
      'usedBefore',
      `この頼みは、別の内容で${documentNames[same.document]}を発行してあります。もう一度は発行していません。画面を最新にして、必要なら新しく発行してください。`,
    )
  }
  if (documents.version !== request.version) throw changedBefore(documents)
  const open = documents.issues.find(({ state }) => state === 'instructed')
  if (open !== undefined && open.manner === 'counter')
    throw refuse(
      '紙を確かめていない文書があるので、次は発行できません。その紙を確かめるか、発行を取りやめてください。',
    )
  const { issue } = prepareIssue(documents, request, nextNumber(documents))
  try {
    await insertIssues(tx, [
      {
        ...issue,
        by: {
          manner: 'counter',
          request: { id: request.request, digest },
          account: clerk.account,
          name: clerk.name,
          note: request.note,
        },
      },
    ])
  } catch (error) {
    if (!isTakenAlready(error)) throw error
    throw new CertificateRefused(
      'refused',
      'ほかの人が同じときに発行したので、こちらは発行していません。画面を最新にして(F5)、出た文書を確かめてください。',
    )
  }
  const made = await findIssues(tx, request.subjectKey)
  return made.find(({ requestId }) => requestId === request.request)!
}

export const changedBefore = ({ last, version }: PersonDocuments): CertificateRefused =>
  new CertificateRefused(
    'changed',
    '先に変わっていたので、何もしていません。',
    last ?? { version, at: '', by: '仕組み', what: '事実を入れた' },
  )
