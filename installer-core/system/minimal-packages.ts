import { copyFile, mkdir, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../adapters/run-command.ts'
import { fail, ok, type Result } from '../base/result.ts'
import {
  fetchDebianPackages,
  unpackDebianPackage,
  type DebianPackage,
  type FetchOptions,
} from './debian-packages.ts'

/** What the minimal system takes from Debian. */
export interface MinimalParts {
  readonly packages: readonly DebianPackage[]
  readonly stub: Uint8Array
  readonly kernel: Uint8Array
  /** What `uname -r` will say. */
  readonly kernelRelease: string
  readonly busybox: Uint8Array
  readonly sash: Uint8Array
  /** Kernel modules by file name, unpacked. */
  readonly modules: readonly { readonly name: string; readonly data: Uint8Array }[]
}

// sash is a second static shell: its chattr is what lets BusyBox rewrite a protected firmware variable.
const wanted = ['linux-image-cloud-amd64+', 'busybox-static', 'sash', 'systemd-boot-efi']
const modules = ['kernel/fs/efivarfs/efivarfs.ko', 'kernel/drivers/firmware/qemu_fw_cfg.ko']

/** Fetches and unpacks them in `scratch`, an empty folder. */
export async function gatherMinimalParts(
  scratch: string,
  options: FetchOptions,
): Promise<Result<MinimalParts>> {
  const packages = await fetchDebianPackages(wanted, options)
  if (!packages.ok) return packages
  const root = join(scratch, 'root')
  for (const deb of packages.value) {
    const unpacked = await unpackDebianPackage(deb, root)
    if (!unpacked.ok) return unpacked
  }
  const kernelRelease = (await readdir(join(root, 'usr/lib/modules')))[0]
  if (kernelRelease === undefined) return fail('not-found', { what: 'the kernel in its package' })
  const unpacked = await unpackModules(join(root, 'usr/lib/modules', kernelRelease), join(scratch, 'modules'))
  if (!unpacked.ok) return unpacked
  const file = async (path: string) => new Uint8Array(await readFile(join(root, path)))
  return ok({
    packages: packages.value,
    stub: await file('usr/lib/systemd/boot/efi/linuxx64.efi.stub'),
    kernel: await file(`boot/vmlinuz-${kernelRelease}`),
    kernelRelease,
    busybox: await file('usr/bin/busybox'),
    sash: await file('usr/bin/sash'),
    modules: unpacked.value,
  })
}

async function unpackModules(from: string, scratch: string): Promise<Result<MinimalParts['modules']>> {
  await mkdir(scratch, { recursive: true })
  const loaded: { name: string; data: Uint8Array }[] = []
  for (const path of modules) {
    const name = path.replace(/^.*\//, '')
    await copyFile(join(from, `${path}.xz`), join(scratch, `${name}.xz`))
    const args = ['-d', join(scratch, `${name}.xz`)]
    const unpacked = await runCommand({ program: 'xz', args, timeoutMs: 60_000 })
    if (!unpacked.ok) return unpacked
    loaded.push({ name, data: new Uint8Array(await readFile(join(scratch, name))) })
  }
  return ok(loaded)
}
