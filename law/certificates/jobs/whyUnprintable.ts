import { plainDate } from '@koiki/kernel'
import { lettersWithoutGlyph, printEligibilityDocuments } from '@koiki/notices'
import type { Contents } from '../certificate.ts'
import { documentSheet, formOf, type MailingAddress } from '../documentSheet.ts'

/** So many letters of names, addresses and contents fit on any form, however they are spread. */
export const alwaysFits = 340

// Longer than any union's name and any code: what is measured must not be shorter than what is printed.
const office = { insurerName: '広'.repeat(24), contact: '広'.repeat(40) }
const code = '00000000-99999-0000'

/**
 * 刷れないわけ — a letter that no shipped font has, or more than one page holds; null for a sheet that will print. Only a
 * sheet with very much to say is set to find out.
 */
export function whyUnprintable(contents: Contents, mailing: MailingAddress | null): string | null {
  const sheet = documentSheet(
    { contents, issuedOn: plainDate('2000-12-31'), code, mailing },
    office,
  )
  const text = [
    sheet.recipient,
    ...sheet.address,
    ...sheet.rows.flatMap(({ value, note }) => [value, note ?? '']),
  ].join('')
  const letters = [...new Set(lettersWithoutGlyph(text))]
  if (letters.length > 0)
    return `字形のない文字があるので、文書を作っていません(${letters.join('、')})。文字を確かめ、手書きで作るか、字形を加えてから発行してください。`
  if (text.length <= alwaysFits) return null
  const { stopped } = printEligibilityDocuments(formOf(contents.document), [sheet], {
    issuer: office.insurerName,
    mock: true,
    printedAt: 0,
  })
  return stopped.length === 0
    ? null
    : '書くことが多く1ページに収まらないので、文書を作っていません。長すぎる住所や氏名を確かめ、手書きで作ってください。'
}
