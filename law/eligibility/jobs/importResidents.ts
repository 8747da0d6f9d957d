import { setImmediate } from 'node:timers/promises'
import { recordAccess } from '@koiki/audit'
import type { Figures, QuarantinedRow } from '@koiki/exchange'
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
  /** 部分取込み — sound rows are applied, faulty ones and their households rest in quarantine. */
  readonly acceptance?: 'whole' | 'soundRows'
  /** もっともらしさ — of files of so many rows, before anything is applied; throws HeldForChecking. */
  readonly plausible?: { readonly from: number; readonly judge: (figures: Figures) => void }
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
  /** Rows that were not applied; with `records` less these, everything that was announced. */
  readonly quarantined: readonly QuarantinedRow[]
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
  const faulty = new FaultyRows(file.layout)
  const records = await stage(tx, file, options, found, keep, faulty)
  const partly = options.acceptance === 'soundRows'
  const quarantined = found.errors > 0 && partly ? await setApart(tx, file, faulty) : []
  // Nothing sound is left, or a row of nobody knows which household: then there is no part to take in.
  if (found.errors > 0 && (quarantined.length === 0 || quarantined.length >= records))
    throw new RefusedFile(found, records)

  const registered = file.layout.name === 住民基本台帳情報.name
  const intake: Intake = {
    municipality: file.municipality,
    register: registered ? 'residentRegister' : 'nonRegistered',
    source: { transmissionId: file.transmissionId },
    now: tx.now,
    today: tx.today,
  }
  await options.vault.resolveTokens(tx, 'staged')
  const { added, changed } = await placeChanges(tx, intake)
  const { plausible } = options
  if (plausible !== undefined && records >= plausible.from)
    plausible.judge(await figuresOf(tx, file, registered, { rows: records, added, changed }))
  if (added + changed > 0) {
    await insertRecords(tx, intake)
    if (registered) await applyHouseholds(tx, file.municipality, 住民基本台帳情報.households!.head)
    await applySupportMeasures(tx, intake, file.transmissionId)
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
    unchanged: records - quarantined.length - added - changed,
    warnings: found.warnings,
    findings: found.kept,
    quarantined,
  }
}

/** Reads the whole file once. After an error rows are only checked, unless the sound ones will be applied. */
async function stage(
  tx: Transaction,
  file: ResidentFile,
  options: ImportOptions,
  found: Findings,
  keep: (finding: IntakeFinding) => void,
  faulty: FaultyRows,
): Promise<number> {
  await createStaging(tx)
  const stager = stageRecords(tx, tx.scope!, file.layout, options.vault)
  let records = 0
  try {
    for await (const batch of file.batches) {
      for (const finding of batch.findings) keep(finding)
      records += batch.recordCount
      faulty.see(batch)
      const wanted = found.errors === 0 || options.acceptance === 'soundRows'
      if (wanted && batch.records.length > 0)
        await stager.take(batch.records as string[][], batch.lines)
      options.progress?.(records)
      // Reading is all arithmetic: whoever is served by the same process gets a turn between two batches.
      await setImmediate()
    }
    await stager.end()
  } catch (error) {
    stager.abort()
    throw error
  }
  return records
}

/** 誤りのある行 — their lines, and the households that must not be applied without them. */
class FaultyRows {
  readonly lines = new Set<number>()
  readonly households = new Set<string>()
  /** Lines of which no record was seen: found at the end of the file, or not to be told into columns. */
  readonly unseen = new Set<number>()
  readonly #household: number

  constructor(layout: Layout) {
    this.#household = layout.households ? layout.names.indexOf(layout.households.household) : -1
  }

  see({ findings, faulty = [] }: RecordBatch): void {
    const records = new Map(faulty.map(({ line, record }) => [line, record]))
    for (const { severity, line, facts } of findings) {
      if (severity !== 'error') continue
      // Of two rows that contradict each other nobody knows the right one.
      for (const one of [line, Number(facts.元の行 ?? line)]) {
        this.lines.add(one)
        const record = records.get(one)
        const household = record?.[this.#household]
        if (household) this.households.add(household)
        else if (this.#household >= 0 || record === undefined) this.unseen.add(one)
      }
    }
  }
}

/**
 * 行を取り分ける — takes faulty rows and everybody of their households out of the staged ones. None where the household of
 * a faulty row cannot be known: its others might be applied without it.
 */
async function setApart(
  tx: Transaction,
  { layout }: ResidentFile,
  faulty: FaultyRows,
): Promise<QuarantinedRow[]> {
  const known = await tx.query<{ line: number; household_number: string | null }>(
    'select line, household_number from staged where line = any ($1::integer[])',
    [[...faulty.unseen]],
  )
  for (const { line, household_number } of known) {
    if (household_number !== null) faulty.households.add(household_number)
    faulty.unseen.delete(line)
  }
  if (layout.households !== undefined && faulty.unseen.size > 0) return []
  const taken = await tx.query<{ line: number }>(
    `delete from staged
      where line = any ($1::integer[]) or household_number = any ($2::text[])
     returning line`,
    [[...faulty.lines], [...faulty.households]],
  )
  const others = taken.filter(({ line }) => !faulty.lines.has(line))
  return [
    ...[...faulty.lines].map((line) => ({ line, because: 'row' as const })),
    ...others.map(({ line }) => ({ line, because: 'household' as const })),
  ].sort((a, b) => a.line - b.line)
}

/** もっともらしさの数 — of the staged rows against what is known of the municipality. */
async function figuresOf(
  tx: Transaction,
  { municipality, layout }: ResidentFile,
  registered: boolean,
  counted: Pick<Figures, 'rows' | 'added' | 'changed'>,
): Promise<Figures> {
  const digest = registered ? 'register_digest' : 'non_registered_digest'
  const { before, ...figures } = await tx.one<
    Omit<Figures, 'rows' | 'added' | 'changed' | 'rowsBefore' | 'income'> & {
      before: number | null
    }
  >(
    `select (select count(*) from eligibility.resident
              where municipality_code = $1::text and ${digest} is not null) as known,
            (select count(*) from placed p
               join staged s on s.line = p.line
               join eligibility.resident_record c
                 on c.resident_key = p.resident_key and c.version = p.version - 1
              where not p.fresh and s.status = '2' and c.status = '1') as removed,
            (select count(*) from staged where token is null) as "withoutNumber",
            (select count(*) from staged
              where birth_date <= ($2::date - interval '110 years')::date
                and coalesce(status, '1') = '1') as "overAge",
            (select count(distinct subject_key) from eligibility.entitlement
              where municipality_code = $1::text and held @> $2::date) as insured,
            (select count(distinct e.subject_key)
               from eligibility.entitlement e
               join eligibility.resident r on r.resident_key = e.resident_key
               left join staged s on s.addressee_number = r.addressee_number
              where e.municipality_code = $1::text and r.municipality_code = $1::text
                and r.${digest} is not null and e.held @> $2::date
                and s.line is null) as "insuredMissing",
            (select t.record_count from exchange.transmission t
              where t.municipality_code = $1::text and t.layout = $3::text
                and t.direction = 'received'
                and exists (select from exchange.transmission_event v
                             where v.union_code = t.union_code
                               and v.transmission_id = t.transmission_id and v.state = 'applied')
              order by t.sequence_number desc limit 1) as before`,
    [municipality, tx.today, layout.name],
  )
  const lastYear = registered ? await lastYearOf(tx, { municipality, layout }) : undefined
  return {
    ...{ ...counted, ...figures, rowsBefore: before },
    ...(lastYear === undefined ? {} : { lastYear: { ...lastYear, left: figures.removed } }),
  }
}

/** 前の年 — who lived there a year ago by what is known before this file, and how many have left since. */
async function lastYearOf(
  tx: Transaction,
  { municipality, layout }: Pick<ResidentFile, 'municipality' | 'layout'>,
): Promise<Omit<NonNullable<Figures['lastYear']>, 'left'>> {
  return await tx.one(
    `with known as (
       select c.resident_from, c.removed_on, c.status
         from eligibility.resident r
         join lateral (
           select resident_from, removed_on, status from eligibility.resident_record
            where resident_key = r.resident_key
            order by version desc limit 1) c on true
        where r.municipality_code = $1::text and r.register_digest is not null
     )
     select (select count(*) from staged where coalesce(status, '1') = '1') as living,
            (select count(*) from known
              where coalesce(resident_from, '0001-01-01') <= ($2::date - interval '1 year')::date
                and coalesce(removed_on, '9999-12-31') > ($2::date - interval '1 year')::date)
              as "livedBefore",
            (select count(*) from known
              where removed_on > ($2::date - interval '1 year')::date and removed_on <= $2::date)
              as "leftInYear",
            greatest(1, $2::date - coalesce(
              (select max((t.recorded_at at time zone 'Asia/Tokyo')::date) from exchange.transmission t
                where t.municipality_code = $1::text and t.layout = $3::text
                  and t.direction = 'received'
                  and exists (select from exchange.transmission_event v
                               where v.union_code = t.union_code
                                 and v.transmission_id = t.transmission_id
                                 and v.state = 'applied')), $2::date - 1)) as days`,
    [municipality, tx.today, layout.name],
  )
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
