import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../installer-core/adapters/cache-folder.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { makeUki } from '../../installer-core/formats/pe/make-uki.ts'
import { debianSources, findKeyring, networkSettings } from '../../installer-core/system/apt-folder.ts'
import { debianSuite } from '../../installer-core/system/apt-sources.ts'
import { withLock } from '../../installer-core/system/folder-lock.ts'
import { run } from '../boot/run-tool.ts'

/** A Debian for a guest: its root file system in an image, and what its UKI is made of. */
export interface GuestRoot {
  /** An ext4 of `guestRootBytes`, sparse. */
  readonly image: string
  readonly kernel: string
  readonly initrd: string
  readonly stub: string
  readonly kernelRelease: string
}

export const guestRootBytes = 2560 * 1024 * 1024

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
const overlay = join(import.meta.dirname, 'guest')

/**
 * The guest's Debian, made by mmdebstrap (as root, about two minutes) and kept in the cache under a name that its recipe
 * gives: another recipe is another guest.
 */
export async function makeGuestRoot(): Promise<GuestRoot> {
  const folder = join(cacheFolder(), 'guest', recipeName())
  await withLock(join(cacheFolder(), 'guest', 'lock'), async () => {
    if (!existsSync(folder)) await build(folder)
  })
  return {
    image: join(folder, 'root.img'),
    kernel: join(folder, 'kernel'),
    initrd: join(folder, 'initrd'),
    stub: join(folder, 'stub'),
    kernelRelease: readFileSync(join(folder, 'release'), 'utf8'),
  }
}

/** The guest as one file that firmware starts; `root` is the GUID of its root partition. */
export function makeGuestUki(guest: GuestRoot, root: string): Uint8Array {
  const text = (value: string) => new TextEncoder().encode(value)
  const commandLine = `root=PARTUUID=${root} rw console=ttyS0,115200 loglevel=4 systemd.show_status=no mitigations=off nokaslr cryptomgr.notests panic=10`
  const file = (path: string) => new Uint8Array(readFileSync(path))
  const uki = makeUki({
    stub: file(guest.stub),
    sections: [
      { name: '.osrel', data: text('ID=debian\nPRETTY_NAME="Debian GNU/Linux (guest)"\n') },
      { name: '.cmdline', data: text(commandLine) },
      { name: '.uname', data: text(guest.kernelRelease) },
      { name: '.initrd', data: file(guest.initrd) },
      { name: '.linux', data: file(guest.kernel) },
    ],
  })
  return expectOk(uki)
}

function recipeName(): string {
  const hash = createHash('sha256').update(JSON.stringify({ debianSuite, packages, guestRootBytes }))
  for (const entry of readdirSync(overlay, { recursive: true, withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  ))
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)))
  return hash
    .update(readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 24)
}

async function build(folder: string): Promise<void> {
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
      `--setup-hook=cp ${overlay}/initramfs.conf "$1/etc/initramfs-tools/conf.d/guest"`,
      debianSuite,
      root,
      sources,
    ])
    furnish(root)
    take(work, root)
    const image = join(work, 'root.img')
    run('truncate', ['-s', String(guestRootBytes), image])
    run('mke2fs', ['-q', '-t', 'ext4', '-L', 'root', '-d', root, image])
    for (const name of ['root', 'debian.sources']) rmSync(join(work, name), { recursive: true })
    renameSync(work, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
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
