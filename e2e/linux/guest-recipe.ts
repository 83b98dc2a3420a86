import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expectOk } from '../../installer-core/base/result.ts'
import { debianSources, findKeyring, networkSettings } from '../../installer-core/system/apt-folder.ts'
import { debianSuite } from '../../installer-core/system/apt-sources.ts'
import { run } from '../boot/run-tool.ts'

/** The size of the guest's root file system. */
export const guestRootBytes = 2560 * 1024 * 1024
/** File systems that the guest's root comes in. */
export const guestRootKinds = ['ext4', 'btrfs'] as const
export type GuestRootKind = (typeof guestRootKinds)[number]

const packages = [
  'linux-image-cloud-amd64',
  'systemd-sysv',
  'dbus',
  'polkitd',
  'pkexec',
  'udev',
  'kmod',
  'mount',
  'fdisk',
  'efibootmgr',
  'dosfstools',
  'e2fsprogs',
  'btrfs-progs',
  'ntfs-3g',
  'lvm2',
  'initramfs-tools',
  'zstd',
  'busybox-static',
  'systemd-boot-efi',
]
/** What is laid over Debian's own files, and how its initrd is made. */
const overlay = join(import.meta.dirname, 'guest')

/** A name that this recipe gives: another recipe is another guest. */
export function recipeName(): string {
  const hash = createHash('sha256').update(debianSuite)
  const files = readdirSync(overlay, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of [import.meta.filename, ...files.sort()]) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 24)
}

/** Makes the guest's Debian in `folder`: `root.ext4`, `root.btrfs`, `kernel`, `initrd`, `stub` and `release`. */
export async function cookGuest(folder: string): Promise<void> {
  mkdirSync(join(folder, '..'), { recursive: true })
  const work = mkdtempSync(`${folder}.`)
  const root = join(work, 'root')
  try {
    const sources = join(work, 'debian.sources')
    writeFileSync(sources, debianSources(expectOk(findKeyring())))
    const network = expectOk(await networkSettings()).map((line) => `--aptopt=${line}`)
    run('mmdebstrap', [
      '--mode=root',
      '--variant=minbase',
      '--format=directory',
      `--include=${packages.join(',')}`,
      '--aptopt=APT::Install-Recommends "false"',
      ...network,
      // Before the kernel's package makes its initrd.
      `--setup-hook=mkdir -p "$1/etc/initramfs-tools/conf.d"`,
      `--setup-hook=cp "${overlay}/initramfs.conf" "$1/etc/initramfs-tools/conf.d/guest"`,
      debianSuite,
      root,
      sources,
    ])
    furnish(root)
    take(work, root)
    for (const kind of guestRootKinds) makeImage(kind, root, join(work, `root.${kind}`))
    for (const name of ['root', 'debian.sources']) rmSync(join(work, name), { recursive: true })
    renameSync(work, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function makeImage(kind: GuestRootKind, root: string, image: string): void {
  run('truncate', ['-s', String(guestRootBytes), image])
  if (kind === 'ext4') run('mke2fs', ['-q', '-t', 'ext4', '-L', 'root', '-d', root, image])
  else run('mkfs.btrfs', ['-q', '-L', 'root', '--rootdir', root, image])
}

/** The files of `guest/root`, a user, and nothing that wakes up by itself. */
function furnish(root: string): void {
  cpSync(join(overlay, 'root'), root, { recursive: true })
  mkdirSync(join(root, 'boot/efi'), { recursive: true })
  run('chroot', [root, 'useradd', '--create-home', '--shell', '/bin/sh', 'anna'])
  run('chroot', [root, 'systemctl', 'enable', 'berth-guest.service'])
  const idle = ['apt-daily.timer', 'apt-daily-upgrade.timer', 'e2scrub_all.timer', 'fstrim.timer']
  run('chroot', [root, 'systemctl', 'mask', ...idle, 'getty@tty1.service', 'serial-getty@ttyS0.service'])
  for (const unneeded of [
    'usr/share/doc',
    'usr/share/man',
    'usr/share/locale',
    'var/cache/apt',
    'var/lib/apt/lists',
  ])
    rmSync(join(root, unneeded), { recursive: true, force: true })
}

/** Kernel, initrd and stub beside the image. */
function take(work: string, root: string): void {
  const release = readdirSync(join(root, 'usr/lib/modules'))[0] ?? ''
  writeFileSync(join(work, 'release'), release)
  cpSync(join(root, 'boot', `vmlinuz-${release}`), join(work, 'kernel'))
  cpSync(join(root, 'boot', `initrd.img-${release}`), join(work, 'initrd'))
  cpSync(join(root, 'usr/lib/systemd/boot/efi/linuxx64.efi.stub'), join(work, 'stub'))
}
