import path from 'node:path'
import { plainDate, type UnionCode } from '@koiki/kernel'
import { loadHoldings, openMunicipalityStores } from '@koiki/municipality'
import { makePrefecture, secondUnionPersons } from '@koiki/prefecture'
import { openDatabase, setWorld, worldClock } from '@koiki/store'
import { beginWorld, type Installation, keepWorld, type World } from './installation.ts'

const actor = { kind: 'job', id: 'koiki world', name: '模擬の世界の作成' } as const

/** 模擬の世界を開く — remembers what it is made from, and sets both parties' clocks to its first day. */
export async function openWorld(installation: Installation, world: World): Promise<void> {
  beginWorld(installation.folder, world)
  for (const { url } of [installation.union, installation.municipality]) {
    const db = await openDatabase({ url: url('app'), applicationName: 'koiki 世界の作成' })
    await db.unscoped((tx) => setWorld(tx, world.firstDay))
    await db.close()
  }
}

/**
 * 模擬の世界を作る — fills the registers of the municipalities with an invented prefecture and a second, small
 * one. What was cut off goes on where it was.
 */
export async function makeWorld(
  installation: Installation,
  world: World,
  tell: (sentence: string) => void,
  stopping?: AbortSignal,
): Promise<void> {
  tell(`模擬の県をつくっています(被保険者およそ${countOf(world.persons)}人、みな架空)。`)
  const stores = await openMunicipalityStores({
    url: installation.municipality.url,
    dataFolder: path.join(installation.folder, 'files', 'municipality'),
    clock: worldClock,
  })
  try {
    const order = { seed: world.seed, worldDate: plainDate(world.firstDay) }
    for (const [union, persons] of [
      ['43', world.persons],
      ['31', secondUnionPersons(world.persons)],
    ] as const) {
      const prefecture = makePrefecture({ ...order, union: union as UnionCode, persons })
      let told = 0
      const records = unlessStopped(prefecture.records(), stopping)
      const loaded = await loadHoldings(stores, records, actor, ({ residents }) => {
        if (residents - told < 5000) return
        told = residents
        tell(`架空の住民 ${countOf(residents)}人まで登録しました。`)
      })
      tell(
        `架空の住民 ${countOf(loaded.residents)}人、所得 ${countOf(loaded.incomes)}件を登録しました。`,
      )
    }
  } finally {
    await stores.close()
  }
  keepWorld(installation.folder, world)
}

const countOf = (count: number): string => count.toLocaleString('ja-JP')

function* unlessStopped<T>(items: Iterable<T>, stopping: AbortSignal | undefined): Generator<T> {
  for (const item of items) {
    stopping?.throwIfAborted()
    yield item
  }
}
