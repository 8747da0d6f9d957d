import { addDays, type PlainDate } from '@koiki/kernel'
import { advanceWorld, databaseUrl, openDatabase, worldClock } from '@koiki/store'

/** 世界の時計を進める — of every party alike; a party that is there already, after a fall halfway, stays. */
export async function advanceDays(serverUrl: string, days: number): Promise<PlainDate> {
  const reached: PlainDate[] = []
  for (const party of ['union', 'municipality'] as const) {
    const url = databaseUrl(serverUrl, party, `koiki_${party}`, 'app')
    const db = await openDatabase({ url, applicationName: 'koiki 世界の時計', clock: worldClock })
    try {
      await db.unscoped(async (tx) => {
        const next = reached[0] ?? addDays(tx.today, days)
        if (tx.today < next) await advanceWorld(tx, next)
        reached.push(next)
      })
    } finally {
      await db.close()
    }
  }
  return reached[0] as PlainDate
}
