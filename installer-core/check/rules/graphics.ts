import { graphicsMaker, type GraphicsMaker } from '../../model/graphics.ts'
import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'
import { graphicsMakersOf, missingMakers, notYetShown } from '../graphics.ts'

/** Whether the release brings what the graphics of this PC need. A wrong guess must cost no more than a warning. */
export function checkGraphics({ machine, release }: CheckContext): readonly Finding[] {
  const { graphics } = release.needs
  const dark = notYetShown(release, machine.gpus)
  if (dark.length > 0) return [finding('graphics-not-yet', 'warning', { found: dark.join(', ') })]
  const missing = missingMakers(release, graphicsMakersOf(machine.gpus))
  if (graphics === undefined || missing.length === 0) return []
  const evidence = { required: names(graphics.makers), found: names(missing) }
  const { otherwise } = graphics
  return [
    otherwise === undefined
      ? finding('graphics-not-covered', 'warning', evidence)
      : finding('graphics-other-release', 'warning', { ...evidence, facts: { release: otherwise } }),
  ]
}

function names(makers: readonly GraphicsMaker[]): string {
  return makers.map((maker) => graphicsMaker[maker].name).join(', ')
}
