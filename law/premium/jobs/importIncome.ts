import { recordAccess } from '@koiki/audit'
import type { Layout, RecordBatch } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { type AppliedIncome, applyIncome } from '../store/income.ts'

/** 受け入れた所得・課税情報 — its records as they come, already verified and checked. */
export interface IncomeFile {
  readonly transmissionId: string
  readonly municipality: string
  /** The edition that the file was written in. */
  readonly layout: Layout
  readonly batches: AsyncIterable<RecordBatch>
}

/** 所見 of a row that the layout could not see: its 宛名番号 is not known here. */
export interface UnknownAddressee {
  readonly code: 'E4001'
  readonly severity: 'warning'
  readonly line: number
  readonly column: '宛名番号'
  readonly sentence: string
}

/**
 * 所得・課税情報の取込み (4-4) — applies a file in the transaction given, and leaves the mark of the reading.
 * A row of an unknown 宛名番号 is told and changes nothing; it can be sent again after the resident's file.
 */
export async function importIncome(
  tx: Transaction,
  file: IncomeFile,
  jobId: string,
): Promise<{ applied: AppliedIncome; findings: readonly UnknownAddressee[] }> {
  const applied = await applyIncome(tx, file.batches, file.transmissionId, file.layout)
  await recordAccess(tx, {
    channel: 'job',
    actor: { kind: 'job', id: jobId, name: '所得・課税情報の取込み' },
    party: `union:${tx.scope?.union}`,
    purpose: '保険料の賦課のための所得の更新',
    act: 'income.import',
    effect: 'write',
    persons: applied.residentKeys,
  })
  const findings = applied.unknownLines.map(
    (line) =>
      ({
        code: 'E4001',
        severity: 'warning',
        line,
        column: '宛名番号',
        sentence:
          'この行の宛名番号は、住民基本台帳情報でも住登外登録情報でも届いていません。この行は取り込んでいません。先に住民の情報を送ってから、この行を送り直してください。',
      }) as const,
  )
  return { applied, findings }
}
