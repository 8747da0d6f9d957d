import type { Filing } from '@koiki/union'
import type { Compared } from '../ui/CompareTable.tsx'
import { dayText } from '../ui/text.ts'

/** 先に変えた人とのちがい — what was on the screen against what stands now, row by row; the same rows are left out. */
export function compareFilings(seen: Filing, now: Filing): readonly Compared[] {
  const rows: (readonly [string, (filing: Filing) => string])[] = [
    ['ようす', ({ row }) => row.stateName],
    ['担当', ({ row }) => row.assignee?.name ?? 'だれも持っていない'],
    ['期限', ({ row }) => dayText(row.dueOn)],
    ['答え', ({ title }) => title],
    ['足りないもの', ({ missing }) => missing.map(({ name }) => name).join('、') || 'なし'],
    ['届出年月日', ({ content }) => dayText(content.filedOn)],
    [
      '事由発生日',
      ({ content }) => (content.occurredOn === null ? '' : dayText(content.occurredOn)),
    ],
    ...[...seen.content.fields, ...now.content.fields]
      .map(({ name, label }) => ({ name, label }))
      .filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index)
      .map(
        ({ name, label }) =>
          [
            label,
            ({ content }: Filing) => content.fields.find((one) => one.name === name)?.text ?? '',
          ] as const,
      ),
    [
      '見た書類',
      ({ content }) =>
        content.documents
          .filter(({ shown }) => shown)
          .map(({ name }) => name)
          .join('、') || 'なし',
    ],
    ['個人番号', ({ content }) => (content.numberHeld ? '登録あり' : '登録なし')],
    ['身元の確認', ({ content }) => `${content.identityCheck.length}点`],
  ]
  return rows
    .map(([item, of]) => ({ item, left: of(seen), right: of(now) }))
    .filter(({ left, right }) => left !== right)
    .map((row) => ({ ...row, differs: true }))
}
