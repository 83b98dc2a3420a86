import { fromHex, toHex } from '../base/guid.ts'
import { joinBytes } from '../base/join-bytes.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import { laterPhases, predictPcr11, type BankDigest } from '../formats/pe/predict-pcr11.ts'
import type { ReleaseManifest } from '../model/release.ts'
import type { ByteSource } from '../ports/byte-source.ts'
import type { Cancellation } from '../ports/cancellation.ts'
import type { Hasher } from '../ports/hasher.ts'
import type { Progress } from '../ports/progress.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { verifyRelease } from './verify-release.ts'

/** A loader is held in memory for this; none that anybody would want to wait for is larger. */
const maxLoader = 256 * 1024 * 1024

/** What a TPM will tell of a start of this loader, with the boot phases that its system measures, in their order. */
export function predictMeasurements(
  loader: Uint8Array,
  hasher: Hasher,
  phases: readonly string[] = [],
): Result<NonNullable<ReleaseManifest['measurements']>> {
  const digest = digestOf(hasher)
  const first = predictPcr11(loader, digest)
  if (!first.ok) return first
  const steps = [0, ...phases.map((_, i) => i + 1)].map((count) => phases.slice(0, count))
  const pcr11 = steps.map((some) => ({
    phases: some,
    sha256: toHex(laterPhases(first.value, some, digest)),
  }))
  return ok({ pcr11 })
}

/**
 * Reads the loader of a release and proves that each value that its manifest predicts is what this loader gives. Nothing to
 * prove where nothing is predicted. `release-altered` with the value that was signed and the one that was found.
 */
export async function proveMeasurements(release: OpenRelease, hasher: Hasher): Promise<Result<void>> {
  const { measurements, files, loader } = release.manifest
  if (measurements === undefined) return done
  const file = files.find(({ path }) => path === loader)
  if (file === undefined) return fail('release-incomplete', { what: loader })
  if (file.size > maxLoader)
    return fail('too-large', { what: file.source, required: maxLoader, found: file.size })
  const source = await release.openFile(file)
  if (!source.ok) return source
  const image = await readWhole(source.value)
  if (!image.ok) return image
  const digest = digestOf(hasher)
  const first = predictPcr11(image.value, digest)
  if (!first.ok) return first
  for (const { phases, sha256: required } of measurements.pcr11) {
    const found = toHex(laterPhases(first.value, phases, digest))
    if (found !== required)
      return fail('release-altered', { what: `${file.source}, PCR 11`, required, found })
  }
  return done
}

/** Proves all that can be proven of a release before anything is written: every file, and what a TPM will tell. */
export async function proveRelease(
  release: OpenRelease,
  hasher: Hasher,
  progress?: Progress,
  cancellation?: Cancellation,
): Promise<Result<void>> {
  const whole = await verifyRelease(release, progress, cancellation)
  return whole.ok ? proveMeasurements(release, hasher) : whole
}

async function readWhole(source: ByteSource): Promise<Result<Uint8Array>> {
  const pieces: Uint8Array[] = []
  try {
    for (;;) {
      const piece = await source.next()
      if (!piece.ok) return piece
      if (piece.value === null) return ok(joinBytes(pieces))
      pieces.push(Uint8Array.from(piece.value))
    }
  } finally {
    await source.close()
  }
}

function digestOf(hasher: Hasher): BankDigest {
  return (...pieces) => {
    const hash = hasher.sha256()
    for (const piece of pieces) hash.update(piece)
    return fromHex(hash.hex())
  }
}
