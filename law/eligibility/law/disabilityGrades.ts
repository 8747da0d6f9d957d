import { dated, plainDate } from '@koiki/kernel'

/** 障害の程度を示すもの — kinds of proof and the grades that qualify under 令3条・別表. */
export type DisabilityProof = {
  readonly name: string
  /** 等級 that qualify, by code; the proof shows one of `grades`. */
  readonly grades: Readonly<Record<string, string>>
  readonly qualifying: readonly string[]
  /** Ends on a day that stands on it. */
  readonly expires: boolean
  /** A grade is not enough: the union examines the paper. */
  readonly examined: boolean
}

export type DisabilityProofKind = 'physical' | 'intellectual' | 'mental' | 'pension' | 'diagnosis'

/** 障害の程度 — from 65 to 74, who may be certified (法50条2号). */
export const disabilityGrades = dated<Readonly<Record<DisabilityProofKind, DisabilityProof>>>(
  '障害の程度',
  [
    {
      from: plainDate('2008-04-01'),
      value: {
        physical: {
          name: '身体障害者手帳',
          grades: {
            '1': '1級',
            '2': '2級',
            '3': '3級',
            '4s': '4級 (音声・言語機能)',
            '4l': '4級 (下肢1号・3号・4号)',
            '4x': '4級 (そのほか)',
            '5': '5級',
            '6': '6級',
          },
          qualifying: ['1', '2', '3', '4s', '4l'],
          expires: false,
          examined: false,
        },
        intellectual: {
          name: '療育手帳',
          grades: { A: 'A判定', B: 'B判定' },
          qualifying: ['A'],
          expires: false,
          examined: false,
        },
        mental: {
          name: '精神障害者保健福祉手帳',
          grades: { '1': '1級', '2': '2級', '3': '3級' },
          qualifying: ['1', '2'],
          expires: true,
          examined: false,
        },
        pension: {
          name: '障害年金の証書',
          grades: { '1': '1級', '2': '2級', '3': '3級' },
          qualifying: ['1', '2'],
          expires: false,
          examined: false,
        },
        diagnosis: {
          name: '医師の診断書',
          grades: { examined: '広域連合が審査する' },
          qualifying: ['examined'],
          expires: false,
          examined: true,
        },
      },
      source:
        '高齢者の医療の確保に関する法律施行令3条・別表。https://www.town.kikuyo.lg.jp/kiji0031275/index.html、障害年金 http://www.toushin-1.jp/articles/-/56849',
      unverified: true,
      lastChecked: plainDate('2026-11-21'),
    },
  ],
)
