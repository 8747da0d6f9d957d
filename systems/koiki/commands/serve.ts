import { command, dataFolder, portAsked, WrongUse, wholeNumbers } from '../commandLine.ts'
import { hearSupervisor, serveUntilReleased } from '../supervisor.ts'

const help = `使い方: npx koiki serve union|municipality [選択]

1つの当事者のサービスだけを動かします。npm start が中で使う仕事で、データベースの場所を npm start から
受け取るため、手では始められません。

選択:
  --data DIR   データ置き場（初めは環境変数 KOIKI_DATA、なければ data）
  --port N     待ち受けるポート（初めは 0: 空いている番号）
`

/**
 * koiki serve union|municipality --data DIR --port N — one party's service. Which database it may open
 * comes by the environment, never by the command line.
 */
export const run = command(
  { name: 'serve', help, options: { data: 'text', port: 'text' }, words: 1 },
  async (values, [party]) => {
    const { '--port': port = 0 } = wholeNumbers({ '--port': portAsked(values.port) })
    const place = { folder: dataFolder(values.data), port }
    if (party === 'union') {
      const { serveUnion } = await import('../serveUnion.ts')
      const heard = hearSupervisor()
      const { url, close } = await serveUnion({
        ...place,
        preparation: () => heard().preparation,
      })
      await serveUntilReleased(url, close)
      return 0
    }
    if (party === 'municipality') {
      const { serveMunicipality } = await import('../serveMunicipality.ts')
      const { url, close } = await serveMunicipality(place)
      await serveUntilReleased(url, close)
      return 0
    }
    throw new WrongUse('どの当事者を動かすか、union か municipality と書いてください。')
  },
)
