import { recordAccess } from '@koiki/audit'
import { formatWareki } from '@koiki/kernel'
import { type FileFinding, type Layout, type RecordBatch, 住民基本台帳情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import type { Vault } from '@koiki/vault'
import {
  applySupportMeasures,
  findPlacedKeys,
  type Intake,
  insertRecords,
  placeChanges,
} from '../store/applyRecords.ts'
import { findDoubtfulNumbers } from '../store/doubtfulNumbers.ts'
import { applyHouseholds } from '../store/households.ts'
import { createStaging, stageRecords } from '../store/staging.ts'

/** 受け入れるファイル — opened and verified; its records are plain only while they are read. */
export type ResidentFile = {
  readonly layout: Layout
  readonly municipality: string
  readonly transmissionId: string
  readonly batches: AsyncIterable<RecordBatch>
}

export type ImportOptions = {
  readonly vault: Vault
  readonly jobId: string
  /** Findings kept; all are counted. */
  readonly findingsMax?: number
  readonly progress?: (records: number) => void
}

/** 取込みの所見 — a finding of the layout, or one of this chapter (E41xx) that only the register shows. */
export type IntakeFinding = Omit<FileFinding, 'code'> & { readonly code: string }

/** 取込みの結果 — what a file came to. `unchanged` rows were received before with the same content. */
export type ImportResult = {
  readonly records: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly warnings: number
  readonly findings: readonly IntakeFinding[]
}

/** ファイルの拒否 — an error somewhere: nothing of the file was applied, by design. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile'
  readonly findings: readonly IntakeFinding[]
  readonly records: number
  readonly errors: number
  readonly warnings: number

  constructor(found: Findings, records: number) {
    super(`誤りが${found.errors}件あるため、1件も取り込みませんでした。`)
    this.findings = found.kept
    this.records = records
    this.errors = found.errors
    this.warnings = found.warnings
  }
}

type Findings = { kept: IntakeFinding[]; errors: number; warnings: number }

/**
 * 住民基本台帳情報・住登外登録情報の取込み (2-4, 2-5) — reads, checks, seals and applies a file in the transaction
 * given: all of it or, with RefusedFile, nothing once the caller undoes it. What was received before with the
 * same content changes nothing. Needs the whole union's scope, because a person may be known elsewhere.
 */
export async function importResidents(
  tx: Transaction,
  file: ResidentFile,
  options: ImportOptions,
): Promise<ImportResult> {
  const found: Findings = { kept: [], errors: 0, warnings: 0 }
  const keep = (finding: IntakeFinding): void => {
    if (finding.severity === 'error') found.errors += 1
    else found.warnings += 1
    if (found.kept.length < (options.findingsMax ?? 1000)) found.kept.push(finding)
  }
  const records = await stage(tx, file, options, found, keep)
  if (found.errors > 0) throw new RefusedFile(found, records)

  const registered = file.layout.name === 住民基本台帳情報.name
  const intake: Intake = {
    municipality: file.municipality,
    register: registered ? 'residentRegister' : 'nonRegistered',
    transmissionId: file.transmissionId,
    now: tx.now,
    today: tx.today,
  }
  await options.vault.resolveTokens(tx, 'staged')
  const { added, changed } = await placeChanges(tx, intake)
  if (added + changed > 0) {
    await insertRecords(tx, intake)
    if (registered) await applyHouseholds(tx, file.municipality, 住民基本台帳情報.households!.head)
    await applySupportMeasures(tx, intake)
    for (const finding of await doubts(tx, file)) keep(finding)
  }
  await recordAccess(tx, {
    channel: 'job',
    actor: { kind: 'job', id: options.jobId, name: `${file.layout.name}の取込み` },
    party: `union:${tx.scope!.union}`,
    purpose: '資格管理のための住民の記録の更新',
    act: 'resident.import',
    effect: 'write',
    persons: await findPlacedKeys(tx),
  })
  await tx.run('set local enable_nestloop = on')
  await tx.run('drop table staged, placed')
  await tx.run('drop table if exists household_change')
  return {
    records,
    added,
    changed,
    unchanged: records - added - changed,
    warnings: found.warnings,
    findings: found.kept,
  }
}

/** Reads the whole file once. After the first error rows are only checked: they will not be applied. */
async function stage(
  tx: Transaction,
  file: ResidentFile,
  options: ImportOptions,
  found: Findings,
  keep: (finding: IntakeFinding) => void,
): Promise<number> {
  await createStaging(tx)
  const stager = stageRecords(tx, tx.scope!, file.layout, options.vault)
  let records = 0
  try {
    for await (const batch of file.batches) {
      for (const finding of batch.findings) keep(finding)
      records += batch.recordCount
      if (found.errors === 0 && batch.records.length > 0)
        await stager.take(batch.records as string[][], batch.lines)
      options.progress?.(records)
    }
    await stager.end()
  } catch (error) {
    stager.abort()
    throw error
  }
  return records
}

async function doubts(tx: Transaction, file: ResidentFile): Promise<IntakeFinding[]> {
  const doubtful = await findDoubtfulNumbers(tx, 1000)
  return doubtful.map(({ line, otherMunicipality, otherFrom, from }) => {
    const twice = otherMunicipality === file.municipality
    const same = from === otherFrom
    const place = twice ? 'この市区町村の別の宛名番号' : `市区町村 ${otherMunicipality}`
    return {
      code: twice ? 'E4103' : same ? 'E4101' : 'E4102',
      at: '個人番号',
      facts: { municipality: otherMunicipality, on: otherFrom },
      severity: 'warning',
      scope: 'row',
      file: file.layout.name,
      line,
      column: '個人番号',
      sentence: twice
        ? 'この行の個人番号が、別の宛名番号の現存する住民にも付いています。どちらの人の番号か確かめ、同じ人なら名寄せしてください。'
        : same
          ? `この行の人は、${formatWareki(from)}に${place}でも住民になっています。住所がどちらか決まるまで資格を判定しません。両方の市区町村に確かめてください。`
          : `この行の人は、${place}でもまだ現存する住民です（${formatWareki(otherFrom)}から）。後から住民になった方を今の住所として判定します。転出の処理が済んでいるか確かめてください。`,
    }
  })
}
