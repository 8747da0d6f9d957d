import { layouts } from './catalogue.ts'
import { CsvScanner } from './csv.ts'
import { decodeWindows31J, utf8FaultAt } from './encoding.ts'
import type { Layout } from './layout.ts'

/**
 * 見出しからレイアウトを推す — the layout whose names the first row shares most, from the first bytes of a
 * CSV; null where it shares none.
 */
export function detectLayout(start: Uint8Array): Layout | null {
  const bytes = Buffer.from(start)
  const lineEnd = bytes.indexOf(0x0a)
  const line = lineEnd === -1 ? bytes : bytes.subarray(0, lineEnd + 1)
  const text = utf8FaultAt(line) === -1 ? line.toString('utf8') : decodeWindows31J(line).text
  const { scanned } = new CsvScanner(1).scan(text.replace(/^\ufeff/, ''), true)
  const header = new Set(scanned.records[0] ?? [])
  let best: Layout | null = null
  let shared = 0
  for (const layout of layouts) {
    const count = layout.names.filter((name) => header.has(name)).length
    if (count <= shared) continue
    best = layout
    shared = count
  }
  return best
}
