import { createHash } from 'node:crypto'
import type { KeyRing } from '../../model/key-ring.ts'
import { expectOk } from '../../base/result.ts'
import { credentialKinds } from '../../model/you.ts'
import { KiB, MiB } from '../../base/bytes.ts'
import { makeRelease, type BuiltRelease } from '../make-release.ts'
import { developmentSigner, type ReleaseSigner } from '../release-signer.ts'

/** A small release for tests: validly signed, never started. */
export interface TestRelease {
  /** 1.0.0 when absent. */
  readonly version?: string
  /** Bytes in all; 256 KiB when absent. */
  readonly size?: number
  /** This user's development key when absent. */
  readonly signer?: ReleaseSigner
  /** Where its files lie; Berth's own folder when absent. */
  readonly folder?: string
  /** It takes over whatever the first start may know. */
  readonly takesAll?: true
}

/**
 * Writes the release that the cut test installs: a loader and a second file, of bytes that follow from the version and
 * repeat nowhere, so that a sector in the wrong place is noticed.
 */
export async function makeCutTestRelease(out: string, options: TestRelease = {}): Promise<BuiltRelease> {
  const { version = '1.0.0', size = 256 * KiB, folder = '/EFI/Berth' } = options
  const signer = options.signer ?? expectOk(await developmentSigner())
  const id = `cut-test-${version}-x86_64`
  const loader = `${folder}/${id}.efi`
  const small = Math.min(1000, Math.floor(size / 4))
  const built = await makeRelease(
    out,
    {
      id,
      name: `Cut test ${version}`,
      version,
      loader,
      files: [
        { source: `${id}.efi`, path: loader, data: unlikeAnything(`loader ${version}`, size - small) },
        { source: `${id}.txt`, path: `${folder}/${id}.txt`, data: unlikeAnything(`note ${version}`, small) },
      ],
      memory: { required: 256 * MiB, recommended: 512 * MiB },
      ...(options.takesAll === true ? { firstStart: { takes: [...credentialKinds] } } : {}),
      secureBoot: { signers: [], imageSha256: '0'.repeat(64), sbat: '' },
    },
    signer,
  )
  return expectOk(built)
}

/** The key ring that trusts what such releases are signed with. */
export function ringOf(...signers: readonly ReleaseSigner[]): KeyRing {
  return { schema: 'berth/keys/1', keys: signers.map((signer) => signer.key) }
}

function unlikeAnything(seed: string, length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let at = 0; at < length; at += 32) {
    const block = createHash('sha256').update(`${seed} ${at}`).digest()
    out.set(block.subarray(0, Math.min(32, length - at)), at)
  }
  return out
}
