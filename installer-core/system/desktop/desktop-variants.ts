import type { GraphicsMaker } from '../../model/graphics.ts'

/** One desktop of the recipe: everything that tells it from the others. */
export interface DesktopVariant {
  /** Begins the release's id. */
  readonly system: string
  /** The release's name without its version. */
  readonly name: string
  /** The folder below `variants/` of the recipe with what it adds; null: nothing. */
  readonly folder: string | null
  /** Whose graphics it brings the firmware for. */
  readonly graphics: readonly GraphicsMaker[]
  /** `system` of the one for graphics by others; null: there is none. */
  readonly otherwise: string | null
}

const plain: DesktopVariant = {
  system: 'desktop',
  name: 'Berth desktop',
  folder: null,
  graphics: ['intel', 'amd'],
  otherwise: 'desktop-nvidia',
}
const nvidia: DesktopVariant = {
  system: 'desktop-nvidia',
  name: 'Berth desktop for NVIDIA',
  folder: 'nvidia',
  // It only adds, so that a laptop whose screen hangs on Intel's graphics beside NVIDIA's has both.
  graphics: ['intel', 'amd', 'nvidia'],
  otherwise: null,
}

/** The desktops that can be built. */
export const desktopVariants = { plain, nvidia } as const
