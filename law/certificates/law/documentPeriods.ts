import { dated, plainDate } from '@koiki/kernel'

/**
 * 交付する文書の時期 — card: 被保険者証 for all; certificate: 資格確認書 for all, whatever their マイナ保険証 (暫定運用);
 * byCard: 資格確認書 or 資格情報のお知らせ by age and マイナ保険証.
 */
export type DocumentPeriod = 'card' | 'certificate' | 'byCard'

export const documentPeriods = dated<DocumentPeriod>('交付する文書の時期', [
  {
    from: plainDate('2008-04-01'),
    value: 'card',
    source: '高齢者の医療の確保に関する法律54条3項 (令和6年12月2日前)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
  {
    from: plainDate('2024-12-02'),
    value: 'certificate',
    source:
      '被保険者証の新規発行の終了と資格確認書の暫定運用 https://www.city.nichinan.lg.jp/soshikikarasagasu/shiminka/3/1456.html',
    lastChecked: plainDate('2026-11-21'),
  },
  {
    from: plainDate('2026-08-01'),
    value: 'byCard',
    source: '暫定運用の終了 (令和8年7月31日まで)。実務者の確認による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
