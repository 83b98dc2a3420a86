import { createHash } from 'node:crypto'
import { ok, type Result } from '../base/result.ts'
import { authenticodeInput, feedAuthenticode } from '../formats/pe/authenticode.ts'
import { findSection, parsePe, sectionData } from '../formats/pe/parse-pe.ts'
import type { NewRelease } from './make-release.ts'

/**
 * What a manifest says about a loader under Secure Boot: its Authenticode hash and its SBAT lines. `signers` are the
 * SHA-256 of the certificates that signed it.
 */
export function describeImage(
  uki: Uint8Array,
  signers: readonly string[] = [],
): Result<NewRelease['secureBoot']> {
  const image = parsePe(uki)
  if (!image.ok) return image
  const covered = authenticodeInput(image.value)
  if (!covered.ok) return covered
  const hash = createHash('sha256')
  feedAuthenticode(uki, covered.value, (data) => hash.update(data))
  const sbat = findSection(image.value, '.sbat')
  return ok({
    signers,
    imageSha256: hash.digest('hex'),
    sbat: sbat === null ? '' : new TextDecoder().decode(sectionData(uki, sbat)).replace(/\0+$/, ''),
  })
}
