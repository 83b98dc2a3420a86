import type { ListedRelease } from '../../installer-core/api/methods/plan-methods.ts'
import { bestVariant, graphicsMakersOf, isMadeFor } from '../../installer-core/check/graphics.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import type { ReleaseManifest } from '../../installer-core/model/release.ts'

/** Ids of a list's releases with the variant that is made for this PC's graphics in the first one's place. */
export function variantFirst(
  listed: readonly ListedRelease[],
  ids: readonly string[],
  machine: Machine | null,
): readonly string[] {
  const offered = manifestsOf(listed.filter(({ id }) => ids.includes(id)))
  const first = offered.find(({ id }) => id === ids[0])
  if (first === undefined || machine === null) return ids
  const { id } = bestVariant(first, offered, graphicsMakersOf(machine.gpus))
  return [id, ...ids.filter((one) => one !== id)]
}

/** Whether a release is the one of its variants for this PC's graphics. */
export function isForGraphicsOf(
  machine: Machine,
  { id }: ListedRelease,
  listed: readonly ListedRelease[],
): boolean {
  const offered = manifestsOf(listed)
  const one = offered.find((other) => other.id === id)
  return one !== undefined && isMadeFor(one, offered, graphicsMakersOf(machine.gpus))
}

function manifestsOf(listed: readonly ListedRelease[]): readonly ReleaseManifest[] {
  return listed.flatMap(({ manifest, failure }) => (manifest === null || failure !== null ? [] : [manifest]))
}
