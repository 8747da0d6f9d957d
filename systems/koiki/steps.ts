import { addYears, plainDate, type UnionCode } from '@koiki/kernel'
import { makePrefecture, secondUnionPersons } from '@koiki/prefecture'
import { recompute } from '@koiki/premium'
import {
  type Applicant,
  enterFacilities,
  type FacilityResident,
  type Visitor,
} from './counterSteps.ts'
import { compare, type StepResult, type Witness } from './evidence.ts'
import {
  bringBack,
  type Cast,
  exportFiles,
  issue,
  issueCertificates,
  type Stage,
  sendFiles,
  sharesJudged,
  transfer,
  unionRun,
} from './flows.ts'
import type { World } from './installation.ts'
import { misbehave, sendInSpite } from './misbehaviour.ts'

/** 場 of a rehearsal: the flows' stage and cast, both witnesses, and the order of the world. */
export interface Rehearsal {
  readonly stage: Stage
  readonly cast: Cast
  readonly union: Witness
  readonly municipality: Witness
  readonly world: World
  /** Who came to a counter so far. */
  readonly visitors: Visitor[]
  /** Who went to a facility under 住所地特例, as a counter was told. */
  readonly facilityResidents: FacilityResident[]
  /** Who asked there for a document. */
  readonly applicants: Applicant[]
  /** Some towns hand their media over late, twice, out of order, with lies, in an old edition or not at all. */
  readonly misbehaving: boolean
  readonly tell: (sentence: string) => void
}

/** 画面に出ているもの — the door that was asked, and its lines. */
export interface Shown {
  readonly door: string
  readonly lines: (r: Rehearsal) => Promise<readonly string[]>
}

export interface Step {
  readonly id: string
  /** Does the step from outside; a step without deeds of its own follows from the one before. */
  readonly act?: (r: Rehearsal) => Promise<void>
  readonly receiver: 'union' | 'municipality'
  /** What the receiver holds afterwards: a query with one text column `line`, or what a screen there shows. */
  readonly held: string | Shown
  /** What it must hold: asked of the other side. */
  readonly wanted: (r: Rehearsal) => Promise<readonly string[]>
}

const residentFacts = `concat_ws('|', municipality_code, addressee_number, household_number, name,
  birth_date, status)`
const moneyFacts = `concat_ws('|', municipality_code, addressee_number, fiscal_year, declaration,
  public_pension_yen, salary_yen, family_employee_salary_yen, business_yen,
  family_employee_deduction_yen, capital_gains_yen, capital_gains_special_deduction_yen, other_yen)`
const storedMoney = moneyFacts
  .replace(
    'declaration',
    `(array['undeclared', 'declared', 'inquiring'])[declaration_kind::int + 1]`,
  )
  .replace(/(\w+_yen)/g, 'coalesce($1, 0)')
/** What passed, without what was refused: its correction stands under the same number. */
const sent = (layouts: string, side: 'sent' | 'received'): string =>
  `select concat_ws('|', t.transmission_id, t.layout, t.sequence_number, t.record_count,
          t.sealed_sha256) as line
     from exchange.transmission t
     join lateral (select state from exchange.transmission_event e
                    where e.transmission_id = t.transmission_id
                    order by event_number desc limit 1) last on true
    where t.direction = '${side}' and t.layout in (${layouts}) and last.state <> 'refused'`
const residentLayouts = `'住民基本台帳情報', '住登外登録情報'`
const eligibilityLayouts = `'被保険者情報', '住所地特例者情報'`

const ask =
  (of: 'union' | 'municipality', query: string) =>
  (r: Rehearsal): Promise<readonly string[]> =>
    r[of].lines(query)

/** 見込まれる被保険者 — by the generator's own count, which the union has never seen. */
async function expectedInsured({ world }: Rehearsal): Promise<readonly string[]> {
  const lines: string[] = []
  for (const [union, persons] of [
    ['43', world.persons],
    ['31', secondUnionPersons(world.persons)],
  ] as const) {
    const { expectedInsured: expected } = makePrefecture({
      persons,
      seed: world.seed,
      worldDate: plainDate(world.firstDay),
      union: union as UnionCode,
    })
    // Below 75 it takes 障害認定, an application at a counter, which is not among these steps.
    const ofAge = addYears(plainDate(world.firstDay), -75)
    for (const person of expected())
      if (person.birthDate <= ofAge)
        lines.push(`${person.municipalityCode}|${person.addresseeNumber}|${person.birthDate}`)
  }
  return lines
}

/** Every living decision, asked again of the rule with the facts that it was made from. */
async function recomputed({ union }: Rehearsal): Promise<readonly string[]> {
  const facts = await union.lines(
    `select jsonb_build_object('key', a.subject_key, 'facts', w.facts)::text as line
       from premium.assessment_now a
       join premium.working w using (subject_key, fiscal_year, revision)
      where a.months > 0`,
  )
  return facts.map((text) => {
    const { key, facts: stored } = JSON.parse(text) as { key: number; facts: unknown }
    return `${key}|${recompute(stored) ?? '計算できない'}`
  })
}

/** 移入 — each transmission of some layouts that the union sent out, and that it was taken in whole. */
const takenIn = (id: string, layouts: string): Step => ({
  id,
  receiver: 'municipality',
  held: `select concat_ws('|', t.transmission_id, e.state) as line
           from exchange.transmission t
           join lateral (select state from exchange.transmission_event v
                          where v.transmission_id = t.transmission_id
                          order by event_number desc limit 1) e on true
          where t.layout in (${layouts}) and t.direction = 'received'`,
  wanted: ask(
    'union',
    `select concat_ws('|', transmission_id, 'applied') as line
       from exchange.transmission where layout in (${layouts}) and direction = 'sent'`,
  ),
})

/** The medium's sealed files as they lie there: enciphered, none in the open. */
async function sealedOnMedium(r: Rehearsal, step: '2-2' | '4-2'): Promise<readonly string[]> {
  const layouts = step === '2-2' ? residentLayouts : `'所得・課税情報'`
  const files = await r.municipality.lines(
    `select sealed_path as line from exchange.transmission
      where direction = 'sent' and layout in (${layouts})`,
  )
  const made = await r.municipality.lines(sent(layouts, 'sent'))
  return files.length === made.length ? made : []
}

/** 手順2-*、3-*、4-* — each with its deed, and the question that the other side is asked afterwards. */
export const steps: readonly Step[] = [
  {
    id: '2-1',
    act: ({ cast, stage }) => transfer(cast, stage, '2-1'),
    receiver: 'municipality',
    held: `select ${residentFacts} as line from municipal_system.resident`,
    wanted: ask('municipality', `select ${residentFacts} as line from resident_register.resident`),
  },
  {
    id: '2-2',
    act: async ({ cast, stage, misbehaving }) => {
      if (misbehaving) await misbehave(cast)
      await exportFiles(cast, stage, '2-2')
    },
    receiver: 'municipality',
    held: sent(residentLayouts, 'sent'),
    wanted: (r) => sealedOnMedium(r, '2-2'),
  },
  {
    id: '2-3',
    act: async ({ cast, stage, misbehaving, tell }) => {
      if (!misbehaving) return sendFiles(cast, stage, '2-3')
      for (const refusal of await sendInSpite(cast, stage)) tell(`　断り: ${refusal}`)
    },
    receiver: 'union',
    held: sent(residentLayouts, 'received'),
    wanted: ask('municipality', sent(residentLayouts, 'sent')),
  },
  {
    id: '2-4',
    receiver: 'union',
    held: `select concat_ws('|', r.municipality_code, r.addressee_number, c.household_number, c.name,
                  c.birth_date, c.status) as line
             from eligibility.resident r
             join eligibility.resident_record c
               on c.resident_key = r.resident_key and c.version = r.current_version
            where c.register = 1`,
    wanted: ask(
      'municipality',
      `select concat_ws('|', r.municipality_code, r.addressee_number, r.household_number, r.name,
              r.birth_date, r.status) as line
         from municipal_system.resident r
         join municipal_system.exported_record e
           on e.municipality_code = r.municipality_code
          and e.addressee_number = r.addressee_number and e.layout = '住民基本台帳情報'`,
    ),
  },
  {
    id: '2-5',
    receiver: 'union',
    held: `select concat_ws('|', r.municipality_code, r.addressee_number) as line
             from eligibility.resident r
             join vault.sealed_number n on n.token = r.number_token`,
    wanted: ask(
      'municipality',
      `select distinct concat_ws('|', p.municipality_code, p.addressee_number) as line
         from (select municipality_code, addressee_number, number_token from municipal_system.resident
               union all
               select municipality_code, addressee_number, number_token
                 from municipal_system.non_registered_person) p
         join municipal_system.exported_record e using (municipality_code, addressee_number)
        where p.number_token is not null and e.layout in (${residentLayouts})`,
    ),
  },
  {
    id: '3-1',
    act: ({ cast, stage }) => unionRun(cast, stage, 'decide-eligibility'),
    receiver: 'union',
    held: `select concat_ws('|', e.municipality_code, r.addressee_number, p.birth_date) as line
             from eligibility.entitlement e
             join eligibility.insured_person p using (subject_key)
             join eligibility.resident r on r.resident_key = e.resident_key
            where e.held @> (select today from work.clock)`,
    wanted: expectedInsured,
  },
  {
    id: '3-2',
    receiver: 'union',
    held: `select concat_ws('|', l.municipality_code, l.addressee_number, l.insured_number,
                  l.number_token is not null) as line
             from eligibility.linked_resident l`,
    wanted: ask(
      'union',
      `select concat_ws('|', r.municipality_code, r.addressee_number, p.insured_number,
              r.number_token is not null) as line
         from eligibility.resident r
         join eligibility.insured_person p using (subject_key)`,
    ),
  },
  {
    id: '3-3',
    // With what the counters told at once: the union has heard of a facility from nobody else.
    act: async (r) => {
      await enterFacilities(r)
      await unionRun(r.cast, r.stage, 'deliver-insured')
      await unionRun(r.cast, r.stage, 'deliver-provisions')
    },
    receiver: 'union',
    held: `select concat_ws('|', t.municipality_code, d.subject_key, d.acquired_on) as line
             from eligibility.insured_delivery d
             join exchange.transmission t using (transmission_id)
            where t.layout = '被保険者情報' and t.direction = 'sent'
            union all
           select concat_ws('|', t.municipality_code, a.addressee_number, d.provision_kind, d.began_on)
             from certificates.provision_delivery d
             join exchange.transmission t using (transmission_id)
             join eligibility.registered_residence a using (resident_key)
            where t.layout = '住所地特例者情報' and t.direction = 'sent'`,
    wanted: async (r) => [
      ...(await r.union.lines(
        `select distinct concat_ws('|', municipality_code, subject_key, acquired_on) as line
           from eligibility.entitlement`,
      )),
      ...r.facilityResidents.map(({ code, addresseeNumber, side }) =>
        [code, addresseeNumber, side, r.world.firstDay].join('|'),
      ),
    ],
  },
  {
    id: '3-4',
    act: ({ cast, stage }) => bringBack(cast, stage, '被保険者情報', '住所地特例者情報'),
    receiver: 'municipality',
    held: sent(eligibilityLayouts, 'received'),
    wanted: ask('union', sent(eligibilityLayouts, 'sent')),
  },
  takenIn('3-5', eligibilityLayouts),
  {
    id: '3-6',
    act: ({ cast, stage }) => transfer(cast, stage, '3-6'),
    receiver: 'municipality',
    held: `select concat_ws('|', municipality_code, addressee_number, insured_number, acquired_on,
                  coalesce(lost_on::text, '-'), number_token is not null) as line
             from municipal_system.insured_person
            union all
           select concat_ws('|', municipality_code, addressee_number, provision_kind, began_on,
                  coalesce(ended_on::text, '-'), facility_name)
             from municipal_system.residence_provision where change_kind <> '4'`,
    wanted: async (r) => [
      ...(await r.union.lines(
        `select distinct on (e.municipality_code, e.subject_key, e.acquired_on)
              concat_ws('|', e.municipality_code, r.addressee_number, p.insured_number,
                e.acquired_on, coalesce(upper(e.held)::text, '-'), r.number_token is not null) as line
         from eligibility.entitlement e
         join eligibility.resident r on r.resident_key = e.resident_key
         join eligibility.insured_person p on p.subject_key = e.subject_key
        order by e.municipality_code, e.subject_key, e.acquired_on, e.began_on desc`,
      )),
      ...r.facilityResidents.map(({ code, addresseeNumber, side, facilityName }) =>
        [code, addresseeNumber, side, r.world.firstDay, '-', facilityName].join('|'),
      ),
    ],
  },
  {
    id: '3-7',
    // A document says the share, which rests on the incomes: those of 4-1 to 4-3 come first.
    act: async ({ cast, stage }) => {
      await transfer(cast, stage, '4-1')
      await exportFiles(cast, stage, '4-2')
      await sendFiles(cast, stage, '4-3')
      await sharesJudged(cast, stage)
      await issueCertificates(cast, stage)
    },
    receiver: 'municipality',
    held: `select concat_ws('|', c.municipality_code, c.subject_key, c.issue_number,
                  c.certificate_kind, c.share_tenths, coalesce(c.limit_category, '-'),
                  c.valid_until, c.address_shown, o.outcome, h.method) as line
             from municipal_system.certificate c
             join municipal_system.document d
               using (subject_key, municipality_code, issue_number)
             left join municipal_system.sheet_outcome o
               using (subject_key, municipality_code, document_kind, sheet_number)
             left join municipal_system.hand_over h
               using (subject_key, municipality_code, document_kind, sheet_number)
            union all
           select concat_ws('|', i.municipality_code, i.subject_key, '発行用情報がない')
             from municipal_system.insured_person i
             cross join work.clock t
            where i.acquired_on <= t.today and (i.lost_on is null or i.lost_on > t.today)
              and not exists (
                select from municipal_system.certificate c
                 where c.subject_key = i.subject_key
                   and c.municipality_code = i.municipality_code)`,
    wanted: ask(
      'union',
      `select concat_ws('|', i.municipality_code, i.subject_key, i.issue_number,
              case i.document when 'eligibilityInformationNotice' then '3'
                when 'specialEligibilityCertificate' then '4' else '2' end,
              i.contents ->> 'tenths', coalesce(i.contents ->> 'limitCategory', '-'),
              i.valid_until, '1', '印刷済み', '郵送') as line
         from certificates.issue i
         join certificates.sheet s using (subject_key, municipality_code, issue_number)
        where s.state = 'printed'
        union all
       select concat_ws('|', e.municipality_code, e.subject_key, '発行用情報がない')
         from eligibility.entitlement e
        where e.held @> (select today from work.clock)
          and not exists (
            select from certificates.issue i
             where i.subject_key = e.subject_key and i.municipality_code = e.municipality_code)`,
    ),
  },
  {
    id: '4-1',
    act: ({ cast, stage }) => transfer(cast, stage, '4-1'),
    receiver: 'municipality',
    held: `select ${storedMoney} as line from municipal_system.income`,
    wanted: ask('municipality', `select ${storedMoney} as line from local_tax.income`),
  },
  {
    id: '4-2',
    act: ({ cast, stage }) => exportFiles(cast, stage, '4-2'),
    receiver: 'municipality',
    held: sent(`'所得・課税情報'`, 'sent'),
    wanted: (r) => sealedOnMedium(r, '4-2'),
  },
  {
    id: '4-3',
    act: ({ cast, stage }) => sendFiles(cast, stage, '4-3'),
    receiver: 'union',
    held: sent(`'所得・課税情報'`, 'received'),
    wanted: ask('municipality', sent(`'所得・課税情報'`, 'sent')),
  },
  {
    id: '4-4',
    receiver: 'union',
    held: `select ${moneyFacts.replaceAll('municipality_code', 'i.municipality_code')} as line
             from premium.income_now i
             join eligibility.addressee_number n on n.resident_key = i.resident_key`,
    wanted: ask(
      'municipality',
      `select ${storedMoney} as line
         from municipal_system.income
         join municipal_system.exported_record
           using (municipality_code, addressee_number, fiscal_year)
        where layout = '所得・課税情報'`,
    ),
  },
  {
    id: '4-5',
    act: ({ cast, stage }) => unionRun(cast, stage, 'assess-premiums'),
    receiver: 'union',
    held: `select concat_ws('|', subject_key, annual_yen) as line
             from premium.assessment_now where months > 0`,
    wanted: recomputed,
  },
  {
    id: '4-6',
    act: ({ cast, stage }) => unionRun(cast, stage, 'deliver-premiums'),
    receiver: 'union',
    held: `select concat_ws('|', d.municipality_code, d.subject_key, d.fiscal_year, d.revision) as line
             from premium.delivery d join exchange.transmission t using (transmission_id)
            where t.layout = '保険料情報' and t.direction = 'sent'`,
    wanted: ask(
      'union',
      `select concat_ws('|', municipality_code, subject_key, fiscal_year, revision) as line
         from premium.assessment_now`,
    ),
  },
  {
    id: '4-7',
    act: ({ cast, stage }) => bringBack(cast, stage, '保険料情報'),
    receiver: 'municipality',
    held: sent(`'保険料情報'`, 'received'),
    wanted: ask('union', sent(`'保険料情報'`, 'sent')),
  },
  takenIn('4-8', `'保険料情報'`),
  {
    id: '4-9',
    receiver: 'municipality',
    held: `select concat_ws('|', municipality_code, insured_number, fiscal_year, revision, premium_yen,
                  medical_annual_yen, child_annual_yen) as line
             from municipal_system.premium`,
    wanted: ask(
      'union',
      `select concat_ws('|', municipality_code, lpad((subject_key % 100000000)::text, 8, '0'),
              fiscal_year, revision, annual_yen, medical_annual_yen, child_annual_yen) as line
         from premium.assessment_now`,
    ),
  },
  {
    id: '4-10',
    act: ({ cast, stage }) => issue(cast, stage, '保険料額決定通知書'),
    receiver: 'municipality',
    held: `select concat_ws('|', subject_key, fiscal_year, revision) as line
             from municipal_system.document where document_kind = '保険料額決定通知書'`,
    wanted: ask(
      'union',
      `select concat_ws('|', subject_key, fiscal_year, revision) as line
         from premium.assessment_now`,
    ),
  },
  {
    id: '4-11',
    receiver: 'municipality',
    held: `select concat_ws('|', h.subject_key, d.fiscal_year, d.revision) as line
             from municipal_system.hand_over h
             join municipal_system.document d
               using (subject_key, municipality_code, document_kind, sheet_number)
            where h.document_kind = '保険料額決定通知書'`,
    wanted: ask(
      'municipality',
      `select concat_ws('|', subject_key, fiscal_year, revision) as line
         from municipal_system.document
        where document_kind = '保険料額決定通知書' and stopped_because is null`,
    ),
  },
]

/** 一つの手順を行い、相手側で確かめる */
export async function rehearseStep(step: Step, r: Rehearsal): Promise<StepResult> {
  const start = performance.now()
  await step.act?.(r)
  const ms = Math.round(performance.now() - start)
  const [question, held] =
    typeof step.held === 'string'
      ? [step.held, await r[step.receiver].lines(step.held)]
      : [step.held.door, await step.held.lines(r)]
  return compare(step.id, step.receiver, question, held, await step.wanted(r), ms)
}
