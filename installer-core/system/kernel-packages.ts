import { copyFile, mkdir, readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { runCommand } from '../adapters/run-command.ts'
import { fail, ok, type Result } from '../base/result.ts'
import {
  fetchDebianPackages,
  unpackDebianPackage,
  type DebianPackage,
  type FetchOptions,
} from './debian-packages.ts'

/** Debian's packages, unpacked, with what every UKI takes from them. */
export interface KernelParts {
  readonly packages: readonly DebianPackage[]
  /** The folder that they were unpacked into. */
  readonly root: string
  readonly stub: Uint8Array
  readonly kernel: Uint8Array
  /** What `uname -r` will say. */
  readonly kernelRelease: string
}

/** Fetches and unpacks `wanted`, a kernel and systemd's stub among them, in `scratch`, an empty folder. */
export async function gatherKernel(
  wanted: readonly string[],
  scratch: string,
  options: FetchOptions,
): Promise<Result<KernelParts>> {
  const packages = await fetchDebianPackages(wanted, options)
  if (!packages.ok) return packages
  const root = join(scratch, 'root')
  for (const deb of packages.value) {
    const unpacked = await unpackDebianPackage(deb, root)
    if (!unpacked.ok) return unpacked
  }
  const kernelRelease = (await readdir(join(root, 'usr/lib/modules')))[0]
  if (kernelRelease === undefined) return fail('not-found', { what: 'the kernel in its package' })
  const file = async (path: string) => new Uint8Array(await readFile(join(root, path)))
  return ok({
    packages: packages.value,
    root,
    stub: await file('usr/lib/systemd/boot/efi/linuxx64.efi.stub'),
    kernel: await file(`boot/vmlinuz-${kernelRelease}`),
    kernelRelease,
  })
}

/** A kernel module from its packed file (`.ko.xz`), unpacked in `scratch`. */
export async function unpackModule(path: string, scratch: string): Promise<Result<Uint8Array>> {
  await mkdir(scratch, { recursive: true })
  const copy = join(scratch, basename(path))
  await copyFile(path, copy)
  const unpacked = await runCommand({ program: 'xz', args: ['-d', copy], timeoutMs: 60_000 })
  return unpacked.ok ? ok(new Uint8Array(await readFile(copy.replace(/\.xz$/, '')))) : unpacked
}

/** `sources.json`: which packages went in, for whoever wants to build the same again or look up their source. */
export function sourcesText(packages: readonly DebianPackage[]): string {
  const used = packages.map(({ name, version, sha256 }) => ({ name, version, sha256 }))
  return `${JSON.stringify({ schema: 'berth/sources/1', packages: used }, null, 2)}\n`
}
