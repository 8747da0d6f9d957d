import { dated, plainDate } from '@koiki/kernel'

/** 喪失の日 — how many days after the event the right is lost. */
export type LossDay = {
  readonly death: number
  readonly leaving: number
  /** An address in another union's area was obtained on the day of leaving. */
  readonly leavingToAnotherUnion: number
  readonly applicationExclusion: number
}

/** 資格喪失の日 — the law names the day after, except where the person is insured elsewhere at once. */
export const lossDay = dated<LossDay>('資格喪失の日', [
  {
    from: plainDate('2008-04-01'),
    value: { death: 1, leaving: 1, leavingToAnotherUnion: 0, applicationExclusion: 0 },
    source:
      '高齢者の医療の確保に関する法律53条1項・ただし書・2項。死亡の翌日: https://www.city.nara.lg.jp/soshiki/38/3114.html。転出と適用除外の日は一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
