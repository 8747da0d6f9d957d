import type { PlainDate } from '@koiki/kernel'
import type { 保険料情報 } from '@koiki/layouts'
import type { Decision } from './store/decisions.ts'

const reasonCodes = { initial: '01', change: '02', correction: '03' } as const

/**
 * 保険料情報 — one decision in the columns of the layout: what the municipality receives, and what the 通知書
 * is printed from on either side. `operatedOn` is the 操作年月日.
 */
export function premiumInformation(
  decision: Decision,
  { addresseeNumber, operatedOn }: { addresseeNumber: string; operatedOn: PlainDate },
): 保険料情報 {
  const { medical, childSupport } = decision
  const row = {
    市区町村コード: decision.municipalityCode,
    宛名番号: addresseeNumber,
    被保険者番号: String(decision.subjectKey % 100_000_000).padStart(8, '0'),
    賦課年度: decision.fiscalYear,
    決定番号: decision.revision,
    決定年月日: decision.decidedOn,
    決定事由: reasonCodes[decision.reason],
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
    操作年月日: operatedOn,
  }
  return row as unknown as 保険料情報
}
