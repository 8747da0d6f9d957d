import { misuse, type Transaction } from '@koiki/store'
import { foldName } from '../search/foldName.ts'

/** 項目の突合 */
export type MatchedField = {
  readonly field:
    | '個人番号'
    | '氏名'
    | '氏名カナ'
    | '旧氏・通称'
    | '生年月日'
    | '性別'
    | '住所'
    | '転入・転出'
    | '被保険者番号'
  /** 片方なし: one or both do not say. */
  readonly verdict: '一致' | '不一致' | '片方なし'
  /** What the first says; never a number, and no address of a person under 支援措置. */
  readonly one: string | null
  readonly other: string | null
}

/** 名寄せの説明 */
export type ExplainedMatch = {
  readonly fields: readonly MatchedField[]
  /** The last decision of a clerk on the two; null when none holds. */
  readonly decided: { readonly same: boolean; readonly reason: string } | null
}

type Row = {
  readonly token: string | null
  readonly subject: string | null
  readonly municipality: string
  readonly name: string
  readonly kana: string | null
  readonly alias: string | null
  readonly former: string | null
  readonly birth: string
  readonly sex: string
  readonly address: string | null
  readonly from: string | null
  readonly to: string | null
  readonly protected: boolean
}

/**
 * 名寄せの説明 — whether two residents are one person, field by field, for a clerk to judge: names are compared as
 * they are searched (異体字 and blanks folded), 個人番号 by what stands for it. Needs the scope of the whole
 * union; the caller leaves the audit entry.
 */
export async function matchExplained(
  tx: Transaction,
  residentA: number,
  residentB: number,
): Promise<ExplainedMatch> {
  if (residentA === residentB) throw misuse('同じ住民の記録どうしは突き合わせられません。')
  const a = await findOne(tx, residentA)
  const b = await findOne(tx, residentB)
  const shown = (row: Row): string | null => (row.protected ? null : row.address)
  const names = (row: Row): string =>
    [row.former, row.alias].filter((name) => name !== null).join('・')
  const numbers = compared('個人番号', a.token, b.token)
  const insured = compared('被保険者番号', a.subject, b.subject)
  const address = compared('住所', a.address, b.address, foldAddress)
  return {
    fields: [
      { ...numbers, one: null, other: null },
      compared('氏名', a.name, b.name, foldName),
      compared('氏名カナ', a.kana, b.kana, foldName),
      compared('旧氏・通称', names(a) || null, names(b) || null, foldName),
      compared('生年月日', a.birth, b.birth),
      compared('性別', a.sex, b.sex),
      { ...address, one: shown(a), other: shown(b) },
      moving(a, b),
      insured,
    ],
    decided: await findDecided(tx, residentA, residentB),
  }
}

function compared(
  field: MatchedField['field'],
  one: string | null,
  other: string | null,
  fold: (text: string) => string = (text) => text,
): MatchedField {
  if (one === null || other === null) return { field, verdict: '片方なし', one, other }
  return { field, verdict: fold(one) === fold(other) ? '一致' : '不一致', one, other }
}

/** One left for the municipality in which the other arrived. */
function moving(a: Row, b: Row): MatchedField {
  const said = (row: Row): string | null =>
    row.from === null && row.to === null
      ? null
      : [row.from === null ? '' : `${row.from}から`, row.to === null ? '' : `${row.to}へ`].join('')
  const texts = row(said(a), said(b))
  const follows =
    (a.to === b.municipality && b.from === a.municipality) ||
    (b.to === a.municipality && a.from === b.municipality)
  if (follows) return { field: '転入・転出', verdict: '一致', ...texts }
  const against = a.to !== null && a.to !== b.municipality && b.from !== null
  const contrary = b.to !== null && b.to !== a.municipality && a.from !== null
  return { field: '転入・転出', verdict: against || contrary ? '不一致' : '片方なし', ...texts }
}

const row = (one: string | null, other: string | null) => ({ one, other })

const foldAddress = (text: string): string =>
  text.normalize('NFKC').replaceAll(/[\s\-‐－の番地号]/g, '')

async function findOne(tx: Transaction, residentKey: number): Promise<Row> {
  const found = await tx.maybe<Row>(
    `select r.number_token::text as token,
            case when r.subject_key is not null
                 then lpad((r.subject_key % 100000000)::text, 8, '0') end as subject,
            r.municipality_code as municipality, c.name, c.name_kana as kana, c.alias,
            c.former_name as former, c.birth_date::text as birth, c.sex,
            nullif(concat(c.prefecture_name, c.municipality_name, c.town_name, c.house_number,
                          c.building), '') as address,
            c.moved_from_municipality as "from", c.moved_to_municipality as "to",
            c.non_disclosure = '1' or exists (
              select from eligibility.support_measure m
               where m.resident_key = r.resident_key and upper_inf(m.held)
                 and m.non_disclosure)
              or coalesce(i.under_support_measure, false) as protected
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
       left join eligibility.insured_person i on i.subject_key = r.subject_key
      where r.resident_key = $1::bigint`,
    [residentKey],
  )
  if (found === null) throw misuse('突き合わせる住民が見つかりません。')
  return found
}

async function findDecided(tx: Transaction, one: number, other: number) {
  const [small, large] = one < other ? [one, other] : [other, one]
  const last = await tx.maybe<{ same: boolean | null; reason: string }>(
    `select same, reason from eligibility.person_link_decision
      where resident_key = $1::bigint and other_resident_key = $2::bigint
      order by sequence desc
      limit 1`,
    [small, large],
  )
  return last === null || last.same === null ? null : { same: last.same, reason: last.reason }
}
