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
  /** Graphics that nothing is shown on yet. */
  readonly notYet: readonly { readonly pci: string; readonly name: string }[]
  /** `system` of the one for graphics by others; null: there is none. */
  readonly otherwise: string | null
}

/**
 * NVIDIA's Blackwell (GB20x), as pci.ids has it: nouveau drives it from Linux 6.16 on, and nothing else draws there
 * (`DRM_SIMPLEDRM` is not set). To be emptied with Debian's next kernel.
 */
const newerThanLinux = ['2b', '2c', '2d', '2f'].map((begin) => ({
  pci: `10de:${begin}`,
  name: 'GeForce RTX 50',
}))

const plain: DesktopVariant = {
  system: 'desktop',
  name: 'Berth desktop',
  folder: null,
  graphics: ['intel', 'amd'],
  notYet: newerThanLinux,
  otherwise: 'desktop-nvidia',
}
const nvidia: DesktopVariant = {
  system: 'desktop-nvidia',
  name: 'Berth desktop for NVIDIA',
  folder: 'nvidia',
  // It only adds, so that a laptop whose screen hangs on Intel's graphics beside NVIDIA's has both.
  graphics: ['intel', 'amd', 'nvidia'],
  notYet: newerThanLinux,
  otherwise: null,
}

/** The desktops that can be built. */
export const desktopVariants = { plain, nvidia } as const
