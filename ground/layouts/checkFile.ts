import type { FileFinding } from './findings.ts'
import type { Layout } from './layout.ts'
import { readRecords } from './reader.ts'
import type { ByteSource, FileSummary, ReadOptions } from './stream.ts'

/**
 * ファイルの検査 — reads the whole file and says what is wrong: the first `limit` findings, and how many
 * of each code there were in all.
 */
export async function checkFile(
  layout: Layout,
  bytes: ByteSource,
  options: ReadOptions & { readonly limit?: number } = {},
): Promise<FileSummary> {
  const limit = options.limit ?? 1000
  const counts: Record<string, number> = {}
  const findings: FileFinding[] = []
  let recordCount = 0
  let errorCount = 0
  let warningCount = 0
  for await (const batch of readRecords(layout, bytes, options)) {
    recordCount += batch.recordCount
    for (const one of batch.findings) {
      counts[one.code] = (counts[one.code] ?? 0) + 1
      if (one.severity === 'error') errorCount += 1
      else warningCount += 1
      if (findings.length < limit) findings.push(one)
    }
  }
  return { recordCount, errorCount, warningCount, counts, findings }
}
