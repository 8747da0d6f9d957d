import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'

/** 画面の置き場 — the folder that the union's service hands out; made by `buildDesk`. */
export const deskFolder = path.join(import.meta.dirname, 'dist')

/** 画面を組み立てる — builds the screens when they are missing or older than their source. */
export async function buildDesk(): Promise<string> {
  if (!(await isFresh())) {
    await build({ configFile: path.join(import.meta.dirname, 'vite.config.ts') })
  }
  return deskFolder
}

async function isFresh(): Promise<boolean> {
  const made = path.join(deskFolder, 'index.html')
  if (!existsSync(made)) return false
  const at = statSync(made).mtimeMs
  const sources = await readdir(path.join(import.meta.dirname, 'src'), {
    recursive: true,
    withFileTypes: true,
  })
  return [
    ...sources
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
    path.join(import.meta.dirname, 'index.html'),
    path.join(import.meta.dirname, 'vite.config.ts'),
    path.join(import.meta.dirname, 'package.json'),
  ].every((file) => statSync(file).mtimeMs <= at)
}
