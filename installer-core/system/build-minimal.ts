import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MiB } from '../base/bytes.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { makeUki } from '../formats/pe/make-uki.ts'
import { makeRelease, type BuiltRelease, type NewRelease } from './make-release.ts'
import { sourcesText } from './kernel-packages.ts'
import { makeMinimalInitrd } from './minimal-initrd.ts'
import { gatherMinimalParts, type MinimalParts } from './minimal-packages.ts'
import { developmentSigner, type ReleaseSigner } from './release-signer.ts'
import { signLoader } from './secure-boot-keys.ts'

export interface MinimalOptions {
  /** The release folder to write; made when absent. */
  readonly out: string
  /** Berth's cache; only downloads are kept in it. */
  readonly cacheFolder?: string
  /** Dotted numbers; 1.0.0 when absent. */
  readonly version?: string
  /** Who signs; this user's development key when absent. */
  readonly signer?: ReleaseSigner
  /** A folder with the key that signs the UKI for Secure Boot (`secureBootSigner`); not signed when absent. */
  readonly secureBootKeys?: string
  readonly onProgress?: (message: string) => void
}

/** Larger and it would not be minimal: firmware reads all of it before anything starts. */
const maxUkiSize = 16_000_000
/** Kernel messages of notice and above; a kernel that panics restarts, so that the former system comes back by itself. */
// The kernel's test of its timer fails on an emulated PC whose host is busy, and then it panics.
const commandLine = 'console=tty0 console=ttyS0,115200 loglevel=6 panic=10 no_timer_check'

/**
 * Builds the minimal system: kernel, BusyBox and systemd's stub from Debian packages as one UKI, in a signed release
 * folder with `sources.json` beside it (which packages went in). Equal packages, version and key give equal bytes.
 */
export async function buildMinimal(options: MinimalOptions): Promise<Result<BuiltRelease>> {
  const signer = options.signer === undefined ? await developmentSigner() : ok(options.signer)
  if (!signer.ok) return signer
  const scratch = await mkdtemp(join(tmpdir(), 'berth-minimal-'))
  try {
    const parts = await gatherMinimalParts(scratch, options)
    if (!parts.ok) return parts
    options.onProgress?.('building the minimal system')
    const release = await newRelease(options, parts.value)
    if (!release.ok) return release
    const built = await makeRelease(options.out, release.value, signer.value)
    if (built.ok) await writeFile(join(options.out, 'sources.json'), sourcesText(parts.value.packages))
    return built
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function newRelease(options: MinimalOptions, parts: MinimalParts): Promise<Result<NewRelease>> {
  const version = options.version ?? '1.0.0'
  const id = `minimal-${version}-x86_64`
  const name = `Berth minimal system ${version}`
  const uki = minimalUki(id, name, version, parts)
  if (!uki.ok) return uki
  if (uki.value.length > maxUkiSize)
    return fail('too-large', { what: 'UKI', required: maxUkiSize, found: uki.value.length })
  const signed = await signLoader(uki.value, options.secureBootKeys)
  if (!signed.ok) return signed
  const loader = `/EFI/Berth/${id}.efi`
  return ok({
    id,
    name,
    version,
    loader,
    files: [{ source: `${id}.efi`, path: loader, data: signed.value.image }],
    memory: { required: 256 * MiB, recommended: 512 * MiB },
    secureBoot: signed.value.secureBoot,
    measurements: signed.value.measurements,
  })
}

function minimalUki(id: string, name: string, version: string, parts: MinimalParts): Result<Uint8Array> {
  const text = (value: string) => new TextEncoder().encode(value)
  const osRelease = [`ID=berth-minimal`, `NAME="Berth minimal system"`, `VERSION_ID=${version}`]
  return makeUki({
    stub: parts.stub,
    sections: [
      { name: '.osrel', data: text([...osRelease, `PRETTY_NAME="${name}"`, ''].join('\n')) },
      { name: '.cmdline', data: text(commandLine) },
      { name: '.uname', data: text(parts.kernelRelease) },
      { name: '.initrd', data: makeMinimalInitrd(id, parts) },
      { name: '.linux', data: parts.kernel },
    ],
  })
}
