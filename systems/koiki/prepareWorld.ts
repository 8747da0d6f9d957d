import { carryCardLists, flows, gather } from './flows.ts'
import type { House } from './house.ts'
import { intermediaryOf } from './intermediary.ts'

type Tell = (sentence: string) => void

interface Part {
  readonly name: string
  run(tell: Tell): Promise<void>
}

/**
 * 模擬の県の準備 — fills the registers and drives the flows once, while the services run and people sit at the screens;
 * told in the terminal and on the screens. What was cut off goes on where it was. Throws the sentence of whoever refused.
 */
export async function prepareWorld(house: House, say: Tell, stopping: AbortSignal): Promise<void> {
  const parts = partsOf(house, stopping)
  for (const [index, { name, run }] of parts.entries()) {
    const heading = `${index + 1}／${parts.length} ${name}`
    const show = (detail: string): void =>
      house.tellPreparation(
        `模擬の県を準備しています。${heading}${detail}。そろうまでは、見える人、額、文書が増えていきます。`,
      )
    say(heading)
    show('')
    await run((sentence) => {
      say(`　${sentence.trim()}`)
      show(`：${sentence.trim().replace(/。$/, '')}`)
    })
  }
  house.tellPreparation(null)
}

function partsOf(house: House, stopping: AbortSignal): readonly Part[] {
  const parts: Part[] = []
  if (house.emptyRegisters)
    parts.push({ name: '架空の住民の登録', run: (tell) => house.fillRegisters(tell) })
  if (!house.freshWorld) return parts
  let gathered: ReturnType<typeof gather> | undefined
  const stageOf = (tell: Tell) => ({ ...house, tell, stopping })
  const cast = (tell: Tell) => {
    gathered ??= gather(stageOf(tell))
    return gathered
  }
  for (const { name, drive } of flows)
    parts.push({ name, run: async (tell) => drive(await cast(tell), stageOf(tell)) })
  parts.push({
    name: '中間サーバーのマイナ保険証利用登録状況',
    async run(tell) {
      const order = { folder: house.installation.folder, seed: house.world?.seed ?? 1 }
      await carryCardLists(await cast(tell), stageOf(tell), (union, towns) =>
        intermediaryOf(order, union, (code) => towns.find((town) => town.code === code)!.operator),
      )
      house.keepFlows()
    },
  })
  return parts
}
