import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'

const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string
  readonly description: string
}

/** What every package says of the program. */
export const identity = {
  package: 'berth',
  id: 'org.berth.Berth',
  version,
  summary: 'put Linux next to the system a PC has, without a USB stick',
  description,
  maintainer: 'The Berth developers <developers@berth.invalid>',
  licence: 'MIT',
} as const

/** Debian's names of what the window and the work need; alternatives are those of other releases. */
export const debianNeeds = {
  depends: [
    'libgtk-3-0t64 | libgtk-3-0',
    'libnss3',
    'libgbm1',
    'libasound2t64 | libasound2',
    'libnotify4',
    'libatspi2.0-0t64 | libatspi2.0-0',
    'libxss1',
    'libxtst6',
    'util-linux',
    'e2fsprogs',
  ],
  recommends: ['pkexec | policykit-1', 'ntfs-3g', 'btrfs-progs', 'dosfstools'],
  suggests: ['qemu-system-x86', 'ovmf'],
} as const

/** The same for distributions with RPM packages, by what provides the libraries there. */
export const rpmNeeds = {
  requires: [
    'gtk3',
    'nss',
    'mesa-libgbm',
    'alsa-lib',
    'libnotify',
    'at-spi2-core',
    'util-linux',
    'e2fsprogs',
  ],
  recommends: ['polkit', 'ntfsprogs', 'btrfs-progs', 'dosfstools'],
} as const
