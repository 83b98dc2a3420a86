import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../base/result.ts'
import type { CpioEntry } from './cpio.ts'
import type { FetchOptions } from './debian-packages.ts'
import { gatherKernel, unpackModule, type KernelParts } from './kernel-packages.ts'

/** What the offline stage takes from Debian. */
export interface StageParts extends KernelParts {
  /** Programs, libraries and modules, at their places in the initrd. */
  readonly files: readonly CpioEntry[]
}

const wanted = [
  ...['linux-image-amd64+', 'systemd-boot-efi', 'busybox-static'],
  ...['libc6', 'libstdc++6', 'libgcc-s1'],
  ...['e2fsprogs', 'libext2fs2t64', 'libcom-err2', 'libss2', 'libblkid1', 'libuuid1'],
  ...['ntfs-3g', 'libntfs-3g89t64'],
  ...['dmsetup', 'libdevmapper1.02.1', 'libselinux1', 'libpcre2-8-0', 'libudev1', 'libcap2'],
  ...['util-linux', 'mount', 'libmount1', 'libsmartcols1'],
]

/** Where they are in the packages, and in the stage. */
const programs = [
  ...[
    'usr/sbin/e2fsck',
    'usr/sbin/resize2fs',
    'usr/sbin/dumpe2fs',
    'usr/sbin/ntfsresize',
    'usr/sbin/dmsetup',
    'usr/sbin/losetup',
  ],
  ...[
    'usr/bin/partx',
    'usr/bin/flock',
    'usr/bin/mount',
    'usr/bin/umount',
    'usr/bin/lsattr',
    'usr/bin/chattr',
  ],
]

/** Disks, the file systems, what carries the overlay, and the firmware's variables; with what they depend on. */
const modules = [
  ...['nvme', 'ahci', 'ata_piix', 'sd_mod', 'virtio_blk', 'virtio_pci', 'virtio_scsi', 'vmd'],
  ...['mmc_block', 'sdhci-pci', 'sdhci-acpi'],
  ...['ext4', 'crc32c_generic', 'crc32c-intel', 'vfat', 'nls_cp437', 'nls_ascii'],
  ...['loop', 'dm-snapshot', 'efivarfs'],
]

const libraries = 'usr/lib/x86_64-linux-gnu'

/** Fetches and unpacks them in `scratch`, an empty folder. */
export async function gatherStageParts(scratch: string, options: FetchOptions): Promise<Result<StageParts>> {
  const kernel = await gatherKernel(wanted, scratch, options)
  if (!kernel.ok) return kernel
  const { root, kernelRelease } = kernel.value
  const found = await gatherModules(
    join(root, 'usr/lib/modules', kernelRelease, 'kernel'),
    join(scratch, 'modules'),
  )
  if (!found.ok) return found
  return ok({ ...kernel.value, files: [...programFiles(root), ...libraryFiles(root), ...found.value] })
}

function programFiles(root: string): readonly CpioEntry[] {
  const entry = (from: string, path: string): CpioEntry => ({
    kind: 'file',
    path,
    mode: 0o755,
    data: readFileSync(join(root, from)),
  })
  return [
    entry('usr/bin/busybox', 'bin/busybox'),
    ...programs.map((path) => entry(path, path)),
    entry(`${libraries}/ld-linux-x86-64.so.2`, 'lib64/ld-linux-x86-64.so.2'),
  ]
}

/** Shared libraries under the names that programs ask for. */
function libraryFiles(root: string): readonly CpioEntry[] {
  const folder = join(root, libraries)
  return readdirSync(folder)
    .filter((name) => /^lib[^/]*\.so\.[0-9.]+$/.test(name) && isAskedFor(name))
    .map((name) => ({
      kind: 'file' as const,
      path: `${libraries}/${name}`,
      mode: 0o755,
      data: readFileSync(realpathSync(join(folder, name))),
    }))
}

/** `libc.so.6`, not the file behind it with all its numbers, and nothing that only compilers and odd locales use. */
function isAskedFor(name: string): boolean {
  const version = /\.so\.([0-9.]+)$/.exec(name)?.[1] ?? ''
  return (
    version.split('.').length <= (name.startsWith('libdevmapper') ? 3 : 2) &&
    !/^lib(nss|thread_db|BrokenLocale|anl|mvec|memusage|nsl)/.test(name)
  )
}

/** The modules and what they depend on, unpacked, with the order in which they are to be loaded. */
async function gatherModules(from: string, scratch: string): Promise<Result<readonly CpioEntry[]>> {
  const paths = new Map(
    readdirSync(from, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ko.xz'))
      .map((entry) => [moduleName(entry.name), join(entry.parentPath, entry.name)]),
  )
  const order: { readonly name: string; readonly data: Uint8Array }[] = []
  const add = async (name: string): Promise<Result<void>> => {
    const path = paths.get(moduleName(name))
    // What is built into the kernel has no file.
    if (path === undefined || order.some((one) => one.name === moduleName(name))) return ok(undefined)
    const data = await unpackModule(path, scratch)
    if (!data.ok) return data
    for (const needed of dependenciesOf(data.value)) {
      const added = await add(needed)
      if (!added.ok) return added
    }
    order.push({ name: moduleName(name), data: data.value })
    return ok(undefined)
  }
  for (const name of modules) {
    const added = await add(name)
    if (!added.ok) return added
  }
  const list = new TextEncoder().encode(order.map(({ name }) => `${name}.ko\n`).join(''))
  return ok([...order.map(({ name, data }) => moduleFile(`${name}.ko`, data)), moduleFile('order', list)])
}

function moduleFile(name: string, data: Uint8Array): CpioEntry {
  return { kind: 'file', path: `lib/modules/${name}`, mode: 0o644, data }
}

/** Modules are named with either mark. */
function moduleName(file: string): string {
  return file.replace(/\.ko\.xz$/, '').replaceAll('-', '_')
}

/** What a module says of itself in its `.modinfo` section: texts of the form `key=value`, each ended by NUL. */
function dependenciesOf(module: Uint8Array): readonly string[] {
  const text = Buffer.from(module).toString('latin1')
  const pattern = /\0(?:depends|softdep)=([^\0]*)\0/g
  return [...text.matchAll(pattern)].flatMap(([, value = '']) =>
    value
      .replace(/^pre: /, '')
      .split(/[ ,]/)
      .filter((name) => /^[\w-]+$/.test(name)),
  )
}
