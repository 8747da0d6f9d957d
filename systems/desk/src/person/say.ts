import type { Person } from '@koiki/union'
import { dayText, fiscalYearText } from '../ui/text.ts'

/** 万で読む円 — `10万3,300円`, as it is said aloud. */
export function spokenYen(yen: number): string {
  const tens = Math.floor(yen / 10_000)
  const rest = yen % 10_000
  const tail = rest === 0 ? '' : rest.toLocaleString('ja-JP')
  return tens === 0
    ? `${rest.toLocaleString('ja-JP')}円`
    : `${tens.toLocaleString('ja-JP')}万${tail}円`
}

/** この人に言うこと — sentences that can be read aloud to the person; nothing of anybody else is in them. */
export function sayTo(person: Person): readonly string[] {
  const { standing } = person
  const now = person.decisions
    .filter((one) => one.current)
    .sort((a, b) => b.fiscalYear - a.fiscalYear)[0]
  const sentences: string[] = []
  if (standing.state === 'active' && standing.from !== null)
    sentences.push(`後期高齢者医療の資格は、${dayText(standing.from)}から有効です。`)
  if (standing.state === 'lost' && standing.until !== null)
    sentences.push(`後期高齢者医療の資格は、${dayText(standing.until)}になくなりました。`)
  if (standing.state === 'notYet' && standing.from !== null)
    sentences.push(`後期高齢者医療の資格は、${dayText(standing.from)}に始まります。`)
  if (now !== undefined) {
    const reduction =
      now.reductionTenths === 0
        ? ''
        : `世帯の所得に応じて、均等割額が${now.reductionTenths}割軽くなっています。`
    sentences.push(
      `${fiscalYearText(now.fiscalYear)}の保険料は、1年分で${spokenYen(now.annualYen)}です。${reduction}`,
    )
  }
  return sentences
}
