import {
  type Clerk,
  filingStates,
  findQueueRow,
  kindOf,
  type OpenedFiling,
  openFiling,
  type QueueRow,
} from '@koiki/eligibility'
import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { nothing, refused } from '../failure.ts'
import { contentShown } from '../filingsShown.ts'
import { dayInJapan } from '../instants.ts'
import { municipalityName } from '../places.ts'
import { type SheetBody, timeOf } from './catalogue.ts'

const wareki = (day: PlainDate): string => formatWareki(day, 'long')

/** 届書のいま — as a paper tells it; a filing of another office is not there. */
export type FilingAtHand = { readonly opened: OpenedFiling; readonly row: QueueRow }

export async function filingAtHand(
  tx: Transaction,
  filingId: string,
  clerk: Clerk,
): Promise<FilingAtHand> {
  const opened = await openFiling(tx, { filingId, clerk }, 'look')
  const row = opened === null ? null : await findQueueRow(tx, filingId)
  if (opened === null || row === null) throw nothing()
  return { opened, row }
}

const letterOf = (
  { opened: { filing }, row }: FilingAtHand,
  title: string,
): Pick<SheetBody, 'kind' | 'internal' | 'title' | 'subtitle' | 'number' | 'to' | 'contact'> => ({
  kind: 'letter',
  internal: false,
  title,
  subtitle: kindOf(filing.kind).name,
  number: `受付番号 ${filing.receiptNumber}`,
  to: row.name,
  contact: `${municipalityName(filing.municipality)}の後期高齢者医療の窓口`,
})

const person = ({ row }: FilingAtHand): { label: string; value: string }[] => [
  { label: '氏名', value: row.name },
  ...(row.birthDate === null ? [] : [{ label: '生年月日', value: wareki(row.birthDate) }]),
]

const numberWords = {
  written: '記載あり(番号は刷りません)',
  blank: '空欄',
  refused: '記載なし',
  unknown: '分からない',
} as const

/** 受付票(届書の控え) — what was taken in at the counter, in the order of the paper; the Individual Number never. */
export function filingCopy(at: FilingAtHand): SheetBody {
  const { opened, row } = at
  const { filing, standing, content, answer } = opened
  const shown = contentShown(content, row, row.numberHeld)
  const open = ['incomplete', 'examining', 'awaitingCheck'].includes(standing.state)
  return {
    ...letterOf(at, '受付票(届書の控え)'),
    lead: ['次のとおり受け付けました。'],
    about: [
      ...person(at),
      { label: '届出の日', value: wareki(content.filedOn) },
      ...(content.occurredOn === null
        ? []
        : [{ label: '事由が起きた日', value: wareki(content.occurredOn) }]),
      { label: '届け出た人', value: shown.filer },
      ...(kindOf(filing.kind).number
        ? [{ label: '個人番号の欄', value: numberWords[content.numberState] }]
        : []),
      {
        label: '受け付けた時',
        value: `${wareki(dayInJapan(filing.receivedAt) as PlainDate)} ${timeOf(filing.receivedAt)}`,
      },
      { label: 'いまのようす', value: filingStates[standing.state] },
    ],
    tables: [
      {
        title: '届け出たこと',
        columns: [
          { name: '項目', share: 1 },
          { name: '内容', share: 2 },
        ],
        rows: shown.fields.map(({ label, text, withheld }) => [
          label,
          withheld ? '(記載を省略しています)' : text,
        ]),
        empty: '種類のほかに、届け出た項目はありません。',
      },
      ...(open && answer.missing.length > 0
        ? [
            {
              title: '足りないもの',
              columns: [
                { name: 'もの', share: 1 },
                { name: 'どうすればそろうか', share: 2 },
              ],
              rows: answer.missing.map(({ name, sentence }) => [name, sentence]),
            },
          ]
        : []),
    ],
    remarks: open
      ? [
          '決まったときは、決定の通知をお渡しするか、お送りします。この受付票は、決定の通知ではありません。',
        ]
      : ['この受付票は、決定の通知ではありません。'],
  }
}

const metWords = { met: '満たす', unmet: '満たさない', unknown: '分からない' } as const

/** 決定通知書 — what was decided on a filing; a refusal with all its reasons and where to appeal. */
export function filingDecision(at: FilingAtHand): SheetBody {
  const { filing, standing, answer, events } = at.opened
  const name = kindOf(filing.kind).name
  if (standing.state !== 'granted' && standing.state !== 'refused')
    throw refused(
      ['withdrawn', 'cancelled'].includes(standing.state)
        ? `この届書は${filingStates[standing.state]}になったので、決定通知書はありません。`
        : `${name}は、まだ決まっていない(${filingStates[standing.state]})ので、決定通知書は出せません。決定してから、もう一度ひらいてください。`,
    )
  const refusal = standing.state === 'refused'
  const decidedAt = events.findLast(({ answer: told }) => told !== null)?.at ?? standing.changedAt
  return {
    ...letterOf(at, `${name}　${refusal ? '却下' : '決定'}通知書`),
    subtitle: null,
    lead: [
      refusal
        ? '届け出のあったことについて、次の理由により認められないと決定したので、通知します。'
        : '届け出のあったことについて、次のとおり決定したので、通知します。',
    ],
    about: [
      ...person(at),
      { label: '届出の日', value: wareki(at.opened.content.filedOn) },
      { label: '決定の日', value: wareki(dayInJapan(decidedAt) as PlainDate) },
      { label: '決定', value: refusal ? '認められない(却下)' : '認める' },
    ],
    tables: [
      ...(refusal || answer.decisions.length === 0
        ? []
        : [
            {
              title: '決まったこと',
              columns: [
                { name: 'こと', share: 1 },
                { name: 'いつから', share: 1.4 },
                { name: '事由', share: 1.6 },
              ],
              rows: answer.decisions.map(({ kind, effectiveOn, ground }) => [
                `資格の${kind}`,
                wareki(effectiveOn),
                ground,
              ]),
            },
          ]),
      {
        title: '理由',
        columns: [
          { name: '判断', share: 0.9 },
          { name: 'わけ', share: 3 },
          { name: '根拠', share: 1.2 },
        ],
        rows: answer.reasons.map(({ met, name: reason, sentence, article }) => [
          metWords[met],
          `${reason}。${sentence}`,
          article,
        ]),
        empty: '理由を付けずに決まる届けです。',
      },
    ],
    remarks: answer.appeal === null ? [] : [answer.appeal],
  }
}
