import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ok, type Result } from '../base/result.ts'
import type { FetchOptions } from './debian-packages.ts'
import { gatherKernel, unpackModule, type KernelParts } from './kernel-packages.ts'

/** What the minimal system takes from Debian. */
export interface MinimalParts extends KernelParts {
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
  const kernel = await gatherKernel(wanted, scratch, options)
  if (!kernel.ok) return kernel
  const { root, kernelRelease } = kernel.value
  const unpacked = await unpackModules(join(root, 'usr/lib/modules', kernelRelease), join(scratch, 'modules'))
  if (!unpacked.ok) return unpacked
  const program = async (name: string) => new Uint8Array(await readFile(join(root, 'usr/bin', name)))
  return ok({
    ...kernel.value,
    busybox: await program('busybox'),
    sash: await program('sash'),
    modules: unpacked.value,
  })
}

async function unpackModules(from: string, scratch: string): Promise<Result<MinimalParts['modules']>> {
  const loaded: { name: string; data: Uint8Array }[] = []
  for (const path of modules) {
    const data = await unpackModule(join(from, `${path}.xz`), scratch)
    if (!data.ok) return data
    loaded.push({ name: basename(path), data: data.value })
  }
  return ok(loaded)
}
