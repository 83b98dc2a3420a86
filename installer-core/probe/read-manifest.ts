import type { BootVolume, Machine } from '../model/machine.ts'
import { ownershipManifestSchema, type OwnershipManifest } from '../model/manifest.ts'

/** Berth's ownership manifest as found on one boot volume; `manifest` is null when its text is none. */
export interface FoundManifest {
  readonly volume: BootVolume
  readonly manifest: OwnershipManifest | null
}

/** Every ownership manifest that lies on a boot volume, readable or not. */
export function findManifests(bootVolumes: readonly BootVolume[]): readonly FoundManifest[] {
  return bootVolumes.flatMap((volume) =>
    volume.manifest === null ? [] : [{ volume, manifest: parseManifest(volume.manifest) }],
  )
}

/**
 * The manifest of what Berth installed on this PC; null when there is none that can be read. One that lies on the very
 * volume it speaks of goes before a copy of it elsewhere.
 */
export function readManifest(machine: Pick<Machine, 'bootVolumes'>): OwnershipManifest | null {
  return chooseManifest(findManifests(machine.bootVolumes))?.manifest ?? null
}

/** The manifest that counts among several; null when there is none at all. */
export function chooseManifest(found: readonly FoundManifest[]): FoundManifest | null {
  return (
    found.find(({ volume, manifest }) => manifest !== null && ownVolume(manifest) === volume.partition) ??
    found.find(({ manifest }) => manifest !== null) ??
    found[0] ??
    null
  )
}

/** The boot volume that a manifest's plan writes to. */
export function ownVolume(manifest: OwnershipManifest): string | null {
  return manifest.plan.steps.find((step) => step.kind === 'write-files')?.target.partition ?? null
}

function parseManifest(text: string): OwnershipManifest | null {
  try {
    const parsed = ownershipManifestSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
