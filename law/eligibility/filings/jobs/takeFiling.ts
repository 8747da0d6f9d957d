import { createHash } from 'node:crypto'
import { parsePlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Vault } from '@koiki/vault'
import type { Fault, FilingContent, FilingState } from '../filing.ts'
import { isFilingKind, kindOf } from '../kinds.ts'
import { dueDay } from '../rules/dueDay.ts'
import {
  type FilingEvent,
  type FilingPlace,
  type FilingRecord,
  findEvents,
  findFiling,
  insertReceived,
  insertStanding,
  lockReceipts,
  receiptNumberOf,
} from '../store/filings.ts'
import { askFormerInsurer } from '../store/formerInsurer.ts'
import {
  findKnownPerson,
  findResidentByAddressee,
  findResidentOfSubject,
} from '../store/knownPerson.ts'
import type { Answer } from './answer.ts'
import { by, type Clerk, leaveTrace, tellFiling } from './clerk.ts'
import { type BeforeUndo, type DecidedFiling, decideFiling, type Matter } from './decideFiling.ts'
import { examineNumber, typedNumber } from './examineNumber.ts'
import { numberInText, numberInTextSentence } from './numberInText.ts'
import { checkAtOffice } from './officePlace.ts'

/** 届書の相手の指し方 — found by search, or by the 宛名番号 of this municipality. */
export type FilingTarget = { readonly subjectKey: number } | { readonly addresseeNumber: string }

/** 届書一件の受付 */
export type TakeFiling = {
  readonly filingId: string
  /** 受け付ける市区町村; at the union the person's own. */
  readonly municipality: string | null
  readonly target: FilingTarget
  readonly content: FilingContent
  readonly individualNumber: string | null | undefined
  readonly clerk: Clerk
}

export type TakenFiling =
  | { readonly kind: 'stopped'; readonly faults: readonly Fault[] }
  /** The person is not there, or not this office's: told in the same words. */
  | { readonly kind: 'nobody' }
  /** The same number of the desk came before with other content. */
  | { readonly kind: 'conflict'; readonly filing: FilingRecord }
  | {
      readonly kind: 'taken'
      readonly filing: FilingPlace
      readonly state: FilingState
      readonly version: number
      readonly answer: Answer
      readonly dueOn: string
    }

/** 下見 — the same as taking it in, with nothing left behind. */
export type FilingPreview =
  | { readonly kind: 'stopped'; readonly faults: readonly Fault[] }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'shown'; readonly answer: Answer; readonly dueOn: string }

/**
 * 受付・審査・決定 (1-1 … 1-4) — in one transaction over the whole union, because the person may be known in
 * another municipality. All faults of the paper at once; else the answer, with what it did to the rights.
 */
export async function takeFiling(
  tx: Transaction,
  vault: Vault,
  taking: TakeFiling,
): Promise<TakenFiling> {
  const office = await officeOf(tx, taking)
  if (office === null) return { kind: 'nobody' }
  // Whoever else is filing here at this moment goes first: what they tell of the person counts already.
  const last = await lockReceipts(tx, office)
  const matter = await matterOf(tx, taking, office)
  const digest = digestOf(taking, matter)
  const number = typedNumber(taking.individualNumber)
  const earlier = await findFiling(tx, taking.filingId)
  if (earlier !== null) return again(tx, vault, earlier, digest, number)

  const faults = await faultsOf(tx, vault, taking, matter, number)
  if (faults.length > 0) {
    await leaveTrace(tx, taking.clerk, 'filing.stop', 'read', [matter.known?.residentKey ?? null])
    return { kind: 'stopped', faults }
  }
  const token = number === null ? null : ((await vault.tokensOf(tx, [number]))[0] ?? null)
  const filing: FilingRecord = {
    filingId: taking.filingId,
    municipality: matter.municipality,
    receiptNumber: receiptNumberOf(tx, matter.municipality, last + 1),
    kind: taking.content.kind,
    filedOn: taking.content.filedOn,
    receivedAt: tx.now,
    receivedBy: taking.clerk.account.id,
    receivedByName: taking.clerk.account.name,
    digest,
    token,
  }
  const decided = await decideFiling(tx, {
    filing,
    matter,
    content: taking.content,
    token,
    answered: null,
    clerk: taking.clerk,
  })
  const version = 1
  const dueOn = dueDay(taking.content)
  await insertReceived(tx, filing, {
    event: {
      ...by(tx, taking.clerk),
      version,
      act: 'received',
      state: decided.state,
      note: null,
      content: taking.content,
      token,
      answer: decided.answer,
    },
    standing: {
      version,
      state: decided.state,
      reconciliation: decided.reconciliation,
      assignee: null,
      assigneeName: null,
      dueOn,
      ...nameOf(taking.content, matter),
    },
    residentKey: decided.answer.residentKey,
  })
  await settle(tx, filing, taking, decided)
  return {
    kind: 'taken',
    filing,
    state: decided.state,
    version,
    answer: decided.answer,
    dueOn,
  }
}

async function settle(
  tx: Transaction,
  filing: FilingPlace,
  { clerk, content }: Pick<TakeFiling, 'clerk' | 'content'>,
  { answer }: DecidedFiling,
): Promise<void> {
  if (answer.missing.some(({ code }) => code === 'formerInsurer'))
    await askFormerInsurer(
      tx,
      filing,
      String(content.fields.formerInsurerName ?? ''),
      clerk.account.name,
    )
  await leaveTrace(tx, clerk, 'filing.receive', 'write', [answer.residentKey, answer.subjectKey])
  await tellFiling(tx, filing, 1)
}

/** 決定の下見 — what would be answered and moved, here and in later chapters; nothing is written but who looked. */
export async function previewFiling(
  tx: Transaction,
  vault: Vault,
  taking: Omit<TakeFiling, 'filingId'>,
  beforeUndo: BeforeUndo = async () => {},
): Promise<FilingPreview> {
  const office = await officeOf(tx, taking)
  if (office === null) return { kind: 'nobody' }
  const matter = await matterOf(tx, taking, office)
  const number = typedNumber(taking.individualNumber)
  const faults = await faultsOf(tx, vault, taking, matter, number)
  await leaveTrace(tx, taking.clerk, 'filing.preview', 'read', [matter.known?.residentKey ?? null])
  if (faults.length > 0) return { kind: 'stopped', faults }
  const filing = {
    filingId: '00000000-0000-4000-8000-000000000000',
    municipality: matter.municipality,
    receiptNumber: `${matter.municipality}-R0-00000`,
    kind: taking.content.kind,
  }
  const dueOn = dueDay(taking.content)
  const { answer } = await decideFiling(tx, {
    filing,
    matter,
    content: taking.content,
    token: null,
    answered: null,
    clerk: taking.clerk,
    onlyShow: true,
    beforeUndo: async (carriedOut, residentKey) => {
      // Later chapters read of granted filings only.
      await insertStanding(carriedOut, filing, {
        version: 1,
        state: 'granted',
        reconciliation: 'none',
        assignee: null,
        assigneeName: null,
        dueOn,
        ...nameOf(taking.content, matter),
      })
      await beforeUndo(carriedOut, residentKey)
    },
  })
  return { kind: 'shown', answer, dueOn }
}

/** Which office's filing it is; null where the person is not there or another office's. */
async function officeOf(
  tx: Transaction,
  { target, municipality, clerk }: Pick<TakeFiling, 'target' | 'municipality' | 'clerk'>,
): Promise<string | null> {
  const office = clerk.municipality === '*' ? municipality : clerk.municipality
  if (!('subjectKey' in target)) return office
  const resident = await findResidentOfSubject(tx, target.subjectKey)
  return resident === null || (office !== null && resident.municipality !== office)
    ? null
    : resident.municipality
}

async function matterOf(
  tx: Transaction,
  { target }: Pick<TakeFiling, 'target'>,
  municipality: string,
): Promise<Matter> {
  const residentKey =
    'subjectKey' in target
      ? ((await findResidentOfSubject(tx, target.subjectKey))?.residentKey ?? null)
      : await findResidentByAddressee(tx, municipality, target.addresseeNumber)
  const known = residentKey === null ? null : await findKnownPerson(tx, residentKey)
  return {
    municipality,
    addresseeNumber:
      known?.addresseeNumber ?? ('addresseeNumber' in target ? target.addresseeNumber : ''),
    known,
  }
}

async function faultsOf(
  tx: Transaction,
  vault: Vault,
  { content, target }: Pick<TakeFiling, 'content' | 'target'>,
  matter: Matter,
  number: string | null,
): Promise<readonly Fault[]> {
  if (!isFilingKind(content.kind))
    return [
      {
        at: 'kind',
        code: 'unknownKind',
        sentence: 'この届書はありません。選び直してください。',
        next: [],
      },
    ]
  const faults: Fault[] = [
    ...checkAtOffice(content, tx.today, matter),
    ...(matter.known === null &&
    'addresseeNumber' in target &&
    !/^[0-9]{1,15}$/.test(target.addresseeNumber)
      ? [
          {
            at: 'addresseeNumber',
            code: 'misfit',
            sentence:
              '宛名番号は、市区町村が付けた15桁までの数字です。住民記録で確かめてください。',
            next: [],
          },
        ]
      : []),
  ]
  const place = numberInText({ ...content, target })
  if (place !== null)
    faults.push({ at: place, code: 'numberInText', sentence: numberInTextSentence, next: [] })
  if (!kindOf(content.kind).number) return faults
  return [...faults, ...(await examineNumber(tx, vault, content, number, matter))]
}

/** What was sent, without the number: a digest of a number could be guessed back. */
function digestOf({ content, target }: TakeFiling, { municipality }: Matter): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(sorted({ content, target, municipality })))
    .digest()
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

async function again(
  tx: Transaction,
  vault: Vault,
  earlier: FilingRecord,
  digest: Buffer,
  number: string | null,
): Promise<TakenFiling> {
  const same =
    earlier.digest.equals(digest) &&
    (number === null
      ? earlier.token === null
      : earlier.token !== null &&
        (await vault.findByNumber(tx, number).catch(() => null)) === earlier.token)
  if (!same) return { kind: 'conflict', filing: earlier }
  const first = (await findEvents(tx, earlier.filingId))[0] as FilingEvent
  return {
    kind: 'taken',
    filing: earlier,
    state: first.state,
    version: first.version,
    answer: first.answer as Answer,
    dueOn: dueDay(first.content as FilingContent),
  }
}

function nameOf(content: FilingContent, { known }: Matter) {
  if (known !== null)
    return { name: known.name, nameKana: known.nameKana, birthDate: known.birthDate }
  const { name, nameKana, birthDate } = content.fields
  return {
    name: typeof name === 'string' ? name : '',
    nameKana: typeof nameKana === 'string' ? nameKana : null,
    birthDate: typeof birthDate === 'string' ? parsePlainDate(birthDate) : null,
  }
}
