import { type Clock, type Database, type DatabaseRole, openDatabase } from '@koiki/store'
import { type KeyProvider, openVault, type Vault } from '@koiki/vault'

/**
 * 市区町村の三つのシステムと土台 — one database connection for each system, as its own database user: what
 * one may not read, no line of this program can read for it.
 */
export interface Stores {
  readonly residentRegister: Database
  readonly localTax: Database
  readonly municipalSystem: Database
  /** 仕事と監査: sees no table of the three systems. */
  readonly work: Database
  /** 金庫の役: the only one that can open a sealed number. */
  readonly vaultOpener: Database
  readonly vault: Vault
  close(): Promise<void>
}

export interface OpenStores {
  /** The address of the municipality's database for one of its users; holds a password. */
  readonly url: (role: DatabaseRole) => string
  readonly clock: Clock
  readonly vaultKeys: KeyProvider
}

/** 市区町村のデータベースを開く */
export async function openStores({ url, clock, vaultKeys }: OpenStores): Promise<Stores> {
  const open = (role: DatabaseRole, of: string): Promise<Database> =>
    openDatabase({ url: url(role), applicationName: `koiki ${of}`, clock, connections: 5 })
  const vault = await openVault({ provider: vaultKeys, party: 'municipality' })
  const opened = {
    residentRegister: await open('resident_register', '住基システム'),
    localTax: await open('local_tax', '地方税システム'),
    municipalSystem: await open('municipal_system', '市区町村システム'),
    work: await open('app', '市区町村の仕事'),
    vaultOpener: await open('vault', '市区町村の金庫'),
  }
  return {
    ...opened,
    vault,
    async close() {
      await Promise.all(Object.values(opened).map((database) => database.close()))
    },
  }
}
