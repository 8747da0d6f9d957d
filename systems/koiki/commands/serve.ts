import { parseArgs } from 'node:util'
import type { Io } from '../io.ts'
import { serveUntilReleased } from '../supervisor.ts'

/**
 * koiki serve union|municipality --data DIR --port N — one party's service. Which database it may open
 * comes by the environment, never by the command line.
 */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      data: { type: 'string', default: 'data' },
      port: { type: 'string', default: '0' },
    },
  })
  const place = { folder: values.data, port: Number(values.port) }
  const [party] = positionals
  if (party === 'union') {
    const { serveUnion } = await import('../serveUnion.ts')
    const { url, close } = await serveUnion(place)
    await serveUntilReleased(url, close)
    return 0
  }
  if (party === 'municipality') {
    const { serveMunicipality } = await import('../serveMunicipality.ts')
    const { url, close } = await serveMunicipality(place)
    await serveUntilReleased(url, close)
    return 0
  }
  io.stderr.write('どの当事者を動かすか書いてください: npx koiki serve union または municipality\n')
  return 2
}
