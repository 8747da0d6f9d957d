import { timingSafeEqual } from 'node:crypto'
import type { Transaction } from '@koiki/store'
import { checkValue, type KeyKind, type KeyRing } from './keyRing.ts'
import { VaultError } from './vaultError.ts'

const names: Record<KeyKind, string> = { seal: '封', index: '探し札' }

/**
 * 鍵を確かめる — that the keys in hand are the ones with which this database was written, before anything
 * is searched or added: under a strange index key every known number would seem new. A version that
 * the database has not seen is noted.
 */
export async function registerKeys(tx: Transaction, ring: KeyRing, place: string): Promise<void> {
  const held = (['seal', 'index'] as const).flatMap((kind) =>
    [...ring[kind].keys].map(([version, key]) => ({
      kind,
      version,
      value: checkValue(kind, version, key),
    })),
  )
  const noted = new Map<string, Buffer>()
  const read = async () => {
    for (const row of await tx.query<{ kind: KeyKind; version: number; check_value: Buffer }>(
      'select kind, version, check_value from vault.key_version',
    )) {
      noted.set(`${row.kind} ${row.version}`, row.check_value)
    }
  }
  await read()
  const wrong = held.find(({ kind, version, value }) => {
    const known = noted.get(`${kind} ${version}`)
    return known !== undefined && !timingSafeEqual(known, value)
  })
  if (wrong) {
    throw new VaultError(
      `${place}の${names[wrong.kind]}の鍵（版${wrong.version}）は、このデータベースの個人番号を扱ってきた鍵ではありません。控えから元の鍵を戻してください。何も書き込んでいません。`,
    )
  }
  const lost = [...noted.keys()].find(
    (name) => !held.some(({ kind, version }) => `${kind} ${version}` === name),
  )
  if (lost) {
    const [kind, version] = lost.split(' ') as [KeyKind, string]
    throw new VaultError(
      `${place}に、${names[kind]}の鍵の版${version}がありません。鍵の版を上げた後なら、プログラムを起動し直してください。そうでなければ、控えから元の鍵を戻してください。何も書き込んでいません。`,
    )
  }
  if (held.length === noted.size) return
  await tx.run(
    `insert into vault.key_version (kind, version, check_value, registered_at)
     select kind, version, value, $4::timestamptz
       from unnest($1::text[], $2::smallint[], $3::bytea[]) as given (kind, version, value)
     on conflict (kind, version) do nothing`,
    [
      held.map(({ kind }) => kind),
      held.map(({ version }) => version),
      held.map(({ value }) => value),
      tx.now,
    ],
  )
  // Another first import may have noted other keys a moment earlier.
  const before = noted.size
  await read()
  if (before < noted.size) await registerKeys(tx, ring, place)
}
