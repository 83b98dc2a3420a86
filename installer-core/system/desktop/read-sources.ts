import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fail, malformed, ok, type Result } from '../../base/result.ts'

const sourcesSchema = z.object({
  schema: z.enum(['berth/sources/1', 'berth/sources/2']),
  packages: z.array(z.object({ name: z.string(), version: z.string() })),
})

/** A package and its version, as `sources.json` of any release names it. */
export type NamedPackage = z.infer<typeof sourcesSchema>['packages'][number]

/** The packages that a release folder's `sources.json` names. `not-found` without one, `malformed` when it is not one. */
export async function readSources(folder: string): Promise<Result<readonly NamedPackage[]>> {
  const file = join(folder, 'sources.json')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return fail('not-found', { what: file })
  const wrong = malformed('sources', file, 0, 'berth/sources/1 or /2', 'something else')
  try {
    const parsed = sourcesSchema.safeParse(JSON.parse(text))
    return parsed.success ? ok(parsed.data.packages) : wrong
  } catch {
    return wrong
  }
}
