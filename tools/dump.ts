import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { dumpSchema, type Party, testDatabase } from '@koiki/store'

const last: (() => Promise<void>)[] = []
const untilTheEnd = { after: (clean: () => Promise<void>) => void last.push(clean) }

for (const party of ['union', 'municipality'] satisfies Party[]) {
  const database = await testDatabase(untilTheEnd, party)
  const file = fileURLToPath(new URL(`../db/${party}/schema.sql`, import.meta.url))
  writeFileSync(file, await dumpSchema(database))
  console.log(`${file} を書きました。`)
}
for (const clean of last) await clean()
