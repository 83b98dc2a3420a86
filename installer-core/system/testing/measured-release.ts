import { MiB } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import { makeEfiApplication } from '../../formats/pe/make-application.ts'
import { makeUki } from '../../formats/pe/make-uki.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import { makeRelease, type BuiltRelease } from '../make-release.ts'
import type { ReleaseSigner } from '../release-signer.ts'

/** A UKI for tests, never started, that a TPM tells from one with another command line. */
export function testUki(commandLine: string): Uint8Array {
  const sections = [
    { name: '.cmdline', data: new TextEncoder().encode(commandLine) },
    { name: '.linux', data: new Uint8Array(3 * MiB).fill(7) },
  ]
  return expectOk(makeUki({ stub: makeEfiApplication({ code: Uint8Array.of(0xc3) }), sections }))
}

/** A validly signed release of such a UKI, whatever it claims that a TPM will tell. */
export async function makeMeasuredRelease(
  out: string,
  loader: Uint8Array,
  measurements: ReleaseManifest['measurements'],
  signer: ReleaseSigner,
): Promise<BuiltRelease> {
  const id = 'measured-1.0.0-x86_64'
  const path = `/EFI/Berth/${id}.efi`
  const made = await makeRelease(
    out,
    {
      ...{ id, name: 'Measured', version: '1.0.0', loader: path },
      files: [{ source: `${id}.efi`, path, data: loader }],
      memory: { required: 256 * MiB, recommended: 512 * MiB },
      secureBoot: { signers: [], imageSha256: '0'.repeat(64), sbat: '' },
      ...(measurements === undefined ? {} : { measurements }),
    },
    signer,
  )
  return expectOk(made)
}
