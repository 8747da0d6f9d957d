import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

/**
 * 途中のファイルを片付ける — what came only in part because its reader was killed. No row names it, and before a party
 * serves nobody else writes there.
 */
export function sweepCutOff(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (name.endsWith('.partial')) rmSync(path.join(folder, name), { force: true })
}
