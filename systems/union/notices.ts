import type { Person } from '@koiki/eligibility'
import { premiumNoticeSheet, printPremiumNotices } from '@koiki/notices'
import { type Decision, premiumInformation } from '@koiki/premium'
import type { Instant } from '@koiki/store'
import type { z } from 'zod'
import type { Notice } from './api.ts'
import { Refusal } from './failure.ts'
import { municipalityName, unionName } from './places.ts'
import { packDecision, type References } from './reference.ts'

const withheld =
  '送り先を出していないので、ここでは印刷できません。取扱注意の担当へ回してください。'

/** 通知 — one notice a decision: what it says is the decision's, and it is named by it. */
export function noticesOf(
  references: References,
  decisions: readonly Decision[],
  mayAddress: boolean,
): z.infer<typeof Notice>[] {
  return decisions
    .filter(({ months }) => months > 0)
    .map((decision) => ({
      notice: references.write('decision', packDecision(decision)),
      name: '保険料額決定通知書',
      number: `${decision.fiscalYear}-${decision.revision}`,
      madeOn: decision.decidedOn,
      state: mayAddress ? ('made' as const) : ('stopped' as const),
      reason: mayAddress ? null : withheld,
      pages: 2,
    }))
}

/**
 * 保険料額決定通知書 — the sheets of one decision, from the same form and figures as the municipality's. A
 * person whose address this desk does not have gets none here, and neither does a sheet that cannot be printed.
 */
export function noticePdf(
  person: Person,
  decision: Decision,
  invented: boolean,
  now: Instant,
): Buffer {
  if (person.address === null) throw new Refusal(409, 'HANDLE_WITH_CARE', withheld)
  const { address } = person
  const union = String(Math.floor(person.subjectKey / 100_000_000)).padStart(2, '0')
  const issuer = unionName(union)
  const sheet = premiumNoticeSheet(
    premiumInformation(decision, {
      addresseeNumber: person.addresseeNumber,
      operatedOn: decision.decidedOn,
    }),
    {
      name: person.name,
      birthDate: person.birthDate,
      postalCode: address.postalCode ?? '',
      address: [
        [address.prefecture, address.municipalityName, address.town, address.houseNumber],
        [address.building],
      ]
        .map((line) => line.filter((part) => part !== null).join(''))
        .filter((line) => line !== ''),
    },
    { issuer, contact: `${municipalityName(person.municipality)}の後期高齢者医療の窓口` },
    {
      number: `${String(decision.fiscalYear).slice(2)}${String(decision.revision).padStart(3, '0')}`,
      issuedOn: decision.decidedOn,
    },
  )
  const { pdf, stopped } = printPremiumNotices([sheet], {
    issuer,
    mock: invented,
    printedAt: Math.floor(Date.parse(now) / 1000),
  })
  if (pdf === null)
    throw new Refusal(409, 'SHEET_STOPPED', stopped[0]?.sentence ?? '印字できませんでした。')
  return pdf
}
