import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { isSea } from 'node:sea'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readAsset } from '../adapters/assets.ts'
import { MiB } from '../base/bytes.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { makeUki } from '../formats/pe/make-uki.ts'
import { stageFolder } from '../model/stage.ts'
import type { MinimalOptions } from './build-minimal.ts'
import { makeCpio, type CpioEntry } from './cpio.ts'
import { sourcesText } from './kernel-packages.ts'
import { makeRelease, type BuiltRelease } from './make-release.ts'
import { developmentSigner } from './release-signer.ts'
import { signLoader } from './secure-boot-keys.ts'
import { gatherStageParts, type StageParts } from './stage-parts.ts'

/** How the stage is built. */
export interface StageOptions extends MinimalOptions {
  /** The single executable that goes in; this very one when absent. */
  readonly program?: string
}

const commandLine = 'console=tty0 console=ttyS0,115200 loglevel=4 panic=10 no_timer_check'
const folders = ['bin', 'dev', 'lib', 'lib/modules', 'lib64', 'proc', 'run', 'sys', 'tmp', 'usr', 'usr/bin']
const more = ['usr/sbin', 'usr/lib', 'usr/lib/x86_64-linux-gnu', 'var', 'var/lib', 'etc']

/**
 * Builds the offline stage: Debian's kernel, Berth itself and the tools that change the size of a file system, in one
 * UKI, as a signed release folder. Equal packages, program, version, key and zlib give equal bytes.
 */
export async function buildStage(options: StageOptions): Promise<Result<BuiltRelease>> {
  const program = options.program ?? (isSea() ? process.execPath : 'dist/berth')
  if (!existsSync(program)) return fail('not-found', { what: program })
  const signer = options.signer === undefined ? await developmentSigner() : ok(options.signer)
  if (!signer.ok) return signer
  const scratch = await mkdtemp(join(tmpdir(), 'berth-stage-'))
  try {
    const parts = await gatherStageParts(scratch, options)
    if (!parts.ok) return parts
    options.onProgress?.('building the offline stage')
    const version = options.version ?? '1.0.0'
    const id = `stage-${version}-x86_64`
    const uki = stageUki(id, readFileSync(program), parts.value)
    const signed = uki.ok ? await signLoader(uki.value, options.secureBootKeys) : uki
    if (!signed.ok) return signed
    const built = await makeRelease(
      options.out,
      {
        id,
        name: `Berth offline stage ${version}`,
        version,
        loader: `${stageFolder}/stage.efi`,
        files: [{ source: 'stage.efi', path: `${stageFolder}/stage.efi`, data: signed.value.image }],
        memory: { required: 1024 * MiB, recommended: 1536 * MiB },
        secureBoot: signed.value.secureBoot,
        measurements: signed.value.measurements,
      },
      signer.value,
    )
    if (built.ok) await writeFile(join(options.out, 'sources.json'), sourcesText(parts.value.packages))
    return built
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function stageUki(id: string, program: Uint8Array, parts: StageParts): Result<Uint8Array> {
  const text = (value: string) => new TextEncoder().encode(value)
  const entries: readonly CpioEntry[] = [
    ...[...folders, ...more].map((path): CpioEntry => ({ kind: 'folder', path, mode: 0o755 })),
    { kind: 'file', path: 'init', mode: 0o755, data: readAsset('system/stage/init') },
    { kind: 'file', path: 'usr/bin/berth', mode: 0o755, data: program },
    { kind: 'link', path: 'bin/sh', target: 'busybox' },
    ...parts.files,
  ]
  return makeUki({
    stub: parts.stub,
    sections: [
      { name: '.osrel', data: text(`ID=berth-stage\nPRETTY_NAME="Berth offline stage"\nIMAGE_ID=${id}\n`) },
      { name: '.cmdline', data: text(commandLine) },
      { name: '.uname', data: text(parts.kernelRelease) },
      // The firmware reads all of it before anything starts, and a boot volume may be small.
      { name: '.initrd', data: gzipSync(makeCpio(entries), { level: 9 }) },
      { name: '.linux', data: parts.kernel },
    ],
  })
}
