import type { TestContext } from 'node:test'
import { 住民基本台帳情報, 住登外登録情報 } from '@koiki/layouts'
import {
  fixedClock,
  type Scope,
  type TestDatabase,
  type Transaction,
  testDatabase,
} from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import type { Entitlement } from '../entitlement.ts'
import { decideResidents } from '../jobs/decideResidents.ts'
import { importResidents } from '../jobs/importResidents.ts'
import { findDue } from '../store/dueResidents.ts'
import { findStandingRights } from '../store/rights.ts'
import {
  type nonRegistered,
  nonRegisteredFile,
  received,
  type resident,
  residentFile,
} from './townsfolk.ts'

const union: Scope = { union: '43', municipality: '*' }
export const vault = await openVault({
  party: 'union',
  provider: {
    name: '試験の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})

type 住民 = ReturnType<typeof resident>
type 住登外 = ReturnType<typeof nonRegistered>

/** 試験の町 — for tests: a database, and its day, which can be moved on. */
export async function town(t: TestContext, today = '2026-07-01') {
  const db = await testDatabase(t, 'union', fixedClock(today))
  const at = async (day: string): Promise<Pick<TestDatabase, 'transaction'>> =>
    day === today ? db : db.as('app', fixedClock(day))
  const ask = <T>(sql: string, values: readonly unknown[] = []) =>
    db.transaction(union, (tx) => tx.query<T>(sql, values))
  return {
    db,
    async take(rows: readonly 住民[], municipality = '431001', day = today) {
      return (await at(day)).transaction(union, (tx) =>
        importResidents(
          tx,
          received(住民基本台帳情報, municipality, residentFile(rows), tx.today),
          { vault, jobId: '1' },
        ),
      )
    },
    async takeOutside(rows: readonly 住登外[]) {
      return db.transaction(union, (tx) =>
        importResidents(tx, received(住登外登録情報, '431001', nonRegisteredFile(rows), tx.today), {
          vault,
          jobId: '1',
        }),
      )
    },
    async decide(day = today) {
      return (await at(day)).transaction(union, async (tx) =>
        decideResidents(tx, await findDue(tx, { municipality: '', running: 0 }, 1000), {
          jobId: '2',
        }),
      )
    },
    ask,
    /** Work with the whole union in scope, on a day. */
    async work<T>(work: (tx: Transaction) => Promise<T>, day = today): Promise<T> {
      return (await at(day)).transaction(union, work)
    },
    rights: (key: number) =>
      db.transaction(union, async (tx) =>
        inWords((await findStandingRights(tx, [key])).get(key)!.entitlements),
      ),
    async events(key: number) {
      const rows = await ask<{ text: string }>(
        `select kind || ' ' || effective_on || ' ' || ground || ' ' || municipality_code as text
           from eligibility.entitlement_event where subject_key = $1 order by sequence`,
        [key],
      )
      return rows.map(({ text }) => text)
    },
    async people() {
      return ask<{ subject_key: number; municipality_code: string }>(
        'select subject_key, municipality_code from eligibility.insured_person order by subject_key',
      )
    },
  }
}

export const inWords = (rights: readonly Entitlement[]) =>
  rights.map(
    ({ groundAcquired, groundLost, acquiredOn, lostOn, pieces }) =>
      `${groundAcquired} ${acquiredOn}〜${lostOn ?? ''} ${groundLost ?? ''}(${pieces
        .map(({ municipality, from, until }) => `${municipality} ${from}〜${until ?? ''}`)
        .join(', ')})`,
  )

export type Town = Awaited<ReturnType<typeof town>>
