import type { Person } from '@koiki/eligibility'
import type { 保険料情報 } from '@koiki/layouts'
import { premiumNoticeSheet, printPremiumNotices } from '@koiki/notices'
import type { Decision } from '@koiki/premium'
import type { Instant } from '@koiki/store'
import type { z } from 'zod'
import type { Notice } from './api.ts'
import { Refusal } from './failure.ts'
import { municipalityName, unionName } from './places.ts'
import { packDecision, type References } from './reference.ts'

const withheld =
  '送り先を出していないので、ここでは印刷できません。支援措置の担当へ回してください。'

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
 * person whose address this desk does not have gets none here, and neither does a name without shape.
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
    figuresOf(person, decision),
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
    throw new Refusal(409, 'NO_GLYPH', stopped[0]?.sentence ?? '印字できない文字があります。')
  return pdf
}

const reasons = { initial: '01', change: '02', correction: '03' } as const

/** The decision in the columns of 保険料情報, as the municipality has it. */
function figuresOf(person: Person, decision: Decision): 保険料情報 {
  const { medical, childSupport } = decision
  const row = {
    市区町村コード: decision.municipalityCode,
    宛名番号: person.addresseeNumber,
    被保険者番号: person.insuredNumber,
    賦課年度: decision.fiscalYear,
    決定番号: decision.revision,
    決定年月日: decision.decidedOn,
    決定事由: reasons[decision.reason],
    資格月数: decision.months,
    軽減区分: String(decision.reductionTenths),
    賦課のもととなる所得: decision.base,
    軽減判定所得: decision.judgedIncome,
    軽減判定基準額: decision.threshold,
    軽減判定被保険者数: decision.judgedInsured,
    給与所得者等の数: decision.judgedEarners,
    元被扶養者区分: decision.formerDependent ? '1' : '0',
    医療分均等割額軽減前: medical.perCapitaFull,
    医療分均等割額軽減後: medical.perCapita,
    医療分所得割率: medical.rate,
    医療分所得割額: medical.incomeBased,
    医療分限度額: medical.cap,
    医療分限度超過額: medical.overCap,
    医療分年額: medical.annual,
    子ども分均等割額軽減前: childSupport?.perCapitaFull ?? null,
    子ども分均等割額軽減後: childSupport?.perCapita ?? null,
    子ども分所得割率: childSupport?.rate ?? null,
    子ども分所得割額: childSupport?.incomeBased ?? null,
    子ども分限度額: childSupport?.cap ?? null,
    子ども分限度超過額: childSupport?.overCap ?? null,
    子ども分年額: childSupport?.annual ?? null,
    保険料額: decision.annual,
    法令表の版: decision.lawEdition,
    操作年月日: decision.decidedOn,
  }
  return row as unknown as 保険料情報
}
