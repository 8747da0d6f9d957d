import { randomUUID } from 'node:crypto'
import { individualNumberCheckDigit, type PlainDate } from '@koiki/kernel'
import { readPages } from '@koiki/notices'
import { exportFiles, sendFiles, sharesJudged, sheetCodesOn, type Town, transfer } from './flows.ts'
import type { Rehearsal, Shown, Step } from './steps.ts'

/** 窓口に来た人 — moved in from another prefecture on the world's first day, and told both desks of the town hall. */
interface Visitor {
  readonly town: Town
  readonly addresseeNumber: string
  /** As it stands on the notification. */
  readonly paper: {
    readonly name: string
    readonly kana: string
    readonly birthDate: string
    readonly sex: string
  }
  readonly numberState: 'written' | 'blank'
  readonly receiptNumber: string
  readonly filing: string
  readonly person: string
  readonly insuredNumber: string
  /** Brought a 負担区分等証明書: the share is known on the day of moving in. */
  readonly certified: boolean
}

/** What the resident register is told, and what the clerk at the counter types. */
const comers = [
  {
    code: '431001',
    name: '架空　渡',
    kana: 'カクウ　ワタル',
    typed: 'カクウ　ワタル',
    birthDate: '1947-03-09',
    sex: '1',
    number: true,
    certified: true,
  },
  {
    code: '432156',
    name: '見本　波子',
    kana: 'ミホン　ナミコ',
    // The clerk mishears one letter: the night's comparison must show it.
    typed: 'ミホン　マミコ',
    birthDate: '1950-11-23',
    sex: '2',
    number: true,
    certified: false,
  },
  {
    code: '312011',
    name: '模擬　砂丸',
    kana: 'モギ　スナマル',
    typed: 'モギ　スナマル',
    birthDate: '1944-01-31',
    sex: '1',
    // Not written on the form: accepted all the same, and completed from the register.
    number: false,
    certified: false,
  },
] as const

/** 負担区分等証明書 — as the union that was left wrote it out; there is no income of this person here. */
const certificate = {
  certifiedTenths: '2',
  certifiedCategory: 'general2',
  certifiedFrom: '2025-08-01',
  certifiedIssuer: '福岡県後期高齢者医療広域連合',
} as const

const town = ({ cast }: Rehearsal, code: string): Town =>
  cast.towns.find((one) => one.code === code) as Town

/** 見本の個人番号 — with the beginning that the invented people have, apart from all of the generator's. */
function invented(union: string, running: number): string {
  const body = `9${union}${String(99_990_000 + running)}`
  return `${body}${individualNumberCheckDigit(body)}`
}

const address = {
  postalCode: '8600000',
  townName: '架空町一丁目',
  houseNumber: '１番１号',
}

/** 1-1 … 1-4 at once, as the counter lives them: the form is read, typed and sent, and the answer comes. */
async function visit(r: Rehearsal): Promise<void> {
  const on = r.world.firstDay as PlainDate
  for (const [index, comer] of comers.entries()) {
    const here = town(r, comer.code)
    const number = invented(comer.code.slice(0, 2), index)
    const { addresseeNumbers } = await here.operator.post<{ addresseeNumbers: string[] }>(
      '/events',
      {
        eventId: randomUUID(),
        kind: '転入',
        occurredOn: on,
        address,
        movedFromMunicipality: '401307',
        newcomers: [
          {
            individualNumber: number,
            name: comer.name,
            nameKana: comer.kana,
            birthDate: comer.birthDate,
            sex: comer.sex,
            relationship: '世帯主',
          },
        ],
      },
    )
    const addresseeNumber = addresseeNumbers[0] as string
    const paper = {
      name: comer.name,
      kana: comer.typed,
      birthDate: comer.birthDate,
      sex: comer.sex,
    }
    const told = await here.counter.post<
      Pick<Visitor, 'receiptNumber' | 'filing' | 'person' | 'insuredNumber'>
    >('/filings', {
      filingId: randomUUID(),
      kind: 'acquisitionMoveIn',
      person: null,
      addresseeNumber,
      filedOn: on,
      occurredOn: on,
      filer: 'self',
      proxy: null,
      fields: {
        name: paper.name,
        nameKana: paper.kana,
        birthDate: paper.birthDate,
        sex: paper.sex,
        relationship: '世帯主',
        address: {
          postalCode: address.postalCode,
          prefecture: comer.code.startsWith('43') ? '熊本県' : '鳥取県',
          municipalityName: here.name,
          town: address.townName,
          houseNumber: address.houseNumber,
          building: null,
        },
        movedFrom: '401307',
        formerLoss: 'none',
        ...(comer.certified ? certificate : {}),
      },
      numberState: comer.number ? 'written' : 'blank',
      numberReason: comer.number ? null : '書いていなかった',
      individualNumber: comer.number ? number : null,
      numberCheck: comer.number ? 'individualNumberCard' : null,
      identityCheck: ['driversLicence'],
      documents: comer.certified ? ['burdenCertificate'] : [],
    })
    r.visitors.push({
      town: here,
      addresseeNumber,
      paper,
      numberState: comer.number ? 'written' : 'blank',
      certified: comer.certified,
      ...told,
    })
  }
}

/** 施設に入った人 — about whom a 住所地特例適用届 was filed at a counter, in the words of the notification. */
interface FacilityResident {
  readonly code: string
  readonly addresseeNumber: string
  readonly side: '1' | '2'
  readonly facilityName: string
}

const facilities = [
  {
    side: '1',
    who: { side: 'ours' },
    facilityName: '架空苑',
    prefecture: '福岡県',
    municipalityName: '福岡市',
    // Who is kept here without living here, if anybody: that is how such people are mostly known.
    found: `select r.municipality_code || '|' || r.addressee_number as line
              from eligibility.entitlement e
              join eligibility.resident r using (resident_key)
              join eligibility.insured_person p on p.subject_key = e.subject_key
              join eligibility.resident_record c
                on c.resident_key = r.resident_key and c.version = r.current_version
             where e.union_code = 43 and upper_inf(e.held) and not p.under_support_measure
               and c.non_disclosure = '0'
             order by c.register desc, 1 limit 1`,
  },
  {
    side: '2',
    who: { side: 'others', insurerUnion: '40' },
    facilityName: '見本病院',
    prefecture: '熊本県',
    municipalityName: '熊本市',
    // Of the years in which only a certified person is insured: with us this one is not.
    found: `select r.municipality_code || '|' || r.addressee_number as line
              from eligibility.resident r
              join eligibility.resident_record c
                on c.resident_key = r.resident_key and c.version = r.current_version
             where r.union_code = 43 and r.subject_key is null and c.register = 1
               and c.status = '1' and c.non_disclosure = '0'
               and c.birth_date between '1952-01-01' and '1961-01-01'
             order by 1 limit 1`,
  },
] as const

/** 住所地特例適用届 — one of an insured person who went to a facility elsewhere, one of somebody else's who came to one here. */
export async function enterFacilities(r: Rehearsal): Promise<void> {
  const on = r.world.firstDay
  for (const { side, who, facilityName, prefecture, municipalityName, found } of facilities) {
    for (const line of await r.union.lines(found)) {
      const [code, addresseeNumber] = line.split('|') as [string, string]
      await town(r, code).counter.post('/filings', {
        filingId: randomUUID(),
        kind: 'provisionBegan',
        person: null,
        addresseeNumber,
        filedOn: on,
        occurredOn: on,
        filer: 'self',
        proxy: null,
        fields: {
          ...who,
          facilityKind: '特別養護老人ホーム',
          facilityName,
          facilityAddress: {
            postalCode: address.postalCode,
            prefecture,
            municipalityName,
            town: address.townName,
            houseNumber: address.houseNumber,
            building: null,
          },
        },
        numberState: 'blank',
        numberReason: '書いていなかった',
        individualNumber: null,
        numberCheck: null,
        identityCheck: ['driversLicence'],
        documents: ['admission'],
      })
      r.facilityResidents.push({ code, addresseeNumber, side, facilityName })
    }
  }
}

const own = ({ visitors }: Rehearsal, line: (visitor: Visitor) => string): readonly string[] =>
  visitors.map(line)

const filed = `from eligibility.filing f
  join eligibility.filing_person p using (filing_id)
  join eligibility.resident d on d.resident_key = p.resident_key
  join eligibility.filing_event e on e.filing_id = f.filing_id and e.version = 1
 where f.kind = 'acquisitionMoveIn'`

/** Once more through the night: register, medium, counter terminal, intake — and then the comparison. */
async function nextNight(r: Rehearsal): Promise<void> {
  const towns = [...new Set(r.visitors.map((visitor) => visitor.town))]
  const cast = { ...r.cast, towns }
  await transfer(cast, r.stage, '2-1')
  await exportFiles(cast, r.stage, '2-2')
  await sendFiles(cast, r.stage, '2-3')
  for (const { counter } of towns) {
    const { differences } = await counter.get<{ differences: { difference: string }[] }>(
      '/differences?state=open',
    )
    for (const { difference } of differences)
      await counter.post(`/differences/${difference}/resolve`, {
        take: 'register',
        note: '届書を見直した。窓口の打ちまちがい。',
      })
  }
}

/** 交付を求める人 — has lost the document, and knows the 被保険者番号. */
interface Applicant {
  readonly town: Town
  readonly insuredNumber: string
  readonly person: string
  certificate: (Paper & { readonly tail: string }) | null
}

const purpose = { 'koiki-purpose': 'application' }

interface Papers {
  readonly version: number
  readonly reasons: readonly { value: string; suggested: boolean; impossible: string | null }[]
}

interface Paper {
  readonly certificate: string
  readonly version: number
}

/**
 * 文書を求める人 — people of two towns whose share the union has judged by itself, and the newcomer whose share a
 * certificate tells; all of them on the day itself.
 */
async function comeForDocuments(r: Rehearsal): Promise<void> {
  await sharesJudged(r.cast, r.stage)
  for (const { town: here, insuredNumber, person, certified } of r.visitors)
    if (certified) r.applicants.push({ town: here, insuredNumber, person, certificate: null })
  for (const code of ['431001', '432156']) {
    const here = town(r, code)
    const numbers = await r.union.lines(
      `select distinct p.insured_number as line
         from copay.share_period s
         join eligibility.insured_person p using (subject_key)
         join eligibility.entitlement e using (subject_key)
        where p.municipality_code = '${code}' and s.held @> date '${r.world.firstDay}'
          and e.held @> date '${r.world.firstDay}' and not p.under_support_measure
          and p.insured_number not in (${ofApplicants(r) || "''"})
        order by 1 limit 2`,
    )
    for (const insuredNumber of numbers) {
      const { people } = await here.counter.post<{ people: { person: string }[] }>('/search', {
        words: insuredNumber,
        purpose: 'application',
      })
      const [found] = people
      if (found !== undefined)
        r.applicants.push({ town: here, insuredNumber, person: found.person, certificate: null })
    }
  }
}

/** 紙の右下の下4けた — no screen tells it before somebody has seen the paper: it is read from the printed page. */
async function tailOnPaper(pdf: Buffer): Promise<string> {
  const [page] = await readPages(pdf)
  return sheetCodesOn(page ?? '')[0]?.slice(-4) ?? ''
}

async function issueAtCounter(r: Rehearsal): Promise<void> {
  for (const applicant of r.applicants) {
    const { counter } = applicant.town
    const doors = `/people/${applicant.person}/certificates`
    const { version, reasons } = await counter.get<Papers>(doors, purpose)
    const possible = reasons.filter(({ impossible }) => impossible === null)
    const reason = (possible.find(({ suggested }) => suggested) ?? possible[0])?.value
    const asked = { reason, delivery: 'handOver' }
    await counter.paper(`${doors}/preview`, purpose, asked)
    const issued = await counter.post<Paper>(
      `${doors}/issue`,
      { ...asked, request: randomUUID(), version },
      purpose,
    )
    const tail = await tailOnPaper(
      await counter.paper(`/certificates/${issued.certificate}/pdf`, purpose),
    )
    const confirmed = await counter.post<Paper>(
      `/certificates/${issued.certificate}/confirm`,
      { version: issued.version, tail },
      purpose,
    )
    applicant.certificate = { ...confirmed, tail }
  }
}

async function handOverAtCounter({ applicants }: Rehearsal): Promise<void> {
  for (const { town: here, certificate } of applicants)
    await here.counter.post(
      `/certificates/${certificate?.certificate}/hand-over`,
      { version: certificate?.version, to: 'self', signed: true },
      purpose,
    )
}

/** What the counter terminal shows of those who came: from when they are insured, and the share of the day. */
const rightsShown: Shown = {
  door: 'GET /counter/api/people/:person',
  lines: async ({ applicants }) => {
    const lines: string[] = []
    for (const { town: here, insuredNumber, person } of applicants) {
      const shown = await here.counter.get<{
        eligibility: { from: string; until: string | null }[]
      }>(`/people/${person}`, purpose)
      const { now } = await here.counter.get<{ now: { tenths: number } | null }>(
        `/people/${person}/copay`,
        purpose,
      )
      for (const { from, until } of shown.eligibility)
        lines.push([insuredNumber, from, until ?? '-', now?.tenths ?? '-'].join('|'))
    }
    return lines
  },
}

/** What the counter terminal shows of each newcomer's page: whether a number is kept with the 宛名番号 that was filed. */
const numbersShown: Shown = {
  door: 'GET /counter/api/people/:person',
  lines: async ({ visitors }) => {
    const lines: string[] = []
    for (const { town: here, addresseeNumber, person } of visitors) {
      const { individualNumber } = await here.counter.get<{ individualNumber: { held: boolean } }>(
        `/people/${person}`,
        purpose,
      )
      lines.push([here.code, addresseeNumber, individualNumber.held ? 't' : 'f'].join('|'))
    }
    return lines
  },
}

const ofApplicants = ({ applicants }: Rehearsal): string =>
  applicants.map(({ insuredNumber }) => `'${insuredNumber}'`).join(', ')

/** 手順1-* — the counter's day, after the nights of the other flows have filled both sides. */
export const counterSteps: readonly Step[] = [
  {
    id: '1-1',
    act: visit,
    receiver: 'union',
    held: `select concat_ws('|', f.municipality_code, d.addressee_number, f.receipt_number) as line ${filed}`,
    wanted: async (r) =>
      own(r, (one) => `${one.town.code}|${one.addresseeNumber}|${one.receiptNumber}`),
  },
  {
    id: '1-2',
    receiver: 'union',
    held: `select concat_ws('|', f.receipt_number, e.content ->> 'numberState',
             coalesce(e.content ->> 'numberCheck', '-'), e.content -> 'identityCheck' ->> 0) as line ${filed}`,
    wanted: async (r) =>
      own(r, ({ receiptNumber, numberState }) =>
        [
          receiptNumber,
          numberState,
          numberState === 'written' ? 'individualNumberCard' : '-',
          'driversLicence',
        ].join('|'),
      ),
  },
  {
    id: '1-3',
    receiver: 'union',
    held: `select concat_ws('|', f.receipt_number, e.content -> 'fields' ->> 'name',
             e.content -> 'fields' ->> 'nameKana', e.content -> 'fields' ->> 'birthDate') as line ${filed}`,
    wanted: async (r) =>
      own(r, ({ receiptNumber, paper }) =>
        [receiptNumber, paper.name, paper.kana, paper.birthDate].join('|'),
      ),
  },
  {
    id: '1-4',
    receiver: 'union',
    held: `select concat_ws('|', t.municipality_code, r.addressee_number, t.acquired_on, t.ground_acquired) as line
             from eligibility.entitlement t
             join eligibility.resident r using (resident_key)
             join eligibility.filing_person p using (resident_key)
             join eligibility.filing f using (filing_id)
            where f.kind = 'acquisitionMoveIn'`,
    wanted: async (r) =>
      own(r, (one) => `${one.town.code}|${one.addresseeNumber}|${r.world.firstDay}|03`),
  },
  {
    id: '1-5',
    receiver: 'union',
    held: numbersShown,
    wanted: async (r) =>
      own(
        r,
        (one) =>
          `${one.town.code}|${one.addresseeNumber}|${one.numberState === 'written' ? 't' : 'f'}`,
      ),
  },
  {
    id: '1-6',
    act: nextNight,
    receiver: 'union',
    held: `select concat_ws('|', r.municipality_code, r.addressee_number, s.reconciliation, c.name_kana,
             r.number_token is not null) as line
             from eligibility.filing f
             join eligibility.filing_standing s using (filing_id)
             join eligibility.filing_person p using (filing_id)
             join eligibility.resident r on r.resident_key = p.resident_key
             join eligibility.resident_record c
               on c.resident_key = r.resident_key and c.version = r.current_version
            where f.kind = 'acquisitionMoveIn'`,
    wanted: async (r) => {
      const registered = await r.municipality.lines(
        `select concat_ws('|', municipality_code, addressee_number, name_kana) as line
           from resident_register.resident where name in (${comers.map(({ name }) => `'${name}'`).join(', ')})`,
      )
      return registered.map((line) => {
        const [code, addressee, kana] = line.split('|') as [string, string, string]
        const { paper } = r.visitors.find((one) => one.addresseeNumber === addressee) as Visitor
        return [code, addressee, paper.kana === kana ? 'matched' : 'settled', kana, 't'].join('|')
      })
    },
  },
  {
    id: '1-7',
    act: comeForDocuments,
    receiver: 'union',
    held: rightsShown,
    wanted: (r) =>
      r.union.lines(
        `select concat_ws('|', p.insured_number, e.acquired_on, coalesce(e.lost_on::text, '-'), s.tenths) as line
           from eligibility.entitlement e
           join eligibility.insured_person p using (subject_key)
           join copay.share_period s
             on s.subject_key = e.subject_key and s.held @> date '${r.world.firstDay}'
          where p.insured_number in (${ofApplicants(r)})
          group by p.insured_number, e.acquired_on, e.lost_on, s.tenths`,
      ),
  },
  {
    id: '1-8',
    act: issueAtCounter,
    receiver: 'union',
    held: `select concat_ws('|', i.municipality_code, (i.subject_key % 100000000)::text,
             right(s.code, 4), s.state) as line
             from certificates.issue i join certificates.sheet s using (subject_key, municipality_code, issue_number)
            where i.manner = 'counter'`,
    wanted: async ({ applicants }) =>
      applicants.map(({ town: here, insuredNumber, certificate }) =>
        [here.code, String(Number(insuredNumber)), certificate?.tail ?? '', 'printed'].join('|'),
      ),
  },
  {
    id: '1-9',
    act: handOverAtCounter,
    receiver: 'union',
    held: `select concat_ws('|', municipality_code, (subject_key % 100000000)::text) as line
             from certificates.issue_event where act = 'handedOver'`,
    wanted: async ({ applicants }) =>
      applicants.map(({ town: here, insuredNumber }) =>
        [here.code, String(Number(insuredNumber))].join('|'),
      ),
  },
]

export type { Applicant, FacilityResident, Visitor }
