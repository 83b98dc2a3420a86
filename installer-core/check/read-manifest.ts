import { malformed, ok, type Result } from '../base/result.ts'
import { ownershipManifestSchema, type OwnershipManifest } from '../model/manifest.ts'

/** Reads an ownership manifest's text; malformed names the first member that is wrong. */
export function parseManifest(text: string): Result<OwnershipManifest> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return malformed('berth/manifest/1', 'text', 0, 'JSON', 'something else')
  }
  const parsed = ownershipManifestSchema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  const [first] = parsed.error.issues
  return malformed('berth/manifest/1', first?.path.join('.') ?? '', 0, first?.message ?? '', 'something else')
}
