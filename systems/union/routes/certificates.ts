import { may } from '@koiki/access'
import {
  answerSpecialTreatment,
  asOfText,
  CertificateRefused,
  type Clerk,
  closePrintRun,
  confirmDestination,
  documentNames,
  findCardChanges,
  findLastList,
  findPrintRuns,
  findProposals,
  findRunPart,
  findUnconfirmed,
  findUnprintedSheets,
  findWaiting,
  type Handling,
  handleCertificate,
  type Issue,
  insuranceCardStates,
  issueCertificate,
  missingSentence,
  previewIssue,
  proposeSpecialTreatment,
  readPersonDocuments,
  readRun,
  reconcilePrintRun,
  recordInsuranceCard,
  reprintPrintRun,
  withdrawAddressConfirmation,
} from '@koiki/certificates'
import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import {
  AnswerSpecialTreatment,
  CancelCertificate,
  CardChanges,
  Certificate,
  ChangePrintRun,
  ConfirmCertificate,
  ConfirmDestination,
  HandOverCertificate,
  IssueCertificate,
  LoseCertificate,
  PersonCertificates,
  PreviewCertificate,
  PrintRun,
  PrintRunDetail,
  PrintRunPart,
  PrintRuns,
  RecollectCertificate,
  ReconciledPrintRun,
  ReconcilePrintRun,
  RecordInsuranceCard,
  RecordSpecialTreatment,
  ReturnCertificate,
  SpecialTreatmentProposals,
  SpoilCertificate,
  UnconfirmedCertificates,
  WaitingCertificates,
} from '../api/certificates.ts'
import {
  certificateShown,
  documentsPdf,
  personCertificatesShown,
  printRunShown,
  sheetStateNames,
  specialActNames,
} from '../certificatesShown.ts'
import { changedBefore, nothing, Refusal, refused } from '../failure.ts'
import { type LookAct, leaveLook } from '../look.ts'
import { municipalityName } from '../places.ts'
import { packCertificate, unpackCertificate, unpackUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'

type AnyCall = Call<never, never> | Call

const both = ['counter', 'union'] as const
const listMax = 500
/** Sheets of one PDF: what a printer takes in one go, and what is set within a second. */
const partSize = 500

const clerkOf = (call: AnyCall): Clerk => ({
  account: call.session.actor.id,
  name: call.session.actor.name,
})

/** 断りを伝える — in the words and with the number that a desk knows. */
async function told<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown): never => {
    if (!(error instanceof CertificateRefused)) throw error
    if (error.kind === 'nothing') throw nothing()
    if (error.changed !== null) throw changedBefore(error.changed)
    if (error.kind === 'usedBefore') throw new Refusal(409, 'USED_BEFORE', error.message)
    throw refused(error.message)
  })
}

/** 本人の取引 — within the seat's own scope, with the row of who looked. */
const withPerson = <T>(
  call: AnyCall,
  act: LookAct,
  work: (tx: Transaction, subjectKey: number) => Promise<T>,
): Promise<T> =>
  call.transaction(async (tx) => {
    const subjectKey = Number(call.at('person'))
    const known = await tx.maybe<{ subject_key: number }>(
      'select subject_key from eligibility.person where subject_key = $1::bigint',
      [subjectKey],
    )
    if (known === null) throw nothing()
    await leaveLook(tx, call, act, [subjectKey])
    return told(work(tx, subjectKey))
  })

const shown = async (tx: Transaction, call: AnyCall, subjectKey: number) =>
  personCertificatesShown(tx, call, await readPersonDocuments(tx, subjectKey))

/** 文書に対する行いの道 — one shape for all of them. */
const handled = async (call: AnyCall, version: number, handling: Handling) =>
  call.transaction(async (tx) => {
    const place = unpackCertificate(call.at('certificate'))
    const issue = await told(handleCertificate(tx, place, version, handling, clerkOf(call)))
    await leaveLook(tx, call, 'certificate.handle', [place.subjectKey])
    return certificateShown(call, issue, tx.today)
  })

const pdfAnswer = { file: 'application/pdf' } as const

export const certificateRoutes = [
  route({
    method: 'GET',
    path: '/people/:person/certificates',
    summary: '資格確認書等: 持っている文書、出すべき文書とその理由、送り先の様子',
    realms: both,
    needs: 'certificate.read',
    ofPerson: true,
    answer: PersonCertificates,
    handle: (call) =>
      withPerson(call, 'certificate.read', (tx, subjectKey) => shown(tx, call, subjectKey)),
  }),
  route({
    method: 'POST',
    path: '/people/:person/certificates/preview',
    summary: '見本(PDF)。発行して刷るものと同じバイト。何も残さず、だれが見たかだけを残す。',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: PreviewCertificate,
    answer: pdfAnswer,
    raw: true,
    handle: async (call) => {
      const pdf = await withPerson(call, 'certificate.preview', async (tx, subjectKey) => {
        const { issue, code } = await previewIssue(tx, { subjectKey, ...call.body })
        return documentsPdf(call, issue.municipality, [{ ...issue, issuedOn: tx.today, code }])
      })
      return call.reply.type('application/pdf').send(pdf)
    },
  }),
  route({
    method: 'POST',
    path: '/people/:person/certificates/issue',
    summary: '1通を発行する(1-7、1-8)。同じ request は1通になる。',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: IssueCertificate,
    answer: Certificate,
    handle: (call) =>
      withPerson(call, 'certificate.issue', async (tx, subjectKey) => {
        const { note, ...request } = call.body
        const prepared = { ...request, subjectKey, note: note ?? null }
        const issue = await issueCertificate(tx, prepared, clerkOf(call))
        // What cannot be printed is not issued: the sheet is set once before the act counts.
        if (issue.state === 'instructed') documentsPdf(call, issue.municipality, [sheetOf(issue)])
        return certificateShown(call, issue, tx.today)
      }),
  }),
  route({
    method: 'POST',
    path: '/people/:person/insurance-card',
    summary: 'マイナ保険証の状況を、出どころとともに入れる',
    realms: both,
    needs: 'certificate.record',
    ofPerson: true,
    body: RecordInsuranceCard,
    answer: PersonCertificates,
    handle: (call) =>
      withPerson(call, 'certificate.record', async (tx, subjectKey) => {
        const effectiveOn = call.body.effectiveOn as PlainDate
        await recordInsuranceCard(tx, { ...call.body, subjectKey, effectiveOn }, clerkOf(call))
        return shown(tx, call, subjectKey)
      }),
  }),
  route({
    method: 'POST',
    path: '/people/:person/special-treatment',
    summary: '特別療養費の支給への変更とその終わりの案を、滞納の手続きの日とともに入れる(法82条)',
    realms: ['union'],
    needs: 'certificate.special',
    ofPerson: true,
    body: RecordSpecialTreatment,
    answer: PersonCertificates,
    handle: (call) =>
      withPerson(call, 'certificate.record', async (tx, subjectKey) => {
        const { effectiveOn, notifiedOn, hearingUntil, decidedOn, ...rest } = call.body
        const proposal = {
          ...rest,
          subjectKey,
          effectiveOn: effectiveOn as PlainDate,
          notifiedOn: notifiedOn as PlainDate | null,
          hearingUntil: hearingUntil as PlainDate | null,
          decidedOn: decidedOn as PlainDate,
        }
        await proposeSpecialTreatment(tx, proposal, clerkOf(call))
        return shown(tx, call, subjectKey)
      }),
  }),
  route({
    method: 'POST',
    path: '/people/:person/special-treatment/answer',
    summary: '特別療養費の案に、2人目として答える。確かめれば効く。',
    realms: ['union'],
    needs: 'certificate.specialAnswer',
    ofPerson: true,
    body: AnswerSpecialTreatment,
    answer: PersonCertificates,
    handle: (call) =>
      withPerson(call, 'certificate.record', async (tx, subjectKey) => {
        await answerSpecialTreatment(tx, { ...call.body, subjectKey }, clerkOf(call))
        return shown(tx, call, subjectKey)
      }),
  }),
  route({
    method: 'GET',
    path: '/certificates/special-treatment-proposals',
    summary: '2人目の確かめを待つ特別療養費の案',
    realms: ['union'],
    needs: 'certificate.specialAnswer',
    answer: SpecialTreatmentProposals,
    handle: (call) =>
      call.transaction(async (tx) => {
        const rows = await findProposals(tx, listMax)
        await leaveLook(
          tx,
          call,
          'certificate.list',
          rows.map(({ subjectKey }) => subjectKey),
        )
        return {
          checkedAt: tx.now,
          rows: rows.map(
            ({ subjectKey, name, municipality, act, effectiveOn, by, proposedAt }) => ({
              person: call.references.write('person', BigInt(subjectKey)),
              name,
              municipality: municipalityName(municipality),
              actName: specialActNames[act],
              effectiveOn,
              by,
              at: proposedAt,
            }),
          ),
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/people/:person/destination-confirmation',
    summary: '「同じ住所・別の世帯」の宛先を、人が確かめたと記録する',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: ConfirmDestination,
    answer: PersonCertificates,
    handle: (call) =>
      withPerson(call, 'certificate.record', async (tx, subjectKey) => {
        await confirmDestination(tx, { ...call.body, subjectKey }, clerkOf(call))
        return shown(tx, call, subjectKey)
      }),
  }),
  route({
    method: 'POST',
    path: '/people/:person/destination-confirmation/withdraw',
    summary: '住所の確かめを取り消す。同じ住所の別の世帯は、もう一度止まる。',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: ConfirmDestination,
    answer: PersonCertificates,
    handle: (call) =>
      withPerson(call, 'certificate.record', async (tx, subjectKey) => {
        await withdrawAddressConfirmation(tx, { ...call.body, subjectKey }, clerkOf(call))
        return shown(tx, call, subjectKey)
      }),
  }),
  route({
    method: 'GET',
    path: '/certificates/:certificate/pdf',
    summary: '刷る紙(PDF)。紙を確かめるまで、何度でも同じバイト。',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    answer: pdfAnswer,
    raw: true,
    handle: async (call) => {
      const pdf = await call.transaction(async (tx) => {
        const place = unpackCertificate(call.at('certificate'))
        const { issues } = await readPersonDocuments(tx, place.subjectKey)
        const issue = issues.find(
          ({ municipality, issueNumber }) =>
            municipality === place.municipality && issueNumber === place.issueNumber,
        )
        if (issue === undefined) throw nothing()
        if (issue.state !== 'instructed' || issue.sheets.at(-1)?.runId !== null)
          throw refused(
            `この${documentNames[issue.document]}の紙は、もう確かめてあるか、束で印刷するものです。刷り直すときは、よごれた紙として入れるか、再交付として発行してください。`,
          )
        if (issue.addressHidden)
          throw refused(
            `この${documentNames[issue.document]}を発行した後に取扱注意になりました。隠す住所が載るので、刷れません。発行を取りやめて、手渡しで発行し直してください。`,
          )
        await leaveLook(tx, call, 'certificate.preview', [place.subjectKey])
        return documentsPdf(call, issue.municipality, [sheetOf(issue)])
      })
      return call.reply.type('application/pdf').send(pdf)
    },
  }),
  route({
    method: 'POST',
    path: '/certificates/:certificate/confirm',
    summary: '紙を確かめた(1-8)。下4けたを紙から打つ。前の文書はここで無効になる。',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: ConfirmCertificate,
    answer: Certificate,
    handle: (call) =>
      handled(call, call.body.version, { act: 'confirm', tail: call.body.tail.trim() }),
  }),
  route({
    method: 'POST',
    path: '/certificates/:certificate/spoiled',
    summary: 'よごれ・出ない。その紙を無効にして、次の紙を用意する。',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: SpoilCertificate,
    answer: Certificate,
    handle: (call) => handled(call, call.body.version, { act: 'spoiled', cause: call.body.cause }),
  }),
  route({
    method: 'POST',
    path: '/certificates/:certificate/hand-over',
    summary: '渡した(1-9)',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: HandOverCertificate,
    answer: Certificate,
    handle: (call) => {
      const { version, to, signed, proxy } = call.body
      return handled(call, version, { act: 'hand-over', to, signed, proxy: proxy ?? null })
    },
  }),
  route({
    method: 'POST',
    path: '/certificates/:certificate/return',
    summary: '返戻を受けた',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: ReturnCertificate,
    answer: Certificate,
    handle: (call) => {
      const { version, on, cause, note } = call.body
      return handled(call, version, {
        act: 'return',
        on: on as PlainDate,
        cause,
        note: note ?? null,
      })
    },
  }),
  route({
    method: 'POST',
    path: '/certificates/:certificate/lost',
    summary: '紛失を受けた。その日から使えない。',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: LoseCertificate,
    answer: Certificate,
    handle: (call) => {
      const { version, on, note } = call.body
      return handled(call, version, { act: 'lost', on: on as PlainDate, note: note ?? null })
    },
  }),
  route({
    method: 'POST',
    path: '/certificates/:certificate/recollect',
    summary: '回収した',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: RecollectCertificate,
    answer: Certificate,
    handle: (call) => {
      const { version, on, note } = call.body
      return handled(call, version, { act: 'recollect', on: on as PlainDate, note: note ?? null })
    },
  }),
  route({
    method: 'POST',
    path: '/certificates/:certificate/cancel',
    summary: '渡す前の文書の発行を取りやめる',
    realms: both,
    needs: 'certificate.issue',
    ofPerson: true,
    body: CancelCertificate,
    answer: Certificate,
    handle: (call) => handled(call, call.body.version, { act: 'cancel', reason: call.body.reason }),
  }),
  route({
    method: 'GET',
    path: '/certificates/unconfirmed',
    summary: '紙をまだ確かめていない文書',
    realms: both,
    needs: 'certificate.issue',
    answer: UnconfirmedCertificates,
    handle: (call) =>
      call.transaction(async (tx) => {
        const rows = await findUnconfirmed(tx, listMax)
        await leaveLook(
          tx,
          call,
          'certificate.list',
          rows.map(({ subjectKey }) => subjectKey),
        )
        return {
          checkedAt: tx.now,
          rows: rows.map((row) => ({
            certificate: call.references.write('certificate', packCertificate(row)),
            person: call.references.write('person', BigInt(row.subjectKey)),
            name: row.name,
            documentName: documentNames[row.document],
            state: row.state,
            stateName: '印刷前',
            issuedAt: row.issuedAt,
            issuedBy: row.issuedBy,
          })),
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/certificates/card-changes',
    summary: 'マイナ保険証が使えなくなり、申請によらず資格確認書を交付する人',
    realms: both,
    needs: 'certificate.read',
    answer: CardChanges,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { changes, more } = await findCardChanges(tx, listMax)
        const list = await findLastList(tx)
        await leaveLook(
          tx,
          call,
          'certificate.list',
          changes.map(({ subjectKey }) => subjectKey),
        )
        return {
          checkedAt: tx.now,
          listAsOf: list === null ? null : asOfText(list.asOf),
          more,
          rows: changes.map(({ subjectKey, municipality, name, card, due }) => ({
            person: call.references.write('person', BigInt(subjectKey)),
            name,
            municipality: municipalityName(municipality),
            stateName: card === null ? '状況が分からない' : insuranceCardStates[card.state],
            since: card?.since ?? null,
            source: card?.source ?? '',
            documentName: documentNames[due.contents.document],
          })),
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/certificates/waiting',
    summary: '一括発行で文書を作れなかった人と、そのわけ',
    realms: both,
    needs: 'certificate.read',
    answer: WaitingCertificates,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { total, reasons, rows } = await findWaiting(tx, listMax)
        await leaveLook(
          tx,
          call,
          'certificate.list',
          rows.map(({ subjectKey }) => subjectKey),
        )
        return {
          checkedAt: tx.now,
          total,
          reasons: reasons.map(({ missing, persons }) => ({
            code: missing.code,
            sentence: missingSentence(missing),
            persons,
          })),
          rows: rows.map((row) => ({
            person: call.references.write('person', BigInt(row.subjectKey)),
            name: row.name,
            municipality: municipalityName(row.municipality),
            since: row.since,
            sentences: row.missing.map(missingSentence),
          })),
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/print-runs',
    summary: '印刷の束: 市区町村ごとの枚数と、照合の様子',
    realms: both,
    needs: 'certificate.issue',
    answer: PrintRuns,
    handle: (call) =>
      call.transaction(async (tx) => ({
        checkedAt: tx.now,
        runs: (await findPrintRuns(tx)).map((run) => printRunShown(call, run)),
      })),
  }),
  route({
    method: 'GET',
    path: '/print-runs/:printRun',
    summary: '束の中の、まだ確かめていない紙',
    realms: both,
    needs: 'certificate.issue',
    answer: PrintRunDetail,
    handle: (call) =>
      call.transaction(async (tx) => {
        const runId = unpackUuid(call.at('printRun'))
        const run = await told(readRun(tx, runId))
        const sheets = await findUnprintedSheets(tx, runId, listMax)
        const open = run.closedAt === null && may(call.session, 'certificate.issue')
        return {
          checkedAt: tx.now,
          run: printRunShown(call, run),
          parts: Math.ceil(run.sheets / partSize),
          sheets: sheets.map(({ place, code, state, addressHidden }) => ({
            place,
            code,
            state,
            stateName: addressHidden
              ? `${sheetStateNames[state]}(取扱注意になったので、刷らない)`
              : sheetStateNames[state],
          })),
          may: [
            ...(open ? (['reconcile'] as const) : []),
            ...(open && run.left === 0 ? (['close'] as const) : []),
            ...(run.spoiled + run.notPrinted > 0 ? (['reprint'] as const) : []),
          ],
        }
      }),
  }),
  route({
    method: 'GET',
    path: '/print-runs/:printRun/pdf',
    summary: '束のPDF。1つに500枚まで、part で順に。',
    realms: both,
    needs: 'certificate.issue',
    query: PrintRunPart,
    answer: pdfAnswer,
    raw: true,
    handle: async (call) => {
      const part = call.query.part ?? 1
      const pdf = await call.transaction(async (tx) => {
        const runId = unpackUuid(call.at('printRun'))
        const run = await told(readRun(tx, runId))
        const sheets = await findRunPart(tx, runId, (part - 1) * partSize + 1, part * partSize)
        await leaveLook(
          tx,
          call,
          'certificate.print',
          sheets.map(({ subjectKey }) => subjectKey),
        )
        return documentsPdf(call, run.municipality, sheets)
      })
      return call.reply.type('application/pdf').send(pdf)
    },
  }),
  route({
    method: 'POST',
    path: '/print-runs/:printRun/reconcile',
    summary:
      '紙の符号で、刷れた・よごれた・出なかったを言う。知らない符号が1つでもあれば、何も入れない。',
    realms: both,
    needs: 'certificate.issue',
    body: ReconcilePrintRun,
    answer: ReconciledPrintRun,
    handle: (call) =>
      call.transaction(async (tx) => {
        const { version, ...codes } = call.body
        const runId = unpackUuid(call.at('printRun'))
        const { run, strangers, twice } = await told(
          reconcilePrintRun(tx, runId, version, codes, clerkOf(call)),
        )
        return {
          run: printRunShown(call, run),
          strangers: strangers.slice(0, listMax),
          twice: twice.slice(0, listMax),
          sentence: reconciledSentence(run.left, strangers.length, twice.length),
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/print-runs/:printRun/close',
    summary: '束を閉じる。すべての紙がどうなったか分かってから。',
    realms: both,
    needs: 'certificate.issue',
    body: ChangePrintRun,
    answer: PrintRun,
    handle: (call) =>
      call.transaction(async (tx) => {
        const runId = unpackUuid(call.at('printRun'))
        return printRunShown(
          call,
          await told(closePrintRun(tx, runId, call.body.version, clerkOf(call))),
        )
      }),
  }),
  route({
    method: 'POST',
    path: '/print-runs/:printRun/reprint',
    summary: 'よごれた紙と出なかった紙を、新しい束で刷り直す',
    realms: both,
    needs: 'certificate.issue',
    body: ChangePrintRun,
    answer: PrintRun,
    handle: (call) =>
      call.transaction(async (tx) => {
        const runId = unpackUuid(call.at('printRun'))
        return printRunShown(call, await told(reprintPrintRun(tx, runId, call.body.version)))
      }),
  }),
]

const sheetOf = (issue: Issue) => ({ ...issue, code: issue.sheets.at(-1)!.code })

function reconciledSentence(left: number, strangers: number, twice: number): string {
  if (strangers + twice > 0)
    return `この束にない符号が${strangers}枚、言い方のちがう符号が${twice}枚あるので、何も入れていません。その紙がだれのものか確かめて、もう一度読んでください。`
  return left === 0
    ? 'すべての紙を確かめました。束を閉じられます。'
    : `残りは${left}枚です。その紙の符号も読んでください。`
}
