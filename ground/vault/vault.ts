import { type AccessEntry, recordAccess } from '@koiki/audit'
import { IndividualNumber } from '@koiki/kernel'
import type { Party, Scope, Transaction } from '@koiki/store'
import { type KeyProvider, type KeyRing, keyOf } from './keyRing.ts'
import { registerKeys } from './registerKeys.ts'
import { openRestingFile, sealRestingFile } from './restingFile.ts'
import { type NumberInput, plainDigits, type SealedNumber, sealBatch } from './sealBatch.ts'
import { associatedData, blindIndex, indexMessage, openSealed } from './sealing.ts'
import { numberColumnDefinitions, numberColumns, numberValues, takeIn } from './staging.ts'
import { VaultError } from './vaultError.ts'

export type Comparison = '一致' | '不一致' | '登録なし'

/** Who opens a number, from where and what for. */
type Opening = Omit<AccessEntry, 'act' | 'effect' | 'persons' | 'count'>
export type RevealReason = Opening & {
  /** 被保険者の鍵 or 住民の鍵 of the one whose number it is. */
  readonly person: number
}
export type RevealManyReason = Opening & { readonly persons: readonly number[] }

/** 金庫 — one party's Individual Numbers. Business tables hold tokens; numbers are here alone, sealed. */
export type Vault = {
  /**
   * まとめて封じる — pure computation, one row for each number in order, to be copied into a staging table
   * (`numberColumns`, `numberValues`). A Uint8Array is taken as twelve ASCII digits each, twelve zero
   * bytes for none. Throws VaultError that names the row, never the number.
   */
  sealMany(scope: Scope, numbers: readonly NumberInput[] | Uint8Array): (SealedNumber | null)[]
  /**
   * 札を決める — takes unknown numbers of a temporary table into the vault and sets each row's `token` to
   * the number's own. Set-based; the same number twice, or in two imports at once, has one token.
   */
  resolveTokens(tx: Transaction, stagingTable: string): Promise<{ added: number }>
  /** The same path for a few numbers: their tokens, in order. */
  tokensOf(tx: Transaction, numbers: readonly NumberInput[]): Promise<(string | null)[]>
  /** 番号でさがす — the token, or null when this holder has no such number. The caller audits. */
  findByNumber(tx: Transaction, number: IndividualNumber | string): Promise<string | null>
  /** 突合 — without opening anything. The caller audits. */
  compare(
    tx: Transaction,
    number: IndividualNumber | string,
    token: string | null,
  ): Promise<Comparison>
  /**
   * 封を開ける — needs a transaction of the vault's own database user, and leaves an audit entry in it.
   * Let nothing out before the transaction is committed.
   */
  reveal(tx: Transaction, token: string, reason: RevealReason): Promise<IndividualNumber>
  /** The same for an export: numbers in the order of the tokens, one audit entry for all. */
  revealMany(
    tx: Transaction,
    tokens: readonly (string | null)[],
    reason: RevealManyReason,
  ): Promise<(IndividualNumber | null)[]>
  /**
   * 寝かせるファイルの封 — the bytes of a file that carries numbers, sealed in pieces for as long as it
   * rests with us. `name` (a transmission's id) is bound to it and needed again.
   */
  sealFile(name: string, plain: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  openFile(name: string, sealed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

export type OpenVault = { readonly provider: KeyProvider; readonly party: Party }

/** 金庫を開ける — asks the provider for the keys once. Throws VaultError when they cannot be had. */
export async function openVault({ provider, party }: OpenVault): Promise<Vault> {
  const ring = await provider.open()
  const scopeOf = (tx: Transaction): Scope => {
    if (tx.scope === null) {
      throw new VaultError('個人番号は、担当の範囲を決めた取引の中で扱ってください。')
    }
    return tx.scope
  }

  const vault: Vault = {
    sealMany: (scope, numbers) => sealBatch(ring, holderOf(party, scope), scope.union, numbers),

    async resolveTokens(tx, stagingTable) {
      const scope = scopeOf(tx)
      await registerKeys(tx, ring, provider.name)
      return { added: await takeIn(tx, holderOf(party, scope), stagingTable, ring.index) }
    },

    async tokensOf(tx, numbers) {
      const sealed = vault.sealMany(scopeOf(tx), numbers)
      const table = `vault_intake_${++intakes}`
      await tx.run(
        `create temporary table ${table} (place integer not null, ${numberColumnDefinitions}) on commit drop`,
      )
      await tx.copyRows(
        `${table} (place, ${numberColumns})`,
        sealed.map((number, place) => [place, ...numberValues(number)]),
      )
      await vault.resolveTokens(tx, table)
      const rows = await tx.query<{ token: string | null }>(
        `select token::text as token from ${table} order by place`,
      )
      await tx.run(`drop table ${table}`)
      return rows.map((row) => row.token)
    },

    async findByNumber(tx, number) {
      const scope = scopeOf(tx)
      await registerKeys(tx, ring, provider.name)
      const digits = plainDigits([number])
      const message = indexMessage(holderOf(party, scope), digits)
      const values = [...ring.index.keys.values()].map((key) => blindIndex(key, message))
      digits.fill(0)
      message.fill(0)
      const rows = await tx.query<{ token: string }>(
        `select distinct token::text as token from vault.blind_index where blind_index = any ($1::bytea[])`,
        [values],
      )
      return rows[0]?.token ?? null
    },

    async compare(tx, number, token) {
      const registered =
        token !== null &&
        (await tx.maybe('select token from vault.sealed_number where token = $1::uuid', [
          token,
        ])) !== null
      if (!registered) return '登録なし'
      return (await vault.findByNumber(tx, number)) === token ? '一致' : '不一致'
    },

    async reveal(tx, token, { person, ...opening }) {
      const [number] = await vault.revealMany(tx, [token], { ...opening, persons: [person] })
      return number as IndividualNumber
    },

    async revealMany(tx, tokens, { persons, ...opening }) {
      const scope = scopeOf(tx)
      const holder = holderOf(party, scope)
      const asked = [...new Set(tokens.filter((token) => token !== null))]
      const opened = new Map<string, IndividualNumber>()
      for await (const rows of tx.batches<{ token: string; version: number; sealed: Buffer }>(
        `select token::text as token, seal_key_version as version, sealed
           from vault.sealed_number
           join unnest($1::uuid[]) as asked (token) using (token)`,
        [asked],
        5_000,
      )) {
        for (const row of rows) opened.set(row.token, openRow(ring, holder, scope, row))
      }
      if (opened.size < asked.length) {
        throw new VaultError(
          `個人番号の登録がない札が${asked.length - opened.size}件あります。担当の範囲と、取込みの済んだことを確かめてください。`,
        )
      }
      await recordAccess(tx, { ...opening, act: 'number.reveal', effect: 'read', persons })
      return tokens.map((token) => (token === null ? null : (opened.get(token) ?? null)))
    },

    sealFile: (name, plain) => sealRestingFile(ring.seal, `${party}\0${name}`, plain),
    openFile: (name, sealed) => openRestingFile(ring.seal, `${party}\0${name}`, sealed),
  }
  return vault
}

let intakes = 0

/** 番号を保有する当事者 — a union, or one municipality; every municipality of a database is its own. */
function holderOf(party: Party, scope: Scope): string {
  if (party === 'union') return `union:${scope.union}`
  if (scope.municipality === '*') {
    throw new VaultError(
      '市区町村の金庫は市区町村ごとに分かれています。担当の範囲を一つの市区町村にしてください。',
    )
  }
  return `municipality:${scope.municipality}`
}

function openRow(
  ring: KeyRing,
  holder: string,
  scope: Scope,
  row: { token: string; version: number; sealed: Buffer },
): IndividualNumber {
  const associated = associatedData({ holder, union: scope.union, keyVersion: row.version })
  associated.write(row.token.replaceAll('-', ''), associated.length - 16, 'hex')
  const digits = openSealed(keyOf(ring.seal, row.version), associated, row.sealed)
  const number = IndividualNumber.parse(digits)
  if (!number.ok) throw new VaultError('封の中が個人番号ではありません。管理者に知らせてください。')
  return number.value
}
