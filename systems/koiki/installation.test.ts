import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { firstDay, keepWorld, openInstallation } from './installation.ts'

test('模擬の世界のあるデータ置き場では、役所のデータベースにつなぐ前に断る', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'koiki-installation-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  keepWorld(folder, { persons: 300, seed: 1, firstDay })
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/postgres'
  await assert.rejects(
    openInstallation({ folder, databaseUrl, tell: () => assert.fail('何も始めない') }),
    /模擬の世界があるので、DATABASE_URL のデータベースには使えません/,
  )
})
