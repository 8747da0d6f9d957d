import { identityDocuments } from '../documents.ts'
import type { FilingContent, Missing } from '../filing.ts'
import { kindOf } from '../kinds.ts'

/**
 * 本人確認と書類の不足 — what the paper still lacks: 身元確認 (one with a photograph or two without), 番号確認 where
 * a number is written, 代理権, and documents that the kind requires. Each says how to make it good.
 */
export function intakeMissing(content: FilingContent): readonly Missing[] {
  const missing: Missing[] = []
  const seen = [...new Set(content.identityCheck)]
  const lacking = seen.some((one) => identityDocuments[one].photograph) ? 0 : 2 - seen.length
  if (lacking > 0)
    missing.push({
      code: 'identity',
      name: `身元確認 あと${seen.length === 0 ? '写真つき1点か、写真なし2点' : '1点'}`,
      sentence:
        '来た人の身元を、写真つきの書類1点か、写真のない書類2点で確かめてください。見た書類の種類だけを残します。',
    })
  if (content.numberState === 'written' && content.numberCheck === null)
    missing.push({
      code: 'numberCheck',
      name: '番号確認',
      sentence:
        '個人番号カードなどで番号を確かめてください。書類がなければ、住民基本台帳で確かめて「住民基本台帳で確認」を選んでください。',
    })
  if (content.proxy !== null && content.proxy.documents.length === 0)
    missing.push({
      code: 'proxy',
      name: '代理権の書類',
      sentence:
        content.filer === 'legal'
          ? '戸籍謄本か登記事項証明書を見せてもらってください。'
          : '委任状か、本人しか持たない書類を見せてもらってください。',
    })
  for (const [code, { name, required }] of Object.entries(kindOf(content.kind).documents))
    if (required && !content.documents.includes(code))
      missing.push({
        code: `document.${code}`,
        name,
        sentence: `「${name}」を見せてもらってください。あとから補うこともできます。`,
      })
  return missing
}
