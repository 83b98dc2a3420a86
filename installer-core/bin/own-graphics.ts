import { linuxPlaces } from '../adapters/linux/linux-places.ts'
import { readGraphics } from '../adapters/linux/pc-facts.ts'
import { selfCommand } from '../adapters/self-command.ts'
import { graphicsMakersOf } from '../check/graphics.ts'
import { askThisPc } from '../engine/ask-this-pc.ts'
import type { GraphicsMaker } from '../model/graphics.ts'

/** Who made the graphics of the PC that this runs on, as far as it can be told without rights; none when not known. */
export async function ownGraphics(): Promise<readonly GraphicsMaker[]> {
  if (process.platform === 'linux') return graphicsMakersOf(readGraphics(linuxPlaces))
  const asked = await askThisPc(selfCommand())
  return asked.ok ? graphicsMakersOf(asked.value.gpus) : []
}
