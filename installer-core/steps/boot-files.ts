import { canonicalJson } from '../base/json.ts'
import { fromHex } from '../base/guid.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { manifestPath, ownershipManifestSchema, type OwnershipManifest } from '../model/manifest.ts'
import type { StepOf } from '../model/plan.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { StepTools } from '../ports/step.ts'
import { digestOf } from './byte-sources.ts'

/** Berth's own folder: the manifest and files that are not complete yet. */
export const ownFolder = manifestPath.slice(0, manifestPath.lastIndexOf('/'))

/** What a write-files step makes that was not there before; folders from the outside in. */
export interface Made {
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** Looks what is to be made; `already-exists` when a name is taken. A marker that is there already, word for word, is fine. */
export async function toBeMade(
  tools: StepTools,
  tree: FileTree,
  args: StepOf<'write-files'>,
): Promise<Result<Made>> {
  const files: string[] = []
  const folders: string[] = []
  const paths = [
    manifestPath,
    ...args.markers.map((marker) => marker.path),
    ...args.files.map((file) => file.path),
  ]
  for (const path of paths) {
    const missing = await missingFolders(tree, path, folders)
    if (!missing.ok) return missing
    const there = await tree.stat(path)
    if (!there.ok) return there
    if (there.value === null) files.push(path)
    else if (!(await isSameMarker(tools, tree, args, path)))
      return fail('already-exists', { what: path, where: args.target.partition })
  }
  for (const path of credentialPaths(tools.manifest)) {
    const missing = await missingFolders(tree, path, folders)
    if (!missing.ok) return missing
  }
  return ok({ files, folders })
}

/** The paths of the credentials that a later step of the same plan writes; their folder is made with the others. */
export function credentialPaths({ plan }: OwnershipManifest): readonly string[] {
  return plan.steps.flatMap((step) =>
    step.kind === 'write-credentials' ? step.files.map(({ path }) => path) : [],
  )
}

/** Adds to `known` the folders above `path` that are not there. */
export async function missingFolders(tree: FileTree, path: string, known: string[]): Promise<Result<void>> {
  for (const folder of foldersAbove(path)) {
    if (known.includes(folder)) continue
    const there = await tree.stat(folder)
    if (!there.ok) return there
    if (there.value === null) known.push(folder)
    else if (there.value.kind === 'file') return fail('already-exists', { what: folder })
  }
  return ok(undefined)
}

/** `/a`, `/a/b` for `/a/b/c`. */
function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(1, -1)
  return names.map((_, depth) => `/${names.slice(0, depth + 1).join('/')}`)
}

async function isSameMarker(
  tools: StepTools,
  tree: FileTree,
  args: StepOf<'write-files'>,
  path: string,
): Promise<boolean> {
  const marker = args.markers.find((candidate) => candidate.path === path)
  if (marker === undefined) return false
  return holdsExactly(tools, tree, path, fromHex(marker.data))
}

/** True when the file at `path` has exactly this content. */
export async function holdsExactly(
  tools: StepTools,
  tree: FileTree,
  path: string,
  data: Uint8Array,
): Promise<boolean> {
  const hash = tools.hasher.sha256()
  hash.update(data)
  const found = await fileDigest(tools, tree, path)
  return found.ok && found.value?.size === data.length && found.value.sha256 === hash.hex()
}

/** Length and SHA-256 of a file as it is now; null when it is not there. */
export async function fileDigest(
  tools: Pick<StepTools, 'hasher'>,
  tree: FileTree,
  path: string,
): Promise<Result<{ readonly size: number; readonly sha256: string } | null>> {
  const there = await tree.stat(path)
  if (!there.ok || there.value === null) return there.ok ? ok(null) : there
  if (there.value.kind === 'folder') return fail('already-exists', { what: path })
  const source = await tree.openRead(path)
  return source.ok ? digestOf(source.value, tools) : source
}

/** A small text file; null when it is not there. */
export async function readText(tree: FileTree, path: string): Promise<Result<string | null>> {
  const there = await tree.stat(path)
  if (!there.ok || there.value === null) return there.ok ? ok(null) : there
  const source = await tree.openRead(path)
  if (!source.ok) return source
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const part = await source.value.next()
    if (!part.ok || part.value === null) {
      await source.value.close()
      return part.ok ? ok(text + decoder.decode()) : part
    }
    text += decoder.decode(part.value, { stream: true })
  }
}

/** The bytes of the ownership manifest's file: the same for equal manifests. */
export function encodeManifest(manifest: OwnershipManifest): Uint8Array {
  return new TextEncoder().encode(`${canonicalJson(manifest)}\n`)
}

/** Reads the text of a manifest file; `malformed` when it is none. */
export function parseManifest(text: string): Result<OwnershipManifest> {
  const refuse = (required: string) =>
    fail('malformed', { format: 'manifest', field: '', offset: 0, required, found: 'something else' })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse('JSON')
  }
  const parsed = ownershipManifestSchema.safeParse(json)
  return parsed.success ? ok(parsed.data) : refuse('berth/manifest/1')
}
