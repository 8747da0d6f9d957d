import type { NonResident, Resident } from '../records.ts'
import { found, insuredCore, insuredHere, livesHere, type Oddity, type Setting } from './oddity.ts'

function protectedBy(
  id: string,
  title: string,
  per100k: number,
  suits: Oddity['suits'],
  span: (setting: Setting) => { from: number; until: number | null },
  whole = false,
  effects = { nonDisclosure: true, selfProvisionDisabled: true },
): Oddity {
  return {
    id,
    title,
    per100k,
    touches: ['protection'],
    together: whole,
    suits,
    household: (household, person, _turn, setting) => {
      for (const one of whole ? household.persons : [person])
        one.protection = { ...span(setting), ...effects }
    },
    shows: ({ resident }, setting) => {
      const { until } = span(setting)
      return (
        resident?.protection === '1' &&
        (resident.protectionUntil === null) === (until === null) &&
        (resident.nonDisclosure === '1') === effects.nonDisclosure &&
        (resident.selfProvisionDisabled === '1') === effects.selfProvisionDisabled
      )
    },
  }
}

/** 支援措置・適用除外・障害認定・住登外の珍しい場合 */
export const statusOddities: readonly Oddity[] = [
  protectedBy('protected', '支援措置を受けている', 40, insuredCore, ({ today }) => ({
    from: today - 200,
    until: null,
  })),
  protectedBy(
    'protected-household',
    '世帯の全員が支援措置を受けている',
    5,
    (household, person) =>
      insuredCore(household, person) &&
      household.persons.length >= 2 &&
      household.persons.every(livesHere),
    ({ today }) => ({ from: today - 90, until: null }),
    true,
  ),
  protectedBy('protection-ended', '支援措置が終わった', 5, insuredCore, ({ today }) => ({
    from: today - 500,
    until: today - 135,
  })),
  protectedBy(
    'protected-after-move',
    '転居した人が支援措置を受けている',
    5,
    (household, person) => insuredCore(household, person) && person.stays.length >= 2,
    ({ today }) => ({ from: today - 25, until: null }),
  ),
  protectedBy(
    'protected-address-only',
    '支援措置のうち、不開示該当だけが付いている',
    5,
    insuredCore,
    ({ today }) => ({ from: today - 60, until: null }),
    false,
    { nonDisclosure: true, selfProvisionDisabled: false },
  ),
  protectedBy(
    'protected-self-only',
    '支援措置のうち、自己情報提供不可だけが付いている',
    5,
    insuredCore,
    ({ today }) => ({ from: today - 150, until: null }),
    false,
    { nonDisclosure: false, selfProvisionDisabled: true },
  ),
  found(
    'welfare-began',
    '被保険者だった人に生活保護が始まった',
    ['welfare'],
    (household, person, { start }) =>
      household.seat.kind === 'welfareAlone' &&
      person.welfare !== null &&
      person.welfare.from >= start &&
      person.welfare.from - person.birth > 75.1 * 365.2425,
    ({ resident }) => resident?.exclusion === '1' && resident.exclusionUntil === null,
  ),
  {
    id: 'support-benefit',
    title: '支援給付（中国残留邦人等）で適用除外',
    per100k: 3,
    touches: ['welfare'],
    suits: (household, person) => household.seat.kind === 'welfareAlone' && person.welfare !== null,
    household: (_household, person) => {
      if (person.welfare !== null) person.welfare.kind = '2'
    },
    shows: ({ resident }) => resident?.exclusion === '2',
  },
  found(
    'welfare-ended',
    '生活保護が終わって被保険者になった',
    ['welfare'],
    (household, person) => insuredCore(household, person) && person.welfare?.until != null,
    ({ resident }) => resident?.exclusion === '1' && resident.exclusionUntil !== null,
  ),
  found(
    'certified',
    '障害認定による65歳から74歳の被保険者',
    ['certification'],
    (household, person) => insuredHere(household, person) && person.age < 75,
    ({ household: { disabilityCertifications } }) => disabilityCertifications.length > 0,
  ),
  {
    id: 'certified-before-75',
    title: '75歳の前から障害認定を受けていた',
    per100k: 0,
    touches: ['certification', 'birth'],
    suits: (household, person) =>
      insuredCore(household, person) && person.age >= 75 && person.age < 79,
    household: (_household, person) => {
      person.certification ??= { from: person.birth + Math.floor(72.4 * 365.2425), until: null }
    },
    shows: ({ household: { disabilityCertifications } }) => disabilityCertifications.length > 0,
  },
  found(
    'certification-withdrawn',
    '障害認定を撤回した',
    ['certification'],
    (household, person) => household.seat.kind === 'withdrawn' && person.certification !== null,
    ({ household: { disabilityCertifications } }) =>
      disabilityCertifications.some(({ until }) => until !== null),
  ),
  found(
    'outside-long',
    '住所地特例（以前から県外の施設に住む、住登外）',
    ['stays'],
    (household, person) => household.outside !== null && person.stays.length === 0,
    ({ nonResidents, residents }) => nonResidents.length > 0 && residents.length === 0,
  ),
  found(
    'outside-recent',
    '住所地特例（転出の記録があり、住登外になった）',
    ['stays'],
    (household, person) => household.outside !== null && person.stays.length === 1,
    ({ nonResidents, residents }) => nonResidents.length > 0 && residents.length === 1,
  ),
  {
    id: 'outside-twice',
    title: '住登外に2度登録され、名寄せされた（代表・非代表）',
    per100k: 5,
    touches: ['stays'],
    suits: (household) => household.outside !== null,
    records: (_records, { household, person, nonResidents }, numbers) => {
      const [first] = nonResidents
      if (first === undefined) return
      _records.nonResidents.push({
        ...first,
        addresseeNumber: numbers.formerAddressee(household.seat, person.slot, 2),
        representative: '1',
        mergedInto: first.addresseeNumber,
      })
    },
    shows: ({ nonResidents }) => nonResidents.some(({ mergedInto }) => mergedInto !== null),
  },
  {
    id: 'non-resident-other',
    title: '住登外の「その他」（住民でない相続人代表など）',
    per100k: 5,
    touches: ['stays'],
    suits: (household, person) => household.seat.kind === 'leftAlone' && person.role === 'core',
    records: (records, { household, person, residents }, numbers) => {
      const [left] = residents
      if (left === undefined || left.movedTo === null) return
      records.nonResidents.push({
        ...nonResidentFrom(left),
        addresseeNumber: numbers.formerAddressee(household.seat, person.slot, 3),
      })
    },
    shows: ({ household: { nonResidents } }) =>
      nonResidents.some(({ nonResidentKind }) => nonResidentKind === '2'),
  },
]

function nonResidentFrom(left: Resident): NonResident {
  const { postalCode, townCode, prefectureName, municipalityName, town, lot, building } = left
  return {
    municipalityCode: left.municipalityCode,
    addresseeNumber: left.addresseeNumber,
    individualNumber: left.individualNumber,
    name: left.name,
    nameKana: left.nameKana,
    birthDate: left.birthDate,
    birthDateUnknown: left.birthDateUnknown,
    birthDateWording: left.birthDateWording,
    sex: left.sex,
    registeredAt: left.movedTo ?? left.municipalityCode,
    postalCode,
    townCode,
    prefectureName,
    municipalityName,
    town,
    lot,
    building,
    nonResidentKind: '2',
    appliesFrom: left.removedOn ?? left.changedOn,
    appliesUntil: null,
    representative: '0',
    mergedInto: null,
    protection: '0',
    protectionFrom: null,
    protectionUntil: null,
    nonDisclosure: '0',
    selfProvisionDisabled: '0',
    operatedOn: left.operatedOn,
  }
}
