/**
 * 在留資格 — of those who are on a resident register (住基法30条の45): 中長期在留者, 特別永住者, 一時庇護許可者・仮滞在許可者,
 * 経過滞在者. `unlimited` ones have no 在留期間満了日. source: 出入国管理及び難民認定法 別表第一・第二、入管特例法
 */
const limited = [
  '教授',
  '芸術',
  '宗教',
  '報道',
  '高度専門職１号',
  '経営・管理',
  '法律・会計業務',
  '医療',
  '研究',
  '教育',
  '技術・人文知識・国際業務',
  '企業内転勤',
  '介護',
  '興行',
  '技能',
  '特定技能',
  '技能実習',
  '文化活動',
  '留学',
  '研修',
  '家族滞在',
  '特定活動',
  '日本人の配偶者等',
  '永住者の配偶者等',
  '定住者',
  '一時庇護許可者',
  '仮滞在許可者',
  '出生による経過滞在者',
  '国籍喪失による経過滞在者',
] as const

const unlimited = ['永住者', '特別永住者', '高度専門職２号'] as const

/** Who stays with one of these is on no register. */
const unregistered = ['外交', '公用', '短期滞在'] as const

export const residenceStatuses: readonly string[] = [...limited, ...unlimited]

/** 在留 — what a notification says of it. */
export interface Stay {
  readonly residentKind: string
  readonly residenceStatus: string | null
  readonly stayUntil: string | null
}

/** 在留資格の断り — every reason why such a stay cannot stand on the register from `day`; none if it can. */
export function stayRefusals(whose: string, stay: Stay, day: string): string[] {
  const { residentKind, residenceStatus: status, stayUntil } = stay
  if (residentKind === '1') {
    return status === null && stayUntil === null
      ? []
      : [
          `${whose}: 日本人には在留資格と在留期間満了日を書けません。外国人なら住民種別を 2 にしてください。`,
        ]
  }
  if (status === null) return [`${whose}: 外国人住民には在留資格が要ります。`]
  if (unregistered.some((name) => name === status)) {
    return [`${whose}: 在留資格「${status}」の人は住民票に載りません(住民基本台帳法30条の45)。`]
  }
  if (!residenceStatuses.includes(status)) {
    return [`${whose}: 在留資格の名前がちがいます。在留カードのとおりに書いてください。`]
  }
  if (unlimited.some((name) => name === status)) {
    return stayUntil === null
      ? []
      : [`${whose}: 在留資格「${status}」に在留期間満了日はありません。空にしてください。`]
  }
  if (stayUntil === null) {
    return [`${whose}: 在留資格「${status}」には在留期間満了日が要ります。`]
  }
  return stayUntil < day
    ? [`${whose}: 在留期間満了日 ${stayUntil} が、異動の日 ${day} より前です。`]
    : []
}
