import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, letters, line, type Period, type PlainDate, plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import type {
  DisabilityCertification,
  Entitlement,
  Exclusion,
  FacilityStay,
  PersonFacts,
  Residence,
  ResidenceProvision,
} from '../entitlement.ts'
import { decisionsBetween } from './decisions.ts'
import { entitlementOf } from './entitlement.ts'
import { inOrderOfKnowing } from './knowing.ts'
import { underOneNumber } from './numbering.ts'
import { residences } from './residences.ts'

fc.configureGlobal({ seed: 75, numRuns: 1000 })

// One letter a month from April 2026: A 熊本市, B 八代市, blank is outside the union. X is 適用除外.
const places: Record<string, string> = { A: '431001', B: '432024' }
const asOf = plainDate('2030-01-01')

const nothingTold = { disabilities: [], provisions: [], facilityStays: [] }

function drawn(住所: string, 適用除外 = '', birth = '1940-01-01'): PersonFacts {
  const runs = line(住所)
  const stays = runs.map((run, index) => stayOf(run, runs[index + 1], index + 1))
  return {
    ...nothingTold,
    union: '43',
    birthDate: plainDate(birth),
    residences: stays,
    exclusions: line(適用除外).flatMap(({ from, until }) =>
      stays.map(({ residentKey }) => ({
        residentKey,
        kind: '1' as const,
        from,
        until,
        endUnknown: false,
      })),
    ),
  }
}

function stayOf(run: Period<string>, next: Period<string> | undefined, key: number): Residence {
  const inside = next !== undefined && next.from === run.until
  return {
    residentKey: key,
    municipality: places[run.value]!,
    register: 'residentRegister',
    from: run.from,
    removedOn: run.until,
    ending: run.until === null ? null : 'movedOut',
    movedFrom: null,
    movedTo: run.until === null ? null : inside ? places[next.value]! : '401307',
    stayUntil: null,
  }
}

/** 資格を文字で: the municipality's letter while insured. */
function drawnRights(person: PersonFacts, months: number): string {
  const answer = entitlementOf(person, asOf)
  assert.notEqual(answer.kind, 'incomplete')
  const rights = answer.kind === 'incomplete' ? [] : answer.entitlements
  const named = new Map(Object.entries(places).map(([letter, code]) => [code, letter]))
  const periods = rights.flatMap(({ pieces }) =>
    pieces.map(({ from, until, municipality }) => ({
      from,
      until,
      value: named.get(municipality)!,
    })),
  )
  return letters(periods, months)
}

test('住所が続く間は資格が続く', () => {
  assert.equal(drawnRights(drawn('AAAAAA>'), 6), 'AAAAAA')
})

test('市区町村が変わっても切れ目がない', () => {
  assert.equal(drawnRights(drawn('AAABBB>'), 6), 'AAABBB')
})

test('区域を出ている間は資格がない', () => {
  assert.equal(drawnRights(drawn('AA  BB>'), 6), 'AA  BB')
})

test('適用除外の月は資格がない', () => {
  assert.equal(drawnRights(drawn('AAAAAA>', ' XX'), 6), 'A  AAA')
})

test('適用除外のまま引っ越し、移った先で終わる', () => {
  assert.equal(drawnRights(drawn('AAABBB>', '  XX'), 6), 'AA  BB')
})

test('年齢に達する月の前は資格がない', () => {
  assert.equal(drawnRights(drawn('AAAAAA>', '', '1951-07-01'), 6), '   AAA')
})

// Told by filings, in the same months: D 障害認定, O ほかの広域連合の住所地特例, F 住所地特例の施設, H ふつうの家, V 当広域の
// 住所地特例 in 熊本市.
function told(facts: { D?: string; O?: string; V?: string; F?: string }): Partial<PersonFacts> {
  const provision =
    (kind: ResidenceProvision['kind'], insurerUnion: string | null) =>
    ({ from, until }: Period<string>): ResidenceProvision => ({
      residentKey: 1,
      municipality: '431001',
      kind,
      from,
      until,
      insurerUnion,
    })
  return {
    disabilities: line(facts.D ?? '').map(({ from, until }) => ({
      residentKey: 1,
      certifiedOn: from,
      until,
    })),
    provisions: [
      ...line(facts.O ?? '').map(provision('他広域', '40')),
      ...line(facts.V ?? '').map(provision('当広域', null)),
    ],
    facilityStays: line(facts.F ?? '').map(({ from, until, value }) => ({
      residentKey: 1,
      from,
      until,
      kind: value === 'F' ? '特定施設' : '一般の住宅',
    })),
  }
}

const drawnTold = (住所: string, facts: Parameters<typeof told>[0], birth?: string): string =>
  drawnRights({ ...drawn(住所, '', birth), ...told(facts) }, 6)

test('障害認定の月だけ資格がある', () => {
  assert.equal(drawnTold('AAAAAA>', { D: '  DD' }, '1958-01-01'), '  AA  ')
})

test('障害認定は引っ越しても続き、75歳で途切れない', () => {
  assert.equal(drawnTold('AAABBB>', { D: ' D>' }, '1951-08-01'), ' AABBB')
})

test('障害認定は区域を出れば終わり、戻っても75歳までない', () => {
  assert.equal(drawnTold('AA BBB>', { D: 'D>' }, '1951-09-01'), 'AA   B')
})

test('撤回して、もう一度認定を受ける', () => {
  assert.equal(drawnTold('AAAAAA>', { D: 'DD DDD>' }, '1958-01-01'), 'AA AAA')
})

test('ほかの広域連合の住所地特例の間は資格がない', () => {
  assert.equal(drawnTold('AAAAAA>', { O: ' OOO' }), 'A   AA')
})

test('住所地特例は施設が続く間だけ。途切れた月から資格がある', () => {
  assert.equal(drawnTold('AAAAAA>', { O: 'O>', F: 'FF F>' }), '  AAAA')
  assert.equal(drawnTold('AAABBB>', { O: 'O>', F: 'FFFFHH' }), '    BB')
})

test('県外の施設にいる間も資格が続き、施設を出れば終わる', () => {
  assert.equal(drawnTold('AA', { V: '  V>', F: '  FFF' }), 'AAAAA ')
})

test('県外の施設から区域に戻った人は切れ目がない', () => {
  assert.equal(drawnTold('AA  BB>', { V: '  VV', F: '  FF' }), 'AAAABB')
})

test('撤回では同じ番号が続く', () => {
  const answer = entitlementOf(
    { ...drawn('AAAAAA>', '', '1951-08-01'), ...told({ D: 'DD' }) },
    asOf,
  )
  assert.notEqual(answer.kind, 'incomplete')
  if (answer.kind === 'incomplete') return
  assert.equal(answer.entitlements.length, 2)
  assert.equal(underOneNumber(answer.entitlements).length, 1)
})

test('出て戻った人は新しい番号、適用除外だけなら同じ番号', () => {
  const rights = (person: PersonFacts) => {
    const answer = entitlementOf(person, asOf)
    return answer.kind === 'incomplete' ? [] : underOneNumber(answer.entitlements)
  }
  assert.equal(rights(drawn('AA  BB>')).length, 2)
  assert.equal(rights(drawn('AAABBB>', ' XX')).length, 1)
  assert.equal(rights(drawn('AAABBB>')).length, 1)
})

const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays(plainDate('2024-01-01'), days))
const span = fc.tuple(day, fc.integer({ min: 1, max: 400 }))

/** People who live in several places, leave, come back, and fall under 適用除外, in any disorder. */
const anyone: fc.Arbitrary<PersonFacts> = fc
  .record({
    birth: fc.integer({ min: -400, max: 800 }),
    stays: fc.array(
      fc.record({
        span,
        open: fc.boolean(),
        place: fc.constantFrom('A', 'B'),
        ending: fc.constantFrom('movedOut', 'death', 'exOfficio'),
        to: fc.constantFrom(null, '401307', '431001', '432024'),
      }),
      { maxLength: 4 },
    ),
    exclusions: fc.array(fc.tuple(span, fc.integer({ min: 1, max: 4 }), fc.boolean()), {
      maxLength: 3,
    }),
    personal: fc.array(fc.tuple(span, fc.boolean()), { maxLength: 1 }),
    young: fc.boolean(),
    disabilities: fc.array(fc.tuple(span, fc.boolean()), { maxLength: 3 }),
    provisions: fc.array(
      fc.record({
        span,
        open: fc.boolean(),
        kind: fc.constantFrom('当広域', '他広域', '国保'),
        ours: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    facilities: fc.array(
      fc.record({ span, open: fc.boolean(), kind: fc.constantFrom('特定施設', '一般の住宅') }),
      { maxLength: 3 },
    ),
    stayUntil: fc.option(day, { freq: 3 }),
  })
  .map(({ birth, young, stays, exclusions, personal, stayUntil, ...told }) => ({
    disabilities: told.disabilities.map(
      ([[from, length], open]): DisabilityCertification => ({
        residentKey: 1,
        certifiedOn: from,
        until: open ? null : addDays(from, length),
      }),
    ),
    provisions: told.provisions.map(
      ({ span: [from, length], open, kind, ours }): ResidenceProvision => ({
        residentKey: 1,
        municipality: '431001',
        kind: kind as ResidenceProvision['kind'],
        from,
        until: open ? null : addDays(from, length),
        insurerUnion: kind === '当広域' ? null : kind === '国保' && ours ? '43' : '40',
      }),
    ),
    facilityStays: told.facilities.map(
      ({ span: [from, length], open, kind }): FacilityStay => ({
        residentKey: 1,
        from,
        until: open ? null : addDays(from, length),
        kind,
      }),
    ),
    union: '43',
    birthDate: addDays(plainDate(young ? '1960-01-01' : '1950-01-01'), birth),
    residences: stays.map(({ span: [from, length], open, place, ending, to }, index) => ({
      residentKey: index + 1,
      municipality: places[place]!,
      register: 'residentRegister' as const,
      from,
      removedOn: open ? null : addDays(from, length),
      ending: open ? null : (ending as Residence['ending']),
      movedFrom: null,
      movedTo: to,
      stayUntil,
    })),
    exclusions: apart([
      ...exclusions.map(([[from, length], residentKey, open]) => ({
        residentKey,
        kind: '1' as const,
        from,
        until: open ? null : addDays(from, length),
        endUnknown: false,
      })),
      ...personal.map(([[from, length], open]) => ({
        residentKey: 1,
        kind: '4' as const,
        from,
        until: open ? null : addDays(from, length),
        endUnknown: false,
      })),
    ]),
  }))

/** 適用除外 of one resident never overlap: the fold over its records sees to that. */
function apart(all: readonly Exclusion[]): readonly Exclusion[] {
  const kept: Exclusion[] = []
  for (const one of all) {
    const clash = kept.some(
      (other) =>
        other.residentKey === one.residentKey &&
        (other.until === null || other.until > one.from) &&
        (one.until === null || one.until > other.from),
    )
    if (!clash) kept.push(one)
  }
  return kept
}

function rightsOf(person: PersonFacts, on: PlainDate): readonly Entitlement[] | null {
  const answer = entitlementOf(person, on)
  return answer.kind === 'incomplete' ? null : answer.entitlements
}

test('同じ日に二つの資格はなく、一つの資格に隙間はない', () => {
  fc.assert(
    fc.property(anyone, (person) => {
      const rights = rightsOf(person, asOf)
      if (rights === null) return
      const pieces = rights.flatMap((right) => right.pieces)
      for (const [index, { from, until }] of pieces.entries()) {
        assert.ok(until === null || from < until)
        const next = pieces[index + 1]
        if (next !== undefined) assert.ok(until !== null && until <= next.from)
      }
      for (const right of rights) {
        assert.ok(right.acquiredOn <= right.pieces[0]!.from)
        assert.equal(right.pieces.at(-1)!.until, right.lostOn)
        assert.equal(right.lostOn === null, right.groundLost === null)
        for (const [index, piece] of right.pieces.slice(1).entries())
          assert.equal(right.pieces[index]!.until, piece.from)
      }
    }),
  )
})

test('資格のある日は、年齢に達し、住所があり、適用除外でない日に限る', () => {
  fc.assert(
    fc.property(anyone, day, (person, on) => {
      const rights = rightsOf(person, asOf)
      if (rights === null) return
      const insured = rights.some(({ pieces }) =>
        pieces.some(({ from, until }) => from <= on && (until === null || on < until)),
      )
      const answer = entitlementOf(person, on)
      if (answer.kind === 'incomplete') return
      if (answer.kind === 'notEligible') assert.ok(answer.reasons.length > 0)
      // Facts that begin after `on` may end a stay earlier, but never on `on` itself.
      assert.equal(insured, answer.kind === 'eligible')
    }),
  )
})

test('次に見る日までは、新しい記録がなければ答えは変わらない', () => {
  fc.assert(
    fc.property(anyone, day, fc.integer({ min: 0, max: 600 }), (person, on, days) => {
      const first = entitlementOf(person, on)
      if (first.kind === 'incomplete') return
      const then = addDays(on, days)
      if (first.nextCheckOn !== null && then >= first.nextCheckOn) return
      const second = entitlementOf(person, then)
      assert.notEqual(second.kind, 'incomplete')
      if (second.kind !== 'incomplete') assert.deepEqual(second.entitlements, first.entitlements)
    }),
  )
})

test('変わらなければ決定はなく、変われば必ず決定がある', () => {
  fc.assert(
    fc.property(anyone, anyone, (one, other) => {
      const before = rightsOf(one, asOf)
      const after = rightsOf(other, asOf)
      if (before === null || after === null) return
      assert.deepEqual(decisionsBetween(before, before), [])
      const same = JSON.stringify(before) === JSON.stringify(after)
      assert.equal(decisionsBetween(before, after).length === 0, same)
    }),
  )
})

test('記録を順に重ねると、戻ってきた人は二つの住所、訂正は一つの住所になる', () => {
  const record = (from: string, removedOn: string | null, changeReason: string) => ({
    residentKey: 1,
    version: 1,
    municipality: '431001',
    register: 'residentRegister' as const,
    birthDate: plainDate('1940-01-01'),
    residentFrom: plainDate(from),
    present: removedOn === null,
    removedOn: removedOn === null ? null : plainDate(removedOn),
    changeReason,
    changedOn: plainDate(removedOn ?? from),
    movedFrom: null,
    movedTo: null,
    exclusionKind: null,
    exclusionFrom: null,
    exclusionUntil: null,
    residenceSpecialProvision: false,
    registeredAt: null,
    toldBy: 'register' as const,
    operatedOn: plainDate(removedOn ?? from),
    stayUntil: null,
  })
  const stays = (...records: ReturnType<typeof record>[]) =>
    residences(records).map(({ from, removedOn, ending }) => [from, removedOn, ending])

  assert.deepEqual(
    stays(
      record('2000-04-01', null, '00'),
      record('2000-04-01', '2020-03-31', '04'),
      record('2024-05-01', null, '01'),
    ),
    [
      ['2000-04-01', '2020-03-31', 'movedOut'],
      ['2024-05-01', null, null],
    ],
  )
  assert.deepEqual(stays(record('2000-04-01', null, '00'), record('2000-04-02', null, '09')), [
    ['2000-04-02', null, null],
  ])
  assert.deepEqual(
    stays(
      record('2000-04-01', null, '00'),
      record('2000-04-01', '2020-03-31', '05'),
      record('2000-04-01', '2020-03-30', '09'),
    ),
    [['2000-04-01', '2020-03-30', 'death']],
  )
  assert.deepEqual(
    stays(record('2000-04-01', '2020-03-31', '05'), record('2000-04-01', null, '09')),
    [['2000-04-01', null, null]],
  )
})

test('知った順: 台帳の古い記録は届書より前に、届出の日からの記録は後に読む', () => {
  const version = (name: string, toldBy: 'register' | 'counter', operatedOn: string) => ({
    name,
    toldBy,
    operatedOn: plainDate(operatedOn),
  })
  const read = (...versions: ReturnType<typeof version>[]) =>
    inOrderOfKnowing(versions).map(({ name }) => name)
  const first = version('台帳1', 'register', '2026-06-20')
  const filed = version('届書', 'counter', '2026-07-03')
  assert.deepEqual(read(first, filed, version('遅い', 'register', '2026-07-02')), [
    '台帳1',
    '遅い',
    '届書',
  ])
  assert.deepEqual(read(first, filed, version('同じ日', 'register', '2026-07-03')), [
    '台帳1',
    '届書',
    '同じ日',
  ])
  const again = version('届書2', 'counter', '2026-07-01')
  assert.deepEqual(read(filed, again, version('間', 'register', '2026-07-02')), [
    '間',
    '届書',
    '届書2',
  ])
})

test('知った順は、並べ直しても変わらず、何も失わない', () => {
  const version = fc.record({
    toldBy: fc.constantFrom('register' as const, 'counter' as const),
    operatedOn: day,
  })
  fc.assert(
    fc.property(fc.array(version, { maxLength: 8 }), (versions) => {
      const ordered = inOrderOfKnowing(versions)
      assert.equal(new Set(ordered).size, versions.length)
      assert.deepEqual(inOrderOfKnowing(ordered), ordered)
      const counters = ordered.filter(({ toldBy }) => toldBy === 'counter')
      assert.deepEqual(
        counters,
        versions.filter(({ toldBy }) => toldBy === 'counter'),
      )
      for (const [index, one] of ordered.entries())
        if (one.toldBy === 'register')
          for (const before of ordered.slice(0, index))
            if (before.toldBy === 'counter') assert.ok(before.operatedOn <= one.operatedOn)
    }),
  )
})
