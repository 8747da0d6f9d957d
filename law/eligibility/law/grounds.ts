import { dated, plainDate } from '@koiki/kernel'
import type { AcquisitionGround, LossGround } from '../entitlement.ts'

/** 事由 — its name on forms and the provision that it rests on. */
export type Ground = { readonly name: string; readonly provision: string }

/** 資格取得事由 */
export const acquisitionGrounds = dated<Readonly<Record<AcquisitionGround, Ground>>>(
  '資格取得事由',
  [
    {
      from: plainDate('2008-04-01'),
      value: {
        '01': { name: '年齢到達', provision: '法52条1号' },
        '02': { name: '障害認定', provision: '法50条2号' },
        '03': { name: '転入', provision: '法52条2号' },
        '04': { name: '適用除外の終了', provision: '法52条3号' },
        '09': { name: 'その他', provision: '法附則' },
      },
      source: '高齢者の医療の確保に関する法律50条・52条。コードは被保険者情報のレイアウト (独自)',
      unverified: true,
    },
  ],
)

/** 資格喪失事由 */
export const lossGrounds = dated<Readonly<Record<LossGround, Ground>>>('資格喪失事由', [
  {
    from: plainDate('2008-04-01'),
    value: {
      '01': { name: '死亡', provision: '法53条1項' },
      '02': { name: '転出', provision: '法53条1項' },
      '03': { name: '適用除外', provision: '法53条2項' },
      '04': { name: '障害認定の撤回・不該当', provision: '法53条1項、則8条2項・25条' },
      '09': { name: 'その他', provision: '法53条1項' },
    },
    source: '高齢者の医療の確保に関する法律53条。コードは被保険者情報のレイアウト (独自)',
    unverified: true,
  },
])
