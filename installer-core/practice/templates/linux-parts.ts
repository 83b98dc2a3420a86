import { MiB } from '../../base/bytes.ts'
import { partitionType } from '../../base/well-known.ts'
import type { FileDesign } from '../build/pc-design.ts'
import type { PartitionWish } from './lay-out.ts'
import type { Identities } from './seeded-guid.ts'

const noise = (path: string, size: number): FileDesign => ({
  path,
  content: { kind: 'noise', size, seed: path },
})
const text = (path: string, words: string): FileDesign => ({ path, content: { kind: 'text', text: words } })

/** The file that a Linux entry starts. */
export const linuxLoader = '/EFI/systemd/systemd-bootx64.efi'

/**
 * The files of a Linux on an ESP. With a real systemd-boot (a file of the host) that program starts the stand-in by its
 * entry; without one the stand-in takes its place.
 */
export function linuxBootFiles(systemdBoot: string | null): readonly FileDesign[] {
  const standIn: FileDesign['content'] = { kind: 'stand-in', standIn: 'linux' }
  const loader: FileDesign['content'] = systemdBoot === null ? standIn : { kind: 'copy', from: systemdBoot }
  return [
    { path: linuxLoader, content: loader },
    { path: '/EFI/BOOT/BOOTX64.EFI', content: loader },
    { path: '/EFI/debian/stand-in.efi', content: standIn },
    noise('/debian/6.12/linux', 8 * MiB),
    noise('/debian/6.12/initrd', 20 * MiB),
    text('/loader/loader.conf', 'timeout 0\ndefault debian.conf\n'),
    text('/loader/entries/debian.conf', 'title Debian (stand-in)\nefi /EFI/debian/stand-in.efi\n'),
    text('/loader/entries.srel', 'type1\n'),
  ]
}

/** An ESP of a Linux installer. */
export function linuxEsp(
  identities: Identities,
  files: readonly FileDesign[],
  size: number = 512 * MiB,
): PartitionWish {
  return {
    key: 'esp',
    typeGuid: partitionType.esp,
    name: 'EFI System Partition',
    size,
    contents: { kind: 'fat', type: 'fat32', label: 'ESP', volumeId: identities.hex('esp', 8), files },
  }
}

/** A root file system with some of the files that every Linux has. */
export function linuxRoot(identities: Identities, size: number | 'rest'): PartitionWish {
  return {
    key: 'root',
    typeGuid: partitionType.linuxRootX64,
    name: 'root',
    size,
    contents: {
      kind: 'ext4',
      label: 'root',
      uuid: identities.guid('root file system'),
      files: [
        text('/etc/os-release', 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13 (stand-in)"\n'),
        text('/etc/hostname', 'practice\n'),
        noise('/usr/bin/program', 700_001),
        noise('/var/lib/database', 5 * MiB),
        ...Array.from({ length: 30 }, (_, i) => noise(`/home/user/Documents/note ${i}.txt`, 333 * i)),
      ],
    },
  }
}
