import { readAsset } from '../adapters/assets.ts'
import { vendor } from '../base/well-known.ts'
import { makeCpio, type CpioEntry } from './cpio.ts'
import type { MinimalParts } from './minimal-packages.ts'

const folders = ['bin', 'dev', 'etc', 'lib', 'lib/modules', 'proc', 'root', 'run', 'sys', 'tmp']

/** The minimal system's whole root, as the archive that the kernel unpacks into memory. Not compressed: see README. */
export function makeMinimalInitrd(releaseId: string, parts: MinimalParts): Uint8Array {
  const file = (path: string, mode: number, data: Uint8Array): CpioEntry => ({
    kind: 'file',
    path,
    mode,
    data,
  })
  return makeCpio([
    ...folders.map((path): CpioEntry => ({ kind: 'folder', path, mode: 0o755 })),
    file('init', 0o755, readAsset('system/minimal/init')),
    file('bin/back-to-windows', 0o755, readAsset('system/minimal/back-to-windows')),
    file('bin/busybox', 0o755, parts.busybox),
    file('bin/sash', 0o755, parts.sash),
    { kind: 'link', path: 'bin/sh', target: 'busybox' },
    file('etc/berth-release', 0o644, new TextEncoder().encode(releaseFile(releaseId))),
    file('etc/profile', 0o644, readAsset('system/minimal/profile')),
    ...parts.modules.map(({ name, data }) => file(`lib/modules/${name}`, 0o644, data)),
  ])
}

/** `/etc/berth-release`: what the scripts inside must know, as shell variables. */
function releaseFile(releaseId: string): string {
  return [
    `BERTH_RELEASE='${releaseId}'`,
    `BERTH_RELEASE_PATTERN='${releaseId.replaceAll('.', '[.]')}'`,
    `BERTH_VENDOR='${vendor.berth}'`,
    `BERTH_GLOBAL='${vendor.global}'`,
    `BERTH_VARIABLES='/sys/firmware/efi/efivars'`,
    '',
  ].join('\n')
}
