import { AccessRefused } from './accessRefused.ts'

/** 役割 — as staff call them. */
export const roles = {
  eligibilityClerk: '資格担当',
  premiumClerk: '賦課担当',
  benefitsClerk: '給付担当',
  administrator: '管理者',
  counterClerk: '窓口担当',
  operator: '運用者',
} as const

export type Role = keyof typeof roles

const clerks = ['eligibilityClerk', 'premiumClerk', 'benefitsClerk'] as const

/**
 * 権限の表 — who may do what; everything that is not here is refused. Whose persons they may do it to is
 * the scope's matter, which the database enforces by row-level security.
 *
 * An administrator gives out access and so sees no person; an operator keeps the system running for all
 * unions and so sees none either. Opening a number is for 資格担当 alone.
 */
export const permissions = {
  'person.search': { name: '人をさがす', roles: [...clerks, 'counterClerk'] },
  'person.read': { name: '人を見る', roles: [...clerks, 'counterClerk'] },
  'person.searchByNumber': {
    name: '個人番号でさがす',
    roles: ['eligibilityClerk', 'counterClerk'],
  },
  'number.compare': { name: '個人番号を突き合わせる', roles: ['eligibilityClerk', 'counterClerk'] },
  'number.reveal': { name: '個人番号を開く', roles: ['eligibilityClerk'] },
  'eligibility.decide': { name: '資格を判定する', roles: ['eligibilityClerk'] },
  'filing.read': { name: '届書を見る', roles: ['eligibilityClerk', 'counterClerk'] },
  'filing.receive': {
    name: '届書を受け付ける・補う・取り下げる',
    roles: ['eligibilityClerk', 'counterClerk'],
  },
  'filing.check': {
    name: '送付先を2人目として確かめる',
    roles: ['eligibilityClerk', 'counterClerk'],
  },
  'filing.decide': { name: '届書を審査する', roles: ['eligibilityClerk'] },
  'filing.cancel': { name: '誤った届書を取り消す', roles: ['eligibilityClerk', 'counterClerk'] },
  'difference.read': { name: '突合の差異を見る', roles: ['eligibilityClerk', 'counterClerk'] },
  'difference.resolve': { name: '突合の差異を直す', roles: ['eligibilityClerk', 'counterClerk'] },
  'certificate.read': {
    name: '資格確認書等を見る',
    roles: [...clerks, 'counterClerk'],
  },
  'certificate.issue': {
    name: '資格確認書等を発行する・紙を確かめる・渡す',
    roles: ['eligibilityClerk', 'counterClerk'],
  },
  'certificate.run': { name: '資格確認書等を一括で発行する', roles: ['eligibilityClerk'] },
  'certificate.record': {
    name: 'マイナ保険証の状況を入れる',
    roles: ['eligibilityClerk', 'counterClerk'],
  },
  'certificate.special': { name: '特別療養費への変更を入れる', roles: ['eligibilityClerk'] },
  'certificate.specialAnswer': {
    name: '特別療養費への変更を2人目として確かめる',
    roles: ['eligibilityClerk', 'premiumClerk'],
  },
  'copay.read': { name: '一部負担金の割合と理由を見る', roles: [...clerks, 'counterClerk'] },
  'copay.judge': { name: '一部負担金の割合を判定する', roles: ['eligibilityClerk'] },
  'premium.read': { name: '賦課の決定と理由を見る', roles: [...clerks, 'counterClerk'] },
  'premium.assess': { name: '賦課を行う', roles: ['premiumClerk'] },
  'notice.read': { name: '通知を見る', roles: [...clerks, 'counterClerk'] },
  'notice.make': { name: '通知を作る', roles: ['premiumClerk'] },
  'form.read': { name: '帳票を見る', roles: [...clerks, 'counterClerk'] },
  'form.print': {
    name: '帳票を印刷する',
    roles: ['eligibilityClerk', 'premiumClerk', 'counterClerk'],
  },
  'form.deliver': {
    name: '帳票を市区町村へ配信する',
    roles: ['eligibilityClerk'],
  },
  'file.read': {
    name: '送受信と所見を見る',
    roles: ['eligibilityClerk', 'premiumClerk', 'counterClerk'],
  },
  'file.send': { name: 'ファイルを送る', roles: ['counterClerk'] },
  'file.carryIn': { name: '中間サーバーのファイルを持ち込む', roles: ['eligibilityClerk'] },
  'file.fetch': { name: 'ファイルを受け取る', roles: ['counterClerk'] },
  'file.admit': {
    name: '確認待ちのファイルを通す・断る',
    roles: ['eligibilityClerk', 'premiumClerk'],
  },
  'file.custody': {
    name: '媒体の受渡しを記録する',
    roles: ['eligibilityClerk', 'premiumClerk', 'counterClerk'],
  },
  'file.reconcile': { name: '全件照合を行う', roles: ['eligibilityClerk', 'premiumClerk'] },
  'exchange.arrange': { name: 'ファイルの取決めを変える', roles: ['administrator'] },
  'job.read': { name: '実行の様子を見る', roles: [...clerks, 'administrator', 'operator'] },
  'job.control': {
    name: '実行を中止する・やり直す',
    roles: ['eligibilityClerk', 'premiumClerk', 'administrator', 'operator'],
  },
  'account.read': { name: '利用者を見る', roles: ['administrator'] },
  'account.manage': { name: '利用者を登録する・止める', roles: ['administrator'] },
  'audit.readPerson': { name: 'その人を見た人を見る', roles: [...clerks, 'counterClerk'] },
  'audit.read': { name: '監査の記録を見る', roles: ['administrator'] },
  'installation.read': { name: '据付けの状態を見る', roles: ['administrator', 'operator'] },
  'world.advance': { name: '模擬の世界の日付を進める', roles: ['administrator', 'operator'] },
} as const satisfies Record<string, { name: string; roles: readonly Role[] }>

export type Act = keyof typeof permissions

/** 権限があるか */
export const may = (who: { readonly roles: readonly Role[] }, act: Act): boolean => {
  const allowed: readonly Role[] = permissions[act].roles
  return who.roles.some((role) => allowed.includes(role))
}

/** 権限を求める — throws AccessRefused, whose sentence names the act and who may do it. */
export function demand(who: { readonly roles: readonly Role[] }, act: Act): void {
  if (may(who, act)) return
  const allowed = permissions[act].roles.map((role) => roles[role])
  throw new AccessRefused(
    `「${permissions[act].name}」ことは、あなたの役割（${who.roles.map((role) => roles[role]).join('、')}）ではできません。${allowed.join('・')}に頼んでください。`,
  )
}
