import {
  type DocumentKind,
  documentNames,
  type IssueReason,
  reasonNames,
} from '@koiki/certificates'
import type { PlainDate } from '@koiki/kernel'
import { coveredUntil } from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import { listKinds } from './catalogue.ts'
import { type MunicipalList, momentWords, short } from './lists.ts'

/** Told once its paper was seen: what was only asked for may still be spoiled or given up. */
const untold = `s.state not in ('instructed', 'cancelled')
  and not exists (
    select from notices.listed_issue l
     where l.subject_key = i.subject_key and l.municipality_code = i.municipality_code
       and l.issue_number = i.issue_number)`

const issues = `certificates.issue i
  join certificates.issue_standing s using (subject_key, municipality_code, issue_number)`

/** 発行のあった市区町村 — with a document that no list has told yet. */
export async function municipalitiesWithIssues(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.query<{ municipality: string }>(
    `select distinct i.municipality_code as municipality from ${issues}
      where i.union_code = $1::smallint and ${untold}
      order by 1`,
    [tx.scope!.union],
  )
  return rows.map(({ municipality }) => municipality)
}

type Issued = {
  readonly subjectKey: number
  readonly issueNumber: number
  readonly document: DocumentKind
  readonly reason: IssueReason
  readonly delivery: 'handOver' | 'mail'
  readonly issuedOn: PlainDate
  readonly effectiveFrom: PlainDate
  readonly validUntil: PlainDate
  readonly insuredNumber: string
  readonly name: string
  readonly tenths: string | null
}

const deliveryNames: Readonly<Record<Issued['delivery'], string>> = {
  handOver: '窓口で渡す',
  mail: '郵送',
}

/**
 * 資格確認書等発行一覧 — of one municipality: every document whose paper was seen and that no list has told yet, as it
 * was issued; null where there is none. No address: where it was sent is the counter's to look up.
 */
export async function issuedDocumentList(
  tx: Transaction,
  municipality: string,
): Promise<MunicipalList | null> {
  const before = (await coveredUntil(tx, 'issuedDocuments')).get(municipality)
  const found = await tx.query<Issued>(
    `select i.subject_key as "subjectKey", i.issue_number as "issueNumber", i.document, i.reason,
            i.delivery, i.issued_on as "issuedOn", i.effective_from as "effectiveFrom",
            s.valid_until as "validUntil", i.contents ->> 'insuredNumber' as "insuredNumber",
            i.contents ->> 'name' as name, i.contents ->> 'tenths' as tenths
       from ${issues}
      where i.municipality_code = $1 and ${untold}
      order by i.issued_on, i.subject_key, i.issue_number`,
    [municipality],
  )
  if (found.length === 0) return null
  return {
    municipality,
    title: `${listKinds.issuedDocuments.name} ${short(tx.today)}`,
    coversFrom: before ?? null,
    heading: `発行 ${found.length.toLocaleString('ja-JP')}件`,
    columns: [
      { name: '交付の日', share: 1.6 },
      { name: '文書', share: 1.7 },
      { name: '発行の事由', share: 1.7 },
      { name: '被保険者番号', share: 1.1 },
      { name: '氏名', share: 1.8 },
      { name: '割合', share: 0.6 },
      { name: '発効の日', share: 1.6 },
      { name: '有効期限', share: 1.6 },
      { name: '渡し方', share: 0.9 },
    ],
    rows: found.map((one) => ({
      person: one.subjectKey,
      mark: [one.subjectKey, one.issueNumber],
      cells: [
        short(one.issuedOn),
        documentNames[one.document],
        reasonNames[one.reason],
        one.insuredNumber,
        one.name,
        one.tenths === null ? '' : `${one.tenths}割`,
        short(one.effectiveFrom),
        short(one.validUntil),
        deliveryNames[one.delivery],
      ],
    })),
    remarks: [
      before === undefined
        ? 'この市区町村への初めての一覧です。'
        : `前の一覧(${momentWords(before)})に載らなかった発行です。`,
      '紙を確かめた文書だけを載せています。返戻・回収などその後のことは、被保険者証等発行用情報のファイルで届きます。',
    ],
    remember: async (unit, deliveryId, rows) => {
      await unit.run(
        `insert into notices.listed_issue
           (subject_key, municipality_code, issue_number, union_code, delivery_id)
         select subject_key, $3, issue_number, $4::smallint, $5::uuid
           from unnest($1::bigint[], $2::integer[]) as told (subject_key, issue_number)`,
        [
          rows.map(({ mark }) => mark?.[0]),
          rows.map(({ mark }) => mark?.[1]),
          municipality,
          unit.scope!.union,
          deliveryId,
        ],
      )
    },
  }
}
