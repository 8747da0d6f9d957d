import {
  causeNames,
  copayOn,
  findJudgements,
  findPendings,
  limitNames,
  missingSentence,
} from '@koiki/copay'
import {
  acquisitionGrounds,
  findPersonRecord,
  lossGrounds,
  type Person,
  type PersonEntitlement,
} from '@koiki/eligibility'
import { addDays, formatWareki, type PlainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { findDecisions, ledgerBasis, ledgerTables, premiumLedger } from '@koiki/premium'
import type { Transaction } from '@koiki/store'
import { refused } from '../failure.ts'
import { municipalityName, unionName } from '../places.ts'
import { type SheetBody, yearLabel } from './catalogue.ts'

const wareki = (day: PlainDate): string => formatWareki(day, 'long')
const sexes = 住民基本台帳情報.columns.性別.codes as Readonly<Record<string, string>>

/** 本人の欄 — the town at most, and not even that of a person under 支援措置. */
function aboutPerson(person: Person): { label: string; value: string }[] {
  const town = person.address?.town ?? null
  return [
    { label: '被保険者番号', value: person.insuredNumber },
    { label: '氏名', value: person.name },
    ...(person.nameKana === null ? [] : [{ label: '氏名カナ', value: person.nameKana }]),
    { label: '生年月日', value: person.birthDateText ?? wareki(person.birthDate) },
    { label: '性別', value: sexes[person.sex] ?? '' },
    { label: '市区町村', value: municipalityName(person.municipality) },
    ...(town === null ? [] : [{ label: '町', value: town }]),
  ]
}

/** Where else a person under 支援措置 was or is, no paper says. */
const placeFor = (person: Person, municipality: string): string =>
  person.underSupportMeasure && municipality !== person.municipality
    ? '別の市区町村'
    : municipalityName(municipality)

const acquired = (one: PersonEntitlement): string =>
  one.from === one.acquiredOn
    ? acquisitionGrounds.on(one.acquiredOn).value[one.groundAcquired].name
    : '続き(市区町村か資格のもとの変更)'

const lost = (one: PersonEntitlement): string =>
  one.groundLost !== null && one.lostOn !== null && one.until === one.lostOn
    ? lossGrounds.on(one.lostOn).value[one.groundLost].name
    : ''

/** 被保険者資格の異動の記録 */
export function eligibilityRecord(person: Person): SheetBody {
  if (person.entitlements.length === 0)
    throw refused(
      '資格の記録がないので、刷れません。資格の判定が済んでから、もう一度ひらいてください。',
    )
  return {
    kind: 'record',
    internal: true,
    title: '被保険者資格の異動の記録',
    subtitle: null,
    number: null,
    to: null,
    lead: [],
    about: aboutPerson(person),
    tables: [
      {
        title: '資格の期間',
        columns: [
          { name: '始まりの日', share: 1.9 },
          { name: '取得の事由', share: 1.6 },
          { name: '喪失の日', share: 1.9 },
          { name: '喪失の事由', share: 1.6 },
          { name: '市区町村', share: 1.4 },
        ],
        rows: person.entitlements.map((one) => [
          wareki(one.from),
          acquired(one),
          one.until === null ? '' : wareki(one.until),
          lost(one),
          placeFor(person, one.municipality),
        ]),
      },
      {
        title: '決定の経過',
        columns: [
          { name: '決定の日', share: 1.9 },
          { name: '決定', share: 0.7 },
          { name: '効力の日', share: 1.9 },
          { name: '事由', share: 1.6 },
          { name: '市区町村', share: 1.2 },
          { name: '受付番号', share: 1.5 },
        ],
        rows: person.decisions.map((one) => [
          wareki(one.decidedOn),
          one.kind,
          wareki(one.effectiveOn),
          one.ground,
          placeFor(person, one.municipality),
          one.receiptNumber ?? '',
        ]),
        empty: '決定の記録はありません。',
      },
    ],
    remarks: ['喪失の日からは、資格がありません。取り消された決定も、記録として残ります。'],
    contact: null,
  }
}

/** 保険料台帳(写し) — of one fiscal year. */
export async function ledgerCopy(
  tx: Transaction,
  person: Person,
  fiscalYear: number,
): Promise<SheetBody> {
  const year = premiumLedger(await findDecisions(tx, person.subjectKey)).find(
    (one) => one.fiscalYear === fiscalYear,
  )
  if (year === undefined)
    throw refused(
      `${yearLabel(fiscalYear)}の保険料の決定はないので、刷れません。賦課が済んでから、もう一度ひらいてください。`,
    )
  const now = year.rows.at(-1)!.decision
  return {
    kind: 'record',
    internal: true,
    title: '保険料台帳(写し)',
    subtitle: `${yearLabel(fiscalYear)}　調定額 ${year.assessed.toLocaleString('ja-JP')}円`,
    number: null,
    to: null,
    lead: [],
    about: [
      ...aboutPerson(person),
      ...ledgerBasis(now).map(({ name, value }) => ({ label: name, value })),
    ],
    tables: ledgerTables(year),
    remarks: [
      ...(year.hiddenBefore > 0
        ? [`この前に、別の市区町村で決まった決定が${year.hiddenBefore}件あります。`]
        : []),
      `法令表の版 ${[...new Set(year.rows.map(({ decision }) => decision.lawEdition))].join('、')}`,
    ],
    contact: null,
  }
}

/** 転出による喪失 — the last right, where it ended by leaving for another union; else says what is missing. */
function leaving(person: Person, name: string): PersonEntitlement & { readonly lostOn: PlainDate } {
  const last = person.entitlements.at(-1)
  if (last === undefined || last.lostOn === null || last.groundLost === null)
    throw refused(
      `資格の喪失(転出)がまだ記録されていないので、${name}は出せません。資格喪失届(転出)を受け付けるか、住民の記録が届いてから、もう一度ひらいてください。`,
    )
  if (last.groundLost !== '02')
    throw refused(
      `${name}は、ほかの広域連合へ転出した人に出します。この人の喪失の事由は「${lossGrounds.on(last.lostOn).value[last.groundLost].name}」なので、出せません。`,
    )
  return { ...last, lostOn: last.lostOn }
}

const letterOf = (
  person: Person,
  title: string,
): Pick<SheetBody, 'kind' | 'internal' | 'title' | 'subtitle' | 'number' | 'to' | 'contact'> => ({
  kind: 'letter',
  internal: false,
  title,
  subtitle: null,
  number: null,
  to: person.name,
  contact: `${municipalityName(person.municipality)}の後期高齢者医療の窓口`,
})

/** A certificate travels with the person: who it is, and nothing of where. */
const holder = (person: Person): { label: string; value: string }[] => [
  { label: '被保険者番号', value: person.insuredNumber },
  { label: '氏名', value: person.name },
  { label: '生年月日', value: person.birthDateText ?? wareki(person.birthDate) },
  { label: '性別', value: sexes[person.sex] ?? '' },
]

const carried =
  '転入した先の市区町村の窓口で、後期高齢者医療の資格の届出をするときに、この証明書を出してください。'

/** 負担区分等証明書 — the share and the category on the last day here, as they were judged. */
export async function burdenCertificate(tx: Transaction, person: Person): Promise<SheetBody> {
  const name = '負担区分等証明書'
  const right = leaving(person, name)
  const lastDay = addDays(right.lostOn, -1)
  const share = await copayOn(tx, person.subjectKey, lastDay)
  if (share === null) {
    const why = (await findPendings(tx, person.subjectKey))
      .flatMap(({ reasons }) => reasons.map(missingSentence))
      .join(' ')
    throw refused(
      `${wareki(lastDay)}の一部負担金の割合が判定されていないので、${name}は出せません。${why === '' ? '割合の判定が済んでから、もう一度ひらいてください。' : why}`,
    )
  }
  const judged = (await findJudgements(tx, person.subjectKey)).find(
    (one) => one.living && one.effectiveOn <= lastDay,
  )
  return {
    ...letterOf(person, name),
    lead: ['次のとおり、一部負担金の割合と限度区分を証明します。'],
    about: [
      ...holder(person),
      { label: '資格を取得した日', value: wareki(right.acquiredOn) },
      { label: '資格を失った日', value: `${wareki(right.lostOn)}(転出)` },
      { label: '一部負担金の割合', value: `${share.tenths}割(${wareki(share.from)}から)` },
      {
        label: '限度区分',
        value:
          share.limitCategory === null || share.limitFrom === null
            ? '判定していません'
            : `${limitNames[share.limitCategory]}(${wareki(share.limitFrom)}から)`,
      },
      ...(judged === undefined
        ? []
        : [
            {
              label: '判定',
              value: `${causeNames[judged.cause]}、${wareki(judged.decidedOn)}に決定`,
            },
            { label: '判定の年度', value: yearLabel(judged.judgementYear) },
          ]),
    ],
    tables: [],
    remarks: [carried],
  }
}

/** 障害認定証明書 — for one whose right rested on 障害認定 when leaving. */
export async function disabilityCertificate(tx: Transaction, person: Person): Promise<SheetBody> {
  const name = '障害認定証明書'
  const residents = [person.residentKey, ...person.links.map(({ residentKey }) => residentKey)]
  const { told } = await findPersonRecord(tx, [...new Set(residents)])
  const certified = told.filter(({ kind }) => kind === '障害認定').at(-1)
  if (certified === undefined)
    throw refused(
      `障害認定の記録がないので、${name}は出せません。障害認定を受けた人にだけ出す証明書です。`,
    )
  const right = leaving(person, name)
  if (right.basis !== '2')
    throw refused(
      `資格を失ったときの資格のもとは年齢なので、${name}は要りません。負担区分等証明書を出してください。`,
    )
  return {
    ...letterOf(person, name),
    lead: ['次のとおり、障害認定を受けていたことを証明します。'],
    about: [
      ...holder(person),
      { label: '認定の日', value: wareki(certified.from) },
      {
        label: '認定の終わり',
        value:
          certified.until === null
            ? '終わっていません(転出のため資格を失いました)'
            : wareki(certified.until),
      },
      { label: '資格を取得した日', value: wareki(right.acquiredOn) },
      { label: '資格を失った日', value: `${wareki(right.lostOn)}(転出)` },
      {
        label: '保険者',
        value: unionName(tx.scope!.union),
      },
    ],
    tables: [],
    remarks: [carried],
  }
}
