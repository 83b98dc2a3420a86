import { GiB, MiB, bytes } from '../../../installer-core/base/bytes.ts'
import { buildRelease, releaseSha256 } from '../../../installer-core/check/testing/machine-builder.ts'
import type { ReleaseId } from '../../../installer-core/model/primitives.ts'
import { stageFolder } from '../../../installer-core/model/stage.ts'

/* What the stories offer to install. */
export const system = buildRelease({
  id: 'berth-desktop-2026.11.1-x86_64' as ReleaseId,
  name: 'Berth Desktop',
  needs: {
    bootSpace: bytes(1 * GiB),
    reserve: bytes(64 * MiB),
    memory: { required: bytes(4 * GiB), recommended: bytes(8 * GiB) },
    firmware: ['uefi64'],
    data: {
      typeGuid: '0fc63daf-8483-4772-8e79-3d69d8477de4',
      minimum: bytes(12 * GiB),
      recommended: bytes(32 * GiB),
    },
  },
  firstStart: {
    takes: ['language', 'keymap', 'timezone', 'hostname', 'user', 'full-name', 'password-hash', 'encryption'],
  },
  practiceOnly: false,
})
const forNvidia = 'berth-desktop-nvidia-2026.11.1-x86_64' as ReleaseId
const forOthers = {
  ...system,
  needs: { ...system.needs, graphics: { makers: ['intel', 'amd'], otherwise: forNvidia } },
} as const
const nvidia = buildRelease({
  ...system,
  id: forNvidia,
  name: 'Berth Desktop for NVIDIA',
  needs: { ...system.needs, graphics: { makers: ['intel', 'amd', 'nvidia'] } },
})
const minimal = buildRelease({ name: 'Minimal Linux' })
const arm = buildRelease({
  id: 'berth-arm-2026.11.1-aarch64' as ReleaseId,
  name: 'Berth Desktop for ARM',
  architecture: 'aarch64',
  practiceOnly: false,
})
export const stage = buildRelease({
  id: 'stage-1.0.0-x86_64' as ReleaseId,
  name: 'Berth offline stage 1.0.0',
  loader: `${stageFolder}/stage.efi`,
  files: [
    {
      source: 'stage.efi',
      path: `${stageFolder}/stage.efi`,
      size: bytes(66 * MiB),
      sha256: 'cd'.repeat(32),
    },
  ],
  practiceOnly: false,
})

// A picture of four pixels: what is drawn is the browser's business.
const picture = {
  address:
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR42mOQC8iz6VnAAKEAHLoEic1jDNIAAAAASUVORK5CYII=',
  alt: 'The desktop with its panel and an open folder',
}
const offer = (missing: number, about: string) => ({ channel: 'stable', missing, about, picture })
const listed = (manifest: typeof system, size: number) => ({
  id: manifest.id,
  manifest,
  sha256: releaseSha256,
  signer: { name: 'berth-release-2026', practiceOnly: manifest.practiceOnly },
  size,
  offer: null,
  failure: null,
})
export const releases = [
  {
    ...listed(system, 496 * MiB),
    offer: offer(496 * MiB, 'A desktop with browser, files and office, ready in seconds.'),
  },
  listed(minimal, 12 * MiB),
  { ...listed(arm, 480 * MiB), offer: offer(0, 'The same desktop for ARM.') },
  listed(stage, 66 * MiB),
]
/** Two releases that differ in nothing but the graphics they are made for. */
export const variants = [listed(forOthers, 496 * MiB), listed(nvidia, 536 * MiB)]
