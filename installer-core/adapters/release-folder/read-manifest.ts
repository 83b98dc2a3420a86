import { fail, malformed, ok, type Result } from '../../base/result.ts'
import { releaseManifestSchema, type ReleaseManifest } from '../../model/release.ts'

/** FAT32 stores a file's size in 32 bits. */
const maxFileSize = 0xffff_ffff

/**
 * Reads the bytes of a `release.json` whose signature was verified. `malformed` names the member that is not as the
 * schema or the rules between members say.
 */
export function readManifest(data: Uint8Array): Result<ReleaseManifest> {
  const json = parseJson(data)
  if (!json.ok) return json
  const parsed = releaseManifestSchema.safeParse(json.value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (issue?.code === 'unrecognized_keys')
      return wrong([...issue.path, issue.keys[0]].join('.'), 'a key that this Berth knows', 'a newer one')
    return wrong(issue?.path.join('.') ?? '', issue?.message ?? 'the schema', 'something else')
  }
  return checkFiles(parsed.data) ?? ok(parsed.data)
}

function checkFiles({ files, loader }: ReleaseManifest): Result<never> | null {
  if (!files.some((file) => file.path === loader)) return wrong('loader', 'one of files', loader)
  const seen = new Set<string>()
  for (const [i, file] of files.entries()) {
    const field = `files.${i}`
    if (file.size > maxFileSize)
      return fail('too-large', { what: file.source, required: maxFileSize, found: file.size })
    if (file.path.split('/').some((name) => /^\.+$/.test(name)))
      return wrong(`${field}.path`, 'names', file.path)
    if (/^\.+$/.test(file.source) || ownNames.includes(file.source))
      return wrong(`${field}.source`, 'a name of its own', file.source)
    const keys = [`path ${file.path.toLowerCase()}`, `source ${file.source.toLowerCase()}`]
    if (keys.some((key) => seen.has(key))) return wrong(field, 'each file once', file.path)
    for (const key of keys) seen.add(key)
  }
  return null
}

const ownNames = ['release.json', 'release.json.sig']

function parseJson(data: Uint8Array): Result<unknown> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)) as unknown)
  } catch {
    return wrong('', 'JSON in UTF-8', 'something else')
  }
}

function wrong(field: string, required: string, found: string): Result<never> {
  return malformed('release.json', field, 0, required, found)
}
