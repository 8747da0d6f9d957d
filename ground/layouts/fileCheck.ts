import type { Fault } from './findings.ts'
import { KeyHash, KeyTable } from './keyTable.ts'
import type { HouseholdRule, Layout } from './layout.ts'

export type Placed = { readonly line: number; readonly fault: Fault }

/** 行をまたぐ検査 — what only the whole file can show. Each row is seen once, in order. */
export type FileCheck = {
  seen(record: readonly string[], line: number): Fault | null
  /** What is known only at the end, by line. */
  atEnd(): Placed[]
}

/** キーの重複 — the same key twice in one file. */
export function duplicateCheck(layout: Layout): FileCheck {
  const indexes = layout.key.map((name) => layout.names.indexOf(name))
  const table = new KeyTable(1)
  const hash = new KeyHash()
  const names = layout.key.filter((name) => name !== layout.municipality)
  const [column = null] = names
  const キー = names.join('・')
  return {
    seen(record, line) {
      hash.begin()
      for (let at = 0; at < indexes.length; at += 1)
        hash.add(record[indexes[at] as number] as string)
      hash.end()
      const place = table.place(hash.high, hash.low)
      const first = table.cells[place] as number
      if (first !== 0) return { code: 'E1007', column, facts: { 元の行: first, キー } }
      table.cells[place] = line
      return null
    },
    atEnd: () => [],
  }
}

/** 世帯の検査 — exactly one head among the rows of a household that are on the register. */
export function householdCheck(layout: Layout, rule: HouseholdRule): FileCheck {
  const household = layout.names.indexOf(rule.household)
  const relationship = layout.names.indexOf(rule.relationship)
  const among = layout.names.indexOf(rule.among.column)
  const table = new KeyTable(3)
  const hash = new KeyHash()
  return {
    seen(record, line) {
      const number = record[household] as string
      if (record[among] !== rule.among.is || number === '') return null
      hash.begin()
      hash.add(number)
      hash.end()
      const place = table.place(hash.high, hash.low)
      const { cells } = table
      if (cells[place] === 0) cells[place] = line
      cells[place + 1] = (cells[place + 1] as number) + 1
      if (record[relationship] !== rule.head) return null
      const head = cells[place + 2] as number
      if (head !== 0) return { code: 'E1009', column: rule.relationship, facts: { 元の行: head } }
      cells[place + 2] = line
      return null
    },
    atEnd() {
      const found: Placed[] = []
      const { cells } = table
      for (const place of table.places()) {
        if (cells[place + 2] !== 0) continue
        const facts = { 人数: cells[place + 1] as number }
        const line = cells[place] as number
        found.push({ line, fault: { code: 'E1008', column: rule.relationship, facts } })
      }
      return found.sort((a, b) => a.line - b.line)
    },
  }
}

export function fileChecks(layout: Layout): FileCheck[] {
  const checks = [duplicateCheck(layout)]
  if (layout.households !== undefined) checks.push(householdCheck(layout, layout.households))
  return checks
}
