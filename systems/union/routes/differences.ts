import {
  type DifferenceRow,
  listDifferences,
  resolveDifference,
  resolveDifferences,
} from '@koiki/eligibility'
import {
  Difference,
  DifferenceQuery,
  Differences,
  ResolveDifference,
  ResolveDifferences,
  ResolvedDifferences,
} from '../api/filings.ts'
import { changedBefore, nothing, refused } from '../failure.ts'
import { differenceShown } from '../filingsShown.ts'
import { leaveLook } from '../look.ts'
import { unpackUuid } from '../reference.ts'
import { route } from '../route.ts'
import { clerkOf, noNumberIn, unionWide } from './filings.ts'

const both = ['counter', 'union'] as const

export const differenceRoutes = [
  route({
    method: 'GET',
    path: '/differences',
    summary: '突合の差異(1-6): 窓口で入れたことと住基の値を並べ、考えられる原因を付ける',
    realms: both,
    needs: 'difference.read',
    query: DifferenceQuery,
    answer: Differences,
    handle: (call) =>
      call.transaction(async (tx) => {
        const rows = await listDifferences(tx, call.query.state ?? 'open')
        const keys = [...new Set(rows.map((row) => row.subjectKey ?? row.residentKey))]
        if (keys.length > 0) await leaveLook(tx, call, 'difference.read', keys, 'verification')
        return {
          checkedAt: tx.now,
          total: rows.length,
          differences: rows.map((row) => differenceShown(call, row)),
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/differences/resolve',
    summary: '差異をまとめて1度で直す。confirm が false なら、直すと動くものを見せるだけ。',
    realms: both,
    needs: 'difference.resolve',
    body: ResolveDifferences,
    answer: ResolvedDifferences,
    handle: (call) =>
      unionWide(call, async (tx) => {
        const { choices, note, confirm } = call.body
        noNumberIn({ note })
        const chosen = choices.map(({ difference, take }) => {
          const value = call.references.read('difference', difference)
          if (value === null) throw nothing()
          return { differenceId: unpackUuid(value), take }
        })
        const outcome = await resolveDifferences(tx, clerkOf(call), chosen, { note, confirm })
        if (outcome.kind === 'nobody') throw nothing()
        if (outcome.kind === 'refused') throw refused(outcome.sentence)
        if (outcome.kind === 'already') throw settledBefore(outcome.difference, tx.now)
        return {
          confirmed: confirm,
          moves: [...outcome.moves],
          differences: outcome.differences.map((row) => differenceShown(call, row)),
        }
      }),
  }),
  route({
    method: 'POST',
    path: '/differences/:difference/resolve',
    summary: '差異を1度で直す: 住基を採る、窓口を採る、どちらも正しいと説明する',
    realms: both,
    needs: 'difference.resolve',
    body: ResolveDifference,
    answer: Difference,
    handle: (call) =>
      unionWide(call, async (tx) => {
        const id = unpackUuid(call.at('difference'))
        noNumberIn(call.body)
        const outcome = await resolveDifference(tx, clerkOf(call), id, call.body)
        if (outcome.kind === 'nobody') throw nothing()
        if (outcome.kind === 'refused') throw refused(outcome.sentence)
        if (outcome.kind === 'already')
          throw changedBefore({
            version: 1,
            at: outcome.difference.resolvedAt ?? tx.now,
            by: outcome.difference.by ?? '',
            what: '差異を片づけた',
          })
        return differenceShown(call, outcome.difference)
      }),
  }),
]

const settledBefore = ({ resolvedAt, by }: DifferenceRow, now: string) =>
  changedBefore({ version: 1, at: resolvedAt ?? now, by: by ?? '', what: '差異を片づけた' })
