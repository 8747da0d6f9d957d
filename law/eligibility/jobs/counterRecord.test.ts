import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { insuredNumber, plainDate, subjectKey } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { type Town, town, vault } from '../cases/town.ts'
import { nonRegistered, received, resident, residentFile } from '../cases/townsfolk.ts'
import { applyCounterRecord, type CounterFacts } from '../store/counterRecord.ts'
import { reconciledResidents } from '../store/reconciledRows.ts'
import { decideNow } from './decideNow.ts'
import { importResidents } from './importResidents.ts'

const issued = (nth: number) => subjectKey('43', insuredNumber(4_310_000 + nth - 1))
const clerk = { id: 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d', name: '窓口　担当' }

/** The resident's 住民の鍵, by the running number that `resident` was made with. */
async function keyOf({ ask }: Town, running: number, municipality = '431001'): Promise<number> {
  const [row] = await ask<{ resident_key: number }>(
    `select resident_key from eligibility.resident
      where municipality_code = $1 and addressee_number = $2`,
    [municipality, String(running).padStart(15, '0')],
  )
  return row!.resident_key
}

const filing = (
  one: Town,
  resident: Parameters<typeof applyCounterRecord>[1]['resident'],
  facts: CounterFacts,
  receiptNumber: string,
) =>
  one.work(async (tx) => {
    const residentKey = await applyCounterRecord(tx, { resident, facts, receiptNumber })
    return decideNow(tx, [residentKey], { receiptNumber, account: clerk })
  })

/** What holds now of a resident, in words. */
async function now({ ask }: Town, residentKey: number) {
  const [row] = await ask<{ text: string }>(
    `select c.name || ' ' || c.status || ' ' || coalesce(c.receipt_number, '台帳') || ' '
            || r.current_version || '+' || r.late_versions as text
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where r.resident_key = $1`,
    [residentKey],
  )
  return row!.text
}

/** What a full reconciliation compares: all as bytes, and each found again by its key, say the same. */
async function compared({ work }: Town): Promise<string[]> {
  return work(async (tx) => {
    const told: string[] = []
    const parts: Buffer[] = []
    for await (const part of reconciledResidents.lines(tx, '431001')) parts.push(part)
    for (const line of Buffer.concat(parts).toString().split('\n').slice(0, -1)) {
      const [key, ...values] = line.split('\t')
      for await (const rows of reconciledResidents.rows(tx, '431001', [key as string]))
        for (const row of rows) {
          assert.deepEqual([row.addresseeNumber, row.values], [key, values])
          const shown = (item: string) => values[reconciledResidents.columns.indexOf(item)]
          told.push(`${Number(key)} ${shown('氏名')} ${shown('番地号')}`)
        }
    }
    return told.sort()
  })
}

test('窓口で聞いた転入は、その場で取得になる。受付番号が決定と番号に残る', async (t) => {
  const one = await town(t)
  const facts: CounterFacts = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-06-28'),
    changeReason: '01',
    name: '庭球　太郎',
    birthDate: plainDate('1945-02-11'),
    sex: '1',
    residentFrom: plainDate('2026-06-28'),
    movedFrom: '401307',
    householdNumber: '000000000007000',
    relationship: '世帯主',
  }
  const resident = { municipality: '431001', addresseeNumber: '000000000000077' }
  const [person] = await filing(one, resident, facts, 'U-1')
  assert.equal(person!.answer, 'eligible')
  assert.deepEqual(
    person!.decisions.map(({ kind, effectiveOn, ground, issued: fresh }) => ({
      kind,
      effectiveOn,
      ground,
      fresh,
    })),
    [{ kind: '取得', effectiveOn: '2026-06-28', ground: '転入', fresh: true }],
  )
  assert.deepEqual(await one.rights(issued(1)), ['03 2026-06-28〜 (431001 2026-06-28〜)'])
  const traces = await one.ask(
    `select e.job_id, e.receipt_number, p.issued_by_job, p.issued_by_receipt
       from eligibility.entitlement_event e
       join eligibility.insured_person p on p.subject_key = e.subject_key`,
  )
  assert.deepEqual(traces, [
    { job_id: null, receipt_number: 'U-1', issued_by_job: null, issued_by_receipt: 'U-1' },
  ])
  const households = await one.ask(
    'select household_number, is_head from eligibility.household_membership',
  )
  assert.deepEqual(households, [{ household_number: '000000000007000', is_head: true }])
})

test('同じ内容が夜のファイルで届けば、台帳が今の姿になり、資格は変わらない', async (t) => {
  const one = await town(t)
  const came = {
    住民となった日: plainDate('2026-06-28'),
    異動年月日: plainDate('2026-06-28'),
    異動事由: '01',
    転入前市区町村コード: '401307',
  } as const
  const facts: CounterFacts = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-06-28'),
    changeReason: '01',
    name: '庭球　花子',
    birthDate: plainDate('1945-02-11'),
    sex: '2',
    residentFrom: plainDate('2026-06-28'),
    movedFrom: '401307',
  }
  await filing(one, { municipality: '431001', addresseeNumber: '000000000000077' }, facts, 'U-1')
  const key = await keyOf(one, 77)
  const result = await one.take([resident(77, { ...came, 操作年月日: plainDate('2026-07-01') })])
  assert.deepEqual([result.added, result.changed], [0, 1])
  assert.equal((await one.decide()).decisions, 0)
  assert.equal(await now(one, key), '庭球　花子 1 台帳 2+0')
  const households = await one.ask('select began_on from eligibility.household_membership')
  assert.equal(households.length, 1)
  const again = await one.take([resident(77, { ...came, 操作年月日: plainDate('2026-07-01') })])
  assert.equal(again.unchanged, 1)
})

test('届出の前に操作された記録が遅れて届いても、窓口で聞いたことは残る。届出の日からの記録が勝つ', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 操作年月日: plainDate('2026-06-20') })])
  await one.decide()
  const key = await keyOf(one, 1)
  const renamed = { filedOn: plainDate('2026-07-01'), changedOn: plainDate('2026-07-01') }
  await filing(
    one,
    { residentKey: key },
    { ...renamed, changeReason: '11', name: '山川　花子' },
    'U-1',
  )
  assert.equal(await now(one, key), '山川　花子 1 U-1 2+0')
  const [before] = await compared(one)
  assert.match(before ?? '', /^1 庭球　花子 (?!９番９号)/)

  const old = resident(1, { 番地号: '９番９号', 操作年月日: plainDate('2026-06-30') })
  assert.equal((await one.take([old])).changed, 1)
  assert.equal((await one.decide()).decisions, 0)
  assert.equal(await now(one, key), '山川　花子 1 U-1 2+1')
  // With the register is compared what it said last, not what a counter heard, nor who was never on it.
  await one.takeOutside([nonRegistered(2)])
  assert.deepEqual(await compared(one), ['1 庭球　花子 ９番９号'])
  assert.equal((await one.take([old])).unchanged, 1)
  const [person] = await one.ask<{ name: string }>('select name from eligibility.insured_person')
  assert.equal(person!.name, '山川　花子')

  const since = resident(1, { 番地号: '９番９号', 操作年月日: plainDate('2026-07-01') })
  assert.equal((await one.take([since])).changed, 1)
  await one.decide()
  assert.equal(await now(one, key), '庭球　花子 1 台帳 4+0')
  const [now2] = await one.ask<{ name: string }>('select name from eligibility.insured_person')
  assert.equal(now2!.name, '庭球　花子')
  await one.takeOutside([nonRegistered(1)])
  assert.deepEqual(await compared(one), ['1 庭球　花子 ９番９号'])
})

test('窓口で聞いた死亡は喪失になり、遅れた古い記録は取り消さず、誤りの届出は喪失を取り消す', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 操作年月日: plainDate('2026-06-20') })])
  await one.decide()
  const key = await keyOf(one, 1)
  const died: CounterFacts = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-06-25'),
    changeReason: '05',
    status: '2',
    removedOn: plainDate('2026-06-25'),
  }
  await filing(one, { residentKey: key }, died, 'U-1')
  assert.deepEqual(await one.rights(issued(1)), [
    '01 2020-02-11〜2026-06-26 01(431001 2020-02-11〜2026-06-26)',
  ])
  const members = await one.ask<{ held: { until: string } }>(
    'select held from eligibility.household_membership',
  )
  assert.equal(members[0]!.held.until, '2026-06-26')
  const old = resident(1, { 方書: '架空荘', 操作年月日: plainDate('2026-06-30') })
  await one.take([old])
  assert.equal((await one.decide()).decisions, 0)
  const still = await one.ask<{ held: { until: string } }>(
    'select held from eligibility.household_membership',
  )
  assert.equal(still[0]!.held.until, '2026-06-26')

  const alive: CounterFacts = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-07-01'),
    changeReason: '09',
    status: '1',
    removedOn: null,
  }
  await filing(one, { residentKey: key }, alive, 'U-2')
  assert.deepEqual(await one.rights(issued(1)), ['01 2020-02-11〜 (431001 2020-02-11〜)'])
  assert.deepEqual(await one.events(issued(1)), [
    '取得 2020-02-11 年齢到達 431001',
    '喪失 2026-06-26 死亡 431001',
    '取消 2026-06-26 資格喪失の取消 431001',
  ])
})

test('遅れて届いた古い記録は、支援措置を始めるが、終わらせない', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 操作年月日: plainDate('2026-06-20') })])
  await one.decide()
  const key = await keyOf(one, 1)
  const moved = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-07-01'),
    changeReason: '02',
    houseNumber: '３番３号',
  }
  await filing(one, { residentKey: key }, moved, 'U-1')
  const under = {
    支援措置区分: '1',
    支援措置開始日: plainDate('2026-06-25'),
    操作年月日: plainDate('2026-06-28'),
  } as const
  const shown = () =>
    one.ask('select under_support_measure as under from eligibility.insured_person')
  await one.take([resident(1, under)])
  assert.deepEqual(await shown(), [{ under: true }])
  await one.take([resident(1, { 操作年月日: plainDate('2026-06-29') })])
  assert.deepEqual(await shown(), [{ under: true }])
  await one.take([resident(1, { 操作年月日: plainDate('2026-07-01') })])
  assert.deepEqual(await shown(), [{ under: false }])
})

test('同じ人の届書を二人が同時に決めても、番号は一つで、後の人は先の人の決定を見る', async (t) => {
  const one = await town(t)
  const came: CounterFacts = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-06-28'),
    changeReason: '01',
    name: '庭球　太郎',
    birthDate: plainDate('1945-02-11'),
    sex: '1',
    residentFrom: plainDate('2026-06-28'),
    movedFrom: '401307',
  }
  const unknown = { municipality: '431001', addresseeNumber: '000000000000077' }
  const both = await Promise.all([
    filing(one, unknown, came, 'U-1'),
    filing(one, unknown, came, 'U-2'),
  ])
  assert.deepEqual(both.map(([person]) => person!.decisions.length).sort(), [0, 1])
  assert.equal((await one.people()).length, 1)
  assert.equal((await one.ask('select from eligibility.resident')).length, 1)
})

test('取込みの途中でも、ほかの人の届出は待たない。同じ宛名番号は待ち、住民は1人で、どの番号も1つ', async (t) => {
  const one = await town(t)
  await one.take([resident(1), resident(2)])
  const came: CounterFacts = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-06-28'),
    changeReason: '01',
    name: '庭球　太郎',
    birthDate: plainDate('1945-02-11'),
    sex: '1',
    residentFrom: plainDate('2026-06-28'),
  }
  let placed = (): void => {}
  let letGo = (): void => {}
  const isPlaced = new Promise<void>((resolve) => {
    placed = resolve
  })
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const importing = one.work(async (tx) => {
    const rows = [resident(1, { 氏名: '卓球　花子' }), resident(3), resident(4)]
    const file = received(住民基本台帳情報, '431001', residentFile(rows), tx.today)
    await importResidents(tx, { ...file, transmissionId: randomUUID() }, { vault, jobId: '1' })
    placed()
    await released
  })
  await isPlaced
  // Who had to wait for the file would fail here instead of hanging.
  const atOnce = (to: Parameters<typeof filing>[1], facts: CounterFacts, receiptNumber: string) =>
    one.work(async (tx) => {
      await tx.run(`set local lock_timeout = '5s'`)
      const residentKey = await applyCounterRecord(tx, { resident: to, facts, receiptNumber })
      return decideNow(tx, [residentKey], { receiptNumber, account: clerk })
    })
  const other = { municipality: '431001', addresseeNumber: '000000000000005' }
  const [comer] = await atOnce(other, came, 'U-1')
  assert.equal(comer!.answer, 'eligible')
  const known = await keyOf(one, 2)
  await atOnce({ residentKey: known }, { ...came, changeReason: '07', name: '野球　清' }, 'U-2')
  const unknown = { municipality: '431001', addresseeNumber: '000000000000003' }
  const waiting = filing(one, unknown, came, 'U-3')
  const changed = filing(
    one,
    { residentKey: await keyOf(one, 1) },
    { ...came, changeReason: '07' },
    'U-4',
  )
  letGo()
  await importing
  await Promise.all([waiting, changed])
  assert.equal(await now(one, await keyOf(one, 3)), '庭球　太郎 1 U-3 2+0')
  assert.equal(await now(one, await keyOf(one, 1)), '庭球　太郎 1 U-4 3+0')
  assert.equal(await now(one, known), '野球　清 1 U-2 2+0')
  const [counted] = await one.ask(
    `select (select count(*) from eligibility.resident) as residents,
            (select count(distinct resident_key) from eligibility.resident_directory) as keys,
            (select count(*) from eligibility.insured_person) as people,
            (select count(distinct insured_number) from eligibility.insured_person) as numbers,
            (select last_number % 100000 - 9999 from eligibility.number_counter) as issued`,
  )
  assert.deepEqual(counted, { residents: 5, keys: 5, people: 4, numbers: 4, issued: 4 })
})

test('届出の途中に来たファイルは、その人の届出だけを待ち、後の記録として積む。住民は2人にならない', async (t) => {
  const one = await town(t)
  await one.take([resident(1), resident(2)])
  const told: CounterFacts = {
    filedOn: plainDate('2026-06-30'),
    changedOn: plainDate('2026-06-28'),
    changeReason: '01',
    name: '庭球　太郎',
    birthDate: plainDate('1945-02-11'),
    sex: '1',
    residentFrom: plainDate('2026-06-28'),
  }
  const operatedOn = plainDate('2026-07-01')
  const rows = [
    resident(1, { 氏名: '卓球　花子', 操作年月日: operatedOn }),
    resident(3, { 氏名: '水球　ヨネ', 操作年月日: operatedOn }),
  ]
  let importing: Promise<unknown> = Promise.resolve()
  await one.work(async (tx) => {
    const unknown = { municipality: '431001', addresseeNumber: '000000000000003' }
    const known = { residentKey: await keyOf(one, 1) }
    await applyCounterRecord(tx, { resident: known, facts: told, receiptNumber: 'U-1' })
    await applyCounterRecord(tx, { resident: unknown, facts: told, receiptNumber: 'U-2' })
    importing = one.take(rows)
    // The file stands before what is told here, and not before it is committed.
    for (let waits = false; !waits; ) {
      const [blocked] = await one.ask<{ count: number }>(
        `select count(*)::integer as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      )
      waits = (blocked?.count ?? 0) > 0
    }
  })
  await importing
  assert.equal(await now(one, await keyOf(one, 1)), '卓球　花子 1 台帳 3+0')
  assert.equal(await now(one, await keyOf(one, 3)), '水球　ヨネ 1 台帳 2+0')
  assert.equal((await one.ask('select from eligibility.resident')).length, 3)
})

test('初めての住民に足りない事実があれば、何も残らない', async (t) => {
  const one = await town(t)
  const facts = {
    filedOn: plainDate('2026-07-01'),
    changedOn: plainDate('2026-07-01'),
    changeReason: '01',
  }
  const unknown = { municipality: '431001', addresseeNumber: '000000000000077' }
  await assert.rejects(
    filing(one, unknown, facts, 'U-1'),
    /氏名・生年月日・性別・住民となった日がありません/,
  )
  await assert.rejects(
    filing(one, { residentKey: 430_000_000_999 }, facts, 'U-1'),
    /見つかりません/,
  )
  assert.equal((await one.ask('select from eligibility.resident')).length, 0)
})

test('市区町村だけを担当の範囲とする取引では判定しない', async (t) => {
  const one = await town(t)
  await one.take([resident(1)])
  await assert.rejects(
    one.db.transaction({ union: '43', municipality: '431001' }, (tx) =>
      decideNow(tx, [], { jobId: '1' }),
    ),
    /広域連合の全体を担当の範囲/,
  )
})

test('知った順が同じなら、届いた日を変えても同じ資格になる', async (t) => {
  const died: CounterFacts = {
    filedOn: plainDate('2026-07-03'),
    changedOn: plainDate('2026-06-25'),
    changeReason: '05',
    status: '2',
    removedOn: plainDate('2026-06-25'),
  }
  const first = [resident(1, { 操作年月日: plainDate('2026-06-20') })]
  const old = [resident(1, { 方書: '架空荘', 操作年月日: plainDate('2026-07-02') })]
  const known = async (order: (one: Town) => Promise<void>) => {
    const one = await town(t, '2026-07-05')
    await order(one)
    await one.decide()
    return {
      rights: await one.rights(issued(1)),
      now: (await now(one, await keyOf(one, 1))).slice(0, 11),
    }
  }
  const late = await known(async (one) => {
    await one.take(first)
    await one.decide()
    await filing(one, { residentKey: await keyOf(one, 1) }, died, 'U-1')
    await one.take(old)
  })
  const early = await known(async (one) => {
    await one.take(first)
    await one.take(old)
    await one.decide()
    await filing(one, { residentKey: await keyOf(one, 1) }, died, 'U-1')
  })
  assert.deepEqual(late, early)
  assert.deepEqual(late.rights, ['01 2020-02-11〜2026-06-26 01(431001 2020-02-11〜2026-06-26)'])
})
