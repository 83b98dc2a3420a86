import { graphicsMaker, graphicsMakers, type GraphicsMaker } from '../model/graphics.ts'
import type { ReleaseManifest } from '../model/release.ts'

/** What tells variants of one system apart: a manifest or a catalogue's entry. */
export interface Variant {
  readonly id: ReleaseManifest['id']
  readonly needs: Pick<ReleaseManifest['needs'], 'graphics'>
}

/** How drivers and shops call them, where no PCI number is told (Windows, `systeminformation`, practice PCs). */
const words: Readonly<Record<GraphicsMaker, RegExp>> = {
  intel: /\bintel\b/i,
  amd: /\b(amd|ati|radeon|advanced micro devices)\b/i,
  nvidia: /\b(nvidia|geforce|quadro)\b/i,
}
const pciNumbers = /\b([0-9a-f]{4}):[0-9a-f]{4}\b/i

/** Who made the graphics of a PC, each once: of a laptop with two processors for graphics both. */
export function graphicsMakersOf(gpus: readonly string[]): readonly GraphicsMaker[] {
  return graphicsMakers.filter((maker) => gpus.some((gpu) => isBy(maker, gpu)))
}

function isBy(maker: GraphicsMaker, gpu: string): boolean {
  const vendor = pciNumbers.exec(gpu)?.[1]
  return vendor === undefined ? words[maker].test(gpu) : vendor.toLowerCase() === graphicsMaker[maker].pci
}

/** Makers of this PC's graphics that a release is not made for; none when it does not say what it is made for. */
export function missingMakers(
  { needs }: Variant,
  makers: readonly GraphicsMaker[],
): readonly GraphicsMaker[] {
  const { graphics } = needs
  return graphics === undefined ? [] : makers.filter((maker) => !graphics.makers.includes(maker))
}

/** Graphics of this PC that a release shows nothing on, as they are sold, each once. */
export function notYetShown({ needs }: Variant, gpus: readonly string[]): readonly string[] {
  const known = needs.graphics?.notYet ?? []
  return known
    .filter((one) => gpus.some((gpu) => isOne(one, gpu)))
    .map(({ name }) => name)
    .filter(isFirst)
}

function isOne({ pci, name }: { readonly pci: string; readonly name: string }, gpu: string): boolean {
  const numbers = pciNumbers.exec(gpu)?.[0].toLowerCase()
  return numbers === undefined ? gpu.toLowerCase().includes(name.toLowerCase()) : numbers.startsWith(pci)
}

function isFirst(name: string, index: number, names: readonly string[]): boolean {
  return names.indexOf(name) === index
}

/**
 * Of the releases that differ from `one` in nothing but the graphics they are made for, and of itself, the one for a PC with
 * graphics by `makers`: it brings what all of them need and as little else as possible.
 */
export function bestVariant<V extends Variant>(
  one: V,
  offered: readonly V[],
  makers: readonly GraphicsMaker[],
): V {
  const [best = one] = [one, ...othersOf(one, offered)].sort(
    (a, b) =>
      missingMakers(a, makers).length - missingMakers(b, makers).length ||
      (a.needs.graphics?.makers.length ?? 0) - (b.needs.graphics?.makers.length ?? 0),
  )
  return best
}

/** Whether a release is to be told from its variants as the one for this PC: there is a choice, and the PC decides it. */
export function isMadeFor(
  one: Variant,
  offered: readonly Variant[],
  makers: readonly GraphicsMaker[],
): boolean {
  return (
    makers.length > 0 &&
    othersOf(one, offered).length > 0 &&
    missingMakers(one, makers).length === 0 &&
    bestVariant(one, offered, makers).id === one.id
  )
}

/** Either names the other as what to take where it does not fit itself. */
function othersOf<V extends Variant>(one: V, offered: readonly V[]): readonly V[] {
  return offered.filter(
    ({ id, needs }) =>
      id !== one.id && (needs.graphics?.otherwise === one.id || one.needs.graphics?.otherwise === id),
  )
}
