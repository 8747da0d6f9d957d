import { checkNumber } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Vault } from '@koiki/vault'
import { foldName } from '../../search/foldName.ts'
import type { KnownPerson } from '../effect.ts'
import type { Fault, FilingContent } from '../filing.ts'
import { findNumberHolders, type NumberHolder } from '../store/knownPerson.ts'

const at = 'individualNumber'
const retype = { code: 'retype', label: '打ち直す' } as const
const changed = { code: 'numberChange', label: '個人番号変更届にする' } as const
const another = { code: 'anotherPerson', label: '別の人として、さがし直す' } as const
const refer = { code: 'refer', label: '広域連合に確かめる' } as const

/** 番号の確認の相手 — the person as held, and as the filing names one who has no record. */
export type NumberSubject = {
  readonly known: (KnownPerson & { readonly token: string | null }) | null
  readonly municipality: string
}

/** 個人番号を読む — as typed: width, spaces and hyphens do not matter. Null for an empty field. */
export function typedNumber(text: string | null | undefined): string | null {
  const digits = (text ?? '').normalize('NFKC').replace(/[\s\-‐‑–—−ー－_.・]/g, '')
  return digits === '' ? null : digits
}

/**
 * 個人番号の確認 (1-2) — form and check digit, then the one comparison with what is held (J11). Nothing is
 * opened, nothing is stored: a number that stops leaves no trace of itself.
 */
export async function examineNumber(
  tx: Transaction,
  vault: Vault,
  content: FilingContent,
  number: string | null,
  { known, municipality }: NumberSubject,
): Promise<readonly Fault[]> {
  if (content.numberState !== 'written')
    return number === null
      ? []
      : [
          {
            at,
            code: 'numberNotExpected',
            sentence:
              '個人番号が入っていますが、「記載なし」が選ばれています。どちらかに直してください。',
            next: [
              { code: 'written', label: '「記載」にする' },
              { code: 'clear', label: '番号を消す' },
            ],
          },
        ]
  if (number === null)
    return [
      {
        at,
        code: 'required',
        sentence:
          '個人番号が入っていません。書いてなければ「空欄」「記載を拒んだ」「分からない」を選んでください。そのままでも受け付けられます。',
        next: [{ code: 'blank', label: '「空欄」にする' }],
      },
    ]
  const { valid, reason } = checkNumber('individualNumber', number)
  if (!valid)
    return [
      {
        at,
        code: 'numberMalformed',
        sentence: `個人番号として正しくありません。${reason ?? ''}番号は残していません。`,
        next: [retype],
      },
    ]
  if (content.kind !== 'numberChange' && known !== null && known.token !== null)
    if ((await vault.compare(tx, number, known.token)) === '不一致')
      return [
        {
          at,
          code: 'numberDiffers',
          sentence:
            '登録されている番号とちがいます。この受付は進められません。打ちまちがい、番号の変更、別の人のどれかです。番号は残していません。',
          next: [retype, changed, another],
        },
      ]
  const token = await vault.findByNumber(tx, number)
  if (token === null) return []
  const others = (await findNumberHolders(tx, token)).filter(
    (one) =>
      one.residentKey !== known?.residentKey &&
      (one.subjectKey === null || one.subjectKey !== known?.subjectKey),
  )
  if (others.some((one) => !isSamePerson(one, content, known)))
    return [
      {
        at,
        code: 'numberOfAnother',
        sentence:
          'この番号は、氏名・生年月日・性別のちがう人に登録されています。この受付は進められません。番号は残していません。書類をもう一度確かめ、同じなら広域連合に知らせてください。',
        next: [retype, another, refer],
      },
    ]
  if (others.some((one) => one.municipality === municipality && one.present))
    return [
      {
        at,
        code: 'numberOnAnotherRecord',
        sentence:
          'この番号の人は、この市区町村の別の宛名番号に記録があります。宛名番号を確かめ、その人を選んで受け付けてください。番号は残していません。',
        next: [another, refer],
      },
    ]
  return []
}

/** 氏名 (or カナ)・生年月日・性別 as held or as filed agree with those of the other record. */
function isSamePerson(
  other: NumberHolder,
  { fields }: FilingContent,
  known: KnownPerson | null,
): boolean {
  const text = (name: string): string | null => {
    const value = fields[name]
    return typeof value === 'string' ? value : null
  }
  const birthDate = known?.birthDate ?? text('birthDate')
  const sex = known?.sex ?? text('sex')
  const names = [known?.name ?? text('name'), known?.nameKana ?? text('nameKana')]
  const theirs = [other.name, other.nameKana]
  return (
    other.birthDate === birthDate &&
    other.sex === sex &&
    names.some(
      (name, index) =>
        name !== null &&
        theirs[index] !== null &&
        foldName(name) === foldName(theirs[index] as string),
    )
  )
}
