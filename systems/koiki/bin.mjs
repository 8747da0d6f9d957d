#!/usr/bin/env node
// `npx koiki …`: the caller's folder and streams stay, the pinned Node runs the program.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(realpathSync(fileURLToPath(import.meta.url)))
const pinnedNode = path.resolve(here, '../../node_modules/.bin/node')
if (!existsSync(pinnedNode)) {
  console.error('部品がまだ入っていません。先に「npm ci」か「npm start」を実行してください。')
  process.exit(1)
}
const child = spawn(pinnedNode, [path.join(here, 'main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 130))
