import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { specialTreatmentGrounds } from '../certificate.ts'
import {
  findProposal,
  insertAnswer,
  insertProposal,
  insertSpecialTreatment,
  type SpecialTreatmentContent,
} from '../store/specialTreatments.ts'
import { type Clerk, refuse } from './clerk.ts'
import type { PersonDocuments } from './personDocuments.ts'
import { plainly, type Seen, seen } from './tellFacts.ts'

/**
 * 特別療養費の案を入れる (法82条) — what the arrears procedure decided, by the first of two persons: a beginning needs the
 * notice, the chance to be heard and the decision in this order, and a lifting needs a beginning. Nothing changes yet.
 */
export async function proposeSpecialTreatment(
  tx: Transaction,
  told: Seen & SpecialTreatmentContent,
  clerk: Clerk,
): Promise<void> {
  const documents = await seen(tx, told)
  const waiting = await findProposal(tx, told.subjectKey)
  if (waiting !== null)
    throw refuse(
      `${waiting.by}さんの案が2人目の確かめを待っているので、入れていません。先にその案を確かめるか、差し戻してください。`,
    )
  const faults = faultsOf(told, documents, tx.today)
  if (faults.length > 0) throw refuse(faults.join(''))
  await insertProposal(tx, documents.examined, told, clerk).catch(plainly)
}

/** 案に答える — by another person than the one who made it; agreed, it takes effect with the procedure's days. */
export async function answerSpecialTreatment(
  tx: Transaction,
  told: Seen & {
    readonly proposal: number
    readonly answer: 'agreed' | 'rejected'
    readonly reason: string | null
  },
  clerk: Clerk,
): Promise<void> {
  const documents = await seen(tx, told)
  const proposal = await findProposal(tx, told.subjectKey)
  if (proposal?.number !== told.proposal)
    throw refuse('この案には、もうほかの人が答えています。画面を最新にして(F5)確かめてください。')
  if (proposal.account === clerk.account)
    throw refuse(
      '案を入れた人は確かめられません。ほかの職員が、決定の文書と合わせて確かめてください。',
    )
  if (told.answer === 'rejected') {
    if (told.reason === null) throw refuse('差し戻すわけを書いてください。')
  } else {
    // Days pass between the two: what was right then may not be right any more.
    const faults = faultsOf(proposal, documents, tx.today)
    if (faults.length > 0)
      throw refuse(`${faults.join('')}案を差し戻して、入れ直してもらってください。`)
    await insertSpecialTreatment(tx, documents.examined, proposal, {
      ...clerk,
      proposedBy: proposal.by,
    }).catch(plainly)
  }
  await insertAnswer(tx, told.subjectKey, proposal, told, clerk).catch(plainly)
}

function faultsOf(
  {
    act,
    effectiveOn,
    ground,
    notifiedOn,
    hearingUntil,
    hearing,
    decidedOn,
  }: SpecialTreatmentContent,
  { specialTreatment }: PersonDocuments,
  today: PlainDate,
): string[] {
  const faults: string[] = []
  if (specialTreatmentGrounds[ground].act !== act)
    faults.push('根拠が、始まりと終わりとで取り違えられています。根拠を選び直してください。')
  if (decidedOn > today) faults.push('決定日が先の日です。決定してから入れてください。')
  if (act === 'lift') {
    if (specialTreatment === null) return ['特別療養費の対象ではないので、終わりを入れていません。']
    if (effectiveOn < specialTreatment.since)
      faults.push('終わりの日が始まりの日より前です。日付を確かめてください。')
    return faults
  }
  if (specialTreatment !== null)
    return [
      `${formatWareki(specialTreatment.since, 'long')}から、もう特別療養費の対象です。入れていません。`,
    ]
  if (notifiedOn === null)
    faults.push('事前通知の日がありません。通知をしてから、その日を入れてください。')
  if (hearingUntil === null || hearing === null)
    faults.push('弁明の機会の期限か、弁明があったかどうかがありません。')
  if (notifiedOn !== null && hearingUntil !== null && notifiedOn > hearingUntil)
    faults.push('弁明の機会の期限が、事前通知の日より前です。')
  if (hearingUntil !== null && hearingUntil > decidedOn)
    faults.push('決定日が、弁明の機会の期限より前です。期限を待ってから決定してください。')
  if (hearing === 'silent' && hearingUntil === decidedOn)
    faults.push(
      '弁明の機会は、期限の日が終わるまであります。弁明のないときは、翌日から決定できます。',
    )
  if (decidedOn > effectiveOn) faults.push('変わる日が、決定日より前です。日付を確かめてください。')
  return faults
}
