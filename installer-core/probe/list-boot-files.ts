import { MiB } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import type { BootFile, BootVolume } from '../model/machine.ts'
import { failedStartPath, manifestPath } from '../model/manifest.ts'
import { roomFile } from '../model/room.ts'
import type { PartitionId } from '../model/primitives.ts'
import type { FileEntry, FileTree } from '../ports/file-tree.ts'
import type { Hasher } from '../ports/hasher.ts'
import { safeText } from './safe-text.ts'

const limits = {
  files: 4096,
  folders: 1024,
  depth: 8,
  hashed: 128 * MiB,
  manifest: MiB,
  room: 65_536,
  failedStart: 65_536,
} as const

interface Listing {
  readonly files: BootFile[]
  folders: number
  incomplete: boolean
}

/**
 * What lies on a boot volume: at most 4,096 files, folders at most 8 deep, programs (`.efi`, up to 128 MiB) hashed, and
 * the texts of Berth's ownership manifest, of its records of room and of a failed start. A folder or file that cannot be
 * read makes the listing incomplete, but for the last, which nothing depends on; only a volume whose root cannot be
 * listed is a failure.
 */
export async function listBootFiles(
  tree: FileTree,
  partition: PartitionId,
  hasher: Hasher,
): Promise<Result<BootVolume>> {
  const root = await tree.list('/')
  if (!root.ok) return root
  const listing: Listing = { files: [], folders: 0, incomplete: false }
  await listFolder(tree, hasher, '', root.value, 0, listing)
  const manifest = await readText(tree, manifestPath, limits.manifest)
  const records = listing.files.filter(({ path }) => roomFile.test(path))
  const rooms: SmallText[] = []
  for (const { path } of records) rooms.push(await readText(tree, path, limits.room))
  const { text: failedStart } = await readText(tree, failedStartPath, limits.failedStart)
  return ok({
    partition,
    files: listing.files,
    incomplete: listing.incomplete || [manifest, ...rooms].some(({ unreadable }) => unreadable),
    manifest: manifest.text,
    ...(rooms.length === 0 ? {} : { rooms: rooms.map(({ text }) => text ?? '') }),
    ...(failedStart === null ? {} : { failedStart }),
  })
}

async function listFolder(
  tree: FileTree,
  hasher: Hasher,
  folder: string,
  entries: readonly FileEntry[],
  depth: number,
  listing: Listing,
): Promise<void> {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const entry of sorted) {
    const path = `${folder}/${entry.name}`
    if (entry.kind === 'file') await addFile(tree, hasher, path, entry, listing)
    else await descend(tree, hasher, path, depth, listing)
  }
}

async function addFile(
  tree: FileTree,
  hasher: Hasher,
  path: string,
  { name, size }: FileEntry,
  listing: Listing,
): Promise<void> {
  if (listing.files.length === limits.files) {
    listing.incomplete = true
    return
  }
  const isProgram = /\.efi$/i.test(name) && size <= limits.hashed
  const sha256 = isProgram ? await hashFile(tree, hasher, path, size) : null
  if (isProgram && sha256 === null) listing.incomplete = true
  listing.files.push({ path: safeText(path, 2048), size, sha256 })
}

async function descend(
  tree: FileTree,
  hasher: Hasher,
  path: string,
  depth: number,
  listing: Listing,
): Promise<void> {
  listing.folders += 1
  const tooMany = depth >= limits.depth || listing.folders > limits.folders
  const entries = tooMany ? null : await tree.list(path)
  if (entries?.ok) await listFolder(tree, hasher, path, entries.value, depth + 1, listing)
  else listing.incomplete = true
}

async function hashFile(tree: FileTree, hasher: Hasher, path: string, size: number): Promise<string | null> {
  const hash = hasher.sha256()
  let read = 0
  const whole = await eachPiece(tree, path, limits.hashed, (piece) => {
    read += piece.length
    hash.update(piece)
  })
  return whole && read === size ? hash.hex() : null
}

interface SmallText {
  readonly text: string | null
  readonly unreadable: boolean
}

async function readText(tree: FileTree, path: string, limit: number): Promise<SmallText> {
  const found = await tree.stat(path)
  if (!found.ok || found.value?.kind !== 'file') return { text: null, unreadable: !found.ok }
  const pieces: Uint8Array[] = []
  const whole = await eachPiece(tree, path, limit, (piece) => pieces.push(piece.slice()))
  if (!whole) return { text: null, unreadable: true }
  const decoder = new TextDecoder()
  const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode()
  return { text, unreadable: false }
}

/** Hands over a file's pieces; false when it cannot be read or is longer than `limit` bytes. */
async function eachPiece(
  tree: FileTree,
  path: string,
  limit: number,
  take: (piece: Uint8Array) => void,
): Promise<boolean> {
  const opened = await tree.openRead(path)
  if (!opened.ok) return false
  const source = opened.value
  let total = 0
  try {
    for (;;) {
      const piece = await source.next()
      if (!piece.ok) return false
      if (piece.value === null) return true
      total += piece.value.length
      if (total > limit) return false
      take(piece.value)
    }
  } finally {
    await source.close()
  }
}
