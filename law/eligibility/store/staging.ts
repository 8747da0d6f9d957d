import { hash } from 'node:crypto'
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { Layout } from '@koiki/layouts'
import type { Scope, Transaction } from '@koiki/store'
import { numberColumnDefinitions, type SealedNumber, type Vault } from '@koiki/vault'

/** Columns of the two layouts, and where each is kept; dates are read by the database. */
const places: Readonly<Record<string, string>> = {
  市区町村コード: 'municipality_code',
  宛名番号: 'addressee_number',
  世帯番号: 'household_number',
  // The number itself is never written: its token travels in its place.
  個人番号: 'token',
  氏名: 'name',
  氏名カナ: 'name_kana',
  通称: 'alias',
  旧氏: 'former_name',
  生年月日: 'birth_date',
  生年月日不詳フラグ: 'birth_date_unknown',
  生年月日不詳表記: 'birth_date_text',
  性別: 'sex',
  続柄: 'relationship',
  郵便番号: 'postal_code',
  町字コード: 'town_code',
  都道府県: 'prefecture_name',
  市区郡町村名: 'municipality_name',
  町字: 'town_name',
  番地号: 'house_number',
  方書: 'building',
  住民種別: 'resident_kind',
  在留期間満了日: 'stay_until',
  住民となった日: 'resident_from',
  住民状態: 'status',
  異動年月日: 'changed_on',
  異動事由: 'change_reason',
  消除年月日: 'removed_on',
  転入前市区町村コード: 'moved_from_municipality',
  転出先市区町村コード: 'moved_to_municipality',
  支援措置区分: 'support_kind',
  支援措置開始日: 'support_from',
  支援措置終了日: 'support_until',
  不開示該当フラグ: 'non_disclosure',
  自己情報提供不可フラグ: 'self_provision_disabled',
  適用除外区分: 'exclusion_kind',
  適用除外開始日: 'exclusion_from',
  適用除外終了日: 'exclusion_until',
  操作年月日: 'operated_on',
  住民票所在地市区町村コード: 'registered_at_municipality',
  住登外区分: 'non_registered_kind',
  適用開始日: 'resident_from',
  適用終了日: 'removed_on',
  代表宛名フラグ: 'representative',
  名寄せ先宛名番号: 'merged_into_addressee_number',
}

/** The days among the columns; all else is text. */
const days = new Set([
  'birth_date',
  'stay_until',
  'resident_from',
  'changed_on',
  'removed_on',
  'support_from',
  'support_until',
  'exclusion_from',
  'exclusion_until',
  'operated_on',
])

/** 記録の欄 — each column of a record, and its type in the database; the token of 個人番号 is apart. */
export const recordColumns: readonly { readonly name: string; readonly type: 'date' | 'text' }[] = [
  ...new Set(Object.values(places)),
]
  .filter((name) => name !== 'token')
  .map((name) => ({ name, type: days.has(name) ? 'date' : 'text' }))

/** A table of the transaction's own, gone with it: nothing of a file that is refused remains. */
export async function createStaging(tx: Transaction): Promise<void> {
  await tx.run(
    `create temporary table staged (
       line integer not null,
       digest bytea not null,
       ${numberColumnDefinitions},
       ${recordColumns.map(({ name, type }) => `${name} ${type}`).join(', ')}
     ) on commit drop`,
  )
}

/**
 * Sealing is all arithmetic, and a clerk's filing asks the database some forty times: whoever is served by the same
 * process gets a turn after every so many rows, a few milliseconds.
 */
const sliceSize = 50

/** 一時表へ写す — takes records as they are read, seals their numbers and streams them by COPY. */
export type Stager = {
  /** Records lose their numbers here: the texts are replaced in place. */
  take(records: readonly string[][], lines: readonly number[]): Promise<void>
  end(): Promise<void>
  /** Closes the COPY after a failure, so that the transaction can be undone. */
  abort(): void
}

export function stageRecords(tx: Transaction, scope: Scope, layout: Layout, vault: Vault): Stager {
  const columns = layout.names.map((name) => places[name] as string)
  const number = layout.names.indexOf('個人番号')
  const effects = effectPlaces(layout)
  const target = tx.copyIn(
    `copy staged (${columns.join(', ')}, line, digest, blind_index, index_key_version,
       earlier_blind_indexes, sealed, seal_key_version) from stdin (null '')`,
  )
  let failure: Error | null = null
  target.on('error', (error) => {
    failure = error
  })
  const write = async (text: string): Promise<void> => {
    if (failure) throw failure
    if (!target.write(text)) await once(target, 'drain')
  }
  return {
    async take(records, lines) {
      for (let from = 0; from < records.length; from += sliceSize) {
        const slice = records.slice(from, from + sliceSize)
        const sealed = vault.sealMany(
          scope,
          slice.map((record) => record[number] || null),
        )
        let text = ''
        for (const [index, record] of slice.entries())
          text += stagedLine(record, lines[from + index]!, number, sealed[index]!, effects)
        await write(text)
        await setImmediate()
      }
    },
    async end() {
      if (failure) throw failure
      target.end()
      await once(target, 'finish')
    },
    abort: () => target.destroy(),
  }
}

/**
 * Where the two effects of a 支援措置 stand in a record, beside its 支援措置区分; null in an edition that has one column for
 * them.
 */
type EffectPlaces = { readonly kind: number; readonly first: number } | null

function effectPlaces({ names, name }: Layout): EffectPlaces {
  const first = names.indexOf('不開示該当フラグ')
  if (first === -1) return null
  if (names[first + 1] !== '自己情報提供不可フラグ')
    throw new Error(`${name}: フラグが並んでいません。`)
  return { kind: names.indexOf('支援措置区分'), first }
}

/**
 * What a record says, for its digest: effects that are no other than the one column meant are left out, so that the
 * same person in an older file has not changed.
 */
function contentOf(record: readonly string[], body: string, places: EffectPlaces): string {
  if (places === null) return body
  const { kind, first } = places
  const usual = record[kind] === '1' ? '1' : ''
  const told = (at: number): string => (record[at] === '0' ? '' : (record[at] as string))
  if (told(first) !== usual || told(first + 1) !== usual) return body
  return escaped([...record.slice(0, first), ...record.slice(first + 2)])
}

/** The last column, 操作年月日, and the number do not belong to what the record says. */
const digestOfBody = (body: string): string =>
  hash('sha256', body.slice(0, body.lastIndexOf('\t')), 'hex').slice(0, 32)

/** 記録の要約 — of a record as it stands in a file: what `resident_record.digest` keeps of it. */
export function recordDigest(layout: Layout, record: readonly string[]): string {
  const number = layout.names.indexOf('個人番号')
  const told = record.map((text, at) => (at === number ? '' : text))
  return digestOfBody(contentOf(told, escaped(told), effectPlaces(layout)))
}

function stagedLine(
  record: string[],
  line: number,
  number: number,
  sealed: SealedNumber | null,
  effects: EffectPlaces,
): string {
  record[number] = ''
  const body = escaped(record)
  const digest = digestOfBody(contentOf(record, body, effects))
  if (sealed === null) return `${body}\t${line}\t\\\\x${digest}\t\t\t\t\t\n`
  record[number] = sealed.token
  const index = sealed.blindIndex.toString('hex')
  const earlier = sealed.earlierBlindIndexes.map((one) => `"\\\\\\\\x${one.toString('hex')}"`)
  const seal = sealed.sealed.toString('hex')
  return `${escaped(record)}\t${line}\t\\\\x${digest}\t\\\\x${index}\t${sealed.indexKeyVersion}\t${
    earlier.length === 0 ? '' : `{${earlier.join(',')}}`
  }\t\\\\x${seal}\t${sealed.sealKeyVersion}\n`
}

/** Texts of a sound record hold no tab or line end; a backslash must be doubled for COPY. */
function escaped(record: readonly string[]): string {
  const text = record.join('\t')
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text
}
